/** Validators: the real ones, as node passes them, and a store in memory. */
import type { Store, StoreResult } from "../../src/host.js";
import { faultOfCalendar, faultOfHolidays } from "../../src/lighting/calendar.js";
import { isFault, parseDepreciation } from "../../src/lighting/clo.js";
import { namedProgramFault, programFault } from "../../src/lighting/program.js";
import { brokenRule } from "../../src/settings/rules.js";
import type { SettingsDoors } from "../../src/settings/seal.js";
import { SETTINGS, type SettingName, type Settings, withValues } from "../../src/settings/table.js";
import {
	isRejection,
	type Rejection,
	reject,
	type Validators,
	validate,
} from "../../src/settings/validate.js";
import { parseZone } from "../../src/time/zonetext.js";
import { FakeHost } from "../support/fakehost.js";

export const VALIDATORS: Validators = {
	program: (text) => {
		const fault = programFault(text);
		return fault && `point ${fault.where}: ${fault.why}`;
	},
	namedProgram: (text) => (text === "" ? undefined : namedProgramFault(text)?.why),
	calendar: (text) => faultOfCalendar(text)?.why,
	holidays: (text) => faultOfHolidays(text)?.why,
	zone: (text) => {
		const parsed = parseZone(text);
		return "reason" in parsed ? `${parsed.why} at ${parsed.where}` : undefined;
	},
	depreciation: (text) => {
		const parsed = parseDepreciation(text);
		return isFault(parsed) ? `point ${parsed.where}: ${parsed.why}` : undefined;
	},
};

/** The settings with one value set and applied, as at the pole; or the rejection. */
export function change(
	settings: Settings,
	name: string,
	input: unknown,
	validators = VALIDATORS,
): Settings | Rejection {
	const value = validate(name, input, validators);
	if (isRejection(value)) return value;
	const changed = withValues(settings, { [name as SettingName]: value });
	const broken = brokenRule(changed);
	return broken ? reject("conflict", broken.name, broken.why) : changed;
}

/** What the settings are given, on `store`. */
export function doorsOf(store: Store, version = "1"): SettingsDoors {
	return { store, crypto: new FakeHost().crypto, utf8: new FakeHost().utf8, version };
}

/** All values, inherited ones too, for `toEqual`. */
export function plain(settings: Settings): Record<string, unknown> {
	return Object.fromEntries(SETTINGS.map(({ name }) => [name, settings[name]]));
}

/** Takes `room` values and is full then, or loses power at write `cutAt`; counts what it is asked. */
export class MemoryStore implements Store {
	readonly values = new Map<string, string>();
	readonly written: string[] = [];
	room = Infinity;
	cutAt = Infinity;

	read(key: string): string | undefined {
		return this.values.get(key);
	}
	write(key: string, value: string): StoreResult {
		if (this.written.length >= this.cutAt) throw new PowerCut();
		if (this.written.length >= this.room) return "full";
		this.written.push(key);
		this.values.set(key, value);
		return "ok";
	}
	erase(key: string): StoreResult {
		this.values.delete(key);
		return "ok";
	}
}

/** Ends the turn as a loss of power does: nothing after it runs. */
export class PowerCut extends Error {}

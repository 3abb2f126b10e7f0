/**
 * Settings desk: the settings of each lamp as it reported them, changes of them over the broker, and
 * the forecast of a program before it is sent.
 */

import { SETTING_ROWS } from "../../../lib/firmware/settingrows.js";
import { totalsOf } from "../../../src/explain/preview.js";
import type { ChainLink } from "../../../src/lighting/chain.js";
import { zoneOf } from "../../../src/node/schedule/options.js";
import { comingDay, walkOf } from "../../../src/node/schedule/preview.js";
import { VALIDATORS } from "../../../src/node/settings/validators.js";
import { readSection } from "../../../src/settings/section.js";
import {
	DEFAULTS,
	SECTIONS,
	type SectionName,
	type Settings,
	settingOf,
} from "../../../src/settings/table.js";
import { nightOf } from "../../../src/time/night.js";
import type { UtcMillis } from "../../../src/units.js";
import { type Fields, fieldsIn, isFields, number } from "../../util/fields.js";
import type {
	ForecastPage,
	ForecastPiece,
	LampGroup,
	SettingsPage,
	SettingsSent,
} from "../messages.js";

type Value = string | number | boolean;

export class SettingsDesk {
	/** By lamp, from 1, and section. */
	readonly #reported = new Map<number, Map<string, Fields>>();
	readonly #revision = new Map<number, number>();
	/** Reports so far: with the same number, groups and protected lamps are the same. */
	reports = 0;

	/** `installed`: first contents of the lamps' stores, by section. */
	constructor(
		private readonly installed: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
		private readonly publish: (lamp: number, section: string, payload: string) => void,
	) {}

	/** A lamp reported a section. */
	onReport(lamp: number, section: string, payload: Uint8Array): void {
		const fields = fieldsIn(payload);
		if (!fields || !SECTIONS.includes(section as SectionName)) return;
		this.reports++;
		let sections = this.#reported.get(lamp);
		if (!sections) this.#reported.set(lamp, (sections = new Map()));
		if (isFields(fields.settings)) sections.set(section, fields.settings);
		const revision = number(fields.revision);
		if (revision !== undefined)
			this.#revision.set(lamp, Math.max(revision, this.#revision.get(lamp) ?? 0));
	}

	page(lamp: number): SettingsPage {
		const values: Record<string, Value> = {};
		for (const section of this.#reported.get(lamp)?.values() ?? [])
			for (const [name, value] of Object.entries(section))
				if (["string", "number", "boolean"].includes(typeof value)) values[name] = value as Value;
		return { rows: SETTING_ROWS, values, revision: this.#revision.get(lamp) ?? null };
	}

	/** Lamps that reported to be protected: at a crossing, never below full class. */
	get protectedLamps(): readonly number[] {
		const lamps: number[] = [];
		for (const [lamp, sections] of this.#reported)
			if (sections.get("light")?.protected === true) lamps.push(lamp);
		return lamps;
	}

	/** Groups that lamps reported to be in, by name. */
	get groups(): readonly LampGroup[] {
		const groups = new Map<string, number[]>();
		for (const [lamp, sections] of this.#reported) {
			const group = sections.get("identity")?.group;
			if (typeof group !== "string" || !group) continue;
			const lamps = groups.get(group);
			if (lamps) lamps.push(lamp);
			else groups.set(group, [lamp]);
		}
		return [...groups]
			.map(([name, lamps]) => ({ name, lamps: lamps.sort((lamp, other) => lamp - other) }))
			.sort((group, other) => (group.name < other.name ? -1 : 1));
	}

	/** Validates changes as the lamp does and sends them as a revision. */
	send(lamp: number, values: Fields): SettingsSent {
		const bySection = new Map<SectionName, Record<string, unknown>>();
		for (const [name, value] of Object.entries(values)) {
			const setting = settingOf(name);
			if (!setting) return { why: `${name} is no setting` };
			const section = bySection.get(setting.section) ?? {};
			bySection.set(setting.section, { ...section, [name]: value });
		}
		if (bySection.size === 0) return { why: "no setting" };
		const checked = this.#with(lamp, bySection);
		if (typeof checked === "string") return { why: checked };
		const revision = (this.#revision.get(lamp) ?? 0) + 1;
		this.#revision.set(lamp, revision);
		for (const [section, settings] of bySection)
			this.publish(lamp, section, JSON.stringify({ revision, count: bySection.size, settings }));
		return { revision };
	}

	/** The forecast of the night at `utc` under another program; a sentence if it is invalid. */
	forecast(lamp: number, program: string, utc: number): ForecastPage | string {
		const settings = this.#with(lamp, new Map([["calendar", { program }]]));
		if (typeof settings === "string") return settings;
		const now = utc as UtcMillis;
		const day = comingDay(nightOf(zoneOf(settings), settings, now), now);
		const totals = totalsOf(walkOf(settings, day));
		const pieces: ForecastPiece[] = [];
		for (const walk = walkOf(settings, day); walk.next(); )
			pieces.push({ from: walk.from, level: walk.level, ...levelLinks(walk.chain) });
		return {
			pieces,
			page: 1,
			pages: 1,
			until: totals.until ?? 0,
			burning_h: totals.burning / 3_600_000,
			energy_kWh: totals.activeEnergy_kWh,
		};
	}

	/** The lamp's settings with changes; a sentence if the lamp would refuse one. */
	#with(lamp: number, changes: ReadonlyMap<SectionName, object>): Settings | string {
		let settings = DEFAULTS;
		for (const section of SECTIONS) {
			const reported = this.#reported.get(lamp)?.get(section) ?? this.installed[section] ?? {};
			const values = { ...reported, ...changes.get(section) };
			const { settings: read, rejections } = readSection(
				settings,
				section,
				JSON.stringify(values),
				VALIDATORS,
			);
			const [first] = rejections;
			if (first && changes.has(section)) return `${first.name}: ${first.why}`;
			settings = read;
		}
		return settings;
	}
}

/** A chain of the firmware in the form of a forecast's piece. */
function levelLinks(chain: readonly ChainLink[]): { by: readonly string[]; source?: string } {
	const source = chain.find((link) => link.source !== undefined)?.source;
	return { by: chain.map(({ by }) => by), ...(source === undefined ? {} : { source }) };
}

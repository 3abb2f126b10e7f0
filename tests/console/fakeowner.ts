/**
 * Desk: an owner for the console in tests, made of the real orders, settings and journal.
 */
import { decode } from "../../src/command/decode.js";
import type { Order } from "../../src/command/orders.js";
import { isRejection } from "../../src/command/orders.js";
import type {
	ConsoleOwner,
	Importing,
	OrderAnswer,
	SetAnswer,
	Trial,
} from "../../src/console/owner.js";
import type { Language } from "../../src/explain/chaintext.js";
import { Journal } from "../../src/journal/journal.js";
import { Recorder } from "../../src/journal/recorder.js";
import { faultText } from "../../src/settings/faults.js";
import { helpOf } from "../../src/settings/help.js";
import { print } from "../../src/settings/section.js";
import { DEFAULTS, SETTINGS, type Settings, settingOf } from "../../src/settings/table.js";
import { isRejection as isRefused } from "../../src/settings/validate.js";
import {
	type ClockState,
	type DateRefusal,
	setManually,
	uncertaintyAt,
} from "../../src/time/clock.js";
import type { UtcMillis } from "../../src/units.js";
import { SW_DATE } from "../../src/version.js";
import type { View } from "../../src/view.js";
import { change } from "../settings/validators.js";
import { FakeHost } from "../support/fakehost.js";
import { VIEW } from "../support/view.js";

const VALIDATORS = {
	program: () => undefined,
	namedProgram: () => undefined,
	calendar: () => undefined,
	holidays: () => undefined,
	zone: () => undefined,
	depreciation: () => undefined,
};

export class FakeOwner implements ConsoleOwner {
	view: View = VIEW;
	readonly journal = new Journal(17);
	readonly names = SETTINGS.map(({ name }) => name as string);
	readonly texts: string[] = [];
	readonly orders: Order[] = [];
	connects = 0;
	readonly logins: boolean[] = [];
	secrets = 0;
	left = 0;
	private settings = DEFAULTS;
	private candidate: Settings | undefined;

	get language(): Language {
		return this.settings.language;
	}

	order(text: string): OrderAnswer {
		this.texts.push(text);
		const order = decode(text, { utc: this.view.time.utc, retained: false, via: "console" });
		if (isRejection(order)) return { status: "rejected", reason: order.reason, field: order.field };
		this.orders.push(order);
		return { status: "accepted" };
	}

	set(name: string, value: string): SetAnswer {
		const changed = change(this.candidate ?? this.settings, name, value, VALIDATORS);
		if (isRefused(changed)) return { why: faultText(changed, value, this.language) }; // as the adapter
		this.candidate = changed;
		return { value: print(changed, settingOf(name)!) };
	}

	get isEdited(): boolean {
		return this.candidate !== undefined;
	}

	get trial(): Trial | undefined {
		const isTried = this.candidate !== undefined && this.candidate === this.settings;
		return isTried ? { left: 600_000, isProving: false, before: "" } : undefined;
	}

	edited(name: string): string | undefined {
		const setting = settingOf(name);
		const { candidate } = this;
		if (!candidate || !setting || candidate[setting.name] === this.settings[setting.name])
			return undefined;
		return print(candidate, setting);
	}

	apply(): string | undefined {
		this.settings = this.candidate!;
		return undefined;
	}

	confirm(): string | undefined {
		this.candidate = undefined;
		return undefined;
	}

	revert(): void {
		this.candidate = undefined;
	}

	setLanguage(language: Language): string | undefined {
		this.settings = change(this.settings, "language", language, VALIDATORS) as Settings;
		return undefined;
	}

	show(name: string): string | undefined {
		const setting = settingOf(name);
		return setting && print(this.settings, setting);
	}

	about(name: string, language: Language): string | undefined {
		const setting = settingOf(name);
		return setting && helpOf(setting, language);
	}

	isSecret(name: string): boolean {
		return settingOf(name)?.secret === true;
	}

	readonly earliestDate = SW_DATE as UtcMillis;
	/** As the real one: what the clock makes of it shows in the view. */
	setTime(utc: UtcMillis, isMeant: boolean): DateRefusal | undefined {
		const { time } = this.view;
		const offset = time.utc === undefined ? 0 : time.utc - time.now;
		const state = { kind: time.clockSource, offset, since: time.now, error: 0 } as ClockState;
		const change = setManually(state, utc, time.now, this.earliestDate, isMeant);
		if (change.kind === "refused") return change.why;
		if (change.state === state) return undefined;
		const clockSource = change.state.kind;
		const uncertainty = uncertaintyAt(change.state, time.now);
		this.view = { ...this.view, time: { ...time, utc, clockSource, uncertainty } };
		return undefined;
	}

	connectNow(): void {
		this.connects += 1;
	}

	isText(name: string): boolean {
		const type = settingOf(name)?.kind.type;
		return type !== "number" && type !== "boolean";
	}

	/** Pasted lists of update keys. */
	readonly keyLists: (string | undefined)[] = [];
	readonly doors = new FakeHost();
	readonly recorder = new Recorder(0);
	readonly certificates = {
		has: (name: string) => this.pems.has(name),
		isPair: () => undefined,
		isNew: () => false,
		fingerprint: () => undefined,
		keep: (name: string, pem: string) => {
			if (pem.includes("BAD")) return `${name} malformed`;
			this.pems.set(name, pem);
			return undefined;
		},
		takeKeys: (text: string | undefined) => {
			this.keyLists.push(text);
			return text?.startsWith("TFVL") ? undefined : "malformed";
		},
	};
	readonly pems = new Map<string, string>();

	importing(): Importing {
		const desk = this;
		let edited: Settings = DEFAULTS;
		return {
			set(name, value) {
				const changed = change(edited, name, value as string, VALIDATORS);
				if (isRefused(changed)) return changed.why;
				edited = changed;
				return undefined;
			},
			done() {
				desk.candidate = edited;
				return undefined;
			},
		};
	}

	onLogin(isRight: boolean): void {
		this.logins.push(isRight);
	}

	onSecret(): void {
		this.secrets += 1;
	}

	leave(): void {
		this.left += 1;
	}
}

/**
 * Console adapter: implements the console's owner interface on the lamp.
 *
 * The console acts through the same two ways as the broker: orders through `command/decode`,
 * settings through validation as a whole set.
 */
import type {
	Certificates,
	ConsoleOwner,
	Importing,
	OrderAnswer,
	SetAnswer,
	Trial,
} from "../../console/owner.js";
import type { Language } from "../../explain/chaintext.js";
import type { Host } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import type { JournalReader } from "../../journal/journal.js";
import type { Recorder } from "../../journal/recorder.js";
import { faultText } from "../../settings/faults.js";
import { helpOf } from "../../settings/help.js";
import { print } from "../../settings/section.js";
import { SETTINGS, type Settings, settingOf } from "../../settings/table.js";
import type { Rejection } from "../../settings/validate.js";
import type { DateRefusal } from "../../time/clock.js";
import type { Millis, UtcMillis } from "../../units.js";
import type { View } from "../../view.js";
import type { OrderEnvelope, OrderReply } from "../orders/intake.js";
import type { Candidate } from "../settings/candidate.js";
import { SettingsImport } from "../settings/import.js";
import { refusedPlan } from "../settings/planevents.js";

const NAMES: readonly string[] = Object.freeze(SETTINGS.map((setting) => setting.name));
/** Settings that a controller on a cable cannot use. */
const WIFI: readonly string[] = Object.freeze(["wifiName", "wifiPassword"]);
const NO_WIFI = "has no use here: this controller is wired and has no Wi-Fi";

interface AdapterOwner {
	readonly host: Pick<Host, "crypto" | "utf8" | "network">;
	readonly view: View;
	readonly recorder: Recorder;
	readonly certificates: Certificates;
	readonly settings: Settings;
	readonly candidate: Candidate;
	readonly now: Millis;
	readonly time: { readonly earliestDate: UtcMillis };
	readonly link: { connectNow(now: Millis, isByHand: boolean): void };
	takeDate(utc: UtcMillis, isMeant: boolean, now: Millis): DateRefusal | undefined;
	takeOrder(text: string | undefined, envelope: OrderEnvelope, now: Millis): OrderReply;
	emit(event: LampEvent, now: Millis): void;
}

export class ConsoleAdapter implements ConsoleOwner {
	private readonly node: AdapterOwner;

	constructor(node: AdapterOwner) {
		this.node = node;
	}

	get certificates(): Certificates {
		return this.node.certificates;
	}

	get view(): View {
		return this.node.view;
	}

	get journal(): JournalReader {
		return this.node.view.journal;
	}

	get language(): Language {
		return this.node.settings.language;
	}

	get names(): readonly string[] {
		return NAMES;
	}

	order(text: string): OrderAnswer {
		const { node } = this;
		return node.takeOrder(text, { via: "console", retained: false, toMany: false }, node.now);
	}

	/** Changes a setting of the candidate; `apply` puts it in force. */
	set(name: string, value: string): SetAnswer {
		const { candidate, host } = this.node;
		if (WIFI.includes(name) && value !== "" && !host.network.hasWifi) return { why: NO_WIFI };
		const rejection = candidate.set(name, value);
		if (!rejection) return { value: print(candidate.settings!, settingOf(name)!) };
		this.report(rejection);
		return { why: faultText(rejection, value, this.language) };
	}

	apply(): string | undefined {
		return this.reported(this.node.candidate.apply(this.node.now));
	}

	confirm(): string | undefined {
		return this.reported(this.node.candidate.confirm(this.node.now));
	}

	get isEdited(): boolean {
		return this.node.candidate.isEdited;
	}

	get trial(): Trial | undefined {
		return this.node.candidate.trialAt(this.node.now);
	}

	revert(): void {
		this.node.candidate.revert(this.node.now);
	}

	setLanguage(language: Language): string | undefined {
		return this.reported(this.node.candidate.setNow("language", language, this.node.now));
	}

	/** The value in the candidate, if it differs from the one in force. */
	edited(name: string): string | undefined {
		const { candidate, settings } = this.node;
		const setting = settingOf(name);
		if (!candidate.settings || !setting) return undefined;
		const isOther = candidate.settings[setting.name] !== settings[setting.name];
		return isOther ? print(candidate.settings, setting) : undefined;
	}

	show(name: string): string | undefined {
		const setting = settingOf(name);
		return setting && print(this.node.settings, setting);
	}

	about(name: string, language: Language): string | undefined {
		const setting = settingOf(name);
		return setting && helpOf(setting, language);
	}

	isText(name: string): boolean {
		const type = settingOf(name)?.kind.type;
		return type !== "number" && type !== "boolean";
	}

	isSecret(name: string): boolean {
		return settingOf(name)?.secret === true;
	}

	private reported(rejection: Rejection | undefined): string | undefined {
		if (!rejection) return undefined;
		this.report(rejection);
		return `${rejection.name} ${faultText(rejection, "", this.language)}`;
	}

	private report(rejection: Rejection): void {
		const event = refusedPlan(rejection);
		if (event) this.node.emit(event, this.node.now);
	}

	setTime(utc: UtcMillis, isMeant: boolean): DateRefusal | undefined {
		return this.node.takeDate(utc, isMeant, this.node.now);
	}

	get earliestDate(): UtcMillis {
		return this.node.time.earliestDate;
	}

	connectNow(): void {
		this.node.link.connectNow(this.node.now, true);
	}

	get doors() {
		return this.node.host;
	}

	importing(): Importing {
		return new SettingsImport(this.node, this.node.candidate);
	}

	get recorder(): Recorder {
		return this.node.recorder;
	}

	onLogin(isRight: boolean): void {
		this.node.recorder.login(this.node.now, isRight);
		this.emit(isRight ? "login" : "loginFailed");
	}

	onSecret(): void {
		this.emit("secretChanged");
	}

	leave(): void {
		this.node.candidate.forget();
	}

	private emit(type: "login" | "loginFailed" | "secretChanged"): void {
		this.node.emit({ type, attributes: { via: "console" } }, this.node.now);
	}
}

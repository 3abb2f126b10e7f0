/**
 * Owner: what the console may ask of the node, and nothing else. Types only.
 *
 * It looks through the view and acts through orders and settings, the ways that the broker has, too:
 * there is no second way to order.
 */
import type { RejectionReason } from "../command/orders.js";
import type { Language } from "../explain/explain.js";
import type { Host, NotAvailable } from "../host.js";
import type { JournalReader } from "../journal/journal.js";
import type { Recorder } from "../journal/recorder.js";
import type { DateRefusal } from "../time/clock.js";
import type { UtcMillis } from "../units.js";
import type { View } from "../view.js";

/** What became of an order. */
export interface OrderAnswer {
	readonly status: "accepted" | "rejected" | "done";
	readonly reason?: RejectionReason | undefined;
	readonly field?: string | undefined;
}

/** What became of a setting: its value in canonical text, or why it stays as it was. */
export type SetAnswer = { readonly value: string } | { readonly why: string };

/** The city's CA, the lamp's own certificate, and the key to it: `tls.` and this in the store. */
export type CertificateName = "ca" | "cert" | "key";

export interface Certificates {
	has(name: CertificateName): boolean;
	/** Whether the lamp's certificate was made for its key; undefined: one of them is missing. */
	isPair(): boolean | NotAvailable | undefined;
	/** Puts it in the place of the one before if it is good; or why not. */
	keep(name: CertificateName, pem: string): string | undefined;
}

/** A whole set of settings as it comes, value by value; the rest has its default. */
export interface Importing {
	/** Why the value is not valid, if it is not. */
	set(name: string, value: unknown): string | undefined;
	/** Edits the candidate with all of it, the lamp's own secrets as they are; or why not. */
	done(): string | undefined;
}

/** The doors of the host that the console is given. */
export type ConsoleDoors = Pick<Host, "serialPort" | "utf8" | "crypto">;

export interface ConsoleOwner {
	/** For the checksum of an export. */
	readonly doors: Pick<Host, "crypto" | "utf8">;
	readonly certificates: Certificates;
	importing(): Importing;
	readonly view: View;
	readonly journal: JournalReader;
	/** The latest inputs. */
	readonly recorder: Pick<Recorder, "count" | "held" | "read">;
	/** The setting `language`. */
	readonly language: Language;
	/** Every setting's name, in the order of the table. */
	readonly names: readonly string[];
	/** Takes an order's JSON text as if it came with via `console`. */
	order(text: string): OrderAnswer;
	/** Checks the value and edits the candidate with it. */
	set(name: string, value: string): SetAnswer;
	/** The value in the candidate as text, where it differs from what is in force. Never a secret. */
	edited(name: string): string | undefined;
	/** Puts the candidate in force, to be confirmed; or why not. */
	apply(): string | undefined;
	/** Keeps what is in force; or why not. */
	confirm(): string | undefined;
	/** What was kept goes back by itself if neither broker nor, without one, network is reached. */
	readonly isOnProbation: boolean;
	/** Back to what was kept. */
	revert(): void;
	/** The console's language, at once and kept; or why not. */
	setLanguage(language: Language): string | undefined;
	/** A setting's value as text; undefined if there is no such name. Never a secret. */
	show(name: string): string | undefined;
	/** Range, default and meaning of a setting, in lines; undefined if there is no such name. */
	about(name: string, language: Language): string | undefined;
	/** Whether a setting's value is a text, not a number, true or false. */
	isText(name: string): boolean;
	/** Whether a setting's value must not be repeated. */
	isSecret(name: string): boolean;
	/**
	 * Takes a date for the true one, or says why not. `isMeant`: also against a synchronised clock, whose
	 * date is another ("unconfirmed").
	 */
	setTime(utc: UtcMillis, isMeant: boolean): DateRefusal | undefined;
	/** No date before this one is taken. */
	readonly earliestDate: UtcMillis;
	/** Someone told the lamp's secret, or tried. */
	onLogin(isRight: boolean): void;
	/** The lamp has another secret. */
	onSecret(): void;
	/** The technician is gone: what was edited and not applied goes, too. */
	leave(): void;
	/** Skips the wait before the next attempt to reach the broker. */
	connectNow(): void;
}

/**
 * Owner: the interface of the console to the node. Types only.
 *
 * The console reads the view and acts through orders and settings, as the broker does: no second
 * way to give orders exists.
 */
import type { RejectionReason } from "../command/orders.js";
import type { Language } from "../explain/chaintext.js";
import type { Host, NetworkDoor, NotAvailable } from "../host.js";
import type { JournalReader } from "../journal/journal.js";
import type { Recorder } from "../journal/recorder.js";
import type { DateRefusal } from "../time/clock.js";
import type { Millis, UtcMillis } from "../units.js";
import type { View } from "../view.js";

/** Result of an order. */
export interface OrderAnswer {
	readonly status: "accepted" | "rejected" | "done";
	readonly reason?: RejectionReason | undefined;
	readonly field?: string | undefined;
}

/** Result of a setting: its value in canonical text, or why it is unchanged. */
export type SetAnswer = { readonly value: string } | { readonly why: string };

/** The CA, the lamp's own certificate, and its key; in the store under `tls.` and this name. */
export type CertificateName = "ca" | "cert" | "key";

export interface Certificates {
	has(name: CertificateName): boolean;
	/** Whether the lamp's certificate matches its key; undefined: one of them is missing. */
	isPair(): boolean | NotAvailable | undefined;
	/** Whether a new one waits for `apply`, or is tried. */
	isNew(name: CertificateName): boolean;
	/** SHA-256 of the stored one, or of the new one, in hexadecimal digits; undefined: none. */
	fingerprint(name: "ca" | "cert", isNew: boolean): string | undefined;
	/** Replaces the stored one, or waits beside it, if the new one is valid; else the reason. */
	keep(name: CertificateName, pem: string): string | undefined;
	/** Takes a list of update keys, to be verified next; or why it is refused. */
	takeKeys(text: string | undefined): string | undefined;
}

/** Import of a complete set of settings, value by value; settings not set have their default. */
export interface Importing {
	/** Why the value is not valid; undefined: it is. */
	set(name: string, value: unknown): string | undefined;
	/** Puts all values into the candidate, with the lamp's own secrets unchanged; or why not. */
	done(): string | undefined;
}

/** The parts of the host that the console uses. */
export type ConsoleDoors = Pick<Host, "serialPort" | "utf8" | "crypto">;

/** Settings in force that are not kept yet. */
export interface Trial {
	/** Until they return to those before; `isProving`: until they are kept. */
	readonly left: Millis;
	/** The broker, or without one the network, is reached: they are kept by themselves. */
	readonly isProving: boolean;
	/** The broker or Wi-Fi of the settings before; empty: it is the same. */
	readonly before: string;
}

export interface ConsoleOwner {
	/** For the checksum of an export; the network for the technician. */
	readonly doors: Pick<Host, "crypto" | "utf8"> & {
		readonly network: Pick<NetworkDoor, "facts" | "scan" | "found">;
	};
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
	/** Handles an order's JSON text as one that arrived via `console`. */
	order(text: string): OrderAnswer;
	/** Checks the value and puts it into the candidate. */
	set(name: string, value: string): SetAnswer;
	/** The value in the candidate as text, if it differs from the one in force. Never a secret. */
	edited(name: string): string | undefined;
	/** Puts the candidate in force, on trial; or why not. */
	apply(): string | undefined;
	/** Keeps the settings in force; or why not. Call only during a trial. */
	confirm(): string | undefined;
	/** Whether there is a candidate, in force or not. */
	readonly isEdited: boolean;
	readonly trial: Trial | undefined;
	/** Discards the candidate, or else returns from the trial. */
	revert(): void;
	/** Sets and stores the console's language at once; or why not. */
	setLanguage(language: Language): string | undefined;
	/** A setting's value as text; undefined if there is no such name. Never a secret. */
	show(name: string): string | undefined;
	/** Range, default and meaning of a setting, in lines; undefined if there is no such name. */
	about(name: string, language: Language): string | undefined;
	/** Whether a setting's value is a text, not a number, true or false. */
	isText(name: string): boolean;
	/** Whether a setting's value must not be printed. */
	isSecret(name: string): boolean;
	/**
	 * Sets the clock, or returns why not. `isMeant`: also against a synchronised clock of another
	 * date ("unconfirmed" otherwise).
	 */
	setTime(utc: UtcMillis, isMeant: boolean): DateRefusal | undefined;
	/** An earlier date than this is rejected. */
	readonly earliestDate: UtcMillis;
	/** A login was attempted; `isRight`: with the right secret. */
	onLogin(isRight: boolean): void;
	/** The secret was changed. */
	onSecret(): void;
	/** The session has ended: values that were set and not applied are discarded. */
	leave(): void;
	/** Skips the wait before the next attempt to reach the broker. */
	connectNow(): void;
}

/**
 * Boot: the number of the life, the wait after crashes, and the first events of the journal.
 */
import type { Host, Store } from "../host.js";
import type { LampEvent } from "../journal/events.js";
import { LIFE, LIVES_MAX, type Tally } from "../journal/tally.js";
import { settingOf } from "../settings/table.js";
import type { Rejection } from "../settings/validate.js";
import { LIFE_KEY, REASON_KEY } from "../storekeys.js";
import type { Millis } from "../units.js";
import { SW_VERSION } from "../version.js";
import { notConfirmed, TRIED } from "./settings/candidate.js";
import { refusedPlan } from "./settings/planevents.js";
import { ABOVE } from "./storage/handover.js";

/** Numbers reserved in the store ahead of use: one key write in 4,096 boots. */
export const LIVES_AHEAD = 4096;

/**
 * Counts this life and returns its number, marked before anything of the life can be reported.
 *
 * The tally counts the lives; the store holds a bound that no life has passed. If the tally is new
 * or was lost, the number continues after the bound. Without a tally, the store is written in each
 * life. If the stored bound is missing or malformed, the first life is number 1.
 */
export function takeLife(store: Store, tally: Tally): number {
	const numbers = (store.read(LIFE_KEY) ?? "0").split(ABOVE);
	const above = numbers[1];
	const taken = numberOf(numbers[0]);
	const isFirst = tally.isNew || above !== undefined;
	if (tally.isNew) tally.raise(taken);
	if (above !== undefined) tally.raise(numberOf(above));
	tally.mark(LIFE);
	const { lives, isKept } = tally;
	const bound = isKept ? Math.min(lives + LIVES_AHEAD, LIVES_MAX) : lives;
	if (!isKept || isFirst || lives > taken) store.write(LIFE_KEY, String(bound));
	return lives;
}

function numberOf(text: string | undefined): number {
	const number = Math.floor(Number(text));
	return number >= 0 && number <= LIVES_MAX ? number : 0;
}

interface EndOwner {
	readonly store: Store;
	readonly flash: { hasCredit(writeClass: "action", now: Millis): boolean };
	readonly link: { beforeRestart(): void };
}

/** Equals the longest window after refusals (LONGEST_WINDOW of link/backoff.ts). */
const CRASH_PAUSE: Millis = 3_600_000;

/**
 * The time from boot in which no signature is verified: a retained offer, which arrives in each
 * life, may have ended the lives before. CRASH_PAUSE if a crash or the watchdog began this life and
 * it is at least the second short one in a row that no loss of supply began; else 0.
 */
export function crashPause(
	{ powerCause }: Pick<Host, "powerCause">,
	{ row, lossRow }: Pick<Tally, "row" | "lossRow">,
): Millis {
	const isCrash = powerCause === "crash" || powerCause === "watchdog";
	return isCrash && row - lossRow > 1 ? CRASH_PAUSE : 0;
}

/** Short lives in a row that a crash or the watchdog ended, after which the next one is without network. */
const SAFE_AFTER = 5;
/** How long: a life that lasts as long ends the row (journal/tally.ts), so the network is tried again. */
const SAFE_FOR: Millis = 600_000;

/**
 * Safe mode: how long the host opens no network after boot; 0: it opens it at once. Light, console and
 * sensors work meanwhile. It ends by itself, so that nobody mutes a lamp for good by provoking resets.
 */
export function safePause(
	{ powerCause }: Pick<Host, "powerCause">,
	{ row, lossRow }: Pick<Tally, "row" | "lossRow">,
): Millis {
	const isCrash = powerCause === "crash" || powerCause === "watchdog";
	return isCrash && row - lossRow > SAFE_AFTER ? SAFE_FOR : 0;
}

/**
 * Ends this life in order: stores the reason for the next one's events, if write credit permits.
 */
export function endLife({ store, flash, link }: EndOwner, reason: string, now: Millis): void {
	link.beforeRestart();
	if (flash.hasCredit("action", now)) store.write(REASON_KEY, reason);
}

interface BootOwner {
	readonly host: Pick<Host, "powerCause" | "machine">;
	readonly store: Store;
	readonly flash: { readonly tally: Pick<Tally, "row" | "lossRow"> };
	readonly journal: { readonly flash: { open(): void } };
	emit(event: LampEvent, now: Millis): void;
}

/**
 * Opens the journal in flash and emits the first events of a life: `started` or `restarted`, with
 * the stored reason, which is erased, or how a crash ended the life before, and an event for each rejected
 * section of the settings.
 */
export function bootEvents(lamp: BootOwner, rejections: readonly Rejection[], now: Millis): void {
	const { host, store } = lamp;
	lamp.journal.flash.open();
	const happened = (event: LampEvent) => lamp.emit(event, now);
	const reason = store.read(REASON_KEY);
	// if it remained, each later life would report it
	if (reason && store.erase(REASON_KEY) !== "ok") store.write(REASON_KEY, "");
	const isTried = reason?.endsWith(TRIED) === true;
	if (isTried) happened(notConfirmed());
	const cause = host.powerCause;
	const { row } = lamp.flash.tally;
	const before = row > 1 ? { shortLives: row - 1 } : {};
	if (cause === "powerOn")
		happened({ type: "started", attributes: { cause, swVersion: SW_VERSION, ...before } });
	else {
		const stored = isTried ? reason.slice(0, -TRIED.length - 1) : reason;
		const given = stored || host.machine.endBefore?.();
		const why = given ? { reason: given } : {};
		const safe = safePause(host, lamp.flash.tally);
		const without = safe > 0 ? { withoutNetwork: safe / 1000 } : {};
		happened({ type: "restarted", attributes: { cause, ...why, ...before, ...without } });
	}
	for (const rejection of rejections) {
		const { name, why } = rejection;
		const section = settingOf(name)?.section ?? name;
		happened(
			refusedPlan(rejection) ?? {
				type: "settingsInvalid",
				attributes: { section, why: `${name} ${why}` },
			},
		);
	}
}

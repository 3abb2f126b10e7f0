/**
 * Boot: what a life begins with: its number, and what the journal says about the beginning.
 */
import type { Host, PowerCause, Store } from "../host.js";
import type { LampEvent } from "../journal/events.js";
import { type Settings, settingOf } from "../settings/table.js";
import type { Rejection } from "../settings/validate.js";
import type { Percent } from "../units.js";
import { SW_VERSION } from "../version.js";
import { refusedPlan } from "./refusedplan.js";

export const LIFE_KEY = "life";
export const REASON_KEY = "reason";
/** Stays a whole number in JSON everywhere; a boot a second would take a century to reach it. */
const LIFE_MAX = 0xffff_ffff;

/** The number of this life, stored before anything of it can be told. Broken or new: 1. */
export function takeLife(store: Store): number {
	const before = Number(store.read(LIFE_KEY) ?? 0);
	const life = before >= 0 && before < LIFE_MAX ? Math.floor(before) + 1 : 1;
	store.write(LIFE_KEY, String(life));
	return life;
}

/** Stands for no level: nothing to resume. */
const NO_LEVEL = -1;

/**
 * The level that shines first: after a restart without a loss of power the one that was decided last,
 * else `powerOnLevel`. It is taken once: a life that ends before its own first decision leaves none,
 * so that no row of crashes keeps a lamp dark. A brownout is a loss of power: memory may have lost it.
 */
export function bootLevel(
	{ powerCause, retained }: Pick<Host, "powerCause" | "retained">,
	{ powerOnLevel }: Pick<Settings, "powerOnLevel">,
): Percent {
	if (retained === "notAvailable") return powerOnLevel;
	const level = retained.read() ?? NO_LEVEL;
	retained.write(NO_LEVEL);
	const isSoft = powerCause !== "powerOn" && powerCause !== "brownout";
	return isSoft && level >= 0 && level <= 100 ? (level as Percent) : powerOnLevel;
}

/** Why this life ends, for the next one to tell. Twenty faults an hour come before: no flood. */
export function keepReason(store: Store, reason: string): void {
	store.write(REASON_KEY, reason);
}

/** Why the life before ended, if it could say so; told once. */
export function takeReason(store: Store): string | undefined {
	const reason = store.read(REASON_KEY);
	if (reason !== undefined) store.erase(REASON_KEY);
	return reason;
}

/** The first events of a life. */
export function bootEvents(
	cause: PowerCause,
	reason: string | undefined,
	rejections: readonly Rejection[],
	happened: (event: LampEvent) => void,
): void {
	happened(
		cause === "powerOn"
			? { type: "started", attributes: { cause, swVersion: SW_VERSION } }
			: { type: "restarted", attributes: reason === undefined ? { cause } : { cause, reason } },
	);
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

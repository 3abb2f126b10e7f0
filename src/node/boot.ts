/**
 * Boot: what a life begins with: its number, and what the journal says about the beginning.
 */
import type { PowerCause, Store } from "../host.js";
import type { LampEvent } from "../journal/events.js";
import { settingOf } from "../settings/table.js";
import type { Rejection } from "../settings/validate.js";
import { refusedPlan } from "./refusedplan.js";

const LIFE_KEY = "life";
/** Stays a whole number in JSON everywhere; a boot a second would take a century to reach it. */
const LIFE_MAX = 0xffff_ffff;

/** The number of this life, stored before anything of it can be told. Broken or new: 1. */
export function takeLife(store: Store): number {
	const before = Number(store.read(LIFE_KEY) ?? 0);
	const life = before >= 0 && before < LIFE_MAX ? Math.floor(before) + 1 : 1;
	store.write(LIFE_KEY, String(life));
	return life;
}

/** The first events of a life. */
export function bootEvents(
	cause: PowerCause,
	swVersion: string,
	rejections: readonly Rejection[],
	happened: (event: LampEvent) => void,
): void {
	happened(
		cause === "powerOn"
			? { type: "started", attributes: { cause, swVersion } }
			: { type: "restarted", attributes: { cause } },
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

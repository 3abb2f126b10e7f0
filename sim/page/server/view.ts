/**
 * View: the part of the street that the page may see and control.
 */
import type { Run, RunParts } from "../../run/run.js";
import { SPACING } from "../../world/roadusers.js";
import { elevationAt } from "../../world/sun.js";
import { LATITUDE, LONGITUDE } from "../../world/world.js";
import type { StreetView } from "../messages.js";

/** Lamps are counted from 1 on the page. */
export function viewOf({ options, scenario, clock }: RunParts, run: Run): StreetView {
	const { epochUtc } = scenario;
	return {
		lamps: options.lamps,
		spacing_m: SPACING,
		seed: options.seed,
		epochUtc,
		zone: options.zone.name,
		maxSpeedAllowed: options.broker === "embedded",
		now: () => clock.now(),
		speed: () => (clock.paused ? 0 : clock.speed),
		setSpeed(speed) {
			if (speed > 0) clock.setSpeed(speed);
			clock.setPaused(speed === 0);
		},
		duty: (lamp) => run.world.lightSensors.shine(lamp - 1),
		sky: () => ({
			sunElevation: elevationAt(epochUtc + clock.now(), LATITUDE, LONGITUDE),
			illuminance: run.world.daylight,
		}),
		users(visit) {
			run.world.visitUsers(clock.now(), (user, position) =>
				visit(user.id, user.kind, position, user.forth ? 1 : -1),
			);
		},
	};
}

/**
 * View: the part of the street that the page may see and control.
 */
import type { Debt } from "../../checks/debt.js";
import type { Findings } from "../../results/findings.js";
import type { RunParts } from "../../run/parts.js";
import type { Run } from "../../run/run.js";
import { SPACING } from "../../world/roadusers.js";
import { elevationAt } from "../../world/sun.js";
import { LATITUDE, LONGITUDE } from "../../world/world.js";
import type { PlayedScenario, StandingFault, StreetView } from "../messages.js";

interface ViewParts {
	readonly parts: RunParts;
	readonly run: Run;
	readonly findings: Findings;
	readonly debt: Debt;
	readonly command: string;
	readonly scenario: PlayedScenario | null;
	readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Lamps are counted from 1 on the page. */
export function viewOf(all: ViewParts): StreetView {
	const { run, findings, debt, command, scenario, settings } = all;
	const { options, clock } = all.parts;
	const { epochUtc } = all.parts.scenario;
	const place = options.part.place ?? ([LATITUDE, LONGITUDE] as const);
	return {
		lamps: options.lamps,
		spacing_m: SPACING,
		seed: options.seed,
		epochUtc,
		zone: options.zone.name,
		maxSpeedAllowed: options.broker === "embedded",
		command,
		scenario,
		now: () => clock.now(),
		wall: () => clock.wallSeconds,
		speed: () => (clock.paused ? 0 : clock.speed),
		setSpeed(speed) {
			if (speed > 0) clock.setSpeed(speed);
			clock.setPaused(speed === 0);
		},
		jumpTo: (at, haste) => clock.jumpTo(at, haste),
		goal: () => clock.goal,
		light: (lamp) => run.world.lightSensors.shine(clock.now(), lamp - 1),
		isPowered: (lamp) => run.isPowered(lamp - 1),
		sky: () => {
			const utc = epochUtc + clock.now();
			return {
				sunElevation: elevationAt(utc, ...place),
				illuminance: run.world.daylight,
				cloud: run.weather.amount(utc, "cloud"),
				fog: run.weather.amount(utc, "fog"),
			};
		},
		isDark: () => run.meter.isDark,
		users(visit) {
			run.world.visitUsers(clock.now(), (user, position) =>
				visit(user.id, user.kind, position, user.forth ? 1 : -1),
			);
		},
		putUser: (kind, x_m, direction) => run.putUser(kind, x_m, direction > 0),
		faults: () =>
			run.faults.standing.map(({ id, name, lamp, since }): StandingFault => {
				const finding = findings.of(name, since, lamp ?? (options.lamps === 1 ? 1 : undefined));
				return {
					id,
					name,
					lamp: lamp ?? null,
					since,
					found: finding?.found ?? null,
					by: finding?.by ?? null,
					reportable: finding?.reportable ?? false,
				};
			}),
		beginFault: (name, lamp) => run.faults.begin(run.soon, name, lamp),
		endFault: (id) => run.faults.end(run.soon, id),
		figures: () => ({
			energy_kWh: run.meter.energyAt(clock.now()),
			old_kWh: run.meter.oldEnergyAt(clock.now()),
			person_s: debt.personMs / 1000,
			below_s: debt.owedMs / 1000,
		}),
		settings: () => settings,
	};
}

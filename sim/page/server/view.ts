/**
 * View: the part of the street that the page may see and control.
 */

import type { Today } from "../../../lib/lightingoptions/options.js";
import type { PlayedScenario } from "../../options/playedscenario.js";
import type { Values } from "../../options/values.js";
import type { OptionNight } from "../../results/optionnight.js";
import type { Acts } from "../../run/acts.js";
import type { Observation } from "../../run/observation.js";
import type { RunParts } from "../../run/parts.js";
import type { Run } from "../../run/run.js";
import { spacingOf } from "../../world/roadusers.js";
import { elevationAt } from "../../world/sun.js";
import { LATITUDE, LONGITUDE } from "../../world/world.js";
import type { StandingFault, StreetView } from "../messages.js";

interface ViewParts {
	readonly parts: RunParts;
	readonly run: Run;
	readonly observation: Observation;
	readonly acts: Acts;
	/** Of a page that carries its simulation: the options that its address needs. */
	readonly inputs?: Values | undefined;
	readonly command: string;
	readonly scenario: PlayedScenario | null;
	readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Lamps are counted from 1 on the page. */
export function viewOf(all: ViewParts): StreetView {
	const { run, observation, acts, inputs, command, scenario, settings } = all;
	const { findings } = observation;
	const { options, clock } = all.parts;
	const { epochUtc } = all.parts.scenario;
	const row = rowOf(options);
	const place = options.part.place ?? ([LATITUDE, LONGITUDE] as const);
	return {
		lamps: options.lamps,
		spacing_m: row.spacing_m,
		seed: options.seed,
		epochUtc,
		zone: options.zone.name,
		maxSpeedAllowed: options.broker === "embedded",
		command,
		name: options.name ?? null,
		scenario,
		now: () => clock.now(),
		wall: () => clock.wallSeconds,
		speed: () => (clock.paused ? 0 : clock.speed),
		setSpeed(speed) {
			if (speed > 0) clock.setSpeed(speed);
			clock.setPaused(speed === 0);
		},
		jumpTo: (at) => clock.jumpTo(at),
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
				visit(user.id, user.kind, row.shown(position), user.forth ? 1 : -1),
			);
		},
		acts: () => acts.count,
		inputs: () => inputs && acts.addedTo(inputs),
		publish: acts.publish.bind(acts),
		type: acts.type.bind(acts),
		putUser: (kind, x_m, direction) => acts.put(kind, row.true(x_m), direction > 0),
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
		beginFault: acts.beginFault.bind(acts),
		endFault: acts.endFault.bind(acts),
		figures() {
			const now = clock.now();
			const night = observation.figuresAt(now, run.meter.energyAt(now));
			const { energy_kWh, person_s, below_s } = night;
			const old_kWh = run.meter.oldEnergyAt(now);
			return { energy_kWh, old_kWh, person_s, below_s, ...nightsByOption(observation, night, now) };
		},
		settings: () => settings,
	};
}

/** The page draws lamps evenly: a road user between two of them is drawn between these two. */
function rowOf({ lamps, poles }: RunParts["options"]) {
	const spacing_m = Math.max(1, spacingOf(lamps, poles));
	if (!poles) return { spacing_m, shown: (x: number) => x, true: (x: number) => x };
	const even = poles.map((_place, index) => index * spacing_m);
	return {
		spacing_m,
		shown: (x: number) => between(poles, even, x),
		true: (x: number) => between(even, poles, x),
	};
}

/** The place in `to` that is as far between its neighbours as `x` in `from`; beyond the ends as far. */
function between(from: readonly number[], to: readonly number[], x: number): number {
	const next = from.findIndex((place) => place > x);
	if (next < 0) return to.at(-1)! + x - from.at(-1)!;
	if (next === 0) return to[0]! + x - from[0]!;
	const share = (x - from[next - 1]!) / (from[next]! - from[next - 1]!);
	return to[next - 1]! + share * (to[next]! - to[next - 1]!);
}

/** The figures beside one another, rounded: they travel ten times a second. */
function nightsByOption({ played }: Observation, night: OptionNight, now: number) {
	const today = Object.entries(played.figuresAt(now)).map(([name, nightFigures]) => [
		name,
		rounded(nightFigures),
	]);
	return { own: rounded(night), today: Object.fromEntries(today) as Record<Today, OptionNight> };
}

function rounded({ passed, unlit, ...figures }: OptionNight): OptionNight {
	const numbers = Object.entries(figures).map(([name, value]) => [
		name,
		Math.round(1e4 * value) / 1e4,
	]);
	return { ...(Object.fromEntries(numbers) as typeof figures), passed, unlit };
}

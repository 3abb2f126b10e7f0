/**
 * Watched: the parts that a run has with a page: its desk, the speeds of a scenario, its report so far,
 * comparisons and decisions.
 */
import type { StreetYear } from "../../lib/lightingoptions/year.js";
import { FAULTS } from "../faults/faults.js";
import type { NamedScenario, PlayedScenario, ScenarioName } from "../options/playedscenario.js";
import { commandOf, type Values } from "../options/values.js";
import type { About, OrderForm } from "../page/messages.js";
import { Desk } from "../page/server/desk.js";
import type { PageTown } from "../page/server/pagetown.js";
import { viewOf } from "../page/server/view.js";
import { recordedOf } from "../replay/page.js";
import { Comparisons, type Helper } from "../report/comparisons.js";
import { dataOf, titleOf } from "../report/data.js";
import { type Press, reportOf } from "../report/report.js";
import { trafficOf } from "../report/traffic.js";
import { yearsOf } from "../report/years.js";
import { METER_VALUES } from "../results/meter.js";
import { Acts } from "../run/acts.js";
import { eveningOf } from "../run/evening.js";
import { installedOf } from "../run/install.js";
import type { Made } from "../run/made.js";
import type { Observation } from "../run/observation.js";
import type { StreetNetwork } from "../run/streetnetwork.js";
import type { Clock } from "../street/clock.js";

/** An evening takes a large street longer than a visitor waits: it opens after so long, ms of wall clock. */
const EVENING_MOST = 45_000;

/** After the last caption a played scenario stands for so long, ms of the street's time. */
const LINGER = 60_000;

export interface WatchedParts {
	readonly made: Made;
	readonly observation: Observation;
	readonly network: StreetNetwork;
	/** The options that repeat the run, by name. */
	readonly values: Values;
	readonly scenarios: Readonly<Record<string, NamedScenario>>;
	readonly forms: readonly OrderForm[];
	readonly press: Press;
	readonly helper: Helper;
	/** Of a page that carries its simulation. */
	readonly about?: About;
	/** Of these options those that its address needs. */
	readonly inputs?: Values;
	/** The town of the street. */
	readonly town?: PageTown | undefined;
	startScenario(name: string): void;
}

/** The desk of a run with a page. It begins with the evening, as fast as the street can. */
export function watch(watched: WatchedParts): Desk {
	const { network, observation, values, press, startScenario, town, helper } = watched;
	const { parts, run, images } = watched.made;
	const { options, scenario, clock } = parts;
	const { epochUtc } = scenario;
	const { named } = options;
	const acts = new Acts(run, network);
	const command = (all: Values) => commandOf("npm run sim -- --headless", acts.addedTo(all));
	for (const { at, speed } of named?.play ?? [])
		run.schedule(at, () => {
			if (!clock.paused && clock.goal === undefined) clock.setSpeed(speed);
		});
	const { replayed } = run;
	if (replayed) run.schedule(replayed.plan.end, () => clock.setPaused(true));
	const evening = replayed ? replayed.plan.end : eveningOf(options, scenario);
	const forget = runEvening(clock, evening);
	const view = viewOf({
		parts,
		run,
		acts,
		inputs: watched.inputs,
		command: command(values),
		observation,
		scenario: named && options.scenario ? played(options.scenario, named, epochUtc) : null,
		settings: installedOf(run.installation),
	});
	const { history, happenings } = observation;
	const comparisons = new Comparisons(values, options.lamps, helper);
	const { traffic } = trafficOf(options, epochUtc);
	let years: Promise<StreetYear> | undefined;
	const yearsOnce = () => {
		years ??= yearsOf(options, epochUtc);
		return years;
	};
	if (evening !== undefined) yearsOnce().catch(() => {}); // a visitor is about to come
	return new Desk({
		view,
		network,
		history,
		happenings,
		startScenario,
		...(images ? { images } : {}),
		...(run.field ? { field: run.field } : {}),
		...(run.replayed ? { recorded: recordedOf(run.replayed, () => clock.now()) } : {}),
		...(town ? { town } : {}),
		faults: Object.entries(FAULTS).map(([name, { street }]) => ({
			name,
			scope: street ? "street" : "any",
		})),
		onClose() {
			forget();
			helper.stop();
		},
		forms: watched.forms,
		about: watched.about,
		scenarios: Object.entries(watched.scenarios).map(([name, namedScenario]) =>
			nameOf(name, namedScenario),
		),
		oldPower_W: METER_VALUES.oldLampPower_W,
		ledPower_W: METER_VALUES.ledPower_W,
		report(language, price) {
			const summary = run.summaryNow();
			const until = { duration: `${summary.virtualSeconds}s` };
			return reportOf(
				dataOf({
					run,
					observation,
					epochUtc,
					zone: options.zone,
					summary,
					title: titleOf(options),
					traffic,
					isRunning: true,
					command: command({ ...values, ...until }),
					price: price === undefined ? undefined : { low: price, high: price },
				}),
				language,
				press,
			);
		},
		compare: (option) => comparisons.simulate(option),
		decide(inputs) {
			const evening = new Date(options.zone.localOf(epochUtc)).toISOString().slice(0, 10);
			return comparisons.decide(evening, inputs);
		},
		years: yearsOnce,
	});
}

/** Runs to the evening as fast as the street can, within EVENING_MOST. @returns forgets that limit */
function runEvening(clock: Clock, evening: number | undefined): () => void {
	if (evening === undefined) return () => {};
	clock.jumpTo(evening);
	const late = setTimeout(() => {
		if (clock.goal === evening) clock.jumpTo(clock.now());
	}, EVENING_MOST);
	return () => clearTimeout(late);
}

function nameOf(name: string, { title, what, captions }: NamedScenario): ScenarioName {
	return { name, title, what, isPlayed: captions.length > 0 };
}

function played(name: string, scenario: NamedScenario, epochUtc: number): PlayedScenario | null {
	const { captions } = scenario;
	if (captions.length === 0) return null;
	return {
		...nameOf(name, scenario),
		captions: captions.map(({ at, en, fr }) => ({ utc: epochUtc + at, en, fr })),
		beside: scenario.beside,
		end: epochUtc + captions.at(-1)!.at + LINGER,
	};
}

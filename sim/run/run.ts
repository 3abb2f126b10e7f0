/**
 * Run: a fleet, a network and a scenario put together, run to the end, and its results.
 */
import type { Check } from "../checks/check.js";
import { FaultPlan } from "../faults/faultplan.js";
import type { FieldLight } from "../results/fieldlight.js";
import type { Meter } from "../results/meter.js";
import { heapOf, resultsOf, round, type Summary, sayCheck } from "../results/summary.js";
import type { Lights } from "../results/switching.js";
import type { OrderSent } from "../street/network.js";
import { Street } from "../street/street.js";
import { Agenda } from "../util/agenda.js";
import type { UserKind } from "../world/timetable.js";
import { bootInstant } from "../world/world.js";
import { type Installation, install, installationOf } from "./install.js";
import { Judges } from "./judges.js";
import { Operator } from "./operator.js";
import type { RunParts } from "./parts.js";
import { Sender } from "./sender.js";
import { Surroundings } from "./surroundings.js";

/** Levels of a topic before a report's own: root (two), site, node. */
const BEFORE_SUFFIX = 4;

export class Run {
	readonly #parts: RunParts;
	/** First contents of the lamps' stores. */
	readonly installation: Installation;
	readonly #judges: Judges;
	readonly #surroundings: Surroundings;
	readonly #agenda = new Agenda();
	readonly street: Street;
	readonly faults: FaultPlan;

	constructor(parts: RunParts) {
		this.#parts = parts;
		const { options, fleet, network, clock, listeners = [] } = parts;
		const agenda = this.#agenda;
		this.installation = installationOf(parts);
		this.#judges = new Judges(parts, this.installation, (at, see) =>
			this.world.visitUsers(at, (_user, x_m) => see(x_m)),
		);
		const { witness, trace, comparison } = this.#judges;
		const { configured } = this.installation;
		const power = () => this.street;
		const surroundings = new Surroundings(parts, configured, agenda, witness, power);
		this.#surroundings = surroundings;
		const { world, lookahead, breakable, luminaires } = surroundings;
		this.faults = new FaultPlan(options.fault, options.lamps, breakable, agenda, witness);
		this.#listenToOrders();
		for (const { at, kind, place, forth } of options.person)
			if (place !== undefined) this.putUser(at, kind, place, forth);
		const all = [...surroundings.listeners, ...listeners];
		if (trace) all.push(trace.onEffect.bind(trace));
		if (comparison) all.push(comparison.onEffect);
		this.street = new Street({
			fleet,
			network,
			agenda,
			clock,
			witness,
			world,
			listeners: all,
			lookahead,
			...(luminaires && { buses: luminaires }),
		});
	}

	/** Orders of the operator and of the inputs, and the network's account of all orders. */
	#listenToOrders(): void {
		const { options, scenario, fleet, network, images = [] } = this.#parts;
		const { lamps, seed, part, input } = options;
		const { epochUtc } = scenario;
		const { witness } = this.#judges;
		const report = (order: OrderSent) =>
			witness.onOrder({ ...order, lamp: order.lamp - fleet.first });
		network.onOrder?.(report);
		network.onReport?.((at, topic, payload) => {
			const lamp = network.lampOf?.(topic);
			const suffix = topic.split("/").slice(BEFORE_SUFFIX).join("/");
			if (lamp !== undefined) witness.onReport(at, lamp - fleet.first, suffix, payload);
		});
		network.onConnection?.((at, lamp, isOpen) =>
			witness.onConnection(at, lamp - fleet.first, isOpen),
		);
		const agenda = this.#agenda;
		if (network.publish) new Operator(seed, lamps, epochUtc, agenda, network, this.weather, part);
		new Sender(input, lamps, epochUtc, agenda, network, part, report, images);
	}

	get world(): Surroundings["world"] {
		return this.#surroundings.world;
	}

	/** Of a recording. */
	get replayed(): Surroundings["replayed"] {
		return this.#surroundings.replayed;
	}

	get air(): Surroundings["air"] {
		return this.#surroundings.air;
	}

	/** The drivers of lamps on buses; undefined: the lamps have a PWM and a relay. */
	get luminaires(): Surroundings["luminaires"] {
		return this.#surroundings.luminaires;
	}

	get weather(): Surroundings["weather"] {
		return this.#surroundings.weather;
	}

	/** The next instant at which a person's act can happen, virtual ms. */
	get soon(): number {
		return Math.max(Math.ceil(this.#parts.clock.now()), this.street.reached + 1);
	}

	/** A road user is set down at `at`, `place` m from the first lamp. */
	putUser(at: number, kind: UserKind, place: number, forth: boolean): void {
		const due = (now: number) => this.world.putUser(now, kind, place, forth);
		this.#agenda.add(at, { due });
	}

	/** Whether the machine of a lamp (from 0) has power. */
	isPowered(lamp: number): boolean {
		return this.#judges.checks.lamps.runsSince[lamp]! < Infinity;
	}

	get meter(): Meter {
		return this.#judges.meter;
	}

	/** The light between the poles, with `--field`. */
	get field(): FieldLight | undefined {
		return this.#judges.field;
	}

	get lights(): Lights {
		return this.#judges.lights;
	}

	/** Does something at an instant, virtual ms. */
	schedule(at: number, act: () => void): void {
		this.#agenda.add(at, { due: act });
	}

	/** The figures of a run that goes on: those that it would have if it ended now. */
	summaryNow(): Summary {
		const now = this.street.reached;
		const mean = this.#judges.meter.nightMeanLevelAt(now);
		return {
			...this.summary(),
			energy_kWh: round(this.#judges.meter.energyAt(now)),
			energyOldLamp_kWh: round(this.#judges.meter.oldEnergyAt(now)),
			nightMeanLevel: mean === undefined ? null : round(mean),
		};
	}

	/** Installs the lamps and runs them; returns one line if it cannot begin. */
	async go(): Promise<string | undefined> {
		const { options, scenario, fleet } = this.#parts;
		const { comparison } = this.#judges;
		const why = install(fleet, this.installation, comparison?.install.bind(comparison));
		if (why !== undefined) return why;
		if (this.replayed) this.replayed.begin(this.#agenda, this.street);
		else
			for (let lamp = 0; lamp < options.lamps; lamp++)
				this.street.powerOn(bootInstant(options.seed, lamp), lamp);
		await this.street.run(scenario.end);
		this.#judges.finish(this.street.reached);
		return undefined;
	}

	/** The checks of the run. */
	get checks(): readonly Check[] {
		return this.#judges.checks.checks;
	}

	/** The figures so far; complete after `go`. */
	summary(): Summary {
		const { options, scenario, fleet, network, clock } = this.#parts;
		const virtualSeconds = (this.street.reached + 1) / 1000;
		const { wallSeconds } = clock;
		const { energy_kWh, energyOldLamp_kWh, nightMeanLevel } = this.#judges.meter;
		return {
			seed: options.seed,
			lamps: options.lamps,
			first: options.part.first,
			site: options.part.site,
			groups: options.part.groups,
			virtualSeconds,
			wallSeconds: round(wallSeconds),
			lampSecondsPerSecond: Math.round((options.lamps * virtualSeconds) / wallSeconds),
			published: network.published,
			deaths: this.street.deaths,
			energy_kWh: round(energy_kWh),
			energyOldLamp_kWh: round(energyOldLamp_kWh),
			nightMeanLevel: nightMeanLevel === undefined ? null : round(nightMeanLevel),
			sensorChanges: this.world.sensorChanges,
			checks: resultsOf(this.#judges.checks.checks, scenario.epochUtc, options.part.first),
			heap: heapOf(fleet),
			...(this.field ? { field: this.field.result } : {}),
		};
	}

	/** The end of the run, for the person at the terminal. */
	*report(summary: Summary): Iterable<string> {
		for (const [name, result] of Object.entries(summary.checks))
			yield* sayCheck(name, result, `--seed ${summary.seed}`);
		if (this.field) yield* this.field.lines();
		const { sent, delivered } = this.air;
		if (sent > 0) {
			const each = (count: number) => Math.round(count / summary.lamps);
			yield `datagrams of a lamp (mean): ${each(sent)} sent, ${each(delivered)} came`;
		}
		if (this.street.firstDeath) yield `deaths: ${summary.deaths}, first: ${this.street.firstDeath}`;
	}
}

/** 1 when a check failed, else 0. */
export function exitCodeOf(summary: Pick<Summary, "checks">): number {
	return Object.values(summary.checks).every(({ ok }) => ok) ? 0 : 1;
}

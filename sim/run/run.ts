/**
 * Run: a fleet, a network and a scenario put together, run to the end, and its results.
 */
import type { Fleet } from "../../hosts/virtual/fleet/fleet.js";
import { type Checks, createChecks } from "../checks/all.js";
import type { Check } from "../checks/check.js";
import type { Configured } from "../checks/configured.js";
import type { Options } from "../cli/options.js";
import { groupOf } from "../cli/outside.js";
import { FaultPlan } from "../faults/faultplan.js";
import type { FaultyWorld } from "../faults/faults.js";
import type { StreetImage } from "../images/catalogue.js";
import { AccessPoint } from "../network/accesspoint.js";
import { Air } from "../network/air.js";
import type { FieldLight } from "../results/fieldlight.js";
import { METER_VALUES, Meter } from "../results/meter.js";
import { heapOf, resultsOf, round, type Summary } from "../results/summary.js";
import { Lights } from "../results/switching.js";
import { Trace } from "../results/trace.js";
import type { Clock } from "../street/clock.js";
import { LOOKAHEAD, type Network, type OrderSent, SHORT_LOOKAHEAD } from "../street/network.js";
import { type EffectListener, postTo, Street } from "../street/street.js";
import { together, type Witness } from "../street/witness.js";
import { Agenda } from "../util/agenda.js";
import type { UserKind } from "../world/timetable.js";
import { Weather, type WeatherKind } from "../world/weather.js";
import { bootInstant, World } from "../world/world.js";
import { configuredOf, fieldOf } from "./configured.js";
import { FlashTroubles } from "./flashtroubles.js";
import { type Installation, install } from "./install.js";
import { Operator } from "./operator.js";
import type { Scenario } from "./scenario.js";
import { Sender } from "./sender.js";

export interface RunParts {
	readonly options: Options;
	readonly scenario: Scenario;
	readonly fleet: Fleet;
	readonly network: Network;
	readonly clock: Clock;
	/** The lamps' settings; absent: those of `configuredOf`. */
	readonly configured?: Configured;
	/** Keys of accepted images: public keys (docs/update.md); absent: no image is accepted. */
	readonly imageKeys?: string;
	/** Images that an input can offer. */
	readonly images?: readonly StreetImage[];
	/** Further witnesses. */
	readonly witnesses?: readonly Witness[];
	/** Further listeners of the lamps' effects. */
	readonly listeners?: readonly EffectListener[];
	/** Receives the trace, piece by piece; absent: none is made. */
	readonly writeTrace?: (text: string) => void;
}

export class Run {
	readonly #parts: RunParts;
	readonly #checks: Checks;
	readonly #meter: Meter;
	readonly #trace: Trace | undefined;
	readonly #witness: Required<Witness>;
	readonly #installation: Installation;
	readonly #agenda = new Agenda();
	readonly #field: FieldLight | undefined;
	readonly street: Street;
	readonly world: World;
	readonly air: Air;
	readonly lights: Lights;
	readonly weather: Weather;
	readonly faults: FaultPlan;

	constructor(parts: RunParts) {
		this.#parts = parts;
		const { options, scenario, fleet, network, clock, writeTrace } = parts;
		const { lamps, seed, outside, part } = options;
		const { epochUtc, timetable, lux } = scenario;
		const weather = new Weather(scenario.daylight);
		this.weather = weather;
		const daylight = weather;
		const configured = parts.configured ?? configuredOf(options);
		const power = { ...METER_VALUES, ...configured };
		const { imageKeys } = parts;
		const names = { site: part.site, groupOf: (lamp: number) => groupOf(part, lamps, lamp) };
		const { set } = options;
		this.#installation = { configured, power, outside, names, epochUtc, imageKeys, set };
		this.#checks = createChecks(lamps, configured, epochUtc);
		this.#meter = new Meter(lamps, power);
		this.lights = new Lights(lamps);
		this.#trace = writeTrace && new Trace(lamps, epochUtc, writeTrace);
		this.#field = fieldOf(options, configured, epochUtc);
		const others = [...(parts.witnesses ?? []), ...(this.#field ? [this.#field] : [])];
		this.#witness = together([...this.#checks.witnesses, this.#meter, this.lights, ...others]);
		const witness = this.#witness;
		const agenda = this.#agenda;
		const about = { seed, lamps, epochUtc, daylight, timetable, equalSensors: lux !== undefined };
		const { lampResponse } = configured;
		const seen = lampResponse === undefined ? {} : { ownLight: lampResponse };
		const point = new AccessPoint(agenda, lamps, postTo(fleet), (at, lamp, utc) =>
			witness.onTime(at, lamp, utc - epochUtc - at),
		);
		const { carry } = point;
		this.world = new World({ ...about, ...seen }, agenda, postTo(fleet), carry, witness, () => {
			return this.street;
		});
		if (this.#field)
			this.#field.visitUsers = (at, see) => this.world.visitUsers(at, (_user, x_m) => see(x_m));
		const { pirs, lightSensors, supply } = this.world;
		const lookahead = configured.neighbours ? SHORT_LOOKAHEAD : LOOKAHEAD;
		const air = new Air(agenda, lamps, options.datagramLoss, seed, carry, lookahead);
		this.air = air;
		const setTimeServer = this.world.setTimeServer.bind(this.world);
		const setTimeError = this.world.setTimeError.bind(this.world);
		const setErratic = this.world.setErratic.bind(this.world);
		const setReach = point.setReach.bind(point);
		const flash = new FlashTroubles(agenda, fleet, seed);
		const breakable: FaultyWorld = {
			...{ pirs, lightSensors, air, supply, setTimeServer, setTimeError, setErratic, setReach },
			setBroker: (reachable) => network.setBrokerReachable?.(reachable),
			setDeaf: (at, lamp, isDeaf) => network.setDeaf?.(at, fleet.first + lamp, isDeaf),
			setFlash: flash.set.bind(flash),
			setWeather: (at: number, kind: WeatherKind, on: boolean) =>
				weather.set(epochUtc + at, kind, on),
		};
		this.faults = new FaultPlan(options.fault, lamps, breakable, agenda, witness);
		if (network.onConnection)
			network.onConnection = (at, lamp, isOpen) =>
				witness.onConnection(at, lamp - fleet.first, isOpen);
		if (network.publish)
			new Operator(options.seed, lamps, epochUtc, agenda, network, daylight, part);
		const tell = this.tellOrder.bind(this);
		new Sender(options.input, lamps, epochUtc, agenda, network, part, tell, parts.images ?? []);
		const listeners: EffectListener[] = [air.onEffect.bind(air), point.onEffect.bind(point)];
		listeners.push(...(parts.listeners ?? []));
		if (this.#trace) listeners.push(this.#trace.onEffect.bind(this.#trace));
		const { world } = this;
		this.street = new Street({
			fleet,
			network,
			agenda,
			clock,
			witness,
			world,
			listeners,
			lookahead,
		});
	}

	/** An order that was sent; lamps are counted from 0. */
	tellOrder(order: OrderSent): void {
		this.#witness.onOrder({ ...order, lamp: order.lamp - this.#parts.fleet.first });
	}

	/** The next instant at which a person's act can happen, virtual ms. */
	get soon(): number {
		return Math.max(Math.ceil(this.#parts.clock.now()), this.street.reached + 1);
	}

	/** A road user is set down at the next instant, `place` m from the first lamp. */
	putUser(kind: UserKind, place: number, forth: boolean): void {
		const due = (at: number) => this.world.putUser(at, kind, place, forth);
		this.#agenda.add(this.soon, { due });
	}

	/** Whether the machine of a lamp (from 0) has power. */
	isPowered(lamp: number): boolean {
		return this.#checks.lamps.runsSince[lamp]! < Infinity;
	}

	get meter(): Meter {
		return this.#meter;
	}

	/** The light between the poles, with `--field`. */
	get field(): FieldLight | undefined {
		return this.#field;
	}

	/** First contents of the lamps' stores. */
	get installation(): Installation {
		return this.#installation;
	}

	/** Does something at an instant, virtual ms. */
	schedule(at: number, act: () => void): void {
		this.#agenda.add(at, { due: act });
	}

	/** The figures of a run that goes on: those that it would have if it ended now. */
	summaryNow(): Summary {
		const now = this.street.reached;
		const mean = this.#meter.nightMeanLevelAt(now);
		return {
			...this.summary(),
			energy_kWh: round(this.#meter.energyAt(now)),
			energyOldLamp_kWh: round(this.#meter.oldEnergyAt(now)),
			nightMeanLevel: mean === undefined ? null : round(mean),
		};
	}

	/** Installs the lamps and runs them; returns one line if it cannot begin. */
	async go(): Promise<string | undefined> {
		const { options, scenario, fleet } = this.#parts;
		const why = install(fleet, this.#installation);
		if (why !== undefined) return why;
		for (let lamp = 0; lamp < options.lamps; lamp++)
			this.street.powerOn(bootInstant(options.seed, lamp), lamp);
		await this.street.run(scenario.end);
		this.#witness.finish(this.street.reached);
		this.#trace?.finish();
		return undefined;
	}

	/** The checks of the run. */
	get checks(): readonly Check[] {
		return this.#checks.checks;
	}

	/** The figures so far; complete after `go`. */
	summary(): Summary {
		const { options, scenario, fleet, network, clock } = this.#parts;
		const virtualSeconds = (this.street.reached + 1) / 1000;
		const { wallSeconds } = clock;
		const { energy_kWh, energyOldLamp_kWh, nightMeanLevel } = this.#meter;
		return {
			seed: options.seed,
			lamps: options.lamps,
			virtualSeconds,
			wallSeconds: round(wallSeconds),
			lampSecondsPerSecond: Math.round((options.lamps * virtualSeconds) / wallSeconds),
			published: network.published,
			deaths: this.street.deaths,
			energy_kWh: round(energy_kWh),
			energyOldLamp_kWh: round(energyOldLamp_kWh),
			nightMeanLevel: nightMeanLevel === undefined ? null : round(nightMeanLevel),
			sensorChanges: this.world.sensorChanges,
			checks: resultsOf(this.#checks.checks, scenario.epochUtc),
			heap: heapOf(fleet),
			...(this.#field ? { field: this.#field.result } : {}),
		};
	}

	/** The end of the run, for the person at the terminal. */
	*report(summary: Summary): Iterable<string> {
		for (const { name, tried } of this.#checks.checks) {
			const { ok, count, first } = summary.checks[name]!;
			const verdict = ok ? "ok    " : "FAILED";
			const offences = count === 0 ? "" : `, ${count} offences`;
			yield `${verdict} ${name.padEnd(12)} ${tried} tried${offences}`;
			if (first)
				yield `       first at ${first.instant}, lamp ${first.lamp}: ${first.what}` +
					` (--seed ${summary.seed})`;
		}
		if (this.#field) yield* this.#field.lines();
		const { sent, delivered } = this.air;
		if (sent > 0) {
			const each = (count: number) => Math.round(count / summary.lamps);
			yield `datagrams of a lamp (mean): ${each(sent)} sent, ${each(delivered)} came`;
		}
		if (this.street.firstDeath) yield `deaths: ${summary.deaths}, first: ${this.street.firstDeath}`;
	}
}

/** 1 when a check failed, else 0. */
export function exitCodeOf(summary: Summary): number {
	return Object.values(summary.checks).every(({ ok }) => ok) ? 0 : 1;
}

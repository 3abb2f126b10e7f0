/**
 * Surroundings: weather, world, radio and access point of a run's lamps, and the access of faults to
 * them.
 */
import { INPUT } from "../../hosts/virtual/protocol.js";
import type { Configured } from "../checks/configured.js";
import type { FaultyWorld } from "../faults/fault.js";
import { AccessPoint } from "../network/accesspoint.js";
import { Air } from "../network/air.js";
import { Replayed } from "../replay/replayed.js";
import { LOOKAHEAD, type Post, SHORT_LOOKAHEAD } from "../street/network.js";
import { type EffectListener, postTo, type Street } from "../street/street.js";
import type { Witness } from "../street/witness.js";
import type { Agenda } from "../util/agenda.js";
import { Luminaires } from "../world/driver/luminaires.js";
import { Weather } from "../world/weather.js";
import { FULL_DUTY, World } from "../world/world.js";
import { FlashTroubles } from "./flashtroubles.js";
import type { RunParts } from "./parts.js";

/** Of a replay: measurements of the simulated world do not reach the lamp. */
const NOWHERE: Post = () => {};

function lastOf(set: RunParts["options"]["set"], wanted: string): unknown {
	return [...set].reverse().find(({ name }) => name === wanted)?.value;
}

/** What a sensor in the lower socket sees goes there: `instead` of the lamp's sensors, or beside them. */
function sensedBy(luminaires: Luminaires, isInstead: boolean, post: Post): Post {
	return (lamp, at, kind, value, channel, bytes) => {
		const isEdge = kind === INPUT.movement || kind === INPUT.stillness;
		if (isEdge) luminaires.sense(at, lamp, kind === INPUT.movement);
		else if (kind === INPUT.illuminance) luminaires.see(lamp, value ?? 0);
		if (isInstead && (isEdge || kind === INPUT.illuminance)) return;
		post(lamp, at, kind, value, channel, bytes);
	};
}

/** Their light is reported as that of a PWM of 12 bits, as the checks take it. */
function luminairesOf(
	{ options: { lamps, seed, set } }: RunParts,
	agenda: Agenda,
	post: Post,
	street: () => Street,
): Luminaires {
	const dutyOf = (light: number) => Math.round(FULL_DUTY * light);
	const drivers = Number(lastOf(set, "drivers") ?? 1);
	const listener = {
		answer: (at: number, lamp: number, answer: number, number: number) =>
			post(lamp, at, INPUT.busAnswered, answer, number),
		shine: (at: number, lamp: number, light: number, points: readonly number[]) => {
			const path = Uint32Array.from(points, (value, index) =>
				index % 2 === 0 ? value : dutyOf(value),
			);
			street().shine(at, lamp, dutyOf(light), path);
		},
	};
	const hasSensors = (lastOf(set, "lowerSensor") ?? "none") !== "none";
	return new Luminaires(lamps, seed, agenda, listener, drivers, hasSensors);
}

export class Surroundings {
	readonly weather: Weather;
	readonly world: World;
	readonly air: Air;
	/** Drivers on buses; undefined: the lamps have a PWM and a relay. */
	readonly luminaires: Luminaires | undefined;
	/** The longest window between lamps of this street, ms. */
	readonly lookahead: number;
	/** Of a recording, whose inputs take the place of the world's. */
	readonly replayed: Replayed | undefined;
	readonly #parts: RunParts;
	readonly #point: AccessPoint;
	readonly #flash: FlashTroubles;
	readonly #post: Post;

	/** `street`: switches the lamps' power; it is made later. */
	constructor(
		parts: RunParts,
		configured: Configured,
		agenda: Agenda,
		witness: Required<Witness>,
		street: () => Street,
	) {
		const { options, scenario, fleet } = parts;
		const { lamps, seed, poles, datagramLoss } = options;
		const { epochUtc, timetable, lux } = scenario;
		const real = postTo(fleet);
		const { recorded } = options;
		const post = recorded ? NOWHERE : real;
		this.#parts = parts;
		this.#post = post;
		this.weather = new Weather(scenario.daylight);
		this.#point = new AccessPoint(agenda, lamps, post, (at, lamp, utc) =>
			witness.onTime(at, lamp, utc - epochUtc - at),
		);
		const { carry } = this.#point;
		const { ownLight, lampResponse = ownLight } = configured;
		const about = {
			seed,
			lamps,
			epochUtc,
			daylight: this.weather,
			timetable,
			equalSensors: lux !== undefined,
			...(poles === undefined ? {} : { places: poles }),
			...(lampResponse === undefined ? {} : { ownLight: lampResponse }),
		};
		const hasBus = options.board === "zhaga";
		this.luminaires = hasBus ? luminairesOf(parts, agenda, post, street) : undefined;
		const isInstead = lastOf(options.set, "lowerSensor") === "instead";
		const sensed = this.luminaires ? sensedBy(this.luminaires, isInstead, post) : post;
		this.world = new World(about, agenda, sensed, carry, witness, street);
		this.lookahead = configured.neighbours || hasBus ? SHORT_LOOKAHEAD : LOOKAHEAD;
		this.air = new Air(agenda, lamps, datagramLoss, seed, carry, this.lookahead, poles);
		this.#flash = new FlashTroubles(agenda, fleet, seed);
		this.replayed = recorded && new Replayed(recorded, fleet, real, witness);
	}

	/** They receive the lamps' effects before all others. */
	get listeners(): readonly EffectListener[] {
		const [air, point] = [this.air, this.#point];
		const listeners = [air.onEffect.bind(air), point.onEffect.bind(point)];
		return this.replayed ? [...listeners, this.replayed.onEffect] : listeners;
	}

	/** The parts that a fault can reach. */
	get breakable(): FaultyWorld {
		const { network, fleet, scenario } = this.#parts;
		const { world, air, weather, luminaires } = this;
		const { pirs, lightSensors, supply } = world;
		return {
			pirs,
			lightSensors,
			air,
			supply,
			luminaires,
			setTimeServer: world.setTimeServer.bind(world),
			setTimeError: world.setTimeError.bind(world),
			setErratic: world.setErratic.bind(world),
			setForged: world.setForged.bind(world),
			setReach: this.#point.setReach.bind(this.#point),
			setBroker: (reachable) => network.setBrokerReachable?.(reachable),
			setBrokerMood: (mood, on) => network.setBrokerMood?.(mood, on),
			setImagesBroken: (isBroken) => network.setImagesBroken?.(isBroken),
			setCelsius: (at, lamp, celsius) => this.#post(lamp, at, INPUT.temperature, celsius),
			setDeaf: (at, lamp, isDeaf) => network.setDeaf?.(at, fleet.first + lamp, isDeaf),
			scrawlFlash: (lamp) => fleet.scrawl(fleet.first + lamp),
			setFlash: this.#flash.set.bind(this.#flash),
			setLuck: (lamp, door, on) =>
				fleet.setLuck(fleet.first + lamp, door, on ? this.#parts.options.chance : 0),
			setWeather: (at, kind, on) => weather.set(scenario.epochUtc + at, kind, on),
		};
	}
}

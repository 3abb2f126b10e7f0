/**
 * World: sky, traffic and sensors of one street, put together.
 */
import { INPUT } from "../../hosts/virtual/protocol.js";
import { chance, random } from "../../lib/random.js";
import { HOUR } from "../../lib/spans.js";
import type { Post } from "../street/network.js";
import type { LampListener } from "../street/street.js";
import type { Witness } from "../street/witness.js";
import type { Actor, Agenda } from "../util/agenda.js";
import { ForgedTime } from "./forgedtime.js";
import { LightSensors } from "./lightsensor.js";
import { Pirs } from "./pir.js";
import type { RoadUser } from "./roadusers.js";
import { RoadUsers } from "./roadusers.js";
import type { Daylight } from "./sky.js";
import { Supply, type Switch } from "./supply.js";
import type { Timetable, UserKind } from "./timetable.js";
import { USER_KINDS } from "./timetable.js";

/** Liege, Place Saint-Lambert: degrees north and east. */
export const LATITUDE = 50.645;
export const LONGITUDE = 5.573;
/** Largest duty of the virtual lamp's PWM: 12 bits (hosts/virtual/lamp/main.ts). */
export const FULL_DUTY = 4095;

/** Delay of access point and address after boot, ms. */
const NETWORK_UP = [2_000, 5_000] as const;
/** Delay of a time server's first answer once the network is up, ms; then each hour. */
const FIRST_TIME = [1_000, 3_000] as const;
const TIME_INTERVAL = HOUR;
/** An erratic time server is off by at most this, either way, ms. */
const ERRATIC = 40 * HOUR;
/** Forged answers come as soon as a second one counts, and then as often as they walk a clock fast. */
const FORGED_AGAIN = 61_000;
const FORGED_INTERVAL = 10 * 60_000;

interface WorldOptions {
	readonly seed: number;
	readonly lamps: number;
	readonly epochUtc: number;
	readonly daylight: Daylight;
	readonly timetable: Timetable;
	/** Recorded light: all sensors measure the same. */
	readonly equalSensors: boolean;
	/** Lamplight of a lamp at full on its own sensor, lux; absent: the usual value. */
	readonly ownLight?: number;
	/** Metres of each lamp along the street; absent: even. */
	readonly places?: readonly number[];
}

export class World implements LampListener {
	readonly lightSensors: LightSensors;
	readonly pirs: Pirs;
	readonly supply: Supply;
	readonly #users: RoadUsers;
	readonly #timeless: Uint8Array; // no time server answers that lamp
	readonly #timeError: Float64Array; // of the time server's answers to that lamp, ms
	readonly #erratic: Uint8Array; // each of them is off by another amount
	readonly #errors: ReturnType<typeof random>;
	readonly #life: Int32Array; // boots so far; plans of an earlier life are void
	readonly #passed = new Map<number, Record<UserKind, number>>();
	readonly #network: Actor = { due: (at, subject) => this.#connect(at, subject) };
	readonly #time: Actor = { due: (at, subject) => this.#sendTime(at, subject) };
	readonly #forge: Actor = {
		due: (at, lamp) => {
			if (!this.#forged.isOn(lamp)) return;
			this.#answerTime(at, lamp);
			this.agenda.add(at + FORGED_INTERVAL, this.#forge, lamp);
		},
	};
	readonly #forged: ForgedTime;
	readonly #delays: ReturnType<typeof random>;

	constructor(
		private readonly options: WorldOptions,
		private readonly agenda: Agenda,
		post: Post,
		/** `post` through the network, which a lamp may not be in. */
		private readonly carry: Post,
		private readonly witness: Witness,
		street: () => Switch,
	) {
		const { seed, lamps, epochUtc, daylight, timetable, equalSensors, ownLight } = options;
		const { places } = options;
		this.lightSensors = new LightSensors(
			agenda,
			daylight,
			epochUtc,
			lamps,
			seed,
			equalSensors,
			post,
			witness,
			ownLight,
		);
		this.pirs = new Pirs(agenda, lamps, seed, post, witness);
		this.#users = new RoadUsers(
			agenda,
			timetable,
			epochUtc,
			lamps,
			seed,
			this.pirs,
			this.#count.bind(this),
			places,
		);
		const luxAt = (at: number) => daylight.luxAt(epochUtc + at);
		this.supply = new Supply(agenda, epochUtc, lamps, luxAt, street, seed);
		this.#life = new Int32Array(lamps);
		this.#timeless = new Uint8Array(lamps);
		this.#timeError = new Float64Array(lamps);
		this.#erratic = new Uint8Array(lamps);
		this.#errors = random(seed, "wrong dates");
		this.#forged = new ForgedTime(lamps, random(seed, "forged dates"));
		this.#delays = random(seed, "network and time");
	}

	/** Daylight on the poles now, lux. */
	get daylight(): number {
		return this.lightSensors.daylight;
	}

	/** Edges of the PIRs so far. */
	get sensorChanges(): number {
		return this.pirs.edges;
	}

	/** Road users that have entered the street, by the UTC hour (its start, ms), in order. */
	get passed(): ReadonlyMap<number, Readonly<Record<UserKind, number>>> {
		return this.#passed;
	}

	/** Sets a road user down, `place` m from the first lamp. */
	putUser(at: number, kind: UserKind, place: number, forth: boolean): void {
		this.#users.put(at, kind, place, forth);
	}

	/** Positions of all road users, m from the first lamp. */
	visitUsers(at: number, see: (user: RoadUser, position: number) => void): void {
		this.#users.visit(at, see);
	}

	onBoot(at: number, lamp: number): void {
		this.#life[lamp]!++;
		this.lightSensors.onBoot(at, lamp);
		this.pirs.onBoot(at, lamp);
		this.agenda.add(at + this.#delays.between(...NETWORK_UP), this.#network, this.#subject(lamp));
	}

	onEnd(at: number, lamp: number): void {
		this.#life[lamp]!++;
		this.lightSensors.onEnd(at, lamp);
	}

	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		this.lightSensors.onLight(at, lamp, duty / FULL_DUTY, to / FULL_DUTY, until);
	}

	onTransmission(at: number, lamp: number): void {
		this.pirs.onTransmission(at, lamp);
	}

	#subject(lamp: number): number {
		return this.#life[lamp]! * this.options.lamps + lamp;
	}

	#lampOf(subject: number): number | undefined {
		const lamp = subject % this.options.lamps;
		return this.#subject(lamp) === subject ? lamp : undefined;
	}

	#connect(at: number, subject: number): void {
		const lamp = this.#lampOf(subject);
		if (lamp === undefined) return;
		this.carry(lamp, at, INPUT.network, 1);
		this.agenda.add(at + this.#delays.between(...FIRST_TIME), this.#time, subject);
	}

	/** Whether a time server answers the lamp. */
	setTimeServer(lamp: number, answers: boolean): void {
		this.#timeless[lamp] = answers ? 0 : 1;
	}

	/** From now on each answer is off by another amount, or as before. */
	setErratic(lamp: number, isErratic: boolean): void {
		this.#erratic[lamp] = isErratic ? 1 : 0;
	}

	/** Somebody answers in its place: at once, again when a second answer counts, then more often. */
	setForged(at: number, lamp: number, isForged: boolean): void {
		this.#forged.turn(lamp, isForged);
		this.#answerTime(at, lamp);
		if (isForged) this.agenda.add(at + FORGED_AGAIN, this.#forge, lamp);
	}

	/** Error of the time server's answers to the lamp, ms; the next one comes at once. */
	setTimeError(at: number, lamp: number, error: number): void {
		this.#timeError[lamp] = error;
		this.#answerTime(at, lamp);
	}

	#answerTime(at: number, lamp: number): void {
		if (this.#timeless[lamp]) return;
		const more = this.#erratic[lamp] ? this.#errors.between(-ERRATIC, ERRATIC) : 0;
		const forged = this.#forged.isOn(lamp) ? this.#forged.next(lamp) : undefined;
		const error = forged ?? this.#timeError[lamp]! + Math.round(more);
		this.carry(lamp, at, INPUT.time, this.options.epochUtc + at + error);
	}

	#sendTime(at: number, subject: number): void {
		const lamp = this.#lampOf(subject);
		if (lamp === undefined) return;
		this.#answerTime(at, lamp);
		this.agenda.add(at + TIME_INTERVAL, this.#time, subject);
	}

	#count(at: number, kind: UserKind): void {
		const hour = Math.floor((this.options.epochUtc + at) / HOUR) * HOUR;
		let counts = this.#passed.get(hour);
		if (!counts) {
			counts = { pedestrian: 0, bicycle: 0, car: 0 };
			this.#passed.set(hour, counts);
		}
		counts[kind]++;
		this.witness.onArrival?.(at, kind);
	}
}

/** All kinds together. */
export function sumOf(counts: Readonly<Record<UserKind, number>>): number {
	return USER_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
}

/** Boots are staggered within the first second: a feeder's contactor bounces, and loaders differ. */
export function bootInstant(seed: number, lamp: number): number {
	return Math.floor(chance(seed, lamp + 1) * 1000);
}

/**
 * Luminaires: the drivers of a street of lamps on buses: frames in, light and answers out.
 *
 * A frame acts at its end, up to 45 ms after the lamp sent it; the drivers are ahead of the street by
 * that much at most. The light is that which the driver drives: a dead LED is the light sensor's matter
 * (sim/faults). The light of a fade is a line between points of the curve, within 0.5 %.
 */
import { BANKS } from "../../../lib/dali/banks.js";
import { random } from "../../../lib/random.js";
import type { Actor, Agenda } from "../../util/agenda.js";
import { Bus, type BusFault } from "./bus.js";
import { Gear } from "./gear.js";
import { identityOf } from "./identity.js";
import { InputDevice } from "./inputdevice.js";
import { Memory } from "./memory.js";
import type { LightSource } from "./usage.js";

/** 1 % of the light: usual for drivers of street lamps. */
const PHYSICAL_MINIMUM = 85;
/** A frame that is sent twice, and the frame itself. */
const TWICE = 0x100_0000;
/** Levels between two points of a fade's light. */
const LEVELS_A_POINT = 12;
const NOTHING = -1;

/** Gives a frame's answer to the lamp; a light, as a share, and points (ms, share) behind it. */
export interface LuminaireListener {
	answer(at: number, lamp: number, answer: number, number: number): void;
	shine(at: number, lamp: number, light: number, path: readonly number[]): void;
}

/** A sensor has bank 0 alone, and no counters. */
const BANK_0 = BANKS.filter(({ bank }) => bank === 0);
const NO_COUNTERS = { readings: () => new Map<string, number>(), set() {} };

/** The sensor in the lower socket of a lamp. */
export function sensorOf(seed: number, name: string, bits?: number): InputDevice {
	const memory = new Memory(BANK_0, identityOf(random(seed, name)), NO_COUNTERS);
	return new InputDevice(memory, bits);
}

interface Luminaire {
	readonly bus: Bus;
	/** Also while it is taken out. */
	sensor: InputDevice | undefined;
	gear: Gear;
	isOn: boolean;
	armed: number;
	/** Instant that the drivers have reached. */
	reached: number;
}

export class Luminaires {
	readonly #all: readonly Luminaire[];
	readonly #firstLight: Actor = {
		due: (at, lamp) => this.#shine(Math.ceil(this.#now(this.#all[lamp]!, at)), lamp),
	};
	readonly #failure: Actor = { due: (at, lamp) => this.#fail(at, lamp) };

	constructor(
		lamps: number,
		private readonly seed: number,
		private readonly agenda: Agenda,
		private readonly listener: LuminaireListener,
		drivers = 1,
		hasSensors = false,
	) {
		this.#all = Array.from({ length: lamps }, (_, lamp) => {
			const bus = new Bus(random(seed, `bus ${lamp}`));
			const gear = this.#gearOf(`driver ${lamp}`);
			bus.add(gear);
			for (let nth = 2; nth <= drivers; nth++) bus.add(this.#gearOf(`driver ${lamp} ${nth}`));
			const sensor = hasSensors ? sensorOf(seed, `sensor ${lamp}`) : undefined;
			bus.device = sensor;
			return { bus, gear, sensor, isOn: false, armed: NOTHING, reached: 0 };
		});
	}

	#gearOf(name: string): Gear {
		const contents = identityOf(random(this.seed, name));
		return new Gear({ physicalMinimum: PHYSICAL_MINIMUM, contents });
	}

	/** The driver of a lamp. */
	gearOf(lamp: number): Gear {
		return this.#all[lamp]!.gear;
	}

	power(at: number, lamp: number, isOn: boolean): void {
		const luminaire = this.#all[lamp]!;
		if (luminaire.isOn === isOn) return;
		luminaire.isOn = isOn;
		luminaire.armed = NOTHING;
		const now = this.#now(luminaire, at);
		luminaire.bus.power(now, isOn);
		this.agenda.add(luminaire.bus.failsAt, this.#failure, lamp);
		if (!isOn) return;
		this.#shine(at, lamp);
		this.agenda.add(luminaire.gear.darkUntil, this.#firstLight, lamp);
	}

	send(at: number, lamp: number, frame: number, number: number): void {
		const luminaire = this.#all[lamp]!;
		const sent = luminaire.bus.send(at, frame & (TWICE - 1), frame >= TWICE);
		const reply = luminaire.bus.receive(sent.at);
		luminaire.reached = sent.at;
		this.listener.answer(Math.ceil(reply.at), lamp, reply.answer, number);
		this.#shine(Math.ceil(sent.at), lamp, sent.at);
	}

	arm(lamp: number, frame: number): void {
		this.#all[lamp]!.armed = frame;
	}

	onDeath(at: number, lamp: number): void {
		const luminaire = this.#all[lamp]!;
		if (luminaire.armed < 0 || !luminaire.isOn) return;
		const sent = luminaire.bus.send(at, luminaire.armed, false);
		luminaire.bus.receive(sent.at);
		luminaire.armed = NOTHING;
		luminaire.reached = sent.at;
		this.#shine(Math.ceil(sent.at), lamp, sent.at);
	}

	setFault(at: number, lamp: number, fault: BusFault, isOn: boolean): void {
		const luminaire = this.#all[lamp]!;
		luminaire.bus.setFault(this.#now(luminaire, at), fault, isOn);
		this.agenda.add(luminaire.bus.failsAt, this.#failure, lamp);
	}

	/** A second driver is connected to the bus, or taken off it. */
	setSecond(at: number, lamp: number, isThere: boolean): void {
		const luminaire = this.#all[lamp]!;
		if (!isThere) {
			luminaire.bus.remove();
			return;
		}
		const other = this.#gearOf(`second driver ${lamp}`);
		luminaire.bus.add(other);
		if (luminaire.isOn) other.power(this.#now(luminaire, at), true);
	}

	/** Another driver is in a luminaire without power, on the same light source. */
	replace(at: number, lamp: number): void {
		const luminaire = this.#all[lamp]!;
		const gear = this.#gearOf(`other driver ${lamp} ${at}`);
		gear.setSource(this.#now(luminaire, at), luminaire.gear.source);
		luminaire.gear = gear;
		luminaire.bus.replace(gear);
	}

	setSource(at: number, lamp: number, source: LightSource): void {
		const luminaire = this.#all[lamp]!;
		luminaire.gear.setSource(this.#now(luminaire, at), source);
		this.#shine(at, lamp);
	}

	reset(at: number, lamp: number): void {
		const luminaire = this.#all[lamp]!;
		luminaire.gear.reset(this.#now(luminaire, at));
		this.#shine(at, lamp);
	}

	/** What the sensors see: movement begins or ends; an illuminance, lux. */
	sense(at: number, lamp: number, isMoving: boolean): void {
		this.#all[lamp]!.sensor?.sense(at, isMoving);
	}

	see(lamp: number, lux: number): void {
		this.#all[lamp]!.sensor?.see(lux);
	}

	/** The sensor is taken out, or put in again; `isOther`: another one, as delivered. */
	setSensor(at: number, lamp: number, isThere: boolean, isOther: boolean): void {
		const luminaire = this.#all[lamp]!;
		const { sensor: before } = luminaire;
		if (isThere && isOther && before) {
			luminaire.sensor = sensorOf(this.seed, `other sensor ${lamp} ${at}`);
			luminaire.sensor.sense(at, before.isMoving);
			luminaire.sensor.see(before.lux);
		}
		luminaire.bus.device = isThere ? luminaire.sensor : undefined;
	}

	/** The sensor sees no movement any more, or does again. */
	setBlind(lamp: number, isBlind: boolean): void {
		const { sensor } = this.#all[lamp]!;
		if (sensor) sensor.defect = isBlind ? "blind" : undefined;
	}

	/** Settings of the driver become any. */
	forget(at: number, lamp: number): void {
		const luminaire = this.#all[lamp]!;
		luminaire.gear.forget(this.#now(luminaire, at), random(this.seed, `forgotten ${lamp}`));
		this.#shine(at, lamp);
	}

	setForeign(lamp: number, isForeign: boolean): void {
		const { gear } = this.#all[lamp]!;
		gear.setForeign(isForeign ? random(this.seed, `foreign ${lamp}`) : undefined);
	}

	#fail(at: number, lamp: number): void {
		const luminaire = this.#all[lamp]!;
		if (at < luminaire.bus.failsAt) return;
		luminaire.bus.fail(this.#now(luminaire, at));
		this.#shine(at, lamp);
	}

	/** Not before what the driver has already done. */
	#now(luminaire: Luminaire, at: number): number {
		return (luminaire.reached = Math.max(luminaire.reached, at));
	}

	/** From `at` on; a fade begins with the light of `since`, its end of a frame. */
	#shine(at: number, lamp: number, since = at): void {
		const { gear, isOn } = this.#all[lamp]!;
		if (!isOn) return;
		if (at < gear.darkUntil) {
			this.listener.shine(at, lamp, 0, []);
			return;
		}
		const path: number[] = [];
		const end = gear.fadeEnd(at);
		if (end < Infinity) {
			const from = gear.levelAt(at);
			const last = gear.drivenAt(end - 1e-6);
			const count = Math.max(1, Math.ceil(Math.abs(gear.target - from) / LEVELS_A_POINT));
			for (let index = 1; index < count; index++) {
				const passed = Math.round(((end - at) * index) / count);
				path.push(passed, gear.drivenAt(at + passed));
			}
			path.push(Math.round(end - at), last);
			// a fade to off ends with a step from the lowest level
			if (gear.target === 0) path.push(Math.round(end - at), 0);
		}
		this.listener.shine(at, lamp, gear.drivenAt(since), path);
	}
}

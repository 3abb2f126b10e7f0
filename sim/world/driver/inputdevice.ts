/**
 * Input device: the sensor in the lower socket of a luminaire, decoded from frames of 24 bits: an instance
 * for occupancy and one for light (docs/dali.md). Its events are not simulated.
 */
import { DEVICE, DEVICE_QUERY, INPUT, INSTANCE, LUX_MOST } from "../../../lib/dali/devices.js";
import { TIMING } from "../../../lib/dali/timing.js";
import type { Answer } from "./decoder.js";
import type { Memory } from "./memory.js";

/** What a sensor sees; a defect: it is never or always movement. */
type Defect = "blind" | "stuck";

/** Numbers of its instances; a push button is between them, as in many sensors. */
const OCCUPANCY = 0;
const LIGHT = 2;
const BUTTON = 1;
const TYPES: Readonly<Record<number, number>> = {
	[OCCUPANCY]: INPUT.occupancy.number,
	[BUTTON]: 1,
	[LIGHT]: INPUT.light.number,
};
const OCCUPANCY_BITS = 2;
const HOLD_UNIT = 10_000;
const HOLD_LEAST = 1000;
const SET = new Set<number>([
	INSTANCE.setHoldTimer.number,
	INSTANCE.enable.number,
	INSTANCE.setEventFilter.number,
]);
const YES = 0xff;

export class InputDevice {
	#dtr0 = 0;
	#dtr1 = 0;
	#first: { frame: number; at: number } | undefined; // of a configuration command
	isMoving = false;
	#stillSince = -Infinity;
	lux = 0;
	#latched = 0; // of the light's value, what has not been answered
	defect: Defect | undefined;
	/** As delivered: it sends events, and holds for 15 min. */
	readonly variables = {
		holdTimer: INPUT.holdTimer.number,
		filters: [1, 1, 1],
		enabled: [1, 1, 1],
	};

	/** `bits`: of the light's value, 9 to 16. */
	constructor(
		readonly memory: Pick<Memory, "has" | "read">,
		private readonly bits = 16,
	) {}

	/** Power came: registers and values are lost. */
	restart(): void {
		this.#dtr0 = this.#dtr1 = 0;
		this.#first = undefined;
		this.#stillSince = -Infinity;
	}

	sense(now: number, isMoving: boolean): void {
		if (this.isMoving && !isMoving) this.#stillSince = now;
		this.isMoving = isMoving;
	}

	see(lux: number): void {
		this.lux = lux;
	}

	/** A forward frame of 24 bits ended at `now`. */
	receive(now: number, frame: number): Answer {
		const first = this.#first;
		this.#first = undefined;
		const [address, instance, opcode] = [frame >> 16, (frame >> 8) & 0xff, frame & 0xff];
		if (frame >> 8 === DEVICE.dtr0.number) this.#dtr0 = opcode;
		if (frame >> 8 === DEVICE.dtr1.number) this.#dtr1 = opcode;
		if (address !== DEVICE.all.number) return undefined;
		if (instance === DEVICE.whole.number) return this.#device(now, opcode);
		if (TYPES[instance] === undefined) return undefined;
		if (!SET.has(opcode)) return this.#query(now, instance, opcode);
		const isSecond = first?.frame === frame && now - first.at <= TIMING.twice.number;
		if (isSecond) this.#configure(instance, opcode);
		else this.#first = { frame, at: now };
		return undefined;
	}

	#device(now: number, opcode: number): Answer {
		if (opcode === DEVICE_QUERY.instances.number) return Object.keys(TYPES).length;
		if (opcode !== DEVICE_QUERY.readMemory.number || !this.memory.has(this.#dtr1)) return undefined;
		const at = this.#dtr0;
		if (at < 0xff) this.#dtr0 = at + 1;
		return this.memory.read(this.#dtr1, at, now);
	}

	#configure(instance: number, opcode: number): void {
		const { variables } = this;
		if (opcode === INSTANCE.enable.number) variables.enabled[instance] = 1;
		else if (opcode === INSTANCE.setEventFilter.number) variables.filters[instance] = this.#dtr0;
		else if (instance === OCCUPANCY && this.#dtr0 < 0xff) variables.holdTimer = this.#dtr0;
	}

	#query(now: number, instance: number, opcode: number): Answer {
		const { variables } = this;
		const { type, resolution, enabled, eventFilter, holdTimer } = INSTANCE;
		if (opcode === type.number) return TYPES[instance];
		if (opcode === enabled.number) return variables.enabled[instance] ? YES : undefined;
		if (opcode === eventFilter.number) return variables.filters[instance];
		if (instance === BUTTON) return undefined;
		const isLight = instance === LIGHT;
		if (opcode === resolution.number) return isLight ? this.bits : OCCUPANCY_BITS;
		if (opcode === holdTimer.number) return isLight ? undefined : variables.holdTimer;
		if (opcode === INSTANCE.inputValue.number)
			return isLight ? this.#latch() : this.#occupancy(now);
		return opcode === INSTANCE.inputValueNext.number && isLight ? this.#latched : undefined;
	}

	/** The highest eight bits; the others stay latched, and are repeated to a byte. */
	#latch(): number {
		const rest = this.bits - 8;
		const most = 2 ** this.bits - 1;
		const value = Math.min(most, Math.round((this.lux / LUX_MOST) * most));
		const low = (value & (2 ** rest - 1)) << (8 - rest);
		this.#latched = (low | (low >> rest) | (low >> (2 * rest))) & 0xff;
		return value >> rest;
	}

	#occupancy(now: number): number {
		const { defect } = this;
		if (defect) return defect === "stuck" ? INPUT.both.number : INPUT.vacant.number;
		if (this.isMoving) return INPUT.both.number;
		const hold = Math.max(this.variables.holdTimer * HOLD_UNIT, HOLD_LEAST);
		return now < this.#stillSince + hold ? INPUT.occupied.number : INPUT.vacant.number;
	}
}

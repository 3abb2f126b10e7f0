/**
 * Usage: energy, hours, starts and failures of one driver, and its readings.
 *
 * Energy is integrated exactly over each fade. Power of the input is linear in the light, above what
 * the driver needs for itself, its bus and the controller at its auxiliary supply.
 */

/** Of a driver of 40 W. */
export interface Rating {
	/** W at full light. */
	readonly full: number;
	/** W of the input while the lamp is off. */
	readonly standby: number;
	/** W of the input beside the light source, at the lowest level. */
	readonly overhead: number;
	/** Reactive power, var. */
	readonly reactive: number;
}
export const RATING: Rating = { full: 40, standby: 0.9, overhead: 1.6, reactive: 8 };

const HOUR = 3_600_000;
const SUPPLY = 230;
const FREQUENCY = 50;
/** Degrees Celsius: of the air, and the rise at full light. */
const AIR = 12;
const HEATING = 38;
/** Forward voltage and current of the light source at full. */
const LED_VOLTS = 48;

/** Faults of a light source: its light is a part of the sound one's. */
export type LightSource = "sound" | "weak" | "open" | "shorted";
const PART: Readonly<Record<LightSource, number>> = { sound: 1, weak: 0.5, open: 0, shorted: 0 };

export function partOf(source: LightSource): number {
	return PART[source];
}

export class Usage {
	/** Wh at the input, VAh, Wh at the load. */
	energy = 0;
	apparent = 0;
	load = 0;
	/** ms. */
	powered = 0;
	lit = 0;
	litResettable = 0;
	starts = 0; // of the driver
	ignitions = 0;
	ignitionsResettable = 0;
	failures = 0; // of the light source
	opens = 0;
	shorts = 0;

	constructor(readonly rating: Rating = RATING) {}

	/** W at the input. */
	input(light: number, isLit: boolean): number {
		const { full, standby, overhead } = this.rating;
		return isLit ? overhead + (full - overhead) * light : standby;
	}

	/** A span with power: the mean light in it, and the part of it in which the lamp was lit. */
	add(span: number, light: number, lit: number): void {
		const hours = span / HOUR;
		const { full, overhead, standby, reactive } = this.rating;
		const share = span > 0 ? lit / span : 0;
		const watts = standby * (1 - share) + overhead * share + (full - overhead) * light;
		this.energy += watts * hours;
		this.apparent += Math.hypot(watts, reactive) * hours;
		this.load += (full - overhead) * light * hours;
		this.powered += span;
		this.lit += lit;
		this.litResettable += lit;
	}

	/** Readings of one instant: live values of banks 205 and 206, in their units; undefined: MASK. */
	readings(light: number, isLit: boolean, source: LightSource): Readonly<Map<string, number>> {
		const watts = this.input(light, isLit);
		const amps = ((this.rating.full - this.rating.overhead) * light) / LED_VOLTS;
		const failed = source === "open" || source === "shorted" ? 1 : 0;
		return new Map([
			["205.operatingTime", this.powered / 1000],
			["205.starts", this.starts],
			["205.supply", SUPPLY],
			["205.frequency", FREQUENCY],
			["205.powerFactor", watts / Math.hypot(watts, this.rating.reactive)],
			["205.failed", 0],
			["205.failures", 0],
			["205.undervoltage", 0],
			["205.undervoltages", 0],
			["205.overvoltage", 0],
			["205.overvoltages", 0],
			["205.powerLimited", 0],
			["205.powerLimitations", 0],
			["205.derated", 0],
			["205.deratings", 0],
			["205.shutDown", 0],
			["205.shutdowns", 0],
			["205.temperature", AIR + HEATING * light],
			["205.outputCurrent", 100 * light],
			["206.starts", this.ignitions],
			["206.startsResettable", this.ignitionsResettable],
			["206.onTime", this.lit / 1000],
			["206.onTimeResettable", this.litResettable / 1000],
			["206.voltage", isLit && !failed ? LED_VOLTS : 0],
			["206.current", amps],
			["206.failed", failed],
			["206.failures", this.failures],
			["206.shorted", source === "shorted" ? 1 : 0],
			["206.shorts", this.shorts],
			["206.open", source === "open" ? 1 : 0],
			["206.opens", this.opens],
			["202.energy", this.energy],
			["202.power", watts],
			["203.energy", this.apparent],
			["203.power", Math.hypot(watts, this.rating.reactive)],
			["204.energy", this.load],
			["204.power", (this.rating.full - this.rating.overhead) * light],
		]);
	}
}

/**
 * Driver: turns a level into the relay's contact and the dimmer's duty.
 *
 * The factor from level to output changes only with settings and operating hours, so a step of a
 * fade costs one multiplication; the thermal cap follows. Nothing here allocates.
 */
import type { Dimmer, Host, Relay } from "../../host.js";
import {
	type OutputOptions,
	type OutputVisitor,
	shareAt,
	visitOutput,
} from "../../lighting/output.js";
import { INRUSH_SPREAD, RelayState } from "../../lighting/relay.js";
import { COLD, capAt, follow, type ThermalOptions } from "../../lighting/thermal.js";
import { ownPart } from "../../ownpart.js";
import type { Duty, Millis, Percent } from "../../units.js";

type DriverOptions = OutputOptions & ThermalOptions;

export type DriverDoors = Pick<Host, "serial" | "dimmer" | "relay">;

export class Driver {
	/** The thermal cap, per cent of the driver's output. */
	cap: Percent = 100 as Percent;
	/** Power at the driver's output, per cent. */
	output = 0 as Percent;
	/** Delays of the relay; undefined on a board without a relay. */
	readonly relay: RelayState | undefined;
	private readonly contact: Relay | undefined;
	private readonly dimmer: Dimmer;
	private readonly largest: number; // duty
	private options: DriverOptions;
	private share: number;
	private hot = COLD;
	private least: Percent; // output of a lit lamp
	private readonly serial: string;
	private written = 0 as Duty; // the pin is low at boot

	/**
	 * @param hours of operation so far. The serial number sets the lamp's part of INRUSH_SPREAD.
	 */
	constructor(doors: DriverDoors, options: DriverOptions, hours: number, now: Millis) {
		this.dimmer = doors.dimmer;
		this.largest = (1 << this.dimmer.resolution) - 1;
		this.contact = doors.relay === "notAvailable" ? undefined : doors.relay;
		this.serial = doors.serial;
		this.relay = this.contact && new RelayState(now);
		this.options = options;
		this.share = shareAt(options, hours);
		this.least = this.leastOf(options);
	}

	configure(options: DriverOptions, hours: number): void {
		this.options = options;
		this.share = shareAt(options, hours);
		this.least = this.leastOf(options);
		this.cap = capAt(this.hot, options);
	}

	/** Corrects for `hours` of operation; takes effect with the next change of level. */
	age(hours: number): void {
		this.share = shareAt(this.options, hours);
	}

	/** A temperature of the housing, degrees Celsius. Returns whether the cap changed. */
	heat(celsius: number): boolean {
		this.hot = follow(this.hot, celsius);
		const cap = capAt(this.hot, this.options);
		if (cap === this.cap) return false;
		this.cap = cap;
		return true;
	}

	/** Shows a level, per cent: writes the contact, then the dimmer, each only if it changed. */
	show(level: Percent, now: Millis): void {
		let output = level * this.share;
		if (output > this.cap) output = this.cap;
		const isLit = output > 0;
		if (isLit && output < this.least) output = this.least;
		if (this.relay && isLit !== this.output > 0) this.turn(isLit, now);
		this.output = output as Percent;
		let duty = 0; // the control input is linear: half the duty is half the light
		if (isLit) duty = ((output / 100) * this.largest + 0.5) | 0; // to the nearest, without a call
		if (duty === this.written) return;
		this.written = duty as Duty;
		this.dimmer.write(duty as Duty);
	}

	/** The lamp goes out or lights: the contact closes first. */
	private turn(isLit: boolean, now: Millis): void {
		if (this.relay?.follow(isLit, now)) this.contact?.write(true);
	}

	/** Opens the relay. */
	rest(now: Millis): void {
		this.relay?.open(now, ownPart(this.serial, INRUSH_SPREAD));
		this.contact?.write(false);
	}

	/** The last duty written to the dimmer. */
	get duty(): Duty {
		return this.written;
	}

	/** The level that a level gives: less under the cap, more below the driver's minimum. */
	actualOf(level: Percent): Percent {
		const output = level * this.share;
		if (output > this.cap) return (this.cap / this.share) as Percent;
		if (output === 0 || output >= this.least) return level;
		return Math.min(100, this.least / this.share) as Percent;
	}

	/** Visits the steps from a level to the output under the thermal cap `cap`, for the chain. */
	visitOutput(level: Percent, hours: number, cap: Percent, visit: OutputVisitor): void {
		// no share falls with the hours, so that most luminaires have no step
		const isLeast = level === 0 || level >= this.options.minimumDuty;
		if (this.share < 1 || level > cap || !isLeast)
			visitOutput(level, this.options, hours, cap, visit);
	}

	/** A lit lamp has a duty of at least 1. */
	private leastOf({ minimumDuty }: DriverOptions): Percent {
		return Math.max(minimumDuty, 100 / this.largest) as Percent;
	}
}

/**
 * Driver: the LED driver as the light path sees it: a level goes in; dimmer and relay do the rest.
 *
 * What turns a level into a duty is a number that changes with settings, operating hours and heat
 * only, so that a step of a fade costs a multiplication. Nothing here allocates.
 */
import type { Dimmer, Host, Relay } from "../../host.js";
import { dutyOf } from "../../lighting/curve.js";
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

export interface DriverOptions extends OutputOptions, ThermalOptions {
	/** Below this share of its input, per cent, the driver goes out or flickers; by calibration. */
	readonly minimumDuty: number;
	/** `inverted`: full input is dark, as behind an opto-coupler. */
	readonly dimmerPolarity: "normal" | "inverted";
}

export type DriverDoors = Pick<Host, "serial" | "dimmer" | "relay">;

export class Driver {
	/** The most that the heat allows, per cent of the driver's output. */
	cap: Percent = 100 as Percent;
	/** What it gives, per cent of its output. */
	output = 0 as Percent;
	/** What must wait for the relay; absent where there is none. */
	readonly relay: RelayState | undefined;
	private readonly contact: Relay | undefined;
	private readonly dimmer: Dimmer;
	private options: DriverOptions;
	private share: number;
	private hot = COLD;
	private least: Duty; // of any light
	private flip: number; // the bits of a duty that are written inverted: all or none
	private written = 0 as Duty; // the pin is low at boot

	/** `hours` of operation so far. The lamp's part of the spread goes by its serial number. */
	constructor(doors: DriverDoors, options: DriverOptions, hours: number, now: Millis) {
		this.dimmer = doors.dimmer;
		this.contact = doors.relay === "notAvailable" ? undefined : doors.relay;
		this.relay = this.contact && new RelayState(ownPart(doors.serial, INRUSH_SPREAD), now);
		this.options = options;
		this.share = shareAt(options, hours);
		this.least = this.leastOf(options);
		this.flip = this.flipOf(options);
	}

	configure(options: DriverOptions, hours: number): void {
		this.options = options;
		this.share = shareAt(options, hours);
		this.least = this.leastOf(options);
		this.flip = this.flipOf(options);
		this.cap = capAt(this.hot, options);
	}

	/** The lamp has burnt for so many hours; the next change of level shows it. */
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

	/** Lets a level shine: contact first, then the dimmer, each only when it changes. */
	show(level: Percent, now: Millis): void {
		let output = level * this.share;
		if (output > this.cap) output = this.cap;
		const isLit = output > 0;
		if (isLit !== this.output > 0 && this.relay?.follow(isLit, now)) this.contact?.write(true);
		this.output = output as Percent;
		let duty: number = dutyOf(output as Percent, this.dimmer.resolution);
		if (duty > 0 && duty < this.least) duty = this.least;
		duty ^= this.flip;
		if (duty === this.written) return;
		this.written = duty as Duty;
		this.dimmer.write(duty as Duty);
	}

	/** The relay may open. */
	rest(now: Millis): void {
		this.relay?.open(now);
		this.contact?.write(false);
	}

	/** What is written to the dimmer. */
	get duty(): Duty {
		return this.written;
	}

	/** A level as it shines under the cap. */
	actualOf(level: Percent): Percent {
		return level * this.share > this.cap ? ((this.cap / this.share) as Percent) : level;
	}

	/** The steps from a level to the driver's output where the heat allows `cap`, for the chain. */
	visitOutput(level: Percent, hours: number, cap: Percent, visit: OutputVisitor): void {
		visitOutput(level, this.options, hours, cap, visit);
	}

	private leastOf({ minimumDuty }: DriverOptions): Duty {
		return dutyOf(minimumDuty as Percent, this.dimmer.resolution);
	}

	private flipOf({ dimmerPolarity }: DriverOptions): number {
		return dimmerPolarity === "inverted" ? (1 << this.dimmer.resolution) - 1 : 0;
	}
}

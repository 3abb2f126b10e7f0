/**
 * Driver: turns a fade into the relay's contact and the path of the dimmer's duty.
 *
 * The factor from level to output changes only with settings and operating hours; the thermal cap
 * and the driver's minimum follow, with a corner of the path where the light meets one of them.
 * Nothing here allocates.
 */
import type { Dimmer, Host, Relay } from "../../host.js";
import { DutyPath } from "../../lighting/dutypath.js";
import type { Fade } from "../../lighting/fade.js";
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

/** No duty: the light moves. */
const NOT_HELD = -1;

export type DriverDoors = Pick<Host, "serial" | "dimmer" | "relay">;

export class Driver {
	/** The thermal cap, per cent of the driver's output. */
	cap: Percent = 100 as Percent;
	/** Delays of the relay; undefined on a board without a relay. */
	readonly relay: RelayState | undefined;
	private readonly contact: Relay | undefined;
	private readonly dimmer: Dimmer;
	private readonly largest: number; // duty
	private options: DriverOptions;
	private share: number; // by which the pin has its duty
	private aged: number; // at the hours of operation; in force with the next path
	private isAged = false; // they differ: an edge asks no more
	private hot = COLD;
	private physical = 0 as Percent; // least output of a driver on a bus, by its word
	private least: Percent; // output of a lit lamp
	private readonly serial: string;
	private isLit = false;
	private held = 0 as Duty; // at the end of the last path; the pin is low at boot
	private movesUntil: Millis = -Infinity; // end of the last path that moves
	readonly path = new DutyPath();

	/**
	 * @param hours of operation so far. The serial number sets the lamp's part of INRUSH_SPREAD.
	 */
	constructor(doors: DriverDoors, options: DriverOptions, hours: number, now: Millis) {
		this.dimmer = doors.dimmer;
		this.contact = doors.relay === "notAvailable" ? undefined : doors.relay;
		this.serial = doors.serial;
		this.relay = this.contact && new RelayState(now);
		this.options = options;
		this.largest = (1 << this.dimmer.resolution) - 1;
		this.share = this.aged = shareAt(options, hours);
		this.least = this.leastOf();
		this.bound();
	}

	configure(options: DriverOptions, hours: number): void {
		this.options = options;
		this.share = this.aged = shareAt(options, hours);
		this.isAged = false;
		this.least = this.leastOf();
		this.cap = capAt(this.hot, options);
		this.bound();
	}

	/** Corrects for `hours` of operation; takes effect with the next change of level. */
	age(hours: number): void {
		this.aged = shareAt(this.options, hours);
		this.isAged = this.aged !== this.share;
	}

	/** A temperature of the housing, degrees Celsius. Returns whether the cap changed. */
	heat(celsius: number): boolean {
		this.hot = follow(this.hot, celsius);
		const cap = capAt(this.hot, this.options);
		if (cap === this.cap) return false;
		this.cap = cap;
		this.bound();
		return true;
	}

	/** The driver gives no output below `physical`, per cent. Returns whether that is new. */
	limit(physical: Percent): boolean {
		if (physical === this.physical) return false;
		this.physical = physical;
		this.least = this.leastOf();
		this.bound();
		return true;
	}

	/**
	 * Carries the light along `fade`, from `now` on: the contact, then the dimmer, each only if it
	 * changes. `isNew`: the light leaves its way here without a jump; else the factor, the cap or the
	 * minimum has changed, and takes effect at once.
	 */
	carry(fade: Fade, now: Millis, isNew: boolean): void {
		const { path } = this;
		const { endsAt } = fade;
		if (this.isAged) {
			this.isAged = false;
			this.share = this.aged;
			this.bound();
		}
		const held = now < this.movesUntil ? NOT_HELD : this.held;
		this.movesUntil = endsAt;
		if (now >= endsAt) {
			const duty = path.dutyOf(fade.target);
			if (duty > 0 !== this.isLit) this.light(duty > 0, now);
			this.held = duty;
			if (duty !== held) this.dimmer.write(duty);
			return;
		}
		if (!this.isLit) this.light(true, now);
		const isJump = !isNew || held === 0;
		const count = isJump ? path.bend(fade, now, true) : path.lay(fade);
		const { points } = path;
		const last = points[2 * count - 1] as Duty;
		this.held = last;
		const isFlat = count < 3 && points[1] === last && held === last;
		if (isFlat) this.movesUntil = now;
		else this.dimmer.fade(points, count);
	}

	/** The fade has ended: a lamp that is out may rest. */
	settle(fade: Fade, now: Millis): void {
		const isLit = fade.target > 0;
		if (isLit !== this.isLit) this.light(isLit, now);
	}

	/** A fade ends here, and the light stays. */
	stop(): void {
		this.dimmer.stop();
	}

	/** Power at the driver's output for a level, per cent. */
	outputOf(level: Percent): Percent {
		const output = Math.min(level * this.share, this.cap);
		return (output > 0 && output < this.least ? this.least : output) as Percent;
	}

	/** The contact closes before the light; it opens later (`rest`). */
	private light(isLit: boolean, now: Millis): void {
		this.isLit = isLit;
		if (this.relay?.follow(isLit, now)) this.contact?.write(true);
	}

	/** Opens the relay. */
	rest(now: Millis): void {
		this.relay?.open(now, ownPart(this.serial, INRUSH_SPREAD));
		this.contact?.write(false);
	}

	/** The level that shines for a level: less under the cap, more below the driver's minimum. */
	actualOf(level: Percent): Percent {
		const output = this.outputOf(level);
		if (output === level * this.share) return level;
		return Math.min(100, output / this.share) as Percent;
	}

	/** Visits the steps from a level to the output under the thermal cap `cap`, for the chain. */
	visitOutput(level: Percent, hours: number, cap: Percent, visit: OutputVisitor): void {
		// no share falls with the hours, so that most luminaires have no step
		const least = this.minimum;
		if (this.share < 1 || level > cap || (level > 0 && level < least))
			visitOutput(level, this.options, hours, cap, least, visit);
	}

	/** Passes share, least output and cap on as duties. */
	private bound(): void {
		const dutyPerPercent = this.largest / 100;
		this.path.bound(
			this.share * dutyPerPercent,
			this.least * dutyPerPercent,
			this.cap * dutyPerPercent,
		);
	}

	/** The driver's minimum by its setting and by its own word, per cent; 0: none. */
	private get minimum(): Percent {
		return Math.max(this.options.minimumDuty, this.physical) as Percent;
	}

	/** A lit lamp has a duty of at least 1. */
	private leastOf(): Percent {
		return Math.max(this.minimum, 100 / this.largest) as Percent;
	}
}

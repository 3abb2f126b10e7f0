/**
 * Light path: from sensors and orders to the PWM, in one place and one order.
 *
 * Inputs record facts; `decide` picks the level and gives the driver a fade, which runs by itself.
 * This file does not depend on the network, and allocates only if something changed.
 */
import type { Host } from "../../host.js";
import { arbitrate, brighterOf, DAYLIGHT, type LightCommand } from "../../lighting/arbiter.js";
import type { ChainLink, ChainVisitor, LevelReason } from "../../lighting/chain.js";
import { linksOf, visitChain } from "../../lighting/chain.js";
import { Fade } from "../../lighting/fade.js";
import { type Bounds, limit } from "../../lighting/limits.js";
import type { RelayState } from "../../lighting/relay.js";
import type { SensorRule } from "../../lighting/sensorrule.js";
import type { Meter, MeterCounters } from "../../meter/meter.js";
import { Lamplight } from "../../sensing/lamplight.js";
import {
	outputOf,
	type Photocell,
	dueAt as photocellDueAt,
	reduce as reducePhotocell,
	UNKNOWN,
} from "../../sensing/photocell.js";
import {
	isOccupied,
	type Presence,
	type PresenceInput,
	type PresenceOptions,
	reduce as reducePresence,
	sensorAsks,
	started,
} from "../../sensing/presence.js";
import type { SunTimes } from "../../sensing/twilight.js";
import type { Settings } from "../../settings/table.js";
import type { Duty, Lux, Millis, Percent } from "../../units.js";
import { bootLevel } from "./bootlevel.js";
import { boundsOf } from "./bounds.js";
import { Driver, type DriverDoors } from "./driver.js";
import { LightLog, type LoggedLight } from "./lightlog.js";
import {
	defaultCommand,
	guaranteedLevel,
	type LightRequests,
	noRequests,
	type OrderRequests,
	type SensorCommands,
	sensorCommands,
} from "./requests.js";

export class LightPath implements LoggedLight {
	presence: Presence;
	photocell: Photocell = UNKNOWN;
	command: LightCommand = DAYLIGHT;
	/** The winner's level, after the limits. */
	level: Percent;
	bounds: Bounds;
	dark = true;
	/** When a fade ends, or the relay may open. */
	settlesAt: Millis;
	readonly log: LightLog;
	private readonly meter: Meter;
	private readonly lamplight = new Lamplight();
	readonly driver: Driver;
	private readonly fade: Fade;
	private readonly requests: LightRequests;
	private readonly relay: RelayState | undefined;
	private settings: Settings;
	private sensorCommands: SensorCommands;
	private comingUntil: Millis = Number.NEGATIVE_INFINITY; // end of the last request by neighbours
	private seenBy: "presence" | "lowerSensor" = "presence";
	private assumedOccupied = 0; // bits of ASSUMED_OCCUPIED: why an edge may be missing
	private isFading = false; // a fade has not been settled
	private isStale = true; // the light for a level has changed: it is shown in any case
	private isMetered = true; // the meter has passed the end of the fade
	private rule: SensorRule | undefined; // effect of presence in the current period of the program
	private presenceOptions: PresenceOptions;
	private failing = false; // after an exception: systemFailureLevel until the next decision
	private isLogged = false; // the log contains the last decision

	/** Shows the boot level before any other work of the boot. */
	constructor(
		doors: DriverDoors & Pick<Host, "powerCause" | "retained">,
		settings: Settings,
		counters: MeterCounters,
		now: Millis,
	) {
		const firstLevel = bootLevel(doors, settings);
		this.settings = settings;
		this.bounds = boundsOf(settings);
		this.fade = new Fade(firstLevel);
		this.level = firstLevel;
		this.log = new LightLog(doors.retained, settings, counters, firstLevel, now);
		this.meter = this.log.meter;
		this.driver = new Driver(doors, settings, this.meter.operatingHours, now);
		this.relay = this.driver.relay;
		this.presence = started(settings, now);
		this.presenceOptions = settings;
		this.sensorCommands = sensorCommands(settings, this.bounds, undefined, "presence");
		this.requests = noRequests(this.bounds);
		this.shine(false, now);
		this.settlesAt = now;
		this.meterAt(now);
	}

	/** Puts settings in force. A sensor keeps its state unless it was fitted or removed. */
	configure(settings: Settings, now: Millis): void {
		if (settings.pirFitted !== this.settings.pirFitted) this.presence = started(settings, now);
		if (!settings.photocell) this.photocell = UNKNOWN;
		this.settings = settings;
		this.bounds = boundsOf(settings);
		this.follow(this.rule);
		this.requests.default = defaultCommand(this.bounds);
		const meter = this.meterAt(now);
		this.driver.configure(settings, meter.operatingHours);
		meter.setLamp(settings, now);
		this.isStale = true;
	}

	/** An edge of the PIR. Returns whether it changed the presence state. */
	onEdge(input: PresenceInput, now: Millis): boolean {
		if (!this.settings.pirFitted) return false;
		const before = this.presence;
		this.presence = reducePresence(before, input, now, this.presenceOptions);
		return this.presence !== before;
	}

	/** A reading of the light sensor. Returns whether the photocell turned or is turning. */
	onIlluminance(lux: Lux, now: Millis, sun: SunTimes): boolean {
		const { settings, photocell } = this;
		if (!settings.photocell) return false;
		const sky = this.lamplight.skyOf(lux, now, outputOf(photocell), settings, sun);
		this.photocell = reducePhotocell(photocell, sky, now, settings, this.lamplight);
		return this.photocell.kind !== photocell.kind || this.photocell.kind === "turning";
	}

	/** Advances the photocell's delays to `now`. */
	letPhotocellTurn(now: Millis): void {
		this.photocell = reducePhotocell(this.photocell, undefined, now, this.settings);
	}

	/** Takes the facts that no edge changes: darkness, the program's request, standing orders. */
	updateSources(dark: boolean, program: LightCommand | undefined, orders: OrderRequests): void {
		const { requests } = this;
		if (program?.sensorRule !== this.rule) this.follow(program?.sensorRule);
		requests.program = program;
		requests.override = orders.override;
		requests.emergency = orders.emergency;
		if (dark === this.dark) return;
		this.dark = dark;
		this.isLogged = false;
	}

	/**
	 * Picks the strongest request and starts the fade to its level; the light moves in the same turn.
	 * Returns when time alone changes the sensors' request or ends the relay's wait.
	 */
	decide(now: Millis): Millis {
		const fade = this.fade;
		const requests = this.requests;
		const relay = this.relay;
		const dark = this.dark;
		const bounds = this.bounds;
		if (now >= this.presence.until)
			this.presence = reducePresence(this.presence, "time", now, this.presenceOptions);
		requests.sensor = this.sensed(now);
		const command = arbitrate(requests, dark);
		let level = command.level;
		if (level < bounds.floorLevel || level < bounds.fullLevel || level > bounds.maxLevel)
			level = limit(level, command.belowFloor === true, dark, bounds);
		let aim = level;
		if (relay) {
			if (command.reason === "program")
				aim = relay.allow(level, guaranteedLevel(requests, command, bounds, dark), now);
			else relay.pass(level); // only a program waits for the relay
		}
		const isOver = now >= fade.endsAt;
		if (isOver && this.isFading) this.settle(now);
		if (aim !== fade.target || !isOver) this.head(aim, command, now);
		if (command !== this.command || level !== this.level || this.failing) {
			this.command = command;
			this.level = level;
			this.failing = false;
			this.isLogged = false;
		}
		if (this.isStale) this.shine(false, now);
		this.planSettling();
		let due = this.presence.until;
		if (this.comingUntil > now && this.comingUntil < due) due = this.comingUntil;
		if (relay && relay.releaseAt < due) due = relay.releaseAt;
		return due;
	}

	/** Writes changes to the light log, after the dimmer. Returns whether there was one. */
	writeLog(now: Millis): boolean {
		if (this.isLogged) return false;
		this.isLogged = true;
		this.log.write(this, now);
		return true;
	}

	/** The fade has ended, or the relay's delay is over. */
	settleAt(now: Millis): void {
		if (this.isFading && now >= this.fade.endsAt) this.settle(now);
		const { relay } = this;
		if (relay && now >= relay.opensAt) this.driver.rest(now);
		this.planSettling();
	}

	/** A temperature of the housing, degrees Celsius. Returns whether the thermal cap changed. */
	onTemperature(celsius: number): boolean {
		if (!this.driver.heat(celsius)) return false;
		this.isStale = true;
		return true;
	}

	/** A driver on a bus gives no output below this, per cent. Returns whether that is new. */
	limit(physical: Percent): boolean {
		if (!this.driver.limit(physical)) return false;
		this.isStale = true;
		return true;
	}

	/**
	 * Requests light as if the place were occupied, for a reason other than an edge of this PIR.
	 * `neighbours`: until the instant `until`. Other sources: Infinity begins the request, 0 ends
	 * it. Returns whether anything changed.
	 */
	ask(source: LightSource, until: Millis): boolean {
		if (source === "neighbours") {
			if (until <= this.comingUntil) return false;
			this.comingUntil = until;
			return true;
		}
		const before = this.assumedOccupied;
		this.assumedOccupied =
			until > 0 ? before | ASSUMED_OCCUPIED[source] : before & ~ASSUMED_OCCUPIED[source];
		return this.assumedOccupied !== before;
	}

	/** Whether the place is vacant, the PIR undoubted, and no neighbour requests light. */
	isVacantAt(now: Millis): boolean {
		const isDoubted = (this.assumedOccupied & ASSUMED_OCCUPIED.doubt) !== 0;
		return !isOccupied(this.presence) && !isDoubted && now >= this.comingUntil;
	}

	/** After an exception here: `systemFailureLevel` without a fade, limited as by night. */
	fail(now: Millis): void {
		this.failing = true;
		this.level = limit(this.settings.systemFailureLevel, false, true, this.bounds);
		this.log.writeFailure(this.level, now);
		this.meterAt(now);
		this.fade.retarget(this.level, 0, now);
		this.shine(false, now);
		this.settlesAt = now;
		this.meterAt(now);
	}

	/** When time alone changes the photocell. */
	get photocellDueAt(): Millis {
		return photocellDueAt(this.photocell);
	}

	/** The meter, advanced to `now` along the fade. */
	meterAt(now: Millis): Meter {
		const { meter, fade, driver, dark } = this;
		if (!this.isMetered) {
			const { startedAt, endsAt } = fade;
			if (meter.at < startedAt) meter.note(startedAt, driver.outputOf(fade.start), dark);
			const until = now < endsAt ? now : endsAt;
			if (until <= meter.at) return meter;
			const middle = driver.outputOf(fade.levelAt((meter.at + until) / 2));
			meter.move(until, middle, driver.outputOf(fade.levelAt(until)), dark);
			this.isMetered = now >= endsAt;
			if (now === until) return meter;
		}
		meter.note(now, driver.outputOf(fade.levelAt(now)), dark);
		return meter;
	}

	age(now: Millis): void {
		this.driver.age(this.meterAt(now).operatingHours);
	}

	/** The level that shines at `now`, after the thermal cap and before constant light output. */
	actualAt(now: Millis): Percent {
		return this.driver.actualOf(this.fade.levelAt(now));
	}

	/** Likewise when the fade has ended. */
	get settled(): Percent {
		return this.driver.actualOf(this.fade.target);
	}

	/** The end of the fade; 0: none is under way. */
	get fadeEndsAt(): Millis {
		return this.isFading ? this.fade.endsAt : 0;
	}

	dutyAt(now: Millis): Duty {
		return this.driver.path.dutyOf(this.fade.levelAt(now));
	}

	/** The firmware ends here: no fall goes on without it. */
	stop(): void {
		if (this.isFading) this.driver.stop();
	}

	get fullLevel(): Percent {
		return this.bounds.fullLevel;
	}

	/** The least permitted level now, per cent: the floor while dark, else 0. */
	get leastLevel(): Percent {
		return this.dark ? this.bounds.floorLevel : (0 as Percent);
	}

	/** The thermal cap, per cent of the driver's output. */
	get cap(): Percent {
		return this.driver.cap;
	}

	get reason(): LevelReason {
		return this.failing ? "systemFailure" : this.command.reason;
	}

	/** Visits the links of the chain that explains the level. */
	visitChain(visit: ChainVisitor): void {
		if (this.failing) visit("systemFailure", this.level);
		else visitChain(this.requests, this.dark, this.bounds, visit);
		this.driver.visitOutput(this.level, this.meter.operatingHours, this.driver.cap, visit);
	}

	/** The steps from a level to the driver's output under `cap`, at the operating hours so far. */
	outputChain(level: Percent, cap: Percent): ChainLink[] {
		return linksOf((visit) => {
			this.driver.visitOutput(level, this.meter.operatingHours, cap, visit);
		});
	}

	/** The request of PIR and neighbours; in doubt it is at least as bright as either. */
	private sensed(now: Millis): LightCommand | undefined {
		if (this.assumedOccupied > 0)
			return this.assumedOccupied & ASSUMED_OCCUPIED.doubt
				? this.sensorCommands.doubted
				: this.sensorCommands.blocked;
		const commands = this.sensorCommands;
		const ownRule = sensorAsks(this.presence, commands.occupied, commands.lingering);
		return now < this.comingUntil ? brighterOf(ownRule, commands.coming) : ownRule;
	}

	/** Movement by the sensor in the lower socket alone has a name of its own (node/lowersocket.ts). */
	nameMovement(isLower: boolean): void {
		this.seenBy = isLower ? "lowerSensor" : "presence";
		this.follow(this.rule);
	}

	/** Applies a sensor rule and the settings. A hold that has begun keeps its duration. */
	private follow(rule: SensorRule | undefined): void {
		const { settings } = this;
		this.rule = rule;
		this.sensorCommands = sensorCommands(settings, this.bounds, rule, this.seenBy);
		this.presenceOptions =
			rule?.hold === undefined
				? settings
				: { hold: rule.hold, linger: settings.linger, clearToBusy: settings.clearToBusy };
	}

	/** Fades to `aim`, which the command asks for. */
	private head(aim: Percent, command: LightCommand, now: Millis): void {
		const { fade } = this;
		const level = now < fade.endsAt ? fade.levelAt(now) : fade.target;
		let ramp = command.rampToLevelTime;
		if (
			ramp !== undefined &&
			level < guaranteedLevel(this.requests, command, this.bounds, this.dark)
		)
			ramp = undefined; // no ramp of an order delays guaranteed light
		if (this.isFading) this.meterAt(now); // along the fade that ends here
		if (
			fade.retarget(
				aim,
				ramp ?? (aim > level ? this.settings.riseTime : this.settings.fallTime),
				now,
			)
		)
			this.shine(true, now);
	}

	private shine(isNew: boolean, now: Millis): void {
		const { fade } = this;
		this.driver.carry(fade, now, isNew && !this.isStale);
		this.isStale = false;
		this.isLogged = false;
		if (!isNew) return;
		this.isFading = now < fade.endsAt;
		this.isMetered = !this.isFading;
	}

	private settle(now: Millis): void {
		this.isFading = false;
		this.driver.settle(this.fade, now);
		this.meterAt(now);
	}

	private planSettling(): void {
		const { relay } = this;
		const due = this.isFading ? this.fade.endsAt : Infinity;
		this.settlesAt = relay && relay.opensAt < due ? relay.opensAt : due;
	}
}

/** Bits: a source that begins twice ends once. Doubt takes precedence over blocking operations. */
const ASSUMED_OCCUPIED = Object.freeze({ handshake: 1, update: 2, erase: 4, doubt: 8 });
export type LightSource = keyof typeof ASSUMED_OCCUPIED | "neighbours";

/**
 * Light path: from what the sensors and the orders say to the PWM, in one place and one order.
 *
 * Inputs note; `decide` decides; between decisions a fade only makes its steps. Nothing here knows
 * that a network exists, and nothing allocates unless something changed.
 */
import type { Decisions } from "../../explain/decisions.js";
import type { Host } from "../../host.js";
import { arbitrate, brighterOf, DAYLIGHT, type LightCommand } from "../../lighting/arbiter.js";
import type { ChainLink, LevelReason } from "../../lighting/chain.js";
import { chainOf } from "../../lighting/chain.js";
import { Fade, rampOf } from "../../lighting/fade.js";
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
	/** What won, after the limits. */
	level: Percent;
	bounds: Bounds;
	dark = true;
	private readonly log: LightLog;
	private readonly lamplight = new Lamplight();
	readonly driver: Driver;
	private readonly fade: Fade;
	private readonly requests: LightRequests;
	private readonly relay: RelayState | undefined;
	private settings: Settings;
	private sensorCommands: SensorCommands;
	private comingUntil: Millis = Number.NEGATIVE_INFINITY; // neighbours ask for light here, or did
	private assumedOccupied = 0; // bits of ASSUMED_OCCUPIED: why someone could be there and not be heard
	private shown = NOTHING;
	private rule: SensorRule | undefined; // what the program makes of presence now
	private presenceOptions: PresenceOptions;
	private failing = false; // a fault of ours holds systemFailureLevel until the next decision
	private isLogged = false; // what was decided and what shines is written in the log

	/** First act of a boot: the first level shines before anything else is looked at. */
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
		this.driver = new Driver(doors, settings, this.log.meter.operatingHours, now);
		this.relay = this.driver.relay;
		this.presence = started(settings, now);
		this.presenceOptions = settings;
		this.sensorCommands = sensorCommands(settings, this.bounds, undefined);
		this.requests = noRequests(this.bounds);
		this.shine(firstLevel, now);
		this.meterAt(now);
	}

	/** Other settings, from now on; what the sensors said stays. */
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
		this.shown = NOTHING;
	}

	/** An edge of the PIR. Returns whether it changed anything. */
	onEdge(input: PresenceInput, now: Millis): boolean {
		if (!this.settings.pirFitted) return false;
		const before = this.presence;
		this.presence = reducePresence(before, input, now, this.presenceOptions);
		return this.presence !== before;
	}

	/** A reading of the light sensor. Returns whether the photocell turned or may turn; most change nothing. */
	onIlluminance(lux: Lux, now: Millis, nightFor: Millis): boolean {
		const { settings, photocell } = this;
		if (!settings.photocell) return false;
		const sky = this.lamplight.skyOf(lux, now, outputOf(photocell), settings, nightFor);
		this.photocell = reducePhotocell(photocell, sky, now, settings, this.lamplight);
		return this.photocell.kind !== photocell.kind || this.photocell.kind === "turning";
	}

	/** Time passes for the photocell. */
	letPhotocellTurn(now: Millis): void {
		this.photocell = reducePhotocell(this.photocell, undefined, now, this.settings);
	}

	/** Is it dark, what does the program ask, which orders stand: what no edge changes. */
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
	 * Decides who gets the light and goes there; the first step falls in this very turn. Returns when
	 * time alone changes what the sensors ask for, or what waits for the relay.
	 */
	decide(now: Millis): Millis {
		if (now >= this.presence.until)
			this.presence = reducePresence(this.presence, "time", now, this.presenceOptions);
		this.requests.sensor = this.sensed(now);
		const command = arbitrate(this.requests, this.dark);
		const level = limit(command.level, command.belowFloor === true, this.dark, this.bounds);
		let aim = level;
		if (this.relay) {
			if (command.reason === "program")
				aim = this.relay.allow(
					level,
					guaranteedLevel(this.requests, command, this.bounds, this.dark),
					now,
				);
			else this.relay.pass(level); // nothing else waits for it
		}
		let ramp = command.rampToLevelTime;
		const isBelowGuaranteed =
			ramp !== undefined &&
			this.fade.level < guaranteedLevel(this.requests, command, this.bounds, this.dark);
		if (isBelowGuaranteed) ramp = undefined; // no order makes anyone wait
		this.fade.retarget(aim, rampOf(aim, this.fade.level, ramp, this.settings), now);
		if (command !== this.command || level !== this.level || this.failing) {
			this.command = command;
			this.level = level;
			this.failing = false;
			this.isLogged = false;
		}
		this.shine(this.fade.level, now);
		let due = this.presence.until;
		if (this.comingUntil > now && this.comingUntil < due) due = this.comingUntil;
		if (this.relay && this.relay.releaseAt < due) due = this.relay.releaseAt;
		return due;
	}

	/** Writes up what is new, now that it shines. */
	writeLog(now: Millis): void {
		if (this.isLogged) return;
		this.isLogged = true;
		this.log.write(this, now);
	}

	/** Makes the steps of a fade that are due, and what follows its end. */
	step(now: Millis): void {
		if (now >= this.fade.dueAt) this.shine(this.fade.advance(now), now);
		if (this.relay && now >= this.relay.opensAt) this.driver.rest(now);
	}

	/** A temperature of the housing. Returns whether the heat holds more of the light back, or less. */
	onTemperature(celsius: number): boolean {
		if (!this.driver.heat(celsius)) return false;
		this.shown = NOTHING;
		return true;
	}

	/**
	 * Light as if someone were there, for another reason than our own PIR: for the neighbours until
	 * `until`, else while it is not over: Infinity begins, 0 ends. Returns whether anything changed.
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

	/** Nobody is there, or on the way here, as far as can be told. */
	isVacantAt(now: Millis): boolean {
		const isDoubted = (this.assumedOccupied & ASSUMED_OCCUPIED.doubt) !== 0;
		return !isOccupied(this.presence) && !isDoubted && now >= this.comingUntil;
	}

	/** A fault of ours: the light goes where the settings want it then, as by night, by the shortest way. */
	fail(now: Millis): void {
		this.failing = true;
		this.level = limit(this.settings.systemFailureLevel, false, true, this.bounds);
		this.log.writeFailure(this.level, now);
		this.fade.retarget(this.level, 0, now);
		this.shine(this.level, now);
		this.meterAt(now);
	}

	/** When a fade makes its next step, or the relay may open. */
	get stepDueAt(): Millis {
		const due = this.fade.dueAt;
		return this.relay && this.relay.opensAt < due ? this.relay.opensAt : due;
	}

	/** When time alone changes what the photocell says. */
	get photocellDueAt(): Millis {
		return photocellDueAt(this.photocell);
	}

	/** The meter, brought to `now`. It goes by what the driver gives. */
	meterAt(now: Millis): Meter {
		const { meter } = this.log;
		meter.note(now, this.driver.output, this.dark);
		return meter;
	}

	age(now: Millis): void {
		this.driver.age(this.meterAt(now).operatingHours);
	}

	/** What shines, after the heat and before constant light output. */
	get actual(): Percent {
		return this.driver.actualOf(this.fade.level);
	}

	get duty(): Duty {
		return this.driver.duty;
	}

	get fullLevel(): Percent {
		return this.bounds.fullLevel;
	}

	/** The least that may shine now. */
	get leastLevel(): Percent {
		return this.dark ? this.bounds.floorLevel : (0 as Percent);
	}

	/** The most that the heat allows, per cent of the driver's output. */
	get cap(): Percent {
		return this.driver.cap;
	}

	/** The latest levels and who won. */
	get decisions(): Decisions {
		return this.log.decisions;
	}

	get reason(): LevelReason {
		return this.failing ? "systemFailure" : this.command.reason;
	}

	/** The chain that explains the level; made when asked. */
	chain(): readonly ChainLink[] {
		const chain: readonly ChainLink[] = this.failing
			? [{ by: "systemFailure", level: this.level }]
			: chainOf(this.requests, this.dark, this.bounds);
		return chain.concat(this.outputChain(this.level, this.driver.cap));
	}

	/** What the driver makes of a level where the heat allows `cap`, the lamp as old as it is. */
	outputChain(level: Percent, cap: Percent): ChainLink[] {
		const chain: ChainLink[] = [];
		const push = (by: ChainLink["by"], output: Percent) => void chain.push({ by, level: output });
		this.driver.visitOutput(level, this.log.meter.operatingHours, cap, push);
		return chain;
	}

	/** What our own PIR and the neighbours ask for; doubt is as bright as either. */
	private sensed(now: Millis): LightCommand | undefined {
		if (this.assumedOccupied > 0)
			return this.assumedOccupied & ASSUMED_OCCUPIED.doubt
				? this.sensorCommands.doubted
				: this.sensorCommands.blocked;
		const own = sensorAsks(
			this.presence,
			this.sensorCommands.occupied,
			this.sensorCommands.lingering,
		);
		if (now < this.comingUntil) return brighterOf(own, this.sensorCommands.coming);
		return own;
	}

	/** Another rule for presence, or other settings; a hold that has begun runs as it began. */
	private follow(rule: SensorRule | undefined): void {
		const { settings } = this;
		this.rule = rule;
		this.sensorCommands = sensorCommands(settings, this.bounds, rule);
		this.presenceOptions =
			rule?.hold === undefined
				? settings
				: { hold: rule.hold, linger: settings.linger, clearToBusy: settings.clearToBusy };
	}

	private shine(level: Percent, now: Millis): void {
		if (level === this.shown) return;
		this.shown = level;
		this.isLogged = false;
		this.driver.show(level, now);
	}
}

/** Bits, so that work that is announced twice is over once. Doubt in the PIR speaks before work. */
const ASSUMED_OCCUPIED = Object.freeze({ handshake: 1, update: 2, erase: 4, doubt: 8 });
export type LightSource = keyof typeof ASSUMED_OCCUPIED | "neighbours";

/** No level: what is shown next is shown, whatever it is. */
const NOTHING = -1 as Percent;

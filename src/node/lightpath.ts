/**
 * Light path: from what the sensors and the orders say to the PWM, in one place and one order.
 *
 * Inputs note; `decide` decides; between decisions a fade only makes its steps. Nothing here knows
 * that a network exists, and nothing allocates unless something changed.
 */
import type { Twin } from "../command/twin.js";
import { Decisions } from "../explain/decisions.js";
import type { Dimmer } from "../host.js";
import {
	arbitrate,
	brighterOf,
	DAYLIGHT,
	type LightCommand,
	type Override,
} from "../lighting/arbiter.js";
import { chainOf } from "../lighting/chain.js";
import { dutyOf } from "../lighting/curve.js";
import { Fade, type Ramps, rampOf } from "../lighting/fade.js";
import { type Bounds, limit } from "../lighting/limits.js";
import { ruled, type SensorRule } from "../lighting/sensorrule.js";
import { Meter, type MeterTotals } from "../meter/meter.js";
import type { LampPower } from "../meter/power.js";
import { Lamplight } from "../sensing/lamplight.js";
import {
	type Photocell,
	type PhotocellOptions,
	dueAt as photocellDueAt,
	reduce as reducePhotocell,
	UNKNOWN,
} from "../sensing/photocell.js";
import {
	type Presence,
	type PresenceInput,
	type PresenceOptions,
	dueAt as presenceDueAt,
	reduce as reducePresence,
	sensorAsks,
	settling,
	unfitted,
} from "../sensing/presence.js";
import type { Duty, Lux, Millis, Percent } from "../units.js";
import type { ChainLink, LevelReason } from "../view.js";

export interface LightOptions {
	readonly pirFitted: boolean;
	readonly settleTime: Millis;
	readonly presence: PresenceOptions;
	/** False: presence is counted, and changes no light. */
	readonly sensorRaises: boolean;
	readonly presenceLevel: Percent;
	readonly lingerLevel: Percent;
	/** While neighbours tell of someone on the way here. */
	readonly neighbourLevel: Percent;
	readonly photocellFitted: boolean;
	readonly photocell: PhotocellOptions;
	readonly ramps: Ramps;
	readonly bounds: Bounds;
	readonly power: LampPower;
	readonly systemFailureLevel: Percent;
}

/** The requests of all sources, kept and changed in place: a new object each tick would be garbage. */
interface Asked {
	default: LightCommand;
	program: LightCommand | undefined;
	sensor: LightCommand | undefined;
	override: Override | undefined;
	emergency: LightCommand | undefined;
}

export class LightPath {
	presence: Presence;
	photocell: Photocell = UNKNOWN;
	command: LightCommand = DAYLIGHT;
	/** What won, after the limits. */
	level: Percent;
	duty = 0 as Duty;
	/** Until when neighbours ask for light here. */
	comingUntil: Millis = Number.NEGATIVE_INFINITY;
	/** The latest levels and who won, for `explain` of the past. */
	readonly decisions = new Decisions();
	/** The PIR cannot be believed: as if someone were there, at full class. */
	doubtful = false;
	private readonly lamplight = new Lamplight();
	private readonly meter: Meter;
	private readonly dimmer: Dimmer;
	private readonly fade: Fade;
	private readonly asked: Asked;
	private options: LightOptions;
	private occupied: LightCommand;
	private lingering: LightCommand;
	private coming: LightCommand;
	private doubted: LightCommand;
	private shining = 0 as Percent;
	private dark = true;
	private rule: SensorRule | undefined; // what the program makes of presence now
	private presenceOptions: PresenceOptions;
	private failing = false; // a fault of ours holds systemFailureLevel until the next decision

	/** First act of a boot: `powerOnLevel` shines before anything else is looked at. */
	constructor(
		dimmer: Dimmer,
		powerOnLevel: Percent,
		options: LightOptions,
		totals: MeterTotals,
		now: Millis,
	) {
		this.dimmer = dimmer;
		this.options = options;
		this.presenceOptions = options.presence;
		this.fade = new Fade(powerOnLevel);
		this.level = powerOnLevel;
		this.meter = new Meter(options.power, totals, now);
		this.presence = options.pirFitted ? settling(now, options.settleTime) : unfitted();
		this.occupied = sensorCommand(options.presenceLevel, "presence");
		this.lingering = sensorCommand(options.lingerLevel, "linger");
		this.coming = sensorCommand(options.neighbourLevel, "neighbours");
		this.doubted = doubtCommand(options);
		this.asked = {
			default: defaultCommand(options.bounds),
			program: undefined,
			sensor: undefined,
			override: undefined,
			emergency: undefined,
		};
		this.shine(powerOnLevel, now);
	}

	/** Other settings, from now on; what the sensors said stays. */
	configure(options: LightOptions, now: Millis): void {
		if (options.pirFitted !== this.options.pirFitted)
			this.presence = options.pirFitted ? settling(now, options.settleTime) : unfitted();
		if (!options.photocellFitted) this.photocell = UNKNOWN;
		this.options = options;
		this.follow(this.rule);
		this.doubted = doubtCommand(options);
		this.asked.default = defaultCommand(options.bounds);
		this.meter.setLamp(options.power, now);
	}

	/** An edge of the PIR. Returns whether it changed anything. */
	onEdge(input: PresenceInput, now: Millis): boolean {
		if (!this.options.pirFitted) return false;
		const before = this.presence;
		this.presence = reducePresence(before, input, now, this.presenceOptions);
		return this.presence !== before;
	}

	/** A reading of the light sensor. */
	onIlluminance(lux: Lux, now: Millis): void {
		if (!this.options.photocellFitted) return;
		const sky = this.lamplight.skyOf(lux, now);
		this.photocell = reducePhotocell(this.photocell, sky, now, this.options.photocell);
	}

	/** Time passes for the photocell. */
	letPhotocellTurn(now: Millis): void {
		this.photocell = reducePhotocell(this.photocell, undefined, now, this.options.photocell);
	}

	/** Decides who gets the light and goes there; the first step falls in this very turn. */
	decide(now: Millis, dark: boolean, program: LightCommand | undefined, twin: Twin): void {
		const { options, asked, fade } = this;
		if (program?.sensorRule !== this.rule) this.follow(program?.sensorRule);
		if (now >= presenceDueAt(this.presence))
			this.presence = reducePresence(this.presence, "time", now, this.presenceOptions);
		if (now >= this.comingUntil) this.comingUntil = Number.NEGATIVE_INFINITY;
		asked.program = program;
		asked.sensor = options.sensorRaises ? this.sensed(now) : undefined;
		asked.override = twin.override;
		asked.emergency = twin.emergency;
		const command = arbitrate(asked, dark);
		const level = limit(command.level, command.belowFloor === true, dark, options.bounds);
		const isOwed = dark && fade.level < owed(asked, command, options.bounds);
		const slowly = isOwed ? undefined : command.rampToLevelTime; // no order makes anyone wait
		fade.retarget(level, rampOf(level, fade.level, slowly, options.ramps), now);
		if (command !== this.command || level !== this.level || this.failing)
			this.decisions.note(command, level, options.bounds.protected, now);
		this.command = command;
		this.level = level;
		this.failing = false;
		if (dark !== this.dark) {
			this.dark = dark;
			this.meter.note(now, this.shining, dark);
		}
		this.shine(fade.level, now);
	}

	/** Makes the steps of a fade that are due. */
	step(now: Millis): void {
		if (now >= this.fade.dueAt) this.shine(this.fade.advance(now), now);
	}

	/** A fault of ours: the light goes where the settings want it then, by the shortest way. */
	fail(now: Millis): void {
		this.failing = true;
		this.level = this.options.systemFailureLevel;
		this.decisions.noteFailure(this.level, now);
		this.fade.retarget(this.level, 0, now);
		this.shine(this.level, now);
	}

	/** When a fade makes its next step. */
	get stepDueAt(): Millis {
		return this.fade.dueAt;
	}

	/** When time alone changes what the sensors ask for. */
	get sensorDueAt(): Millis {
		const due = presenceDueAt(this.presence);
		return this.comingUntil > Number.NEGATIVE_INFINITY ? Math.min(due, this.comingUntil) : due;
	}

	/** When time alone changes what the photocell says. */
	get photocellDueAt(): Millis {
		return photocellDueAt(this.photocell);
	}

	/** The meter, brought to `now`. */
	meterAt(now: Millis): Meter {
		this.meter.note(now, this.shining, this.dark);
		return this.meter;
	}

	get actual(): Percent {
		return this.shining;
	}

	get reason(): LevelReason {
		return this.failing ? "systemFailure" : this.command.reason;
	}

	/** The chain that explains the level; made when asked. */
	chain(): readonly ChainLink[] {
		if (this.failing) return [{ by: "systemFailure", level: this.level }];
		return chainOf(this.asked, this.dark, this.options.bounds);
	}

	/** What our own PIR and the neighbours ask for; doubt is as bright as either. */
	private sensed(now: Millis): LightCommand | undefined {
		if (this.doubtful) return this.doubted;
		const own = sensorAsks(this.presence, this.occupied, this.lingering);
		if (now < this.comingUntil) return brighterOf(own, this.coming);
		return own;
	}

	/** Another rule for presence, or other settings; a hold that has begun runs as it began. */
	private follow(rule: SensorRule | undefined): void {
		const { lingerLevel, neighbourLevel, presence: usual, presenceLevel } = this.options;
		const level = ruled(rule, presenceLevel);
		this.rule = rule;
		this.occupied = sensorCommand(level, "presence");
		this.lingering = sensorCommand(Math.min(lingerLevel, level) as Percent, "linger");
		this.coming = sensorCommand(Math.min(neighbourLevel, level) as Percent, "neighbours");
		this.presenceOptions =
			rule?.hold === undefined
				? usual
				: { hold: rule.hold, linger: usual.linger, clearToBusy: usual.clearToBusy ?? 0 };
	}

	private shine(level: Percent, now: Millis): void {
		if (level === this.shining) return;
		this.shining = level;
		const duty = dutyOf(level, this.dimmer.resolution);
		if (duty !== this.duty) {
			this.duty = duty;
			this.dimmer.write(duty);
		}
		this.meter.note(now, level, this.dark);
	}
}

/** What must shine in the dark whatever the command's own fade: for who is there, and for the street. */
function owed(
	{ sensor, emergency }: Asked,
	{ belowFloor, inhibitSensors }: LightCommand,
	{ floorLevel, fullLevel, protected: isProtected }: Bounds,
): Percent {
	let least = isProtected ? fullLevel : belowFloor ? (0 as Percent) : floorLevel;
	if (sensor && !inhibitSensors && sensor.level > least) least = sensor.level;
	if (emergency && emergency.level > least) least = emergency.level;
	return least;
}

function sensorCommand(level: Percent, source: string): LightCommand {
	return Object.freeze({ reason: "sensor", level, source });
}

function doubtCommand({ presenceLevel, bounds }: LightOptions): LightCommand {
	return sensorCommand(Math.max(presenceLevel, bounds.fullLevel) as Percent, "doubt");
}

function defaultCommand(bounds: Bounds): LightCommand {
	return Object.freeze({ reason: "default", level: bounds.fullLevel });
}

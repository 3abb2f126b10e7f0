/**
 * Light path: from what the sensors and the orders say to the PWM, in one place and one order.
 *
 * Inputs note; `decide` decides; between decisions a fade only makes its steps. Nothing here knows
 * that a network exists, and nothing allocates unless something changed.
 */
import { Decisions } from "../explain/decisions.js";
import type { Host } from "../host.js";
import { arbitrate, brighterOf, DAYLIGHT, type LightCommand } from "../lighting/arbiter.js";
import { chainOf } from "../lighting/chain.js";
import { Fade, rampOf } from "../lighting/fade.js";
import { type Bounds, limit } from "../lighting/limits.js";
import type { RelayState } from "../lighting/relay.js";
import type { SensorRule } from "../lighting/sensorrule.js";
import { Meter, type MeterTotals } from "../meter/meter.js";
import { Lamplight } from "../sensing/lamplight.js";
import {
	outputOf,
	type Photocell,
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
import type { Settings } from "../settings/table.js";
import type { Duty, Lux, Millis, Percent } from "../units.js";
import type { ChainLink, LevelReason } from "../view.js";
import {
	type Asked,
	defaultCommand,
	neverWaits,
	type Ordered,
	owed,
	type SensorCommands,
	sensorCommands,
} from "./asked.js";
import { bootLevel } from "./boot.js";
import { Driver, type DriverDoors } from "./driver.js";
import { boundsOf } from "./options.js";

export class LightPath {
	presence: Presence;
	photocell: Photocell = UNKNOWN;
	command: LightCommand = DAYLIGHT;
	/** What won, after the limits. */
	level: Percent;
	/** Until when neighbours ask for light here. */
	comingUntil: Millis = Number.NEGATIVE_INFINITY;
	/** The latest levels and who won, for `explain` of the past. */
	readonly decisions = new Decisions();
	/** The PIR cannot be believed: as if someone were there, at full class. */
	doubtful = false;
	private readonly lamplight = new Lamplight();
	readonly driver: Driver;
	private readonly meter: Meter;
	private readonly fade: Fade;
	private readonly asked: Asked;
	private readonly relay: RelayState | undefined;
	private settings: Settings;
	private bounds: Bounds;
	private voices: SensorCommands;
	private works = 0; // works at hand or under way in which nobody would be heard
	private shown = NOTHING;
	private dark = true;
	private rule: SensorRule | undefined; // what the program makes of presence now
	private presenceOptions: PresenceOptions;
	private failing = false; // a fault of ours holds systemFailureLevel until the next decision

	/** First act of a boot: the first level shines before anything else is looked at. */
	constructor(
		doors: DriverDoors & Pick<Host, "powerCause">,
		settings: Settings,
		totals: MeterTotals,
		now: Millis,
	) {
		const firstLevel = bootLevel(doors, settings);
		this.settings = settings;
		this.bounds = boundsOf(settings);
		this.fade = new Fade(firstLevel);
		this.level = firstLevel;
		this.meter = new Meter(settings, totals, now);
		this.driver = new Driver(doors, settings, this.meter.operatingHours, now);
		this.relay = this.driver.relay;
		this.presence = startPresence(settings, now);
		this.presenceOptions = settings;
		this.voices = sensorCommands(settings, this.bounds, undefined);
		this.asked = {
			default: defaultCommand(this.bounds),
			program: undefined,
			sensor: undefined,
			override: undefined,
			emergency: undefined,
		};
		this.shine(firstLevel, now);
	}

	/** Other settings, from now on; what the sensors said stays. */
	configure(settings: Settings, now: Millis): void {
		if (settings.pirFitted !== this.settings.pirFitted)
			this.presence = startPresence(settings, now);
		if (!settings.photocell) this.photocell = UNKNOWN;
		this.settings = settings;
		this.bounds = boundsOf(settings);
		this.follow(this.rule);
		this.asked.default = defaultCommand(this.bounds);
		this.driver.configure(settings, this.meterAt(now).operatingHours);
		this.meter.setLamp(settings, now);
		this.shown = NOTHING;
	}

	/** An edge of the PIR. Returns whether it changed anything. */
	onEdge(input: PresenceInput, now: Millis): boolean {
		if (!this.settings.pirFitted) return false;
		const before = this.presence;
		this.presence = reducePresence(before, input, now, this.presenceOptions);
		return this.presence !== before;
	}

	/** A reading of the light sensor. */
	onIlluminance(lux: Lux, now: Millis): void {
		const { settings } = this;
		if (!settings.photocell) return;
		const sky = this.lamplight.skyOf(lux, now, outputOf(this.photocell), settings.offLevel);
		this.photocell = reducePhotocell(this.photocell, sky, now, settings);
	}

	/** Time passes for the photocell. */
	letPhotocellTurn(now: Millis): void {
		this.photocell = reducePhotocell(this.photocell, undefined, now, this.settings);
	}

	/** Decides who gets the light and goes there; the first step falls in this very turn. */
	decide(now: Millis, dark: boolean, program: LightCommand | undefined, ordered: Ordered): void {
		const { settings, bounds, asked, fade, relay } = this;
		if (program?.sensorRule !== this.rule) this.follow(program?.sensorRule);
		if (now >= presenceDueAt(this.presence))
			this.presence = reducePresence(this.presence, "time", now, this.presenceOptions);
		if (now >= this.comingUntil) this.comingUntil = Number.NEGATIVE_INFINITY;
		asked.program = program;
		asked.sensor = this.sensed(now);
		asked.override = ordered.override;
		asked.emergency = ordered.emergency;
		const command = arbitrate(asked, dark);
		const level = limit(command.level, command.belowFloor === true, dark, bounds);
		let aim = level;
		if (relay) {
			if (command.reason === "program")
				aim = relay.allow(level, neverWaits(command, bounds, dark), now);
			else relay.releaseAt = Infinity; // nothing else waits for it
		}
		let ramp = command.rampToLevelTime;
		const isOwed = ramp !== undefined && fade.level < owed(asked, command, bounds, dark);
		if (isOwed) ramp = undefined; // no order makes anyone wait
		fade.retarget(aim, rampOf(aim, fade.level, ramp, settings), now);
		if (command !== this.command || level !== this.level || this.failing)
			this.decisions.note(command, level, bounds.protected, now);
		if (level !== this.driver.kept) this.driver.keep(level); // a level of failure is not kept
		this.command = command;
		this.level = level;
		this.failing = false;
		if (dark !== this.dark) {
			this.dark = dark;
			this.meter.note(now, this.driver.output, dark);
		}
		this.shine(fade.level, now);
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

	/** Work follows in which nobody would be heard, or is over: meanwhile as if someone were there. */
	expectWork(isExpected: boolean): void {
		this.works += isExpected ? 1 : -1;
	}

	/** A fault of ours: the light goes where the settings want it then, by the shortest way. */
	fail(now: Millis): void {
		this.failing = true;
		this.level = this.settings.systemFailureLevel;
		this.decisions.noteFailure(this.level, now);
		this.fade.retarget(this.level, 0, now);
		this.shine(this.level, now);
	}

	/** When a fade makes its next step, or the relay may open. */
	get stepDueAt(): Millis {
		const { relay } = this;
		const due = this.fade.dueAt;
		return relay && relay.opensAt < due ? relay.opensAt : due;
	}

	/** When time alone changes what the sensors ask for, or what waits for the relay. */
	get decideDueAt(): Millis {
		const { relay, comingUntil } = this;
		let due = presenceDueAt(this.presence);
		if (comingUntil > Number.NEGATIVE_INFINITY && comingUntil < due) due = comingUntil;
		return relay && relay.releaseAt < due ? relay.releaseAt : due;
	}

	/** When time alone changes what the photocell says. */
	get photocellDueAt(): Millis {
		return photocellDueAt(this.photocell);
	}

	/** The meter, brought to `now`. It goes by what the driver gives. */
	meterAt(now: Millis): Meter {
		this.meter.note(now, this.driver.output, this.dark);
		return this.meter;
	}

	/** Another hour has burnt. */
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

	get reason(): LevelReason {
		return this.failing ? "systemFailure" : this.command.reason;
	}

	/** The chain that explains the level; made when asked. */
	chain(): readonly ChainLink[] {
		const chain: ChainLink[] = this.failing
			? [{ by: "systemFailure", level: this.level }]
			: chainOf(this.asked, this.dark, this.bounds);
		this.driver.tell(this.level, this.meter.operatingHours, (by, level) => {
			chain.push({ by, level });
		});
		return chain;
	}

	/** What our own PIR and the neighbours ask for; doubt is as bright as either. */
	private sensed(now: Millis): LightCommand | undefined {
		const { voices } = this;
		if (this.doubtful) return voices.doubted;
		if (this.works > 0) return voices.deaf; // as bright
		const own = sensorAsks(this.presence, voices.occupied, voices.lingering);
		if (now < this.comingUntil) return brighterOf(own, voices.coming);
		return own;
	}

	/** Another rule for presence, or other settings; a hold that has begun runs as it began. */
	private follow(rule: SensorRule | undefined): void {
		const { settings } = this;
		this.rule = rule;
		this.voices = sensorCommands(settings, this.bounds, rule);
		this.presenceOptions =
			rule?.hold === undefined
				? settings
				: { hold: rule.hold, linger: settings.linger, clearToBusy: settings.clearToBusy };
	}

	private shine(level: Percent, now: Millis): void {
		if (level === this.shown) return;
		this.shown = level;
		this.driver.show(level, now);
		this.meter.note(now, this.driver.output, this.dark);
	}
}

/** No level: what is shown next is shown, whatever it is. */
const NOTHING = -1 as Percent;

function startPresence(settings: Settings, now: Millis): Presence {
	return settings.pirFitted ? settling(now, settings.settleTime) : unfitted();
}

/**
 * Schedule: darkness and the program's request at an instant, by date, sun and photocell.
 *
 * The night, its plan and the point in force are kept until a known instant, so that a tick between
 * two instants costs one comparison. Without any time no program runs. Without a trusted date the
 * photocell alone decides on darkness, or it is assumed to be dark: an assumed date is too coarse
 * for it. A date that no witness vouches for (time/corroboration.ts) runs the program, but puts no
 * lights out. The program of a night is chosen in tonight.ts.
 */
import type { LightCommand } from "../../lighting/arbiter.js";
import { nextAt, type Plan, type PlanPoint, plan, pointAt } from "../../lighting/plan.js";
import { DEFAULT_NAME, pointOf } from "../../lighting/program.js";
import type { SensorRule } from "../../lighting/sensorrule.js";
import type { LightDoubt } from "../../sensing/lighthealth.js";
import { type ClassSettings, levelOfClass } from "../../settings/classes.js";
import type { Settings } from "../../settings/table.js";
import { MINUTE } from "../../time/civil.js";
import { type ClockState, isDated, monotonicOf, uncertaintyAt, utcAt } from "../../time/clock.js";
import { type Dark, Darkness, type PhotocellVerdict } from "../../time/dark.js";
import { type Night, nightOf } from "../../time/night.js";
import type { Zone } from "../../time/zone.js";
import type { Millis, Percent, UtcMillis } from "../../units.js";
import { type ScheduleOptions, scheduleOptions, zoneOf } from "./options.js";
import { programOf } from "./tonight.js";

/**
 * Uncertainty above which a clock, like an assumed one, gives the night but not the quarter of an
 * hour: minimumLightsOn, which saves a start of the lamp, then does not apply.
 */
const CLOCK_DOUBT: Millis = 15 * 60_000;

/** The program's request by day and outside its periods: 0, with a source for the chain. */
const OUTSIDE: LightCommand = Object.freeze({
	reason: "program",
	level: 0 as Percent,
	source: "outside",
});

/** The rule with the level of its class. */
function ruleOf(rule: SensorRule, classes: ClassSettings): SensorRule {
	const { lightingClass } = rule;
	return lightingClass === undefined
		? rule
		: { ...rule, level: levelOfClass(classes, lightingClass) };
}

/** The date as far as witnesses vouch for it (node/time/timekeeper.ts). */
interface VouchedDates {
	/** That of the last witness, else the clock's. */
	dateAt(now: Millis): UtcMillis | undefined;
	errorAt(now: Millis): Millis;
	isCorroborated(now: Millis): boolean;
}

export class Schedule {
	night: Night | undefined;
	dark: Dark;
	private options: ScheduleOptions;
	private darkness: Darkness;
	private rule: Zone | undefined; // the zone, parsed at its first use
	private plan: Plan | undefined;
	private name = DEFAULT_NAME; // of the plan's program
	private minimum = 0; // minimumLightsOn of the plan
	/** The program's request: its point while it is dark, 0 by day; undefined without a program. */
	request: LightCommand | undefined;
	private point: LightCommand | undefined; // the plan's request
	private pointUntil = 0 as UtcMillis; // `point` holds until then
	private due: Millis = 0;
	private mayPutOut = true; // a witness vouches for the date

	/** `zone`: that of the options, if it is parsed already. */
	constructor(options: ScheduleOptions, zone?: Zone) {
		this.options = options;
		this.rule = zone;
		this.darkness = new Darkness(options.place, options.darkElevation);
		this.dark = this.darkness.assess("unknown", undefined);
	}

	/** Takes changed settings: all is computed anew by the next `look`; until then it is dark. */
	configure(settings: Settings): void {
		const options = scheduleOptions(settings);
		this.options = options;
		this.darkness = new Darkness(options.place, options.darkElevation);
		this.dark = this.darkness.assess("unknown", undefined);
		this.rule = undefined;
		this.plan = undefined;
		this.request = undefined;
		this.due = 0;
		this.forget();
	}

	/** When time alone changes `dark` or the request. Call `look` then, and after its inputs. */
	get dueAt(): Millis {
		return this.due;
	}

	/** The time zone of the settings. */
	get zone(): Zone {
		this.rule ??= zoneOf(this.options);
		return this.rule;
	}

	/**
	 * Brings `dark` and `request` to `now`. `doubt`: the doubt about the photocell, if any. `dates`:
	 * absent if the clock's date is certain.
	 */
	look(
		now: Millis,
		clock: ClockState,
		photocell: PhotocellVerdict,
		doubt?: LightDoubt | undefined,
		dates?: VouchedDates | undefined,
	): void {
		const utc = utcAt(clock, now);
		const shown = isDated(clock) ? utc : undefined;
		const darkDueAt = this.lookAtSky(now, photocell, dates ? dates.dateAt(now) : shown, dates);
		const mayPutOut = dates?.isCorroborated(now) ?? true;
		if (mayPutOut !== this.mayPutOut) this.point = undefined;
		this.mayPutOut = mayPutOut;
		if (utc === undefined) {
			this.night = undefined;
			this.plan = undefined;
			this.point = undefined;
			this.request = undefined;
			this.due = Infinity;
			return;
		}
		const isBlind = photocell === "unknown" || photocell === "bright" || doubt !== undefined;
		const minimum = this.minimumAt(now, clock, isBlind);
		const night = this.night as Night | undefined;
		if (!night || utc < night.start || utc >= night.end || minimum !== this.minimum)
			this.begin(utc, minimum);
		if (this.plan && !(utc < this.pointUntil && this.point)) this.turn(this.plan, utc);
		const isDay = !this.dark.dark || this.dark.isDayByClock === true;
		this.request = this.point && isDay ? OUTSIDE : this.point;
		const until = this.plan ? this.pointUntil : (this.night?.end ?? utc);
		this.due = Math.min(monotonicOf(clock, until), darkDueAt);
	}

	/** Brings `dark` to `now`, the instant of `date`; returns when time alone may change it. */
	private lookAtSky(
		now: Millis,
		photocell: PhotocellVerdict,
		date: UtcMillis | undefined,
		dates: VouchedDates | undefined,
	): Millis {
		const error = dates ? Math.floor(dates.errorAt(now) / MINUTE) * MINUTE : 0; // seldom another
		this.dark = this.darkness.assess(photocell, date, error);
		const { dueAt } = this.dark;
		return dueAt === undefined || date === undefined ? Infinity : now + dueAt - date;
	}

	/** The night of `utc`, also before `look` has seen that date. */
	nightAt(utc: UtcMillis): Night {
		const { night } = this;
		const isIn = night && utc >= night.start && utc < night.end;
		return isIn ? night : nightOf(this.zone, this.options.place, utc);
	}

	/** Discards the night after the clock was moved: the next `look` computes it anew. */
	forget(): void {
		this.night = undefined;
		this.point = undefined;
	}

	/** minimumLightsOn in minutes; 0 in doubt about clock or photocell: no relight is left out. */
	private minimumAt(now: Millis, clock: ClockState, isBlind: boolean): number {
		const { minimumLightsOn, photocellFitted } = this.options;
		if (minimumLightsOn === 0 || (photocellFitted && isBlind) || !isDated(clock)) return 0;
		return uncertaintyAt(clock, now) > CLOCK_DOUBT ? 0 : minimumLightsOn;
	}

	private begin(utc: UtcMillis, minimum: number): void {
		const { place, programs } = this.options;
		this.night = nightOf(this.zone, place, utc);
		const tonight = programOf(programs, this.night.day);
		const darkUntil = minimum > 0 ? this.darkness.endOf(this.night) : undefined;
		this.plan = tonight && plan(tonight.text, this.night, minimum, darkUntil);
		this.name = tonight?.name ?? DEFAULT_NAME;
		this.minimum = minimum;
		this.point = undefined;
	}

	private turn(plan: Plan, utc: UtcMillis): void {
		const point = pointAt(plan, utc);
		this.pointUntil = nextAt(plan, utc);
		this.point = point ? this.commandOf(point) : OUTSIDE;
	}

	private commandOf({ text }: PlanPoint): LightCommand {
		const { level, lightingClass, out, sensor } = pointOf(text);
		const { classes, shareOf } = this.options;
		const isDefault = this.name === DEFAULT_NAME;
		const command: { -readonly [K in keyof LightCommand]: LightCommand[K] } = {
			reason: "program",
			level: lightingClass === undefined ? level : levelOfClass(classes, lightingClass),
			source: isDefault ? text : `${this.name}: ${text}`,
		};
		if (isDefault && shareOf !== undefined && level > 0) {
			command.level = Math.ceil((level * shareOf) / 100) as Percent;
			command.source = `${text} x ${classes.fullClass}`;
		}
		if (sensor) command.sensorRule = ruleOf(sensor, classes);
		if (out && this.mayPutOut) {
			command.belowFloor = true;
			command.inhibitSensors = this.options.ignorePresence;
		}
		return command;
	}
}

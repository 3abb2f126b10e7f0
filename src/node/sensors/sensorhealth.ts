/**
 * Sensor health: assesses the lamp's sensors, reports doubts as events and stores them.
 *
 * A task: it runs after the light has acted. A doubted PIR counts as occupied (LightPath.ask); from
 * a doubted photocell only the output that means lit is used. One text is stored: at each change of
 * a doubt, once a day for the learnt peaks, and after each STORE_SILENCE of a PIR's silence. It waits
 * for write credit: strangers can begin and end a doubt with a torch.
 */
import type { Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import { LightHealth } from "../../sensing/lighthealth.js";
import {
	isReading,
	outputOf,
	type Photocell,
	type PhotocellOutput,
	seemsDay,
	verdictOf,
} from "../../sensing/photocell.js";
import {
	HOURS,
	HOURS_LEARNT,
	type LowerDoubt,
	MISSED_LIMIT,
	PirHealth,
} from "../../sensing/pirhealth.js";
import type { Settings } from "../../settings/table.js";
import { HEALTH_KEY } from "../../storekeys.js";
import { HOUR } from "../../time/civil.js";
import { type ClockState, utcAt } from "../../time/clock.js";
import type { PhotocellVerdict } from "../../time/dark.js";
import type { Lux, Millis } from "../../units.js";
import { reportRefusedWrite } from "../storage/counterwriter.js";
import type { Task } from "../task.js";
import { readHealth, textOfHealth } from "./healthrecord.js";

/** A restart loses at most this much of a silence; a dead PIR costs four writes a day. */
const STORE_SILENCE: Millis = 6 * HOUR;

/** A failed write is repeated after this time, as by the journal (journal/keptjournal.ts). */
const TRY_AGAIN: Millis = 600_000;
/** Interval of checks for the end of maintenance. */
const LOOK_AGAIN: Millis = 60_000;

interface SensorHealthOwner {
	readonly store: Store;
	readonly flash: { creditAt(writeClass: "doubt"): Millis };
	readonly settings: Settings;
	readonly light: { readonly photocell: Photocell };
	readonly time: { readonly clock: ClockState; sunAt(now: Millis, isGreatest: boolean): number };
	readonly orders: { readonly isMaintained: boolean };
	askForLight(source: "doubt", until: Millis): void;
	/** Requests a decision of the light in the next turn. */
	requestDecision(): void;
	emit(event: LampEvent, now: Millis): void;
}

export class SensorHealth implements Task {
	dueAt: Millis = 0;
	/** An edge waits for `judgeEdge`. */
	hasEdge = false;
	readonly pir: PirHealth;
	readonly light: LightHealth;
	private readonly lamp: SensorHealthOwner;
	private lightDueAt: Millis = 0;
	private output: PhotocellOutput = "unknown";
	private sentBytes = 0;
	private storedSilence: Millis;
	private keepAt: Millis = Infinity; // of a write that failed or waits for credit
	private reportedPir: PirHealth["doubt"];
	private reportedLight: LightHealth["doubt"];
	private hasMoved = false; // the edge that waits is a movement
	private edgeAt: Millis = 0; // the last edge

	constructor(lamp: SensorHealthOwner, now: Millis) {
		this.lamp = lamp;
		const kept = readHealth(lamp.store.read(HEALTH_KEY));
		this.storedSilence = kept.silence;
		this.pir = new PirHealth(now, kept.silence);
		this.pir.restore(kept.pir, Math.min(kept.missed, MISSED_LIMIT));
		this.pir.remember(kept.peaks, Math.min(kept.learnt, HOURS_LEARNT));
		this.light = new LightHealth(now);
		this.light.restore(kept.light);
		this.reportedPir = this.pir.doubt;
		this.reportedLight = this.light.doubt;
		if (this.pir.doubt) this.askForLight();
	}

	/** Notes an edge, to be assessed after the light has acted or before the PIR's next edge. */
	onEdge(hasMoved: boolean, now: Millis): void {
		this.hasEdge = true;
		this.hasMoved = hasMoved;
		this.edgeAt = now;
	}

	/**
	 * Assesses the noted edge. Returns the instant of a movement; -Infinity: it was none, or the PIR
	 * was in doubt.
	 */
	judgeEdge(): Millis {
		const { pir, edgeAt } = this;
		const isTrusted = this.hasMoved && !pir.doubt;
		this.hasEdge = false;
		if (edgeAt >= pir.hourEndsAt) this.turnHour(edgeAt);
		if (this.hasMoved) pir.onMovement(edgeAt);
		else pir.onStillness(edgeAt);
		if (this.lamp.settings.pirFitted) {
			const due = Math.min(this.assessPir(edgeAt), this.keepAt);
			if (due < this.dueAt) this.dueAt = due;
		}
		return isTrusted ? edgeAt : Number.NEGATIVE_INFINITY;
	}

	/** A sample of the light sensor, lux. Returns whether the task is due. */
	onIlluminance(lux: Lux, now: Millis): boolean {
		if (!isReading(lux)) return false; // a sensor without valid samples counts as silent
		this.light.onReading(now);
		if (!this.light.doubt) return false;
		this.lightDueAt = this.dueAt = now;
		return true;
	}

	/** Neighbours reported a passer-by here at about `at`. `weight`: as evidence of a miss. */
	onPassedBy(at: Millis, weight: number): void {
		this.pir.onPassedBy(at, weight);
		this.dueAt = at;
	}

	/**
	 * Notes a transmission of the radio. `sentBytes`: total sent by the link so far. Returns whether
	 * the task is due.
	 */
	onLink(now: Millis, sentBytes: number): boolean {
		if (sentBytes === this.sentBytes) return false;
		this.sentBytes = sentBytes;
		if (!this.pir.onTransmission(now)) return false;
		this.dueAt = now;
		return true;
	}

	/** A doubt in the sensor of the lower socket; `lost`: of the light sensor, too, if there is no other. */
	doubtLower(doubt: LowerDoubt | undefined, now: Millis): void {
		const { pir, light, lamp } = this;
		const isLost = doubt === "lost" && lamp.settings.lowerSensor === "instead";
		if (doubt === pir.lower && isLost === light.isLost) return;
		pir.lower = doubt;
		light.isLost = isLost;
		this.lightDueAt = this.dueAt = now;
		lamp.requestDecision();
	}

	/** Assesses the photocell anew, because the clock may have changed. */
	onTime(now: Millis): void {
		this.lightDueAt = this.dueAt = now;
	}

	/** The photocell's output that may be used; call it when the output may have changed. */
	trusted(output: PhotocellOutput, now: Millis): PhotocellOutput {
		if (output !== this.output) {
			this.output = output;
			this.lightDueAt = this.dueAt = now;
		}
		return this.light.trusted(output);
	}

	/** The photocell's verdict that may be used, including one that is not settled yet. */
	verdictOf(photocell: Photocell): PhotocellVerdict {
		const verdict = this.light.trusted(verdictOf(photocell));
		return this.light.doubt === undefined && seemsDay(photocell) ? "bright" : verdict;
	}

	tick(now: Millis): void {
		const { settings } = this.lamp;
		let pir: Millis = Infinity;
		if (settings.pirFitted) {
			this.turnHour(now);
			pir = this.assessPir(now);
		}
		if (now >= this.lightDueAt)
			this.lightDueAt = settings.photocell ? this.assessLight(now) : Infinity;
		if (now >= this.keepAt) this.keep(now);
		this.dueAt = Math.min(pir, this.lightDueAt, this.report(now), this.keepAt);
	}

	configure(settings: Settings, now: Millis): void {
		if (!settings.pirFitted) this.doubtPir(now, undefined);
		if (!settings.photocell) this.doubtLight(now, undefined);
		this.lightDueAt = this.dueAt = now;
	}

	/** Requests light while the PIR is in doubt: it counts as occupied. */
	private askForLight(): void {
		const isDoubted = this.lamp.settings.pirFitted && this.pir.doubt !== undefined;
		this.lamp.askForLight("doubt", isDoubted ? Infinity : 0);
	}

	private assessPir(now: Millis): Millis {
		const { pir } = this;
		const silentAfter = this.lamp.settings.pirSilentAfter * HOUR;
		this.doubtPir(now, pir.assess(now, silentAfter));
		if (this.silenceAt(now) !== this.storedSilence) this.keep(now);
		return Math.min(
			pir.dueAt(now, silentAfter),
			pir.silentSince + this.storedSilence + STORE_SILENCE,
		);
	}

	private doubtPir(now: Millis, doubt: PirHealth["doubt"]): void {
		const { pir } = this;
		if (doubt === pir.doubt) return;
		pir.settle(doubt);
		this.dueAt = now; // the report may wait
		this.askForLight();
		this.report(now);
		this.keep(now);
	}

	private assessLight(now: Millis): Millis {
		const { lamp, light } = this;
		const output = outputOf(lamp.light.photocell);
		const sun = lamp.time.sunAt(now, output === "day"); // in favour of the sensor
		const elevation = Number.isNaN(sun) ? undefined : sun;
		this.doubtLight(now, light.assess(now, output, elevation));
		return light.dueAt(now, elevation);
	}

	private doubtLight(now: Millis, doubt: LightHealth["doubt"]): void {
		const { light, lamp } = this;
		if (doubt === light.doubt) return;
		light.settle(doubt);
		lamp.requestDecision();
		this.report(now);
		this.keep(now);
	}

	/**
	 * Reports changed doubts. During maintenance, with a person before the sensors, the report
	 * waits for its end, and is made if the doubt still stands; the light follows the doubt at
	 * once. Returns when to check again.
	 */
	private report(now: Millis): Millis {
		const { pir, light, lamp, reportedPir, reportedLight } = this;
		if (pir.doubt === reportedPir && light.doubt === reportedLight) return Infinity;
		if (lamp.orders.isMaintained) return now + LOOK_AGAIN;
		this.reportedPir = pir.doubt;
		this.reportedLight = light.doubt;
		turned("presenceSensorFailure", reportedPir, pir.doubt, lamp, now);
		turned("lightSensorFailure", reportedLight, light.doubt, lamp, now);
		return Infinity;
	}

	/** Learns the peak of a completed hour; stores once a day. */
	private turnHour(now: Millis): void {
		const utc = utcAt(this.lamp.time.clock, now);
		const hour = utc === undefined ? -1 : Math.floor(utc / HOUR);
		const left = utc === undefined ? HOUR : (hour + 1) * HOUR - utc;
		if (this.pir.turnHour(now, hour, now + left) && hour % HOURS === 0) this.keep(now);
	}

	/** Duration of the PIR's silence, rounded down to STORE_SILENCE. */
	private silenceAt(now: Millis): Millis {
		return Math.floor((now - this.pir.silentSince) / STORE_SILENCE) * STORE_SILENCE;
	}

	private keep(now: Millis): void {
		const { pir, light, lamp } = this;
		this.storedSilence = this.silenceAt(now);
		const creditAt = lamp.flash.creditAt("doubt");
		if (now < creditAt) {
			this.keepAt = creditAt;
			return;
		}
		const { missed, learnt, peaks } = pir;
		const silence = this.storedSilence;
		const kept = { silence, missed, learnt, pir: pir.doubt, light: light.doubt, peaks };
		const result = lamp.store.write(HEALTH_KEY, textOfHealth(kept));
		this.keepAt = result === "ok" ? Infinity : now + TRY_AGAIN;
		reportRefusedWrite(lamp, HEALTH_KEY, result, now);
	}
}

/** Emits the end of a doubt and the start of the next one. */
function turned<D extends string>(
	type: "presenceSensorFailure" | "lightSensorFailure",
	before: D | undefined,
	doubt: D | undefined,
	lamp: SensorHealthOwner,
	now: Millis,
): void {
	if (doubt === before) return;
	const report = (startEndFlag: "start" | "end", why: D) =>
		lamp.emit({ type, startEndFlag, attributes: { why } } as LampEvent, now);
	if (before) report("end", before);
	if (doubt) report("start", doubt);
}

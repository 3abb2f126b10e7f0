/**
 * Self-test: assesses the parts of the lamp while it runs through its levels, and reports them.
 *
 * The light is assessed by its response at the lamp's own sensor, where that was measured
 * (monitor/response.ts), by night and as long as no presence changes the level; the other parts by
 * the state of their rooms. The event `selfTest` names the parts that failed and those that could
 * not be assessed; all others are in order.
 */
import { type LevelSequence, TEST_STEP } from "../../command/levelsequence.js";
import type { Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import { LOW_BYTES } from "../../monitor/heaptrend.js";
import { LEAST_RESPONSE, responseTo } from "../../monitor/response.js";
import type { LightMeter } from "../../sensing/lightmeter.js";
import type { Settings } from "../../settings/table.js";
import { SELFTEST_KEY } from "../../storekeys.js";
import { type ClockState, isDated } from "../../time/clock.js";
import type { Lux, Millis, Percent } from "../../units.js";
import type { View } from "../../view.js";

/** A step is assessed this long before the next one, when the sensor has long settled. */
const EARLY: Millis = 500;

/** `undefined`: could not be assessed. */
type Verdict = boolean | undefined;

interface SelfTestOwner {
	readonly view: View;
	readonly settings: Settings;
	readonly store: Store;
	readonly flash: { hasCredit(writeClass: "action", now: Millis, writes: number): boolean };
	readonly orders: { readonly sequence: LevelSequence | undefined };
	readonly lightMeter: LightMeter | undefined;
	readonly time: { readonly clock: ClockState; readonly programClock: ClockState };
	emit(event: LampEvent, now: Millis): void;
}

export class SelfTest {
	dueAt: Millis;
	private readonly lamp: SelfTestOwner;
	private readonly sequence: LevelSequence;
	private level: Percent | undefined; // at the end of the step before
	private lux = 0 as Lux; // at the same instant
	private follows: Verdict;

	constructor(lamp: SelfTestOwner, sequence: LevelSequence, now: Millis) {
		this.lamp = lamp;
		this.sequence = sequence;
		this.dueAt = now + TEST_STEP - EARLY;
		const { source: id } = sequence;
		lamp.emit({ type: "selfTest", startEndFlag: "start", attributes: { id } }, now);
	}

	/** Judges the current step, shortly before its end; false after the last one and the report. */
	look(now: Millis): boolean {
		const { sequence, lamp } = this;
		const isRunning = lamp.orders.sequence === sequence;
		if (isRunning) this.checkStep();
		this.dueAt = now + TEST_STEP;
		if (isRunning && this.dueAt < sequence.endsAt) return true;
		this.report(now);
		return false;
	}

	private checkStep(): void {
		const { view, lightMeter, settings } = this.lamp;
		const { actual, feedback } = view.light;
		const { level, lux } = this;
		const isSettled = actual === feedback && lightMeter !== undefined;
		const isSeen = settings.lampResponse >= LEAST_RESPONSE && view.sensing.dark;
		this.level = isSettled && isSeen ? feedback : undefined;
		if (this.level === undefined || !lightMeter) return;
		this.lux = lightMeter.reading;
		if (level === undefined) return;
		const answer = responseTo(level, lux, this.level, this.lux, settings.lampResponse);
		if (answer) this.follows = answer === "follows" && this.follows !== false;
	}

	private report(now: Millis): void {
		const failed: string[] = [];
		const notJudged: string[] = [];
		const note = (part: string, verdict: Verdict) => {
			if (verdict !== true) (verdict === false ? failed : notJudged).push(part);
		};
		const { settings, view } = this.lamp;
		const { pirDoubt, lightDoubt } = view.sensing;
		note("lamp", this.follows);
		note("pir", settings.pirFitted ? pirDoubt === undefined : undefined);
		note("lightSensor", settings.photocell ? lightDoubt === undefined : undefined);
		note("store", this.checkStore(now));
		note("heap", this.checkHeap());
		note("clock", this.checkClock());
		note("link", settings.brokerHost === "" ? undefined : view.link.state === "online");
		const attributes = {
			id: this.sequence.source,
			...(failed.length > 0 ? { failed: failed.join(" ") } : {}),
			...(notJudged.length > 0 ? { notJudged: notJudged.join(" ") } : {}),
		};
		this.lamp.emit({ type: "selfTest", startEndFlag: "end", attributes }, now);
	}

	/** A date in conflict with the sun fails; no date yet is no result. */
	private checkClock(): Verdict {
		const { clock, programClock } = this.lamp.time;
		return isDated(programClock) || (isDated(clock) ? false : undefined);
	}

	/** Only the trend fails the heap: memory in use may be garbage until the next collection. */
	private checkHeap(): Verdict {
		const { monitor, machine } = this.lamp.view;
		if (monitor.standing.includes("heapLow")) return false;
		return machine.freeBytes >= LOW_BYTES || undefined;
	}

	/** Writes, reads and erases a key: two writes to flash, if the credit allows them. */
	private checkStore(now: Millis): Verdict {
		const { store, flash } = this.lamp;
		if (!flash.hasCredit("action", now, 2)) return undefined;
		const isWritten = store.write(SELFTEST_KEY, this.sequence.source) === "ok";
		const isRead = store.read(SELFTEST_KEY) === this.sequence.source;
		return store.erase(SELFTEST_KEY) === "ok" && isWritten && isRead;
	}
}

/**
 * StateWatch: decides when the light has changed enough for a new state report.
 *
 * A new reason, order or photocell output is reported, and a level outside the dead band around the
 * one reported last. During a fade the level is compared only at its end. `actual` may lag behind
 * `feedback` in the first report of a fade; the end of the fade is reported with the next one.
 * A change by presence waits for the end of a rise: the turn of an edge does no more than it must.
 *
 * Changes by presence alone, up and down again, have a longer interval of their own: they are nine
 * tenths of a busy lamp's bytes, and reported at once they would show a resident's way home. In the
 * narrow profile, and there under an order, too, only the end of presence is reported, if its light
 * was, so that no reader takes it for the light of the night.
 */
import type { Millis, Percent } from "../units.js";
import type { View } from "../view.js";
import type { LinkOptions } from "./contract.js";

/** Smaller changes are not reported, percentage points of full light (broker contract). */
const DEAD_BAND = 5;
/** A rise takes 1 s at most. */
const LONGEST_RISE: Millis = 1000;

export class StateWatch {
	private isRequested = true; // no report was sent yet
	private at: Millis = 0;
	private feedback = 0 as Percent;
	private actual = 0 as Percent;
	private target: Percent | undefined;
	private reason: View["light"]["reason"] = "default";
	private photocell: View["sensing"]["photocell"] = "unknown";
	private isVacant = true;
	private isMaintained = false;

	/** Requests a report at the next occasion, changed or not. */
	ask(): void {
		this.isRequested = true;
	}

	/** When the state is to be reported: in the past if the report is overdue. */
	dueAt(view: View, options: LinkOptions): Millis {
		if (this.isRequested) return 0;
		const { presenceReporting, stateMinInterval, stateMaxInterval } = options;
		const { light, sensing } = view;
		const { feedback, reason, target } = light;
		const isNarrow = options.reporting === "narrow";
		const isOther =
			target !== this.target ||
			sensing.photocell !== this.photocell ||
			view.monitor.isMaintained !== this.isMaintained;
		const isChanged =
			isOther ||
			reason !== this.reason ||
			isBeyond(feedback, this.feedback) ||
			(presenceReporting && (sensing.presence === "vacant") !== this.isVacant);
		if (!isChanged && (!isBeyond(feedback, this.actual) || light.settled !== feedback))
			return this.at + stateMaxInterval;
		const isByPresence =
			!isOther && (isNarrow || target === undefined) && this.isByPresence(reason, feedback);
		let interval = stateMinInterval;
		if (!presenceReporting && isByPresence && !(isNarrow && this.isLeaving(reason)))
			interval = Math.min(Math.max(options.statePresenceInterval, interval), stateMaxInterval);
		const due = this.at + interval;
		const { fadeEndsAt } = light;
		const waits = !isChanged || (isByPresence && fadeEndsAt - view.time.now <= LONGEST_RISE);
		return waits ? Math.max(due, fadeEndsAt) : due;
	}

	/** The state was reported. */
	reported(now: Millis, view: View): void {
		this.isRequested = false;
		this.at = now;
		const { light, sensing } = view;
		this.feedback = light.feedback;
		this.actual = light.actual;
		this.target = light.target;
		this.reason = light.reason;
		this.photocell = sensing.photocell;
		this.isVacant = sensing.presence === "vacant";
		this.isMaintained = view.monitor.isMaintained;
	}

	/** Whether light by presence was reported and is over. */
	private isLeaving(reason: View["light"]["reason"]): boolean {
		return this.reason === "sensor" && reason !== "sensor";
	}

	/** Whether presence alone, or the end of a fade, changed the light, where no order counts. */
	private isByPresence(reason: View["light"]["reason"], feedback: Percent): boolean {
		const before = this.reason;
		if (reason === before && feedback === this.feedback) return true; // the fade has ended
		const isSensor = reason === "sensor" || before === "sensor";
		return isSensor && isUsual(reason) && isUsual(before);
	}
}

/** Whether the reason occurs in a night without emergencies and faults. */
function isUsual(reason: View["light"]["reason"]): boolean {
	return reason !== "emergency" && reason !== "systemFailure";
}

/** Whether the level is outside the dead band; off and on always are, of each other. */
function isBeyond(level: Percent, reported: Percent): boolean {
	if (level === reported) return false; // most
	return Math.abs(level - reported) >= DEAD_BAND || (level === 0) !== (reported === 0);
}

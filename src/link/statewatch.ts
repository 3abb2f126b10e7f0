/**
 * StateWatch: when the light has changed enough to be told again.
 *
 * Told are a new reason, order or photocell output, and a level that left the dead band around the
 * one told last; what shines is looked at when it has arrived, not on its way. `actual` may lag
 * behind `feedback` in the first report of a fade; its arrival is told with the next.
 *
 * What passers-by alone bring about, up and down again, has a longer interval of its own: it is nine
 * tenths of a busy lamp's bytes, and told at once it would follow a resident home.
 */
import type { Millis, Percent } from "../units.js";
import type { View } from "../view.js";
import type { LinkOptions } from "./contract.js";

/** Smaller changes are not told, percentage points of full light (broker contract). */
export const DEAD_BAND = 5;

export class StateWatch {
	private isAsked = true; // nothing was told yet
	private at: Millis = 0;
	private feedback = 0 as Percent;
	private actual = 0 as Percent;
	private target: Percent | undefined;
	private reason: View["light"]["reason"] = "default";
	private photocell: View["sensing"]["photocell"] = "unknown";
	private isVacant = true;
	private isMaintained = false;

	/** Tell it at the next occasion, changed or not. */
	ask(): void {
		this.isAsked = true;
	}

	/** When the state is to be told: in the past if it should have been by now. */
	dueAt(view: View, options: LinkOptions): Millis {
		if (this.isAsked) return 0;
		const { presenceReporting, stateMinInterval, stateMaxInterval } = options;
		if (!this.isChanged(view, presenceReporting)) return this.at + stateMaxInterval;
		if (presenceReporting || !this.isByPresence(view)) return this.at + stateMinInterval;
		const interval = Math.max(options.statePresenceInterval, stateMinInterval);
		return this.at + Math.min(interval, stateMaxInterval);
	}

	/** It is being told now. */
	reported(now: Millis, view: View): void {
		this.isAsked = false;
		this.at = now;
		this.feedback = view.light.feedback;
		this.actual = view.light.actual;
		this.target = view.light.target;
		this.reason = view.light.reason;
		this.photocell = view.sensing.photocell;
		this.isVacant = view.sensing.presence === "vacant";
		this.isMaintained = view.monitor.isMaintained;
	}

	/** Whether nothing but presence, or a fade's arrival without an order, made the change. */
	private isByPresence(view: View): boolean {
		const { feedback, reason, target } = view.light;
		if (target !== undefined || this.target !== undefined) return false;
		if (view.sensing.photocell !== this.photocell) return false;
		if (view.monitor.isMaintained !== this.isMaintained) return false;
		if (reason === this.reason && feedback === this.feedback) return true; // it arrived
		const isSensor = reason === "sensor" || this.reason === "sensor";
		return isSensor && isUsual(reason) && isUsual(this.reason);
	}

	private isChanged(view: View, presenceReporting: boolean): boolean {
		const { feedback, actual, reason, target } = view.light;
		return (
			reason !== this.reason ||
			target !== this.target ||
			isBeyond(feedback, this.feedback) ||
			(actual === feedback && isBeyond(actual, this.actual)) ||
			view.sensing.photocell !== this.photocell ||
			view.monitor.isMaintained !== this.isMaintained ||
			(presenceReporting && (view.sensing.presence === "vacant") !== this.isVacant)
		);
	}
}

/** What a night without orders and faults has. */
function isUsual(reason: View["light"]["reason"]): boolean {
	return reason === "sensor" || reason === "program" || reason === "default";
}

/** Off and on are never within the band of each other. */
function isBeyond(level: Percent, reported: Percent): boolean {
	return Math.abs(level - reported) >= DEAD_BAND || (level === 0) !== (reported === 0);
}

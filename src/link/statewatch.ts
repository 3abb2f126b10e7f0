/**
 * StateWatch: when the light has changed enough to be told again.
 *
 * Told are a new reason, order or photocell output, and a level that left the dead band around the
 * one told last; what shines is looked at when it has arrived, not on its way. `actual` may lag
 * behind `feedback` in the first report of a fade; its arrival is told with the next.
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

	/** Tell it at the next occasion, changed or not. */
	ask(): void {
		this.isAsked = true;
	}

	/** When the state is to be told: in the past if it should have been by now. */
	dueAt(view: View, options: LinkOptions): Millis {
		if (this.isAsked) return 0;
		return (
			this.at +
			(this.isChanged(view, options.presenceReporting)
				? options.stateMinInterval
				: options.stateMaxInterval)
		);
	}

	/** It is being told now. */
	told(now: Millis, view: View): void {
		this.isAsked = false;
		this.at = now;
		this.feedback = view.light.feedback;
		this.actual = view.light.actual;
		this.target = view.light.target;
		this.reason = view.light.reason;
		this.photocell = view.sensing.photocell;
		this.isVacant = view.sensing.presence === "vacant";
	}

	private isChanged(view: View, presenceReporting: boolean): boolean {
		const { feedback, actual, reason, target } = view.light;
		return (
			reason !== this.reason ||
			target !== this.target ||
			isBeyond(feedback, this.feedback) ||
			(actual === feedback && isBeyond(actual, this.actual)) ||
			view.sensing.photocell !== this.photocell ||
			(presenceReporting && (view.sensing.presence === "vacant") !== this.isVacant)
		);
	}
}

/** Off and on are never within the band of each other. */
function isBeyond(level: Percent, told: Percent): boolean {
	return Math.abs(level - told) >= DEAD_BAND || (level === 0) !== (told === 0);
}

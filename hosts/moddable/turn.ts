/**
 * Turn: the entry of every SDK callback into the lamp, and the place where its exceptions end.
 *
 * An exception that leaves a callback restarts the controller (xsEndHost, fxAbort, esp_restart). So
 * a turn catches it, reports the fault to the lamp, and carries on lit. Inputs that arise during a
 * turn, or before the lamp exists, wait for their own turn: no host function calls back before it
 * returns.
 */
import type { Inputs } from "luminode/host";
import type { Millis } from "luminode/units";
import Timer from "timer";
import { Clock } from "./clock";

/** One input, as a call on the lamp. */
export type Note = (lamp: Inputs, now: Millis) => void;

/** An alarm is at most this long after its request, and is then set anew. */
const LONGEST_WAIT: Millis = 86_400_000;

const nothing: Note = () => {};

export class Turn {
	readonly clock = new Clock();
	private lamp: Inputs | undefined;
	private atWork = false;
	private waiting: Note[] = [];
	private later: Timer | undefined;
	private alarmAt: Millis = Infinity;
	private alarmTimer: Timer | undefined;
	private readonly onLater = () => {
		this.later = undefined;
		this.run(nothing);
	};
	private readonly onAlarm = () => {
		this.alarmTimer = undefined;
		if (this.clock.now() < this.alarmAt) this.alarm(this.alarmAt);
		else this.run(nothing);
	};

	/** The lamp exists: delivers the waiting inputs and runs its first decision. */
	begin(lamp: Inputs): void {
		this.lamp = lamp;
		this.run(nothing);
	}

	/** Delivers one input and lets the lamp decide; later, if a turn is running. */
	post(note: Note): void {
		if (this.lamp && !this.atWork) this.run(note);
		else this.postLater(note);
	}

	/** For results of a host function itself: delivered in a turn of their own. */
	postLater(note: Note): void {
		this.waiting.push(note);
		if (this.lamp) this.later ??= Timer.set(this.onLater, 0);
	}

	/** Wraps a callback of the host, so that the SDK can call it without exceptions. */
	guarded(act: () => void): () => void;
	guarded<Value>(act: (value: Value) => void): (value: Value) => void;
	guarded(act: (value: unknown) => void): (value: unknown) => void {
		return (value) => {
			try {
				act(value);
			} catch (error) {
				this.fault(error);
			}
		};
	}

	/** Reports a fault of the host to the lamp, which stays lit. */
	fault(error: unknown): void {
		this.post((lamp, now) => lamp.onFault(now, error));
	}

	/** `Host.alarm`. */
	alarm(at: Millis): void {
		this.alarmAt = at;
		Timer.clear(this.alarmTimer);
		this.alarmTimer = undefined;
		if (at === Infinity) return;
		const wait = Math.ceil(Math.min(Math.max(at - this.clock.now(), 0), LONGEST_WAIT));
		this.alarmTimer = Timer.set(this.onAlarm, wait);
	}

	private run(note: Note): void {
		const { lamp } = this;
		if (!lamp) return;
		const now = this.clock.now();
		this.atWork = true;
		try {
			if (this.waiting.length > 0) this.postWaiting(lamp, now);
			note(lamp, now);
			lamp.tick(now);
		} catch (error) {
			this.report(lamp, now, error);
		} finally {
			this.atWork = false;
		}
	}

	/** An exception of one input does not cost the others their turn. */
	private postWaiting(lamp: Inputs, now: Millis): void {
		const notes = this.waiting;
		this.waiting = [];
		for (let nth = 0; nth < notes.length; nth += 1)
			try {
				notes[nth]!(lamp, now);
			} catch (error) {
				this.report(lamp, now, error);
			}
	}

	/** A second exception here is left to escape: a restart is the last resort. */
	private report(lamp: Inputs, now: Millis, error: unknown): void {
		lamp.onFault(now, error);
	}
}

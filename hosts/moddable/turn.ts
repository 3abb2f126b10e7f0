/**
 * Turn: the entry of every SDK callback into the lamp, and the place where its exceptions end.
 *
 * An exception that leaves a callback restarts the controller (xsEndHost, fxAbort, esp_restart). So
 * nothing here throws: a turn catches each exception, reports it to the lamp, and carries on lit. If
 * the report throws, too, the host shows full light by itself, and the lamp decides anew after a
 * pause: an input never restarts a lamp. One that fails so in many turns that no input began is in a
 * state that does not heal, and is restarted.
 *
 * Inputs that arise during a turn, or before the lamp exists, wait for their own turn: no host
 * function calls back before it returns.
 */
import type { Inputs } from "luminode/host";
import type { Millis } from "luminode/units";
import Timer from "timer";
import { Clock } from "./clock";

/** One input, as a call on the lamp. */
export type Note = (lamp: Inputs, now: Millis) => void;

/** What begins a turn; their numbers are those of RTC memory. */
export const INPUTS = Object.freeze([
	"alarm",
	"movement",
	"illuminance",
	"temperature",
	"serial",
	"network",
	"stream",
	"datagram",
	"date",
	"bus",
	"trouble",
] as const);
export type Input = (typeof INPUTS)[number];

/** What a host does beside the lamp's own functions. */
export interface Rescue {
	/** Shows full light without the lamp. */
	lightUp(): void;
	/** Restarts the controller. */
	restart(): void;
	/** A turn works on this input from now on. */
	at?(input: number): void;
}

/** An alarm is at most this long after its request, and is then set anew. */
const LONGEST_WAIT: Millis = 86_400_000;
/** Between two looks for an alarm or an input for which there was no memory for a timer. */
const LOOK_EVERY: Millis = 10_000;
/** From a fault that could not be reported to the next decision. */
export const PAUSE: Millis = 10_000;
/** Such faults in a row, in turns without an input, that a restart follows: three minutes of them. */
export const MOST_LOSSES = 20;

const nothing: Note = () => {};

export class Turn {
	readonly clock = new Clock();
	/** What the present turn works on, by its number. */
	input = 0;
	/** When the last turn began. */
	now: Millis = 0;
	private lamp: Inputs | undefined;
	private atWork = false;
	private waiting: Note[] = [];
	private waitingInputs: Input[] = [];
	private later: Timer | undefined;
	private alarmAt: Millis = Infinity;
	private alarmTimer: Timer | undefined;
	private losses = 0; // in a row
	private readonly rescue: Rescue;
	private readonly onLater = () => {
		this.later = undefined;
		this.run(nothing);
	};
	private readonly onAlarm = () => {
		this.alarmTimer = undefined;
		if (this.clock.now() < this.alarmAt) this.alarm(this.alarmAt);
		else this.run(nothing);
	};
	private readonly onLook = () => {
		const isOverdue = this.clock.now() >= this.alarmAt && !this.alarmTimer;
		if (isOverdue || (this.waiting.length > 0 && !this.later)) this.run(nothing);
	};

	constructor(rescue: Rescue) {
		this.rescue = rescue;
	}

	/** The lamp exists: delivers the waiting inputs and runs its first decision. */
	begin(lamp: Inputs): void {
		this.lamp = lamp;
		Timer.repeat(this.onLook, LOOK_EVERY);
		this.run(nothing);
	}

	/** Delivers one input and lets the lamp decide; later, if a turn is running. */
	post(input: Input, note: Note): void {
		if (this.lamp && !this.atWork) this.run(note, input);
		else this.postLater(input, note);
	}

	/** For results of a host function itself: delivered in a turn of their own. */
	postLater(input: Input, note: Note): void {
		this.waiting.push(note);
		this.waitingInputs.push(input);
		if (this.lamp) this.later ??= timerFor(this.onLater, 0);
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
		this.post("trouble", (lamp, now) => lamp.onFault(now, error));
	}

	/** `Host.alarm`. */
	alarm(at: Millis): void {
		this.alarmAt = at;
		Timer.clear(this.alarmTimer);
		this.alarmTimer = undefined;
		if (at === Infinity) return;
		const wait = Math.ceil(Math.min(Math.max(at - this.clock.now(), 0), LONGEST_WAIT));
		this.alarmTimer = timerFor(this.onAlarm, wait);
	}

	/** Calls back once, after `wait`; false: there is no memory for that, and it never will. */
	after(wait: Millis, act: () => void): boolean {
		return timerFor(this.guarded(act), wait) !== undefined;
	}

	private run(note: Note, input: Input = "alarm"): void {
		const { lamp } = this;
		if (!lamp) return;
		const now = this.clock.now();
		this.now = now;
		this.atWork = true;
		try {
			if (this.waiting.length > 0) this.postWaiting(lamp, now);
			this.at(input);
			note(lamp, now);
			lamp.tick(now);
			this.losses = 0;
		} catch (error) {
			if (!this.report(lamp, now, error)) this.lose(now, note === nothing);
		}
		this.atWork = false;
	}

	/** An exception of one input does not cost the others their turn. */
	private postWaiting(lamp: Inputs, now: Millis): void {
		const { waiting: notes, waitingInputs: inputs } = this;
		this.waiting = [];
		this.waitingInputs = [];
		for (let index = 0; index < notes.length; index += 1)
			try {
				this.at(inputs[index]!);
				notes[index]!(lamp, now);
			} catch (error) {
				if (!this.report(lamp, now, error)) this.lose(now, false);
			}
	}

	private at(input: Input): void {
		this.input = INPUTS.indexOf(input);
		this.rescue.at?.(this.input);
	}

	/** False: the report threw. */
	private report(lamp: Inputs, now: Millis, error: unknown): boolean {
		try {
			lamp.onFault(now, error);
			return true;
		} catch {
			return false;
		}
	}

	/** `counts`: no input began the turn. */
	private lose(now: Millis, counts: boolean): void {
		this.alarm(now + PAUSE);
		if (counts) this.losses += 1;
		try {
			this.rescue.lightUp();
			if (this.losses >= MOST_LOSSES) this.rescue.restart();
		} catch {
			// nothing is left to do: the alarm decides anew
		}
	}
}

/** Undefined: there is no memory for one. */
function timerFor(callback: () => void, wait: Millis): Timer | undefined {
	try {
		return Timer.set(callback, wait);
	} catch {
		return undefined;
	}
}

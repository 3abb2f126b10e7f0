/**
 * Status LED: the lamp's state as blink codes, visible at the pole (docs/boards.md).
 */
import type { Turn } from "host/turn";
import type { Indicator } from "luminode/host";
import { LINK, REASON } from "luminode/indication";
import Timer from "timer";

/** Milliseconds lit and dark in turn; a single number: permanent. */
const STEADY = Object.freeze([0]);
const CODES = Object.freeze({
	/** Running; no broker is set, or the network is down. */
	off: Object.freeze([50, 4950]),
	/** The network is up; the wait before the next attempt to connect runs. */
	waiting: Object.freeze([100, 1900]),
	connecting: Object.freeze([250, 250]),
	online: STEADY,
});
/** After an internal error, until the next decision of the light; overrides the link's code. */
const FAILURE = Object.freeze([50, 150]);

export class StatusLed implements Indicator {
	private readonly write: (on: boolean) => void;
	private code: readonly number[] = [];
	private place = 0;
	private timer: Timer | undefined;
	private readonly onStep: () => void;

	constructor(turn: Turn, write: (on: boolean) => void) {
		this.write = write;
		this.onStep = turn.guarded(() => this.step());
	}

	show(_presence: number, _photocell: number, reason: number, _level: number, link: number): void {
		const code = REASON[reason] === "systemFailure" ? FAILURE : CODES[LINK[link] ?? "off"];
		if (code === this.code) return;
		this.code = code;
		this.place = 0;
		this.step();
	}

	private step(): void {
		const { code, place } = this;
		Timer.clear(this.timer);
		this.timer = undefined;
		this.write(place % 2 === 0);
		this.place = (place + 1) % code.length;
		if (code.length > 1) this.timer = Timer.set(this.onStep, code[place]!);
	}
}

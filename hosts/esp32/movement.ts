/**
 * Movement: the PIR's pin, by edges and by polling.
 *
 * An edge that meets a full machine queue is lost, and the pin is silent from then on: the SDK
 * posts the next edge only after the last was delivered. So the pin is also polled, and reopened if
 * a poll finds a level that no edge reported.
 */
import Digital from "embedded:io/digital";
import type { Note, Turn } from "host/turn";
import Timer from "timer";
import type { InputPin } from "./board";

/** A PIR holds its output for two seconds or more: no passage falls between two polls. */
const LOOK_EVERY_ms = 1000;

const movement: Note = (lamp, now) => lamp.onMovement(now);
const stillness: Note = (lamp, now) => lamp.onStillness(now);
const PULL = Object.freeze({ up: "InputPullUp", down: "InputPullDown", none: "Input" } as const);

export class Movement {
	private input: Digital;
	private isActive = false;
	private readonly turn: Turn;
	private readonly wires: InputPin;

	constructor(turn: Turn, wires: InputPin) {
		this.turn = turn;
		this.wires = wires;
		this.input = this.open();
		Timer.repeat(
			turn.guarded(() => {
				if (!this.look()) return;
				this.input.close();
				this.input = this.open();
			}),
			LOOK_EVERY_ms,
		);
		this.look();
	}

	/** Reports the level if it differs from the last one reported. */
	private look(): boolean {
		const isActive = (this.input.read() === 1) !== this.wires.activeLow;
		if (isActive === this.isActive) return false;
		this.isActive = isActive;
		this.turn.post("movement", isActive ? movement : stillness);
		return true;
	}

	private open(): Digital {
		return new Digital({
			pin: this.wires.pin,
			mode: Digital[PULL[this.wires.pull]],
			edge: Digital.Rising | Digital.Falling,
			onReadable: this.turn.guarded(() => void this.look()),
		});
	}
}

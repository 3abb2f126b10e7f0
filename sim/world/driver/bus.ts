/**
 * Bus: one lamp's DALI bus with its drivers, in virtual time: settling, windows, collisions, faults.
 *
 * The master is the lamp's controller, which sends one frame at a time. `send` says when the frame has
 * been received; then `receive` lets the drivers act and says when the master has its answer.
 */
import { TIMING } from "../../../lib/dali/timing.js";
import type { Random } from "../../../lib/random.js";
import { Decoder } from "./decoder.js";
import type { Gear } from "./gear.js";
import type { InputDevice } from "./inputdevice.js";

/** Defects of a bus or of the drivers' interfaces. */
export type BusFault =
	/** Short circuit: no frame passes. */
	| "shorted"
	/** Drivers obey and never answer. */
	| "mute"
	/** Drivers neither obey nor answer. */
	| "deaf"
	/** Answers come up to SLOW_MOST after the frame, some beyond their window. */
	| "slow"
	/** Each frame and answer is broken with the chance NOISE. */
	| "noisy";

/** Answers for the master that are no byte. */
export const SILENCE = -1;
export const BROKEN = -2;
export const NO_BUS = -3;

const SLOW_MOST = 25;
const NOISE = 0.2;

/** A frame above it has 24 bits, for input devices; all others are for drivers. */
const LARGEST_SHORT = 0xffff;

interface Reception {
	/** End of the frame, or of the second one. */
	readonly at: number;
}
interface Reply {
	readonly at: number;
	readonly answer: number;
}

export class Bus {
	readonly #drivers: { gear: Gear; decoder: Decoder }[] = [];
	readonly #faults = new Set<BusFault>();
	/** The sensor in the lower socket, which the drivers feed. */
	device: InputDevice | undefined;
	#idleSince = -Infinity;
	#frames: { ends: number[]; frame: number } | undefined;
	#failsAt = Infinity; // system failure, while the bus has no voltage

	constructor(private readonly random: Random) {}

	/** A driver on this bus; the second one is a fault of the installation. */
	add(gear: Gear): void {
		this.#drivers.push({ gear, decoder: new Decoder(gear, this.random) });
	}

	/** Another driver is in the place of the first one. */
	replace(gear: Gear): void {
		this.#drivers[0] = { gear, decoder: new Decoder(gear, this.random) };
	}

	/** Takes the last driver off. */
	remove(): Gear | undefined {
		return this.#drivers.pop()?.gear;
	}

	get gears(): readonly Gear[] {
		return this.#drivers.map(({ gear }) => gear);
	}

	/** Mains power of all drivers, which feed the bus. */
	power(now: number, isOn: boolean): void {
		for (const { gear, decoder } of this.#drivers) {
			gear.power(now, isOn);
			if (isOn) decoder.restart();
		}
		if (isOn) this.device?.restart();
		this.#frames = undefined;
		this.#failsAt = isOn && this.#faults.has("shorted") ? now + TIMING.busFailure.number : Infinity;
	}

	setFault(now: number, fault: BusFault, isOn: boolean): void {
		if (isOn === this.#faults.has(fault)) return;
		if (isOn) this.#faults.add(fault);
		else this.#faults.delete(fault);
		if (fault !== "shorted") return;
		this.#failsAt = isOn ? now + TIMING.busFailure.number : Infinity;
		if (isOn) this.#frames = undefined;
	}

	/** When a bus without voltage becomes a system failure; Infinity: it has voltage. */
	get failsAt(): number {
		return this.#failsAt;
	}

	/** The drivers go to their system failure level: `failsAt` has come. */
	fail(now: number): void {
		if (now < this.#failsAt) return;
		this.#failsAt = Infinity;
		for (const { gear } of this.#drivers) if (gear.isPowered) gear.failBus(now);
	}

	get #isDead(): boolean {
		return this.#faults.has("shorted") || !this.#drivers.some(({ gear }) => gear.isPowered);
	}

	/** The master sends a frame, `twice` for a configuration command. */
	send(now: number, frame: number, twice: boolean): Reception {
		const { settling, forwardFrame, longFrame } = TIMING;
		const { number: span } = frame > LARGEST_SHORT ? longFrame : forwardFrame;
		const begin = Math.max(now, this.#idleSince + settling.number);
		const first = begin + span;
		const ends = twice ? [first, first + settling.number + span] : [first];
		this.#frames = this.#isDead ? undefined : { ends, frame };
		this.#idleSince = ends.at(-1)!;
		return { at: this.#idleSince };
	}

	/** The frame has ended: the drivers act. */
	receive(now: number): Reply {
		const frames = this.#frames;
		this.#frames = undefined;
		if (!frames || this.#isDead) return { at: now + TIMING.answerMost.number, answer: NO_BUS };
		const answers: number[] = [];
		const isLong = frames.frame > LARGEST_SHORT;
		for (const at of isLong ? frames.ends : []) {
			const answer = this.#isNoisy() ? undefined : this.device?.receive(at, frames.frame);
			if (answer !== undefined) answers.push(answer);
		}
		for (const { decoder } of isLong ? [] : this.#drivers) {
			if (this.#faults.has("deaf")) continue;
			for (const at of frames.ends) {
				if (this.#isNoisy()) continue;
				const answer = decoder.receive(at, frames.frame);
				if (answer !== undefined && !this.#faults.has("mute")) answers.push(answer);
			}
		}
		return this.#reply(now, answers, isLong);
	}

	#isNoisy(): boolean {
		return this.#faults.has("noisy") && this.random.next() < NOISE;
	}

	#reply(now: number, answers: readonly number[], isLong: boolean): Reply {
		const { answerLeast, answerMost, backwardFrame } = TIMING;
		const window = now + answerMost.number;
		if (answers.length === 0) return { at: window, answer: SILENCE };
		const most = this.#faults.has("slow") && !isLong ? SLOW_MOST : answerMost.number;
		const begin = now + this.random.between(answerLeast.number, most);
		const end = begin + backwardFrame.number;
		// a late answer occupies the bus although the master has given up
		this.#idleSince = end;
		if (begin > window) return { at: window, answer: SILENCE };
		const isBroken = answers.length > 1 || this.#isNoisy();
		return { at: end, answer: isBroken ? BROKEN : answers[0]! };
	}
}

/**
 * Fake driver: registers, memory banks and light of one driver, for tests of the lamp's half of a bus.
 *
 * The simulated street has a driver of its own (sim/world), which is written from the numbers alone.
 */
import type { Bus, BusInputs } from "../../src/host.js";
import type { FakeHost } from "./fakehost.js";

/** One frame with its answer, ms. */
const ANSWERED_AFTER = 37;
/** Extended fade time 0x10. */
const FADE_10 = 100;

export class FakeDriver {
	/** Query opcode to the register that it reads. */
	readonly registers = new Map<number, number>([
		[154, 85], // physical minimum
		[161, 200],
		[162, 100],
		[163, 128],
		[164, 64],
		[165, 0x17], // fade time 1, rate 7
		[168, 0], // no extended fade time
		[238, 0], // the standard curve
	]);
	readonly banks = new Map<number, number[]>();
	status = 0x84; // no level since power came, lamp on
	written = 0; // settings
	target = 254;
	private from = 254;
	private fadeFrom = 0;
	private fadeTime = 0;
	private dtr0 = 0;
	private dtr1 = 0;
	private isTyped = false; // the next command is one of LED drivers
	/** Settings that it does not accept. */
	stubborn = false;

	/** The level at `now`. */
	levelAt(now: number): number {
		const passed = now - this.fadeFrom;
		if (passed >= this.fadeTime) return this.target;
		return this.from + ((this.target - this.from) * passed) / this.fadeTime;
	}

	/** The light at `now`, per cent, by the formula of the curve. */
	lightAt(now: number): number {
		const level = this.levelAt(now);
		return level < 1 ? 0 : 10 ** ((level - 1) / (253 / 3) - 1);
	}

	/** Loses its supply, and has it again. */
	powerCycle(now: number): void {
		this.status |= 0x80;
		this.fadeTime = 0;
		this.from = this.target = this.registers.get(163)!;
		this.fadeFrom = now;
	}

	/** The answer to a forward frame: a byte, or -1. */
	answer(frame: number, twice: boolean, now: number): number {
		const [address, data] = [frame >> 8, frame & 0xff];
		if (address === 0xfe) {
			const least = this.registers.get(162)!;
			this.from = this.levelAt(now);
			const reached = Math.min(Math.max(data, least), this.registers.get(161)!);
			this.target = data === 0 ? 0 : reached;
			this.fadeFrom = now;
			const isExtended = this.registers.get(165)! >> 4 === 0 && this.registers.get(168) === 0x10;
			this.fadeTime = isExtended ? FADE_10 : 0;
			this.status &= ~0x80;
			return -1;
		}
		const isTyped = this.isTyped;
		this.isTyped = frame === 0xc106;
		if (data >= 0xe0 && address === 0xff && !isTyped) return -1;
		if (address === 0xa3) this.dtr0 = data;
		if (address === 0xc3) this.dtr1 = data;
		if (address !== 0xff) return -1;
		if (data === 197) {
			const byte = this.banks.get(this.dtr1)?.[this.dtr0] ?? -1;
			this.dtr0 = Math.min(this.dtr0 + 1, 255);
			return byte;
		}
		if (data === 144) return this.status;
		if ((data >= 42 && data <= 48) || data === 227) return this.set(data, twice);
		return this.registers.get(data) ?? -1;
	}

	private set(opcode: number, twice: boolean): number {
		if (!twice) throw new Error(`configuration command ${opcode} was sent once`);
		if (this.stubborn) return -1;
		this.written += 1;
		const data = this.dtr0;
		const register = { 42: 161, 43: 162, 44: 164, 45: 163, 46: 165, 48: 168, 227: 238 }[opcode]!;
		const least = this.registers.get(154)!;
		if (opcode === 46) this.registers.set(165, (data << 4) | (this.registers.get(165)! & 15));
		else this.registers.set(register, opcode === 43 ? Math.max(data, least) : data);
		return -1;
	}

	/** Fills a memory bank from an address on. */
	store(bank: number, from: number, bytes: readonly number[]): void {
		const kept = this.banks.get(bank) ?? [];
		bytes.forEach((byte, index) => {
			kept[from + index] = byte;
		});
		this.banks.set(bank, kept);
	}
}

/** A bus with one driver, or with what a test makes of its answers. */
export class FakeBus implements Bus {
	readonly frames: [at: number, frame: number, twice: boolean][] = [];
	armed = -1;
	private due: [at: number, answer: number] | undefined;
	/** Replaces the driver's answer. */
	disturb: (answer: number, frame: number) => number = (answer) => answer;

	constructor(
		private readonly host: FakeHost,
		public driver: FakeDriver,
	) {}

	send(frame: number, twice: boolean): boolean {
		if (this.due) return false;
		const { now } = this.host;
		this.frames.push([now, frame, twice]);
		const answer = this.disturb(this.driver.answer(frame, twice, now), frame);
		this.due = [now + ANSWERED_AFTER, answer];
		return true;
	}

	arm(frame: number): void {
		this.armed = frame;
	}

	/** Lets time pass, with alarms and answers in their order. */
	run(until: number): void {
		const { host } = this;
		for (;;) {
			const at = this.due?.[0] ?? Infinity;
			const alarm = Math.max(host.alarmAt, host.now);
			if (Math.min(at, alarm) > until) break;
			if (!this.due || alarm < at) {
				host.run(alarm);
				continue;
			}
			host.now = at;
			const [, answer] = this.due;
			this.due = undefined;
			host.deliver((inputs, now) => (inputs as BusInputs).onBusAnswered(now, answer));
		}
		host.run(until);
	}

	/** Frames since `from`. */
	since(from: number): number[] {
		return this.frames.filter(([at]) => at >= from).map(([, frame]) => frame);
	}
}

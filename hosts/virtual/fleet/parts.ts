/**
 * Parts: the lamps of one thread, seen from the street: in its own thread, or in another one.
 */
import type { Worker } from "node:worker_threads";
import type { Channel } from "./channel.js";
import { ASK, BYTES_AT, NUMBER, RECORDS_AT, WORD } from "./channel.js";
import type { Statistics } from "./fleet.js";
import { MachineError } from "./fleet.js";
import type { Machine } from "./machine.js";
import { Effects, RECORD_BYTES, type Stage, statisticsOf, Views } from "./records.js";

/** The lamps of one thread, seen from the street. */
export interface Part {
	/** Instant of the first alarm or input. */
	readonly due: number;
	/** Of the last run, from the first one after `rewind`. */
	readonly effects: Effects;
	stageFor(bytes: number): Stage;
	/** Begins a run on another thread. */
	start(until: number): void;
	/** Ends it; lamps of the street's own thread run here. */
	finish(): void;
	armPowerCut(lamp: number, bytes: number): void;
	setWorn(lamp: number, isWorn: boolean): void;
	setLuck(lamp: number, door: number, share: number): void;
	statistics(lamp: number): Statistics | undefined;
	storeRead(lamp: number, key: string): string | undefined;
	storeWrite(lamp: number, key: string, value: string): void;
	memoryBytes(): number;
	end(): void;
}

type Code = MachineError["code"];

/** Lamps that run on the street's own thread while the others run theirs. */
export class OwnPart implements Part {
	effects = new Effects();
	private until = 0;

	constructor(private readonly machine: Machine) {}

	get due(): number {
		return this.machine.nextDue();
	}

	stageFor(bytes: number): Stage {
		const { machine } = this;
		if (!machine.stage.hasRoom(bytes)) machine.takeStaged();
		return machine.stage;
	}

	start(until: number): void {
		this.until = until;
	}

	finish(): void {
		const { machine } = this;
		if (this.due <= this.until) {
			machine.run(this.until);
			this.effects = machine.viewEffects();
		} else this.effects.drop();
	}

	armPowerCut(lamp: number, bytes: number): void {
		this.machine.armPowerCut(lamp, bytes);
	}

	setWorn(lamp: number, isWorn: boolean): void {
		this.machine.setWorn(lamp, isWorn);
	}

	setLuck(lamp: number, door: number, share: number): void {
		this.machine.setLuck(lamp, door, share);
	}

	statistics(lamp: number): Statistics | undefined {
		this.machine.takeStaged();
		return this.machine.statistics(lamp);
	}

	storeRead(lamp: number, key: string): string | undefined {
		return this.machine.storeRead(lamp, key);
	}

	storeWrite(lamp: number, key: string, value: string): void {
		this.machine.storeWrite(lamp, key, value);
	}

	memoryBytes(): number {
		return this.machine.memoryBytes();
	}

	end(): void {}
}

const MOST_SHARE = 0.999;

/** Lamps that run on a thread of their own. */
export class ThreadPart implements Part {
	readonly effects = new Effects();
	private nextDue = Infinity;
	private running = false;
	private records = new Views(new ArrayBuffer(1 << 16));
	private bytes = new Views(new ArrayBuffer(1 << 16));

	constructor(
		private readonly channel: Channel,
		private readonly worker: Worker,
	) {}

	get due(): number {
		return Math.min(this.nextDue, this.channel.stage.earliest);
	}

	stageFor(bytes: number): Stage {
		if (!this.channel.stage.hasRoom(bytes)) this.query(ASK.take);
		return this.channel.stage;
	}

	armPowerCut(lamp: number, bytes: number): void {
		this.query(ASK.arm, lamp, bytes);
	}

	setWorn(lamp: number, isWorn: boolean): void {
		this.query(ASK.wear, lamp, isWorn ? 1 : 0);
	}

	/** Door and share are one number: whole part and fraction. */
	setLuck(lamp: number, door: number, share: number): void {
		this.query(ASK.luck, lamp, door + Math.min(share, MOST_SHARE));
	}

	statistics(lamp: number): Statistics | undefined {
		const { channel } = this;
		this.query(ASK.statistics, lamp);
		if (!channel.words[WORD.count]) return undefined;
		return statisticsOf((i) => channel.numbers[NUMBER.figures + i]!);
	}

	storeRead(lamp: number, key: string): string | undefined {
		const { channel } = this;
		channel.writeText(key);
		this.query(ASK.storeRead, lamp);
		return channel.words[WORD.count] ? channel.readText() : undefined;
	}

	storeWrite(lamp: number, key: string, value: string): void {
		this.channel.writeText(`${key}\0${value}`);
		this.query(ASK.storeWrite, lamp);
	}

	memoryBytes(): number {
		this.query(ASK.memory);
		return this.channel.numbers[NUMBER.figures]!;
	}

	end(): void {
		void this.worker.terminate();
	}

	/** A request and its answer at once; a run under way ends first. */
	private query(ask: number, lamp = 0, argument = 0): void {
		this.finish();
		this.channel.ask(ask, lamp, argument);
		this.takeAnswer();
	}

	private takeAnswer(): void {
		this.channel.wait();
		this.nextDue = this.channel.numbers[NUMBER.nextDue]!;
		if (!this.channel.words[WORD.failed]) return;
		const [code, message] = this.channel.readText().split("\0", 2);
		throw new MachineError(code as Code, message ?? "");
	}

	start(until: number): void {
		this.effects.drop();
		this.running = this.due <= until; // a thread without work is not woken
		if (this.running) this.channel.ask(ASK.run, 0, until);
	}

	finish(): void {
		if (!this.running) return;
		this.running = false;
		this.takeAnswer();
		const { words, views } = this.channel;
		const count = words[WORD.count]!;
		if (words[WORD.portion] === count) this.effects.reset(views, RECORDS_AT, BYTES_AT, count);
		else this.collect(count);
	}

	/** Joins the portions of effects that do not pass at once. */
	private collect(count: number): void {
		const { words, views } = this.channel;
		let [records, bytes] = [0, 0];
		for (;;) {
			const size = words[WORD.portion]! * RECORD_BYTES;
			const length = words[WORD.portionBytes]!;
			this.records = grown(this.records, records + size);
			this.bytes = grown(this.bytes, bytes + length);
			this.records.uint8.set(views.uint8.subarray(RECORDS_AT, RECORDS_AT + size), records);
			this.bytes.uint8.set(views.uint8.subarray(BYTES_AT, BYTES_AT + length), bytes);
			records += size;
			bytes += length;
			if (records === count * RECORD_BYTES) break;
			this.query(ASK.more);
		}
		const all = new Views(new ArrayBuffer(records + Math.ceil(bytes / 8) * 8));
		all.uint8.set(this.records.uint8.subarray(0, records));
		all.uint8.set(this.bytes.uint8.subarray(0, bytes), records);
		this.effects.reset(all, 0, records, count);
	}
}

function grown(views: Views, bytes: number): Views {
	if (views.uint8.length >= bytes) return views;
	const larger = new Views(new ArrayBuffer(Math.ceil((bytes * 2) / 8) * 8));
	larger.uint8.set(views.uint8);
	return larger;
}

/**
 * Threads: the same fleet over several threads, each with a machine and a range of lamps.
 *
 * A lamp's life depends only on its number, its inputs and the seed, and effects are merged in the
 * order of (instant, lamp, occurrence); so every number of threads gives the same street.
 */
import { Worker } from "node:worker_threads";
import { bundle } from "../../../tools/toolchain/bundle.mjs";
import type { ThreadData } from "./channel.js";
import { ASK, BYTES_AT, Channel, NUMBER, RECORDS_AT, WORD } from "./channel.js";
import type { EffectVisitor, Fleet, FleetOptions, Statistics } from "./fleet.js";
import { MachineError } from "./fleet.js";
import { checkOptions, Queue } from "./gate.js";
import { Effects, RECORD_BYTES, type Stage, statisticsOf, Views } from "./records.js";

export interface ThreadedOptions extends FleetOptions {
	/** 1 or more; at most one for each lamp is used. */
	readonly threads: number;
}

/** Deeply nested native calls need a larger stack than Node gives its workers. */
const STACK_MB = 16;

type Code = MachineError["code"];

/** The street's side of one thread. */
class Member {
	readonly effects = new Effects();
	nextDue = Infinity;
	private running = false;
	private records = new Views(new ArrayBuffer(1 << 16));
	private bytes = new Views(new ArrayBuffer(1 << 16));

	constructor(
		readonly channel: Channel,
		readonly worker: Worker,
	) {}

	get due(): number {
		return Math.min(this.nextDue, this.channel.stage.earliest);
	}

	/** A request and its answer at once. */
	query(ask: number, lamp = 0, argument = 0): void {
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
		this.effects.reset(this.channel.views, 0, 0, 0);
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

class ThreadedFleet extends Queue implements Fleet {
	constructor(
		options: ThreadedOptions,
		private readonly members: readonly Member[],
		private readonly share: number,
	) {
		super(options);
	}

	private of(lamp: number): Member {
		return this.members[Math.floor((lamp - this.first) / this.share)]!;
	}

	armPowerCut(lamp: number, bytes: number): void {
		this.gate.lamp(lamp);
		this.gate.armed(bytes);
		this.of(lamp).query(ASK.arm, lamp, bytes);
	}

	protected stageFor(lamp: number, bytes: number): Stage {
		const member = this.of(lamp);
		if (!member.channel.stage.hasRoom(bytes)) member.query(ASK.take);
		return member.channel.stage;
	}

	start(until: number): void {
		this.gate.instant(until);
		this.gate.until = until;
		for (const member of this.members) member.start(until);
	}

	finish(): void {
		for (const member of this.members) member.finish();
	}

	effects(visit: EffectVisitor): void {
		for (const member of this.members) member.effects.rewind();
		for (;;) {
			let first: Effects | undefined;
			for (const { effects } of this.members)
				if (effects.left && (!first || effects.at < first.at)) first = effects;
			if (!first) return; // of equal instants the lower range came first
			first.take(visit);
		}
	}

	nextDue(): number {
		let due = Infinity;
		for (const member of this.members) due = Math.min(due, member.due);
		return due;
	}

	statistics(lamp: number): Statistics | undefined {
		this.gate.lamp(lamp);
		const member = this.of(lamp);
		member.query(ASK.statistics, lamp);
		if (!member.channel.words[WORD.count]) return undefined;
		const figure = (i: number) => member.channel.numbers[NUMBER.figures + i]!;
		return statisticsOf(figure);
	}

	storeRead(lamp: number, key: string): string | undefined {
		this.gate.lamp(lamp);
		this.gate.stored(key, "");
		const member = this.of(lamp);
		member.channel.writeText(key);
		member.query(ASK.storeRead, lamp);
		return member.channel.words[WORD.count] ? member.channel.readText() : undefined;
	}

	storeWrite(lamp: number, key: string, value: string): void {
		this.gate.lamp(lamp);
		this.gate.stored(key, value);
		const member = this.of(lamp);
		member.channel.writeText(`${key}\0${value}`);
		member.query(ASK.storeWrite, lamp);
	}

	memoryBytes(): number {
		let bytes = 0;
		for (const member of this.members) {
			member.query(ASK.memory);
			bytes += member.channel.numbers[NUMBER.figures]!;
		}
		return bytes;
	}

	dispose(): void {
		for (const member of this.members) void member.worker.terminate();
	}
}

function startThread(program: string, data: ThreadData): Promise<Worker> {
	const worker = new Worker(program, {
		workerData: data,
		resourceLimits: { stackSizeMb: STACK_MB },
	});
	return new Promise((resolve, reject) => {
		worker.once("error", reject);
		worker.once("message", (message: { ready?: true; code: Code; message: string }) => {
			worker.unref(); // an unfinished street does not keep the process alive
			if (message.ready) resolve(worker);
			else reject(new MachineError(message.code, message.message));
		});
	});
}

/** Rejects with the errors of `createFleet`. */
export async function createThreadedFleet(
	options: ThreadedOptions,
	engine: WebAssembly.Module,
): Promise<Fleet> {
	checkOptions(options);
	const { threads, ...common } = options;
	if (!Number.isInteger(threads) || threads < 1)
		throw new MachineError("badArgument", `threads ${threads}`);
	const program = await bundle("hosts/virtual/fleet/worker.ts");
	const share = Math.ceil(options.count / threads);
	const members: Promise<Member>[] = [];
	for (let from = 0; from < options.count; from += share) {
		const channel = new Channel();
		const count = Math.min(share, options.count - from);
		const own = { ...common, first: options.first + from, count };
		const data: ThreadData = { engine, options: own, buffer: channel.buffer };
		members.push(startThread(program, data).then((worker) => new Member(channel, worker)));
	}
	return new ThreadedFleet(options, await Promise.all(members), share);
}

/**
 * Worker: the program of one thread: a machine with its lamps, and the answers to requests.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { ThreadData } from "./channel.js";
import {
	ASK,
	BYTES_AT,
	Channel,
	NUMBER,
	PORTION_BYTES,
	PORTION_RECORDS,
	RECORDS_AT,
	WORD,
} from "./channel.js";
import type { Statistics } from "./fleet.js";
import { MachineError } from "./fleet.js";
import { Machine } from "./machine.js";
import { RECORD_BYTES, STAGE_BYTES } from "./records.js";

/** Between the key and the value of a `storeWrite`; no key contains it. */
const SEPARATOR = "\0";

class Thread {
	private sent = 0;

	constructor(
		private readonly channel: Channel,
		private readonly machine: Machine,
	) {}

	/** Answers requests until `end`. */
	serve(): void {
		const { channel } = this;
		for (let last = 0; ; ) {
			last = channel.waitForAsk(last);
			channel.words[WORD.failed] = 0;
			const ask = channel.words[WORD.ask]!;
			try {
				this.takeInputs();
				this.obey(ask);
			} catch (error) {
				channel.words[WORD.failed] = 1;
				const code = error instanceof MachineError ? error.code : "badArgument";
				channel.writeText(`${code}${SEPARATOR}${(error as Error).message}`);
			}
			channel.numbers[NUMBER.nextDue] = this.machine.nextDue();
			channel.answer(last);
			if (ask === ASK.end) return;
		}
	}

	private takeInputs(): void {
		const { channel, machine } = this;
		const count = channel.words[WORD.staged]!;
		if (!count) return;
		machine.stage.views.uint8
			.subarray(machine.stage.at, machine.stage.at + STAGE_BYTES)
			.set(channel.stageBytes());
		machine.stage.count = count;
		machine.takeStaged();
	}

	private obey(ask: number): void {
		const { channel, machine } = this;
		const lamp = channel.words[WORD.lamp]!;
		const argument = channel.numbers[NUMBER.argument]!;
		if (ask === ASK.run) {
			machine.run(argument);
			this.sent = 0;
		}
		if (ask === ASK.run || ask === ASK.more) this.sendPortion();
		else if (ask === ASK.statistics) this.sendStatistics(machine.statistics(lamp));
		else if (ask === ASK.arm) machine.armPowerCut(lamp, argument);
		else if (ask === ASK.wear) machine.setWorn(lamp, argument !== 0);
		else if (ask === ASK.luck)
			machine.setLuck(lamp, Math.floor(argument), argument - Math.floor(argument));
		else if (ask === ASK.storeRead) {
			const value = machine.storeRead(lamp, channel.readText());
			channel.words[WORD.count] = value === undefined ? 0 : 1;
			channel.writeText(value ?? "");
		} else if (ask === ASK.storeWrite) {
			const said = channel.readText();
			const key = said.slice(0, said.indexOf(SEPARATOR));
			machine.storeWrite(lamp, key, said.slice(key.length + 1));
		} else if (ask === ASK.memory) channel.numbers[NUMBER.figures] = machine.memoryBytes();
	}

	/** As many effects as pass at once; their bytes lie side by side, in their order. */
	private sendPortion(): void {
		const { words, views } = this.channel;
		const from = this.machine.effectsAt();
		const offset = (i: number): number =>
			i < from.count ? from.views.uint32[(from.records >> 2) + i * 8 + 7]! : from.length;
		const first = this.sent;
		let end = Math.min(from.count, first + PORTION_RECORDS);
		while (offset(end) - offset(first) > PORTION_BYTES) end--;
		const memory = from.views.uint8;
		const records = from.records + first * RECORD_BYTES;
		views.uint8.set(memory.subarray(records, from.records + end * RECORD_BYTES), RECORDS_AT);
		const [low, high] = [offset(first), offset(end)];
		views.uint8.set(memory.subarray(from.bytes + low, from.bytes + high), BYTES_AT);
		words[WORD.count] = from.count;
		words[WORD.portion] = end - first;
		words[WORD.portionBytes] = high - low;
		this.sent = end;
	}

	private sendStatistics(statistics: Statistics | undefined): void {
		this.channel.words[WORD.count] = statistics ? 1 : 0;
		if (statistics)
			for (const [i, figure] of Object.values(statistics).entries())
				this.channel.numbers[NUMBER.figures + i] = figure;
	}
}

const { engine, options, buffer, spins } = workerData as ThreadData;
try {
	const thread = new Thread(new Channel(spins, buffer), new Machine(engine, options));
	parentPort!.postMessage({ ready: true });
	thread.serve();
} catch (error) {
	const code = error instanceof MachineError ? error.code : "outOfMemory";
	parentPort!.postMessage({ code, message: (error as Error).message });
}

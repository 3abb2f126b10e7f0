/**
 * Journal cut: a row of lamps in XS that write the same story into their journals, each losing power
 * after another byte of flash; and what the CMS receives of it from their next lives.
 *
 * The lamp that keeps its power is the oracle of what there was to report. An event counts as stored
 * when the lamp was still alive after the instant at which it had to be.
 */
import mqtt, { type Packet, type Parser } from "mqtt-packet";
import { readImage } from "../../../../hosts/virtual/engine/image.js";
import { createFleet, type WornFleet } from "../../../../hosts/virtual/fleet/wasmfleet.js";
import { EFFECT, INPUT, type InputKind } from "../../../../hosts/virtual/protocol.js";
import { projectRoot } from "../../../../lib/root.mjs";
import { STORE_AFTER } from "../../../../src/journal/keptjournal.js";
import { EPOCH } from "../../../support/xslamp.js";
import { theEngine } from "../../../support/xsstreet.js";

const LATENCY = 25;
/** Power may fail from here on: before the first record, whose sector is erased then. */
const ARMED_AT = 15_000;
/** Somebody at the pole gives it a secret, then orders. */
const SECRET_AT = 10_000;
const SECRET = "secret lantern-of-the-quay-7\r";
const ORDERS: readonly number[] = [70_000, 140_000, 210_000, 280_000];
const STORY_ENDS = 380_000;
/** Long enough for the next life to come online and report everything. */
const REPORTING = 120_000;

export interface Received {
	readonly life: number;
	readonly seq: number;
	readonly uptime_ms: number;
	readonly text: string;
}

export interface Lived {
	/** When the power failed; Infinity: it did not. */
	readonly diedAt: number;
	/** What the CMS received of the first life, and the number of the next. */
	readonly received: readonly Received[];
	readonly nextLife: number;
}

class Row {
	readonly diedAt: number[] = [];
	readonly events: Received[][] = [];
	private now = 0;
	private readonly parsers: Parser[] = [];
	private readonly channels: number[] = [];

	constructor(
		readonly fleet: WornFleet,
		readonly count: number,
	) {
		for (let lamp = 1; lamp <= count; lamp += 1) {
			this.diedAt[lamp] = Infinity;
			this.events[lamp] = [];
			const place = { site: "liege", node: "pole-00001" };
			fleet.storeWrite(lamp, "set.identity", JSON.stringify(place));
			const link = { brokerHost: "broker", brokerTls: false, reconnectSpread: 10 };
			fleet.storeWrite(lamp, "set.link", JSON.stringify(link));
		}
	}

	boot(at: number, hasNetwork: boolean): void {
		for (let lamp = 1; lamp <= this.count; lamp += 1) {
			this.fleet.boot(lamp, at, "powerOn");
			this.post(lamp, at + 1000, INPUT.illuminance, 2);
			this.post(lamp, at + 3000, INPUT.time, EPOCH + at + 3000);
			if (hasNetwork) this.post(lamp, at + 2000, INPUT.network, 1);
		}
	}

	type(at: number, text: string): void {
		const bytes = Buffer.from(text);
		for (let lamp = 1; lamp <= this.count; lamp += 1)
			this.post(lamp, at, INPUT.serialReadable, bytes.length, bytes);
	}

	post(lamp: number, at: number, kind: InputKind, value = 0, bytes?: Uint8Array): void {
		this.fleet.post(lamp, at, kind, value, this.channels[lamp] ?? 0, bytes);
	}

	run(until: number): void {
		while (this.now < until) {
			this.now = Math.max(this.now, Math.min(until, this.fleet.nextDue()));
			this.fleet.run(this.now);
			const acts: (() => void)[] = [];
			this.fleet.effects((kind, at, lamp, _value, channel, bytes) => {
				const copy = Buffer.from(bytes);
				acts.push(() => this.see(kind, at, lamp, channel, copy));
			});
			for (const act of acts) act();
		}
	}

	private see(kind: number, at: number, lamp: number, channel: number, bytes: Buffer): void {
		if (kind === EFFECT.death) this.diedAt[lamp] = Math.min(this.diedAt[lamp]!, at);
		else if (kind === EFFECT.streamOpen) {
			this.channels[lamp] = channel;
			const parser = mqtt.parser();
			parser.on("packet", (packet: Packet) => this.answer(lamp, packet));
			this.parsers[lamp] = parser;
			this.post(lamp, this.now + LATENCY, INPUT.streamOpen);
		} else if (kind === EFFECT.streamWrite) {
			this.post(lamp, this.now + LATENCY, INPUT.streamWritable, bytes.length);
			this.parsers[lamp]!.parse(bytes);
		}
	}

	private answer(lamp: number, packet: Packet): void {
		const back = (answer: Packet) => {
			const bytes = mqtt.generate(answer);
			this.post(lamp, this.now + LATENCY, INPUT.streamReadable, bytes.length, bytes);
		};
		const messageId = packet.messageId ?? 0;
		if (packet.cmd === "connect") back({ cmd: "connack", returnCode: 0, sessionPresent: false });
		else if (packet.cmd === "subscribe")
			back({ cmd: "suback", messageId, granted: packet.subscriptions.map(() => 1) });
		else if (packet.cmd === "publish") {
			back({ cmd: "puback", messageId });
			if (!packet.topic.endsWith("/event")) return;
			const report = JSON.parse(packet.payload.toString()) as Received & { serial: string };
			const { life, seq, uptime_ms, serial: _own, ...rest } = report;
			this.events[lamp]!.push({ life, seq, uptime_ms, text: JSON.stringify(rest) });
		}
	}
}

async function rowOf(count: number): Promise<Row> {
	const image = readImage(projectRoot());
	const about = { image, first: 1, count, seed: 7, epochUtc: EPOCH };
	return new Row(createFleet(about, await theEngine()), count);
}

/** Lives the story with lamps that lose power after so many bytes of flash; returns the bytes it takes. */
async function run(cuts: readonly number[]): Promise<{ lived: Lived[]; bytes: number }> {
	const row = await rowOf(cuts.length);
	const written = () => row.fleet.statistics(1)!;
	row.boot(0, false);
	row.type(SECRET_AT, SECRET);
	row.run(ARMED_AT);
	const before = written();
	for (const [index, bytes] of cuts.entries())
		if (bytes < Infinity) row.fleet.armPowerCut(index + 1, bytes);
	for (const [index, at] of ORDERS.entries()) row.type(at, `override ${60 + index} 10\r`);
	row.run(STORY_ENDS);
	const after = cuts[0] === Infinity ? written() : before;
	row.boot(STORY_ENDS + 1, true);
	row.run(STORY_ENDS + REPORTING);
	const erased = 4096 * (after.flashErases - before.flashErases);
	return {
		bytes: after.flashBytesWritten - before.flashBytesWritten + erased,
		lived: cuts.map((_, index) => {
			const all = row.events[index + 1]!;
			const next = all.find(({ life }) => life > 1);
			const received = all.filter(({ life }) => life === 1);
			return { diedAt: row.diedAt[index + 1]!, received, nextLife: next?.life ?? 0 };
		}),
	};
}

export interface Cuts {
	/** How many lamps lost their power. */
	readonly cuts: number;
	/** How many different numbers of events came through. */
	readonly outcomes: ReadonlySet<number>;
	readonly uncut: readonly Received[];
	/** What was wrong, a line each. */
	readonly breaches: readonly string[];
}

/** The story begins with the erase of the first sector: one cut in it is much like another. */
const ERASE_ENDS = 4_150;

/** Cuts the story's flash at each `coarse` bytes while a sector is erased, then at each `fine` bytes. */
export async function cutJournal(coarse: number, fine: number): Promise<Cuts> {
	const { lived: kept, bytes } = await run([Number.POSITIVE_INFINITY]);
	const uncut = kept[0]!.received;
	const places: number[] = [];
	for (let at = 0; at < bytes; at += at < ERASE_ENDS ? coarse : fine) places.push(at);
	const { lived } = await run(places);
	const breaches: string[] = [];
	for (const [index, { diedAt, received, nextLife }] of lived.entries()) {
		const stored = uncut.filter(({ uptime_ms }) => uptime_ms + STORE_AFTER < diedAt).length;
		const isPart = received.every(
			(event, at) => JSON.stringify(event) === JSON.stringify(uncut[at]),
		);
		if (!isPart || received.length < stored || nextLife < 2)
			breaches.push(
				`cut after ${places[index]}, at ${diedAt}: ${stored} stored, received ${JSON.stringify(received)}, next life ${nextLife}`,
			);
	}
	return {
		cuts: lived.filter(({ diedAt }) => diedAt < Infinity).length,
		outcomes: new Set(lived.map(({ received }) => received.length)),
		uncut,
		breaches,
	};
}

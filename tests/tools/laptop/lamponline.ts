/**
 * Pole: the firmware itself behind a serial line that a test can unplug after any number of bytes.
 */
import mqtt, { type Packet } from "mqtt-packet";
import { Node } from "../../../src/node.js";
import type { UtcMillis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";
import { attach } from "../../support/lamp.js";
import { LampLine } from "./lampline.js";

/** What a line of 115,200 baud carries within a turn; virtual ms between two. */
const TAKE_BYTES = 64;
const TURN = 6;
/** The last line of an answer to a script. */
export const ANSWER = /^ok/gm;
/** Virtual ms between two looks of the jig. */
const JIG_EVERY = 200;
/** While nobody types: virtual ms that pass in each of these ms. */
const PASSING = [500, 5] as const;

export class LampOnLine {
	readonly host: FakeHost;
	readonly line: LampLine;
	node: Node;
	/** The plug comes out when the lamp has done what this answer, from 0, is about to give. */
	unplugBefore = Infinity;
	/** What stands around the lamp, at each look; by the lamp's own time, however busy the machine is. */
	jig: (() => void) | undefined;
	private passing: NodeJS.Timeout | undefined;
	/** What comes back from the network in the next turns. */
	private readonly awaited: (() => void)[] = [];
	/** All that ever left the lamp. */
	output = "";

	constructor(serial: string, sections: Readonly<Record<string, object>> = {}) {
		this.host = Object.assign(new FakeHost(), { serial });
		this.host.wall = Date.UTC(2026, 10, 24, 21) as UtcMillis;
		this.host.configure(sections);
		let index = 0;
		this.host.crypto.random = (into) => {
			for (let at = 0; at < into.length; at += 1) into[at] = index = (index * 31 + 17) % 251;
		};
		this.node = this.boot();
		this.line = new LampLine((text, say) => this.onBytes(text, say));
	}

	/** Power comes; what is in the store is all that was kept. */
	boot(): Node {
		const { host } = this;
		host.serialOut = "";
		host.serialIn = [];
		host.incoming.length = 0; // what the network had for the life before is lost
		this.awaited.length = 0;
		this.node = attach(host, Node);
		host.run(host.now);
		return this.node;
	}

	/** Puts the plug in, and lets time pass while it is. */
	async plug(): Promise<this> {
		this.unplugBefore = Infinity;
		await this.line.plug();
		this.passing ??= setInterval(() => {
			this.run(PASSING[0]);
			this.flush((text) => this.line.say(text));
		}, PASSING[1]);
		return this;
	}

	async unplug(): Promise<void> {
		clearInterval(this.passing);
		this.passing = undefined;
		await this.line.unplug();
	}

	/** A restart that the lamp asks for happens. */
	restarts(): void {
		this.host.restart = () => void this.awaited.push(() => this.boot());
	}

	/** The network comes up, and a broker that takes everything is at its other end. */
	fitBroker(): this {
		const { host } = this;
		const parser = mqtt.parser();
		parser.on("packet", (packet: Packet) => {
			const { cmd, messageId = 0 } = packet;
			if (cmd === "connect") this.answer({ cmd: "connack", returnCode: 0, sessionPresent: false });
			if (cmd === "subscribe") {
				const granted = packet.subscriptions.map(() => 1);
				this.answer({ cmd: "suback", messageId, granted });
			}
			if (cmd === "publish" && packet.qos === 1) this.answer({ cmd: "puback", messageId });
		});
		Object.assign(host.streams, {
			open: () => {
				this.awaited.push(() =>
					host.deliver((inputs, now) => inputs.onStreamOpen(now, 0 as never)),
				);
				return 0;
			},
			write: (_id: number, bytes: Uint8Array, start: number, count: number) => {
				parser.parse(Buffer.from(bytes.slice(start, start + count)));
				return true;
			},
		});
		host.deliver((inputs, now) => inputs.onNetwork(now, true));
		return this;
	}

	/** The broker answers nothing any more, and its connection ends. */
	silence(): void {
		const { host } = this;
		host.streams.open = () => {
			this.awaited.push(() =>
				host.deliver((inputs, now) => inputs.onStreamClosed(now, 0 as never, "unreachable")),
			);
			return 0 as never;
		};
		host.deliver((inputs, now) => inputs.onStreamClosed(now, 0 as never, "closedByPeer"));
	}

	private answer(packet: Packet): void {
		const bytes = mqtt.generate(packet);
		this.awaited.push(() => {
			this.host.incoming.push(...bytes);
			const { length } = bytes;
			this.host.deliver((inputs, now) => inputs.onStreamReadable(now, 0 as never, length));
		});
	}

	/** Time passes, and what the network owes comes. */
	private run(span: number): void {
		const { host } = this;
		const end = host.now + span;
		const first = (Math.floor(host.now / JIG_EVERY) + 1) * JIG_EVERY;
		for (let look = first; this.jig && look <= end; look += JIG_EVERY) {
			host.run(look);
			this.jig();
		}
		host.run(end);
		for (const happens of this.awaited.splice(0)) happens();
	}

	/** Types without a cable, as a terminal program would. @returns what the screen is sent */
	type(text: string): string {
		const before = this.output.length;
		this.onBytes(text, () => {});
		return this.output.slice(before);
	}

	/** Time passes, without a cable. @returns what the screen is sent */
	pass(span: number): string {
		const before = this.output.length;
		this.run(span);
		this.flush(() => {});
		return this.output.slice(before);
	}

	private onBytes(text: string, say: (text: string) => void): void {
		const bytes = Buffer.from(text, "latin1");
		for (let at = 0; at < bytes.length; at += TAKE_BYTES) {
			const take = bytes.subarray(at, at + TAKE_BYTES);
			this.host.serialIn.push(...take);
			this.host.deliver((inputs, now) => inputs.onSerialReadable(now, take.length));
			this.run(TURN);
		}
		this.flush(say);
	}

	private flush(say: (text: string) => void): void {
		const { host } = this;
		const out = host.serialOut;
		host.serialOut = "";
		const before = this.output.length;
		this.output += out;
		const answer = [...this.output.matchAll(ANSWER)][this.unplugBefore];
		const sent = answer ? out.slice(0, Math.max(0, answer.index - before)) : out;
		if (sent !== "") say(sent);
		if (answer) void this.unplug();
	}
}

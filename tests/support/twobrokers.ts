/**
 * Two brokers: a lamp, its flash over lives, and brokers that accept one whole set each.
 *
 * A set is an address, a CA, a certificate and its key. It is read from flash as a host reads it
 * (`TlsTarget`), and every set that the lamp shows is written down. Power fails at a given write.
 */
import mqtt, { type Packet } from "mqtt-packet";
import type { StreamTarget } from "../../src/host.js";
import type { Node } from "../../src/node.js";
import { SECTIONS } from "../../src/settings/table.js";
import { BANK_KEY } from "../../src/storekeys.js";
import { FakeHost } from "./fakehost.js";
import { bootLamp } from "./lamp.js";
import { KEPT, KEPT_AS, SECRET } from "./technician.js";

export const NAMES = ["ca", "cert", "key"] as const;
export const SPREAD = 30_000;
const WAY = 20; // ms
const LABEL = { ca: "CERTIFICATE", cert: "CERTIFICATE", key: "PRIVATE KEY" } as const;

/** A text that is its own name in base 64: `old` and `ca`. */
export function pemOf(set: string, name: (typeof NAMES)[number]): string {
	const body = Buffer.from(`${set} ${name}`.padEnd(12)).toString("base64");
	return `-----BEGIN ${LABEL[name]}-----\n${body}\n-----END ${LABEL[name]}-----\n`;
}

/** The set that is `name` throughout. */
export const uniformSet = (name: string): string =>
	[name, ...NAMES.map((each) => pemOf(name, each))].join("|");

class Cut extends Error {}

export class TwoBrokers {
	readonly flash = new Map<string, string>();
	/** Sets at which a broker answers. */
	readonly open = new Set<string>(["old"]);
	/** Sets that the lamp showed, in order. */
	readonly shown: string[] = [];
	/** How long a broker keeps a session, ms, and its answer to SUBSCRIBE. */
	sessionEnds = Infinity;
	granted = 1;
	/** Writes and erases so far; power fails instead of the one with this number. */
	count = 0;
	cutAt = Infinity;
	isDead = false;
	host!: FakeHost;
	node!: Node;
	#plan: { at: number; act: () => void }[] = [];

	constructor() {
		this.flash.set("set.identity", '{"site":"liege","node":"pole-1"}');
		this.flash.set("set.link", `{"brokerHost":"old","reconnectSpread":${SPREAD / 1000}}`);
		for (const name of NAMES) this.flash.set(`tls.${name}`, pemOf("old", name));
		this.flash.set(KEPT_AS, KEPT);
	}

	/** A new life; the network is there, and the technician has logged in. */
	boot(): this {
		const host = new FakeHost();
		this.host = host;
		this.isDead = false;
		this.#plan = [];
		for (const [key, text] of this.flash) host.stored.set(key, text);
		const change = (act: (store: Map<string, string>) => unknown) => {
			if (this.isDead || this.count >= this.cutAt) {
				this.isDead = true;
				throw new Cut();
			}
			this.count += 1;
			act(this.flash);
			act(host.stored);
			return "ok" as const;
		};
		host.store.write = (key, text) => change((store) => store.set(key, text));
		host.store.erase = (key) => change((store) => store.delete(key));
		Object.assign(host.crypto, {
			checkCertificate: () => "valid",
			checkKey: () => "valid",
			isPair: (cert: string, key: string) => setOf(cert) === setOf(key),
		});
		this.#openStreams();
		this.node = bootLamp({ host }).node;
		this.#deliver(() => this.node.onNetwork(host.now, true));
		return this.type(`login ${SECRET}`);
	}

	/** Lets time pass, or until power fails. */
	run(span: number): this {
		const end = this.host.now + span;
		while (!this.isDead) {
			const next = this.#plan.reduce((least, { at }) => Math.min(least, at), Infinity);
			const to = Math.min(next, Math.max(this.host.alarmAt, this.host.now), end);
			this.host.run(to);
			const due = this.#plan.filter(({ at }) => at <= to);
			this.#plan = this.#plan.filter(({ at }) => at > to);
			for (const { act } of due) act();
			if (to >= end && due.length === 0 && this.host.alarmAt > end) break;
		}
		return this;
	}

	type(...lines: string[]): this {
		for (const line of lines) {
			if (this.isDead) break;
			this.host.serialIn.push(...Buffer.from(`${line}\r`));
			this.#deliver(() => this.node.onSerialReadable(this.host.now));
		}
		return this;
	}

	/** The answer to a line. */
	ask(line: string): string {
		this.host.serialOut = "";
		this.type(line);
		const lines = this.host.serialOut.split("\r\n").slice(0, -1);
		return lines.slice(lines[0]?.endsWith(line) ? 1 : 0).join("\n"); // a pasted line has no echo
	}

	paste(set: string, ...names: (typeof NAMES)[number][]): string {
		let answer = "";
		for (const name of names)
			for (const line of [`certificate ${name}`, ...pemOf(set, name).trim().split("\n")])
				answer = this.ask(line);
		return answer;
	}

	/** What the city changes, typed at the pole. */
	changeAll(): this {
		this.paste("new", "ca", "key", "cert");
		return this.type("set brokerHost new", "apply").run(5000).type("confirm");
	}

	get isOnline(): boolean {
		return this.node.view.link.state === "online";
	}

	events(...types: string[]): string[] {
		const { journal } = this.node;
		const all = Array.from({ length: journal.newest }, (_, index) => journal.read(index + 1)!);
		return all.filter(({ type }) => types.includes(type)).map(({ attributes }) => attributes);
	}

	/** The set without the trial: the bank's, on probation its fallback's, and that under `tls.`. */
	get returnsTo(): string {
		const [, slots = "", , , , , , fallback = slots] = (this.flash.get(BANK_KEY) ?? "").split(" ");
		const link = Array.from(fallback).map((slot) => `${slot === "b" ? "alt" : "set"}.link`);
		const text = this.flash.get(link[SECTIONS.indexOf("link")] ?? "set.link") ?? "";
		const { brokerHost } = JSON.parse(text.slice(text.indexOf("{")));
		return [brokerHost, ...NAMES.map((name) => this.flash.get(`tls.${name}`))].join("|");
	}

	#openStreams(): void {
		const { host } = this;
		let set = "";
		let index = 0; // of the stream
		const later = (act: () => void, span = WAY) => {
			const mine = index;
			this.#plan.push({ at: host.now + span, act: () => mine === index && this.#deliver(act) });
		};
		const parser = mqtt.parser();
		const send = (packet: Packet) =>
			later(() => {
				host.incoming.push(...mqtt.generate(packet));
				this.node.onStreamReadable(host.now, 0);
			});
		parser.on("packet", (packet: Packet) => {
			const messageId = packet.messageId ?? 0;
			if (packet.cmd === "connect") {
				send({ cmd: "connack", returnCode: 0, sessionPresent: false });
				later(() => this.node.onStreamClosed(host.now, 0, "closedByPeer"), this.sessionEnds);
			} else if (packet.cmd === "subscribe")
				send({ cmd: "suback", messageId, granted: packet.subscriptions.map(() => this.granted) });
			else if (packet.cmd === "publish" && packet.qos > 0) send({ cmd: "puback", messageId });
			else if (packet.cmd === "pingreq") send({ cmd: "pingresp" });
		});
		Object.assign(host.streams, {
			open: ({ host: address, tls }: StreamTarget) => {
				index += 1;
				const from = (name: string) => (tls?.tried?.split(" ").includes(name) ? "try." : "tls.");
				set = [address, ...NAMES.map((name) => host.stored.get(from(name) + name))].join("|");
				this.shown.push(set);
				later(() => this.node.onStreamReached(host.now, 0));
				return 0;
			},
			secure: () => {
				if ([...this.open].some((name) => uniformSet(name) === set))
					later(() => this.node.onStreamOpen(host.now, 0));
				else later(() => this.node.onStreamClosed(host.now, 0, "tlsRefused"));
			},
			write: (_id: number, bytes: Uint8Array, start: number, count: number) => {
				parser.parse(Buffer.from(bytes.slice(start, start + count)));
				return true;
			},
			close: () => {
				index += 1;
			},
		});
	}

	#deliver(what: () => void): void {
		try {
			this.host.deliver(what);
		} catch (error) {
			if (!(error instanceof Cut)) throw error;
		}
	}
}

function setOf(pem: string): string {
	return Buffer.from(pem.split("\n")[1]!, "base64").toString().split(" ")[0]!;
}

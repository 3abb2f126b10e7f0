/**
 * Image pole: a whole lamp in plain memory with an image server that is the test's own.
 */

import { MINUTE } from "../../../lib/spans.js";
import type { StreamEnd } from "../../../src/host.js";
import type { LampEvent } from "../../../src/journal/events.js";
import { LIGHT_LEAD_TIME } from "../../../src/lighting/fade.js";
import { Node } from "../../../src/node.js";
import type { Lux, UtcMillis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";
import { imageOf, Signer } from "../../support/images.js";
import { attach } from "../../support/lamp.js";

export const SIGNER = new Signer();
export const IMAGE = imageOf(10_000);
export const NOON = Date.UTC(2026, 10, 25, 12) as UtcMillis;

export interface Served {
	/** Bytes of the body; absent: all that was asked for. */
	readonly body?: Buffer;
	/** The head that is sent, instead of the right one. */
	readonly head?: string;
	/** What ends the connection after it, and how. */
	readonly end?: StreamEnd;
	/** Sends so many bytes of the body at a time, and ms between two; absent: all at once. */
	readonly drip?: { readonly bytes: number; readonly every: number };
}

/** What a slow server still has to send. */
interface Drip {
	readonly body: Buffer;
	readonly bytes: number;
	readonly every: number;
	sent: number;
	at: number;
}

export class ImageRig {
	readonly host: FakeHost;
	node!: Node;
	readonly emitted: LampEvent[] = [];
	readonly requests: string[] = [];
	serve: (request: string, index: number) => Served = () => ({});
	private answered = 0;
	private drip: Drip | undefined;

	constructor(
		host = new FakeHost(),
		readonly image = IMAGE,
	) {
		this.host = host;
		host.stored.set("update.key", SIGNER.text);
		host.stored.set("set.link", JSON.stringify({ reconnectSpread: 60 }));
		this.boot();
	}

	/** A life begins; the fake host's clock goes on. */
	boot(cause: FakeHost["powerCause"] = "powerOn"): void {
		const { host } = this;
		host.powerCause = cause;
		host.wall = cause === "powerOn" ? undefined : ((NOON + host.now) as UtcMillis);
		if (cause === "powerOn" && host.imageState === "probation") host.imageState = "kept";
		this.node = attach(host, Node);
		this.listen();
		this.node.tick(host.now);
	}

	private listen(): void {
		const { node, emitted } = this;
		const happened = node.emit.bind(node);
		node.emit = (event, now) => {
			emitted.push(event);
			happened(event, now);
		};
	}

	day(lux = 5000): void {
		this.host.deliver((inputs, now) => inputs.onTime(now, (NOON + now) as UtcMillis));
		this.host.deliver((inputs, now) => inputs.onIlluminance(now, lux as Lux));
		this.pass(3 * MINUTE);
	}

	offer(more: object = {}, header = SIGNER.header(this.image)): void {
		const notBefore = new Date(NOON + this.host.now + 2 * LIGHT_LEAD_TIME).toISOString();
		const url = "http://images.example:8080/a.bin";
		const text = JSON.stringify({ id: "u1", url, header, notBefore, spread: 0, ...more });
		this.host.arrive((now) => this.node.updater.onOffer(text, now));
		this.host.deliver(() => {});
	}

	/** Time passes in small steps, the server answering what was asked. */
	pass(span: number, step = 5): void {
		const { host } = this;
		for (const end = host.now + span; host.now < end; ) {
			const next = Math.min(host.alarmAt, this.drip?.at ?? Infinity);
			const quiet = next > host.now + step && this.answered === host.opened.length;
			host.run(quiet ? Math.min(end, next) : Math.min(end, host.now + step));
			if (this.answered < host.opened.length) this.answer();
			else if (this.drip && host.now >= this.drip.at) this.fall(this.drip);
		}
	}

	private answer(): void {
		const { host } = this;
		host.written = [];
		host.incoming.length = 0; // of the connection before
		this.drip = undefined;
		host.deliver((inputs, now) => inputs.onStreamOpen(now, 0));
		const request = Buffer.from(host.written).toString();
		if (request === "") return; // not yet
		this.answered = host.opened.length;
		this.requests.push(request);
		const from = Number(/Range: bytes=(\d+)-/.exec(request)?.[1] ?? 0);
		const { image } = this;
		const body = image.subarray(from);
		const range =
			from > 0 ? `Content-Range: bytes ${from}-${image.length - 1}/${image.length}\r\n` : "";
		const head = `HTTP/1.1 ${from > 0 ? 206 : 200} X\r\n${range}Content-Length: ${body.length}\r\n\r\n`;
		const served = this.serve(request, this.requests.length);
		const { drip } = served;
		this.drip = drip && { body: served.body ?? body, ...drip, sent: 0, at: host.now + drip.every };
		host.incoming.push(...Buffer.from(served.head ?? head));
		if (!drip) host.incoming.push(...(served.body ?? body));
		host.deliver((inputs, now) => inputs.onStreamReadable(now, 0, host.incoming.length));
		const { end } = served;
		if (end) host.deliver((inputs, now) => inputs.onStreamClosed(now, 0, end));
	}

	private fall(drip: Drip): void {
		const { host } = this;
		host.incoming.push(...drip.body.subarray(drip.sent, drip.sent + drip.bytes));
		drip.sent += drip.bytes;
		drip.at = drip.sent < drip.body.length ? drip.at + drip.every : Infinity;
		host.deliver((inputs, now) => inputs.onStreamReadable(now, 0, host.incoming.length));
	}

	get types(): string[] {
		return this.emitted.map(({ type }) => type).filter((type) => type.startsWith("update"));
	}

	get failures(): object[] {
		return this.emitted
			.filter(({ type }) => type === "updateFailed")
			.map((lampEvent) => lampEvent.attributes);
	}
}

/** One that has the time, by day. */
export function poleByDay(): ImageRig {
	const made = new ImageRig();
	made.day();
	return made;
}

/**
 * Future lamp: one lamp of the whole firmware, driven at its doors, that returns to an instant and goes
 * on from there another way.
 *
 * The broker answers each packet of the lamp as a good one does, and keeps nothing, so it needs no copy.
 */
import mqtt, { type IPublishPacket, type Packet } from "mqtt-packet";
import type { KeptFleet, WornFleet } from "../../hosts/virtual/fleet/wasmfleet.js";
import { DEATH, EFFECT, INPUT, type InputKind } from "../../hosts/virtual/protocol.js";
import { Tap } from "../comparison/tap.js";
import { type Difference, Twin } from "../comparison/twin.js";
import type { SecondLamp } from "../second/heard.js";

/** One way through the network, ms. */
const LATENCY = 25;
const LAMP = 1;
/** Host of the broker. A server of images, the other one, takes a request and never answers. */
const BROKER = "broker";
/** Its topics begin with this. */
export const NODE = "luminode/1/liege/pole-00001";
const text = new TextDecoder();

/** An instant of a lamp. */
export interface Instant {
	readonly fleet: KeptFleet;
	readonly twin: Twin<unknown>;
	readonly now: number;
	readonly link: Link;
}

interface Link {
	readonly channel: number;
	readonly isUp: boolean;
}

export class FutureLamp {
	now = 0;
	readonly #fleet: WornFleet;
	#twin: Twin<unknown>;
	#link: Link = { channel: 0, isUp: false };
	readonly #replies: (() => void)[] = [];

	/** A fleet of one lamp, number 1, that has no power yet. */
	constructor(
		fleet: WornFleet,
		second: SecondLamp<unknown>,
		onDifference: (difference: Difference) => void,
	) {
		this.#fleet = fleet;
		fleet.observe(LAMP);
		const person = { serial: "L00001", hardware: "virtual/1", hasBus: false };
		const tap = new Tap(person, (key) => fleet.storeRead(LAMP, key));
		this.#twin = new Twin(0, tap, second, onDifference);
	}

	/** A value in its store, before its first boot. */
	install(key: string, value: string): void {
		this.#fleet.storeWrite(LAMP, key, value);
		this.#twin.install(key, value);
	}

	keep(): Instant {
		this.#twin.compare();
		return {
			fleet: this.#fleet.keep(),
			twin: this.#twin.copy(),
			now: this.now,
			link: this.#link,
		};
	}

	restore({ fleet, twin, now, link }: Instant): void {
		this.#fleet.restore(fleet);
		this.#twin = twin.copy();
		this.now = now;
		this.#link = link;
	}

	/** Its first boot, or that after a failure of power. */
	boot(cause: "powerOn" | "brownout"): void {
		this.#fleet.boot(LAMP, this.now, cause);
	}

	cut(): void {
		this.#fleet.cut(LAMP, this.now);
		this.#end("powerCut");
	}

	/** Its machine ends, as by a defect, and boots again. */
	crash(): void {
		this.#fleet.boot(LAMP, this.now, "crash");
		this.#end("other");
	}

	/** At this instant. */
	post(kind: InputKind, value = 0, bytes?: Uint8Array): void {
		this.#fleet.post(LAMP, this.now, kind, value, this.#link.channel, bytes);
	}

	/** Its flash takes nothing from now on. */
	wear(): void {
		this.#fleet.setWorn(LAMP, true);
	}

	/** A packet of the broker; nothing without a connection. */
	send(packet: Packet): void {
		if (!this.#link.isUp) return;
		const bytes = mqtt.generate(packet);
		this.#later(INPUT.streamReadable, bytes.length, bytes);
	}

	/** Lets all happen up to `until`. */
	run(until: number): void {
		const fleet = this.#fleet;
		do {
			this.now = Math.max(this.now, Math.min(until, fleet.nextDue()));
			fleet.run(this.now);
			const effects: (() => void)[] = [];
			fleet.effects((kind, at, _lamp, value, channel, bytes) => {
				const copy = bytes.length > 0 ? bytes.slice() : bytes;
				effects.push(() => this.#see(kind, at, value, channel, copy));
			});
			for (const effect of effects) effect();
			// a turn tells what it heard at its end, behind what it wrote
			for (const reply of this.#replies.splice(0)) reply();
		} while (fleet.nextDue() <= until);
		this.now = until;
		fleet.run(until);
	}

	/** Why the second lamp has its light. */
	explain(): string {
		return this.#twin.explain();
	}

	/** The engine does not tell that it ends by an order from outside. */
	#end(death: (typeof DEATH)[number]): void {
		this.#see(EFFECT.death, this.now, DEATH.indexOf(death), 0, new Uint8Array(0));
	}

	#later(kind: InputKind, value = 0, bytes?: Uint8Array): void {
		this.#fleet.post(LAMP, this.now + LATENCY, kind, value, this.#link.channel, bytes);
	}

	#see(...[kind, at, value, channel, bytes]: Parameters<Twin<unknown>["onEffect"]>): void {
		this.#twin.onEffect(kind, at, value, channel, bytes);
		const isBroker = channel === this.#link.channel;
		if (kind === EFFECT.streamOpen) {
			if (text.decode(bytes).startsWith(BROKER)) this.#link = { channel, isUp: true };
			this.#fleet.post(LAMP, this.now + LATENCY, INPUT.streamOpen, 0, channel);
		} else if (kind === EFFECT.streamClose) {
			if (isBroker) this.#link = { channel, isUp: false };
		} else if (kind === EFFECT.serialWrite) {
			this.#later(INPUT.serialWritable, bytes.length);
		} else if (kind === EFFECT.streamWrite && isBroker && this.#link.isUp) {
			this.#later(INPUT.streamWritable, bytes.length);
			const parser = mqtt.parser();
			parser.on("packet", (packet: Packet) => {
				if (packet.cmd === "publish") this.#replies.push(() => this.#hearReply(at, packet));
				this.#answer(packet);
			});
			parser.parse(Buffer.from(bytes));
		} else if (kind === EFFECT.restart || kind === EFFECT.death) {
			this.#link = { channel: 0, isUp: false };
		}
	}

	/** What the lamp replies is compared, too. */
	#hearReply(at: number, { topic, payload }: IPublishPacket): void {
		const suffix = topic.slice(NODE.length + 1);
		if (suffix === "reply" || suffix.startsWith("settings/reported/"))
			this.#twin.onReply(at, suffix, JSON.parse(payload.toString()) as Record<string, unknown>);
	}

	/** What a good broker does. */
	#answer(packet: Packet): void {
		const { cmd, messageId = 0 } = packet;
		if (cmd === "connect") this.send({ cmd: "connack", returnCode: 0, sessionPresent: false });
		else if (cmd === "pingreq") this.send({ cmd: "pingresp" });
		else if (cmd === "publish" && packet.qos > 0) this.send({ cmd: "puback", messageId });
		else if (cmd === "subscribe")
			this.send({ cmd: "suback", messageId, granted: packet.subscriptions.map(() => 1) });
	}
}

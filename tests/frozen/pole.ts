/**
 * Pole: one lamp of the whole firmware that lives from a recorded state, with all that it keeps in reach.
 *
 * A life begins at monotonic 0, as on a controller. The same script gives the same bytes.
 */

import { MINUTE } from "../../lib/spans.js";
import type { PowerCause } from "../../src/host.js";
import { Node } from "../../src/node.js";
import type { Lux, UtcMillis } from "../../src/units.js";
import { FakeHost } from "../support/fakehost.js";
import { FakeFlash } from "../support/flash.js";
import { imageOf } from "../support/images.js";
import { attach } from "../support/lamp.js";
import { keysFor } from "../support/technician.js";
import { Broker, LATENCY } from "./broker.js";
import { Light } from "./light.js";
import { skyAt } from "./sky.js";
import {
	type Begin,
	changesOf,
	type Outcome,
	rowsOf,
	type State,
	sorted,
	takeRows,
} from "./state.js";

const SECTORS = 16;
const IMAGE = imageOf(6000);

export class Pole {
	host = new FakeHost();
	readonly broker: Broker;
	readonly restarts: string[] = [];
	/** UTC ms. */
	now: number;
	isBrokerReachable = true;
	/** Whether a time server and the light sensor answer in each life. */
	hasClock = true;
	hasLightSensor = true;
	/** It starts over no more: its state is to be caught as it leaves it. */
	staysDown = false;
	isFed = false;
	#node!: Node;
	readonly #touch: (key: string) => void;
	readonly #begun: number;
	readonly #store = new Map<string, string>();
	readonly #flash = new FakeFlash(SECTORS);
	readonly #flashBefore: Uint8Array;
	readonly #agenda: { readonly at: number; readonly act: () => void }[] = [];
	readonly #before: State;
	#retained: State["retained"];
	#clock: number | null;
	#image: "kept" | "probation";
	#otherImage: number;
	#bootedAt = 0;
	#lux = -1; // as last reported
	#restarted = 0;
	#stream: "broker" | "images" | undefined;
	#incoming: number[] = [];
	readonly #light = new Light();

	/** `touch` is called with each key of the store that the firmware reads, writes or erases. */
	constructor(state: State, touch: (key: string) => void = () => {}) {
		this.#touch = touch;
		this.#before = state;
		this.now = this.#begun = Date.parse(state.at);
		for (const [key, text] of Object.entries(state.store)) this.#store.set(key, text);
		takeRows(state.flash, this.#flash.bytes);
		this.#flashBefore = this.#flash.bytes.slice();
		this.#retained = state.retained;
		this.#clock = state.clock;
		this.#image = state.image;
		this.#otherImage = state.otherImage;
		this.broker = new Broker((bytes) => this.#later(() => this.#arrive(bytes)));
		for (const [topic, text] of Object.entries(state.topics)) this.broker.retained.set(topic, text);
	}

	/** Minutes since the script began. */
	get minute(): number {
		return (this.now - this.#begun) / MINUTE;
	}

	at(minute: number, act: () => void): void {
		const at = this.#begun + minute * MINUTE;
		let index = this.#agenda.length;
		while (index > 0 && this.#agenda[index - 1]!.at > at) index -= 1;
		this.#agenda.splice(index, 0, { at, act });
	}

	/** Power comes after `away` minutes, or the controller starts over. */
	begin({ cause, away }: Begin): void {
		if (away === 0) this.#boot(cause);
		else this.at(away, () => this.#boot(cause));
	}

	cut(): void {
		this.isFed = false;
		this.#stream = undefined;
		this.host.alarmAt = Infinity;
	}

	/** Lets everything happen up to that minute. */
	run(minute: number): void {
		const until = this.#begun + minute * MINUTE;
		for (;;) {
			const next = this.#agenda[0]?.at ?? Infinity;
			const alarm = this.isFed ? this.#bootedAt + this.host.alarmAt : Infinity;
			if (Math.min(next, alarm) > until || (this.staysDown && this.restarts.length > 0)) break;
			this.now = Math.max(this.now, Math.min(next, alarm));
			if (alarm <= next) {
				this.host.alarmAt = Infinity;
				this.deliver(() => {});
			} else this.#agenda.shift()!.act();
		}
		if (!this.staysDown) this.now = until;
		if (this.isFed) this.host.carryTo(this.now - this.#bootedAt);
	}

	/** Inputs of one turn, if there is power. */
	deliver(what: (node: Node, now: number) => void): void {
		if (!this.isFed) return;
		const { host } = this;
		host.now = this.now - this.#bootedAt;
		host.carryTo(host.now);
		what(this.#node, host.now);
		this.#node.tick(host.now);
		if (host.restarts.length === this.#restarted) return;
		const reason = host.restarts.at(-1)!;
		this.restarts.push(`${this.#seconds}: ${reason}`);
		const isUpdate = reason === "update" && host.isActivated;
		this.cut();
		if (isUpdate) this.#image = "probation";
		else if (this.#image === "probation") this.#image = "kept"; // gone back
		if (!this.staysDown) this.#boot(isUpdate ? "update" : "restart");
	}

	/** Someone at the pole logs in with the usual secret, unless the first line does so, and types. */
	type(first: string, ...rest: string[]): void {
		const begin = first.startsWith("login ") ? `${first}\r` : keysFor(first);
		for (const text of [begin, ...rest.map((line) => `${line}\r`)]) {
			this.host.serialIn.push(...Buffer.from(text));
			this.deliver((node, now) => node.onSerialReadable(now));
		}
	}

	/** What the light sensor sees, reported if it is news. */
	look(): void {
		const lux = skyAt(this.now);
		if (lux === this.#lux || !this.hasLightSensor) return;
		this.#lux = lux;
		this.deliver((node, now) => node.onIlluminance(now, lux as Lux));
	}

	answerTime(): void {
		if (!this.hasClock) return;
		this.deliver((node, now) => node.onTime(now, this.now as UtcMillis));
	}

	move(isThere: boolean): void {
		this.deliver((node, now) => (isThere ? node.onMovement(now) : node.onStillness(now)));
	}

	receive(bytes: Uint8Array): void {
		if (!this.isFed || this.host.boundPort === undefined) return;
		this.host.datagramsIn.push(bytes);
		this.deliver((node, now) => node.onDatagram(now));
	}

	/** The CMS sends an order to the lamp, or (`to`) elsewhere. */
	order(fields: object, to = "liege/pole-1/command"): void {
		const issued = new Date(this.now).toISOString();
		this.broker.publish(`luminode/1/${to}`, JSON.stringify({ issued, ...fields }));
	}

	/** The broker goes, and its streams with it. */
	loseBroker(): void {
		this.isBrokerReachable = false;
		if (this.#stream !== "broker") return;
		this.#stream = undefined;
		this.deliver((node, now) => node.onStreamClosed(now, 0, "closedByPeer"));
	}

	state(): State {
		return {
			at: new Date(this.now).toISOString(),
			store: sorted(this.#store),
			flash: rowsOf(this.#flash.bytes),
			...this.#memory,
			otherImage: this.#otherImage,
			topics: this.broker.topics,
			reported: this.broker.reported,
		};
	}

	outcome(): Outcome {
		const { broker } = this;
		return {
			store: changesOf(this.#before.store, sorted(this.#store)),
			flash: rowsOf(this.#flash.bytes, this.#flashBefore),
			...this.#memory,
			topics: changesOf(this.#before.topics, broker.topics),
			reported: broker.reported,
			restarts: this.restarts,
			light: this.#light.rows,
			wire: [...broker.lines, `all: ${broker.digest()}`],
		};
	}

	get #memory(): Pick<State, "retained" | "clock" | "image"> {
		return { retained: this.#retained, clock: this.#clock, image: this.#image };
	}

	get #seconds(): number {
		return (this.now - this.#begun) / 1000;
	}

	/** After LATENCY, if it is the same life. */
	#later(act: () => void): void {
		const life = this.#bootedAt;
		this.at(this.minute + LATENCY / MINUTE, () => {
			if (this.#bootedAt === life) act();
		});
	}

	#boot(cause: PowerCause): void {
		const host = new FakeHost();
		this.host = host;
		this.isFed = true;
		this.#bootedAt = this.now;
		this.#restarted = 0;
		const isWithoutPower = cause === "powerOn" || cause === "brownout";
		if (isWithoutPower) this.#retained = null;
		if (isWithoutPower) this.#clock = null;
		if (cause !== "update" && this.#image === "probation") this.#image = "kept";
		host.powerCause = cause;
		host.wall = this.#clock === null ? undefined : ((this.now + this.#clock) as UtcMillis);
		host.kept = this.#retained?.level;
		host.keptRefusals = this.#retained?.refusals;
		host.imageState = this.#image;
		host.flashLog = this.#flash;
		for (const [key, text] of this.#store) host.stored.set(key, text);
		this.#open();
		this.#node = attach(host, Node);
		this.deliver(() => {});
		this.#lux = -1;
		const life = this.#bootedAt;
		const soon = (seconds: number, act: () => void) =>
			this.at(this.minute + seconds / 60, () => {
				if (this.#bootedAt === life) act();
			});
		soon(1, () => this.look());
		soon(2, () => this.deliver((node, now) => node.onNetwork(now, true)));
		soon(3, () => this.answerTime());
	}

	/** Gives the host's doors what is beyond a life. */
	#open(): void {
		const { host } = this;
		const { read } = host.store;
		Object.assign(host.store, {
			read: (key: string) => {
				this.#touch(key);
				return read(key);
			},
			write: (key: string, text: string) => {
				this.#touch(key);
				host.stored.set(key, text);
				this.#store.set(key, text);
				return "ok";
			},
			erase: (key: string) => {
				this.#touch(key);
				host.stored.delete(key);
				this.#store.delete(key);
				return "ok";
			},
		});
		host.setWallClock = (utc) => {
			this.#clock = utc - this.now;
		};
		for (const name of ["level", "refusals"] as const) {
			const { write } = host.retained[name];
			host.retained[name].write = (value) => {
				write(value);
				this.#retained = { ...(this.#retained ?? { level: -1, refusals: 0 }), [name]: value };
			};
		}
		const { keep } = host.images;
		host.images.keep = () => {
			this.#image = "kept";
			return keep();
		};
		const { activate } = host.images;
		host.images.activate = () => {
			this.#otherImage = host.image?.length ?? 0;
			return activate();
		};
		host.onDuty = (at, duty) => this.#light.shine(at + this.#bootedAt - this.#begun, duty);
		host.network.useWifi = (name, password) =>
			this.broker.note(this.#seconds, `Wi-Fi ${name} ${password}`);
		this.#openStreams();
		Object.assign(host.datagrams, {
			send: (bytes: Uint8Array, count: number) => {
				const sent = Buffer.from(bytes.subarray(0, count)).toString("hex");
				this.broker.note(this.#seconds, `datagram ${sent}`);
				return true;
			},
		});
	}

	#openStreams(): void {
		Object.assign(this.host.streams, {
			open: (target: { host: string; port: number; tls?: { serverName: string } }) => {
				const { host, port, tls } = target;
				this.broker.note(this.#seconds, `open ${host} ${port} ${tls?.serverName ?? ""}`);
				this.#later(() => this.#reach(host, tls !== undefined));
				return 0;
			},
			secure: () => this.#later(() => this.deliver((node, now) => node.onStreamOpen(now, 0))),
			write: (_id: number, bytes: Uint8Array, start: number, count: number) => {
				const written = bytes.slice(start, start + count);
				if (this.#stream === "broker") this.broker.take(this.#seconds, written);
				else this.#later(() => this.#serve(written));
				return true;
			},
			read: (_id: number, into: Uint8Array) => {
				const bytes = this.#incoming.splice(0, into.length);
				into.set(bytes);
				return bytes.length;
			},
			close: () => {
				this.#stream = undefined;
			},
		});
	}

	#reach(name: string, isTls: boolean): void {
		this.#incoming = [];
		const isThere = name === "images.example" || (name === "broker" && this.isBrokerReachable);
		if (!isThere) {
			this.deliver((node, now) => node.onStreamClosed(now, 0, "unreachable"));
			return;
		}
		this.#stream = name === "broker" ? "broker" : "images";
		if (name === "broker") this.broker.begin();
		this.deliver((node, now) => (isTls ? node.onStreamReached(now, 0) : node.onStreamOpen(now, 0)));
	}

	#arrive(bytes: Uint8Array): void {
		if (this.#stream === undefined) return;
		this.#incoming.push(...bytes);
		this.deliver((node, now) => node.onStreamReadable(now, 0));
	}

	/** The image, to whoever asks for it. */
	#serve(request: Uint8Array): void {
		this.broker.note(this.#seconds, `asks for ${Buffer.from(request).toString().split("\r\n")[0]}`);
		const head = `HTTP/1.1 200 OK\r\nContent-Length: ${IMAGE.length}\r\n\r\n`;
		this.#arrive(Buffer.concat([Buffer.from(head), IMAGE]));
	}
}

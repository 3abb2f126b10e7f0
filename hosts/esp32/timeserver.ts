/**
 * Time server: requests the date (SNTP, RFC 4330) and reports the answer.
 *
 * The SDK's client has whole seconds, takes any packet for an answer, and reports an unsynchronised
 * server's zero as a date. Here an answer must match the request and come from a synchronised
 * server; the firmware decides whether the date is plausible.
 */

import { resolve } from "host/resolver";
import type { Turn } from "host/turn";
import type { Store } from "luminode/host";
import type { Millis, UtcMillis } from "luminode/units";
import Timer from "timer";
import { random } from "./machine";
import { closeUdp, openUdp, type Socket } from "./udp";

/** Used if the store has no `time.server`. */
const SERVER = "pool.ntp.org";
const PORT = 123;
const PACKET = 48;
/** A quartz of 20 ppm drifts 72 ms an hour. */
const ASK_EVERY_ms = 3_600_000;
const ASK_AGAIN_ms = 60_000;
/** A later answer could be wrong by half its delay. */
const LONGEST_ANSWER_ms = 2000;

const CLIENT = 0x23; // no warning, version 4, mode 3
const SERVER_MODE = 4;
const UNSYNCHRONISED = 3; // leap indicator
const LAST_STRATUM = 15;
const COOKIE_AT = 40; // our transmit time, which the server returns at ORIGIN_AT
const ORIGIN_AT = 24;
const SECONDS_TO_1970 = 2_208_988_800;
const ERA = 4_294_967_296; // seconds: era 1 begins on 7 February 2036
const HALF_ERA = ERA / 2;

export class TimeServer {
	private readonly turn: Turn;
	private readonly store: Store;
	private udp: Socket | undefined;
	private timer: Timer | undefined;
	private requestedAt: Millis = -Infinity;
	private readonly question = new Uint8Array(PACKET);

	constructor(turn: Turn, store: Store) {
		this.turn = turn;
		this.store = store;
	}

	/** The network is up: asks now and each hour. */
	start(): void {
		this.ask();
	}

	stop(): void {
		Timer.clear(this.timer);
		this.timer = undefined;
		closeUdp(this.udp);
		this.udp = undefined;
	}

	private ask(): void {
		this.again(ASK_AGAIN_ms);
		try {
			this.udp ??= openUdp(this.turn, undefined, (count) => this.take(count));
			resolve(
				this.store.read("time.server") ?? SERVER,
				this.turn.guarded((address: string | undefined) => {
					if (address !== undefined) this.send(address);
				}),
			);
		} catch {
			// no interface, or too many name queries: again in a minute
		}
	}

	private send(address: string): void {
		this.question[0] = CLIENT;
		random(this.question.subarray(COOKIE_AT));
		this.requestedAt = this.turn.clock.now();
		try {
			this.udp?.write(this.question, address, PORT);
		} catch {
			this.requestedAt = -Infinity;
		}
	}

	private take(count: number): void {
		for (let index = 0; index < count; index += 1) {
			const packet = this.udp?.read();
			if (packet) this.check(new Uint8Array(packet));
		}
	}

	private check(bytes: Uint8Array): void {
		const waited = this.turn.clock.now() - this.requestedAt;
		if (waited > LONGEST_ANSWER_ms || !this.isAnswer(bytes)) return;
		this.requestedAt = -Infinity; // a second answer to the same request is ignored
		const view = new DataView(bytes.buffer, bytes.byteOffset);
		let seconds = view.getUint32(COOKIE_AT);
		if (seconds < HALF_ERA) seconds += ERA;
		const fraction = view.getUint32(COOKIE_AT + 4) / ERA;
		const utc = (seconds - SECONDS_TO_1970 + fraction) * 1000 + waited / 2;
		this.turn.post("date", (lamp, now) => lamp.onTime(now, Math.round(utc) as UtcMillis));
		this.again(ASK_EVERY_ms);
	}

	private isAnswer(bytes: Uint8Array): boolean {
		const head = bytes[0]!;
		if (bytes.length < PACKET || (head & 7) !== SERVER_MODE) return false;
		const stratum = bytes[1]!;
		if (head >> 6 === UNSYNCHRONISED || stratum === 0 || stratum > LAST_STRATUM) return false;
		for (let index = 0; index < 8; index += 1)
			if (bytes[ORIGIN_AT + index] !== this.question[COOKIE_AT + index]) return false;
		return true;
	}

	private again(wait: Millis): void {
		Timer.clear(this.timer);
		this.timer = Timer.set(
			this.turn.guarded(() => this.ask()),
			wait,
		);
	}
}

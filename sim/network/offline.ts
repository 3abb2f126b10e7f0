/**
 * Offline: every stream a lamp opens ends `unreachable`, as without a network.
 *
 * It runs a street without a broker: for benchmarks with the link off, and for tests.
 */
import type { EffectKind } from "../../hosts/virtual/protocol.js";
import { EFFECT, INPUT, STREAM_END } from "../../hosts/virtual/protocol.js";
import type { Network, Post } from "../street/network.js";

/** An absent host is given up after the SYN time-out of lwIP (about 3 s), ms. */
const GIVE_UP = 3_000;
const UNREACHABLE = STREAM_END.indexOf("unreachable");

interface Refusal {
	readonly lamp: number;
	readonly at: number;
	readonly channel: number;
}

/** All refusals take equally long, so a queue keeps them in order of instant. */
export function createNoNetwork(): Network {
	let waiting: Refusal[] = [];
	return {
		published: 0,
		onEffect(kind: EffectKind, at: number, lamp: number, _value: number, channel: number) {
			if (kind === EFFECT.streamOpen) waiting.push({ lamp, at: at + GIVE_UP, channel });
			else if (kind === EFFECT.streamClose)
				waiting = waiting.filter((other) => other.lamp !== lamp || other.channel !== channel);
			else if (kind === EFFECT.restart || kind === EFFECT.death)
				waiting = waiting.filter((other) => other.lamp !== lamp);
		},
		nextDue: () => waiting[0]?.at ?? Infinity,
		deliver(until: number, post: Post) {
			while (waiting.length > 0 && waiting[0]!.at <= until) {
				const { lamp, at, channel } = waiting.shift()!;
				post(lamp, at, INPUT.streamClosed, UNREACHABLE, channel);
			}
		},
		quiet: () => undefined,
		close() {},
	};
}

/** Networks before another one: what they do not change reaches the network behind them, whole. */
import { describe, expect, test } from "@jest/globals";
import { EFFECT } from "../../../hosts/virtual/protocol.js";
import { ImageServer } from "../../../sim/images/server.js";
import { ForwardingNetwork } from "../../../sim/network/forwarding.js";
import { createNoNetwork } from "../../../sim/network/offline.js";
import { Wiretap } from "../../../sim/network/wiretap.js";
import { LOOKAHEAD, type Network } from "../../../sim/street/network.js";

const listener = () => {};
const post = () => {};

/** A value of each getter, and arguments of each call; a new member of `Network` needs a row here. */
const VALUES = { lookahead: 7, published: 11 } as const;
const CALLS: {
	readonly [K in Exclude<keyof Network, keyof typeof VALUES>]: Parameters<Required<Network>[K]>;
} = {
	onEffect: [EFFECT.serialWrite, 5, 1, 0, 0, Uint8Array.of(65)],
	nextDue: [],
	deliver: [9, post],
	quiet: [],
	publish: ["a/b", "{}", { retain: true }],
	type: [2, Uint8Array.of(13)],
	setBrokerReachable: [false],
	setBrokerMood: ["twice", true],
	setImagesBroken: [true],
	setDeaf: [3, 2, true],
	onOrder: [listener],
	onReport: [listener],
	lampOf: ["luminode/1/liege/pole-00001/state"],
	onConnection: [listener],
	close: [],
};
type Call = keyof typeof CALLS;

/** A network that records its calls, and answers each with its name. */
function recorder() {
	const calls: [name: string, ...args: unknown[]][] = [];
	const answers = Object.keys(CALLS).map((name) => [
		name,
		(...args: unknown[]) => {
			calls.push([name, ...args]);
			return name === "nextDue" ? 1234 : name;
		},
	]);
	const inner: unknown = Object.assign(Object.fromEntries(answers), VALUES);
	return { calls, inner: inner as Network };
}

const KINDS: readonly [name: string, make: (inner: Network) => Network][] = [
	["a forwarding network", (inner) => new ForwardingNetwork(inner)],
	["the image server", (inner) => new ImageServer(inner, "images.street")],
	["a wiretap", (inner) => new Wiretap(inner, () => {})],
];

describe.each(KINDS)("%s", (kind, make) => {
	test.each(Object.keys(CALLS) as Call[])(
		"forwards %s with its arguments and its answer",
		(name) => {
			const { calls, inner } = recorder();
			const outer = make(inner) as Required<Network>;
			const answer = (outer[name] as (...args: unknown[]) => unknown)(...CALLS[name]);
			expect(calls.map(([called]) => called)).toEqual([name]);
			const isWrapped = kind === "a wiretap" && name === "deliver"; // it reads what is delivered
			if (!isWrapped) expect(calls).toEqual([[name, ...CALLS[name]]]);
			const isAnswered = ["nextDue", "quiet", "lampOf", "close"].includes(name);
			if (isAnswered) expect(answer).toBe(name === "nextDue" ? 1234 : name);
		},
	);
	test("has the window and the count of the network behind it", () => {
		expect(make(recorder().inner)).toMatchObject(VALUES);
	});
	test("before a network that lacks all it may lack, does nothing", () => {
		const outer = make(createNoNetwork()) as Required<Network>;
		const answers = Object.entries(CALLS).map(([name, args]) =>
			(outer[name as Call] as (...args: unknown[]) => unknown)(...args),
		);
		expect(answers.filter((answer) => answer !== undefined && answer !== Infinity)).toEqual([]);
		expect(outer).toMatchObject({ lookahead: LOOKAHEAD, published: 0 });
	});
});

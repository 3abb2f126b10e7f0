import { expect, test } from "@jest/globals";
import { INPUT } from "../../../hosts/virtual/protocol.js";
import { deaths, imageOf, Street } from "../../support/xsstreet.js";

/** One way to die each, and what an abrupt end leaves open: nested calls, buffers, streams, flash. */
const PROGRAM = `
	const ways = [
		() => { const list = []; for (;;) list.push({}); },
		function again(n) { return again(n + 1) + 1; },
		() => { const o = {}; for (let i = 0; ; i++) o["key" + i] = 0; },
		() => { for (;;); },
		() => { [3, 1, 2].sort(() => { throw new Error("in a native"); }); },
		() => { Promise.reject(1); },
		() => { JSON.parse('[{"a":1}]', () => { for (;;); }); },
		() => { "abc".replace(/b/g, () => eval("1")); },
		() => { function* g() { try { yield 1; } finally { for (;;); } } for (const x of g()) break; },
		() => { native.storeWrite("key" + native.freeBytes() % 7, "x".repeat(500)); null.x; },
		() => { native.streamOpen("a", 1, false); native.restart("again"); },
	];
	export default function () { return (kind, now, value) => ways[value](0); }`;

const BIRTHS = 20_000;

test("20,000 births and deaths leave no byte behind", async () => {
	const street = await Street.of(imageOf(PROGRAM, { computronBudget: 50_000 }), { lamps: 10 });
	const { fleet } = street;
	let at = 0;
	let before = 0;
	let ended = 0;
	for (let birth = 0; birth < BIRTHS; birth++) {
		const lamp = birth % 10;
		fleet.boot(lamp, ++at, "crash");
		fleet.post(lamp, ++at, INPUT.movement, birth % 11);
		if (lamp !== 9) continue;
		const seen = street.run(at);
		ended += deaths(seen).length;
		if (birth < BIRTHS / 10) before = fleet.memoryBytes();
	}
	expect(ended).toBe(BIRTHS - Math.floor(BIRTHS / 11)); // a restart is no death
	expect(fleet.memoryBytes()).toBe(before);
});

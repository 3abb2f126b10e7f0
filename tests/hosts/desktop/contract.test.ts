/**
 * The contract of `src/host.ts` against the desktop's host, on the modules of the SDK that misbehave.
 *
 * `npm run host -- headless` is the proof on the SDK's own.
 */
import "../esp32/sdk/globals.js";
import { beforeEach, expect, test } from "@jest/globals";
import { desktopHost } from "../../../hosts/desktop/desktop.js";
import { Desktop } from "../../../hosts/desktop/live.js";
import type { Host } from "../../../src/host.js";
import { breachesOf } from "../contract.js";
import { Controller, power } from "../esp32/controller.js";

/** What the program around the machine gives it (hosts/desktop/host.c). */
const printed: string[] = [];
const program: typeof headless = {
	args: [],
	readLine: () => undefined,
	onLine: () => {},
	print: (line) => void printed.push(line),
	random: (into) => void new Uint8Array(into).fill(7),
	freeBytes: () => 40_000,
	live: () => [1000, 10_000],
	exit: (status) => {
		throw new Error(`exit ${status}`);
	},
};

beforeEach(() => {
	power.on = new Controller();
	Object.assign(globalThis, { headless: program });
	printed.length = 0;
});

/** A lamp whose clock is a script's, without a network. */
const scripted = (): Host =>
	desktopHost(
		{
			serial: "scripted-00001",
			hardware: "desktop/1",
			monotonic: () => 0,
			alarm: () => {},
			restart: () => {},
			relay: "notAvailable",
			freeBytes: () => 40_000,
			dimmer: { resolution: 12, write: () => {}, fade: () => {}, stop: () => {} },
			random: (into) => void into.fill(7),
		},
		new Map(),
	);

test.each([
	["live", () => new Desktop(new Map()).host],
	["scripted", scripted],
])("the desktop's host keeps the contract: %s", (_which, made) => {
	expect(breachesOf(made())).toEqual([]);
	expect(printed.filter((line) => !line.includes(" link "))).toEqual([]); // as the indicator was asked to
});

test("a lamp on the desktop shines when power comes, and takes its inputs by lines", () => {
	const lamp = new Desktop(new Map()).begin();
	power.on.pass(1000);
	expect(printed.find((line) => / duty /.test(line))).toMatch(/ duty 4095$/);
	expect([lamp.apply("illuminance", 2), lamp.apply("nonsense", 1)]).toEqual([true, false]);
});

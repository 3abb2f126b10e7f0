/** The PWM of each board against its optocoupler, drivers and flicker, and its place in docs/boards.md. */
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import type { Board, BusBoard } from "../../../hosts/esp32/board.js";
import { boardNames } from "../../../tools/renew/boards.js";
import { hardwareOf } from "../../../tools/toolchain/sdkconfig.js";
import { noneLeft } from "../../support/mend.js";

/** Most of the PC817 at 100 ohms. */
const EDGE_s = 18e-6;
/** Of full light: what edges that differ by EDGE_s may change. */
const MOST_ERROR = 0.02;
/** Inputs of 10 V end there. */
const INPUT_MOST_hz = 3_000;
const page = readFileSync("docs/boards.md", "utf8");

const pins = await Promise.all(
	boardNames().map(async (name): Promise<[string, Board | BusBoard]> => {
		const { board } = await import(`../../../hosts/esp32/boards/${name}/pins.js`);
		return [name, board];
	}),
);

test.each(pins)(
	"%s: an optocoupler and a driver follow its PWM, as the page states",
	(_, board) => {
		if (!("lamp" in board)) return; // its driver is on a bus
		const { hz, resolution } = board.lamp;
		expect(hz * EDGE_s).toBeLessThan(MOST_ERROR);
		expect(hz).toBeLessThanOrEqual(INPUT_MOST_hz);
		expect(page).toContain(
			`It is ${hz.toLocaleString("en")} Hz with ${resolution} bits on every board`,
		);
	},
);

/** SVM of a square wave (CIE TN 006): its harmonics from 80 to 2,000 Hz by their thresholds. */
function svm(hz: number, duty: number): number {
	let sum = 0;
	for (let nth = 1; nth * hz <= 2_000; nth += 1) {
		const f = nth * hz;
		const amplitude = Math.abs((2 * Math.sin(Math.PI * nth * duty)) / (Math.PI * nth * duty));
		const threshold = 1 / (1 + Math.exp(-0.00518 * (f - 306.6))) + 20 * Math.exp(-f / 10);
		sum += (amplitude / threshold) ** 3.7;
	}
	return sum ** (1 / 3.7);
}

test.each([
	[1_000, "**2.42, 1.91, 1.31**"],
	[8_000, "0: it ends at 2,000 Hz"],
])("the page's SVM of an LED that a PWM of %d Hz switches", (hz, text) => {
	const row = page
		.split("\n")
		.find((line) => line.startsWith(`| ${hz.toLocaleString("en")} Hz, LED`))!;
	expect(row).toContain(text);
	const figures = [0.05, 0.27, 0.5].map((duty) => svm(hz, duty).toFixed(2)).join(", ");
	expect(figures).toBe(/\*\*(.*)\*\*/.exec(text)?.[1] ?? "0.00, 0.00, 0.00");
});

test("each board is in the table of docs/boards.md, with its pins", () => {
	const missing = boardNames().filter((name) => !page.includes(`\`${name}\``));
	noneLeft(missing, "add a row with its pins to the first table of docs/boards.md");
});

test.each(pins)("%s: the build reads the name that the pins report", (name, { hardware }) => {
	expect(hardware).toMatch(/^[\w-]+\/\d+$/);
	expect(hardwareOf(name)).toBe(hardware);
});

/** The PWM of each board against the limits of IEEE Std 1789-2015, and the board's place in docs/boards.md. */
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import type { Board, BusBoard } from "../../../hosts/esp32/board.js";
import { boardNames } from "../../../tools/renew/boards.js";
import { hardwareOf } from "../../../tools/toolchain/sdkconfig.js";
import { noneLeft } from "../../support/mend.js";

/** From there on no modulation has an observable effect, not even that of 100 %. */
const NO_LIMIT_FROM_hz = 3_000;
const page = readFileSync("docs/boards.md", "utf8");

const pins = await Promise.all(
	boardNames().map(async (name): Promise<[string, Board | BusBoard]> => {
		const { board } = await import(`../../../hosts/esp32/boards/${name}/pins.js`);
		return [name, board];
	}),
);

test.each(pins)("%s is above the limits, as the page states", (_, board) => {
	if (!("lamp" in board)) return; // its driver is on a bus
	const { hz, resolution } = board.lamp;
	expect(hz).toBeGreaterThanOrEqual(NO_LIMIT_FROM_hz);
	const figures = `${hz.toLocaleString("en")} Hz with ${resolution} bits`;
	expect(page).toContain(
		`The PWM of every board, ${figures}, is above the limits of IEEE Std 1789-2015`,
	);
});

test("each board is in the table of docs/boards.md, with its pins", () => {
	const missing = boardNames().filter((name) => !page.includes(`\`${name}\``));
	noneLeft(missing, "add a row with its pins to the first table of docs/boards.md");
});

test.each(pins)("%s: the build reads the name that the pins report", (name, { hardware }) => {
	expect(hardware).toMatch(/^[\w-]+\/\d+$/);
	expect(hardwareOf(name)).toBe(hardware);
});

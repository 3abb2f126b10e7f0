/** The PWM of each board against the limits of IEEE Std 1789-2015, and the sentence of docs/boards.md. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { board as emulator } from "../../../hosts/esp32/boards/emulator/pins.js";
import { board as c3 } from "../../../hosts/esp32/boards/esp32-c3/pins.js";
import { board as devkit } from "../../../hosts/esp32/boards/esp32-devkit/pins.js";
import { board as wt32 } from "../../../hosts/esp32/boards/wt32-eth01/pins.js";

/** From there on no modulation has an observable effect, not even that of 100 %. */
const NO_LIMIT_FROM_hz = 3_000;
const BOARDS = { emulator, "esp32-c3": c3, "esp32-devkit": devkit, "wt32-eth01": wt32 };
const page = readFileSync("docs/boards.md", "utf8");

test("each board with a PWM is judged", () => {
	const hasPwm = (board: string) =>
		readFileSync(`hosts/esp32/boards/${board}/pins.ts`, "utf8").includes("hz: ");
	expect(Object.keys(BOARDS)).toEqual(readdirSync("hosts/esp32/boards").filter(hasPwm).sort());
});

test.each(Object.entries(BOARDS))("%s is above the limits, as the page states", (_, { lamp }) => {
	expect(lamp.hz).toBeGreaterThanOrEqual(NO_LIMIT_FROM_hz);
	const figures = `${lamp.hz.toLocaleString("en")} Hz with ${lamp.resolution} bits`;
	expect(page).toContain(
		`The PWM of every board, ${figures}, is above the limits of IEEE Std 1789-2015`,
	);
});

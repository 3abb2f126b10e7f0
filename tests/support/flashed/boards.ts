/** Boards: those with a PWM, by their folders; a bus has no stand-in here. */
import { readFileSync } from "node:fs";
import { boardNames } from "../../../tools/renew/boards.js";

export const BOARDS: readonly string[] = boardNames().filter(
	(board) =>
		!readFileSync(`hosts/esp32/boards/${board}/manifest.json`, "utf8").includes("/bus.json"),
);

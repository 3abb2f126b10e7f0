/**
 * Build: the texts that are flashed, of each board, compressed and as they are written; a program of its
 * own. Prints them as JSON, by board and how, then by module.
 */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeBoardImage } from "../../../tools/toolchain/boardimage.js";
import { BOARDS } from "./boards.js";

const all: Record<string, Readonly<Record<string, string>>> = {};
for (const board of BOARDS)
	for (const how of ["compressed", "written"]) {
		// a folder of its own, for tests that run side by side
		const name = `${board}-${how}-${process.ppid}`;
		await makeBoardImage(join("hosts/esp32/boards", board), name, {
			isAsWritten: how === "written",
		});
		const folder = join("out/boards", name);
		const read = (file: string) => readFileSync(join(folder, file), "utf8");
		all[`${board} ${how}`] = { "luminode/all": read("all.js"), main: read("main.js") };
		rmSync(folder, { recursive: true });
	}
process.stdout.write(JSON.stringify(all));

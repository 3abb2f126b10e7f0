/** Golden: the session in docs/console.md is what the console says. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { Console } from "../../src/console/console.js";
import { EVENING } from "../explain/view.js";
import { TestDesk } from "./desk.js";
import { Port, Terminal } from "./terminal.js";

const PAGE = fileURLToPath(new URL("../../docs/console.md", import.meta.url));
const TYPED = [
	"help",
	"help override",
	"status",
	"explain",
	"explain 22:02:31",
	"explain 22:01",
	"explain 21:00",
	"preview 2026-12-24",
	"help floorLevel",
	"show floorLevel",
	"set floorLevel 130",
	"set floorLevel 25",
	"show floorLevel",
	"apply",
	"confirm",
	"override 40 90",
	"override 40",
	"clear",
	"log",
	"reboot",
	"language fr",
	"help",
	"explain",
];

test("docs/console.md shows a true session", () => {
	const port = new Port();
	const desk = new TestDesk();
	const lamp = new Console(port.doors, desk);
	const terminal = new Terminal();
	const started = { cause: "powerOn", swVersion: "0.1.0" } as const;
	desk.journal.append({ type: "started", attributes: started }, 0, undefined);
	const rejected = { reason: "stale", via: "node" };
	for (let nth = 0; nth < 3; nth += 1)
		desk.journal.append({ type: "orderRejected", attributes: rejected }, 90_000 + nth, EVENING);
	for (const line of ["", ...TYPED]) {
		port.type(`${line}\r`);
		lamp.onReadable();
		terminal.show(port.received());
	}
	const session = `${terminal.text.trim()}\n`;

	const page = readFileSync(PAGE, "utf8");
	const fence = "```\n";
	const start = page.indexOf(fence, page.indexOf("## A session")) + fence.length;
	const end = page.indexOf(fence, start);
	const [before, shown, after] = [page.slice(0, start), page.slice(start, end), page.slice(end)];
	if (process.env.WRITE_GOLDEN === "1") writeFileSync(PAGE, before + session + after);
	else expect(shown).toBe(session);
});

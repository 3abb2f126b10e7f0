/** Golden: the session in docs/console.md is what the console says. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { EVENING, VIEW } from "../explain/view.js";
import { Pole, SECRET } from "./pole.js";

const PAGE = fileURLToPath(new URL("../../docs/console.md", import.meta.url));
const TYPED = [
	"\r",
	"a guess of a stranger",
	"A-GUESS-OF-A-STRANGER",
	SECRET, // too soon
	60_000, // time passes
	SECRET,
	"help",
	" ",
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
	"identify 20",
	"maintenance 30",
	"maintenance end",
	"test light",
	"test pir",
	30_000,
	"test colour",
	"broker",
	"certificate",
	"watch",
	" ",
	"factoryReset",
	"restart",
	"events",
	"reboot",
	"language fr",
	"help test",
	"test light",
	"explain",
	"logout",
];

test("docs/console.md shows a true session", () => {
	const pole = new Pole();
	pole.now = VIEW.time.now;
	pole.boot();
	const { journal } = pole.desk;
	const started = { cause: "powerOn", swVersion: "0.1.0" } as const;
	journal.append({ type: "started", attributes: started }, 0, undefined);
	const rejected = { reason: "stale", via: "node" };
	for (let nth = 0; nth < 3; nth += 1)
		journal.append({ type: "orderRejected", attributes: rejected }, 90_000 + nth, EVENING);
	for (const keys of TYPED)
		if (typeof keys === "number") pole.pass(keys);
		else pole.type(keys.length > 1 ? `${keys}\r` : keys);
	const session = `${pole.terminal.text.trim()}\n`;

	const page = readFileSync(PAGE, "utf8");
	const fence = "```\n";
	const start = page.indexOf(fence, page.indexOf("## A session")) + fence.length;
	const end = page.indexOf(fence, start);
	const [before, shown, after] = [page.slice(0, start), page.slice(start, end), page.slice(end)];
	if (process.env.WRITE_GOLDEN === "1") writeFileSync(PAGE, before + session + after);
	else expect(shown).toBe(session);
});

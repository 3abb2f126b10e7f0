/** The terminal: keys to the lamp, the lamp to screen and log, a plug that is pulled. */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { withoutSecrets } from "../../../../tools/laptop/line/screenlog.js";
import { terminal } from "../../../../tools/laptop/line/terminal.js";
import { until } from "../../../support/until.js";
import { LampLine, TestSeat } from "../lampline.js";

let folder: string;
let lamp: LampLine;
let seat: TestSeat;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	lamp = await new LampLine((text, say) => say(text.replaceAll("\r", "\r\n"))).plug();
	seat = new TestSeat();
});
afterEach(async () => {
	await lamp.unplug();
	rmSync(folder, { recursive: true });
});

const CTRL_Q = "\u0011";

test("each key goes to the lamp, Ctrl-C too, and Ctrl-Q alone leaves with the keyboard restored", async () => {
	const over = terminal(["--port", lamp.name], seat);
	await until("it says how to leave", () => seat.stderr.text.includes("Ctrl-Q leaves"));
	seat.keys.write("status\r\u0003\u001b[A");
	await until("the lamp has answered", () => seat.stdout.text.includes("\u001b[A"));
	expect(seat.raw).toEqual([true]);
	seat.keys.write(`\u0004${CTRL_Q}never sent`);
	expect(await over).toBe(0);
	expect(seat.raw).toEqual([true, false]);
	expect(lamp.received).toBe("status\r\u0003\u001b[A\u0004");
});

test("a plug that was pulled is waited for, and the talk goes on when it is back", async () => {
	const over = terminal(["--port", lamp.name], seat);
	await until("it is open", () => seat.stderr.text.includes("Ctrl-Q leaves"));
	await lamp.unplug();
	await until("it says so", () => seat.stderr.text.includes("[unplugged"));
	seat.keys.write("lost"); // as with any cable
	await lamp.plug();
	await until("it says so", () => seat.stderr.text.includes("[plugged in again"));
	seat.keys.write("status\r");
	await until("the lamp answers", () => seat.stdout.text.includes("status\r\n"));
	seat.keys.write(CTRL_Q);
	expect(await over).toBe(0);
	expect(lamp.received).toBe("status\r");
});

test("it can be left while the plug is out", async () => {
	const over = terminal(["--port", lamp.name], seat);
	await until("it is open", () => seat.stderr.text.includes("Ctrl-Q leaves"));
	await lamp.unplug();
	await until("it says so", () => seat.stderr.text.includes("[unplugged"));
	seat.keys.write(CTRL_Q);
	expect(await over).toBe(0);
	expect(seat.raw).toEqual([true, false]);
});

test("the log holds the lines as they stood on the screen, and no secret; nobody else reads it", async () => {
	const file = join(folder, "pole.log");
	const over = terminal(["--port", lamp.name, "--log", file], seat);
	await until("it is open", () => seat.stderr.text.includes("Ctrl-Q leaves"));
	lamp.say("luminode> secret ABCDEFGHJK\b\u001b[K");
	lamp.say(
		"KLMNPQRSTUV\r\nthe secret is set\r\nfor instance ABCDEFGHJKLMNPQRSTUV - write it down\r\n",
	);
	lamp.say("luminode> stauts\b\b\b\b\u001b[Katus\r\nla lampe brille à 60 %\r\n");
	await until("all is shown", () => seat.stdout.text.includes("60 %"));
	await lamp.unplug();
	await until("it says so", () => seat.stderr.text.includes("[unplugged"));
	seat.keys.write(CTRL_Q);
	await over;
	const time = "2026-11-24T21:00:00.000Z";
	expect(readFileSync(file, "utf8").split("\n")).toEqual([
		`${time} -- ${lamp.name} at 115200 8N1. Ctrl-Q leaves.`,
		`${time} luminode> secret (hidden)`,
		`${time} the secret is set`,
		`${time} for instance (hidden) - write it down`,
		`${time} luminode> status`,
		`${time} la lampe brille à 60 %`,
		`${time} -- unplugged; waiting for ${lamp.name}. Ctrl-Q leaves.`,
		"",
	]);
	expect(statSync(file).mode & 0o077).toBe(0);
});

test("a script's lines go in, its answers come out, and it ends by itself", async () => {
	const over = terminal(["--port", lamp.name], seat);
	seat.keys.end("status\r");
	expect(await over).toBe(0);
	expect(seat.stdout.text).toBe("status\r\n");
});

describe("what a log hides", () => {
	const cases: [why: string, line: string, kept: string][] = [
		["a login", "luminode> login hunter2", "luminode> login (hidden)"],
		[
			"half a secret, where the plug was pulled",
			"luminode> secret hun",
			"luminode> secret (hidden)",
		],
		["a setting that is a secret", "> set siteKey a b c", "> set siteKey (hidden)"],
		["a secret behind a slip", "luminode> x login 0123456789abcdef", "luminode> x login (hidden)"],
		["a proposal", "par exemple ABCDEFGHJKLMNPQRSTUV", "par exemple (hidden)"],
	];
	test.each(cases)("%s", (_why, line, kept) => {
		expect(withoutSecrets(line)).toBe(kept);
	});
	const plain = [
		"This lamp has no secret yet. Nothing works here before: secret NEW sets it.",
		"a secret has 16-64 characters of ASCII, no spaces, 6 different ones at least",
		"luminode> set floorLevel 25",
		"node     liege/quai-7, serial sim-00001, virtual/1, software 0.1.0",
	];
	test.each(plain)("and not: %s", (line) => {
		expect(withoutSecrets(line)).toBe(line);
	});
});

describe("refused in one line, exit 2", () => {
	const cases: [args: string[], why: RegExp][] = [
		[[], /^console: --port is missing; --list shows the ports$/],
		[["--port", ""], /--port is empty/],
		[["--port", "/dev/no-such-port"], /no such port; --list/],
		[["--port", "/dev/null"], /is not a serial port/],
		[["--port", "tcp:here"], /not tcp:HOST:PORT/],
		[["--port", "tcp:127.0.0.1:70000"], /not tcp:HOST:PORT/],
		[["--port", "tcp:127.0.0.1:1"], /no program listens there/],
		[["--port", "tcp:127.0.0.1:1", "--log", "/no/such/folder"], /cannot be written \(ENOENT\)/],
		[["--prot", "x"], /unknown option --prot; --help/],
	];
	test.each(cases)("%j", async (args, why) => {
		expect(await terminal(args, seat)).toBe(2);
		expect(seat.stderr.text.trim()).toMatch(why);
		expect(seat.stderr.text.trim()).not.toMatch(/\n| at /);
		expect(seat.raw).toEqual([]);
	});
});

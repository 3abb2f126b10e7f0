/** The laptop's tools at the simulator's serial lines: devices made by socat, picocom, the programs themselves. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Vault } from "../../../lib/vault/vault.js";
import { provision } from "../../../tools/laptop/provision/provision.js";
import { pause, until } from "../../support/until.js";
import { TestSeat } from "../../tools/laptop/lampline.js";
import { Program, streetAtSerialLines } from "../support/programs.js";

const LAMPS = 12;
/** Unplugged while it is commissioned. */
const UNLUCKY = 5;
/** Tried until one of them is heard to be unplugged. */
const CABLES = 4;
const PHRASE = "correct horse battery";
/** At 60 s of wall clock a lamp logs out who is silent: longer than any patience of the tools. */
const SPEED = "10";
const CHEAP = { N: 2 ** 8, r: 8, p: 1 };
const ESCAPE = "\u0001\u0018"; // picocom's Ctrl-A Ctrl-X
const CTRL_Q = "\u0011";

let folder: string;
let street: Program;
const ports: string[] = [];
const devices: string[] = [];
const file = (name: string) => join(folder, name);

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	street = streetAtSerialLines(LAMPS, SPEED);
	const line = (lamp: number) =>
		new RegExp(`serial line of lamp ${lamp}: (tcp:\\S+:\\d+), (\\S+)\n`);
	for (let lamp = 1; lamp <= LAMPS; lamp++) {
		const [, port, device] = await street.says(line(lamp)); // the engine may be built first
		ports.push(port!);
		devices.push(device!);
	}
	const rows = Array.from({ length: LAMPS }, (_, index) => {
		return `P${index + 1},L${String(index + 1).padStart(5, "0")},quai-${index + 1},${50 + index}`;
	});
	const head = ["pole,serial,node,latitude,site,group,fullClass,floorClass,installedMean"];
	writeFileSync(
		file("site.csv"),
		[...head, ...rows.map((row) => `${row},liege,quay,P4,P6,6.2`), ""].join("\n"),
	);
	Vault.open(file("city.vault"), PHRASE, CHEAP).update((content) => ({ ...content }));
});

afterAll(async () => {
	await street?.stop("SIGINT");
	if (folder) rmSync(folder, { recursive: true });
});

function begin(lamp: number, port: string, ...more: string[]) {
	const seat = new TestSeat();
	const { stdin, stdout, stderr, now } = seat;
	const files = ["--site", file("site.csv"), "--vault", file("city.vault")];
	const args = ["--port", port, "--pole", `P${lamp}`, ...files, "--protocol", file("protocol.csv")];
	const environment = { LUMINODE_PASSPHRASE: PHRASE };
	const over = provision([...args, "--seen", "--yes", ...more], {
		stdin,
		stdout,
		stderr,
		now,
		environment,
	});
	return { over, stdout, stderr };
}

const results = () =>
	readFileSync(file("protocol.csv"), "utf8")
		.split("\r\n")
		.slice(1, -1)
		.map((line) =>
			line
				.split(",")
				.filter((_cell, index) => [1, 3, 4, 5].includes(index))
				.join(" "),
		);

/** Commissions the unlucky pole over a cable of its own that is pulled in the middle; what it said. */
async function unplug(link: string): Promise<string> {
	const [, host] = ports[UNLUCKY - 1]!.split(/^tcp:/);
	const cable = new Program("socat", [
		"-d",
		"-d",
		`PTY,link=${link},raw,echo=0,wait-slave,pty-interval=0.05`,
		`TCP:${host}`,
	]);
	await until("the device is there", () => cable.pid !== undefined && existsSync(link));
	const unlucky = begin(UNLUCKY, link);
	let isOver = false;
	void unlucky.over.then(() => {
		isOver = true;
	});
	const output = () =>
		[unlucky.stdout.text, unlucky.stderr.text, cable.output, street.output].join("\n");
	const isAtWork = () => unlucky.stdout.text.includes("lamp L00005");
	await until("it is at work", () => isOver || isAtWork(), output);
	expect([isAtWork(), isAtWork() ? "" : output()]).toEqual([true, ""]);
	await cable.stop("SIGKILL");
	expect(await unlucky.over).toBe(1);
	return unlucky.stdout.text;
}

test("one is unplugged in the middle, and says so", async () => {
	// Seldom the hang-up of a killed socat reaches no reader of its pseudo-terminal: other cables then.
	let output = "";
	for (let cable = 1; cable <= CABLES && !/unplugged$/m.test(output); cable++)
		output = await unplug(file(`unlucky-${cable}`));
	expect(output).toMatch(/^FAIL pole P5: .*unplugged$/m);
});

test("eleven pass; a second run ends the twelfth", async () => {
	// half by the serialport library on devices, half over TCP
	const others = ports.map((port, index) => (index % 2 === 0 ? devices[index]! : port));
	const runs = others.map((port, index) =>
		index + 1 === UNLUCKY ? undefined : begin(index + 1, port),
	);
	for (const run of runs.filter((each) => each !== undefined)) {
		await run.over;
		expect([run.stdout.text, run.stderr.text]).toEqual([expect.stringMatching(/^PASS/m), ""]);
	}
	expect(results().filter((line) => line.startsWith("pass"))).toHaveLength(LAMPS - 1);

	const again = begin(UNLUCKY, devices[UNLUCKY - 1]!, "--certificate", file("certificates"));
	expect([await again.over, again.stdout.text]).toEqual([
		0,
		expect.stringMatching(/^PASS pole P5$/m),
	]);
	const passed = results().filter((line) => line.startsWith("pass"));
	expect(new Set(passed).size).toBe(LAMPS);
	expect(passed).toContain("pass P5 quai-5 L00005");
	expect(again.stdout.text).toMatch(/^test broker: pass$/m);
	const request = join(file("certificates"), "L00005.csr.pem");
	const openssl = new Program("openssl", ["req", "-in", request, "-verify", "-noout", "-subject"]);
	expect([await openssl.ended(), openssl.output]).toEqual([
		0,
		expect.stringMatching(/CN *= *L00005/),
	]);
});

/** A program on a terminal of its own, with our hands on its keyboard. */
function atTerminal(...args: string[]): Program {
	return new Program(
		"socat",
		["-d0", "-", `EXEC:${args.join(" ")},pty,setsid,ctty,stderr,echo=0`],
		"pipe",
	);
}

const secretOf = (lamp: number) =>
	Vault.open(file("city.vault"), PHRASE)
		.read()
		.lamps.find(({ nodes }) => nodes.includes(`quai-${lamp}`))!.secret;

test("picocom: login, status, override, logout", async () => {
	const picocom = atTerminal("picocom", "-b", "115200", devices[2]!);
	try {
		await picocom.says(/Terminal ready/);
		picocom.type("\r");
		await picocom.says(/luminode, node quai-3\.[\s\S]*secret: /);
		picocom.type(`${secretOf(3)}\r`);
		await picocom.says(/Type help\.[\s\S]*luminode> /);
		picocom.type("status\r");
		await picocom.says(/node +liege\/quai-3, serial L00003[\s\S]*machine[\s\S]*luminode> /);
		picocom.type("override 77 5\r");
		await picocom.says(/override 77 5[\s\S]*77 % until \d\d:\d\d[\s\S]*luminode> /);
		picocom.type("logout\r");
		await picocom.says(/logged out/);
		picocom.type(ESCAPE);
		expect(await picocom.ended()).toBe(0);
		expect(picocom.output).not.toContain(secretOf(3));
	} finally {
		await picocom.stop();
	}
});

test("npx luminode console on a device: shows how to leave, logged without the secret, leaves clean", async () => {
	const log = file("pole.log");
	const console_ = atTerminal("npx luminode console", "--port", devices[3]!, "--log", log);
	try {
		await console_.says(/Ctrl-Q leaves/);
		console_.type("\r");
		await console_.says(/secret: /);
		console_.type(`${secretOf(4)}\r`);
		await console_.says(/Type help\.[\s\S]*luminode> /);
		console_.type("why\r");
		await console_.says(/program[\s\S]*luminode> /);
		console_.type(CTRL_Q);
		expect(await console_.ended()).toBe(0);
	} finally {
		await console_.stop();
	}
	const kept = readFileSync(log, "utf8");
	expect(kept).toMatch(/Z luminode, node quai-4\.\n/);
	expect(kept).not.toContain(secretOf(4));
});

test("npx luminode provision says what is wrong in one line, exit 2", async () => {
	writeFileSync(file("wrong.csv"), "node,floorLevel\nquai-1,130\n");
	const args = ["--port", devices[0]!, "--site", file("wrong.csv"), "--pole", "quai-1"];
	const run = new Program("npx", ["luminode", "provision", ...args, "--vault", file("v")]);
	expect(await run.ended()).toBe(2);
	expect(run.output).toBe(
		`provision: ${file("wrong.csv")}:2: floorLevel must be 0 to 100 %, e.g. 20, not "130"\n`,
	);
});

test("no lamp died of all that", async () => {
	await pause(100);
	await street.stop("SIGINT");
	expect(street.output).toMatch(/deaths 0/);
});

/** A street of lamps at a real mosquitto: what it sees, what it may order, and its death and return. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { pause, until } from "../../support/until.js";
import { freePort, Program, simulator } from "../support/programs.js";

const LAMPS = 12;
const SPEED = 60;
const MOSQUITTO = "/usr/sbin/mosquitto";
const nodes = Array.from({ length: LAMPS }, (_, i) => `pole-${String(i + 1).padStart(5, "0")}`);

let folder: string;
let port: number;
let broker: Program;
let street: Program;
let listener: Program;

function startBroker(): Program {
	return new Program(MOSQUITTO, ["-c", join(folder, "mosquitto.conf"), "-v"]);
}
function startListener(): Program {
	const where = ["-h", "127.0.0.1", "-p", String(port)];
	return new Program("mosquitto_sub", [...where, "-q", "1", "-t", "luminode/1/#", "-v"]);
}
async function publish(topic: string, payload: string): Promise<void> {
	const where = ["-h", "127.0.0.1", "-p", String(port), "-q", "1"];
	const program = new Program("mosquitto_pub", [...where, "-t", topic, "-m", payload]);
	expect([await program.ended(), program.output]).toEqual([0, ""]);
}
/** Which lamps the listener has received under `suffix` with a payload that matches. */
function reported(suffix: string, payload = /./): string[] {
	const found = new Set<string>();
	for (const line of listener.output.split("\n")) {
		const [, node, what, text] = /^luminode\/1\/liege\/([^/]+)\/(\S+) (.*)$/.exec(line) ?? [];
		if (what === suffix && payload.test(text!)) found.add(node!);
	}
	return [...found].sort();
}
/** Waits until all lamps were received so. */
async function allReport(suffix: string, payload = /./): Promise<void> {
	await until(`${suffix} of all`, () => reported(suffix, payload).length >= LAMPS);
	expect([suffix, reported(suffix, payload)]).toEqual([suffix, nodes]);
}
/** The street's instant, as the lamps reported it last. */
function streetNow(): number {
	const times = [...listener.output.matchAll(/"time":"([^"]+)"/g)].map(([, time]) => time!);
	return Date.parse(times.at(-1)!);
}

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "luminode-"));
	port = await freePort();
	const lines = [`listener ${port} 127.0.0.1`, "allow_anonymous true", "persistence false"];
	writeFileSync(join(folder, "mosquitto.conf"), `${lines.join("\n")}\n`);
	broker = startBroker();
	await broker.says(/mosquitto version .* running/);
	listener = startListener();
	const url = `mqtt://127.0.0.1:${port}`;
	const begin = ["--start", "2026-11-24T18:00:00+01:00", "--duration", "12h"];
	const args = ["--headless", "--lamps", String(LAMPS), "--seed", "7", "--speed", String(SPEED)];
	street = simulator(...args, ...begin, "--broker", url);
	await street.says(/12 lamps, seed 7/); // the engine may have to be built first
});

afterAll(async () => {
	await Promise.all([street?.stop(), listener?.stop(), broker?.stop()]);
	rmSync(folder, { recursive: true });
});

describe("mosquitto", () => {
	test("sees status, birth, state and telemetry of every lamp", async () => {
		await allReport("status", /"online":true/);
		await allReport("birth", /"capabilities"/);
		await allReport("state", /"actualLightState"/);
		await allReport("telemetry", /"activeEnergy_kWh"/);
	});

	test("an override moves the lamp that it names, is answered, and ends by itself", async () => {
		const node = nodes[2]!;
		const before = listener.output.length;
		const since = (pattern: RegExp) => pattern.test(listener.output.slice(before));
		const issued = new Date(streetNow()).toISOString();
		const end = streetNow() + 6 * 60_000; // six seconds at this speed
		const span = { issued, validFor: 3600, expiration: new Date(end).toISOString() };
		const order = { id: "sys-1", command: "override", level: 77, inhibitSensors: true, ...span };
		await publish(`luminode/1/liege/${node}/command`, JSON.stringify(order));
		const answered = new RegExp(`${node}/reply .*"id":"sys-1","status":"accepted"`);
		const moved = new RegExp(`${node}/state .*"feedbackLightCommand":77.*"reason":"override"`);
		await listener.says(answered);
		await listener.says(moved);
		expect([since(answered), since(moved)]).toEqual([true, true]);
		const sinceMoved = () => listener.output.slice(listener.output.search(moved) + 1);
		const other = new RegExp(`${node}/state .*"reason":"(?!override).*"time":"([^"]+)"`);
		while (!other.test(sinceMoved())) await pause(100);
		const ended = Date.parse(other.exec(sinceMoved())![1]!);
		expect(ended).toBeGreaterThanOrEqual(end - 1_000); // a lamp's clock may be off by as much
		expect(ended).toBeLessThan(end + 60_000);
	});

	test("a malformed order is refused with a reason", async () => {
		await publish(`luminode/1/liege/${nodes[0]}/command`, '{"id":"sys-2","command":"dance"}');
		const reply = /pole-00001\/reply .*"id":"sys-2","status":"rejected","reason":"(\w+)"/;
		const [, reason] = await listener.says(reply);
		expect(reason).toBe("unknownCommand");
	});

	test("killed and started again, it has every lamp back", async () => {
		await broker.stop("SIGKILL");
		await listener.stop();
		broker = startBroker();
		await broker.says(/mosquitto version .* running/);
		listener = startListener(); // nothing is retained from before: persistence is off
		await allReport("status", /"online":true/);
		await allReport("birth", /"connection":([2-9]|\d\d)/);
		await allReport("state", /"actualLightState"/);
	});

	test("the street ends in order on a signal, with no lamp lost", async () => {
		await street.stop("SIGINT");
		expect(street.output).toMatch(/deaths 0/);
	});
});

test("`--speed max` is refused with a broker outside: exit code 2, one line", async () => {
	const program = simulator("--headless", "--broker", `mqtt://127.0.0.1:${port}`, "--speed", "max");
	expect(await program.ended()).toBe(2);
	expect(program.output.trim().split("\n")).toHaveLength(1);
});

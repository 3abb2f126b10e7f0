/** Transfer: an export is canonical, and comes back whole or not at all. */
import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ConsoleRig, SECRET } from "./rig.js";

const SEED = 20_261_124;

function script(): ConsoleRig {
	const pole = new ConsoleRig().guessing();
	pole.plain(`login ${SECRET}`);
	return pole;
}

/** Pastes lines as a script does, and returns all that is answered. */
function paste(pole: ConsoleRig, lines: readonly string[]): string[] {
	const answers = pole.plain("import");
	for (const line of lines) answers.push(...pole.plain(line));
	return answers;
}

/** The checksum as docs/console.md defines it, in Node's own crypto. */
function sumOf(lines: readonly string[]): string {
	let digest = Buffer.alloc(32);
	for (const line of lines)
		digest = createHash("sha256")
			.update(digest)
			.update(`${line}\n`)
			.digest() as Buffer<ArrayBuffer>;
	return digest.subarray(0, 8).toString("hex");
}

const resum = (lines: readonly string[]) => [...lines, `{"sum":"${sumOf(lines)}"}`];
const swapped = (lines: readonly string[], at: number, line: string) =>
	lines.map((each, index) => (index === at ? line : each));
const exported = () => script().plain("export").slice(0, -1);

describe("an export", () => {
	test("has the lamp, its counters, every setting but the secrets, and a checksum", () => {
		const lines = exported();
		expect(lines[0]).toBe(
			'{"export":1,"serial":"sim-00001","hardware":"virtual/1","swVersion":"0.1.0"}',
		);
		expect(lines[1]).toBe(
			'{"life":3,"activeEnergy_kWh":0.123,"energySaved_kWh":0.300,"operatingHours":5.3,"switchOnCounter":4,' +
				'"accumulatedRoadUserNumber":12}',
		);
		const pole = script();
		const open = pole.desk.names.filter((name) => !pole.desk.isSecret(name));
		expect(lines.slice(2, -1).map((line) => Object.keys(JSON.parse(line))[0])).toEqual(open);
		expect(lines.at(-1)).toBe(`{"sum":"${sumOf(lines.slice(0, -1))}"}`);
	});
	test("is the same for people, and the same twice", () => {
		expect(new ConsoleRig().run("export").split("\n")).toEqual(exported());
		expect(exported()).toEqual(exported());
	});
	test("differs in the lines of what differs", () => {
		const pole = script();
		for (const line of ["set floorLevel 25", "apply", "confirm"]) pole.plain(line);
		const other = pole.plain("export").slice(0, -1);
		expect(other.filter((line, index) => line !== exported()[index])).toEqual([
			'{"floorLevel":25}',
			other.at(-1),
		]);
	});
});

describe("an import", () => {
	test("brings back what another lamp exported, to be applied; each line is answered", () => {
		const old = script();
		const changes = [
			"set site liege",
			"set program sunset 100; 23:00 50; sunrise 0",
			"set hold 45",
		];
		for (const line of [...changes, "apply", "confirm"]) old.plain(line);
		const lines = old.plain("export").slice(0, -1);
		const fresh = script();
		const answers = paste(fresh, lines);
		expect(answers.slice(0, -1)).toEqual(lines.map((_, index) => `{"line":${index + 1}}`));
		expect(answers.at(-1)).toMatch(/^ok \d+ settings edited/);
		expect(fresh.plain("show hold")[0]).toBe('{"name":"hold","value":30,"candidate":45}');
		fresh.plain("apply");
		expect(fresh.plain("export")).toEqual([...lines, "ok"]);
	});
	test("shows nothing to people while it comes, and takes no line for a command", () => {
		const pole = new ConsoleRig().login();
		pole.type("import\r");
		const seen = pole.send(
			exported()
				.map((line) => `${line}\r`)
				.join(""),
		);
		expect(seen.replaceAll("\r\n", "")).toMatch(/^\d+ settings edited; apply puts them in force/);
		expect(pole.run("show hold")).toBe("hold = 30 s");
	});

	const edit = (at: number, line: string) => resum(swapped(exported().slice(0, -1), at, line));
	const cases: [why: string, lines: () => string[], fault: RegExp][] = [
		["a value out of range", () => edit(20, '{"floorLevel":900}'), /line 21: floorLevel must be/],
		["a stranger", () => edit(7, '{"colour":1}'), /line 8: colour unknownKey/],
		["a secret", () => edit(7, '{"brokerPassword":"x"}'), /line 8: brokerPassword/],
		["no JSON", () => edit(9, "floorLevel = 20"), /line 10: {2}malformed/],
		["another format", () => edit(0, '{"export":2}'), /line 1: export/],
		["no counters", () => edit(1, '{"export":1}'), /line 2: life/],
		["a line that was changed", () => swapped(exported(), 12, '{"hold":50}'), /: sum/],
		["a line that was lost", () => exported().filter((_, index) => index !== 30), /: sum/],
		[
			"two lines changed over",
			() => swapped(swapped(exported(), 5, exported()[6]!), 6, exported()[5]!),
			/: sum/,
		],
		["nothing but a checksum", () => resum([]), /line 1: sum/],
		[
			"a line too long",
			() => swapped(exported(), 4, `{"site":"${"x".repeat(400)}"}`),
			/line 5: {2}notText/,
		],
	];
	test.each(cases)("with %s changes nothing, and says which line", (_why, lines, fault) => {
		const pole = script();
		const before = pole.plain("show");
		const answers = paste(pole, lines());
		expect(answers.at(-1)).toMatch(/^error notDone not done: /);
		expect(answers.at(-1)).toMatch(fault);
		expect(pole.plain("show")).toEqual(before);
	});
	test("that is cut by Ctrl-C or by the cable changes nothing", () => {
		const pole = script();
		const before = pole.plain("show");
		const half = exported().slice(0, 40);
		pole.plain("import");
		for (const line of half) pole.plain(line);
		expect(pole.send("\u0003")).toMatch(/^error cut/);
		expect(pole.plain("show")).toEqual(before);
		pole.plain("import");
		for (const line of half) pole.plain(line);
		pole.pass(10 * 60_000); // unplugged
		pole.guessing();
		pole.plain(`login ${SECRET}`);
		expect(pole.plain("show")).toEqual(before);
	});
	test(`of any damaged export changes nothing (seed ${SEED})`, () => {
		const lines = exported();
		const places = fc.record({
			line: fc.nat(lines.length - 2),
			at: fc.nat(400),
			byte: fc.integer({ min: 32, max: 126 }),
		});
		fc.assert(
			fc.property(places, ({ line, at, byte }) => {
				const old = lines[line]!;
				const place = at % old.length;
				const text = old.slice(0, place) + String.fromCharCode(byte) + old.slice(place + 1);
				fc.pre(text !== old);
				const pole = script();
				expect(paste(pole, swapped(lines, line, text)).at(-1)).toMatch(/^error notDone/);
				expect(pole.plain("show hold")).toEqual(['{"name":"hold","value":30}', "ok"]);
			}),
			{ seed: SEED, numRuns: 60 },
		);
	});
});

describe("a certificate", () => {
	const pem = (label: string, body = "QUJD") =>
		[`-----BEGIN ${label}-----`, body, body, `-----END ${label}-----`] as const;
	const put = (pole: ConsoleRig, name: string, lines: readonly string[]) => {
		const answers = pole.plain(`certificate ${name}`);
		for (const line of lines) answers.push(...pole.plain(line));
		return answers;
	};
	test("takes its place when it was found good, each line answered", () => {
		const pole = script();
		expect(put(pole, "ca", pem("CERTIFICATE"))).toEqual([
			...[1, 2, 3, 4].map((line) => `{"line":${line}}`),
			"ok ca is kept; the next connection uses it",
		]);
		expect(pole.desk.pems.get("ca")).toBe(`${pem("CERTIFICATE").join("\n")}\n`);
		expect(pole.plain("certificate")).toEqual([
			'{"name":"ca","isSet":true}',
			'{"name":"cert","isSet":false}',
			'{"name":"key","isSet":false}',
			"ok",
		]);
	});
	const refusals: [why: string, name: string, lines: readonly string[], fault: RegExp][] = [
		["not judged good", "cert", pem("CERTIFICATE", "BAD"), /cert malformed/],
		["a key for a certificate", "ca", pem("PRIVATE KEY"), /line 1 is not -----BEGIN CERTIFICATE/],
		["a certificate for a key", "key", pem("CERTIFICATE"), /line 1 is not -----BEGIN PRIVATE KEY/],
		["not base 64", "ca", pem("CERTIFICATE", "QU,D"), /line 2 is not base 64/],
		["no text", "ca", ["nothing", "-----END CERTIFICATE-----"], /line 1 is not/],
		[
			"too long",
			"ca",
			[pem("CERTIFICATE")[0], ...Array<string>(13).fill("QUJD".repeat(90)), pem("CERTIFICATE")[3]],
			/is beyond 2560/,
		],
	];
	test.each(refusals)("%s: what was there stays", (_why, name, lines, fault) => {
		const pole = script();
		pole.desk.pems.set(name, "the one before");
		const answers = put(pole, name, lines);
		expect(answers.at(-1)).toMatch(/^error notDone/);
		expect(answers.at(-1)).toMatch(fault);
		expect(pole.desk.pems.get(name)).toBe("the one before");
	});
	test("a key is not shown, whatever goes wrong with it", () => {
		const pole = new ConsoleRig().login();
		pole.type("certificate key\r");
		const seen = pole.send(`${pem("PRIVATE KEY", "S2V5S2V5").join("\r")}\r\u001b[A\r`);
		expect(seen).not.toContain("S2V5");
		pole.type("certificate key\r");
		expect(pole.send("oops\rS2V5S2V5\r\u0003\u001b[A\r")).not.toContain("S2V5");
	});
});

/**
 * City: several simulators at one broker over TLS, with a name and a password for each lamp from the
 * vault; and runs whose lamps do not come online.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { pause } from "../../support/until.js";
import { Authority } from "../support/certificates.js";
import { City, lampSecrets, type Secured } from "../support/city.js";
import { CityReader, passwordsOf } from "../support/cityreader.js";
import { freePort, simulator } from "../support/programs.js";

const LAMPS = 8; // of each simulator
const SIMULATORS = 3;

const numbers = Array.from({ length: SIMULATORS * LAMPS }, (_, n) => n + 1);
const city = new City(numbers.map(lampSecrets));
let broker: Secured;
let url: string;
let passwords: string;
beforeAll(async () => {
	broker = await city.mosquitto();
	url = `mqtts://localhost:${broker.ports[0]}`;
	passwords = join(city.folder, "plain");
	writeFileSync(passwords, passwordsOf(city));
});
afterAll(async () => {
	await broker?.stop();
	city.dispose();
});

const streetArgs = (...more: string[]) => [
	"--headless",
	"--speed",
	"60",
	"--duration",
	"3m",
	"--ca",
	city.caPath,
	"--password-file",
	passwords,
	"--watch-user",
	"desk",
	...more,
];

test("three simulators are one city: all online, each event once and none missing", async () => {
	const reader = await CityReader.at(url, city);
	const runs = Array.from({ length: SIMULATORS }, (_, n) =>
		simulator(
			...streetArgs("--broker", url, "--user", "{node}", "--lamps", String(LAMPS)),
			"--first",
			String(1 + n * LAMPS),
			"--group",
			`street-${n + 1}`,
			"--seed",
			String(n + 1),
		),
	);
	const ends = await Promise.all(runs.map((run) => run.ended()));
	const outputs = runs.map(({ output }) => output);
	expect([ends, outputs.map((text) => /\d+ of \d+ lamps online/.exec(text)?.[0])]).toEqual([
		[0, 0, 0],
		Array.from({ length: SIMULATORS }, () => `${LAMPS} of ${LAMPS} lamps online`),
	]);
	expect([reader.online.size, reader.repeated]).toEqual([SIMULATORS * LAMPS, 0]);
	expect([...reader.groups].sort()).toEqual(["street-1", "street-2", "street-3"]);
	expect([reader.misnamed, reader.gaps]).toEqual([[], []]);
	await reader.close();
});

test("a second simulator with names that are online is refused in one sentence", async () => {
	const some = streetArgs("--broker", url, "--user", "{node}", "--lamps", "2");
	const program = simulator(...some.map((word) => (word === "3m" ? "120m" : word)));
	await program.says(/, from \d{4}-/);
	await pause(20_000);
	const other = simulator(
		...streetArgs("--broker", url, "--user", "{node}", "--lamps", "2", "--first", "2"),
	);
	expect([await other.ended(), other.output]).toEqual([
		2,
		expect.stringMatching(
			/^--broker localhost:\d+: pole-00002 of liege is online there already; choose /,
		),
	]);
	await program.stop();
});

describe("a run whose lamps do not come online", () => {
	test("names the reason of a refused handshake: an authority that did not sign", async () => {
		const { caPath } = new Authority(city.folder, "stranger");
		const some = streetArgs("--broker", url, "--user", "{node}", "--lamps", "2");
		const run = simulator(...some.map((word) => (word === city.caPath ? caPath : word)));
		expect([await run.ended(), run.output]).toEqual([
			1,
			expect.stringMatching(/^ {2}2 not: tlsRefused: .*certificate.*$/m),
		]);
	});
	test("says how many, with the reasons, and ends with 1", async () => {
		const bad = join(city.folder, "bad");
		writeFileSync(bad, `pole-00001:${city.password("pole-00001")}\npole-00002:guessed\n`);
		const some = ["--broker", url, "--user", "{node}", "--lamps", "3"];
		const run = simulator(...streetArgs(...some).map((word) => (word === passwords ? bad : word)));
		expect([await run.ended(), run.output]).toEqual([
			1,
			expect.stringContaining("1 of 3 lamps online"),
		]);
		expect(run.output).toContain("  2 not: refused: not authorised");
	});
	test("nothing listens at the broker: an error before the street begins", async () => {
		const port = await freePort();
		const run = simulator("--headless", "--broker", `mqtt://127.0.0.1:${port}`);
		expect([await run.ended(), run.output]).toEqual([
			2,
			`--broker 127.0.0.1:${port}: nothing listens there\n`,
		]);
	});
	test("of several brokers a lamp takes the one that answers", async () => {
		const silent = await freePort();
		const both = `mqtts://localhost:${silent},${url}`;
		const run = simulator(...streetArgs("--broker", both, "--user", "{node}", "--lamps", "2"));
		expect([await run.ended(), run.output]).toEqual([
			0,
			expect.stringContaining("2 of 2 lamps online"),
		]);
	});
});

/**
 * Secured city: two parts of 500 lamps each at 60 times the speed of the clock, over TLS with the
 * passwords of the vault: all come online, and each event of each life arrives once.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { City, lampSecrets } from "../support/city.js";
import { CityReader, passwordsOf } from "../support/cityreader.js";
import { simulator } from "../support/programs.js";

const STREETS = 10;
const LAMPS = 100; // of a street
const ALL = STREETS * LAMPS;
/** The spread of connections is five minutes of the street. */
const DURATION = "10m";

const numbers = Array.from({ length: ALL }, (_, n) => n + 1);
const city = new City(numbers.map(lampSecrets));
afterAll(() => city.dispose());

test.each([
	["mosquitto", () => city.mosquitto()],
	["RabbitMQ", () => city.rabbitmq()],
])("%s", async (name, start) => {
	const broker = await start();
	try {
		const url = `mqtts://localhost:${broker.ports[0]}`;
		const passwords = join(city.folder, "plain");
		writeFileSync(passwords, passwordsOf(city));
		const reader = await CityReader.at(url, city);
		const args = `--headless --streets ${STREETS} --lamps ${LAMPS} --seed 7 --speed 60`.split(" ");
		const account = ["--user", "{node}", "--password-file", passwords, "--watch-user", "desk"];
		const parts = ["1", "2"].map((index) => {
			const part = ["--shard", `${index}/2`, "--summary", join(city.folder, `${index}.json`)];
			const at = ["--broker", url, "--ca", city.caPath, "--duration", DURATION];
			return simulator(...args, ...at, ...account, ...part);
		});
		const ends = await Promise.all(parts.map((part) => part.ended()));
		const outputs = parts.map(({ output }) => output.slice(-800));
		if (process.env.SHOW) {
			const { messages, events, lives } = reader;
			process.stdout.write(`${name}: ${JSON.stringify({ messages, events, lives })}\n${outputs}\n`);
		}
		expect([ends, outputs]).toEqual([[0, 0], expect.anything()]);
		for (const index of ["1", "2"]) {
			const { totals } = JSON.parse(readFileSync(join(city.folder, `${index}.json`), "utf8"));
			expect([totals.lamps, totals.online]).toEqual([ALL / 2, ALL / 2]);
		}
		expect([reader.online.size, reader.misnamed, reader.gaps]).toEqual([ALL, [], []]);
		expect(reader.lives).toBeGreaterThanOrEqual(ALL);
		await reader.close();
	} finally {
		await broker.stop();
	}
});

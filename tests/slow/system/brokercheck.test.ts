/**
 * Broker check against Debian's mosquitto and RabbitMQ, single and a cluster of three, secured by the
 * vault's files; and against every planted bad broker.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { lineOf } from "../../../city/accounts/mosquitto.js";
import { brokerCheck, CHECKS, type Line } from "../../../city/check/brokercheck.js";
import { clock } from "../../../city/clock/clock.js";
import { BadBroker, DEFECTS, SUPERUSER } from "../../support/badbroker.js";
import { TestStation } from "../../support/station.js";
import { pause } from "../../support/until.js";
import { City, lampSecrets, type Secured } from "../support/city.js";

/** A run with the accounts of the city. @returns its exit code and its findings */
async function check(
	city: City,
	urls: string,
	...moreArgs: string[]
): Promise<{ code: number; lines: Line[]; last: string }> {
	const station = new TestStation({
		LUMINODE_BROKER_PASSWORD: city.password("pole-00001"),
		LUMINODE_DESK_PASSWORD: city.password("desk"),
		LUMINODE_ALARM_PASSWORD: city.password("alarm"),
	});
	const file = join(city.folder, "findings.json");
	const args = [
		urls,
		"--site",
		"liege",
		"--user",
		"pole-00001",
		"--client",
		"L00001",
		"--desk-user",
		"desk",
		"--alarm-user",
		"alarm",
		"--json",
		file,
		...moreArgs,
	];
	const code = await brokerCheck(args, station);
	expect(station.err).toBe("");
	const last = station.out.trimEnd().split("\n").at(-1)!;
	return { code, lines: JSON.parse(readFileSync(file, "utf8")) as Line[], last };
}

const named = (lines: readonly Line[], verdict: Line["verdict"]) =>
	lines.filter((line) => line.verdict === verdict).map(({ name, seen }) => `${name}: ${seen}`);

describe("brokers that are fit", () => {
	const cases: [
		name: string,
		start: (city: City) => Promise<Secured>,
		advice: (string | RegExp)[],
		hidden: number,
	][] = [
		["mosquitto", (city) => city.mosquitto(), [/a client identifier belongs to its account/], 2],
		[
			"RabbitMQ",
			(city) => city.rabbitmq(),
			[
				/a wildcard filter gets the messages: nothing is given/,
				/a client identifier belongs to its account/,
			],
			2,
		],
		[
			"a RabbitMQ cluster of three, of which a node is killed",
			(city) => city.rabbitmq(true, 3),
			[
				/a wildcard filter gets the messages/,
				/the same on every node: .* is not given by node/,
				/a client identifier/,
			],
			0,
		],
	];
	// each waits for silence, for most of the time
	test.concurrent.each(cases)("%s", async (_name, start, advice, hidden) => {
		const city = new City([lampSecrets(1)]);
		const broker = await start(city);
		const answering = new TestStation({ LUMINODE_BROKER_PASSWORD: city.password("clock") });
		try {
			const urls = broker.ports.map((port) => `mqtts://localhost:${port}`).join(",");
			const account = ["--site", "liege", "--ca", city.caPath, "--user", "clock"];
			void clock(["--broker", urls, ...account, "--synchronised", "true"], answering);
			while (!answering.out.includes("clock for")) await pause(50);
			const isCluster = broker.ports.length > 1;
			const kill = isCluster ? ["--kill", `kill -9 ${broker.pid(0)}`] : [];
			const { code, lines, last } = await check(city, urls, "--ca", city.caPath, ...kill);
			expect(named(lines, "fail")).toEqual([]);
			expect(named(lines, "advice")).toEqual(
				advice.map((text) => expect.stringMatching(text) as unknown as string),
			);
			expect(named(lines, "not shown")).toHaveLength(hidden);
			expect([code, lines.length]).toEqual([0, CHECKS.length]);
			expect(last).toBe(hidden > 0 ? `fit; ${hidden} of a cluster alone` : "fit");
		} finally {
			answering.end();
			await broker.stop();
			city.dispose();
		}
	});
});

/** Planted in tests/city/brokercheck.street.test.ts. */
const QUICK = [
	"drops retained messages",
	"doubles messages without DUP",
	"reorders messages",
	"ignores the ACL",
	"lets everybody answer for the clock",
];

describe("planted bad brokers before a mosquitto", () => {
	const city = new City([lampSecrets(1)]);
	let broker: Secured;
	let proxy: BadBroker;
	beforeAll(async () => {
		broker = await city.mosquitto(false);
		const files = city.files("mosquitto");
		appendFileSync(join(files, "passwords"), `${lineOf(SUPERUSER.user, SUPERUSER.password)}\n`);
		appendFileSync(join(files, "acl"), `\nuser ${SUPERUSER.user}\ntopic readwrite #\n`);
		await broker.reload();
		proxy = await new BadBroker(broker.ports[0]!).listen();
	});
	afterAll(async () => {
		await proxy?.close();
		await broker?.stop();
		city.dispose();
	});
	test.each(DEFECTS.filter(({ name }) => !QUICK.includes(name)))(
		"$name: named by '$namedBy'",
		async (defect) => {
			const args = ["--patience", "400", "--flood", "100", "--only", defect.namedBy];
			proxy.defect = defect;
			const bad = await check(city, `mqtt://127.0.0.1:${proxy.port}`, ...args);
			expect(bad.lines.map(({ verdict }) => verdict)).toEqual([
				expect.stringMatching(/fail|advice/),
			]);
		},
	);
	test("mosquitto's own queue of 1,000 messages loses the emergency", async () => {
		const small = await city.mosquitto(false, ["max_queued_messages 1000"]);
		const args = ["--only", "an emergency beside a flood", "--flood", "3000"];
		const { code, lines } = await check(city, `mqtt://127.0.0.1:${small.ports[0]}`, ...args);
		await small.stop();
		expect([code, named(lines, "fail")]).toEqual([1, [expect.stringContaining("it is lost")]]);
	});
});

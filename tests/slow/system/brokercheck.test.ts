/**
 * Broker check against Debian's mosquitto and RabbitMQ, single and a cluster of three, secured by the
 * vault's files; and against every planted bad broker.
 */
import { execSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { lineOf } from "../../../city/accounts/mosquitto.js";
import { brokerCheck, CHECKS, type Line } from "../../../city/check/brokercheck.js";
import { clock } from "../../../city/clock/clock.js";
import { BadBroker, DEFECTS, SUPERUSER } from "../../support/badbroker.js";
import { TestStation } from "../../support/station.js";
import { pause, until } from "../../support/until.js";
import { City, lampSecrets, type Secured } from "../support/city.js";
import { freePort } from "../support/programs.js";

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
		["mosquitto", (city) => city.mosquitto(), [/a client identifier belongs to its account/], 3],
		[
			"RabbitMQ",
			(city) => city.rabbitmq(),
			[
				/a wildcard filter gets the messages: nothing is given/,
				/a client identifier belongs to its account/,
			],
			3,
		],
		[
			"a RabbitMQ cluster of three, of which a node is killed",
			(city) => city.rabbitmq(true, 3),
			[
				/a wildcard filter gets the messages/,
				/the same on every node: .* is not given by node/,
				/a client identifier/,
			],
			1,
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
			expect(named(lines, "not shown")).toHaveLength(2 + hidden);
			expect([code, lines.length]).toEqual([0, CHECKS.length]);
			const unseen = hidden > 0 ? `; ${hidden} that this broker cannot show` : "";
			expect(last).toBe(`fit; 2 not tried: give --restart, --crash${unseen}`);
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
	test("mosquitto's own queue of 1,000 messages loses the emergency, and settings of lamps", async () => {
		const small = await city.mosquitto(false, ["max_queued_messages 1000"]);
		const only = ["an emergency beside a flood", "gets those of all lamps"];
		const args = [...only.flatMap((text) => ["--only", text]), "--flood", "3000"];
		const { code, lines } = await check(city, `mqtt://127.0.0.1:${small.ports[0]}`, ...args);
		await small.stop();
		expect([code, named(lines, "fail")]).toEqual([
			1,
			[expect.stringMatching(/of \d+ of 3000 lamps/), expect.stringContaining("it is lost")],
		]);
	});
});

/** @returns whether anybody listens there */
const isOpen = (port: number): Promise<boolean> =>
	new Promise((resolve) => {
		const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () =>
			resolve(false),
		);
		socket.once("connect", () => socket.destroy());
	});

describe("a mosquitto that ends and starts again", () => {
	const all = /^lost: a retained message, (the session of a lamp, )?50 of 50 orders/;
	const cases: [lines: string[], restart: RegExp, crash: RegExp][] = [
		[["persistence true"], /^50 orders, session, retained message$/, all],
		[["persistence false"], all, all],
		[
			["persistence true", "autosave_on_changes true", "autosave_interval 1"],
			/^50 orders, session/,
			/^50 orders, session|^lost: 1 of 50 orders/, // the latest change is not saved yet
		],
	];
	test.each(cases)("%j", async (lines, restart, crash) => {
		const folder = mkdtempSync(join(tmpdir(), "luminode-"));
		const [conf, pidFile, port] = [join(folder, "conf"), join(folder, "pid"), await freePort()];
		const basis = [
			`listener ${port} 127.0.0.1`,
			`pid_file ${pidFile}`,
			"allow_anonymous true",
			"user root",
			`persistence_location ${folder}/`,
		];
		writeFileSync(conf, [...basis, ...lines, ""].join("\n"));
		const start = `/usr/sbin/mosquitto -c ${conf} -d`;
		const again = (signal: string) =>
			`p=$(cat ${pidFile}); kill -${signal} $p; while kill -0 $p 2>&-; do sleep 0.05; done; ${start}`;
		execSync(start, { stdio: "ignore" }); // it may return before the broker listens
		await until("the broker listens", () => isOpen(port));
		try {
			const station = new TestStation();
			const json = join(folder, "findings.json");
			const ends = ["--restart", again("TERM"), "--crash", again("KILL")];
			const only = ["--only", "restart:", "--only", "crash:"];
			const url = `mqtt://127.0.0.1:${port}`;
			const code = await brokerCheck(
				[url, "--json", json, "--patience", "500", ...ends, ...only],
				station,
			);
			expect(station.err).toBe("");
			const found = JSON.parse(readFileSync(json, "utf8")) as Line[];
			expect(found.map(({ seen }) => seen)).toEqual([
				expect.stringMatching(restart),
				expect.stringMatching(crash),
			]);
			expect(code).toBe(found[0]!.verdict === "fail" ? 1 : 0);
		} finally {
			process.kill(Number(readFileSync(pidFile, "utf8")));
			rmSync(folder, { recursive: true, force: true });
		}
	});
});

/**
 * City many: programs beside the retained messages of 10,400 lamps at a mosquitto: metrics knows every
 * lamp, and traffic loses no acknowledged event when it starts, when it is killed, and when its disk is
 * full.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { metrics } from "../../../city/bridge/metrics.js";
import { databaseOf } from "../../../city/database.js";
import { bundle } from "../../../lib/bundle.mjs";
import { TestStation } from "../../support/station.js";
import { pause } from "../../support/until.js";
import { Mosquitto } from "../support/brokers.js";
import { eventsOf, nodeOf, presentOf, published } from "../support/manyretained.js";
import { Program, ROOT } from "../support/programs.js";

const LAMPS = 10_400;
/** Bytes of a file: some hundreds of messages. */
const FULL = 400_000;

/** Lines of the ready file that bound the queue of a session. */
const ready = readFileSync(join(ROOT, "city/files/mosquitto-passwords.conf"), "utf8")
	.split("\n")
	.filter((line) => /^max_(queued|inflight)/.test(line));
const QUEUES: [why: string, lines: readonly string[]][] = [
	["the ready file", ready],
	["the ready file of 0.1.0", ["max_queued_messages 10000", "max_inflight_messages 20"]],
];
/** The site file has the lamps' names, which a small queue may not hold. */
const NAMED: typeof QUEUES = [["the site file and a mosquitto as installed", []]];

let broker: Mosquitto;
let folder: string;
let program: string;
const running: Program[] = [];
beforeAll(async () => {
	program = await bundle("city/bin/traffic.ts");
});
afterEach(async () => {
	await TestStation.endAll();
	for (const program of running.splice(0)) await program.stop("SIGKILL");
	await broker.stop();
	rmSync(folder, { recursive: true });
});
afterAll(() => TestStation.endAll());

async function started(lines: readonly string[]): Promise<void> {
	folder = mkdtempSync(join(tmpdir(), "luminode-"));
	broker = await new Mosquitto([]).start(["allow_anonymous true", ...lines]);
	await published(broker.port, presentOf(LAMPS));
}

const url = () => `mqtt://127.0.0.1:${broker.port}`;

test.each([...QUEUES, ...NAMED])("metrics knows every lamp, lit, with %s", async (_why, lines) => {
	await started(lines);
	const station = new TestStation();
	const sites = join(folder, "site.csv");
	const rows = Array.from({ length: LAMPS }, (_, n) => `${n},liege,${nodeOf(n + 1)},quay`);
	writeFileSync(sites, `${["pole,site,node,group", ...rows].join("\n")}\n`);
	const args = lines.length === 0 ? ["--sites", sites] : [];
	const exporter = metrics(["--broker", url(), "--port", "0", ...args], station);
	while (!/http/.test(station.out)) {
		expect(station.err).toBe("");
		await pause(10);
	}
	const [, page] = /(http:\S+\/metrics);/.exec(station.out)!;
	const labels = '{site="liege",group="quay",version="0.1.0"}';
	let text = "";
	// what came last is read after what is counted here
	while (!text.includes(`luminode_lamps_lit${labels} ${LAMPS}`)) {
		text = await (await fetch(page!)).text();
		await pause(200);
	}
	for (const name of ["lamps", "lamps_online"])
		expect(text).toContain(`luminode_${name}${labels} ${LAMPS}\n`);
	station.end();
	expect(await exporter).toBe(0);
});

describe("traffic loses no acknowledged event beside as many births", () => {
	const address = () => join(folder, "city.db");
	const collector = (...before: string[]) => {
		const args = [process.execPath, program, "collect", "--broker", url(), "--database", address()];
		const [command = "", ...rest] = [...before, ...args];
		const child = new Program(command, rest);
		running.push(child);
		return child;
	};

	/** Waits until all are there, and names those that are not. */
	async function stored(count: number): Promise<void> {
		const db = await databaseOf(address());
		const rows = db.selectFrom("messages").select("number").orderBy("number");
		let last = -1;
		let quiet = 0;
		let numbers: number[] = [];
		// lost is what does not come while nothing comes any more
		while (numbers.length < count && quiet < 50) {
			numbers = (await rows.execute()).map(({ number }) => number);
			quiet = numbers.length === last ? quiet + 1 : 0;
			last = numbers.length;
			await pause(200);
		}
		const lamps = await db.selectFrom("lamps").select("node").execute();
		await db.destroy();
		expect([numbers.length, lamps.length]).toEqual([count, LAMPS]);
	}

	test.each(QUEUES)("started, killed and started again, with %s", async (_why, lines) => {
		await started(lines);
		const first = collector();
		await first.says(/collecting/);
		await first.stop("SIGKILL");
		await published(broker.port, eventsOf(1, 9_000)); // they wait
		const second = collector();
		await published(broker.port, eventsOf(9_001, 9_900)); // while it reads the births
		await second.says(/collecting/);
		await second.stop();
		await published(broker.port, eventsOf(9_901, 10_000));
		collector();
		await stored(10_000);
	});

	test.each(QUEUES)("its disk is full, with %s", async (_why, lines) => {
		await started(lines);
		const first = collector();
		await first.says(/collecting/);
		await first.stop();
		for (let round = 0; round < 5; round++) {
			const full = collector("prlimit", `--fsize=${FULL}`);
			await published(broker.port, eventsOf(1 + 1_800 * round, 1_800 * (round + 1)));
			expect(await full.ended()).toBe(2);
			expect(full.output).toMatch(/the database cannot be used/);
		}
		collector();
		await stored(9_000);
	});
});

/**
 * Traffic: hourly counts of a street, with gaps, doubts and bounds; collection that loses nothing.
 *
 * Promise: The traffic counts of a street are stored once each, with their gaps and doubts.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { connectAsync, type MqttClient } from "mqtt";
import mqtt from "mqtt-packet";
import { databaseOf } from "../../city/database.js";
import { inbox, type Letter } from "../../city/inbox.js";
import { hoursOf, type Message, rowsOf } from "../../city/traffic/counts.js";
import { traffic } from "../../city/traffic/traffic.js";
import { bundle } from "../../lib/bundle.mjs";
import { cityRig } from "../support/cityrig.js";
import { committedAt } from "../support/committed.js";
import { FakeFleet } from "../support/fakefleet.js";
import { TestStation } from "../support/station.js";
import { PATIENCE, until } from "../support/until.js";

const NOON = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;
const at = (minutes: number) => new Date(NOON + minutes * MINUTE).toISOString();
type Line = Message & { readonly node: string };
/** A part; the system tests kill twenty times, at a mosquitto. */
const KILLS = 3;
const MESSAGES = 600;

const BOUNDS = { k: 3, coverage: 0.5 };
/** `count` road users of `node` in the minutes up to `end`. */
const interval = (node: string, end: number, minutes: number, count: number): Line => ({
	node,
	kind: "traffic",
	body: {
		life: 1,
		uptime_ms: end * MINUTE,
		interval_s: 60 * minutes,
		roadUserNumber: count,
		time: at(end),
	},
});
const doubt = (node: string, minutes: number, startEndFlag: string): Line => ({
	node,
	kind: "event",
	body: { life: 1, seq: minutes, type: "presenceSensorFailure", startEndFlag, time: at(minutes) },
});
const quarters = (node: string, counts: readonly number[]) =>
	counts.map((count, n) => interval(node, 15 * (n + 1), 15, count));
const first = (lines: readonly Line[]) => {
	const poles = ["a", "b"].map((node) => hoursOf(lines.filter((line) => line.node === node)));
	return rowsOf("quay", poles, BOUNDS)[0];
};

describe("an hour of a street", () => {
	const cases: [why: string, lines: readonly Line[], row: object][] = [
		[
			"mean of both poles",
			[...quarters("a", [5, 5, 5, 5]), ...quarters("b", [6, 6, 6, 6])],
			{ roadUsers: 22, coverage: 1, polesCovered: 2, isBelowK: false },
		],
		[
			"a silent pole is a gap and no zero",
			quarters("a", [5, 5, 5, 5]),
			{ roadUsers: 20, coverage: 0.5, polesCovered: 1 },
		],
		[
			"half an hour stands for the hour at half the coverage",
			[...quarters("a", [5, 5]), ...quarters("b", [6, 6])],
			{ roadUsers: 22, coverage: 0.5 },
		],
		[
			"less coverage is a gap",
			quarters("a", [5, 5]),
			{ roadUsers: undefined, coverage: 0.25, isBelowK: false },
		],
		[
			"an interval over the hour is divided",
			[interval("a", 90, 90, 30), interval("b", 90, 90, 30)],
			{ roadUsers: 20, coverage: 1 },
		],
		[
			"a pole with a doubt about its sensor is a gap",
			[doubt("b", 5, "start"), ...quarters("a", [5, 5, 5, 5]), ...quarters("b", [0, 0, 0, 0])],
			{ roadUsers: 20, coverage: 0.5, polesDoubtful: 1 },
		],
		[
			"after the doubt it counts again",
			[
				doubt("b", 5, "start"),
				doubt("b", 14, "end"),
				...quarters("a", [5, 5, 5, 5]),
				...quarters("b", [0, 5, 5, 5]),
			],
			{ roadUsers: 20, coverage: 0.875 },
		],
		[
			"the doubt of a controller that was replaced is not that of the next one",
			[
				doubt("a", 5, "start"),
				...quarters("a", [5, 5, 5, 5]).map((line) => ({
					...line,
					body: { ...line.body, serial: "L2" },
				})),
			],
			{ roadUsers: 20, coverage: 0.5 },
		],
		["fewer than k", quarters("a", [1, 0, 1, 0]), { roadUsers: undefined, isBelowK: true }],
		[
			"nobody, reported with the next interval",
			[interval("a", 180, 180, 3)],
			{ isBelowK: true, coverage: 0.5 },
		],
		[
			"eight hours of a lamp with rare reports are no hours",
			[...quarters("a", [5, 5, 5, 5]), interval("b", 480, 480, 90)],
			{ roadUsers: 20, coverage: 0.5, polesCovered: 1 },
		],
		[
			"an interval without a date has no hour",
			[
				...quarters("a", [5, 5, 5, 5]),
				{ ...interval("b", 60, 60, 90), body: { interval_s: 3600, roadUserNumber: 90 } },
			],
			{ roadUsers: 20 },
		],
	];
	test.each(cases)("%s", (_why, lines, row) => expect(first(lines)).toMatchObject(row));

	const hostile: [why: string, body: object][] = [
		["an interval beyond any number of hours", { interval_s: 1e308 }],
		["an interval of a year", { interval_s: 31_536_000 }],
		["more than a sensor can count", { roadUserNumber: 1e308 }],
		["a count below nought", { roadUserNumber: -5 }],
		["an interval below nought", { interval_s: -900 }],
		["a text", { roadUserNumber: "5" }],
	];
	test.each(hostile)("%s is left out", (_why, more) => {
		const good = [...quarters("a", [5, 5, 5, 5]), ...quarters("b", [6, 6, 6, 6])];
		const odd = interval("a", 59, 15, 5);
		const row = () => first([...good, { ...odd, body: { ...odd.body, ...more } }]);
		// a loop over its hours has no end: it is cut, and fails
		expect(runInNewContext("row()", { row }, { timeout: PATIENCE })).toEqual(first(good));
	});

	test("no road user is lost or made by the division into hours", () => {
		const spans = fc.array(
			fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 50 })),
			{
				minLength: 1,
				maxLength: 20,
			},
		);
		fc.assert(
			fc.property(spans, (parts) => {
				let end = 0;
				const lines = parts.map(([minutes, count]) =>
					interval("a", (end += minutes), minutes, count),
				);
				const rows = rowsOf("quay", [hoursOf(lines)], { k: 0, coverage: 0 });
				const counted = rows.reduce(
					(sum, { roadUsers = 0, coverage }) => sum + roadUsers * coverage,
					0,
				);
				const sent = parts.reduce((sum, [, count]) => sum + count, 0);
				// an hour with less than half of its time has no count
				const loose = rows.filter(({ polesCovered }) => polesCovered === 0).length * 50 * 60;
				expect(counted).toBeLessThanOrEqual(sent + 0.1 * rows.length);
				expect(counted).toBeGreaterThanOrEqual(sent - loose - 0.1 * rows.length);
			}),
			{ numRuns: 100 },
		);
	});
});

describe("the command", () => {
	const rig = cityRig();

	const address = () => join(rig.folder, "city.db");
	const stored = async () => {
		const db = await databaseOf(address());
		const rows = await db.selectFrom("messages").select(["node", "number", "life"]).execute();
		await db.destroy();
		return rows;
	};
	const collect = (...args: string[]) => {
		const station = new TestStation();
		const options = ["--broker", rig.broker.url, "--site", "liege", "--database", address()];
		return { station, running: traffic(["collect", ...options, ...args], station) };
	};

	test("an event that was lost while it was away is counted, by what is stored", async () => {
		const fleet = await new FakeFleet(rig.broker.url).start(1);
		const say = (seq: number) =>
			fleet.say(fleet.lamps[0]!, "event", { life: 1, seq, type: "clockSet" }, false);
		const run = async (seq: number, count: number) => {
			const collector = collect();
			await until("it collects", () => collector.station.out.includes("collecting"));
			say(seq);
			await until("it is stored", async () => (await stored()).length >= count);
			collector.station.end();
			await collector.running;
			return collector.station.out;
		};
		expect(await run(4, 1)).toContain("messages: 1, events missing: 0");
		expect(await run(7, 2)).toMatch(
			/events missing since the start: 2; [^\n]* number 7 of liege\/[\s\S]*events missing: 2/,
		);
		await fleet.close();
	});

	test("collected over an interruption, published with licence and place", async () => {
		const fleet = await new FakeFleet(rig.broker.url).start(2);
		const say = (n: number, minutes: number) =>
			fleet.say(fleet.lamps[n]!, "traffic", interval("", minutes, 15, 5).body, false);
		const collector = collect();
		await until("it collects", () => collector.station.out.includes("collecting"));
		for (const minutes of [15, 30]) for (const n of [0, 1]) say(n, minutes);
		say(0, 30); // a repeat of the lamp
		// JSON that can be read, and not written again
		const deep = `{"life":1,"uptime_ms":1,"a":${"[".repeat(9_000)}${"]".repeat(9_000)}}`;
		for (const body of ["", "{", "[1]", '{"life":1e308}', '{"life":1,"uptime_ms":"5"}', deep])
			await connectAsync(rig.broker.url).then(async (other) => {
				await other.publishAsync("luminode/1/liege/pole-00001/traffic", body, { qos: 1 });
				await other.endAsync();
			});
		await until("four are stored", async () => (await stored()).length >= 4);
		collector.station.end();
		expect([await collector.running, collector.station.out]).toEqual([
			0,
			expect.stringMatching(/messages: 4/),
		]);
		for (const minutes of [45, 60]) for (const n of [0, 1]) say(n, minutes); // while it is down
		say(0, 45);
		const two = collect();
		await until("eight are stored", async () => (await stored()).length >= 8);
		two.station.end();
		expect([await two.running, (await stored()).length]).toEqual([0, 8]);
		await fleet.close();

		const sites = join(rig.folder, "site.csv");
		const rows = ["pole,serial,site,node,group,latitude,longitude"];
		for (const n of [1, 2]) rows.push(`${n},L0000${n},liege,pole-0000${n},quay,50.6${n},5.5${n}`);
		writeFileSync(sites, rows.join("\n"));
		const publishing = new TestStation();
		const licence = ["--licence", "CC-BY-4.0", "--publisher", "Ville de Liège"];
		const code = await traffic(
			["publish", rig.folder, "--sites", sites, ...licence, "--database", address()],
			publishing,
		);
		expect([code, publishing.err]).toEqual([0, ""]);
		expect(readFileSync(join(rig.folder, "counts.csv"), "utf8").split("\n")[1]).toBe(
			"2026-11-24T12:00:00.000Z,quay,20,,100,2,2,0",
		);
		const map = JSON.parse(readFileSync(join(rig.folder, "counts.geojson"), "utf8"));
		expect(map).toMatchObject({
			type: "FeatureCollection",
			licence: "CC-BY-4.0",
			publisher: "Ville de Liège",
			k: 5,
			features: [
				{
					geometry: {
						type: "LineString",
						coordinates: [
							[5.51, 50.61],
							[5.52, 50.62],
						],
					},
					properties: { licence: "CC-BY-4.0", hours: [{ road_users: 20, coverage_percent: 100 }] },
				},
			],
		});
	});

	test("packets that come together are one transaction", async () => {
		const stored: number[] = [];
		const client = { connected: true, stream: { write: () => true } } as unknown as MqttClient;
		const store = async (letters: readonly Letter[]) => void stored.push(letters.length);
		inbox(client, "luminode/1", store, () => {});
		const topic = "luminode/1/liege/pole-1/traffic";
		for (let messageId = 1; messageId <= 10; messageId++)
			client.handleMessage(
				{ cmd: "publish", topic, payload: "{}", qos: 1, retain: false, dup: false, messageId },
				() => {},
			);
		await until("they are stored", () => stored.length > 0);
		expect(stored).toEqual([10]);
	});
	test("a store that fails while reading waits for it lets the connection end", async () => {
		let refuse = (_error: Error) => {};
		const client = { connected: true, stream: { write: () => true } } as unknown as MqttClient;
		const store = () => new Promise<void>((_resolve, reject) => (refuse = reject));
		const errors: Error[] = [];
		inbox(client, "luminode/1", store, (error) => errors.push(error));
		let read = 0;
		const topic = "luminode/1/liege/pole-1/traffic";
		const give = (messageId: number) =>
			client.handleMessage(
				{ cmd: "publish", topic, payload: "{}", qos: 1, retain: false, dup: false, messageId },
				() => void (read += 1),
			);
		give(1);
		await new Promise((resolve) => setImmediate(resolve)); // the store is at work
		for (let messageId = 2; messageId <= 1_001; messageId++) give(messageId);
		expect(read).toBe(1_000); // the last one waits
		refuse(new Error("full"));
		await until("the store refuses", () => errors.length > 0);
		give(1_002);
		expect([read, errors.length]).toEqual([1_002, 1]);
	});
	test("what a kept session holds comes with CONNACK; its PUBACK follows the commit", async () => {
		let port = 0;
		const acknowledged = committedAt(address(), "messages", () => port);
		const server = createServer((socket) => {
			const parser = mqtt.parser({ protocolVersion: 4 });
			const publish = (messageId: number) =>
				mqtt.generate({
					cmd: "publish",
					topic: "luminode/1/liege/pole-1/traffic",
					payload: JSON.stringify(interval("", messageId, 15, 5).body),
					qos: 1,
					dup: false,
					retain: false,
					messageId,
				});
			parser.on("packet", (packet) => {
				if (packet.cmd === "connect") {
					const connack = mqtt.generate({ cmd: "connack", returnCode: 0, sessionPresent: true });
					socket.write(Buffer.concat([connack, ...[1, 2, 3].map(publish)]));
				}
				if (packet.cmd === "subscribe") {
					const granted = packet.subscriptions.map(() => 1);
					socket.write(mqtt.generate({ cmd: "suback", messageId: packet.messageId!, granted }));
				}
			});
			socket.on("data", (bytes) => parser.parse(bytes)).on("error", () => {});
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		({ port } = server.address() as AddressInfo);
		const { station, running } = collect("--broker", `mqtt://127.0.0.1:${port}`);
		await until("an acknowledgement", () => acknowledged.rows.length > 0);
		station.end();
		await running;
		server.close();
		expect(acknowledged.end()).toEqual([3]); // three PUBACK in one write, after the commit
	});

	test("killed at random instants with a backlog: nothing is lost, nothing is there twice", async () => {
		const program = await bundle("city/bin/traffic.ts");
		const args = ["--broker", rig.broker.url, "--site", "liege", "--database", address()];
		const start = () =>
			spawn(process.execPath, [program, "collect", ...args], {
				stdio: ["ignore", "pipe", "inherit"],
			});
		const first = start();
		await once(first.stdout, "data"); // it has its session
		first.kill("SIGKILL");
		const lamps = await connectAsync(rig.broker.url, { protocolVersion: 4 });
		let sent = 0;
		const send = async () => {
			for (let n = 0; n < MESSAGES / KILLS; n++) {
				const { body } = interval("", ++sent, 15, 5);
				const topic = `luminode/1/liege/pole-${sent % 7}/traffic`;
				await lamps.publishAsync(topic, JSON.stringify(body), { qos: 1 });
			}
		};
		for (let kill = 0; kill < KILLS; kill++) {
			await send();
			const running = start();
			const before = (await stored()).length;
			await until("one more is stored", async () => (await stored()).length > before);
			running.kill("SIGKILL");
			await once(running, "exit");
		}
		const last = start();
		await until("all are stored", async () => (await stored()).length >= sent);
		last.kill("SIGTERM");
		await once(last, "exit");
		await lamps.endAsync();
		const numbers = (await stored()).map(({ number }) => number / MINUTE);
		expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: sent }, (_, n) => n + 1));
	});

	const bad: [words: string[], error: RegExp][] = [
		[["count", "x"], /"count" is neither collect nor publish, e\.g\./],
		[["collect", "FOLDER"], /one word too many/],
		[["collect", "--keep", "0"], /--keep 0: is no whole number from 1 to 36500/],
		[["publish"], /give a folder, e\.g\./],
		[["publish", "FOLDER"], /--licence is missing, e\.g\. --licence CC-BY-4\.0/],
		[["publish", "FOLDER", "--licence", "x", "--publisher", "y"], /has no count of a street yet/],
	];
	test.each(bad)("%j is refused with the rule", async (args, error) => {
		const station = new TestStation();
		const given = args.map((word) => (word === "FOLDER" ? rig.folder : word));
		const code = await traffic([...given, "--database", address()], station);
		expect([code, station.err]).toEqual([2, expect.stringMatching(error)]);
	});
});

/** Desk: waves of orders at lamps that obey, refuse, are silent or are others than planned. */
import { EventEmitter } from "node:events";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { connectAsync, type MqttClient } from "mqtt";
import { desk } from "../../city/desk/desk.js";
import { Observer } from "../../city/desk/observer.js";
import { Record } from "../../city/desk/record.js";
import { inWaves } from "../../city/desk/waves.js";
import { cityRig } from "../support/cityrig.js";
import type { FakeLamp } from "../support/fakefleet.js";
import { TestStation } from "../support/station.js";

const rig = cityRig();

/** A site file of `count` poles in which `hold` is 45 s. */
function site(count: number): string {
	const path = join(rig.folder, "site.csv");
	const rows = Array.from({ length: count }, (_, n) => String(n + 1).padStart(5, "0"));
	const lines = rows.map((digits) => `${digits},L${digits},liege,pole-${digits},quay,45`);
	writeFileSync(path, `${["pole,serial,site,node,group,hold", ...lines].join("\n")}\n`);
	return path;
}

async function run(...words: string[]): Promise<{ code: number; out: string }> {
	const station = new TestStation();
	const quick = ["--broker", rig.broker.url, "--patience", "1", "--settle", "100", ...words];
	const code = await desk(quick, station);
	expect(station.err).toBe("");
	return { code, out: station.out };
}

const conduct = (by: { [n: number]: Partial<FakeLamp> }) => (lamp: FakeLamp, n: number) =>
	void Object.assign(lamp, by[n]);

describe("assign", () => {
	test("each serial number gets its pole; a second run sends nothing", async () => {
		await rig.fleet.start(4, (lamp, n) => {
			Object.assign(lamp, { isAssigned: false, node: "", group: "" });
			if (n === 3) lamp.conduct = "slow";
		});
		const first = await run("assign", site(4), "--wave", "2");
		expect([first.code, first.out]).toEqual([
			0,
			expect.stringContaining("in all: 4 done, 0 failed, 0 silent"),
		]);
		expect(rig.fleet.lamps.map(({ node, group }) => `${group}/${node}`)).toEqual(
			["1", "2", "3", "4"].map((n) => `quay/pole-0000${n}`),
		);
		const before = rig.fleet.lamps.map(({ acts }) => acts.length);
		expect((await run("assign", site(4))).code).toBe(0);
		expect(rig.fleet.lamps.map(({ acts }) => acts.length)).toEqual(before);
	});
	test("back to an earlier pole, and back to an earlier group, is another order", async () => {
		await rig.fleet.start(1, conduct({ 1: { isAssigned: false, node: "", group: "" } }));
		const [lamp] = rig.fleet.lamps;
		const path = join(rig.folder, "one.csv");
		for (const [node, group] of [
			["a", "quay"],
			["b", "quay"],
			["a", "quay"],
			["a", "park"],
			["a", "quay"],
		]) {
			writeFileSync(path, `pole,serial,site,node,group\n1,L00001,liege,${node},${group}\n`);
			if (lamp!.isAssigned && lamp!.node !== node) {
				rig.fleet.say(lamp!, "status", { online: false, life: 3, connection: 1 }, true);
				lamp!.isAssigned = false; // it was reset
			}
			rig.fleet.greet(lamp!);
			expect(await run("assign", path)).toEqual({
				code: 0,
				out: expect.stringContaining("1 done"),
			});
			expect([lamp!.node, lamp!.group]).toEqual([node, group]);
		}
		expect(new Set(lamp!.acts).size).toBe(5);
	});
	test("reasons of those that are not done", async () => {
		await rig.fleet.start(4, (lamp, n) => {
			Object.assign(lamp, { isAssigned: n === 1, conduct: n === 2 ? "rejects" : "obeys" });
			if (n === 1) lamp.acts.push("another serial number");
			if (n === 3) lamp.isOnline = false;
		});
		rig.fleet.lamps[0]!.acts.length = 0;
		rig.fleet.say(rig.fleet.lamps[0]!, "birth", { serial: "L99999", settingsRevision: 0 }, true);
		const file = join(rig.folder, "report.csv");
		const { code, out } = await run("assign", site(5), "--stop-at", "100", "--report", file);
		expect(code).toBe(1);
		expect(out).toContain("serial number L99999 is at this pole, the site file has L00001");
		expect(out).toContain("failed: refused: rateExceeded");
		expect(out).toContain("silent: offline, without a site (pole-00003)");
		expect(out).toContain("silent: never connected: neither assigned nor unassigned (pole-00005)");
		const rows = readFileSync(file, "utf8").trim().split("\n");
		expect(rows).toHaveLength(6);
		expect(rows[4]).toBe("pole-00004,L00004,done,serial number L00004");
	});
});

describe("configure", () => {
	test("the settings that differ are one revision, and are checked as reported", async () => {
		await rig.fleet.start(3, conduct({ 2: { revision: 7 } }));
		const { code, out } = await run("configure", site(3));
		expect([code, out]).toEqual([0, expect.stringContaining("3 done")]);
		expect(
			rig.fleet.lamps.map(({ revision, settings }) => [revision, settings.light!.hold]),
		).toEqual([
			[1, 45],
			[8, 45],
			[1, 45],
		]);
		const again = await run("configure", site(3), "--settle", "1000");
		expect(again.code).toBe(0);
		expect(rig.fleet.lamps.map(({ acts }) => acts.length)).toEqual([1, 1, 1]);
	});
	test("a dry run sends nothing, and names the differences", async () => {
		await rig.fleet.start(1);
		const { code } = await run("configure", site(1), "--dry-run");
		expect([code, rig.fleet.lamps[0]!.acts, rig.fleet.lamps[0]!.revision]).toEqual([0, [], 0]);
	});
	test("a wave with too many failures is the last one", async () => {
		await rig.fleet.start(6, conduct({ 1: { conduct: "rejects" }, 2: { conduct: "silent" } }));
		const words = ["configure", site(6), "--wave", "2", "--stop-at", "50"];
		const { code, out } = await run(...words);
		expect([code, out]).toEqual([
			1,
			expect.stringContaining("more than 50 % of a wave were not done; lamps not begun: 4"),
		]);
		expect(out).toContain("failed: rejected: hold is out of range (pole-00001)");
		expect(out).toContain("silent: online, no answer within 1 s (pole-00002)");
		expect(rig.fleet.lamps.slice(2).map(({ revision }) => revision)).toEqual([0, 0, 0, 0]);
	});
	test("a lamp that is away gets its settings when it comes, by the same revision", async () => {
		await rig.fleet.start(1, conduct({ 1: { isOnline: false } }));
		const { out } = await run("configure", site(1));
		expect(out).toContain("the settings are retained for its next connection");
		const [lamp] = rig.fleet.lamps;
		lamp!.isOnline = true;
		rig.fleet.greet(lamp!);
		const again = await run("configure", site(1));
		expect([again.code, lamp!.settings.light!.hold]).toEqual([0, 45]);
	});
	test("a run that was killed after the order goes on with its revision", async () => {
		await rig.fleet.start(1, conduct({ 1: { isOnline: false } }));
		const path = site(1);
		await run("configure", path);
		const record = readFileSync(`${path}.record`, "utf8").trim().split("\n").filter(Boolean);
		writeFileSync(`${path}.record`, `${record[0]}\n{"task":"configure","no`); // a loss of power
		const [lamp] = rig.fleet.lamps;
		lamp!.isOnline = true;
		rig.fleet.greet(lamp!);
		expect((await run("configure", path)).code).toBe(0);
		expect(lamp!.acts).toEqual(["revision 1"]);
	});
	test("two serial numbers under one name are found", async () => {
		await rig.fleet.start(2);
		const waiting = run("status", site(2), "--settle", "300");
		setTimeout(() => rig.fleet.say(rig.fleet.lamps[1]!, "birth", { serial: "L77777" }, true), 150);
		expect((await waiting).out).toContain("two serial numbers: L00002, L77777");
	});
});

describe("update", () => {
	const offer = (): string => {
		const path = join(rig.folder, "offer.json");
		const body = {
			id: "u7",
			version: "1.2.0",
			url: "https://images.city/1.2.0.bin",
			header: "AAAA",
		};
		writeFileSync(path, JSON.stringify({ ...body, notBefore: "2026-11-25T09:00:00.000Z" }));
		return path;
	};
	test("offered until kept; a lamp that has the version is left alone", async () => {
		await rig.fleet.start(2, conduct({ 2: { version: "1.2.0" } }));
		const { code } = await run("update", site(2), "--offer", offer());
		expect([code, rig.fleet.lamps.map(({ acts }) => acts)]).toEqual([0, [["u7"], []]]);
	});
	test("a bad wave is stopped, and its offers are taken back", async () => {
		await rig.fleet.start(3, conduct({ 1: { conduct: "rejects" } }));
		const { code, out } = await run("update", site(3), "--offer", offer(), "--wave", "1");
		expect([code, out]).toEqual([1, expect.stringContaining("updateFailed: wrongSignature")]);
		expect(rig.fleet.lamps.map(({ acts }) => acts)).toEqual([["u7", "stop u7-stop"], [], []]);
	});
});

test("retire removes all that the broker keeps of a lamp, and of no other", async () => {
	await rig.fleet.start(2, conduct({ 1: { isOnline: true } }));
	await run("configure", site(2));
	await run("retire", site(2), "--only", "pole-00001");
	const left: string[] = [];
	const other = await connectAsync(rig.broker.url, { protocolVersion: 4 });
	other.on("message", (topic) => void left.push(topic.split("/")[3]!));
	await other.subscribeAsync("luminode/1/#", { qos: 1 });
	await new Promise((resolve) => setTimeout(resolve, 300));
	await other.endAsync();
	expect([...new Set(left)]).toEqual(["pole-00002"]);
	const station = new TestStation();
	expect(await desk(["retire", site(2), "--broker", rig.broker.url], station)).toBe(2);
	expect(station.err).toMatch(/retire needs the lamps: --only NODE/);
});

test("watch sends settings again to a lamp with an older revision", async () => {
	await rig.fleet.start(1);
	const path = site(1);
	await run("configure", path);
	const station = new TestStation();
	const watching = desk(["watch", path, "--broker", rig.broker.url], station);
	const [lamp] = rig.fleet.lamps;
	Object.assign(lamp!, { revision: 0, settings: { light: { hold: 60 } } });
	for (let waited = 0; waited < 5_000 && !station.out.includes("again"); waited += 20) {
		if (waited % 200 === 0) rig.fleet.birth(lamp!);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	station.end();
	expect([await watching, station.out]).toEqual([
		0,
		expect.stringContaining("has revision 0, sent 1 again"),
	]);
	expect(lamp!.settings.light!.hold).toBe(45);
});

test("watch names a desired section that no lamp receives", async () => {
	await rig.fleet.start(1);
	const own = `${rig.fleet.root}/liege/pole-00001/settings/desired`;
	const other = await connectAsync(rig.broker.url, { protocolVersion: 4 });
	for (const section of ["lihgt", "light"])
		await other.publishAsync(`${own}/${section}`, "{}", { qos: 1, retain: true });
	const station = new TestStation();
	const watching = desk(["watch", site(1), "--broker", rig.broker.url], station);
	for (let waited = 0; waited < 5_000 && !station.out.includes("lihgt"); waited += 20)
		await new Promise((resolve) => setTimeout(resolve, 20));
	station.end();
	await other.endAsync();
	expect(await watching).toBe(0);
	expect(station.out.split("\n").filter((line) => line.includes("none of"))).toEqual([
		`${own}/lihgt: "lihgt" is none of identity, light, calendar, sensing, power, link, console, so no lamp receives it`,
	]);
});

describe("parts", () => {
	test("messages that go on coming are waited for, none is missing", async () => {
		const broker = new EventEmitter();
		const filters = { subscribeAsync: async () => [], unsubscribeAsync: async () => {} };
		const observer = new Observer(Object.assign(broker, filters) as unknown as MqttClient);
		const topics = Array.from({ length: 12 }, (_, n) => `r/s/pole-${n}/status`);
		const watches = await observer.watch(topics.map((topic) => new Map([[topic, "status"]])));
		let sent = 0;
		const drip = setInterval(() => {
			if (sent < topics.length) broker.emit("message", topics[sent++], Buffer.from("{}"));
		}, 40);
		await observer.quiet(200, 60_000);
		clearInterval(drip);
		await observer.release();
		expect(watches.filter((watch) => watch.latest("status"))).toHaveLength(topics.length);
		expect(broker.listenerCount("message")).toBe(0);
	});
	const stops: [stopAt: number, bad: number, left: number][] = [
		[0, 0, 0],
		[0, 1, 6],
		[50, 2, 0],
		[50, 3, 6],
	];
	test.each(stops)("--stop-at %i with %i of 4 bad leaves %i", async (stopAt, bad, left) => {
		const lamps = Array.from({ length: 10 }, (_, n) => n);
		const tally = await inWaves(
			lamps,
			{ size: 4, stopAt },
			async (wave) =>
				wave.map((n) => ({ node: `${n}`, outcome: n < bad ? "silent" : "done", why: "" })),
			() => {},
			() => false,
		);
		expect([tally.left, tally.isStopped]).toEqual([left, left > 0]);
	});
	test("a record that was cut anywhere is read up to there, and written on", () => {
		const path = join(rig.folder, "record");
		const entry = (n: number) => ({
			task: "configure",
			node: `p${n}`,
			step: "sent" as const,
			content: "c",
			revision: n,
			at: "",
		});
		const record = new Record(path);
		for (const n of [1, 2, 3]) record.add(entry(n));
		const whole = readFileSync(path);
		for (let size = 0; size <= whole.length; size += 7) {
			writeFileSync(path, whole.subarray(0, size));
			new Record(path).add(entry(9));
			const again = new Record(path);
			expect(again.revision("p9")).toBe(9);
			const known = [1, 2, 3].filter((n) => again.revision(`p${n}`) === n);
			const lines = whole.subarray(0, size).toString().match(/\}/g)?.length ?? 0;
			expect(known).toHaveLength(lines);
		}
		appendFileSync(path, "");
	});
	const bad: [words: string[], error: RegExp][] = [
		[["configur", "x"], /"configur" is none of assign, .*e\.g\./],
		[["assign"], /give the site file, e\.g\./],
		[["update", "SITE"], /--offer FILE is missing: \{"id"/],
		[["assign", "SITE", "--only", "pole-9"], /--only pole-9: the site file has no such node/],
		[["assign", "SITE", "--wave", "0"], /--wave 0: is no whole number from 1 to/],
	];
	test.each(bad)("%j is refused with the rule", async (words, error) => {
		const station = new TestStation();
		await rig.fleet.start(0);
		const code = await desk(
			words.map((word) => (word === "SITE" ? site(1) : word)),
			station,
		);
		expect([code, station.err]).toEqual([2, expect.stringMatching(error)]);
	});
});

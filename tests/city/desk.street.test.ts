/**
 * Desk: waves of orders at lamps that obey, refuse, are silent or are others than planned.
 *
 * Promise: An order for many lamps reaches those that are meant, stops when it goes wrong, and
 * states each lamp's answer.
 */
import { EventEmitter } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { connectAsync, type MqttClient } from "mqtt";
import { type Database, databaseOf } from "../../city/database.js";
import { campaignCalled } from "../../city/desk/campaigns.js";
import { desk } from "../../city/desk/desk.js";
import { Observer } from "../../city/desk/observer.js";
import { projectRoot } from "../../lib/root.mjs";
import { decodeOffer } from "../../src/update/offerpayload.js";
import { cityRig } from "../support/cityrig.js";
import type { FakeLamp } from "../support/fakefleet.js";
import { TestStation } from "../support/station.js";
import { pause, until } from "../support/until.js";

const rig = cityRig();

/** A site file of `count` poles in which `hold` is 45 s. */
function site(count: number): string {
	const path = join(rig.folder, "site.csv");
	const rows = Array.from({ length: count }, (_, n) => String(n + 1).padStart(5, "0"));
	const lines = rows.map((digits) => `${digits},L${digits},liege,pole-${digits},quay,45`);
	writeFileSync(path, `${["pole,serial,site,node,group,hold", ...lines].join("\n")}\n`);
	return path;
}

const address = () => join(rig.folder, "city.db");
/** Of lamps that are all silent: nothing else is waited for. */
const NO_ANSWER = ["--patience", "1"];
/** Of silent lamps beside others, which answer sooner on any machine. */
const NOT_ALL = ["--patience", "10"];
const ends = (user?: string) => {
	const options = ["--broker", rig.broker.url, "--database", address()];
	options.push("--patience", "3600", "--settle", "100");
	return user === undefined ? options : [...options, "--user", user];
};

async function run(...args: string[]): Promise<{ code: number; out: string }> {
	const station = new TestStation();
	const code = await desk([...ends(), ...args], station);
	expect(station.err).toBe("");
	return { code, out: station.out };
}

/** Rows of the database. */
async function stored<T>(work: (db: Database) => Promise<T>): Promise<T> {
	const db = await databaseOf(address());
	const rows = await work(db);
	await db.destroy();
	return rows;
}

const stateOf = (id: string) => stored((db) => campaignCalled(db, id));
/** The campaign that a run has printed. */
const named = (out: string) => /campaign (\S+)/.exec(out)![1]!;

/** Messages below the site that the broker retains. */
const retained = (filter: string) => rig.broker.retained(`luminode/1/liege/${filter}`);

const conduct = (by: { [n: number]: Partial<FakeLamp> }) => (lamp: FakeLamp, n: number) =>
	void Object.assign(lamp, by[n]);

test("a broker at which nothing listens yet is waited for", async () => {
	await rig.broker.stop();
	const station = new TestStation();
	const running = desk([...ends(), "status", site(1)], station);
	await until("an error", () => station.err !== "");
	expect(station.err).toMatch(
		/^no connection to \S+: nothing listens there; it is waited for, 15 s/,
	);
	await rig.broker.start(rig.broker.port);
	expect(await running).toBe(1);
	expect(station.err.split("\n")).toHaveLength(2);
});

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
		const { code, out } = await run(
			"assign",
			site(5),
			...NOT_ALL,
			"--stop-at",
			"100",
			"--report",
			file,
		);
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
		const { code, out } = await run("configure", site(1), "--dry-run");
		expect(out).toMatch(/^ {2}1 would change light: .*\(pole-00001\)$/m);
		expect([code, rig.fleet.lamps[0]!.acts, rig.fleet.lamps[0]!.revision]).toEqual([0, [], 0]);
	});
	test("a wave with too many failures is the last one", async () => {
		await rig.fleet.start(6, conduct({ 1: { conduct: "rejects" }, 2: { conduct: "silent" } }));
		const args = ["configure", site(6), ...NOT_ALL, "--wave", "2", "--stop-at", "50"];
		const { code, out } = await run(...args);
		expect([code, out]).toEqual([
			1,
			expect.stringContaining("more than 50 % of a wave were not done; lamps not begun: 4"),
		]);
		expect(out).toContain("failed: rejected: hold is out of range (pole-00001)");
		expect(out).toContain("silent: online, no answer within 10 s (pole-00002)");
		expect(rig.fleet.lamps.slice(2).map(({ revision }) => revision)).toEqual([0, 0, 0, 0]);
	});
	test("a lamp that is away gets its settings when it comes, by the same revision", async () => {
		await rig.fleet.start(1, conduct({ 1: { isOnline: false } }));
		const { out } = await run("configure", site(1), ...NO_ANSWER, "--stop-at", "100");
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
		await run("configure", path, ...NO_ANSWER);
		await stored(async (db) => {
			await db.updateTable("orders").set({ step: "sent" }).execute(); // no result is written
			await db.updateTable("campaigns").set({ state: "running", ended_at: null }).execute();
		});
		const [lamp] = rig.fleet.lamps;
		lamp!.isOnline = true;
		rig.fleet.greet(lamp!);
		expect((await run("configure", path)).code).toBe(0);
		expect(lamp!.acts).toEqual(["revision 1"]);
	});
	test("another serial number that comes online later is found, too", async () => {
		await rig.fleet.start(1, conduct({ 1: { isOnline: false } }));
		const [lamp] = rig.fleet.lamps;
		const other = await connectAsync(rig.broker.url, { protocolVersion: 4 });
		other.on("message", () => {
			Object.assign(lamp!, { serial: "L77777", isOnline: true, revision: 1 });
			lamp!.settings.light!.hold = 45;
			rig.fleet.greet(lamp!);
		});
		await other.subscribeAsync("luminode/1/liege/pole-00001/settings/desired/+");
		const { code, out } = await run("configure", site(1));
		await other.endAsync();
		expect([code, out]).toEqual([
			1,
			expect.stringContaining("serial number L77777 is at this pole, the site file has L00001"),
		]);
	});
	test("two serial numbers under one name are found", async () => {
		await rig.fleet.start(2);
		const other = await connectAsync(rig.broker.url, { protocolVersion: 4 });
		other.on("message", () => {
			for (const serial of ["L77777", "L00002"])
				rig.fleet.say(rig.fleet.lamps[1]!, "birth", { serial }, true);
		});
		await other.subscribeAsync("luminode/1/liege/all/settings/desired/+"); // the desk to itself
		const { out } = await run("status", site(2), "--settle", "300");
		await other.endAsync();
		expect(out).toContain("two serial numbers: L00002, L77777");
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
	const waits: [task: string, stopAt: string, reason: string, left: RegExp[]][] = [
		["update", "0", "; the offer is withdrawn", [/^\{"id":"u7-stop","stop":true\}$/]],
		["update", "100", "; the offer is retained", [/"id":"u7"/]],
		["configure", "0", "; the settings are withdrawn", []],
		["configure", "100", "; the settings are retained for its next connection", [/"hold":45/]],
	];
	test.each(waits)(
		"%s, --stop-at %s: a lamp that is away%s",
		async (task, stopAt, reason, left) => {
			await rig.fleet.start(1, conduct({ 1: { isOnline: false } }));
			const report = join(rig.folder, "report.csv");
			const options = task === "update" ? ["--offer", offer()] : [];
			const { out } = await run(
				task,
				site(1),
				...options,
				...NO_ANSWER,
				"--stop-at",
				stopAt,
				"--report",
				report,
			);
			expect(out).toContain(`${reason} (pole-00001)`);
			expect(readFileSync(report, "utf8")).toContain(`${reason}"\n`);
			const filter = task === "update" ? "pole-00001/update" : "pole-00001/settings/desired/+";
			const texts = (await retained(filter)).map(({ payload }) => String(payload));
			expect(texts).toEqual(left.map((text) => expect.stringMatching(text)));
		},
	);
	test("a campaign that was cancelled, too, has the reason of what is on the broker", async () => {
		await rig.fleet.start(1, conduct({ 1: { isOnline: false } }));
		const { out } = await run("update", site(1), "--offer", offer(), ...NO_ANSWER);
		const { code } = await run("cancel", named(out));
		const whys = stored((db) => db.selectFrom("orders").select(["step", "why"]).execute());
		expect([code, await whys]).toEqual([
			0,
			[{ step: "cancelled", why: expect.stringMatching(/; the offer is withdrawn$/) }],
		]);
	});
	test("an offer whose spread is longer than the patience is refused with both", async () => {
		await rig.fleet.start(1);
		const path = offer();
		writeFileSync(path, readFileSync(path, "utf8").replace("{", '{"spread":14400,'));
		const station = new TestStation();
		const args = ["update", site(1), "--offer", path, ...ends(), "--patience", "1"];
		expect(await desk(args, station)).toBe(2);
		expect(station.err).toContain('"spread" of 14400 s is longer than --patience 1, after which');
		expect(rig.fleet.lamps[0]!.acts).toEqual([]);
		expect((await run("update", site(1), "--offer", path, "--patience", "14400")).code).toBe(0);
	});
	test("the offer of docs/update.md is read", async () => {
		await rig.fleet.start(1);
		const page = readFileSync(join(projectRoot(), "docs/update.md"), "utf8");
		const [, text] = /<!-- offer\.json -->\n```json\n([^`]+)```/.exec(page)!;
		const path = offer();
		writeFileSync(path, text!);
		const { out } = await run("update", site(1), "--offer", path, "--dry-run");
		expect(out).toContain("would be offered 1.2.0");
		const { version, ...body } = JSON.parse(text!) as { version: string };
		const header = "AAAA";
		expect(decodeOffer(JSON.stringify({ ...body, header }))).toMatchObject({ spread: 0 });
		expect(decodeOffer(JSON.stringify({ ...body, header, version }))).toBeUndefined();
	});
});

describe("campaigns", () => {
	const holds = () => rig.fleet.lamps.map(({ settings }) => settings.light!.hold);
	const list = async () => (await run("campaigns")).out;

	test("paused after the wave that runs, it goes on where it stood, and is listed", async () => {
		await rig.fleet.start(4, (lamp) => void (lamp.conduct = "slow"));
		const path = site(4);
		const station = new TestStation();
		const args = ["configure", path, "--wave", "1", ...ends("anna")];
		const running = desk(args, station);
		await until("one lamp", () => station.out.includes("1 lamps"));
		const id = named(station.out);
		await run("pause", id, "--user", "luc");
		expect(await running).toBe(1);
		expect((await stateOf(id)).state).toBe("paused");
		const before = holds().filter((hold) => hold === 45).length;
		expect([before > 0, before < 4]).toEqual([true, true]);
		expect(await list()).toMatch(
			new RegExp(`^${id} paused: configure, by anna at .*: ${before} done, .* ${4 - before} left`),
		);
		const other = new TestStation();
		expect(await desk(args, other)).toBe(2);
		expect(other.err).toContain(`campaign ${id} is paused: npx luminode desk resume ${id}`);
		expect((await run("resume", id)).code).toBe(0);
		expect([holds(), rig.fleet.lamps.map(({ acts }) => acts.length)]).toEqual([
			[45, 45, 45, 45],
			[1, 1, 1, 1],
		]);
		expect((await stateOf(id)).state).toBe("done");
	});
	test("a lamp is in one campaign of a task at a time", async () => {
		await rig.fleet.start(2);
		await run("configure", site(2), "--dry-run");
		const station = new TestStation();
		station.end(); // before the first wave
		const path = site(2);
		await desk(["configure", path, ...ends()], station);
		const id = named(station.out);
		expect((await stateOf(id)).state).toBe("running");
		writeFileSync(path, readFileSync(path, "utf8").replace(",45\n", ",50\n"));
		const other = new TestStation();
		expect(await desk(["configure", path, ...ends()], other)).toBe(2);
		expect(other.err).toContain(`is in campaign ${id}, which has not ended`);
		await run("cancel", id);
		expect((await run("configure", path)).code).toBe(0);
		expect(holds()).toEqual([50, 45]);
	});
	test("cancelled while it waits for a lamp: its settings are taken back", async () => {
		await rig.fleet.start(2, conduct({ 1: { conduct: "silent" } }));
		const station = new TestStation();
		const running = desk(["configure", site(2), "--wave", "1", ...ends("anna")], station);
		await until("the campaign", () => station.out.includes("campaign"));
		const id = named(station.out);
		const steps = () =>
			stored((db) => db.selectFrom("orders").select("step").orderBy("id").execute());
		await until("it is sent", async () => (await steps())[0]!.step === "sent");
		const { out } = await run("cancel", id, "--user", "luc");
		expect(out).toContain("0 done, 0 failed, 0 silent, 2 cancelled");
		expect(await running).toBe(1);
		expect(await retained("+/settings/desired/+")).toEqual([]);
		const { state, ended_at } = await stateOf(id);
		expect([state, ended_at]).toEqual(["cancelled", expect.any(Number)]);
		expect((await run("cancel", id)).out).toContain("2 cancelled"); // once more is nothing more
		expect(holds()).toEqual([60, 60]);
	});
	test("rolled back: settings that were changed return, others are not touched", async () => {
		await rig.fleet.start(3, conduct({ 3: { settings: { light: { floorLevel: 30, hold: 45 } } } }));
		rig.fleet.lamps[1]!.settings.light!.hold = 52;
		rig.fleet.report(rig.fleet.lamps[1]!, "light");
		const { out } = await run("configure", site(3), "--wave", "2");
		const id = named(out);
		expect(holds()).toEqual([45, 45, 45]);
		const back = await run("rollback", id);
		expect([back.code, holds()]).toEqual([0, [60, 52, 45]]);
		expect(rig.fleet.lamps.map(({ revision }) => revision)).toEqual([2, 2, 0]);
		expect(await list()).toContain(`configure, back from ${id}`);
		expect((await run("rollback", id)).code).toBe(0); // again: nothing is sent
		expect(rig.fleet.lamps.map(({ revision }) => revision)).toEqual([2, 2, 0]);
	});
	test("rolled back: the image before, by its own offer or by a given one", async () => {
		await rig.fleet.start(2);
		const offer = (version: string) => {
			const path = join(rig.folder, `${version}.json`);
			const url = `https://images.city/${version}.bin`;
			writeFileSync(path, JSON.stringify({ id: `u-${version}`, version, url }));
			return ["--offer", path];
		};
		const first = named((await run("update", site(2), ...offer("1.2.0"))).out);
		const second = named((await run("update", site(2), ...offer("1.3.0"))).out);
		const versions = () => rig.fleet.lamps.map(({ version }) => version);
		expect((await run("rollback", second)).code).toBe(0);
		expect(versions()).toEqual(["1.2.0", "1.2.0"]);
		const station = new TestStation();
		expect(await desk(["rollback", first, ...ends()], station)).toBe(2);
		expect(station.err).toMatch(
			/had version 0\.1\.0, of which no offer is known: give it by --offer/,
		);
		expect((await run("rollback", first, ...offer("0.1.0"))).code).toBe(0);
		expect(versions()).toEqual(["0.1.0", "0.1.0"]);
	});
	test("a rollback without an offer changes nothing", async () => {
		await rig.fleet.start(2, conduct({ 1: { isOnline: false }, 2: { isOnline: false } }));
		const path = join(rig.folder, "u7.json");
		const url = "https://images.city/1.2.0.bin";
		writeFileSync(path, JSON.stringify({ id: "u7", version: "1.2.0", url }));
		const id = named(
			(await run("update", site(2), "--offer", path, ...NO_ANSWER, "--stop-at", "100")).out,
		);
		const all = () =>
			stored(async (db) => [
				await db.selectFrom("orders").selectAll().execute(),
				await db.selectFrom("campaigns").selectAll().execute(),
			]);
		const before = await all();
		const station = new TestStation();
		expect(await desk(["rollback", id, ...ends()], station)).toBe(2);
		expect(station.err).toContain(`lamps of campaign ${id} were of unknown version: no image`);
		expect(await all()).toEqual(before);
		const texts = (await retained("+/update")).map(({ payload }) => String(payload));
		expect(texts).toEqual([1, 2].map(() => expect.stringContaining('"id":"u7"')));
	});
	const stops: [stopAt: number, bad: number, left: number][] = [
		[0, 0, 0],
		[0, 1, 6],
		[50, 2, 0],
		[50, 3, 6],
	];
	test.each(stops)("--stop-at %i with %i of 4 bad leaves %i", async (stopAt, bad, left) => {
		await rig.fleet.start(10, (lamp, n) => {
			if (n <= bad) lamp.conduct = "rejects";
		});
		const pace = ["--wave", "4", "--stop-at", `${stopAt}`];
		const { out } = await run("configure", site(10), ...pace);
		const { state } = await stateOf(named(out));
		const begun = rig.fleet.lamps.filter(({ revision }) => revision > 0).length;
		expect([state, 10 - bad - begun]).toEqual([left > 0 ? "stopped" : "done", left]);
		if (left === 0) return;
		const resumed = await run("resume", named(out));
		expect(resumed.out).toContain("0 left"); // a person has judged the wave
		expect((await stateOf(named(out))).state).toBe("done");
	});
	test("the audit log: who, when, what, which lamp, result", async () => {
		await rig.fleet.start(2, conduct({ 2: { conduct: "rejects" } }));
		const args = ["configure", site(2), "--stop-at", "100", "--user", "anna"];
		const { out } = await run(...args);
		await run("rollback", named(out), "--user", "luc");
		const path = join(rig.folder, "audit.csv");
		expect((await run("audit", path)).code).toBe(0);
		const [titles, ...rows] = readFileSync(path, "utf8").trim().split("\n");
		expect(titles).toBe("time,operator,program,act,about,site,node,content,result,reason,ended");
		const cells = rows.map((row) => row.split(",").slice(1, 4).join(" "));
		expect(cells.sort()).toEqual([
			"anna desk begin",
			"anna desk configure",
			"anna desk configure",
			"anna desk end",
			"luc desk begin",
			"luc desk configure",
			"luc desk end",
		]);
		expect(rows.filter((row) => row.includes("pole-00002"))).toEqual([
			expect.stringMatching(/,failed,rejected: hold is out of range,/),
		]);
		for (const [site, count] of [
			["liege", 7],
			["huy", 0],
		] as const) {
			await run("audit", path, "--site", site);
			expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(1 + count);
			const listed = (await run("campaigns", "--site", site)).out;
			expect([site, listed.includes(named(out))]).toEqual([site, count > 0]);
		}
	});
});

test("retire removes all that the broker keeps of a lamp, and of no other", async () => {
	await rig.fleet.start(2, conduct({ 1: { isOnline: true } }));
	await run("configure", site(2));
	await run("retire", site(2), "--only", "pole-00001");
	const left = (await retained("#")).map(({ topic }) => topic.split("/")[3]!);
	expect([...new Set(left)]).toEqual(["pole-00002"]);
	const station = new TestStation();
	expect(await desk(["retire", site(2), ...ends()], station)).toBe(2);
	expect(station.err).toMatch(/retire needs the lamps: --only NODE/);
});

test("watch sends settings again to a lamp with an older revision", async () => {
	await rig.fleet.start(1);
	const path = site(1);
	await run("configure", path);
	const station = new TestStation();
	const watching = desk(["watch", path, ...ends()], station);
	const [lamp] = rig.fleet.lamps;
	Object.assign(lamp!, { revision: 0, settings: { light: { hold: 60 } } });
	let looks = 0;
	await until("it is sent again", () => {
		if (looks++ % 20 === 0) rig.fleet.birth(lamp!);
		return station.out.includes("again");
	});
	station.end();
	expect([await watching, station.out]).toEqual([
		0,
		expect.stringContaining("has revision 0, sent 1 again"),
	]);
	expect(lamp!.settings.light!.hold).toBe(45);
});

test("watch names a desired section that no lamp receives", async () => {
	await rig.fleet.start(1);
	const desired = `${rig.fleet.root}/liege/pole-00001/settings/desired`;
	const other = await connectAsync(rig.broker.url, { protocolVersion: 4 });
	for (const section of ["lihgt", "light"])
		await other.publishAsync(`${desired}/${section}`, "{}", { qos: 1, retain: true });
	const station = new TestStation();
	const watching = desk(["watch", site(1), ...ends()], station);
	await until("it is named", () => station.out.includes("lihgt"));
	station.end();
	await other.endAsync();
	expect(await watching).toBe(0);
	expect(station.out.split("\n").filter((line) => line.includes("none of"))).toEqual([
		`${desired}/lihgt: "lihgt" is none of identity, light, calendar, sensing, power, link, console, so no lamp receives it`,
	]);
});

describe("parts", () => {
	test("retained messages are complete by their content, however late they come", async () => {
		const topics = Array.from({ length: 12 }, (_, n) => `r/s/pole-${n}/status`);
		const watched = async (sent: number, each: number, settle: number) => {
			const broker = new EventEmitter();
			const publishAsync = async (topic: string) => {
				for (const earlier of topics.slice(0, sent)) {
					await pause(each);
					broker.emit("message", earlier, Buffer.from("{}"));
				}
				broker.emit("message", topic, Buffer.from("")); // behind those before it
			};
			const filters = { subscribeAsync: async () => [], unsubscribeAsync: async () => {} };
			const client = Object.assign(broker, filters, {
				publishAsync: async (topic: string) => void publishAsync(topic),
			});
			const observer = new Observer(client as unknown as MqttClient);
			const watches = await observer.watch(topics.map((topic) => new Map([[topic, "status"]])));
			await observer.complete("r", "s", settle);
			await observer.release();
			expect(broker.listenerCount("message")).toBe(0);
			return watches.filter((watch) => watch.latest("status")).length;
		};
		expect(await watched(12, 60, 20)).toBe(12); // each pause is longer than --settle
		expect(await watched(5, 60, 20)).toBe(5);
		expect(await watched(12, 0, 60_000)).toBe(12); // all are there: nothing is waited for
	});
	const bad: [words: string[], error: RegExp][] = [
		[["configur", "x"], /"configur" is none of assign, .*e\.g\./],
		[["assign"], /give the site file, e\.g\./],
		[["update", "SITE"], /--offer FILE is missing: \{"id"/],
		[["assign", "SITE", "--only", "pole-9"], /--only pole-9: the site file has no such node/],
		[["assign", "SITE", "--wave", "0"], /--wave 0: is no whole number from 1 to/],
		[["pause"], /give a name, e\.g\. npx luminode desk pause/],
		[["campaigns", "x"], /x: one word too many/],
		[["cancel", "x", "--dry-run"], /cancel has no --dry-run/],
		[["watch", "SITE", "--dry-run"], /watch has no --dry-run/],
		[
			["cancel", "2026-01-01-none"],
			/no campaign is called 2026-01-01-none: npx luminode desk campaigns/,
		],
	];
	test.each(bad)("%j is refused with the rule", async (args, error) => {
		const station = new TestStation();
		await rig.fleet.start(0);
		const given = args.map((word) => (word === "SITE" ? site(1) : word));
		const code = await desk([...given, ...ends()], station);
		expect([code, station.err]).toEqual([2, expect.stringMatching(error)]);
	});
});

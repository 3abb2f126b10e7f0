/**
 * Citizens: reports by Open311, their answers in two languages, events as programs.
 *
 * Promise: A resident's report is answered, and an event of the city becomes a program.
 */
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { answerOf } from "../../city/citizens/answer.js";
import { citizens } from "../../city/citizens/citizens.js";
import { datesIn, programOf } from "../../city/citizens/events.js";
import {
	chainOf,
	FactBook,
	type Facts,
	type Findings,
	testEnd,
} from "../../city/citizens/facts.js";
import { eventsOf } from "../../city/citizens/icalendar.js";
import { Requests } from "../../city/citizens/requests.js";
import { databaseOf } from "../../city/database.js";
import { Zone } from "../../lib/zone.js";
import { readSite } from "../../tools/laptop/site/sitefile.js";
import { cityRig } from "../support/cityrig.js";
import { committedAt } from "../support/committed.js";
import { TestStation } from "../support/station.js";

const ZONE = "Europe/Brussels";
const PLACE = Zone.of(ZONE)!;
const NINE = Date.UTC(2026, 10, 24, 20, 4); // 21:04 in Liège

interface Known extends Partial<Facts> {
	readonly failed?: readonly string[];
	readonly notJudged?: readonly string[];
	readonly source?: string;
	readonly level?: number;
	readonly by?: string;
	readonly findings?: Findings | undefined;
	readonly next?: number;
}

/** The answer about a lamp that is dimmed at night and passed its test, but for what is given. */
function answered({
	failed = [],
	notJudged = [],
	source = "23:10 40",
	level = 40,
	by = "program",
	...rest
}: Known) {
	const findings = { chain: [{ by, level, source }], result: { failed, notJudged } };
	const known = { isOnline: true, isDark: true, isMaintained: false, faults: new Map(), ...rest };
	const question = {
		lamp: "6",
		zone: ZONE,
		findings: "findings" in rest ? rest.findings : findings,
		next: rest.next,
	};
	const { isClosed, text } = answerOf(known, question);
	return { isClosed, text };
}

describe("the paragraph for a resident", () => {
	const cases: [why: string, known: Known, isClosed: boolean, en: string, fr: string][] = [
		[
			"dimmed by its program",
			{},
			true,
			"Lamp 6 was dimmed to 40 % by its program from 23:10; it was tested and it works.",
			"Le luminaire 6 a été réduit à 40 % par son programme à partir de 23:10 ; il a été testé et il fonctionne.",
		],
		[
			"out, with the instant",
			{ faults: new Map([["lampFailure", NINE]]) },
			false,
			"Lamp 6 is out since 21:04 on 24 November; this was passed to maintenance.",
			"Le luminaire 6 est éteint depuis 21:04 le 24 novembre ; le service d'entretien en est informé.",
		],
		[
			"out of contact",
			{ isOnline: false, offlineSince: NINE },
			false,
			"Lamp 6 has been out of contact since 21:04 on 24 November, so it may be without power; this was passed to maintenance.",
			"Le luminaire 6 ne répond plus depuis 21:04 le 24 novembre et n'a peut-être plus de courant ; le service d'entretien en est informé.",
		],
		[
			"by day, where no test can show its light",
			{ isDark: false, notJudged: ["lamp"] },
			false,
			"Lamp 6 is off because it is light outside; it will be tested after dark.",
			"Le luminaire 6 est éteint parce qu'il fait jour ; il sera testé à la tombée de la nuit.",
		],
		[
			"a test that failed",
			{ failed: ["lamp", "clock", "heap"] },
			false,
			"Lamp 6 was tested and its light source and its controller did not pass; this was passed to maintenance.",
			"Le luminaire 6 a été testé ; l'essai a échoué pour sa source lumineuse et son contrôleur ; le service d'entretien en est informé.",
		],
		[
			"a test that could not judge the light",
			{ notJudged: ["lamp", "clock"] },
			false,
			"Lamp 6 was dimmed to 40 % by its program from 23:10; it reports no fault, and no test can show its light; this was passed to maintenance.",
			"Le luminaire 6 a été réduit à 40 % par son programme à partir de 23:10 ; il ne signale aucun défaut, et aucun essai ne peut constater sa lumière ; le service d'entretien en est informé.",
		],
		[
			"a test that could not judge another part",
			{ notJudged: ["clock"], by: "override", level: 70 },
			true,
			"Lamp 6 is at 70 % by an order of the operator; it was tested and it works.",
			"Le luminaire 6 est à 70 % sur ordre de l'exploitant ; il a été testé et il fonctionne.",
		],
		[
			"someone works on it",
			{ isMaintained: true },
			false,
			"A technician is working on lamp 6 at the moment.",
			"Un technicien travaille actuellement au luminaire 6.",
		],
		[
			"full light",
			{ level: 100, source: "sunset 100" },
			true,
			"Lamp 6 is at full light by its program; it was tested and it works.",
			"Le luminaire 6 est à pleine lumière selon son programme ; il a été testé et il fonctionne.",
		],
		[
			"no answer",
			{ findings: { chain: [], result: undefined } },
			false,
			"Lamp 6 did not answer the control system; this was passed to maintenance.",
			"Le luminaire 6 n'a pas répondu au système de gestion ; le service d'entretien en est informé.",
		],
		[
			"refused: its clock is behind",
			{ findings: { chain: [], refusal: "notYet", result: undefined } },
			false,
			"Lamp 6 answered and refused the test because its clock is behind that of the control system; this was passed to maintenance.",
			"Le luminaire 6 a répondu et refusé l'essai parce que son horloge retarde sur celle du système de gestion ; le service d'entretien en est informé.",
		],
		[
			"refused: the order is too old",
			{ findings: { chain: [], refusal: "stale", result: undefined } },
			false,
			"Lamp 6 answered and refused the test because the order came late, or its clock is ahead; this was passed to maintenance.",
			"Le luminaire 6 a répondu et refusé l'essai parce que l'ordre est arrivé trop tard ou que son horloge avance ; le service d'entretien en est informé.",
		],
		[
			"refused: too many orders",
			{ findings: { chain: [], refusal: "rateExceeded", result: undefined } },
			false,
			"Lamp 6 answered and refused the test because it had received too many orders; this was passed to maintenance.",
			"Le luminaire 6 a répondu et refusé l'essai parce qu'il avait reçu trop d'ordres ; le service d'entretien en est informé.",
		],
		[
			"refused for a reason of the maintenance",
			{ findings: { chain: [], refusal: "storeFailure", result: undefined } },
			false,
			"Lamp 6 answered and refused the test; this was passed to maintenance.",
			"Le luminaire 6 a répondu et refusé l'essai ; le service d'entretien en est informé.",
		],
		[
			"refused for a reason that is a name of every object",
			{ findings: { chain: [], refusal: "constructor", result: undefined } },
			false,
			"Lamp 6 answered and refused the test; this was passed to maintenance.",
			"Le luminaire 6 a répondu et refusé l'essai ; le service d'entretien en est informé.",
		],
		[
			"a part that is a name of every object did not pass",
			{ failed: ["constructor"] },
			false,
			"Lamp 6 was tested and its controller did not pass; this was passed to maintenance.",
			"Le luminaire 6 a été testé ; l'essai a échoué pour son contrôleur ; le service d'entretien en est informé.",
		],
		[
			"a test that did not show the light, before another one",
			{ notJudged: ["lamp"], next: NINE },
			false,
			"Lamp 6 was dimmed to 40 % by its program from 23:10; the test did not show its light, and it will be tested at 21:04 on 24 November.",
			"Le luminaire 6 a été réduit à 40 % par son programme à partir de 23:10 ; l'essai n'a pas montré sa lumière, et il sera testé à 21:04 le 24 novembre.",
		],
		[
			"what was in the way of a test is over",
			{ findings: undefined, next: NINE },
			false,
			"Lamp 6 will be tested at 21:04 on 24 November.",
			"Le luminaire 6 sera testé à 21:04 le 24 novembre.",
		],
		[
			"a test that runs",
			{ findings: undefined },
			false,
			"The lamp is being tested; the result follows within two minutes.",
			"Le luminaire est en cours d'essai ; le résultat suit dans les deux minutes.",
		],
	];
	test.each(cases)("%s", (_why, known, isClosed, en, fr) => {
		expect(answered(known)).toEqual({ isClosed, text: { en, fr } });
	});
	test("never seen", () => {
		const facts = { isMaintained: false, faults: new Map() };
		const { isClosed, text } = answerOf(facts, { lamp: "6", zone: ZONE, findings: undefined });
		expect([isClosed, text]).toEqual([
			false,
			{
				en: "Lamp 6 has not reported to the control system yet; this was passed to maintenance.",
				fr: "Le luminaire 6 ne s'est pas encore annoncé au système de gestion ; le service d'entretien en est informé.",
			},
		]);
	});
});

const rig = cityRig();

function site(lines = ["6,L00001,liege,pole-00001,quay,50.6400,5.5700"]): string {
	const path = join(rig.folder, "site.csv");
	const titles = "pole,serial,site,node,group,latitude,longitude";
	writeFileSync(path, `${[titles, ...lines].join("\n")}\n`);
	return path;
}

const address = () => join(rig.folder, "city.db");

async function serve(...args: string[]) {
	const keys = "platform-key,reporter report,observer read,the-clerk close name=guichet";
	const station = new TestStation({ LUMINODE_OPEN311_KEYS: keys });
	const options = ["--broker", rig.broker.url, "--port", "0", "--database", address(), ...args];
	const running = citizens(["serve", site(), ...options], station);
	let isOver = false;
	void running.then(() => (isOver = true));
	await until(() => isOver || /http/.test(station.out));
	const [, url] = /(http:\S+)\/services/.exec(station.out) ?? [];
	if (!url) throw new Error(station.err);
	const stop = () => {
		station.end();
		return running;
	};
	return { url, stop };
}

/** Items of a list; a definition is read as one, too. */
type Body = { [field: string]: string }[] & { attributes?: object[] };

async function get(url: string): Promise<{ status: number; text: string; body: Body }> {
	const response = await fetch(url);
	const text = await response.text();
	const isJson = response.headers.get("content-type")!.startsWith("application/json");
	return { status: response.status, text, body: isJson ? JSON.parse(text) : [] };
}

async function post(
	url: string,
	form: { [field: string]: string },
): Promise<{ status: number; body: Body }> {
	const fields = { api_key: "platform-key", service_code: "street-lamp", ...form };
	const response = await fetch(`${url}/requests.json`, {
		method: "POST",
		body: new URLSearchParams(fields),
	});
	return { status: response.status, body: (await response.json()) as Body };
}

/** The runner's own limit ends a wait that hangs. */
const until = async (isSo: () => boolean) => {
	while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
};

/** An answer to the bytes as they are given, pieces after a pause each. */
async function raw(url: string, head: string, ...pieces: Buffer[]): Promise<string> {
	const { hostname, port } = new URL(url);
	const socket = connect(Number(port), hostname).setNoDelay(true);
	let text = "";
	socket.on("data", (bytes) => void (text += String(bytes))).on("error", () => {});
	socket.write(`${head}\r\n\r\n`);
	for (const piece of pieces) {
		await new Promise((resolve) => setTimeout(resolve, 50));
		socket.write(piece);
	}
	await once(socket, "close");
	return text;
}

/** Waits for an answer with that word, ever more slowly: an address has 600 requests a minute. */
async function settled(url: string, id: string, word: string): Promise<Body[number]> {
	for (let pause = 20; ; pause = Math.min(2 * pause, 320)) {
		const [request] = (await get(`${url}/requests/${id}.json`)).body;
		if (request!.status_notes!.includes(word)) return request!;
		await new Promise((resolve) => setTimeout(resolve, pause));
	}
}

describe("Open311", () => {
	test("a report becomes a self-test of that lamp, its answer a paragraph", async () => {
		await rig.fleet.start(1, (lamp) => void (lamp.testTakes = 200));
		const { url, stop } = await serve();
		const acknowledged = committedAt(address(), "tests where ended_at is not null");
		const { status, body } = await post(url, {
			"attribute[lamp]": "6",
			description: "lamp 6 is out",
		});
		expect([status, body[0]!.account_id]).toEqual([201, null]);
		const request = await settled(url, body[0]!.service_request_id!, "was tested");
		expect(request).toMatchObject({
			status: "closed",
			service_code: "street-lamp",
			address_id: "pole-00001",
			lat: 50.64,
			long: 5.57,
			status_notes:
				"Lamp 6 was dimmed to 40 % by its program from 23:10; it was tested and it works.",
		});
		expect(rig.fleet.lamps[0]!.acts.map((id) => id.slice(-2))).toEqual(["-e", "-t"]);
		await stop();
		expect(acknowledged.end().at(-1)).toBe(1); // the last PUBACK followed the commit of the result
	});
	test("the start of a test is no result, and a test that fails closes nothing", async () => {
		await rig.fleet.start(1, (lamp) => {
			Object.assign(lamp, { testTakes: 500, test: { failed: "lamp clock" } });
		});
		const { url, stop } = await serve();
		const { body } = await post(url, { "attribute[lamp]": "6" });
		const id = body[0]!.service_request_id!;
		await until(() => rig.fleet.lamps[0]!.acts.length === 2);
		await new Promise((resolve) => setTimeout(resolve, 200));
		const [before] = (await get(`${url}/requests/${id}.json`)).body;
		expect([before!.status, before!.status_notes]).toEqual([
			"open",
			"The lamp is being tested; the result follows within two minutes.",
		]);
		const after = await settled(url, id, "did not pass");
		expect([after.status, after.status_notes]).toEqual([
			"open",
			"Lamp 6 was tested and its light source and its controller did not pass; this was passed to maintenance.",
		]);
		await stop();
	});
	test("a lamp that is out stays open until a test after the repair; nothing is lost over an end", async () => {
		await rig.fleet.start(1, (lamp) => {
			lamp.faults.push("lampFailure");
			lamp.test = { failed: "lamp" };
		});
		const first = await serve("--lang", "fr", "--again", "0");
		const { body } = await post(first.url, { lat: "50.6401", long: "5.5701" });
		const id = body[0]!.service_request_id!;
		const open = await settled(first.url, id, "éteint");
		expect(open.status).toBe("open");
		await first.stop();
		const second = await serve("--lang", "fr", "--again", "0");
		const [lamp] = rig.fleet.lamps;
		lamp!.faults.length = 0;
		lamp!.test = {};
		rig.fleet.state(lamp!);
		const closed = await settled(second.url, id, "fonctionne");
		expect(closed.status).toBe("closed");
		expect(lamp!.acts.at(-1)).toMatch(/-t$/); // a test after the repair
		const { body: list } = await get(`${second.url}/requests.json?status=closed`);
		expect(list.map((request) => request.service_request_id)).toEqual([id]);
		await second.stop();
	});
	test("a lamp that is repaired while its result waits for the program is tested again", async () => {
		await rig.fleet.start(1, (lamp) => void (lamp.testTakes = Infinity));
		const [lamp] = rig.fleet.lamps;
		const first = await serve("--again", "0");
		const { body } = await post(first.url, { "attribute[lamp]": "6" });
		await until(() => lamp!.testing !== undefined);
		await first.stop();
		lamp!.test = { failed: "lamp" };
		rig.fleet.endTest(lamp!, lamp!.testing!); // before any state that the second program can see
		Object.assign(lamp!, { test: {}, testTakes: 0 });
		const second = await serve("--again", "0");
		const closed = await settled(second.url, body[0]!.service_request_id!, "it works");
		expect(closed.status).toBe("closed");
		await second.stop();
	});
	test("a lamp that could not be judged by day is tested again after dark", async () => {
		await rig.fleet.start(1, (lamp) => {
			lamp.test = { notJudged: "lamp" };
		});
		const [lamp] = rig.fleet.lamps;
		rig.fleet.state(lamp!, { dark: false });
		const { url, stop } = await serve("--again", "0");
		const { body } = await post(url, { "attribute[lamp]": "6" });
		const id = body[0]!.service_request_id!;
		expect((await settled(url, id, "tested after dark")).status).toBe("open");
		lamp!.test = {};
		rig.fleet.state(lamp!, { dark: true });
		expect((await settled(url, id, "tested and it works")).status).toBe("closed");
		await stop();
	});
	test("a refused test says why, and is repeated until the lamp takes it", async () => {
		await rig.fleet.start(1, (lamp) => {
			Object.assign(lamp, { conduct: "rejects", refusal: "notYet" });
		});
		const { url, stop } = await serve("--again", "1", "--patience", "1");
		const { body } = await post(url, { "attribute[lamp]": "6" });
		const id = body[0]!.service_request_id!;
		expect((await settled(url, id, "its clock is behind")).status).toBe("open");
		rig.fleet.lamps[0]!.conduct = "obeys";
		expect((await settled(url, id, "tested and it works")).status).toBe("closed");
		await stop();
	});
	test.each([
		[2, "is tested until one shows it", "tested and it works"],
		[4, "is tested four times", "no test can show its light"],
	])("a lamp whose light a test did not show: %i tests, it %s", async (count, _what, word) => {
		await rig.fleet.start(1, (lamp) => {
			Object.assign(lamp, { testTakes: Infinity, test: { notJudged: "lamp" } });
		});
		const [lamp] = rig.fleet.lamps;
		const tests = () => lamp!.acts.filter((id) => id.endsWith("-t")).length;
		const { url, stop } = await serve("--again", "0");
		const { body } = await post(url, { "attribute[lamp]": "6" });
		for (let n = 1; n <= count; n++) {
			await until(() => tests() === n && lamp!.testing !== undefined);
			if (n === 2 && count === 2) lamp!.test = {};
			rig.fleet.endTest(lamp!, lamp!.testing!);
		}
		await settled(url, body[0]!.service_request_id!, word);
		expect(tests()).toBe(count);
		await stop();
	});
	const silent: [why: string, isKilled: boolean, answer: RegExp][] = [
		[
			"a kill, of a lamp that never reported",
			true,
			/^Lamp 6 has not reported to the control system/,
		],
		[
			"a clock that goes back, of a silent lamp",
			false,
			/^Lamp 6 did not answer the control system/,
		],
	];
	test.each(silent)("a report has an answer after %s", async (_why, isKilled, answer) => {
		let back = 0;
		const now = () => Date.now() - back;
		const db = await databaseOf(address());
		const [node, patience] = ["pole-00001", 100];
		const order = () => void (back += patience / 2);
		const start = () => {
			const facts = new FactBook([node], now);
			const status = { site: "liege", node, kind: "status", body: { online: true } };
			if (!isKilled) facts.take({ ...status, isRetained: true });
			const times = { now, patience, again: 600_000, zone: ZONE };
			return new Requests({ db, site: "liege", facts, order, ...times });
		};
		let requests = start();
		await requests.add(node, "6", "");
		if (isKilled) {
			await requests.close(); // its timers are gone
			await new Promise((resolve) => setTimeout(resolve, 2 * patience));
			requests = start();
			await requests.load();
			requests.resume();
		}
		let notes = "";
		while (!answer.test(notes)) {
			await new Promise((resolve) => setTimeout(resolve, 20));
			const row = db.selectFrom("requests").select("notes_en");
			notes = (await row.executeTakeFirstOrThrow()).notes_en;
		}
		expect(notes).toMatch(answer);
		await requests.close();
		await db.destroy();
	});
	test("a result that comes while the program is down counts, and the lamp acts once", async () => {
		await rig.fleet.start(1, (lamp) => {
			lamp.testTakes = Infinity;
		});
		const first = await serve();
		const { body } = await post(first.url, { "attribute[lamp]": "6" });
		const [lamp] = rig.fleet.lamps;
		await until(() => lamp!.acts.length === 2);
		await first.stop();
		rig.fleet.endTest(lamp!, lamp!.acts[1]!);
		const { url, stop } = await serve();
		const request = await settled(url, body[0]!.service_request_id!, "was tested");
		expect([request.status, lamp!.acts.length]).toEqual(["closed", 2]);
		await stop();
	});
	test("a second one of the same site is refused in a sentence", async () => {
		const { stop } = await serve();
		await expect(serve()).rejects.toThrow(/^citizens: citizens of liege runs already at /);
		await stop();
		await (await serve()).stop();
	});
	test("orders that were cut by a kill are sent at the next start", async () => {
		await rig.fleet.start(1);
		const db = await databaseOf(address());
		const [site, node, at] = ["liege", "pole-00001", Date.now()];
		await db.insertInto("tests").values({ id: "t", site, node, ordered_at: at }).execute();
		const notes = { notes_en: "", notes_fr: "", status: "open" as const };
		const report = { id: "r", site, node, lamp: "6", description: "", test: "t" };
		const request = { ...report, ...notes, requested_at: at, updated_at: at };
		await db.insertInto("requests").values(request).execute();
		await db.destroy();
		const { url, stop } = await serve();
		expect((await settled(url, "r", "was tested")).status).toBe("closed");
		expect(rig.fleet.lamps[0]!.acts).toEqual(["ct-e", "ct-t"]);
		await stop();
	});
	test("a report that its lamp cannot judge is closed by a clerk, with a reason, once", async () => {
		await rig.fleet.start(1, (lamp) => void (lamp.test = { notJudged: "lamp" }));
		const first = await serve();
		const { body } = await post(first.url, { "attribute[lamp]": "6" });
		const id = body[0]!.service_request_id!;
		await settled(first.url, id, "did not show its light, and it will be tested at");
		const close = async (url: string, fields: { [field: string]: string }, name = id) => {
			const init = { method: "POST", body: new URLSearchParams(fields) };
			const response = await fetch(`${url}/requests/${name}/close.json`, init);
			const [answer] = (await response.json()) as Body;
			return [response.status, answer!.status ?? answer!.description];
		};
		const [clerk, reason] = ["the-clerk", "seen alight, says jean@exemple.be"];
		const refused: [fields: { [field: string]: string }, name: string, code: number][] = [
			[{ reason }, id, 403],
			[{ api_key: "platform-key", reason }, id, 403],
			[{ api_key: clerk }, id, 400],
			[{ api_key: clerk, reason: " " }, id, 400],
			[{ api_key: clerk, reason }, "none", 404],
			[{ api_key: clerk, reason, jurisdiction_id: "seraing" }, id, 404],
		];
		for (const [fields, name, code] of refused)
			expect((await close(first.url, fields, name))[0]).toBe(code);
		expect(await close(first.url, { api_key: clerk, reason })).toEqual([200, "closed"]);
		expect((await close(first.url, { api_key: clerk, reason }))[0]).toBe(409);
		const notes = "Closed by the lighting service: seen alight, says [...]";
		rig.fleet.state(rig.fleet.lamps[0]!); // later reports change nothing
		await first.stop();
		const second = await serve();
		rig.fleet.state(rig.fleet.lamps[0]!);
		const closed = await settled(second.url, id, notes);
		expect([closed.status, closed.status_notes]).toEqual(["closed", notes]);
		await second.stop();
		const db = await databaseOf(address());
		const acts = await db.selectFrom("acts").select(["operator", "act", "about", "why"]).execute();
		await db.destroy();
		expect(acts).toEqual([
			{ operator: "guichet", act: "close", about: id, why: "seen alight, says [...]" },
		]);
	});
	test("forty reports of one lamp are one test", async () => {
		await rig.fleet.start(1);
		const { url, stop } = await serve();
		const all = await Promise.all(
			Array.from({ length: 40 }, () => post(url, { "attribute[lamp]": "6" })),
		);
		expect(all.map(({ status }) => status)).toEqual(all.map(() => 201));
		for (const { body } of all) await settled(url, body[0]!.service_request_id!, "was tested");
		expect(rig.fleet.lamps[0]!.acts).toHaveLength(2);
		await stop();
	});
	test("a thousand reports of one lamp are answered together", async () => {
		const db = await databaseOf(join(rig.folder, "many.db"));
		let statements = 0;
		const counted = db.withPlugin({
			transformQuery({ node }) {
				statements += 1;
				return node;
			},
			transformResult: async ({ result }) => result,
		});
		let sent = "";
		const requests = new Requests({
			db: counted,
			site: "liege",
			facts: new FactBook(["pole-00006"], () => NINE),
			order: (_node, { id }) => void (sent = id),
			zone: ZONE,
			patience: 60_000,
			again: 600_000,
			now: () => NINE,
		});
		for (let index = 0; index < 1_000; index++) await requests.add("pole-00006", "6", `${index}`);
		const letter = { site: "liege", node: "pole-00006", isRetained: false };
		const id = sent.replace(/-e$/, "-t");
		const attributes = { id, failed: "", notJudged: "" };
		const body = { type: "selfTest", startEndFlag: "end", attributes };
		statements = 0;
		await requests.take([{ ...letter, kind: "event", body }]);
		expect(statements).toBe(2); // the test, then its reports
		const closed = db.selectFrom("requests").select("id").where("status", "=", "closed");
		expect(await closed.execute()).toHaveLength(1_000);
		await requests.close();
		await db.destroy();
	});
	const steps: [why: string, back: number, orders: number][] = [
		["a second, which changes nothing", 1_000, 1],
		["a year: the test of then is over, and the lamp is tested again", 365 * 86_400_000, 2],
	];
	test.each(steps)("the clock is put back by %s", async (_why, back, orders) => {
		const db = await databaseOf(join(rig.folder, "clock.db"));
		let now = NINE;
		const sent = new Set<string>();
		const times = { zone: ZONE, patience: 60_000, again: 600_000, now: () => now };
		const made = () =>
			new Requests({
				db,
				site: "liege",
				facts: new FactBook(["pole-00006"], () => now),
				order: (_node, { id }) => void sent.add(id),
				...times,
			});
		const before = made();
		await before.add("pole-00006", "6", "");
		await before.close();
		now -= back;
		const after = made();
		await after.load();
		const letter = { site: "liege", node: "pole-00006", isRetained: false };
		await after.take([{ ...letter, kind: "status", body: { online: true } }]);
		await after.add("pole-00006", "6", "again");
		await after.close();
		await db.destroy();
		expect(sent.size).toBe(orders);
	});
	test("no message of a lamp ends it, whatever its fields are", () => {
		const values = fc.oneof(fc.jsonValue(), fc.constantFrom(5, "x", null, [5], { a: 1 }));
		const names = ["faults", "online", "dark", "attributes", "time", "type", "startEndFlag"];
		const body = fc.dictionary(fc.constantFrom(...names), values);
		const kinds = fc.constantFrom("status", "state", "event", "reply", "birth", "other");
		const facts = new FactBook(["a"], () => NINE);
		fc.assert(
			fc.property(kinds, body, fc.boolean(), (kind, content, isRetained) => {
				const letter = { site: "liege", node: "a", kind, body: content, isRetained };
				facts.take(letter);
				testEnd(letter);
				chainOf(JSON.stringify(content));
				const { text } = answerOf(facts.of("a")!, { lamp: "6", zone: ZONE, findings: undefined });
				expect(text.en).toMatch(/[.]$/);
			}),
		);
	});
	test("a retained report with a wrong field ends no start", async () => {
		await rig.fleet.start(1);
		rig.fleet.say(rig.fleet.lamps[0]!, "state", { faults: 5, dark: "x", chain: 5 }, true);
		const { url, stop } = await serve();
		const { body } = await post(url, { "attribute[lamp]": "6" });
		const request = await settled(url, body[0]!.service_request_id!, "was tested");
		expect(request.status).toBe("closed");
		await stop();
	});
	test("a bad URL or body gets its code, and the next request an answer", async () => {
		const { url, stop } = await serve();
		const cases: [method: string, path: string, code: number][] = [
			["GET", "//", 404],
			["GET", "/", 404],
			["GET", "/services", 404],
			["GET", "/requests/%zz.json", 400],
			["GET", "/requests/%zz.xml", 400],
			["GET", "/requests/..%2f..%2fetc.json", 404],
			["GET", "/requests/%00.json", 404],
			["GET", `/requests/${"x".repeat(2_000)}.json`, 414],
			["GET", "/requests.json?status[]=open&service_request_id[a]=1", 200],
			["GET", "/requests.json?__proto__=1&start_date=", 200],
			["DELETE", "/requests.json", 404],
			["POST", "/services.json", 404],
			["GET", "/tokens/none.json", 404],
			["GET", "/services.json?jurisdiction_id=seraing", 404],
			["GET", "/requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", 400],
			["GET", "/requests.json?start_date=2026-01-01", 400],
			["GET", "/healthz", 200],
		];
		for (const [method, path, code] of cases) {
			const text = await raw(url, `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close`);
			expect([method, path, text.slice(9, 12)]).toEqual([method, path, `${code}`]);
			if (code === 400 && path.endsWith(".xml")) expect(text).toContain("<errors><error><code>400");
		}
		expect(await raw(url, "GARBAGE")).toContain("400 Bad Request");
		expect((await get(`${url}/services.json`)).status).toBe(200);
		await stop();
	});
	test("bodies: a form, parts, JSON, a key in the query, a character in two pieces", async () => {
		await rig.fleet.start(1);
		const { url, stop } = await serve();
		const fields = { service_code: "street-lamp", "attribute[lamp]": "6" };
		const parts = new FormData();
		for (const [name, value] of Object.entries({ ...fields, api_key: "reporter" }))
			parts.append(name, value);
		const json = { "content-type": "application/json" };
		const bodies: [query: string, init: RequestInit][] = [
			["", { body: parts }],
			["?api_key=reporter", { body: new URLSearchParams(fields) }],
			["?api_key=reporter", { body: JSON.stringify(fields), headers: json }],
			[
				"?api_key=reporter",
				{
					body: JSON.stringify({ service_code: "street-lamp", attribute: { lamp: 6 } }),
					headers: json,
				},
			],
		];
		for (const [query, init] of bodies)
			expect(
				(await fetch(`${url}/requests.json${query}`, { method: "POST", ...init })).status,
			).toBe(201);
		for (const body of ["", "{", "[]", "5", "null"])
			expect(
				(await fetch(`${url}/requests.json`, { method: "POST", body, headers: json })).status,
			).toBeGreaterThanOrEqual(400);
		const description = "le lampadaire près de l'école";
		const report = { ...fields, api_key: "platform-key", description };
		const plain = Object.entries(report).map((field) => field.join("=")); // bytes beyond ASCII as they are
		const kinds: [type: string, body: string][] = [
			["application/json", JSON.stringify(report)],
			["application/x-www-form-urlencoded", plain.join("&")],
		];
		let id = "";
		const read = async (key: string) =>
			(await get(`${url}/requests/${id}.json?api_key=${key}`)).body[0]!.description;
		for (const [type, body] of kinds) {
			const bytes = Buffer.from(body);
			const half = bytes.indexOf(0xc3) + 1; // within è
			const head = `POST /requests.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${bytes.length}`;
			const answer = await raw(url, head, bytes.subarray(0, half), bytes.subarray(half));
			id = /"service_request_id":"([^"]+)"/.exec(answer)![1]!;
			expect(await read("observer")).toBe(description);
		}
		expect([await read("reporter"), await read("guessed"), await read("")]).toEqual([
			null,
			null,
			null,
		]);
		expect((await get(`${url}/tokens/${id}.json`)).body).toEqual([
			{ service_request_id: id, token: id },
		]);
		expect((await post(url, { api_key: "observer", "attribute[lamp]": "6" })).status).toBe(403);
		await stop();
	});
	test("XML, services and faults, as GeoReport v2 has them", async () => {
		const { url, stop } = await serve();
		expect((await get(`${url}/services.xml`)).text).toContain(
			"<services><service><service_code>street-lamp",
		);
		expect((await get(`${url}/services.json`)).body[0]).toMatchObject({
			metadata: true,
			type: "realtime",
		});
		const definition = (await get(`${url}/services/street-lamp.json`)).body;
		expect(definition.attributes![0]).toMatchObject({ code: "lamp", datatype: "string" });
		const cases: [form: { [field: string]: string }, status: number, word: RegExp][] = [
			[{ api_key: "guessed" }, 403, /api_key/],
			[{ service_code: "" }, 400, /e\.g\. service_code=street-lamp/],
			[{ service_code: "pothole" }, 404, /service_code is not street-lamp/],
			[{}, 400, /give attribute\[lamp\]=6/],
			[{ "attribute[lamp]": "7" }, 404, /no lamp is called "7"/],
			[{ lat: "50.70", long: "5.57" }, 404, /no lamp within 60 m/],
			[{ description: "x".repeat(70_000) }, 413, /too large/],
			[{ jurisdiction_id: "seraing" }, 404, /jurisdiction_id is not liege/],
		];
		for (const [form, status, word] of cases) {
			const answer = await post(url, form);
			expect([answer.status, answer.body[0]]).toEqual([
				status,
				{ code: status, description: expect.stringMatching(word) },
			]);
		}
		const xml = (await get(`${url}/services/street-lamp.xml`)).text;
		expect(xml).toContain("</service_code><attributes><attribute><variable>true</variable><code>");
		const bad = await get(`${url}/requests.xml?start_date=soon`);
		expect([bad.status, bad.text]).toEqual([
			400,
			expect.stringContaining("<errors><error><code>400"),
		]);
		expect((await get(`${url}/nothing.json`)).status).toBe(404);
		await stop();
	});
	test("no key, no endpoint", async () => {
		const station = new TestStation();
		expect(await citizens(["serve", site(), "--broker", rig.broker.url], station)).toBe(2);
		expect(station.err).toMatch(/LUMINODE_OPEN311_KEYS: no key of a platform/);
	});
});

describe("events", () => {
	const BASE = "sunset 100; 22:00 60; 00:00 40; 05:30 100; sunrise 0";
	const programs: [
		why: string,
		from: string | undefined,
		to: string | undefined,
		program: string,
	][] = [
		[
			"an evening",
			"18:00",
			"23:30",
			"sunset 100; 18:00 80; 23:30 60; 00:00 40; 05:30 100; sunrise 0",
		],
		["into the night", "20:00", "02:00", "sunset 100; 20:00 80; 02:00 40; 05:30 100; sunrise 0"],
		["the whole night", undefined, undefined, "sunset 80; sunrise 0"],
		["until two", undefined, "02:00", "sunset 80; 02:00 40; 05:30 100; sunrise 0"],
		["from ten", "22:00", undefined, "sunset 100; 22:00 80; sunrise 0"],
	];
	test.each(programs)("%s", (_why, from, to, program) => {
		expect(programOf(BASE, from, to, 80)).toBe(program);
	});
	test("points of classes, with an effect of presence and lights out keep their order", () => {
		const base = "sunset P4; 22:00 P5 min P6; 00:00 out; 05:30 P4";
		expect(programOf(base, "21:00", "23:00", 80)).toBe(
			"sunset P4; 21:00 80; 23:00 P5 min P6; 00:00 out; 05:30 P4",
		);
		expect(programOf(base, undefined, "01:00", 80)).toBe("sunset 80; 01:00 out; 05:30 P4");
	});

	const SPAN = { from: Date.UTC(2026, 0), until: Date.UTC(2027, 6) };
	const calendar = (...lines: string[]) =>
		["BEGIN:VCALENDAR", "BEGIN:VEVENT", ...lines, "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
	const times: [start: string, end: string, begin: string, finish: string][] = [
		["DTSTART:20261205T170000Z", "DTEND:20261205T220000Z", "2026-12-05T17:00", "2026-12-05T22:00"],
		[
			"DTSTART;TZID=Europe/Brussels:20261205T180000",
			"DTEND:20261205T220000Z",
			"2026-12-05T17:00",
			"2026-12-05T22:00",
		],
		["DTSTART:20260705T180000", "DTEND:20260706T020000", "2026-07-05T16:00", "2026-07-06T00:00"],
		["DTSTART;VALUE=DATE:20261205", "UID:x", "2026-12-04T23:00", "2026-12-05T23:00"],
		["DTSTART:20261025T033000", "DTEND:20261025T053000", "2026-10-25T02:30", "2026-10-25T04:30"],
	];
	test.each(times)("%s, %s", (start, end, begin, finish) => {
		const [event] = eventsOf(calendar("SUMMARY:x", start, end), PLACE, "f", SPAN);
		const iso = (at: number) => new Date(at).toISOString().slice(0, 16);
		expect([iso(event!.begin), iso(event!.end)]).toEqual([begin, finish]);
	});
	test("folded lines, escaped signs, an alarm inside", () => {
		const text = calendar(
			"SUMMARY:Marché\\, place",
			" Saint-Lambert",
			"DTSTART:20261205T170000Z",
			"DTEND:20261205T180000Z",
			"BEGIN:VALARM",
			"SUMMARY:no",
			"END:VALARM",
			"LOCATION:quay",
		);
		expect(eventsOf(text, PLACE, "f", SPAN)[0]).toMatchObject({
			summary: "Marché, placeSaint-Lambert",
			location: "quay",
		});
	});
	const outlook = [
		"BEGIN:VCALENDAR",
		"BEGIN:VTIMEZONE",
		"TZID:Romance Standard Time",
		"BEGIN:STANDARD",
		"DTSTART:16010101T030000",
		"TZOFFSETFROM:+0200",
		"TZOFFSETTO:+0100",
		"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
		"END:STANDARD",
		"BEGIN:DAYLIGHT",
		"DTSTART:16010101T020000",
		"TZOFFSETFROM:+0100",
		"TZOFFSETTO:+0200",
		"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
		"END:DAYLIGHT",
		"END:VTIMEZONE",
	];
	const begins = (...lines: string[]) =>
		eventsOf([...outlook, ...lines, "END:VCALENDAR"].join("\r\n"), PLACE, "f", SPAN).map(
			({ begin }) => new Date(begin).toISOString().slice(0, 16),
		);
	const event = (...lines: string[]) => ["BEGIN:VEVENT", "UID:1", ...lines, "END:VEVENT"];
	const tz = "TZID=Romance Standard Time";
	const repeated: [why: string, lines: string[], begins: string[]][] = [
		[
			"Outlook's zone, in winter and in summer",
			[
				...event(`DTSTART;${tz}:20261205T180000`, `DTEND;${tz}:20261205T230000`),
				...event(`DTSTART;${tz}:20260705T180000`, `DTEND;${tz}:20260705T230000`),
			],
			["2026-12-05T17:00", "2026-07-05T16:00"],
		],
		[
			"each first Sunday, over the change of the clock",
			event(
				`DTSTART;${tz}:20260906T180000`,
				`DTEND;${tz}:20260906T200000`,
				"RRULE:FREQ=MONTHLY;BYDAY=1SU;COUNT=3",
			),
			["2026-09-06T16:00", "2026-10-04T16:00", "2026-11-01T17:00"],
		],
		[
			"an exception and a date that is moved",
			[
				...event(
					"DTSTART:20261201T170000Z",
					"DTEND:20261201T180000Z",
					"RRULE:FREQ=DAILY;COUNT=4",
					"EXDATE:20261202T170000Z",
				),
				...event(
					"RECURRENCE-ID:20261203T170000Z",
					"DTSTART:20261203T200000Z",
					"DTEND:20261203T210000Z",
				),
			],
			["2026-12-01T17:00", "2026-12-03T20:00", "2026-12-04T17:00"],
		],
		[
			"what is over, and what comes later, is left out",
			event("DTSTART:20250101T170000Z", "DTEND:20250101T180000Z", "RRULE:FREQ=YEARLY"),
			["2026-01-01T17:00", "2027-01-01T17:00"],
		],
		[
			"every day since 2010",
			event(
				"DTSTART:20100101T170000Z",
				"DTEND:20100101T180000Z",
				"RRULE:FREQ=DAILY;UNTIL=20260102T180000Z",
			),
			["2026-01-01T17:00", "2026-01-02T17:00"],
		],
		[
			"dates that are listed, the first among them",
			event(
				"DTSTART:20261205T170000Z",
				"DTEND:20261205T180000Z",
				"RDATE:20261201T170000Z,20261207T170000Z",
			),
			["2026-12-05T17:00", "2026-12-01T17:00", "2026-12-07T17:00"],
		],
		[
			"dates that are listed, the first left out",
			event(
				"DTSTART:20261205T170000Z",
				"DTEND:20261205T180000Z",
				"RDATE:20261207T170000Z",
				"EXDATE:20261205T170000Z",
			),
			["2026-12-07T17:00"],
		],
		[
			"Outlook's other zones, without their rules in the file",
			event(
				"DTSTART;TZID=W. Europe Standard Time:20260705T180000",
				"DTEND;TZID=W. Europe Standard Time:20260705T190000",
			),
			["2026-07-05T16:00"],
		],
		[
			"a second calendar in the file",
			[
				...event("DTSTART:20261205T170000Z", "DTEND:20261205T180000Z"),
				"END:VCALENDAR",
				"BEGIN:VCALENDAR",
				...event("DTSTART:20261206T170000Z", "DTEND:20261206T180000Z"),
			],
			["2026-12-05T17:00", "2026-12-06T17:00"],
		],
	];
	test.each(repeated)("%s", (_why, lines, expected) => expect(begins(...lines)).toEqual(expected));

	const spans: [nights: string[], rules: string[]][] = [
		[["2026-12-05"], ["2026-12-05"]],
		[["2026-12-05", "2026-12-06", "2026-12-08"], ["2026-12-05..2026-12-06,2026-12-08"]],
		[["2026-12-04", "2026-12-11", "2026-12-18"], ["2026-12-04..2026-12-18 Fri"]],
		[["2026-12-06", "2027-01-03", "2027-02-07"], ["2026-12-06,2027-01-03,2027-02-07"]],
	];
	test.each(spans)("nights %j are rules %j", (nights, rules) =>
		expect(datesIn(nights)).toEqual(rules),
	);

	const bad: [text: string, error: RegExp][] = [
		["", /f: is no calendar: it has no line BEGIN:VCALENDAR/],
		["nothing", /f: is no calendar/],
		["BEGIN:VCALENDAR\r\nBEGIN:VEVENT", /f: is no calendar/],
		[
			calendar("SUMMARY:x", "DTSTART:20260230T180000", "DTEND:20260301T190000"),
			/f: "x": DTSTART 2026-02-30T18:00:00: there is no such day/,
		],
		[
			calendar("SUMMARY:x", "DTSTART:20260228T180000", "DTEND:20260228T250000"),
			/f: "x": DTEND 2026-02-28T25:00:00: there is no such time/,
		],
		[
			calendar(
				"SUMMARY:x",
				"DTSTART:20260228T180000",
				"DTEND:20260228T190000",
				"EXDATE:20260229T180000",
			),
			/f: "x": EXDATE 2026-02-29/,
		],
		[
			calendar(
				"SUMMARY:x",
				"DTSTART:20260228T180000",
				"DTEND:20260228T180001",
				"RRULE:FREQ=MINUTELY",
			),
			/f: "x" repeats more than 100000 times/,
		],
		[
			calendar(
				"SUMMARY:x",
				"DTSTART:20260228T180000Z",
				"DTEND:20260228T190000Z",
				"RDATE;VALUE=PERIOD:20260302T180000Z/20260302T190000Z",
			),
			/f: "x": RDATE of periods is not read/,
		],
		[calendar("SUMMARY:x"), /f: "x" has no DTSTART, e\.g\./],
		[calendar("SUMMARY:x", "DTSTART:soon"), /f: "x": invalid date-time value/],
		[
			calendar("SUMMARY:x", "DTSTART:20261205T170000Z", "DTEND:20261205T160000Z"),
			/no DTEND after its begin/,
		],
		[
			calendar("SUMMARY:x", "DTSTART;TZID=Mars/Olympus:20261205T170000", "DTEND:20261205T180000"),
			/time zone "Mars\/Olympus"/,
		],
	];
	test.each(bad)("refused: %j", (text, error) =>
		expect(() => eventsOf(text, PLACE, "f", SPAN)).toThrow(error),
	);

	const dayIn = (days: number) =>
		new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
	const dated = (day: string) => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
	test("a program that the site file has already takes no further slot", async () => {
		const path = join(rig.folder, "site.csv");
		const late = "late: sunset 100; 18:00 100; 23:30 60; 00:00 40; 05:30 100; sunrise 0";
		writeFileSync(
			path,
			`pole,node,site,group,program,program2,calendar\na,a,liege,quay,${BASE},${late},\n`,
		);
		const day = dayIn(2);
		const eventLines = [
			"LOCATION:quay",
			"STATUS:CONFIRMED",
			`DTSTART:${day}T180000`,
			`DTEND:${day}T233000`,
		];
		writeFileSync(join(rig.folder, "e.ics"), calendar("SUMMARY:x", ...eventLines));
		const out = join(rig.folder, "out.csv");
		const args = ["events", path, join(rig.folder, "e.ics"), out];
		expect(await citizens(args, new TestStation())).toBe(0);
		const { values } = readSite(out).poles[0]!;
		expect([values.get("program3") ?? "", values.get("calendar")]).toEqual([
			"",
			`${dated(day)}: late`,
		]);
	});
	test("an event of lamps whose program the site file does not name is refused, and no file written", async () => {
		const path = join(rig.folder, "site.csv");
		writeFileSync(path, "pole,node,site,group,calendar\na,a,liege,quay,\n");
		const lines = [
			"LOCATION:quay",
			"STATUS:CONFIRMED",
			`DTSTART;VALUE=DATE:${dayIn(2)}`,
			`DTEND;VALUE=DATE:${dayIn(4)}`,
		];
		writeFileSync(join(rig.folder, "e.ics"), calendar("SUMMARY:x", ...lines));
		const station = new TestStation();
		const out = join(rig.folder, "none.csv");
		const args = ["events", path, join(rig.folder, "e.ics"), out];
		expect([await citizens(args, station), existsSync(out)]).toEqual([2, false]);
		expect(station.err).toContain("a of group quay has no program");
	});
	test("100,000 events of a file are read, each exception beside its event", async () => {
		const [day, moved] = [dayIn(2), dayIn(3)];
		const of = (n: number, lines: string[], on: string) => [
			"BEGIN:VEVENT",
			`UID:${n}`,
			"LOCATION:quay",
			"STATUS:CONFIRMED",
			...lines,
			`DTSTART:${on}T180000`,
			`DTEND:${on}T233000`,
			"END:VEVENT",
		];
		const all = [...Array(50_000).keys()].flatMap((n) => [
			...of(n, ["RRULE:FREQ=DAILY;COUNT=1"], day),
			...of(n, [`RECURRENCE-ID:${day}T180000`], moved),
		]);
		const [path, ics, out] = ["site.csv", "e.ics", "out.csv"].map((file) =>
			join(rig.folder, file),
		) as [string, string, string];
		writeFileSync(path, `pole,node,site,group,program\na,a,liege,quay,${BASE}\n`);
		writeFileSync(ics, ["BEGIN:VCALENDAR", ...all, "END:VCALENDAR"].join("\n"));
		expect(await citizens(["events", path, ics, out], new TestStation())).toBe(0);
		expect(readSite(out).poles[0]!.values.get("calendar")).toBe(`${dated(moved)}: event-1`);
	});
	test("approved events become programs of their group alone, by the firmware's own rules", async () => {
		const path = join(rig.folder, "site.csv");
		const rows = ["pole,node,site,group,program,calendar"];
		for (const [node, group] of [
			["a", "quay"],
			["b", "quay"],
			["c", "park"],
		])
			rows.push(`${node},${node},liege,${group},${BASE},`);
		writeFileSync(path, rows.join("\n"));
		const event = (summary: string, location: string, status: string, day: string) =>
			[
				"BEGIN:VEVENT",
				`SUMMARY:${summary}`,
				`LOCATION:${location}`,
				`STATUS:${status}`,
				`DTSTART:${day}T180000`,
				`DTEND:${day}T233000`,
				"END:VEVENT",
			].join("\n");
		const all = [
			event("Marché de Noël", "quay", "CONFIRMED", dayIn(7)),
			event("idem", "quay", "CONFIRMED", dayIn(8)),
			event("draft", "quay", "TENTATIVE", dayIn(9)),
			event("away", "square", "CONFIRMED", dayIn(10)),
		];
		writeFileSync(
			join(rig.folder, "e.ics"),
			["BEGIN:VCALENDAR", ...all, "END:VCALENDAR"].join("\n"),
		);
		const station = new TestStation();
		const out = join(rig.folder, "out.csv");
		const code = await citizens(["events", path, join(rig.folder, "e.ics"), out], station);
		expect([code, station.err]).toEqual([0, ""]);
		const { poles } = readSite(out);
		const [a, b, c] = poles.map(({ values }) => [values.get("program2"), values.get("calendar")]);
		expect(a).toEqual([
			"event-1: sunset 100; 18:00 100; 23:30 60; 00:00 40; 05:30 100; sunrise 0",
			`${dated(dayIn(7))}..${dated(dayIn(8))}: event-1`,
		]);
		expect([b, c]).toEqual([a, ["", ""]]);
		expect(station.out).toContain('left out: "draft": its STATUS is TENTATIVE');
		expect(station.out).toContain('left out: "away": its LOCATION "square" is no group');
		expect(station.out).toContain("lamps changed: 2");
	});
});

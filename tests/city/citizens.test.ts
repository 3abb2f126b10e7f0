/** Citizens: reports by Open311, their answers in two languages, events as programs. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { answerOf } from "../../city/citizens/answer.js";
import { citizens } from "../../city/citizens/citizens.js";
import { programOf } from "../../city/citizens/events.js";
import type { Facts } from "../../city/citizens/facts.js";
import { eventsOf } from "../../city/citizens/icalendar.js";
import { breachesOf } from "../../tools/docs/prose.js";
import { readSite } from "../../tools/laptop/site/sitefile.js";
import { cityRig } from "../support/cityrig.js";
import { TestStation } from "../support/station.js";

const ZONE = "Europe/Brussels";
const QUESTION = { lamp: "6", explain: "e", selfTest: "t", zone: ZONE };
const NINE = Date.UTC(2026, 10, 24, 20, 4); // 21:04 in Liège

function facts(
	more: Partial<Facts> & { failed?: readonly string[]; source?: string; level?: number },
): Facts {
	const { failed = [], source = "23:10 40", level = 40, ...rest } = more;
	const chain = [{ by: "program", level, source }];
	return {
		isOnline: true,
		faults: new Map(),
		state: { dark: true, reason: "program", feedbackLightCommand: level },
		replies: new Map([["e", { id: "e", status: "done", chain }]]),
		tests: new Map([["t", failed]]),
		...rest,
	};
}

describe("the paragraph for a resident", () => {
	const cases: [why: string, facts: Facts, isClosed: boolean, en: string, fr: string][] = [
		[
			"dimmed by its program",
			facts({}),
			true,
			"Lamp 6 was dimmed to 40 % by its program from 23:10; it was tested and it works.",
			"La lampe 6 a été réduite à 40 % par son programme à partir de 23:10 ; elle a été testée et elle fonctionne.",
		],
		[
			"out, with the instant",
			facts({ faults: new Map([["lampFailure", NINE]]) }),
			false,
			"Lamp 6 is out since 21:04 on 24 November; this was passed to maintenance.",
			"La lampe 6 est éteinte depuis 21:04 le 24 novembre ; le service d'entretien en est informé.",
		],
		[
			"out of contact",
			facts({ isOnline: false, offlineSince: NINE }),
			false,
			"Lamp 6 has been out of contact since 21:04 on 24 November, so it may be without power; this was passed to maintenance.",
			"La lampe 6 ne répond plus depuis 21:04 le 24 novembre et n'a peut-être plus de courant ; le service d'entretien en est informé.",
		],
		[
			"never seen",
			{ faults: new Map(), replies: new Map(), tests: new Map() },
			false,
			"Lamp 6 has not reported to the control system yet; this was passed to maintenance.",
			"La lampe 6 ne s'est pas encore annoncée au système de gestion ; le service d'entretien en est informé.",
		],
		[
			"by day",
			facts({ state: { dark: false, reason: "program" } }),
			true,
			"Lamp 6 is off because it is light outside; it was tested and it works.",
			"La lampe 6 est éteinte parce qu'il fait jour ; elle a été testée et elle fonctionne.",
		],
		[
			"a test that failed",
			facts({ failed: ["lamp", "clock", "heap"] }),
			false,
			"Lamp 6 was tested and its light source and its controller did not pass; this was passed to maintenance.",
			"La lampe 6 a été testée ; l'essai a échoué pour sa source lumineuse et son contrôleur ; le service d'entretien en est informé.",
		],
		[
			"someone works on it",
			facts({ state: { maintenanceMode: true } }),
			false,
			"A technician is working on lamp 6 at the moment.",
			"Un technicien travaille actuellement à la lampe 6.",
		],
		[
			"full light",
			facts({ level: 100, source: "sunset 100" }),
			true,
			"Lamp 6 is at full light by its program; it was tested and it works.",
			"La lampe 6 est à pleine lumière selon son programme ; elle a été testée et elle fonctionne.",
		],
		[
			"no answer",
			facts({ replies: new Map(), tests: new Map() }),
			false,
			"Lamp 6 did not answer the control system; this was passed to maintenance.",
			"La lampe 6 n'a pas répondu au système de gestion ; le service d'entretien en est informé.",
		],
	];
	test.each(cases)("%s", (_why, known, isClosed, en, fr) => {
		expect(answerOf(known, QUESTION)).toEqual({ isClosed, text: { en, fr } });
		expect([...breachesOf({ line: 1, text: en }), ...breachesOf({ line: 1, text: fr })]).toEqual(
			[],
		);
	});
});

const rig = cityRig();

function site(lines = ["6,L00001,liege,pole-00001,quay,50.6400,5.5700"]): string {
	const path = join(rig.folder, "site.csv");
	const titles = "pole,serial,site,node,group,latitude,longitude";
	writeFileSync(path, `${[titles, ...lines].join("\n")}\n`);
	return path;
}

async function serve(...words: string[]) {
	const station = new TestStation({ LUMINODE_OPEN311_KEYS: "platform-key" });
	const own = ["--broker", rig.broker.url, "--port", "0", "--folder", rig.folder, ...words];
	const running = citizens(["serve", site(), ...own], station);
	for (let waited = 0; waited < 5_000 && !/http/.test(station.out + station.err); waited += 10)
		await new Promise((resolve) => setTimeout(resolve, 10));
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

async function settled(url: string, id: string, word: string): Promise<Body[number]> {
	for (let waited = 0; waited < 5_000; waited += 20) {
		const [request] = (await get(`${url}/requests/${id}.json`)).body;
		if (request!.status_notes!.includes(word)) return request!;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	throw new Error(`no answer: ${(await get(`${url}/requests/${id}.json`)).text}`);
}

describe("Open311", () => {
	test("a report becomes a self-test of that lamp, its answer a paragraph", async () => {
		await rig.fleet.start(1);
		const { url, stop } = await serve();
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
	});
	test("a lamp that is out stays open until it works again; nothing is lost over a kill", async () => {
		await rig.fleet.start(1, (lamp) => lamp.faults.push("lampFailure"));
		const first = await serve("--lang", "fr");
		const { body } = await post(first.url, { lat: "50.6401", long: "5.5701" });
		const id = body[0]!.service_request_id!;
		const open = await settled(first.url, id, "éteinte");
		expect(open.status).toBe("open");
		await first.stop();
		writeFileSync(
			join(rig.folder, "requests.jsonl"),
			`${readFileSync(join(rig.folder, "requests.jsonl"), "utf8")}{"id":"cu`,
		);
		const second = await serve("--lang", "fr");
		rig.fleet.lamps[0]!.faults.length = 0;
		rig.fleet.state(rig.fleet.lamps[0]!);
		const closed = await settled(second.url, id, "fonctionne");
		expect(closed.status).toBe("closed");
		const { body: list } = await get(`${second.url}/requests.json?status=closed`);
		expect(list.map((one) => one.service_request_id)).toEqual([id]);
		await second.stop();
	});
	test("a request whose orders were cut by a kill is ordered again, and acts once", async () => {
		await rig.fleet.start(1);
		const request = {
			id: "2026-11-24-0001",
			node: "pole-00001",
			lamp: "6",
			description: "",
			status: "open",
			requested: "2026-11-24T20:00:00Z",
			updated: "",
			notes: { en: "", fr: "" },
			isAnswered: false,
		};
		writeFileSync(join(rig.folder, "requests.jsonl"), `${JSON.stringify(request)}\n`);
		const { url, stop } = await serve();
		expect((await settled(url, request.id, "was tested")).status).toBe("closed");
		expect(rig.fleet.lamps[0]!.acts).toEqual(["c2026-11-24-0001-e", "c2026-11-24-0001-t"]);
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
			[{ description: "x".repeat(20_000) }, 413, /16384 bytes/],
		];
		for (const [form, status, word] of cases) {
			const answer = await post(url, form);
			expect([answer.status, answer.body[0]]).toEqual([
				status,
				{ code: status, description: expect.stringMatching(word) },
			]);
		}
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
		expect(station.err).toMatch(/no key of a platform: give --keys FILE/);
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
		const [event] = eventsOf(calendar("SUMMARY:x", start, end), ZONE, "f");
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
		expect(eventsOf(text, ZONE, "f")[0]).toMatchObject({
			summary: "Marché, placeSaint-Lambert",
			location: "quay",
		});
	});
	const bad: [text: string, error: RegExp][] = [
		["nothing", /f:1: is no calendar/],
		[calendar("SUMMARY:x"), /f:2: "x" has no DTSTART, e\.g\./],
		[calendar("SUMMARY:x", "DTSTART:soon"), /has the DTSTART soon, e\.g\./],
		[
			calendar("SUMMARY:x", "DTSTART:20261205T170000Z", "DTEND:20261205T160000Z"),
			/no DTEND after its begin/,
		],
		[
			calendar("SUMMARY:x", "DTSTART:20261205T170000Z", "RRULE:FREQ=DAILY"),
			/RRULE: give each date/,
		],
		[
			calendar("SUMMARY:x", "DTSTART;TZID=Mars/Olympus:20261205T170000"),
			/time zone "Mars\/Olympus"/,
		],
	];
	test.each(bad)("refused: %j", (text, error) =>
		expect(() => eventsOf(text, ZONE, "f")).toThrow(error),
	);

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
			event("Marché de Noël", "quay", "CONFIRMED", "20261205"),
			event("idem", "quay", "CONFIRMED", "20261206"),
			event("draft", "quay", "TENTATIVE", "20261207"),
			event("away", "square", "CONFIRMED", "20261208"),
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
			"2026-12-05: event-1; 2026-12-06: event-1",
		]);
		expect([b, c]).toEqual([a, ["", ""]]);
		expect(station.out).toContain('left out: "draft": its STATUS is TENTATIVE');
		expect(station.out).toContain('left out: "away": its LOCATION "square" is no group');
		expect(station.out).toContain("lamps changed: 2");
	});
});

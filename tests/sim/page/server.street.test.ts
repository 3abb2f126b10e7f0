/**
 * The page's server and the street's other ports: whoever asks whatever, the street goes on.
 *
 * Promise: Nobody who can reach the page's ports can stop the street or act on it from another
 * site.
 */
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import mqtt, { type Packet } from "mqtt-packet";
import { bytesOf } from "../../../lib/bytes.js";
import { loadAssets } from "../../../sim/page/http/assets.js";
import { type PageServer, startServer } from "../../../sim/page/http/server.js";
import type { StreetView } from "../../../sim/page/messages.js";
import { Desk } from "../../../sim/page/server/desk.js";
import { isTerminal } from "../../../sim/ports/stranger.js";
import { scaled } from "../../support/scale.js";
import { seed } from "../../support/seed.js";
import { PATIENCE, until } from "../../support/until.js";
import { Bench, EPOCH } from "../network/brokerlamp.js";
import { NO_FIGURES, pageParts } from "./pageparts.js";

const SEED = seed(7);
const RANDOM = { seed: SEED, numRuns: scaled(60, 1_500) } as const;

let bench: Bench;
let desk: Desk;
let server: PageServer;
let speeds: number[];
let isBroken = false;
/** Of the street. */
let pace = 1;
/** What a request asked of the run. */
const asked: string[] = [];
/** What left a callback that nobody guards. */
const uncaught: unknown[] = [];
const note = (error: unknown) => void uncaught.push(error);

const view: StreetView = {
	lamps: 3,
	spacing_m: 30,
	seed: 7,
	epochUtc: EPOCH,
	zone: "Europe/Brussels",
	maxSpeedAllowed: true,
	command: "npm run sim",
	name: null,
	scenario: null,
	now: () => {
		if (isBroken) throw new Error("no time");
		return bench.reached;
	},
	wall: () => 0,
	speed: () => pace,
	setSpeed: (speed) => void speeds.push(speed),
	jumpTo: (at) => void asked.push(`jump ${Math.round(at - bench.reached)}`),
	goal: () => undefined,
	light: () => {
		if (isBroken) throw new Error("no light");
		return 0.5;
	},
	isPowered: () => true,
	sky: () => ({ sunElevation: -10, illuminance: 1, cloud: 0, fog: 0 }),
	isDark: () => true,
	users() {},
	acts: () => 0,
	inputs: () => undefined,
	publish: (topic, payload, retain = false) => bench.network.publish(topic, payload, { retain }),
	type: (lamp, typed) => bench.network.serial.type(lamp, bytesOf(typed)),
	putUser: (kind, x_m, direction) => void asked.push(`put ${kind} ${x_m} ${direction}`),
	faults: () => [],
	beginFault: (name, lamp) => void asked.push(`fault ${name} ${lamp}`),
	endFault: (id) => id === 1,
	figures: () => NO_FIGURES,
	settings: () => ({}),
};

beforeAll(async () => {
	process.on("uncaughtException", note);
	bench = await Bench.create({ port: 43_100, serial: [2] });
	desk = new Desk({ ...pageParts(view, asked), view, network: bench.network });
	server = await startServer(desk, await loadAssets(), 0);
});
beforeEach(() => {
	speeds = [];
	asked.length = 0;
});
afterAll(async () => {
	desk.close();
	await server.close();
	await bench.network.close();
	process.off("uncaughtException", note);
	expect(uncaught).toEqual([]);
});

/** A stream of events has no end; its head is what is asked for. */
const isStream = (got: string) => /^HTTP[\s\S]*event-stream[\s\S]*\r\n\r\n/.test(got);

/** Sends these bytes to a port. @returns what came back until it is enough, the end, or `patience` */
function send(port: number, bytes: string | Uint8Array, patience = 1_000): Promise<string> {
	return new Promise((resolve) => {
		let got = "";
		let late: NodeJS.Timeout | undefined; // from the last byte on, however long a busy machine takes
		const socket = connect(port, "127.0.0.1", () =>
			socket.write(bytes, () => {
				late = setTimeout(() => socket.destroy(), patience);
			}),
		);
		socket.on("data", (more: Buffer) => {
			got += more.toString("latin1");
			if (isStream(got)) socket.destroy();
		});
		socket.on("error", () => {});
		socket.on("close", () => {
			clearTimeout(late);
			resolve(got);
		});
	});
}

/** Sends these bytes and runs the street until they have arrived; only then the connection ends. */
async function arrived(port: number, bytes: string | Uint8Array, isThere: () => boolean) {
	const socket = connect(port, "127.0.0.1");
	socket.on("error", () => {});
	socket.resume();
	socket.write(bytes);
	await until("they have arrived", async () => {
		await bench.run(bench.reached + 500);
		return isThere();
	});
	socket.destroy();
}

interface Asked {
	readonly method?: string;
	readonly path?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
}

async function ask({
	method = "GET",
	path = "/",
	headers = {},
	body = "",
}: Asked): Promise<number> {
	const all: Record<string, string> = { Host: `127.0.0.1:${server.port}`, ...headers };
	if (body) all["Content-Length"] = String(Buffer.byteLength(body));
	const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
	const text = `${method} ${path} HTTP/1.1\r\n${lines.join("")}Connection: close\r\n\r\n${body}`;
	return Number(/^HTTP\/1\.1 (\d+)/.exec(await send(server.port, text, PATIENCE))?.[1]);
}

const jsonOf = (body: object) => JSON.stringify(body);

/** Acknowledges and answers each order, as a lamp of the street does. */
function answering(lamp: number): (packet: Packet, at: number) => void {
	return (packet, at) => {
		if (packet.cmd !== "publish") return;
		bench.lamp(lamp).send({ cmd: "puback", messageId: packet.messageId ?? 0 }, at);
		const { id } = JSON.parse(String(packet.payload)) as { id: string };
		bench.lamp(lamp).report(at, "reply", jsonOf({ id, status: "accepted" }));
	};
}

/** Posts it, while the street goes on; `onTurn` at each half second of it. */
async function during(path: string, order: object, onTurn = () => {}): Promise<Response> {
	const init = { method: "POST", headers: JSON_TYPE, body: jsonOf(order) };
	const response = fetch(new URL(path, server.url), init);
	let isOver = false;
	void response.finally(() => {
		isOver = true;
	});
	while (!isOver) {
		onTurn();
		await bench.run(bench.reached + 500);
		await new Promise((later) => setTimeout(later, 5));
	}
	return response;
}

/** Lamps that answered an order of the page, while the street goes on. */
async function answered(order: object): Promise<number[]> {
	const answers = (await (await during("/order", order)).json()) as { lamp: number }[];
	return answers.map(({ lamp }) => lamp);
}

const JSON_TYPE = { "Content-Type": "application/json" };
const posted = (path: string, body: object): Asked => ({
	method: "POST",
	path,
	headers: JSON_TYPE,
	body: jsonOf(body),
});
const speed = { method: "POST", path: "/speed", body: '{"speed":5}' };

describe("the page's server", () => {
	const ownOrigin = () => `http://127.0.0.1:${server.port}`;
	// security: another site's page reads the street or orders
	test.each<[string, () => Asked, number]>([
		["the page itself", () => ({}), 200],
		[
			"the page behind another site's link",
			() => ({ headers: { "Sec-Fetch-Site": "cross-site" } }),
			200,
		],
		["a town", () => ({ path: "/town" }), 200],
		["the progress of its nights", () => ({ path: "/town/progress" }), 200],
		["a night that is ready", () => ({ path: "/town/night?option=full" }), 200],
		["a night that is not", () => ({ path: "/town/night?option=mixed" }), 404],
		["a night of no way", () => ({ path: "/town/night?option=..%2Ftown" }), 404],
		["a street of the town", () => posted("/town/street", { street: 0 }), 200],
		["a street that it does not have", () => posted("/town/street", { street: 7 }), 400],
		["a street by its name", () => posted("/town/street", { street: "Rue Haute" }), 400],
		["a file of lights", () => posted("/town/read", { text: "x".repeat(10_000) }), 200],
		["no file of lights", () => posted("/town/start", {}), 400],
		["a path that is none: //", () => ({ path: "//" }), 400],
		["a path that is none: /\\", () => ({ path: "/\\" }), 400],
		["another scheme", () => ({ path: "http://[" }), 400],
		["an unknown path", () => ({ path: "/etc/passwd" }), 404],
		["no lamp", () => ({ path: "/serial?lamp=4" }), 404],
		["another method", () => ({ method: "DELETE", path: "/speed" }), 405],
		[
			"a name that leads here (DNS rebinding)",
			() => ({ headers: { Host: "street.example" } }),
			403,
		],
		["a name that begins like ours", () => ({ headers: { Host: "localhost.example:80" } }), 403],
		["localhost, as the page is called, too", () => ({ headers: { Host: "LocalHost:1" } }), 200],
		["the data, of no browser", () => ({ path: "/events" }), 200],
		[
			"the data, of our page",
			() => ({ path: "/events", headers: { "Sec-Fetch-Site": "same-origin" } }),
			200,
		],
		[
			"the data, of another site",
			() => ({ path: "/events", headers: { "Sec-Fetch-Site": "cross-site" } }),
			403,
		],
		[
			"the data, of another port",
			() => ({ path: "/events", headers: { "Sec-Fetch-Site": "same-site" } }),
			403,
		],
		[
			"a serial line, of another site",
			() => ({ path: "/serial?lamp=1", headers: { Origin: "https://street.example" } }),
			403,
		],
		[
			"a speed, of our page",
			() => ({ ...speed, headers: { ...JSON_TYPE, Origin: ownOrigin() } }),
			204,
		],
		[
			"a speed, of another port",
			() => ({ ...speed, headers: { ...JSON_TYPE, Origin: "http://127.0.0.1:1" } }),
			403,
		],
		[
			"a speed, of a page without an origin",
			() => ({ ...speed, headers: { ...JSON_TYPE, Origin: "null" } }),
			403,
		],
		[
			"a speed as a form sends it",
			() => ({ ...speed, headers: { "Content-Type": "text/plain" } }),
			415,
		],
		["a speed that is none", () => ({ ...speed, headers: JSON_TYPE, body: '{"speed":-1}' }), 400],
		["a body that is none", () => ({ ...speed, headers: JSON_TYPE, body: "{" }), 400],
		[
			"a body too long",
			() => ({ ...speed, headers: JSON_TYPE, body: `"${"x".repeat(5_000)}"` }),
			413,
		],
	])("%s", async (_what, asked, status) => {
		expect(await ask(asked())).toBe(status);
		expect(speeds).toEqual(status === 204 ? [5] : []);
	});

	// security: another site's page reads the street or orders
	test.each<[string, string, object, number, string[]]>([
		["a jump by a second", "/jump", { ms: 1000 }, 204, ["jump 1000"]],
		["a jump backwards", "/jump", { ms: -1 }, 400, []],
		["a jump of a week", "/jump", { ms: 7 * 86_400_000 }, 400, []],
		["a jump to nowhere", "/jump", { where: "noon" }, 400, []],
		["a fault at a lamp", "/fault", { name: "pirDead", lamp: 2 }, 204, ["fault pirDead 2"]],
		["a fault of all", "/fault", { name: "fog" }, 204, ["fault fog undefined"]],
		["fog at one lamp", "/fault", { name: "fog", lamp: 2 }, 400, []],
		["a fault that is none", "/fault", { name: "toString", lamp: 2 }, 400, []],
		["a fault at no lamp", "/fault", { name: "pirDead", lamp: 4 }, 400, []],
		["the end of a fault", "/fault/end", { id: 1 }, 204, []],
		["the end of none", "/fault/end", { id: 2 }, 404, []],
		[
			"someone on foot",
			"/person",
			{ kind: "pedestrian", x_m: 30, direction: -1 },
			204,
			["put pedestrian 30 -1"],
		],
		["someone beyond the street", "/person", { kind: "car", x_m: 81, direction: 1 }, 400, []],
		["a horse", "/person", { kind: "horse", x_m: 30, direction: 1 }, 400, []],
		["someone who goes nowhere", "/person", { kind: "car", x_m: 30, direction: 0 }, 400, []],
		["a crowd too large", "/crowd", { count: 1e9 }, 400, []],
		["a scenario", "/scenario", { name: "storm" }, 204, ["scenario storm"]],
		["the street of the start", "/scenario", { name: "" }, 204, ["scenario "]],
		["an unknown scenario", "/scenario", { name: "__proto__" }, 404, []],
		["a comparison", "/compare", { option: "full" }, 200, ["compare full"]],
		["a comparison of nothing", "/compare", { option: "dark" }, 400, []],
		["an unknown setting", "/settings", { lamp: 1, values: { colour: 1 } }, 200, []],
		["settings of no lamp", "/settings", { lamp: 9, values: {} }, 400, []],
		["a forecast", "/forecast", { lamp: 1, program: "sunset 60; sunrise 0" }, 200, []],
		["an unknown act", "/constructor", {}, 400, []],
	])("%s", async (_what, path, fields, status, wanted) => {
		const body = JSON.stringify(fields);
		expect(await ask({ method: "POST", path, headers: JSON_TYPE, body })).toBe(status);
		expect(asked).toEqual(wanted);
	});
	test.each<[string, number]>([
		["/history?from=0&to=1e15&step=60", 200],
		["/field?lamp=3", 200],
		["/field?lamp=4", 404],
		["/field", 404],
		["/history?from=0&to=1&step=7", 400],
		["/history?from=x&to=1&step=1", 400],
		["/settings?lamp=1", 200],
		["/settings?lamp=0", 404],
		["/report?lang=fr", 200],
		["/report.css", 200],
		["/ways", 200],
		["/decision?lang=fr&price=0.3@2026-11", 200],
		["/decision?price=wrong", 400],
		["/slider.svg", 200],
	])("GET %s", async (path, status) => {
		expect(await ask({ path })).toBe(status);
	});
	test("a program that no lamp would take is refused in words, with the place", async () => {
		const init = {
			method: "POST",
			headers: JSON_TYPE,
			body: JSON.stringify({ lamp: 1, program: "25:00 60" }),
		};
		const response = await fetch(new URL("/forecast", server.url), init);
		expect(((await response.json()) as { why: string }).why).toMatch(/^program: \S+/);
	});

	test("an order to a list of groups goes to each of them once, under one id", async () => {
		const acknowledges = bench.lamps.map(({ onPacket }) => onPacket);
		for (const lamp of [1, 2, 3]) {
			bench.lamp(lamp).connect(bench.reached + 1);
			await bench.run(bench.reached + 1_000);
			const topic = `luminode/1/liege/group/${lamp === 1 ? "quay" : "square"}/command`;
			const subscriptions = [{ topic, qos: 1 as const }];
			bench.lamp(lamp).send({ cmd: "subscribe", messageId: 9, subscriptions }, bench.reached + 1);
			const settings = { group: lamp === 1 ? "quay" : "square" };
			bench
				.lamp(lamp)
				.report(bench.reached + 2, "settings/reported/identity", jsonOf({ settings }));
			bench.lamp(lamp).onPacket = answering(lamp);
		}
		await bench.run(bench.reached + 2_000);
		const order = (groups: unknown) =>
			answered({ lamp: 1, to: "group", name: "Report", groups, fields: {} });
		expect(await order(["quay", "square", "quay"])).toEqual([1, 2, 3]);
		expect(await order(["square"])).toEqual([2, 3]);
		expect(await order(["quay"])).toEqual([1]);
		const ids = bench.lamps.map(({ packets }) => packets.filter(({ cmd }) => cmd === "publish"));
		expect(ids.map(({ length }) => length)).toEqual([2, 2, 2]); // the list twice, then one each
		for (const lamp of [1, 2, 3]) {
			bench.lamp(lamp).onPacket = acknowledges[lamp - 1]!;
			bench.lamp(lamp).close(bench.reached + 1);
		}
		await bench.run(bench.reached + 2_000);
	});
	test.each<[string, unknown]>([
		["no list", "quay"],
		["an empty list", []],
		["a name that is none", ["quay/+"]],
		["a number", [1]],
		["too many", Array.from({ length: 65 }, (_, n) => `g${n}`)],
	])("an order to groups that are %s is refused", async (_what, groups) => {
		const body = JSON.stringify({ lamp: 1, to: "group", name: "Report", groups, fields: {} });
		expect(await ask({ method: "POST", path: "/order", headers: JSON_TYPE, body })).toBe(400);
	});

	test("a question to a lamp that has started is sent as soon as it is connected", async () => {
		const lamp = bench.lamp(3);
		const { onPacket } = lamp;
		const orders = () => lamp.packets.filter(({ cmd }) => cmd === "publish").length;
		const before = orders();
		let turns = 0;
		let early = 0;
		lamp.onPacket = answering(3);
		const { status } = await during("/explain", { lamp: 3 }, () => {
			turns++;
			if (turns === 100) lamp.connect(bench.reached + 1); // 50 s of the street, 5 s it waits for an answer
			if (turns === 110) lamp.subscribe(bench.reached + 1, "command");
			if (turns === 120) {
				early = orders() - before;
				lamp.report(bench.reached + 1, "status", jsonOf({ online: true }));
			}
		});
		expect([status, early, orders() - before]).toEqual([200, 0, 1]);
		expect((await during("/explain", { lamp: 3 })).status).toBe(200); // and at once from then on
		lamp.onPacket = onPacket;
		lamp.close(bench.reached + 1);
		await bench.run(bench.reached + 2_000);
	});
	test("in a street that stands still such a question ends", async () => {
		pace = 0;
		const init = { method: "POST", headers: JSON_TYPE, body: jsonOf({ lamp: 2 }) };
		expect((await fetch(new URL("/explain", server.url), init)).status).toBe(504);
		pace = 1;
	});

	test("an exception in a request is its own: 500, and the next is answered", async () => {
		isBroken = true;
		const why = { method: "POST", path: "/explain", headers: JSON_TYPE, body: '{"lamp":1}' };
		expect(await ask(why)).toBe(500);
		await ask({ path: "/events" }); // its head is sent, so it is cut off
		isBroken = false;
		expect(await ask({ path: "/events" })).toBe(200);
	});

	const text = fc
		.string({ maxLength: 60, unit: "binary" })
		.map((drawn) => drawn.replace(/[\r\n]/g, ""));
	const path = fc.oneof(
		fc.constantFrom(
			"/",
			"//",
			"/\\",
			"*",
			"/events",
			"/serial",
			"/serial?lamp=1",
			"/speed",
			"/order",
			"/jump",
			"/fault",
			"/person",
			"/settings",
			"/forecast",
			"/history",
			"/field?lamp=1",
		),
		fc.constantFrom("/explain", "/preview", "/offer", "http://", "http://a:99999/", "/%", "/%00"),
		fc.webPath({ size: "small" }),
		text,
	);
	const method = fc.oneof(
		fc.constantFrom("GET", "POST", "HEAD", "OPTIONS", "PUT", "CONNECT", "TRACE", "PRI", "get", ""),
		text,
	);
	const header = fc.tuple(
		fc.constantFrom(
			"Host",
			"Origin",
			"Upgrade",
			"Expect",
			"Content-Type",
			"Content-Length",
			"Transfer-Encoding",
		),
		fc.oneof(
			fc.constantFrom(
				"127.0.0.1",
				"null",
				"websocket",
				"100-continue",
				"application/json",
				"-1",
				"chunked",
			),
			text,
		),
	);
	const body = fc.oneof(
		text,
		fc.json({ maxDepth: 4 }),
		fc
			.record(
				{
					lamp: fc.constantFrom(1, 0, "1"),
					to: fc.constantFrom("lamp", "group", "all"),
					name: fc.constantFrom("Explain", "Override", "__proto__"),
					fields: fc.dictionary(fc.string(), fc.jsonValue()),
					text: fc.string(),
					kind: fc.constantFrom("car", 1),
					x_m: fc.constantFrom(30, "x", null),
					direction: fc.constantFrom(1, 5),
					values: fc.dictionary(fc.string(), fc.jsonValue()),
					program: fc.string(),
					speed: fc.constantFrom(1, null, "x"),
					groups: fc.oneof(fc.string(), fc.array(fc.string())),
				},
				{ requiredKeys: [] },
			)
			.map((fields) => JSON.stringify(fields)),
	);
	// security: a request, a packet or an order ends the run
	test(`whatever is asked, the next who asks for the page gets it (seed ${SEED})`, async () => {
		const request = fc.tuple(method, path, fc.array(header, { maxLength: 4 }), body, fc.boolean());
		await fc.assert(
			fc.asyncProperty(request, async ([verb, where, headers, sent, isFit]) => {
				const fit = isFit
					? `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(sent)}\r\n`
					: "";
				const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
				const host = `Host: localhost:${server.port}\r\nConnection: close\r\n`;
				await send(
					server.port,
					`${verb} ${where} HTTP/1.1\r\n${host}${fit}${isFit ? "" : lines}\r\n${sent}`,
					30,
				);
				expect(uncaught).toEqual([]);
				expect(await ask({})).toBe(200);
			}),
			RANDOM,
		);
	});
});

describe("a serial line", () => {
	const typed = (lamp: number) => bench.lamp(lamp).text.join("");
	const run = () => bench.run(bench.reached + 2_000);
	const openings = "GET HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT PRI".split(" ");
	const ports = () => {
		const line = /lamp 2: tcp:127\.0\.0\.1:(\d+)/;
		const ownPort = bench.printed
			.map((found) => line.exec(found)?.[1])
			.find((one) => one !== undefined);
		return [bench.network.consolePort!, Number(ownPort)];
	};
	beforeAll(async () => {
		await run(); // what random requests typed at a lamp, as the page may, has arrived
		for (const lamp of [1, 2, 3]) bench.lamp(lamp).text.length = 0;
	});

	// security: a page types at a lamp's console through the serial port
	test.each(openings)(
		"%s of a web page reaches no lamp, at the shared port nor at its own",
		async (name) => {
			const page = `${name} / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nlamp 2\r\nsecret of-a-stranger\r\n`;
			for (const port of ports()) await send(port, page);
			await run();
			expect([1, 2, 3].map(typed)).toEqual(["", "", ""]);
		},
	);
	// security: a page types at a lamp's console through the serial port
	test("nor does it piece by piece", async () => {
		for (const port of ports()) {
			const socket = connect(port, "127.0.0.1");
			const closed = new Promise((resolve) => socket.on("close", resolve));
			socket.on("error", () => {});
			socket.resume();
			socket.setTimeout(PATIENCE, () => socket.destroy());
			for (const piece of ["P", "OS", "T / HTTP/1.1\r\n\r\nlamp 2\r\nsecret x\r"]) {
				socket.write(piece);
				await new Promise((later) => setTimeout(later, 20));
			}
			await closed;
		}
		await run();
		expect([1, 2, 3].map(typed)).toEqual(["", "", ""]);
	});
	test("a page at a line keeps its login: NUL each five minutes, and none once it has left", async () => {
		const minutes = (count: number) => bench.run(bench.reached + count * 60_000);
		const page = new AbortController();
		const stream = await fetch(new URL("/serial?lamp=1", server.url), { signal: page.signal });
		expect(stream.status).toBe(200);
		await minutes(16);
		expect([1, 2].map(typed)).toEqual(["\0\0\0", ""]);
		page.abort();
		await until("it has left", async () => {
			bench.lamp(1).text.length = 0;
			await minutes(16);
			return typed(1) === "";
		});
	});
	test("what a terminal types comes whole, capitals too", async () => {
		const [shared, ownPort] = ports();
		await arrived(shared!, "lamp 2\rPOSTMAN\r", () => typed(2).endsWith("N\r"));
		await send(ownPort!, "GE", 200);
		await arrived(ownPort!, "GET\r", () => typed(2).endsWith("T\r"));
		expect(typed(2)).toBe("POSTMAN\rGET\r");
	});
	test.each<[string, boolean | undefined]>([
		["", undefined],
		["GE", undefined],
		["GET", undefined],
		["GET /", false],
		["get /", true],
		["\r", true],
		["\x16\x03\x01", false],
		["\x00\x03\x00", false],
		["\x03", true],
		["lamp 1\r", true],
		["PRIMA", true],
	])("begins with %j", (first, verdict) => {
		expect(isTerminal(Buffer.from(first, "latin1"))).toBe(verdict);
	});
	test("a judgement that is made stands, whatever follows", () => {
		const begin = fc.oneof(
			fc.constantFrom(...openings),
			fc.string({ unit: "binary-ascii", maxLength: 9 }),
		);
		fc.assert(
			fc.property(begin, fc.string({ unit: "binary-ascii" }), (first, more) => {
				const verdict = isTerminal(Buffer.from(first, "latin1"));
				if (verdict !== undefined)
					expect(isTerminal(Buffer.from(first + more, "latin1"))).toBe(verdict);
			}),
			{ seed: SEED },
		);
	});
});

describe("the broker's port", () => {
	const port = () => Number(new URL(bench.network.brokerUrl!).port);
	const hello = { protocolId: "MQTT", protocolVersion: 4, keepalive: 0, clean: true } as const;
	const order = (payload: string): Buffer =>
		Buffer.concat([
			mqtt.generate({ cmd: "connect", clientId: "stranger", ...hello }),
			mqtt.generate({
				cmd: "publish",
				topic: "luminode/1/liege/all/command",
				payload,
				qos: 1,
				messageId: 1,
				retain: false,
				dup: false,
			}),
		]);
	const orders = () => bench.orders.length;
	// security: a page gives orders at the broker's port
	test("an order behind the request line of a web page is none", async () => {
		for (const name of ["GET", "POST", "OPTIONS"]) {
			const head = Buffer.from(`${name} / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
			const before = orders();
			await send(port(), Buffer.concat([head, order('{"command":"override"}')]), 200);
			await bench.run(bench.reached + 2_000);
			expect(orders()).toBe(before);
		}
	});
	const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
	const members = ["level", "expiration", "duration", "inhibitSensors"];
	const hostile = ['{"toString":1,"valueOf":1}', deep(20_000), "null", '"x"', "1e999", "[]"];
	const every = members.flatMap((member) => hostile.map((value) => [member, value] as const));
	/** Each member and each value. */
	const some = hostile.map((value, index) => [members[index % members.length]!, value] as const);
	// security: a request, a packet or an order ends the run
	test.each(["override", "identify", "maintenanceMode", "emergency"])(
		"an order %s whose members are of any kind ends nothing",
		async (command) => {
			for (const [member, value] of scaled(some, every)) {
				const before = orders();
				const payload = `{"command":"${command}","${member}":${value}}`;
				await arrived(port(), order(payload), () => orders() >= before + 3);
				const sent = bench.orders.slice(before);
				expect(uncaught).toEqual([]);
				expect(sent.length).toBe(3);
				for (const { until, level } of sent)
					expect([until, level].every(Number.isFinite)).toBe(true);
			}
		},
	);
	test("an order of a megabyte reaches a lamp in pieces that it takes", async () => {
		bench.lamp(3).connect(bench.reached + 1);
		await bench.run(bench.reached + 2_000);
		const topic = "luminode/1/liege/all/command";
		const subscriptions = [{ topic, qos: 1 as const }];
		bench.lamp(3).send({ cmd: "subscribe", messageId: 9, subscriptions }, bench.reached + 1);
		await bench.run(bench.reached + 2_000);
		const large = order(`{"command":"report","x":"${"x".repeat(1 << 20)}"}`);
		const last = () => bench.lamp(3).packets.at(-1) as { cmd: string; payload?: Uint8Array };
		await arrived(port(), large, () => last().cmd === "publish");
		expect([last().cmd, last().payload?.length]).toEqual(["publish", (1 << 20) + 27]);
		bench.lamp(3).close(bench.reached + 1);
		await bench.run(bench.reached + 2_000);
	});
	test("traffic that does not end holds the street up for a while, and ends nothing", async () => {
		let isFlowing = true;
		const flow = () => void (isFlowing && setImmediate(flow));
		const socket = connect(port(), "127.0.0.1");
		const joined = new Promise((resolve) => socket.once("data", resolve));
		socket.write(mqtt.generate({ cmd: "connect", clientId: "endless", ...hello }));
		await joined;
		const before = orders();
		flow();
		try {
			bench.network.publish("luminode/1/liege/all/command", '{"command":"emergency"}');
			await bench.run(bench.reached + 500);
		} finally {
			isFlowing = false;
			socket.destroy();
		}
		expect(orders()).toBe(before + 3);
	});
	// security: a request, a packet or an order ends the run
	test(`bytes of any kind end their own connection at most (seed ${SEED})`, async () => {
		const packet = fc.oneof(
			fc.uint8Array({ maxLength: 200 }),
			fc.tuple(fc.nat(300), fc.nat(255)).map(([place, value]) => {
				const bytes = Uint8Array.from(order('{"command":"report"}'));
				bytes[place % bytes.length] = value;
				return bytes;
			}),
		);
		await fc.assert(
			fc.asyncProperty(packet, async (bytes) => {
				await send(port(), bytes, 10);
				expect(uncaught).toEqual([]);
			}),
			RANDOM,
		);
		const before = orders();
		await arrived(port(), order('{"command":"emergency"}'), () => orders() > before);
		expect(orders()).toBe(before + 3);
	});
});

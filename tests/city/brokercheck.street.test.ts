/**
 * Broker check: a good broker passes, and each planted bad one is named by its check.
 *
 * Promise: A broker that would fail the lamps is found before it is used.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Aedes } from "aedes";
import { connectAsync } from "mqtt";
import { brokerCheck, CHECKS, type Line } from "../../city/check/brokercheck.js";
import { Peer } from "../../city/check/peer.js";
import { AedesBroker, storeOf } from "../support/aedesbroker.js";
import { BadBroker, DEFECTS, SUPERUSER } from "../support/badbroker.js";
import { TestStation } from "../support/station.js";

const OWN = "luminode/1/broker-check/lamp";
const PASSWORDS: Readonly<Record<string, string>> = {
	lamp: "l",
	desk: "d",
	alarm: "a",
	clock: "c",
	[SUPERUSER.user]: SUPERUSER.password,
};
/** Topics that an account may write to, in the test's broker. */
const WRITES: Readonly<Record<string, RegExp>> = {
	lamp: new RegExp(`^${OWN}/(status|state|event|settings/reported/.*|clock/question)$`),
	desk: /\/(command|settings\/desired\/.*)$/,
	alarm: /\/emergency$/,
	clock: /\/clock\/answer$/,
	[SUPERUSER.user]: /./,
};

let folder: string;
let server: Server;
let aedes: Aedes;
let proxy: BadBroker;
/** Connections of the desk, until it is refused. */
let deskAdmitted = Infinity;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	aedes = await Aedes.createBroker({
		queueLimit: 10_000,
		authenticate: (client, user, password, done) => {
			(client as { user?: string }).user = user ?? "";
			const isLate = user === "desk" && --deskAdmitted < 0;
			const isRight = PASSWORDS[user ?? ""] === String(password) && !isLate;
			done(isRight ? null : Object.assign(new Error("no"), { returnCode: 5 }), isRight);
		},
		authorizePublish: (client, packet, done) => {
			const user = (client as { user?: string } | null)?.user ?? "";
			if (client && !WRITES[user]?.test(packet.topic)) packet.topic = "dropped"; // as mosquitto
			done(null);
		},
		authorizeSubscribe: (client, subscription, done) => {
			const user = (client as { user?: string }).user ?? "";
			const isOwn =
				subscription.topic.startsWith(OWN) || /\/(all|group)\//.test(subscription.topic);
			done(null, user !== "lamp" || isOwn ? subscription : null);
		},
	});
	server = createServer(aedes.handle);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	proxy = await new BadBroker((server.address() as { port: number }).port).listen();
});
afterAll(async () => {
	rmSync(folder, { recursive: true });
	await proxy.close();
	await new Promise<void>((resolve) => aedes.close(() => resolve()));
	await new Promise<void>((resolve) => server.close(() => resolve()));
});

/** Findings of a run with that word in the name of its checks. */
const run = (...only: string[]) => patientRun(250, ...only);

async function patientRun(
	patience: number,
	...only: string[]
): Promise<{ code: number; lines: Line[]; last: string }> {
	const station = new TestStation({
		LUMINODE_BROKER_PASSWORD: "l",
		LUMINODE_DESK_PASSWORD: "d",
		LUMINODE_ALARM_PASSWORD: "a",
	});
	const file = join(folder, "findings.json");
	const code = await brokerCheck(
		[
			`mqtt://127.0.0.1:${proxy.port}`,
			"--user",
			"lamp",
			"--desk-user",
			"desk",
			"--alarm-user",
			"alarm",
			"--patience",
			`${patience}`,
			"--flood",
			"60",
			"--json",
			file,
			...only.flatMap((text) => ["--only", text]),
		],
		station,
	);
	expect(station.err).toBe("");
	const last = station.out.trimEnd().split("\n").at(-1)!;
	return { code, lines: JSON.parse(readFileSync(file, "utf8")) as Line[], last };
}

const QUICK = ["retained", "RETAIN", "SUBACK", "order", "repeat", "rights", "strangers"];

test("aedes has every property that is quick to check but DUP", async () => {
	proxy.defect = undefined;
	const { code, lines, last } = await run(...QUICK);
	const failed = lines.filter(({ verdict }) => verdict === "fail").map(({ seen }) => seen);
	expect([code, failed]).toEqual([1, ["it comes again without DUP"]]);
	const part = `${lines.length} of ${CHECKS.length} checks were run (--only)`;
	expect(last).toBe(
		`NOT FIT: 1 required property is missing; 1 not tried: give --restart; 1 that this broker cannot show; ${part}`,
	);
	expect(lines.filter(({ verdict }) => verdict === "pass").length).toBeGreaterThanOrEqual(12);
});

test("a check that is cut leaves no retained message", async () => {
	proxy.defect = undefined;
	deskAdmitted = 1; // when the broker is tried; the check itself has none
	const { code, lines } = await run("an exact filter");
	deskAdmitted = Infinity;
	expect([code, lines.map(({ verdict }) => verdict)]).toEqual([1, ["fail"]]);
	const left = [];
	for await (const { topic } of storeOf(aedes).createRetainedStream("#")) left.push(topic);
	expect(left).toEqual([]);
});

test("a broker without accounts and without TLS is not fit", async () => {
	const open = await new AedesBroker().start();
	const station = new TestStation();
	const args = ["strangers", "TLS", "rights", "a node dies"].flatMap((text) => ["--only", text]);
	expect(await brokerCheck([open.url, ...args], station)).toBe(1);
	await open.stop();
	expect(station.out).toMatch(/FAIL .*TLS 1\.2 and the certificate: mqtt:\/\/ is not encrypted/);
	expect(station.out).toMatch(/FAIL .*strangers are refused: admitted without a name/);
	expect(station.out).toContain(
		"\nNOT FIT: 2 required properties are missing; 6 not tried: give --desk-user, --alarm-user; " +
			`1 that this broker cannot show; 9 of ${CHECKS.length} checks were run (--only)\n`,
	);
});

test("an orderly end closes after the broker, so that no close overtakes DISCONNECT", async () => {
	const order: string[] = [];
	const slow = createServer((socket) => {
		socket.on("error", () => {});
		socket.on("end", () => void order.push("the client closes"));
		socket.on("data", (bytes) => {
			if (bytes[0] === 0x10) return void socket.write(Buffer.from([0x20, 2, 0, 0]));
			setTimeout(() => {
				order.push("the broker closes");
				socket.end();
			}, 50);
		});
	});
	await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
	const urls = [new URL(`mqtt://127.0.0.1:${(slow.address() as AddressInfo).port}`)];
	const none = { user: undefined, password: undefined, ca: undefined, cert: undefined };
	const peer = await Peer.open({ urls, ...none, key: undefined }, { clientId: "lamp" }, 1_000);
	await peer.leave();
	await new Promise<void>((resolve) => slow.close(() => resolve()));
	expect(order).toEqual(["the broker closes", "the client closes"]);
});

/** CONNACK to MQTT 5, with or without a session expiry interval; the last one is that of MQTT 3.1.1. */
const expiries: [what: string, connack: number[], verdict: string, seen: RegExp][] = [
	["a day", [0x20, 8, 0, 0, 5, 0x11, 0, 1, 0x51, 0x80], "fail", /^it ends after 1\.0 days$/],
	["14 days", [0x20, 8, 0, 0, 5, 0x11, 0, 0x12, 0x75, 0], "pass", /^14\.0 days$/],
	["no word of it", [0x20, 3, 0, 0, 0], "not shown", /does not say how long/],
	["MQTT 5 is refused", [0x20, 3, 0, 0x84, 0], "not shown", /^it can be asked in MQTT 5 alone/],
	["MQTT 5 is unknown", [0x20, 2, 0, 1], "not shown", /^it can be asked in MQTT 5 alone/],
];
test.each(expiries)("expiry of a session: %s", async (_what, connack, verdict, seen) => {
	const LEVEL_AT = 8; // of the protocol, in CONNECT
	const broker = createServer((socket) => {
		socket.on("error", () => {});
		socket.on("data", (bytes) => {
			if (bytes[0] !== 0x10) return void socket.end();
			socket.write(Buffer.from(bytes[LEVEL_AT] === 5 ? connack : [0x20, 2, 0, 0]));
		});
	});
	await new Promise<void>((resolve) => broker.listen(0, "127.0.0.1", resolve));
	const file = join(folder, "expiry.json");
	const { port } = broker.address() as AddressInfo;
	const args = [`mqtt://127.0.0.1:${port}`, "--only", "expiry", "--json", file];
	const code = await brokerCheck(args, new TestStation());
	await new Promise<void>((resolve) => broker.close(() => resolve()));
	const [line] = JSON.parse(readFileSync(file, "utf8")) as Line[];
	expect([code, line!.verdict, line!.seen]).toEqual([
		verdict === "fail" ? 1 : 0,
		verdict,
		expect.stringMatching(seen),
	]);
});

test("a status that was retained before is no will", async () => {
	proxy.defect = undefined;
	const status = (payload: string) =>
		new Promise<void>((resolve) => {
			const message = { cmd: "publish", qos: 0, retain: true, dup: false } as const;
			aedes.publish({ ...message, topic: `${OWN}/status`, payload }, () => resolve());
		});
	await status("{}");
	const { code, lines, last } = await run("will: not published");
	await status("");
	expect([code, lines.map(({ verdict }) => verdict)]).toEqual([0, ["pass"]]);
	expect(last).toBe(`fit; 1 of ${CHECKS.length} checks were run (--only)`);
});

describe("planted bad brokers, of which the system tests have all", () => {
	const some = [
		"drops retained messages",
		"doubles messages without DUP",
		"reorders messages",
		"refuses a keep-alive above ten minutes",
		"ignores the ACL",
		"lets everybody answer for the clock",
	];
	test.each(DEFECTS.filter(({ name }) => some.includes(name)))(
		"$name: named by '$namedBy'",
		async (defect) => {
			proxy.defect = defect;
			const { code, lines } = await run(defect.namedBy);
			expect([code, lines.map(({ verdict }) => verdict)]).toEqual([1, ["fail"]]);
			expect(lines[0]!.remedy).toMatch(/./);
		},
	);
	test("every defect names a check that exists", () => {
		const named = DEFECTS.map(({ namedBy }) => CHECKS.filter(({ name }) => name.includes(namedBy)));
		expect(named.map(({ length }) => length)).toEqual(DEFECTS.map(() => 1));
	});
});

test("what a slow broker gives is waited for as long as it comes", async () => {
	const url = new URL(`mqtt://127.0.0.1:${(server.address() as { port: number }).port}`);
	const none = { ca: undefined, cert: undefined, key: undefined };
	const address = { urls: [url], user: "lamp", password: "l", ...none };
	const lamp = await Peer.open(address, { clientId: "slow" }, 1_000);
	const topic = `${OWN}/command`;
	await lamp.subscribe(topic);
	const packet = { cmd: "publish", topic, qos: 1, retain: false, dup: false } as const;
	const drip = setInterval(() => aedes.publish({ ...packet, payload: "{}" }, () => {}), 300);
	const got = await lamp.receive(topic, 5, 1_000);
	clearInterval(drip);
	expect(got).toHaveLength(5);
	await lamp.leave();
});

describe("the clock", () => {
	type Program = (nonce: string) => readonly [body: object, retain?: boolean] | undefined;
	const now = (nonce: string, off = 0) => ({ nonce, utc_ms: Date.now() + off });
	const good: Program = (nonce) => [now(nonce)];
	const programs: [what: string, program: Program, only: string, verdict: string, seen: RegExp][] =
		[
			["no program answers", () => undefined, "is answered", "advice", /^no answer$/],
			[
				"a program answers",
				good,
				"is answered",
				"pass",
				/^after \d+ ms, -?\d+\.\d s from the clock/,
			],
			[
				"its clock is an hour behind",
				(nonce) => [now(nonce, -3_600_000)],
				"is answered",
				"fail",
				/^the date is -\d+\.\d s from that of this machine$/,
			],
			[
				"it repeats an old nonce",
				() => [now("f".repeat(32))],
				"is answered",
				"fail",
				/^the answer has another nonce$/,
			],
			[
				"it writes no number",
				(nonce) => [{ nonce, utc_ms: "now" }],
				"is answered",
				"fail",
				/^the date is NaN s/,
			],
			["it retains no answer", good, "answer is retained", "pass", /^none$/],
			[
				"it retains its answers",
				(nonce) => [now(nonce), true],
				"clock: ",
				"fail",
				/^one is given to a new subscription$/,
			],
		];
	test.each(programs)("%s", async (_what, program, only, verdict, seen) => {
		proxy.defect = undefined;
		const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const account = { username: "clock", password: "c", protocolVersion: 4 as const };
		const client = await connectAsync(url, account);
		client.on("message", (_topic, payload) => {
			const { nonce } = JSON.parse(String(payload)) as { nonce: string };
			const [body, retain = false] = program(nonce) ?? [];
			if (body) client.publish(`${OWN}/clock/answer`, JSON.stringify(body), { qos: 0, retain });
		});
		await client.subscribeAsync(`${OWN}/clock/question`, { qos: 0 });
		const isSilent = program(" ") === undefined || only === "answer is retained";
		const { lines } = await patientRun(isSilent ? 250 : 30_000, only); // it waits for an answer
		await client.publishAsync(`${OWN}/clock/answer`, "", { qos: 1, retain: true });
		await client.endAsync();
		const last = lines.at(-1)!;
		expect([last.verdict, last.seen]).toEqual([verdict, expect.stringMatching(seen)]);
		expect(last.remedy === undefined).toBe(verdict === "pass");
	});
	test("no lamp answers for another, or for itself, and no operator does", async () => {
		proxy.defect = undefined;
		const { code, lines } = await run("answers for the clock");
		expect([code, lines.map(({ verdict }) => verdict)]).toEqual([0, ["pass"]]);
	});
});

describe("words", () => {
	const bad: [words: string[], error: RegExp][] = [
		[["http://x"], /begins neither with mqtt:\/\/ nor with mqtts:\/\/, e\.g\./],
		[["mqtt://user:word@127.0.0.1"], /a password in the URL.*--user NAME/],
		[
			["mqtt://127.0.0.1:1"],
			/: anonymous \(no --user\): no connection to 127\.0\.0\.1:1: nothing listens there/,
		],
		[["mqtt://127.0.0.1:1", "--only", "nothing of this"], /no check has that in its name, e\.g\./],
		[["mqtt://127.0.0.1:1", "--patience", "soon"], /--patience soon: is no whole number from 50/],
		[["mqtt://127.0.0.1:1", "--cert", "a"], /--cert and --key belong together/],
	];
	test.each(bad)("%j", async (args, error) => {
		const station = new TestStation();
		expect(await brokerCheck(args, station)).toBe(2);
		expect(station.err).toMatch(error);
	});
});

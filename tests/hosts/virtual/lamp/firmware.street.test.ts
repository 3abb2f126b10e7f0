/**
 * The whole firmware in an XS machine against what a hostile world sends: it lives, and its light
 * is the same.
 *
 * Promise: Nothing that a broker, a neighbour or a stranger sends ends the lamp or changes its
 * light.
 */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { INPUT } from "../../../../hosts/virtual/protocol.js";
import { random } from "../../../../lib/random.js";
import { MINUTE } from "../../../../lib/spans.js";
import { scaled } from "../../../support/scale.js";
import { EPOCH, publish, XsLamp } from "../../../support/xslamp.js";

const SEED = 20261124;
const iso = (at: number) => new Date(EPOCH + at).toISOString();
/** An order of the city's, fresh at `at`, with more members; unknown ones come last. */
const order = (id: string, at: number, more: object = {}) =>
	JSON.stringify({ id, command: "explain", issued: iso(at), ...more });

/** The PWM of a run in which nothing but people happens, up to `until`. */
let undisturbed: string[];
const LONGEST = scaled(120, 240) * MINUTE;
/** A session that lasted so long is taken up again soon (link/session.ts), and some more. */
const PROVEN = 61_000;
const sameLight = (pole: XsLamp) => {
	const until = undisturbed.filter((line) => Number.parseInt(line, 10) <= pole.now);
	expect(pole.deaths).toEqual([]);
	expect(pole.light.length).toBeGreaterThan(50);
	expect(pole.now).toBeLessThanOrEqual(LONGEST);
	expect(pole.light).toEqual(until);
};

beforeAll(async () => {
	const pole = (await XsLamp.of()).boot();
	pole.run(LONGEST);
	undisturbed = pole.light;
});

describe("orders with names nobody knows", () => {
	const ORDERS = scaled(520, 3000);
	/** Just below the 30 a minute that are looked at; what comes faster is refused unread. */
	const EVERY = 2100;
	async function attacked(pole: XsLamp, orders: number): Promise<XsLamp> {
		pole.boot();
		pole.untilOnline();
		for (let n = 0; n < orders && pole.deaths.length === 0; n++) {
			const strange = { [`name${n}`]: 1, [`other${n}`]: { [`deep${n}`]: [n] } };
			pole.send(publish(order(`k${n}`, pole.now, strange)));
			pole.run(pole.now + EVERY);
		}
		return pole;
	}

	// security: 5.13-1
	test("hundreds and more: it lives, holds no more, and shines the same to the byte", async () => {
		const pole = await attacked(await XsLamp.of(), 300);
		const before = pole.statistics;
		for (let n = 300; n < ORDERS; n++) {
			pole.send(publish(order(`k${n}`, pole.now, { [`name${n}`]: 1, [`${n}\u00e9`]: n })));
			pole.run(pole.now + EVERY);
		}
		const after = pole.statistics;
		expect(after.slotsLive - before.slotsLive).toBeLessThanOrEqual(4); // a reply under way
		// The journal's ring of short texts is not full before: twelve refusals an hour are written down.
		expect(after.chunksLive_bytes - before.chunksLive_bytes).toBeLessThan(1_024);
		const refused = new Set(pole.replies.map(({ reason }) => reason));
		expect([...refused]).toEqual(["malformed"]);
		expect(new Set(pole.replies.map(({ id }) => id)).size).toBeGreaterThan(ORDERS * 0.99);
		sameLight(pole);
	});

	// security: unknown names of JSON
	test("with the engine's own parser it would die of its key table", async () => {
		const find = "return json ? { json } : new Scanner(text, known).document();";
		const replace = (source: string) => {
			expect(source).toContain(find);
			return source.replace(find, "return { json: JSON.parse(text) };");
		};
		const options = { replace: { "luminode/json": replace }, isAsWritten: true };
		const pole = await attacked(await XsLamp.of(options), 300);
		expect(pole.deaths[0]).toMatch(/tooManyKeys/);
	});
});

describe("a broker that sends anything", () => {
	// security: 5.13-1
	test("garbage after any byte of a packet: the same light, and an answer after", async () => {
		const chance = random(SEED, "garbage");
		const byte = () => Math.floor(chance.next() * 256);
		const pole = (await XsLamp.of()).boot();
		const packet = publish(order("g", 0));
		const step = scaled(3, 1);
		for (let cut = 0; cut < packet.length; cut += step) {
			pole.untilOnline();
			pole.run(pole.now + PROVEN); // else it waits longer each time
			const noise = Buffer.from(Array.from({ length: 1 + byte() * 4 }, byte));
			pole.send(Buffer.concat([packet.subarray(0, cut), noise]));
			pole.run(pole.now + 500);
			pole.hangUp();
		}
		expect(pole.connections).toBeGreaterThan((packet.length / step) * 0.9);
		pole.untilOnline();
		pole.send(publish(order("after", pole.now)));
		pole.run(pole.now + 15_000);
		expect(pole.reasonOf("after")).toBe("done");
		sameLight(pole);
	});

	const now = 30 * MINUTE;
	/** What is sent, and what is answered: `id reason`, `-` where no id could be read. */
	const cases: [what: string, bytes: Buffer, answers: string[]][] = [
		["no payload", publish(""), []],
		["no payload, retained", publish("", true), []],
		["a retained order", publish(order("kept", now), true), ["kept retained"]],
		["a stale order", publish(order("old", now - 10 * MINUTE)), ["old stale"]],
		["an order from the future", publish(order("early", now + 10 * MINUTE)), ["early notYet"]],
		["no JSON", publish("{id:"), ["- malformed"]],
		["no UTF-8", publish(Buffer.from([0xff, 0xfe, 0x7b])), ["- malformed"]],
		["an unknown order", publish(order("odd", now, { command: "dance" })), ["odd unknownCommand"]],
		["2,049 bytes", publish(order("long", now).padEnd(2049)), ["- tooLong"]],
		["60,000 bytes", publish("x".repeat(60_000)), ["- tooLong"]],
		[
			"a level below nothing",
			publish(order("dark", now, { command: "override", level: -1, expiration: iso(now + 1000) })),
			["dark outOfRange"],
		],
	];
	// security: the SDK's MQTT client
	test.each(cases)("%s: the same light, a reason, it listens on", async (_, bytes, reasons) => {
		const pole = (await XsLamp.of()).boot();
		pole.run(now - 10_000);
		pole.vouch();
		pole.run(now);
		expect([pole.online, pole.replies]).toEqual([true, []]);
		pole.send(bytes);
		pole.run(now + 15_000);
		expect(pole.replies.map(({ id, reason }) => `${id ?? "-"} ${reason}`)).toEqual(reasons);
		pole.send(publish(order("after", pole.now)));
		pole.run(pole.now + 15_000);
		expect(pole.reasonOf("after")).toBe("done");
		expect(pole.connections).toBe(1);
		pole.run(scaled(34, 60) * MINUTE); // people pass
		sameLight(pole);
	});
});

describe("the serial line", () => {
	// security: 5.13-1
	test("100 KB of garbage without a line's end: the same light, and it answers after", async () => {
		const chance = random(SEED, "serial");
		const pole = (await XsLamp.of()).boot();
		pole.run(30 * MINUTE);
		for (let sent = 0; sent < 100_000; sent += 1000) {
			const noise = Buffer.from(
				Array.from({ length: 1000 }, () => Math.floor(chance.next() * 256)),
			);
			const bytes = noise.map((byte) => (byte === 10 || byte === 13 ? 32 : byte));
			pole.post(pole.now + 100, INPUT.serialReadable, bytes.length, bytes);
			pole.run(pole.now + 100);
		}
		pole.post(pole.now + 1000, INPUT.serialReadable, 2, Buffer.from("\r\n"));
		pole.run(pole.now + 2000);
		pole.serial = "";
		pole.type("status");
		pole.run(60 * MINUTE);
		expect(pole.serial).toMatch(/light +actual \d+ %/);
		expect(pole.serial).toMatch(/link +online/);
		sameLight(pole);
	});
});

describe("a turn that changes nothing", () => {
	const find = "return deliver;";
	const metered = (source: string) => {
		expect(source.split(find)).toHaveLength(2);
		return source.replace(
			find,
			`return (kind, now, value, channel, more) => {
				const before = native.freeBytes();
				deliver(kind, now, value, channel, more);
				native.log(String(before - native.freeBytes()));
			};`,
		);
	};
	const at = 34.5 * MINUTE; // nobody near, no report due
	test.each([
		["an alarm", INPUT.tick, 0],
		["stillness again", INPUT.stillness, 0],
		["network up again", INPUT.network, 1],
		["a temperature again", INPUT.temperature, 7],
	] as const)("%s takes no slot and no byte", async (_what, kind, value) => {
		const pole = (await XsLamp.of({ replace: { "host/main": metered } })).boot();
		pole.run(at - MINUTE);
		pole.post(at - MINUTE, kind, value);
		pole.run(at - 1);
		expect(pole.online).toBe(true);
		expect(pole.logs.map(Number).some((bytes) => bytes > 0)).toBe(true); // others do
		pole.logs.length = 0;
		pole.post(at, kind, value);
		pole.run(at);
		expect(pole.logs).toEqual(["0"]);
	});
});

describe("a store that holds nonsense", () => {
	const SECTIONS = ["identity", "light", "calendar", "sensing", "power", "link", "console"];
	const broken: [what: string, text: string][] = [
		["nothing", ""],
		["half an object", '{"floorLevel":'],
		["null", "null"],
		["a list", "[1,2,3]"],
		["a depth", `${"[".repeat(500)}`],
		["wrong types", '{"floorLevel":"x","program":7,"site":{},"brokerHost":[],"ledPower_W":null}'],
		["darkness that contradicts itself", '{"floorLevel":-1,"maxLevel":0,"systemFailureLevel":1e9}'],
		["1,000 bytes of text", "\u00e9".repeat(500)],
	];
	// security: 5.13-1
	test.each(broken)(
		"%s in every section and record: lit at once and in the night",
		async (_what, text) => {
			const pole = await XsLamp.of();
			for (const section of SECTIONS) pole.store(section, text);
			for (const key of ["twin", "repeats", "totals", "life"]) pole.fleet.storeWrite(1, key, text);
			pole.boot();
			const dutyAt = () => Number(pole.light.at(-1)?.split(" ")[1] ?? 0);
			expect(dutyAt()).toBeGreaterThan(0);
			for (let minute = 1; minute <= scaled(6, 30); minute++) {
				pole.run(minute * MINUTE);
				expect([minute, dutyAt() > 0]).toEqual([minute, true]);
			}
			expect(pole.deaths).toEqual([]);
		},
	);
});

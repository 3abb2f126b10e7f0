/**
 * Updater: a whole lamp in plain memory with an image server that is the test's own: from the offer to
 * the image that is kept, and every way in which it is not.
 */
import { describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import { LIGHT_LEAD_TIME } from "../../../src/lighting/fade.js";
import { withValues } from "../../../src/settings/table.js";
import type { Lux } from "../../../src/units.js";
import { TAKE_BYTES } from "../../../src/update/download.js";
import { LEAST } from "../../../src/update/probation.js";
import { LOOK } from "../../../src/update/rollout.js";
import { FakeHost } from "../../support/fakehost.js";
import { FakeFlash } from "../../support/flash.js";
import { imageOf, Signer } from "../../support/images.js";
import { IMAGE, ImageRig, NOON, poleByDay, type Served, SIGNER } from "./imagerig.js";

const FULL = 4095;

describe("an update by day", () => {
	// security: 5.3-1, 5.3-2
	test("is offered, fetched, activated, and kept once the broker was seen", () => {
		const pole = new ImageRig();
		pole.day();
		pole.offer();
		pole.pass(MINUTE);
		expect(pole.types).toEqual(["updateOffered", "updateStarted", "updateActivated"]);
		expect(Buffer.from(pole.host.image!).equals(IMAGE)).toBe(true);
		expect([pole.host.isActivated, pole.host.restarts]).toEqual([true, ["update"]]);
		expect(pole.requests).toEqual([
			"GET /a.bin HTTP/1.1\r\nHost: images.example:8080\r\nUser-Agent: luminode\r\n" +
				"Accept-Encoding: identity\r\n\r\n",
		]);
		pole.host.imageState = "probation";
		pole.boot("update");
		pole.pass(LEAST);
		expect(pole.host.imageState).toBe("probation"); // not reported yet
		pole.host.arrive((now) => pole.node.updater.onSubscribed(now));
		pole.host.deliver(() => {});
		expect([pole.host.imageState, pole.types.at(-1)]).toEqual(["kept", "updateKept"]);
		pole.offer({ id: "u2" });
		pole.pass(MINUTE);
		expect(pole.requests).toHaveLength(1); // it runs already
	});
	test("is taken up where a connection ended, and hashed to the end", () => {
		const pole = new ImageRig();
		pole.day();
		pole.serve = (_request, index) =>
			index < 3
				? { body: IMAGE.subarray((index - 1) * 3000, index * 3000), end: "closedByPeer" }
				: {};
		pole.offer();
		pole.pass(2 * MINUTE);
		expect(pole.requests.map((text) => /Range: bytes=\d+-/.exec(text)?.[0])).toEqual([
			undefined,
			"Range: bytes=3000-",
			"Range: bytes=6000-",
		]);
		expect(pole.failures).toEqual([
			{ reason: "closedByPeer", version: "9.0.0", received_bytes: 3000, final: false },
			{ reason: "closedByPeer", version: "9.0.0", received_bytes: 6000, final: false },
		]);
		expect(pole.types.at(-1)).toBe("updateActivated");
	});
	test("over TLS begins its handshake when the server is reached, by the server's name", () => {
		const pole = poleByDay();
		const { host } = pole;
		pole.offer({ url: "https://images.example/a.bin" });
		while (host.opened.length === 0) host.run(host.alarmAt);
		expect(host.opened).toMatchObject([
			{ host: "images.example", port: 443, tls: { serverName: "images.example" } },
		]);
		const reached = host.now + 100;
		host.run(reached);
		host.deliver((inputs, now) => inputs.onStreamReached(now, 1)); // another one's
		expect(host.handshakes).toEqual([]);
		host.deliver((inputs, now) => inputs.onStreamReached(now, 0));
		expect(host.handshakes).toEqual([reached]);
	});
	test("waits for a clock, by which a lamp has its turn", () => {
		const pole = new ImageRig();
		pole.host.deliver((inputs, now) => inputs.onIlluminance(now, 5000 as Lux));
		pole.pass(3 * MINUTE);
		pole.offer();
		pole.pass(20 * MINUTE);
		expect([pole.types, pole.requests]).toEqual([["updateOffered"], []]);
		pole.day();
		pole.pass(20 * MINUTE);
		expect(pole.types.at(-1)).toBe("updateActivated");
	});
	test("begins anew where the server supports no ranges", () => {
		const pole = new ImageRig();
		pole.day();
		const head = `HTTP/1.1 200 OK\r\nContent-Length: ${IMAGE.length}\r\n\r\n`;
		pole.serve = (_request, index) =>
			index === 1 ? { body: IMAGE.subarray(0, 3000), end: "timedOut" } : { head, body: IMAGE };
		pole.offer();
		pole.pass(2 * MINUTE);
		expect(pole.types.at(-1)).toBe("updateActivated");
		expect(Buffer.from(pole.host.image!).equals(IMAGE)).toBe(true);
	});
	test("takes pieces of a kilobyte, a turn each", () => {
		const pole = new ImageRig();
		pole.day();
		const sizes: number[] = [];
		const write = pole.host.images.write;
		pole.host.images.write = (bytes, start, count) => {
			sizes.push(count);
			return write(bytes, start, count);
		};
		let ticks = 0;
		const tick = pole.node.tick.bind(pole.node);
		pole.node.tick = (now) => {
			const before = sizes.length;
			tick(now);
			ticks = Math.max(ticks, sizes.length - before);
		};
		pole.offer();
		pole.pass(MINUTE);
		expect([Math.max(...sizes), ticks]).toEqual([TAKE_BYTES, 1]);
	});
});

describe("an offer is refused before anything is fetched", () => {
	const other = new Signer();
	// security: 5.3-1, 5.3-2
	test.each<[reason: string, header: string]>([
		["wrongProduct", SIGNER.header(IMAGE, { product: "luminaire" })],
		["wrongHardware", SIGNER.header(IMAGE, { hardware: "fake/2" })],
		["wrongProfile", SIGNER.header(IMAGE, { profile: "release" })],
		["unknownKey", other.header(IMAGE)],
		["wrongSignature", other.header(IMAGE, { keyId: SIGNER.id })],
		["malformed", "TFVNAQ=="],
	])("%s", (reason, header) => {
		const lamp = poleByDay();
		lamp.offer({}, header);
		lamp.pass(2 * LIGHT_LEAD_TIME);
		expect(lamp.failures).toEqual([{ reason, final: true }]);
		expect([lamp.types, lamp.host.opened]).toEqual([["updateFailed"], []]);
		lamp.offer({}, header); // delivered again at each connection
		lamp.pass(2 * LIGHT_LEAD_TIME);
		expect(lamp.failures).toHaveLength(1);
	});
	test.each(["notAvailable", false] as const)("a check that answers %s is no proof", (verdict) => {
		const lamp = poleByDay();
		lamp.host.crypto.ecdsaVerify = () => verdict as boolean; // the door may have no answer (host.ts)
		lamp.offer();
		lamp.pass(MINUTE);
		expect(lamp.failures).toEqual([{ reason: "wrongSignature", final: true }]);
		expect([lamp.host.opened, lamp.host.isActivated]).toEqual([[], false]);
	});
	// security: 5.3-1, 5.3-2
	test("olderCounter, once an image with a higher one was kept", () => {
		const lamp = poleByDay();
		lamp.host.stored.set("update", "1 5 0 - - - - - 0 0 0");
		lamp.boot();
		lamp.day();
		lamp.offer({}, SIGNER.header(IMAGE, { counter: 4 }));
		expect(lamp.failures).toEqual([{ reason: "olderCounter", final: true }]);
		lamp.offer({ id: "again", again: true }, SIGNER.header(IMAGE, { counter: 4 }));
		lamp.pass(MINUTE);
		expect(lamp.failures.at(-1)).toEqual({ reason: "olderCounter", final: true });
		expect(lamp.host.opened).toEqual([]);
		lamp.offer({ id: "u2" }, SIGNER.header(IMAGE, { counter: 5 }));
		lamp.pass(MINUTE);
		expect(lamp.types.at(-1)).toBe("updateActivated");
	});
	test("retiredKey, once an image of a later one was kept", () => {
		const lamp = poleByDay();
		lamp.host.stored.set("update.key", `${SIGNER.text} ${other.text}`);
		lamp.host.stored.set("update", `1 0 ${other.id} - - - - - 0 0 0`);
		lamp.boot();
		lamp.day();
		lamp.offer();
		expect(lamp.failures).toEqual([{ reason: "retiredKey", final: true }]);
		lamp.offer({ id: "u2" }, other.header(IMAGE));
		lamp.pass(MINUTE);
		expect(lamp.types.at(-1)).toBe("updateActivated");
	});
	test.each([
		"",
		"{",
		'{"id":"u1"}',
		'{"id":"u1","stop":false}',
		'{"id":"u1","stop":true,"url":"http://a/b"}',
	])("%j is malformed", (text) => {
		const lamp = poleByDay();
		lamp.host.arrive((now) => lamp.node.updater.onOffer(text, now));
		expect(lamp.failures).toEqual([{ reason: "malformed", final: true }]);
	});
	test("a flood of forgeries costs one look at a signature a minute", () => {
		const lamp = poleByDay();
		let looks = 0;
		const { ecdsaVerify } = lamp.host.crypto;
		lamp.host.crypto.ecdsaVerify = (...args) => {
			looks += 1;
			return ecdsaVerify(...args);
		};
		const header = other.header(IMAGE, { keyId: SIGNER.id });
		for (let index = 0; index < 60; index++) {
			lamp.offer({ id: `f${index}` }, header);
			lamp.pass(10_000, 1000);
		}
		expect([looks > 2, looks <= 10]).toEqual([true, true]);
		lamp.offer({ id: "u1" });
		lamp.pass(3 * MINUTE);
		expect(lamp.types.at(-1)).toBe("updateActivated"); // a genuine one is not kept waiting
	});
});

describe("a retained offer that ends the lamp as it is looked at", () => {
	/** One whose flash counts its lives. */
	const withLog = (): ImageRig => {
		const host = new FakeHost();
		host.flashLog = new FakeFlash(16);
		const lamp = new ImageRig(host);
		lamp.day();
		lamp.pass(11 * MINUTE, 1000); // no short life
		return lamp;
	};
	/** Lives of a lamp that the watchdog ends at each look, over a day; when it looked. */
	const looksIn = (hours: number): number[] => {
		const lamp = withLog();
		const end = lamp.host.now + hours * 60 * MINUTE;
		const looks: number[] = [];
		const watch = (): void => {
			lamp.host.crypto.ecdsaVerify = () => {
				looks.push(lamp.host.now);
				return false;
			};
			lamp.day();
			lamp.offer();
		};
		watch();
		for (let seen = 0; lamp.host.now < end; ) {
			lamp.pass(10_000, 1000);
			if (looks.length === seen) continue;
			seen = looks.length;
			lamp.boot("watchdog");
			watch();
		}
		return looks;
	};
	// security: the cause of a hang or crash comes again
	test("is looked at twice, and then twice an hour at most", () => {
		const looks = looksIn(24);
		const [first, second, third] = looks as [number, number, number];
		expect(second - first).toBeLessThan(10 * MINUTE);
		expect(third - second).toBeGreaterThanOrEqual(60 * MINUTE);
		expect(looks.length).toBeGreaterThan(12); // it is not given up
		expect(looks.length).toBeLessThanOrEqual(48);
	});
	// security: the cause of a hang or crash comes again
	test("moves the call to the broker into the second half of the spread, but not one that is asked for", () => {
		const SPREAD = 10 * MINUTE;
		const lamp = withLog();
		lamp.serve = () => ({ head: "", body: Buffer.alloc(0) }); // silent, so that nothing refuses
		const link = { brokerHost: "b", reconnectSpread: SPREAD / 1000 };
		lamp.host.stored.set("set.link", JSON.stringify(link));
		const callAfter = (cause: FakeHost["powerCause"]): number => {
			lamp.boot(cause);
			const { opened, now } = lamp.host;
			const before = opened.length;
			lamp.host.deliver((inputs, at) => inputs.onNetwork(at, true));
			while (lamp.host.opened.length === before) lamp.pass(100, 100);
			return lamp.host.now - now;
		};
		const firstDelay = callAfter("watchdog");
		lamp.pass(11 * MINUTE, 1000);
		expect(callAfter("watchdog")).toBe(firstDelay); // after a life that lasted
		expect(callAfter("crash")).toBeCloseTo((SPREAD + firstDelay) / 2, -3);
		expect(callAfter("restart")).toBe(firstDelay);
		lamp.boot("watchdog");
		const before = lamp.host.opened.length;
		lamp.host.deliver((inputs, now) => inputs.onNetwork(now, true));
		lamp.host.arrive((now) => lamp.node.link.connectNow(now));
		lamp.pass(1000, 100);
		expect(lamp.host.opened.length).toBeGreaterThan(before);
	});
});

describe("a download fails", () => {
	const anything = Buffer.alloc(10_000);
	test.each<[reason: string, served: Served]>([
		["redirected", { head: "HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\n\r\n" }],
		["status", { head: "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" }],
		["chunked", { head: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" }],
		["wrongLength", { head: "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" }],
		["badResponse", { head: "SSH-2.0-OpenSSH_9.6\r\n" }],
		["tlsRefused", { head: "", body: Buffer.alloc(0), end: "tlsRefused" }],
		["timedOut", { head: "", body: Buffer.alloc(0) }],
	])("%s is tried again with longer and longer waits, eight times", (reason, served) => {
		const lamp = poleByDay();
		lamp.serve = () => served;
		lamp.offer();
		lamp.pass(12 * 3_600_000, 1000);
		expect(lamp.requests).toHaveLength(8);
		expect(new Set(lamp.failures.map((failure) => (failure as { reason: string }).reason))).toEqual(
			new Set([reason]),
		);
		expect(lamp.failures.map((failure) => (failure as { final: boolean }).final)).toEqual([
			false,
			false,
			false,
			false,
			false,
			false,
			false,
			true,
		]);
		expect([lamp.host.restarts, lamp.host.isActivated]).toEqual([[], false]);
		lamp.offer();
		lamp.pass(MINUTE);
		expect(lamp.requests).toHaveLength(8); // until another offer, or another life
	});
	// security: 5.3-7, 5.3-9, 5.3-10
	test("wrongHash is fetched once more from its first byte, and no oftener", () => {
		const lamp = poleByDay();
		lamp.serve = () => ({ body: anything });
		lamp.offer();
		lamp.pass(3_600_000, 1000);
		expect(lamp.requests).toHaveLength(2);
		expect(lamp.requests[1]).not.toContain("Range");
		expect(lamp.failures.at(-1)).toMatchObject({ reason: "wrongHash", final: true });
		expect([lamp.host.restarts, lamp.host.isActivated]).toEqual([[], false]);
	});
	test("more bytes than were announced are none of the image's", () => {
		const lamp = poleByDay();
		lamp.serve = () => ({ body: Buffer.concat([IMAGE.subarray(0, 9_990), Buffer.alloc(20)]) });
		lamp.offer();
		lamp.pass(MINUTE);
		expect(lamp.failures[0]).toMatchObject({ reason: "wrongLength", final: false });
		expect(lamp.host.image!.length).toBeLessThanOrEqual(9_990);
	});
	test("a server that sends a byte each time is left after 32 connections", () => {
		const lamp = poleByDay();
		lamp.serve = (_request, index) => ({
			body: IMAGE.subarray(index - 1, index),
			end: "closedByPeer",
		});
		lamp.offer();
		lamp.pass(2 * 3_600_000, 1000);
		expect([lamp.requests.length, lamp.failures.at(-1)]).toEqual([
			32,
			{ reason: "closedByPeer", version: "9.0.0", received_bytes: 32, final: true },
		]);
	});
	test("another offer takes the place of the one that is under way", () => {
		const lamp = poleByDay();
		lamp.serve = (_request, index) => (index === 1 ? { body: IMAGE.subarray(0, 10) } : {});
		lamp.offer();
		lamp.pass(3 * LIGHT_LEAD_TIME + 1000);
		lamp.offer({ id: "u2" });
		lamp.pass(3 * MINUTE);
		expect(lamp.failures).toEqual([
			{ reason: "stopped", version: "9.0.0", received_bytes: 10, final: true },
		]);
		expect(lamp.types.at(-1)).toBe("updateActivated");
	});
	test("the broker's session is closed for each connection, and taken up for a long pause", () => {
		const lamp = poleByDay();
		const calls: string[] = [];
		const { link } = lamp.node;
		link.close = () => void calls.push("closed");
		link.connectNow = () => void calls.push("taken up");
		const { open } = lamp.host.streams;
		lamp.host.streams.open = (target) => {
			calls.push("image");
			return open(target);
		};
		lamp.node.updater.backOff = () => 10 * MINUTE;
		lamp.serve = (_request, index) =>
			index === 1 ? { head: "HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n" } : {};
		lamp.offer();
		lamp.pass(30 * MINUTE, 1000);
		const once = ["closed", "image", "taken up"];
		expect(calls).toEqual([...once, ...once]);
	});
	test.each(["begin", "write"] as const)("slots that have no answer to %s end it", (door) => {
		const lamp = poleByDay();
		let writes = 0;
		const { write } = lamp.host.images;
		lamp.host.images.write = (...piece) => {
			writes += 1;
			return write(...piece);
		};
		lamp.host.images[door] = () => "notAvailable";
		lamp.offer();
		lamp.pass(12 * 3_600_000, 1000);
		expect(lamp.failures.at(-1)).toMatchObject({ reason: "slotFailed", final: true });
		expect([writes, lamp.requests]).toEqual([0, door === "begin" ? [] : expect.any(Array)]);
		expect([lamp.host.restarts, lamp.host.isActivated]).toEqual([[], false]);
	});
	test("slots that have no answer to activate are not restarted into", () => {
		const lamp = poleByDay();
		lamp.host.images.activate = () => "notAvailable";
		lamp.offer();
		lamp.pass(2 * MINUTE);
		expect(lamp.failures.at(-1)).toMatchObject({ reason: "notActivated", final: true });
		expect([lamp.types.includes("updateActivated"), lamp.host.restarts]).toEqual([false, []]);
	});
	test("a store that refuses to drop the trial is asked again, and the image is not called failed", () => {
		const lamp = poleByDay();
		lamp.host.images.activate = () => {
			lamp.host.storeFails = true; // from the announcement on
			return "notAvailable";
		};
		lamp.offer();
		lamp.pass(2 * MINUTE);
		expect(lamp.failures.at(-1)).toMatchObject({ reason: "notActivated", final: true });
		const trial = / 9\.0\.0 /;
		expect(lamp.host.stored.get("update")).toMatch(trial);
		lamp.host.storeFails = false;
		lamp.pass(11 * MINUTE, 1000);
		expect(lamp.host.stored.get("update")).not.toMatch(trial);
		const before = lamp.host.storeWrites;
		lamp.pass(30 * MINUTE, 1000);
		expect(lamp.host.storeWrites).toBeLessThanOrEqual(before + 1); // the counters of the hour
		lamp.boot("restart");
		expect(lamp.types).not.toContain("updateReverted");
	});
	test("a slot that takes no byte ends it", () => {
		const lamp = poleByDay();
		lamp.host.images.write = () => false;
		lamp.offer();
		lamp.pass(12 * 3_600_000, 1000);
		expect(lamp.failures.at(-1)).toMatchObject({ reason: "slotFailed", final: true });
	});
	test("the order to stop ends it at any moment", () => {
		for (const after of [
			0,
			LIGHT_LEAD_TIME,
			2 * LIGHT_LEAD_TIME,
			3 * LIGHT_LEAD_TIME,
			3 * LIGHT_LEAD_TIME + 20,
		]) {
			const lamp = poleByDay();
			lamp.offer();
			lamp.pass(after);
			lamp.host.arrive((now) => lamp.node.updater.onOffer('{"id":"s1","stop":true}', now));
			lamp.pass(3_600_000, 1000);
			expect([after, lamp.failures.at(-1)]).toEqual([
				after,
				expect.objectContaining({ reason: "stopped", final: true }),
			]);
			expect([lamp.host.restarts, lamp.host.isActivated]).toEqual([[], false]);
		}
	});
});

describe("the light that is asked for", () => {
	/** At night, with nobody there. `asked`: ends of the requests of the update, Infinity or 0. */
	const night = () => {
		const lamp = new ImageRig();
		lamp.day(0);
		lamp.pass(30 * MINUTE, 1000);
		const asked: number[] = [];
		const { node } = lamp;
		const ask = node.askForLight.bind(node);
		node.askForLight = (source, until) => {
			if (source === "update") asked.push(until);
			ask(source, until);
		};
		return Object.assign(lamp, { asked, vacant: lamp.host.duty });
	};
	/** Nothing goes on from the first request to the server on. */
	const halt = ({ node, requests }: ImageRig) =>
		Object.defineProperty(node.orders, "isMaintained", { get: () => requests.length > 0 });

	test.each<[how: string, served: Served]>([
		["the whole image, which waits for its restart", {}],
		["a connection that is lost", { body: IMAGE.subarray(0, 10), end: "closedByPeer" }],
		["an answer that is none of a server", { head: "SSH-2.0-OpenSSH_9.6\r\n" }],
	])("ends with the download: %s", (_how, served) => {
		const lamp = night();
		halt(lamp);
		lamp.serve = () => served;
		lamp.offer();
		while (lamp.requests.length === 0) lamp.pass(10);
		expect(lamp.host.aim).toBe(FULL);
		lamp.pass(2 * MINUTE);
		expect([lamp.requests.length, lamp.asked.at(-1), lamp.host.duty]).toEqual([1, 0, lamp.vacant]);
	});
	test("stays where another offer takes the place of one whose signature waits for light", () => {
		const lamp = night();
		lamp.offer();
		lamp.pass(1000);
		expect(lamp.host.duty).toBe(FULL);
		const { fades } = lamp.host;
		const before = fades.length;
		lamp.offer({ id: "u2" });
		lamp.pass(1000);
		expect(fades.slice(before)).toEqual([]);
		expect(lamp.host.duty).toBe(FULL);
	});
	test("ends with the look at a signature, while the lamp's turn is an hour away", () => {
		const lamp = night();
		lamp.offer({ notBefore: new Date(NOON + lamp.host.now + 60 * MINUTE).toISOString() });
		lamp.pass(2 * MINUTE);
		expect([lamp.types, lamp.asked, lamp.host.duty]).toEqual([
			["updateOffered"],
			[Infinity, 0],
			lamp.vacant,
		]);
	});
	test("ends where somebody came in the two seconds before the restart", () => {
		const lamp = night();
		lamp.offer();
		const { images } = lamp.host;
		images.activate = () => {
			throw new Error("activated although somebody is there");
		};
		while (!lamp.host.image || lamp.host.image.length < IMAGE.length) lamp.pass(10);
		while (lamp.asked.at(-1) !== Infinity || lamp.asked.length < 5) lamp.pass(10);
		lamp.host.deliver((inputs, now) => inputs.onMovement(now));
		lamp.pass(MINUTE);
		expect(lamp.asked.at(-1)).toBe(0);
	});
});

describe("the right moment", () => {
	test("notBefore, the canary's lead and the lamp's own place in the spread are waited for", () => {
		const lamp = poleByDay();
		const notBefore = new Date(NOON + 3_600_000).toISOString();
		lamp.offer({ notBefore, spread: 3600, canary: "quay", canaryLead: 3600 });
		const begin = 2 * 3_600_000;
		lamp.pass(begin - lamp.host.now, 1000);
		expect(lamp.types).toEqual(["updateOffered"]);
		lamp.pass(3_600_000 + 10 * MINUTE, 1000);
		expect(lamp.types.at(-1)).toBe("updateActivated");
	});
	test("nothing is fetched while someone works on the lamp, or settings are on trial", () => {
		const lamp = poleByDay();
		const { orders, settingsManager } = lamp.node;
		let isMaintained = true;
		Object.defineProperty(orders, "isMaintained", { get: () => isMaintained });
		lamp.offer();
		lamp.pass(10 * MINUTE, 1000);
		isMaintained = false;
		settingsManager.tryOut(withValues(lamp.node.settings, {}), lamp.host.now);
		lamp.pass(10 * MINUTE, 1000);
		expect(lamp.types).toEqual(["updateOffered"]);
		settingsManager.endTrial(lamp.host.now);
		lamp.pass(2 * MINUTE);
		expect(lamp.types.at(-1)).toBe("updateActivated");
	});
	test("somebody who comes in the two seconds before the start is waited for, too", () => {
		const offered = (comesAt = Infinity) => {
			const lamp = new ImageRig();
			lamp.day(0);
			lamp.pass(30 * MINUTE, 1000);
			lamp.offer();
			for (let step = 0; step < 1000 && lamp.types.at(-1) !== "updateActivated"; step += 1) {
				if (lamp.host.now >= comesAt && lamp.host.now < comesAt + 100)
					lamp.host.deliver((inputs, now) => inputs.onMovement(now));
				lamp.pass(100);
			}
			return lamp;
		};
		const startedAt = offered().host.now;
		const lamp = offered(startedAt - 1000);
		lamp.pass(10 * MINUTE, 1000);
		expect(lamp.types.at(-1)).toBe("updateStarted");
		lamp.host.deliver((inputs, now) => inputs.onStillness(now));
		lamp.pass(10 * MINUTE, 1000);
		expect([lamp.types.at(-1), lamp.requests.length]).toEqual(["updateActivated", 1]);
	});
	// security: 5.3-11, 5.3-12
	test("by night it is waited until nobody is there, unless it was ordered otherwise", () => {
		const night = () => {
			const lamp = new ImageRig();
			lamp.day(0);
			lamp.pass(30 * MINUTE, 1000);
			lamp.host.deliver((inputs, now) => inputs.onMovement(now));
			return lamp;
		};
		const patient = night();
		patient.offer();
		patient.pass(10 * MINUTE, 1000);
		expect(patient.types).toEqual(["updateOffered"]);
		patient.host.deliver((inputs, now) => inputs.onStillness(now));
		patient.pass(10 * MINUTE, 1000);
		expect(patient.types.at(-1)).toBe("updateActivated");
		const ordered = night();
		ordered.offer({ whileOccupied: true });
		ordered.pass(MINUTE);
		expect(ordered.types.at(-1)).toBe("updateActivated");
	});
	test("a dawn that ends the wait of an occupied street has faded when it begins", () => {
		for (let phase = 0; phase < 60_000; phase += 4_000) {
			const lamp = new ImageRig();
			lamp.day(0);
			lamp.pass(30 * MINUTE, 1000);
			lamp.host.deliver((inputs, now) => inputs.onMovement(now));
			lamp.offer();
			lamp.pass(2 * MINUTE + phase, 1000);
			expect(lamp.types).toEqual(["updateOffered"]);
			const { streams } = lamp.host;
			const { open } = streams;
			const duties: number[] = [];
			streams.open = (...args) => {
				duties.push(lamp.host.duty);
				return open.call(streams, ...args);
			};
			lamp.day();
			lamp.pass(2 * MINUTE);
			expect([lamp.types.at(-1), duties]).toEqual(["updateActivated", [0]]);
		}
	});
	test("by night the lamp is at full class whenever a long work begins", () => {
		const lamp = new ImageRig();
		lamp.host.stored.set("set.calendar", JSON.stringify({ program: "sunset 40; sunrise 0" }));
		lamp.boot();
		lamp.day(0);
		lamp.pass(30 * MINUTE, 1000);
		expect(lamp.host.duty).toBeLessThan(FULL);
		const lit: boolean[] = []; // and stays so: a fall takes longer than this download
		const isAsked = () => lamp.node.view.light.chain.some(({ source }) => source === "blocked");
		const note = () => lit.push(lamp.host.duty === FULL && isAsked());
		const { ecdsaVerify } = lamp.host.crypto;
		const { open } = lamp.host.streams;
		const { activate, write } = lamp.host.images;
		const noting =
			<A extends unknown[], R>(act: (...args: A) => R) =>
			(...args: A): R => {
				note();
				return act(...args);
			};
		lamp.host.crypto.ecdsaVerify = noting(ecdsaVerify);
		lamp.host.streams.open = noting(open);
		lamp.host.images.activate = noting(activate);
		lamp.host.images.write = noting(write);
		lamp.offer();
		lamp.pass(LIGHT_LEAD_TIME + LOOK);
		expect(lamp.types.at(-1)).toBe("updateActivated");
		expect(lit.length).toBeGreaterThan(3 + IMAGE.length / 1024);
		expect(lit).not.toContain(false);
	});
});

describe("an image on probation", () => {
	const onTrial = () => {
		const lamp = poleByDay();
		lamp.offer();
		lamp.pass(MINUTE);
		lamp.host.imageState = "probation";
		lamp.boot("update");
		return lamp;
	};
	// security: an image that fails goes back
	test("is gone back from without a broker, and not fetched again but on demand", () => {
		const lamp = onTrial();
		lamp.pass(40 * MINUTE, 1000);
		expect(lamp.emitted.at(-1)).toEqual({
			type: "updateReverted",
			attributes: { version: "9.0.0", reason: "noBroker" },
		});
		expect(lamp.host.restarts).toEqual(["update", "updateReverted"]);
		lamp.host.imageState = "kept";
		lamp.boot("restart");
		lamp.day();
		lamp.offer();
		lamp.pass(MINUTE);
		expect(lamp.failures).toEqual([{ reason: "failedBefore", final: true }]);
		lamp.offer({ id: "u2", again: true });
		lamp.pass(MINUTE);
		expect(lamp.types.at(-1)).toBe("updateActivated");
	});
	test("is gone back from after a fault, though the broker was seen", () => {
		const lamp = onTrial();
		lamp.host.arrive((now) => lamp.node.updater.onSubscribed(now));
		lamp.host.deliver((inputs, now) => inputs.onFault(now, new Error("no")));
		lamp.pass(LEAST + MINUTE, 1000);
		expect(lamp.emitted.at(-1)).toMatchObject({ attributes: { reason: "fault" } });
	});
	test.each([
		["a crash", "crash", "crashed"],
		["the watchdog", "watchdog", "crashed"],
	] as const)("that the bootloader went back from after %s failed", (_why, cause, reason) => {
		const lamp = onTrial();
		lamp.host.imageState = "kept";
		lamp.boot(cause);
		lamp.day();
		lamp.offer();
		expect(lamp.failures).toEqual([{ reason: "failedBefore", final: true }]);
		expect(lamp.host.stored.get("update")).toMatch(/^1 0 0 - 0\.1\.0 [0-9a-f]{16} - - 0 0 0$/);
		expect(reason).toBe("crashed");
	});
	test("that a loss of power ended may be tried again, three times in a row", () => {
		const lamp = poleByDay();
		for (let index = 1; index <= 3; index++) {
			lamp.offer({ id: `u${index}` });
			lamp.pass(MINUTE);
			expect([index, lamp.types.at(-1)]).toEqual([index, "updateActivated"]);
			lamp.host.imageState = "kept";
			lamp.boot("powerOn");
			lamp.day();
		}
		lamp.offer({ id: "u4" });
		expect(lamp.failures).toEqual([{ reason: "failedBefore", final: true }]);
	});
	test.each([false, "notAvailable"] as const)(
		"whose keeping is answered %s is gone back from",
		(kept) => {
			const lamp = onTrial();
			lamp.host.images.keep = () => kept;
			lamp.host.arrive((now) => lamp.node.updater.onSubscribed(now));
			lamp.pass(LEAST + MINUTE, 1000);
			expect(lamp.emitted.at(-1)).toMatchObject({ attributes: { reason: "notKept" } });
			expect(lamp.host.restarts.at(-1)).toBe("updateReverted");
		},
	);
	test("that was kept just before the power failed is known by its version", () => {
		const lamp = poleByDay();
		const trial = `0123456789abcdef ${lamp.node.view.identity.swVersion} 3 9 0`;
		lamp.host.stored.set("update", `1 0 0 - - - ${trial}`);
		lamp.boot();
		expect(lamp.host.stored.get("update")).toBe("1 3 9 0123456789abcdef 0.1.0 - - - 0 0 0");
	});
	test("takes no other image meanwhile, and is not fetched again itself", () => {
		const lamp = onTrial();
		lamp.day();
		lamp.offer();
		lamp.pass(MINUTE);
		expect(lamp.types.at(-1)).toBe("updateActivated");
		lamp.offer({ id: "u2" }, SIGNER.header(imageOf(10_000, 2)));
		lamp.pass(2 * MINUTE);
		expect(lamp.types.at(-1)).toBe("updateOffered");
		expect(lamp.requests).toHaveLength(1);
	});
});

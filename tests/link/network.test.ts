/** Network: when the lamp joins again, which address it tries, and what it asks of TLS. */
import { describe, expect, test } from "@jest/globals";
import { DAY, HOUR } from "../../lib/spans.js";
import type { StreamEnd, StreamTarget } from "../../src/host.js";
import { RETRY_JITTER, SHORTEST_WAIT } from "../../src/link/backoff.js";
import { addressAt, addressesIn, FIRST_JOIN } from "../../src/link/network.js";
import type { UtcMillis } from "../../src/units.js";
import { OPTIONS, World, wellBehaved } from "../support/linkfakes.js";

const SPREAD = 300_000;

/** What each attempt aimed at. */
function targets(world: World): StreamTarget[] {
	const seen: StreamTarget[] = [];
	const { onOpen } = world.streams;
	world.streams.onOpen = (id, target) => {
		seen.push(target);
		return onOpen(id, target);
	};
	return seen;
}

describe("joining again", () => {
	test("waits for the host's own first attempt, then asks ever more rarely", () => {
		const world = new World();
		world.run(24 * HOUR);
		expect(world.rejoins[0]).toBe(FIRST_JOIN);
		const waits = world.rejoins.slice(1).map((at, index) => at - world.rejoins[index]!);
		expect(Math.min(...waits)).toBeGreaterThanOrEqual(120_000);
		expect(Math.max(...waits)).toBeLessThanOrEqual(900_000);
		expect(world.rejoins.length).toBeLessThan(24 * 8 + 4);
		expect(world.attempts).toEqual([]);
	});
	test("a network that comes back in time is left alone", () => {
		const world = new World().online();
		for (let index = 0; index < 20; index += 1) {
			world.turn(() => world.link.onNetwork(world.now, false));
			world.run(59_000).networkUp().run(60_000);
		}
		expect(world.rejoins).toEqual([]);
	});
	test("one that stays away is joined within two minutes, and no more once it is there", () => {
		const world = new World().online();
		const lost = world.now;
		world.turn(() => world.link.onNetwork(world.now, false));
		world.run(121_000);
		expect(world.rejoins).toHaveLength(1);
		expect(world.rejoins[0]! - lost).toBeGreaterThanOrEqual(60_000);
		world.networkUp().run(HOUR);
		expect(world.rejoins).toHaveLength(1);
	});
	test("one that was away for a day is joined as soon as any when it is lost again", () => {
		const world = new World().run(24 * HOUR);
		const { length } = world.rejoins;
		world.networkUp().run(HOUR);
		world.turn(() => world.link.onNetwork(world.now, false));
		world.run(121_000);
		expect(world.rejoins).toHaveLength(length + 1);
		world.run(241_000); // and then in two to four minutes
		expect(world.rejoins).toHaveLength(length + 2);
	});
	test("a host that cannot is asked once each time, and costs no further wake", () => {
		const world = new World();
		world.canRejoin = false;
		world.run(24 * HOUR);
		expect(world.rejoins).toEqual([FIRST_JOIN]);
	});
	test("a lamp that works alone needs no network", () => {
		const world = new World({ host: "" });
		world.run(HOUR);
		expect([world.rejoins, world.link.dueAt]).toEqual([[], Infinity]);
	});
	test("but where a Wi-Fi is named it is looked for: it brings time and neighbours", () => {
		const world = new World({ host: "", wifiName: "quay", wifiPassword: "correct horse" });
		expect(world.wifis).toEqual(["quay/correct horse"]); // before anything is joined
		world.run(HOUR);
		expect(world.rejoins[0]).toBe(FIRST_JOIN);
		expect(world.rejoins.length).toBeGreaterThan(3);
		world.networkUp();
		expect(world.news).toEqual([{ kind: "joined", at: HOUR }]);
	});
	test("another Wi-Fi is named at once, and has as long as the first", () => {
		const world = new World({ wifiName: "quay" }).online();
		const options = { ...OPTIONS, wifiName: "quay", wifiPassword: "correct horse" };
		world.turn(() => world.link.configure(world.now, options));
		world.turn(() => world.link.configure(world.now, { ...options, keepAlive: 60_000 }));
		expect(world.wifis).toEqual(["quay/", "quay/correct horse"]);
		const asked = world.now;
		world.run(FIRST_JOIN - 1000);
		expect(world.rejoins).toEqual([]);
		world.turn(() => world.link.onNetwork(world.now, false));
		world.run(121_000);
		expect(world.rejoins[0]! - asked).toBeGreaterThan(60_000);
		world.turn(() => world.link.configure(world.now, { ...options, wifiName: "" }));
		expect(world.wifis.at(-1)).toBe("/correct horse");
	});
	test("at the end of a cable none is named, and none is looked for", () => {
		const world = new World({ host: "" });
		world.hasWifi = false;
		world.turn(() => world.link.configure(world.now, { ...OPTIONS, host: "", wifiName: "quay" }));
		world.run(HOUR);
		expect([world.wifis, world.rejoins]).toEqual([[], []]);
	});
	test("someone at the pole who asks to connect has the network joined now", () => {
		const world = new World().run(1000);
		world.turn(() => world.link.connectNow(world.now));
		expect(world.rejoins).toEqual([1000]);
		world.networkUp().run(1000);
		world.turn(() => world.link.connectNow(world.now));
		world.run(1000);
		expect(world.rejoins).toEqual([1000]);
	});
	const silences: [end: StreamEnd, joins: boolean][] = [
		["timedOut", true],
		["nameUnknown", true],
		["unreachable", false], // something said so
		["closedByPeer", false],
		["tlsRefused", false],
	];
	test.each(silences)("up, but %s over and over: joined again: %s", (end, joins) => {
		const world = new World({ reconnectSpread: SPREAD });
		world.reach = end;
		world.networkUp().run(24 * HOUR);
		if (!joins) expect(world.rejoins).toEqual([]);
		else {
			const fourth = world.attempts[3]!; // after about 20 min, with the first one's part
			expect(world.rejoins[0]).toBeGreaterThan(fourth);
			expect(world.rejoins[0]).toBeLessThan(world.attempts[4]!);
			expect(world.rejoins.length).toBeLessThan(24 * 3);
		}
	});
});

describe("addresses", () => {
	test.each([
		["one", ["one"]],
		["a.example,10.0.0.7,fe80::1", ["a.example", "10.0.0.7", "fe80::1"]],
	])("%s", (list, names) => {
		expect(addressesIn(list)).toBe(names.length);
		expect(names.map((_, place) => addressAt(list, place))).toEqual(names);
	});
	test("are tried one after the other, then the round begins again a spread later", () => {
		const world = new World({ host: "a,b,c", reconnectSpread: SPREAD });
		const seen = targets(world);
		world.reach = "unreachable";
		world.networkUp().run(3 * SPREAD + 2 * RETRY_JITTER);
		expect(seen.map(({ host }) => host).slice(0, 6)).toEqual(["a", "b", "c", "a", "b", "c"]);
		const waits = world.attempts.slice(1).map((at, index) => at - world.attempts[index]!);
		for (const index of [0, 1, 3, 4]) expect(waits[index]).toBeLessThan(SHORTEST_WAIT + 100);
		expect(waits[2]).toBeGreaterThanOrEqual(SPREAD);
	});
	test("the one that answered is tried first when the session is lost", () => {
		const world = new World({ host: "a,b" });
		const seen = targets(world);
		const { onOpen } = world.streams;
		world.streams.onOpen = (id, target) => {
			world.reach = target.host === "a" ? "timedOut" : "open";
			return onOpen(id, target);
		};
		world.online().run(100_000);
		expect(world.link.state).toBe("online");
		world.peer!.end();
		world.run(20_000);
		expect(seen.map(({ host }) => host)).toEqual(["a", "b", "b"]);
		expect(world.link.state).toBe("online");
	});
	test("another list begins at its first", () => {
		const world = new World({ host: "a,b" });
		const seen = targets(world);
		world.reach = "unreachable";
		world.online();
		world.turn(() => world.link.configure(world.now, { ...OPTIONS, host: "c,d" }));
		world.reach = "open";
		world.run(11_000);
		expect(seen.at(-1)!.host).toBe("c");
	});
});

describe("TLS", () => {
	const tls = { tls: true, host: "a.example,b.example" };
	test("names whom the certificate must name, and a date that is past for certain", () => {
		const world = new World(tls);
		const seen = targets(world);
		world.online();
		const date = world.view.time.notBefore;
		expect(seen[0]!.tls).toEqual({ serverName: "a.example", date });
	});
	test("a clock ten years ahead expires no certificate, one behind begins each", () => {
		for (const years of [10, -10]) {
			const world = new World(tls);
			const seen = targets(world);
			world.view.time.utc = (world.view.time.utc! + years * 365 * DAY) as UtcMillis;
			world.online();
			expect(seen[0]!.tls!.date).toBe(world.view.time.notBefore);
		}
	});
	test("takes the name that is set, whatever the address", () => {
		const world = new World({ ...tls, serverName: "broker.city" });
		const seen = targets(world);
		world.answer = wellBehaved;
		world.online();
		expect(seen[0]!.tls!.serverName).toBe("broker.city");
	});
	test("without a clock, too, never 1970", () => {
		const world = new World(tls);
		const seen = targets(world);
		const notBefore = Date.UTC(2026, 11, 1) as UtcMillis;
		world.view.time.utc = undefined;
		world.view.time.notBefore = notBefore;
		world.online();
		expect(seen[0]!.tls!.date).toBe(notBefore);
	});
});

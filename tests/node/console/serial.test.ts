/** Pole: what a technician does to one lamp of the whole firmware, on a fake host. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { HOUR } from "../../../lib/spans.js";
import { ANSWER_WAIT } from "../../../src/node/orders/actions.js";
import type { Node } from "../../../src/node.js";
import { GUESSED_KEY, SECRET_KEY } from "../../../src/storekeys.js";
import type { UtcMillis } from "../../../src/units.js";
import { newKey, requestOf } from "../../../tools/laptop/provision/certificate.js";
import { sourcesOf } from "../../../tools/toolchain/modules.js";
import { certificateFor } from "../../support/authority.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp, vouch } from "../../support/lamp.js";
import { KEPT, KEPT_AS, SECRET } from "../../support/technician.js";

const NIGHT = Date.UTC(2026, 10, 24, 21) as UtcMillis;

/** A script at the console of a lamp in the dark. */
class SerialRig {
	node: Node;

	constructor(readonly host = new FakeHost()) {
		host.stored.set(KEPT_AS, KEPT);
		this.node = this.boot();
		this.ask("\u0003plain");
		this.ask(`login ${SECRET}`);
	}

	boot(): Node {
		const { host } = this;
		this.node = bootLamp({ host, lux: 0, utc: NIGHT }).node;
		return this.node;
	}

	ask(line: string): string[] {
		this.host.serialOut = "";
		this.host.serialIn.push(...Buffer.from(`${line}\r`));
		this.host.deliver((inputs, now) => inputs.onSerialReadable(now, line.length + 1));
		return this.host.serialOut.split("\r\n").slice(0, -1);
	}

	events(...types: string[]): string[] {
		const { journal } = this.node;
		const all = Array.from({ length: journal.newest }, (_, index) => journal.read(index + 1)!);
		return all.filter(({ type }) => types.includes(type)).map(({ attributes }) => attributes);
	}
}

const bound = (pole: SerialRig) => ({
	host: pole.host,
	node: pole.node,
	ask: (line: string) => pole.ask(line),
});

describe("at the pole", () => {
	// security: 5.10-1
	test("logins, failures and a new secret are events with their source", () => {
		const pole = new SerialRig();
		pole.ask("secret ANOTHERLAMPSSECRET");
		pole.ask("logout");
		pole.ask("plain");
		expect(pole.ask(`login ${SECRET}`)).toEqual(["error wrongSecret 1"]);
		expect(pole.events("login", "secretChanged", "loginFailed")).toEqual(
			Array(3).fill('{"via":"console"}'),
		);
	});
	test("whatever is typed, its exceptions restart no lamp and judge no image", () => {
		const pole = new SerialRig();
		const { host, node } = pole;
		Object.defineProperty(node.view.light, "actual", {
			get() {
				throw new Error("no level");
			},
		});
		for (let index = 0; index < 100; index += 1) {
			pole.ask("\u0003plain");
			pole.ask(`login ${SECRET}`);
			pole.ask("status");
			host.run(host.now + 5000);
		}
		expect([host.restarts, node.faults.count]).toEqual([[], 0]);
		const faults = pole.events("fault");
		expect(new Set(faults)).toEqual(new Set(['{"where":"console","message":"no level"}']));
		expect(faults).toHaveLength(1); // they came in a row
		expect(host.duty).toBeGreaterThan(0);
	});
	test("an ordered restart counts on: switch-ons, energy and road users of the life before", () => {
		const pole = new SerialRig();
		const { host, ask } = bound(pole);
		for (let index = 0; index < 3; index += 1) {
			host.run(host.now + 300_000);
			host.deliver((inputs, now) => inputs.onMovement(now));
			host.run(host.now + 5000);
			host.deliver((inputs, now) => inputs.onStillness(now));
		}
		ask("\u0003plain"); // it was idle for ten minutes
		ask(`login ${SECRET}`);
		ask("restart");
		const counts = ({ view: { meter, traffic } }: Node) => ({
			switchOns: meter.switchOnCounter,
			users: traffic.accumulatedRoadUserNumber,
			energy: Math.round(1000 * meter.activeEnergy_kWh),
		});
		host.run(host.now + ANSWER_WAIT);
		const before = counts(pole.node);
		expect(before.users).toBeGreaterThan(0);
		host.powerCause = "restart";
		pole.boot();
		const switchOns = before.switchOns + 1; // the boot's own
		expect(counts(pole.node)).toEqual({ ...before, switchOns });
	});
	const ends: [what: string, cause: FakeHost["powerCause"], how: (pole: SerialRig) => void][] = [
		["a power cut", "powerOn", () => {}],
		["a crash", "crash", () => {}],
		[
			"an ordered restart",
			"restart",
			(pole) => {
				pole.ask("restart");
				pole.host.run(pole.host.now + ANSWER_WAIT);
			},
		],
	];
	test.each(ends)(
		"a trial that %s ends is an event, once, and the login shows it",
		(_what, cause, how) => {
			const pole = new SerialRig();
			for (const line of ["set fallTime 44", "apply"]) expect(pole.ask(line)[0]).toMatch(/^ok/);
			how(pole);
			pole.host.powerCause = cause;
			pole.boot();
			pole.host.run(pole.host.now + 60_000);
			expect(pole.node.settings.fallTime).toBe(10_000);
			pole.ask("\u0003plain");
			expect(pole.ask(`login ${SECRET}`)[0]).toMatch(/^ok .* taken back: not confirmed\.$/);
			expect(pole.events("settingsReverted").at(-1)).toBe('{"why":"notConfirmed"}');
			pole.host.powerCause = "powerOn";
			pole.boot();
			pole.ask("\u0003plain");
			expect(pole.ask(`login ${SECRET}`)[0]).not.toContain("taken back");
		},
	);
	test("a trial that was confirmed or taken back leaves no mark", () => {
		for (const end of ["confirm", "revert"]) {
			const pole = new SerialRig();
			for (const line of ["set fallTime 44", "apply", end]) pole.ask(line);
			pole.boot();
			expect(pole.events("settingsReverted")).toEqual([]);
		}
	});
	test("connect opens the connection in the same turn, whatever is left of the wait", () => {
		const pole = new SerialRig();
		const { host } = pole;
		for (const line of ["set brokerHost broker.example", "apply", "confirm"]) pole.ask(line);
		host.deliver((inputs, now) => inputs.onNetwork(now, true));
		const before = host.opened.length;
		pole.ask("connect");
		expect(host.opened.slice(before)).toMatchObject([{ host: "broker.example" }]);
	});
	test("why of a past time shows the level and the reason of that time", () => {
		const pole = new SerialRig();
		const { host } = pole;
		host.run(60_000);
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(host.now + 10_000);
		host.deliver((inputs, now) => inputs.onStillness(now));
		host.run(host.now + 5 * 60_000);
		pole.ask("\u0003plain");
		pole.ask(`login ${SECRET}`);
		const at = (time: string) => pole.ask(`why ${time}`).join("\n");
		expect(at("22:01:05")).toContain("The sensors raise it to 100 %");
		expect(at("22:05:00")).not.toContain("raise");
	});
	test("identify moves the light and ends by itself", () => {
		const { host, node, ask } = bound(new SerialRig());
		host.run(host.now + 60_000);
		const before = host.duties.length;
		expect(ask("identify 6")).toEqual(["ok accepted"]);
		host.run(host.now + 6000);
		expect(host.duties.length - before).toBeGreaterThan(2);
		host.run(host.now + 60_000);
		expect(node.view.light.reason).not.toBe("override");
	});
	test("restart answers first, and keeps what must be kept", () => {
		const { host, ask } = bound(new SerialRig());
		expect(ask("restart")).toEqual(["ok accepted"]);
		expect(host.restarts).toEqual([]);
		host.run(host.now + ANSWER_WAIT);
		expect(host.restarts).toEqual(["ordered"]);
	});
	// security: 5.5-8, 5.5-3
	test("a certificate is judged by the host before it replaces the one that works", () => {
		const pole = new SerialRig();
		vouch(pole, NIGHT);
		pole.host.stored.set("tls.ca", "the one before");
		const pem = ["-----BEGIN CERTIFICATE-----", "QUJD", "-----END CERTIFICATE-----"];
		const put = () => ["certificate ca", ...pem].flatMap((line) => pole.ask(line)).at(-1);
		const dates: number[] = [];
		const verdicts = ["malformed", "expired", "notYetValid", "notAvailable"] as const;
		for (const verdict of verdicts) {
			Object.assign(pole.host.crypto, {
				checkCertificate: (_pem: string, date: number) => {
					dates.push(date);
					return verdict;
				},
			});
			expect(put()).toBe(`error notDone not done: ca ${verdict}`);
			expect(pole.host.stored.get("tls.ca")).toBe("the one before");
		}
		expect(dates).toEqual(Array(4).fill(NIGHT));
		Object.assign(pole.host.crypto, { checkCertificate: () => "valid" });
		expect(put()).toMatch(/^ok/);
		expect(pole.host.stored.get("tls.ca")).toBe(`${pem.join("\n")}\n`);
		const sha256 = createHash("sha256").update("ABC").digest("hex");
		expect(pole.events("certificateChanged")).toEqual([
			`{"which":"ca","via":"console","sha256":"${sha256}"}`,
		]);
	});
	test("a certificate of another key is refused, a key with another's certificate is reported", () => {
		const pole = new SerialRig();
		const put = (name: string, pem: string) =>
			[`certificate ${name}`, ...pem.trim().split("\n")].flatMap((line) => pole.ask(line)).at(-1);
		const [key, other] = [newKey(), newKey()];
		const certificate = certificateFor(requestOf("fake-0001", key));
		expect(put("cert", certificate)).toMatch(/^ok cert is kept; the next/);
		expect(put("key", other)).toMatch(
			/^ok key is kept; the stored certificate belongs to another key/,
		);
		expect(put("cert", certificate)).toBe(
			"error notDone not done: cert belongs to another key; first its key",
		);
		expect(put("key", key)).toMatch(/^ok key is kept; the next/);
		expect(put("cert", certificate)).toMatch(/^ok cert is kept; the next/);
		Object.assign(pole.host.crypto, { isPair: () => "notAvailable" });
		expect(put("cert", certificate)).toMatch(/is not checked here$/);
	});
	// security: no way out
	test("an export of one lamp, imported by another, makes it the same but for its secrets", () => {
		const old = new SerialRig();
		const changes = ["set site liege", "set node quai-7", "set hold 45", "set brokerPassword his"];
		for (const line of [...changes, "apply", "confirm"]) expect(old.ask(line)[0]).toMatch(/^ok/);
		const lines = old.ask("export").slice(0, -1);
		const next = new SerialRig();
		for (const line of ["set brokerPassword hers", "apply", "confirm", "import"]) next.ask(line);
		expect(lines.flatMap((line) => next.ask(line)).at(-1)).toMatch(/^ok/);
		expect(next.node.settings.site).toBe(""); // not before apply
		for (const line of ["apply", "confirm"]) expect(next.ask(line)[0]).toMatch(/^ok/);
		expect(next.ask("export").slice(2, -2)).toEqual(lines.slice(2, -1));
		expect(next.node.settings.brokerPassword).toBe("hers");
	});
	test("a node in the place of a dead one goes on where that one ended", () => {
		const old = new SerialRig();
		old.host.stored.set("life", "40");
		old.boot();
		old.host.run(old.host.now + 30 * HOUR);
		old.ask("\u0003plain");
		old.ask(`login ${SECRET}`);
		for (const line of ["set site liege", "set node quai-7", "apply", "confirm"]) old.ask(line);
		const lines = old.ask("export").slice(0, -1);
		const next = new SerialRig();
		expect(next.ask("nodeReplaced")[0]).toMatch(/^error notDone/);
		next.ask("import");
		for (const line of [...lines, "apply", "confirm"]) next.ask(line);
		expect(next.ask("nodeReplaced")).toEqual(["ok accepted"]);
		next.host.run(next.host.now + ANSWER_WAIT);
		expect(next.host.restarts).toEqual(["nodeReplaced"]);
		const { view, settings } = next.boot();
		expect([view.identity.life, settings.node]).toEqual([42, "quai-7"]);
		expect(view.meter.operatingHours).toBeGreaterThan(29);
		expect(next.host.stored.get(SECRET_KEY)).toBe(KEPT); // its own
	});
	test("settings that do not agree are not imported", () => {
		const pole = new SerialRig();
		const lines = pole.ask("export").slice(0, -1);
		const bad = lines.map((line) => (line === '{"maxLevel":100}' ? '{"maxLevel":10}' : line));
		pole.ask("import");
		expect(bad.flatMap((line) => pole.ask(line)).at(-1)).toMatch(/^error notDone/);
		expect(pole.node.candidate.settings).toBeUndefined();
	});
	test("what was set and not applied is gone when the technician is", () => {
		const pole = new SerialRig();
		pole.ask("set hold 45");
		expect(pole.node.candidate.settings).toBeDefined();
		pole.host.run(pole.host.now + 10 * 60_000);
		expect(pole.node.candidate.settings).toBeUndefined();
	});
});

describe("factoryReset", () => {
	/** Of a lamp that has used every room that stores. */
	function busy(): SerialRig {
		const pole = new SerialRig();
		const { host } = pole;
		for (const line of [
			"set site liege",
			"set node quai-7",
			"set brokerPassword his",
			"apply",
			"confirm",
		])
			pole.ask(line);
		for (const line of ["set hold 45", "apply", "confirm", "override 80 600", "test lamp"])
			pole.ask(line);
		const certificates = ["ca", "cert", "key"].flatMap((name) => [`tls.${name}`, `try.${name}`]);
		for (const key of [...certificates, GUESSED_KEY]) host.stored.set(key, "PEM");
		for (let hour = 0; hour < 30; hour += 1) {
			host.deliver((inputs, now) => inputs.onMovement(now));
			host.run(host.now + HOUR);
			host.deliver((inputs, now) => inputs.onStillness(now));
		}
		return pole;
	}
	// security: 5.11-1, 5.11-3, 5.11-4
	test("erases all but the count of lives, says why in the next, and starts as from the factory", () => {
		const pole = busy();
		const { host } = pole;
		expect(host.stored.size).toBeGreaterThan(12);
		pole.ask("\u0003plain");
		pole.ask(`login ${SECRET}`);
		expect(pole.ask("factoryReset fake-0002")[0]).toMatch(/^error unconfirmed/);
		host.run(host.now + HOUR);
		expect(host.restarts).toEqual([]);
		pole.ask("\u0003plain");
		pole.ask(`login ${SECRET}`);
		expect(pole.ask("factoryReset fake-0001")).toEqual(["ok accepted"]);
		expect(host.stored.has(SECRET_KEY)).toBe(true); // until the answer is out
		host.run(host.now + ANSWER_WAIT);
		expect(host.restarts).toEqual(["factoryReset"]);
		expect([...host.stored.keys()].sort()).toEqual(["life", "reason"]);
		host.powerCause = "restart";
		const next = pole.boot();
		expect([next.life, next.settings.site]).toEqual([2, ""]);
		expect(pole.events("restarted")).toEqual(['{"cause":"restart","reason":"factoryReset"}']);
		expect(pole.ask("\u0003plain").at(-1)).toBe("ok plain 1 new fake-0001");
	});
	// security: 5.11-1, 5.11-3, 5.11-4
	test("knows every key that the firmware stores under, and none stands but in one file", () => {
		const src = fileURLToPath(new URL("../../../src", import.meta.url));
		const text = (name: string) => readFileSync(`${src}/${name}`, "utf8");
		const constant = /const (\w*KEY|CERTIFICATE_PREFIX) = "[\w.]+"/g;
		const keysIn = (name: string) => [...text(name).matchAll(constant)].map(([, key]) => key!);
		const keys = keysIn("storekeys.ts");
		expect(keys.length).toBeGreaterThan(12);
		const kept = [
			"LIFE_KEY",
			"REASON_KEY",
			"UPDATE_KEY",
			"TRIED_KEYS_KEY",
			"DRIVER_KEY",
			"SENSOR_KEY",
			"IMAGE_KEYS_KEY",
		];
		const known = text("node/orders/factoryreset.ts");
		expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(known))).toEqual(
			kept.filter((key) => key !== "REASON_KEY"),
		);
		expect(sourcesOf(src).filter((name) => keysIn(name).length > 0)).toEqual(["storekeys.ts"]);
	});
	// security: 5.11-1, 5.11-3, 5.11-4
	test("erases the flash log, sector by sector", () => {
		const pole = new SerialRig();
		const erased: number[] = [];
		Object.assign(pole.host.flashLog, {
			sectors: 8,
			erase: (sector: number) => erased.push(sector) > 0,
		});
		pole.ask("factoryReset fake-0001");
		erased.length = 0;
		pole.host.run(pole.host.now + ANSWER_WAIT);
		expect(erased).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
	});
});

/** Certificate trial: address, CA, certificate and key change together, or come back together. */
import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { CONFIRM_WITHIN } from "../../../src/node/settings/candidate.js";
import { fingerprintOf } from "../../../src/node/settings/fingerprint.js";
import { STANDS_AFTER } from "../../../src/node/settings/sessionproof.js";
import { PROBATION_LIVES, PROBATION_MARGIN } from "../../../src/settings/probation.js";
import { TRIAL_KEY } from "../../../src/storekeys.js";
import { newKey, requestOf } from "../../../tools/laptop/provision/certificate.js";
import { certificateFor } from "../../support/authority.js";
import { FakeHost } from "../../support/fakehost.js";
import { SPREAD, TwoBrokers, uniformSet } from "../../support/twobrokers.js";

const PROBATION = SPREAD + PROBATION_MARGIN;
/** A spread, a handshake, the first messages. */
const ONLINE_WITHIN = SPREAD + 10_000;
/** A lamp that has been online long enough to have something to lose. */
const lived = () => new TwoBrokers().boot().run(ONLINE_WITHIN + STANDS_AFTER);
const sets = ({ shown }: TwoBrokers) => [...new Set(shown)];
const left = ({ flash }: TwoBrokers) => [...flash.keys()].filter((key) => key.startsWith("try."));

describe("the set of the store", () => {
	test("is proven by a session that stands, in one write for good", () => {
		const pole = new TwoBrokers().boot();
		pole.run(ONLINE_WITHIN);
		expect([pole.isOnline, pole.flash.has(TRIAL_KEY)]).toEqual([true, false]);
		pole.run(STANDS_AFTER);
		expect(pole.flash.get(TRIAL_KEY)).toBe("1 1 0 0 0 0");
		const { count } = pole;
		pole.boot().run(ONLINE_WITHIN + STANDS_AFTER);
		expect(pole.flash.get(TRIAL_KEY)).toBe("1 1 0 0 0 0");
		expect(pole.count - count).toBeLessThan(5); // of other rooms: the login's mark and its end are two
	});
	test("is replaced at once while no session stood, as in a depot", () => {
		const pole = new TwoBrokers().boot();
		expect(pole.paste("new", "ca")).toContain("ca is kept");
		expect(pole.flash.get("tls.ca")).toBe(uniformSet("new").split("|")[1]);
	});
});

test.each(["confirm", "revert"])("%s of other settings leaves the session as it is", (end) => {
	const pole = lived();
	const { length } = pole.shown;
	pole.type("set hold 40").type("apply").type(end).run(ONLINE_WITHIN);
	expect([pole.isOnline, pole.shown.length]).toEqual([true, length]);
});

describe("a new set", () => {
	// security: 5.5-8, 5.5-3
	test("waits for apply, then is used whole, and is kept by a session that stands", () => {
		const pole = lived();
		expect(pole.paste("new", "ca", "key", "cert")).toContain("apply tries it");
		pole.type("set brokerHost new").run(60_000);
		expect(sets(pole)).toEqual([uniformSet("old")]);
		expect(pole.events("certificateChanged")).toEqual([]);
		pole.open.add("new");
		pole.type("apply").run(5000).type("confirm");
		pole.run(ONLINE_WITHIN);
		expect([pole.isOnline, sets(pole)]).toEqual([true, [uniformSet("old"), uniformSet("new")]]);
		expect(pole.returnsTo).toBe(uniformSet("old"));
		pole.run(STANDS_AFTER);
		expect([pole.returnsTo, left(pole)]).toEqual([uniformSet("new"), []]);
		expect(pole.flash.get(TRIAL_KEY)).toBe("1 1 0 0 0 0");
		const { length } = pole.shown;
		pole.run(10 * 60_000);
		expect([pole.isOnline, pole.shown.length]).toEqual([true, length]); // the same session
		pole.boot().run(ONLINE_WITHIN);
		expect([pole.isOnline, pole.shown.at(-1)]).toEqual([true, uniformSet("new")]);
	});
	test.each([
		["a CA alone", ["ca"], [], /"which":"ca".*"sha256":"[0-9a-f]{64}"/],
		["an address alone", [], ["set brokerHost new"], undefined],
		["certificate and key", ["key", "cert"], [], /"which":"key","via":"console"}$/],
	] as const)(
		"%s that no broker accepts goes back, with the reason",
		(_what, names, sets_, pattern) => {
			const pole = lived();
			if (names.length > 0) pole.paste("new", ...names);
			pole.type(...sets_, "apply", "confirm");
			pole.run(PROBATION - 1000);
			expect(pole.shown.at(-1)).not.toBe(uniformSet("old"));
			pole.run(2000 + ONLINE_WITHIN);
			expect([pole.isOnline, pole.shown.at(-1), left(pole)]).toEqual([true, uniformSet("old"), []]);
			expect(pole.events("settingsReverted")).toEqual(['{"why":"noBroker","detail":"tlsRefused"}']);
			if (pattern) expect(pole.events("certificateChanged").at(-1)).toMatch(pattern);
			expect(pole.boot().run(ONLINE_WITHIN).isOnline).toBe(true);
			expect(pole.shown.at(-1)).toBe(uniformSet("old"));
		},
	);
	test.each([
		["sessions end before they stand", { sessionEnds: STANDS_AFTER - 5000 }],
		["the subscription is refused", { granted: 128 }],
	])("goes back where %s", (_what, world) => {
		const pole = lived();
		pole.open.add("new");
		Object.assign(pole, world);
		pole.changeAll().run(PROBATION + ONLINE_WITHIN);
		expect(pole.shown).toContain(uniformSet("new"));
		expect(pole.shown.at(-1)).toBe(uniformSet("old"));
	});
	test("goes back at the boot after the last life without a session", () => {
		const pole = lived().changeAll();
		for (let life = 1; life < PROBATION_LIVES; life += 1) pole.boot().run(1000);
		expect(left(pole)).toHaveLength(3);
		pole.boot().run(1000);
		expect([left(pole), pole.returnsTo]).toEqual([[], uniformSet("old")]);
	});
	test.each([
		["ten minutes without confirm", (pole: TwoBrokers) => pole.run(CONFIRM_WITHIN)],
		["revert", (pole: TwoBrokers) => pole.type("revert")],
		["a loss of power", (pole: TwoBrokers) => pole.boot()],
	])("that is applied goes with %s", (_what, happens) => {
		const pole = lived();
		pole.paste("new", "ca", "key", "cert");
		pole.type("set brokerHost new", "apply").run(5000);
		happens(pole).run(2 * ONLINE_WITHIN);
		expect([left(pole), pole.shown.at(-1), pole.isOnline]).toEqual([[], uniformSet("old"), true]);
		expect(pole.events("certificateChanged")).toEqual([]);
	});
	test("that waits goes with the end of the session at the console", () => {
		const pole = lived();
		pole.paste("new", "ca");
		expect(left(pole)).toEqual(["try.ca"]);
		pole.type("logout").run(1000);
		expect([left(pole), pole.flash.get(TRIAL_KEY)]).toEqual([[], "1 1 0 0 0 0"]);
	});
});

describe("is refused", () => {
	const rows: [why: string, steps: ((pole: TwoBrokers) => unknown)[], answer: string][] = [
		[
			"a certificate of another key, by apply",
			[(pole) => pole.paste("new", "key"), (pole) => pole.ask("apply")],
			"cert belongs to another key; paste its own, too",
		],
		[
			"a trial without a broker over TLS",
			[
				(pole) => pole.paste("new", "ca"),
				(pole) => pole.type("set brokerTls false"),
				(pole) => pole.ask("apply"),
			],
			"certificate is tried at a broker over TLS, and none is set",
		],
		[
			"a further one while one is tried",
			[
				(pole) => pole.paste("new", "ca"),
				(pole) => pole.type("apply"),
				(pole) => pole.paste("new", "key"),
			],
			"key must wait: confirm or revert what is on trial",
		],
		[
			"a further one on probation",
			[(pole) => pole.changeAll(), (pole) => pole.paste("old", "ca")],
			"ca must wait: confirm or revert what is on trial",
		],
	];
	test.each(rows)("%s", (_why, steps, answer) => {
		const pole = lived();
		expect(steps.map((step) => step(pole)).at(-1)).toBe(`not done: ${answer}`);
	});
});

describe("power that fails", () => {
	/** Everything from the first paste to the end of the probation, with a cut at write `cutAt`. */
	const story = (isNewOpen: boolean, cutAt = Infinity) => {
		const pole = lived();
		if (isNewOpen) pole.open.add("new");
		const from = pole.count;
		pole.cutAt = from + cutAt;
		pole.changeAll().run(PROBATION + 2 * ONLINE_WITHIN);
		return { pole, writes: pole.count - from };
	};
	const isKept = ({ flash }: TwoBrokers) => flash.get(TRIAL_KEY)?.endsWith(" 1") === true;
	// security: 5.5-8, 5.5-3
	test.each([
		["where the new broker answers", true],
		["where it does not", false],
	])("at any write leaves one set whole, %s", (_where, isNewOpen) => {
		const { writes } = story(isNewOpen);
		expect(writes).toBeGreaterThan(12);
		const ends = new Set<string>();
		for (let cutAt = 0; cutAt < writes; cutAt += 1) {
			const { pole } = story(isNewOpen, cutAt);
			expect(pole.isDead).toBe(true);
			// once the copy began, part of it is under `tls.`, and the new keys are in use
			const base = isKept(pole) ? uniformSet("new") : pole.returnsTo;
			expect([uniformSet("old"), uniformSet("new")]).toContain(base);
			pole.cutAt = Infinity;
			pole.boot().run(PROBATION + 2 * ONLINE_WITHIN);
			expect([uniformSet("old"), uniformSet("new")]).toEqual(expect.arrayContaining(sets(pole)));
			expect([cutAt, pole.isOnline, left(pole)]).toEqual([cutAt, true, []]);
			expect(pole.returnsTo).toBe(pole.shown.at(-1));
			ends.add(pole.shown.at(-1)!);
		}
		expect(ends).toEqual(
			new Set(isNewOpen ? [uniformSet("old"), uniformSet("new")] : [uniformSet("old")]),
		);
	});
});

test("a fingerprint is that of OpenSSL, at the console in both forms", () => {
	const pem = certificateFor(requestOf("fake-0001", newKey()));
	const print = new X509Certificate(pem).fingerprint256.replaceAll(":", "").toLowerCase();
	expect(fingerprintOf(pem, new FakeHost().crypto)).toBe(print);
	const pole = new TwoBrokers();
	pole.flash.set("tls.ca", pem);
	pole.boot();
	expect(pole.ask("certificate").split("\n")[0]).toBe(`ca   (set), sha256 ${print}`);
	pole.type("\u0003plain").type("login HQ7KXW2MPB4ZTNCE");
	pole.host.serialOut = "";
	pole.type("certificate");
	expect(pole.host.serialOut).toContain(`{"name":"ca","isSet":true,"sha256":"${print}"}`);
	expect(pole.host.serialOut).toContain('{"name":"key","isSet":true}');
});
test.each(["", "no PEM", "-----BEGIN CERTIFICATE-----\n****\n-----END CERTIFICATE-----\n"])(
	"of %j there is no fingerprint",
	(text) => expect(fingerprintOf(text, new FakeHost().crypto)).toBeUndefined(),
);

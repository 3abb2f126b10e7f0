/** Settings manager: revisions whole or not at all, probation, drift, and what the CMS receives. */
import { describe, expect, test } from "@jest/globals";
import { CONFIRM_WITHIN } from "../../../src/node/settings/candidate.js";
import { COLLECT_WITHIN } from "../../../src/settings/desired.js";
import { PROBATION_LIVES, PROBATION_MARGIN } from "../../../src/settings/probation.js";
import { SECTIONS } from "../../../src/settings/table.js";
import { Cut, LINK, SettingsRig, SPREAD } from "./settingsrig.js";

describe("a revision", () => {
	test("of one section is in force at once, kept and reported", () => {
		const pole = new SettingsRig();
		pole.reports();
		pole.want("light", 5, { floorLevel: 30 });
		expect([pole.settings.floorLevel, pole.revision]).toEqual([30, 5]);
		expect(pole.reports()).toEqual(["light 5 active"]);
		expect(pole.events("settingsChanged")).toEqual([
			'settingsChanged {"section":"light","by":"broker"}',
		]);
		expect(pole.boot().settings.floorLevel).toBe(30);
		expect([pole.revision, pole.reports()]).toEqual([5, []]);
	});
	test("of three is in force when the last has come, in any order, twice delivered or not", () => {
		const pole = new SettingsRig();
		pole.want("power", 7, { ledPower_W: 50 }, 3).want("light", 7, { floorLevel: 30 }, 3);
		pole.want("light", 7, { floorLevel: 30 }, 3);
		expect([pole.settings.floorLevel, pole.settings.ledPower_W]).toEqual([20, 37]);
		pole.want("calendar", 7, { latitude: 51 }, 3);
		const { floorLevel, ledPower_W, latitude } = pole.settings;
		expect([floorLevel, ledPower_W, latitude, pole.revision]).toEqual([30, 50, 51, 7]);
	});
	test("takes the later text of a section that comes twice, also if it changes nothing", () => {
		const pole = new SettingsRig().want("light", 7, { floorLevel: 30 }, 2);
		pole.want("light", 7, { floorLevel: 20 }, 2).want("power", 7, { ledPower_W: 50 }, 2);
		expect([pole.settings.floorLevel, pole.settings.ledPower_W, pole.revision]).toEqual([
			20, 50, 7,
		]);
		expect(pole.boot().settings.floorLevel).toBe(20);
	});
	test("of which flash lost a section before the last came is refused whole", () => {
		const pole = new SettingsRig().want("light", 7, { floorLevel: 30 }, 2);
		const kept = pole.host.stored.get("alt.light")!;
		expect(kept).toContain(`"floorLevel":30`);
		pole.host.stored.set("alt.light", kept.replace(`"floorLevel":30`, `"floorLevel":3x`));
		pole.want("power", 7, { ledPower_W: 50 }, 2);
		expect([pole.settings.floorLevel, pole.settings.ledPower_W, pole.revision]).toEqual([
			20, 37, 0,
		]);
		expect(pole.events("settingsRejected")).toHaveLength(1);
	});
	test("that comes again, or a lower one, changes nothing and wears no flash", () => {
		const pole = new SettingsRig().want("light", 5, { floorLevel: 30 });
		const { writes } = pole;
		pole.want("light", 5, { floorLevel: 40 }).want("light", 4, { floorLevel: 50 });
		expect([pole.settings.floorLevel, pole.writes]).toEqual([30, writes]);
	});
	test("below one that was rejected is in force, and the rejection stays and is reported", () => {
		const pole = new SettingsRig();
		pole.reports();
		pole.want("light", 9, { hold: "long" }).want("sensing", 5, { trafficK: 5 });
		expect([pole.revision, pole.settings.trafficK]).toEqual([5, 5]);
		expect(pole.reports()).toEqual([
			"light 5 active (9: hold must be a JSON number, e.g. 30)",
			"sensing 5 active",
		]);
		const { writes } = pole;
		pole.want("light", 9, { hold: "long" });
		expect([pole.reports(), pole.writes - writes]).toEqual([[], 0]); // refused for good
	});
	test("with an unknown setting is refused by its revision, once, with all of its sections", () => {
		const pole = new SettingsRig();
		pole.reports();
		const again = () =>
			pole.want("light", 9, { nothing: 1 }, 2).want("sensing", 9, { trafficK: 6 }, 2);
		again();
		expect(pole.reports()).toEqual(["light 0 active (9: nothing is not in section light)"]);
		again().wait(COLLECT_WITHIN); // retained: it comes with each connection
		expect([pole.reports(), pole.events("settingsRejected").length]).toEqual([[], 1]);
		pole.want("light", 10, { hold: 40 }).want("light", 9, { nothing: 1 });
		expect([pole.reports(), pole.revision]).toEqual([["light 10 active"], 10]);
	});
	test("beside an illegible section is in force, which stays reported until it is legible", () => {
		const pole = new SettingsRig();
		pole.reports();
		pole.receive("light", "{").want("sensing", 5, { trafficK: 5 });
		expect(pole.reports()).toEqual([
			expect.stringMatching(/^light 5 active \(0: /),
			"sensing 5 active",
		]);
		pole.want("light", 10, { hold: 40 });
		expect(pole.reports()).toEqual(["light 10 active"]);
	});
	test("gives way to a higher one before it is complete", () => {
		const pole = new SettingsRig().want("light", 5, { floorLevel: 30 }, 2);
		pole.want("power", 6, { ledPower_W: 50 });
		expect([pole.settings.floorLevel, pole.settings.ledPower_W, pole.revision]).toEqual([
			20, 50, 6,
		]);
	});
	test("that changes no value is taken without a section written", () => {
		const pole = new SettingsRig().wait(0); // the second turn stores the first counters
		const { writes } = pole;
		pole.want("light", 5, { floorLevel: 20 });
		expect([pole.revision, pole.writes - writes]).toEqual([5, 1]);
	});
	const refused: [why: string, section: string, text: string | undefined, reason: RegExp][] = [
		["no text", "light", undefined, /"section":"light","reason":"malformed"/],
		["no JSON", "light", "floor", /malformed/],
		["no revision", "light", '{"count":1,"settings":{}}', /malformed/],
		["revision 0", "light", '{"revision":0,"count":1,"settings":{}}', /malformed/],
		["a fraction", "light", '{"revision":1.5,"count":1,"settings":{}}', /malformed/],
		[
			"a number that would shut out all later ones",
			"light",
			'{"revision":4294967295,"count":1,"settings":{}}',
			/"section":"light","reason":"outOfRange"/,
		],
		["too many sections", "light", '{"revision":9,"count":8,"settings":{}}', /malformed/],
		["no settings", "light", '{"revision":9,"count":1}', /malformed/],
		["settings outside", "light", '{"revision":9,"count":1,"settings":{},"hold":9}', /malformed/],
		[
			"a stranger's name",
			"light",
			'{"revision":9,"count":1,"settings":{"glow":9}}',
			/unknownSetting"}/,
		],
		[
			"another section's",
			"light",
			'{"revision":9,"count":1,"settings":{"site":"x"}}',
			/unknownSetting"}/,
		],
		[
			"a value too high",
			"light",
			'{"revision":9,"count":1,"settings":{"hold":9000}}',
			/"setting":"hold","reason":"outOfRange"/,
		],
		[
			"a broken rule",
			"light",
			'{"revision":9,"count":1,"settings":{"maxLevel":15}}',
			/"setting":"maxLevel","reason":"conflict"/,
		],
		[
			"a bad program",
			"calendar",
			'{"revision":9,"count":1,"settings":{"program":"x"}}',
			/"setting":"program","reason":"invalidProgram"/,
		],
	];
	test.each(refused)("is refused with %s", (_why, section, text, reason) => {
		const pole = new SettingsRig();
		pole.reports();
		const { settings } = pole;
		pole.receive(section, text);
		expect(pole.settings).toBe(settings);
		const [event, ...more] = pole.events("settingsRejected");
		expect(event).toMatch(reason);
		expect([more, pole.revision]).toEqual([[], 0]);
		expect(pole.reports()).toEqual([expect.stringMatching(new RegExp(`^${section} 0 active \\(`))]);
	});
	test("with one bad section of two is refused as a whole, reported once, and a higher one is taken", () => {
		const pole = new SettingsRig();
		pole.reports();
		const again = () =>
			pole.want("light", 5, { floorLevel: 30 }, 2).want("power", 5, { ledPower_W: -1 }, 2);
		again();
		expect(pole.reports()).toEqual(["power 0 active (5: ledPower_W must be 1 to 1000 W)"]);
		again(); // retained: it comes with each connection
		expect([pole.reports(), pole.settings.floorLevel]).toEqual([[], 20]);
		expect(pole.events("settingsRejected")).toHaveLength(1);
		expect(pole.want("light", 6, { floorLevel: 35 }).settings.floorLevel).toBe(35);
	});
	test("of a wrong number shuts out no later one, and the refusal names the highest", () => {
		const pole = new SettingsRig().want("light", 5, { floorLevel: 30 });
		pole.reports();
		for (const _time of [1, 2]) pole.want("light", 2_147_483_648, { floorLevel: 31 }); // retained
		expect(pole.events("settingsRejected")).toHaveLength(1);
		expect(pole.reports()).toEqual([
			"light 5 active (2147483648: light needs a revision, 2147483647 at most)",
		]);
		pole.want("light", 6, { floorLevel: 32 });
		expect([pole.settings.floorLevel, pole.revision]).toEqual([32, 6]);
		pole.want("light", 2_147_483_647, { floorLevel: 33 });
		pole.want("light", 2_247_483_648, { floorLevel: 34 });
		expect([pole.settings.floorLevel, pole.revision]).toEqual([33, 2_147_483_647]);
		pole.want("light", 2_247_483_647, { floorLevel: 35 });
		expect([pole.settings.floorLevel, pole.revision]).toEqual([35, 2_247_483_647]);
	});
	test("whose last section never comes is refused in the end", () => {
		const pole = new SettingsRig().want("light", 5, { floorLevel: 30 }, 2).wait(COLLECT_WITHIN);
		expect(pole.events("settingsRejected")).toHaveLength(1);
		expect([pole.settings.floorLevel, pole.revision]).toEqual([20, 0]);
	});
	test("for a section that this version does not know does nothing", () => {
		const pole = new SettingsRig().want("glow", 5, {}).want("__proto__", 5, {});
		expect([pole.events("settingsRejected"), pole.revision]).toEqual([[], 0]);
	});
	test("a flood of revisions stops at the flash's budget, and may come again later", () => {
		const pole = new SettingsRig();
		for (let revision = 1; revision <= 200; revision += 1)
			pole.want("light", revision, { floorLevel: 20 + (revision % 50) });
		expect(pole.writes).toBeLessThan(30);
		expect(pole.events("settingsRejected").at(-1)).toMatch(/storeFailure/);
		pole.wait(12 * 3_600_000).want("light", 200, { floorLevel: 25 });
		expect([pole.settings.floorLevel, pole.revision]).toEqual([25, 200]);
	});
	test("power cut at every write: all of it or nothing", () => {
		const seen = new Set<string>();
		for (let cutAt = 0; ; cutAt += 1) {
			const pole = new SettingsRig();
			pole.cutAt = pole.writes + cutAt;
			try {
				pole.want("light", 5, { floorLevel: 30 }, 2).want("power", 5, { ledPower_W: 50 }, 2);
			} catch (error) {
				expect(error).toBeInstanceOf(Cut);
			}
			const isDone = pole.writes < pole.cutAt;
			pole.cutAt = Infinity;
			const { settings, revision } = pole.boot();
			seen.add(`${settings.floorLevel} ${settings.ledPower_W} ${revision}`);
			if (isDone) break;
		}
		expect([...seen]).toEqual(["20 37 0", "30 50 5"]);
	});
	test("a section that changes while its report is under way is reported again, and no other is forgotten", () => {
		const pole = new SettingsRig();
		pole.reports();
		const desk = pole.node.settingsManager.revisions;
		pole.want("power", 5, { ledPower_W: 50 });
		expect(desk.next().section).toBe("power");
		pole.want("power", 6, { ledPower_W: 60 }).want("light", 7, { hold: 20 });
		desk.reported(); // of revision 5
		expect(pole.reports()).toEqual(["light 7 active", "power 7 active"]);
	});
	// security: 5.1-4
	test("a secret goes in and never comes out", () => {
		const pole = new SettingsRig().want("link", 5, { brokerPassword: "hunter2", brokerUser: "me" });
		const desk = pole.node.settingsManager.revisions;
		const all: string[] = [];
		while (desk.isWaiting) {
			all.push(JSON.stringify(desk.next()));
			desk.reported();
		}
		expect(pole.settings.brokerPassword).toBe("hunter2");
		expect(all.join()).toContain("brokerUser");
		expect(all.join() + pole.events("settingsChanged", "settingsRejected").join()).not.toMatch(
			/hunter2|brokerPassword/,
		);
	});
});

describe("probation", () => {
	const typo = (pole: SettingsRig) => pole.want("link", 5, { brokerHost: "brokr" });
	test("a broker's address with a typo reverts by itself and is not tried again", () => {
		const pole = new SettingsRig();
		pole.reports();
		typo(pole);
		expect([pole.settings.brokerHost, pole.reports()]).toEqual(["brokr", ["link 5 probation"]]);
		pole.wait(SPREAD + PROBATION_MARGIN - 1);
		expect(pole.settings.brokerHost).toBe("brokr");
		pole.wait(1);
		expect(pole.settings.brokerHost).toBe("broker");
		expect(pole.events("settingsReverted")).toEqual(['settingsReverted {"why":"noBroker"}']);
		expect([pole.reports(), pole.revision]).toEqual([["link 0 reverted"], 0]);
		typo(pole.connect());
		typo(pole.boot().connect());
		expect([pole.settings.brokerHost, pole.reports()]).toEqual(["broker", []]);
		pole.want("link", 6, { brokerHost: "better" });
		expect([pole.settings.brokerHost, pole.reports()]).toEqual(["better", ["link 6 probation"]]);
	});
	const network = (pole: SettingsRig, isUp: boolean) =>
		pole.host.deliver((inputs, now) => inputs.onNetwork(now, isUp));
	test("a wrong password of the Wi-Fi reverts by itself, and the light does not wait for it", () => {
		const pole = new SettingsRig({
			link: `${LINK.slice(0, -1)},"wifiName":"quay","wifiPassword":"right one"}`,
		});
		pole.reports();
		pole.want("link", 5, { ...JSON.parse(LINK), wifiName: "quay", wifiPassword: "wrong one" });
		expect(pole.host.wifis).toEqual(["quay/right one", "quay/wrong one"]);
		network(pole, false);
		pole.host.deliver((inputs, now) => inputs.onMovement(now));
		expect(pole.node.view.light.actual).toBe(100);
		pole.wait(SPREAD + PROBATION_MARGIN);
		expect(pole.host.wifis.at(-1)).toBe("quay/right one");
		expect(pole.reports()).toEqual(["link 0 reverted"]);
		expect(pole.boot().host.wifis).toEqual(["quay/right one"]);
	});
	test("where no broker is set a Wi-Fi is proven by the network, and else reverts, too", () => {
		const pole = new SettingsRig({ link: '{"reconnectSpread":60,"wifiName":"quay"}' });
		const use = (password: string) =>
			pole.type(`set wifiPassword ${password}`).type("apply").type("confirm");
		use("the right one");
		network(pole, true);
		pole.wait(SPREAD + PROBATION_MARGIN);
		expect(pole.settings.wifiPassword).toBe("the right one");
		network(pole, false);
		pole.host.serialOut = "";
		use("a wrong one");
		expect(pole.host.serialOut).toContain("on trial, 11 min left, then back to");
		pole.wait(SPREAD + PROBATION_MARGIN);
		expect(pole.settings.wifiPassword).toBe("the right one");
		expect(pole.events("settingsReverted")).toEqual(['settingsReverted {"why":"noNetwork"}']);
	});
	test("the first Wi-Fi is kept: a lamp in the depot is out of its reach", () => {
		const pole = new SettingsRig({ link: '{"reconnectSpread":60}' });
		pole
			.type("set wifiName quay")
			.type("apply")
			.type("confirm")
			.wait(24 * 3_600_000);
		expect(pole.boot().host.wifis).toEqual(["quay/"]);
	});
	test("a controller on a cable takes none, and says why", () => {
		const pole = new SettingsRig();
		pole.host.hasWifi = false;
		pole.host.serialOut = "";
		pole.type("set wifiName quay");
		expect(pole.host.serialOut).toContain("is wired and has no Wi-Fi");
		expect(pole.type("apply").settings.wifiName).toBe("");
		expect(pole.type("network").host.serialOut).toContain("network  down, cable,");
	});
	test("a restart in the middle does not make it stay", () => {
		const pole = new SettingsRig();
		typo(pole).wait(SPREAD + PROBATION_MARGIN - 1);
		expect(pole.boot().settings.brokerHost).toBe("brokr");
		expect(pole.wait(SPREAD + PROBATION_MARGIN).settings.brokerHost).toBe("broker");
		expect(pole.boot().settings.brokerHost).toBe("broker");
	});
	test("nor do restarts that come too early each time", () => {
		const pole = typo(new SettingsRig());
		for (let boots = 1; boots < PROBATION_LIVES; boots += 1)
			expect(pole.boot().wait(1000).settings.brokerHost).toBe("brokr");
		expect(pole.boot().wait(0).settings.brokerHost).toBe("broker");
	});
	test("a broker that is seen ends it: the settings stay", () => {
		const pole = typo(new SettingsRig());
		pole.reports();
		pole.connect();
		expect(pole.reports()).toEqual(["link 5 active"]);
		expect(pole.wait(24 * 3_600_000).settings.brokerHost).toBe("brokr");
		expect([pole.boot().revision, pole.settings.brokerHost]).toEqual([5, "brokr"]);
	});
	test("one write fails, or power goes, at any write on the way back: the old or the new", () => {
		for (let cutAt = 0; cutAt < 4; cutAt += 1) {
			const pole = typo(new SettingsRig());
			pole.cutAt = pole.writes + cutAt;
			try {
				pole.wait(SPREAD + PROBATION_MARGIN);
			} catch (error) {
				expect(error).toBeInstanceOf(Cut);
			}
			pole.cutAt = Infinity;
			expect(["broker", "brokr"]).toContain(pole.boot().settings.brokerHost);
			expect(pole.wait(SPREAD + PROBATION_MARGIN).settings.brokerHost).toBe("broker");
		}
	});
	test.each([
		["other settings", "light", { floorLevel: 30 }],
		["reports", "link", { telemetryInterval: 60 }],
	])("%s are not on it", (_what, section, values) => {
		const pole = new SettingsRig();
		pole.reports();
		pole.want(section, 5, values);
		expect(pole.reports()).toEqual([`${section} 5 active`]);
	});
	test("a first broker has nothing to go back to: it stays, network or not", () => {
		const pole = new SettingsRig({ link: "{}" });
		pole.type("set brokerHost broker").type("apply").type("confirm");
		expect(pole.wait(24 * 3_600_000).boot().settings.brokerHost).toBe("broker");
	});
});

describe("at the pole", () => {
	test("set edits, apply tries, confirm keeps; the drift is reported to the CMS", () => {
		const pole = new SettingsRig();
		pole.reports();
		pole.type("set floorLevel 30");
		expect(pole.settings.floorLevel).toBe(20);
		pole.type("apply");
		expect([pole.settings.floorLevel, pole.reports()]).toEqual([30, []]);
		pole.type("confirm");
		expect(pole.reports()).toEqual(["light 0 drift"]);
		expect(pole.boot().settings.floorLevel).toBe(30);
		pole.want("light", 1, { floorLevel: 25 });
		expect(pole.reports()).toEqual(["light 1 active"]);
	});
	test("two that must agree are set in any order", () => {
		const pole = new SettingsRig()
			.type("set floorLevel 80")
			.type("set lingerLevel 90")
			.type("set fullLevel 70");
		pole.type("apply");
		expect(pole.settings.floorLevel).toBe(20);
		pole.type("set fullLevel 90").type("apply").type("confirm");
		expect([pole.settings.floorLevel, pole.settings.fullLevel]).toEqual([80, 90]);
	});
	test.each([
		["ten minutes without confirm", (pole: SettingsRig) => pole.wait(CONFIRM_WITHIN)],
		["a restart", (pole: SettingsRig) => pole.boot()],
		["revert", (pole: SettingsRig) => pole.type("revert")],
	])("%s take back what was applied", (_what, happens) => {
		const pole = new SettingsRig().type("set floorLevel 30").type("apply");
		expect(pole.settings.floorLevel).toBe(30);
		expect(happens(pole).settings.floorLevel).toBe(20);
		pole.type("confirm");
		expect([pole.settings.floorLevel, pole.boot().settings.floorLevel]).toEqual([20, 20]);
	});
	test("a broker's address is on probation when it was not proven before confirm", () => {
		const pole = new SettingsRig().type("set brokerHost brokr").type("apply").type("confirm");
		expect(pole.reports()).toContain("link 0 probation");
		expect(pole.wait(SPREAD + PROBATION_MARGIN).settings.brokerHost).toBe("broker");
		pole.type("set brokerHost better").type("apply").connect().type("confirm");
		expect(pole.reports()).toContain("link 0 drift");
		expect(pole.wait(24 * 3_600_000).settings.brokerHost).toBe("better");
	});
	test("what the CMS sends meanwhile wins over what is tried", () => {
		const pole = new SettingsRig().type("set floorLevel 30").type("set hold 60").type("apply");
		pole.want("light", 1, { floorLevel: 25 }).type("confirm");
		expect([pole.settings.floorLevel, pole.settings.hold]).toEqual([25, 30_000]);
		expect(pole.boot().settings.floorLevel).toBe(25);
	});
	test("the console's language holds at once and takes nothing edited away", () => {
		const pole = new SettingsRig().type("set hold 60").type("language fr");
		expect([pole.settings.language, pole.settings.hold]).toEqual(["fr", 30_000]);
		pole.type("apply").type("confirm");
		expect([pole.boot().settings.language, pole.settings.hold]).toEqual(["fr", 60_000]);
	});
});

describe("reports to the CMS", () => {
	test("all sections after the first boot; nothing that was reported already", () => {
		const pole = new SettingsRig();
		expect(pole.reports()).toEqual(SECTIONS.map((section) => `${section} 0 active`));
		expect(pole.boot().reports()).toEqual([]);
	});
	test("all of them again when a report is asked for", () => {
		const pole = new SettingsRig();
		pole.reports();
		pole.node.link.report(0);
		pole.node.link.tick(0);
		expect(pole.reports()).toHaveLength(SECTIONS.length);
	});
	test("what was cut off before it was acknowledged is reported in the next life", () => {
		const pole = new SettingsRig();
		pole.reports();
		pole.want("light", 5, { floorLevel: 30 });
		expect(pole.boot().reports()).toContain("light 5 active");
	});
});

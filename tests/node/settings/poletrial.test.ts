/** Trials at the pole: one state, one sentence; a wrong address is corrected by the next `confirm`. */
import { describe, expect, test } from "@jest/globals";
import { CONFIRM_WITHIN } from "../../../src/node/settings/candidate.js";
import { STANDS_AFTER } from "../../../src/node/settings/sessionproof.js";
import { PROBATION_MARGIN } from "../../../src/settings/probation.js";
import { Cut, SettingsRig, SPREAD } from "./settingsrig.js";

const MINUTE = 60_000;
const STORED = "the stored settings are in force, nothing is on trial";
const left = (span: string, back: string) =>
	`on trial, ${span} left, then back to ${back}; confirm keeps, revert returns`;
/** `brokr` is on probation instead of `broker`. */
const mistyped = () =>
	new SettingsRig().type("set brokerHost brokr").type("apply").type("confirm").wait(MINUTE);

describe("a wrong broker is corrected at the pole", () => {
	test("online under what is tried: confirm keeps it, and nothing goes back", () => {
		const pole = mistyped().type("set brokerHost better").type("apply").connect();
		expect(pole.ask("confirm")).toBe("kept");
		expect(pole.wait(24 * 60 * MINUTE).settings.brokerHost).toBe("better");
		expect(pole.boot().settings.brokerHost).toBe("better");
	});
	test("not online yet: it is on trial, and returns to the broker that worked", () => {
		const pole = mistyped().type("set brokerHost better").type("apply");
		expect(pole.ask("confirm")).toBe(left("11 min", "broker"));
		expect(pole.wait(SPREAD + PROBATION_MARGIN).settings.brokerHost).toBe("broker");
	});
	test("the other settings of the older trial stay with it", () => {
		const pole = new SettingsRig().type("set brokerHost brokr").type("set floorLevel 30");
		pole.type("apply").type("confirm").type("set brokerHost broker").type("apply");
		expect(pole.ask("confirm")).toBe("kept"); // the address that worked needs no proof
		const { brokerHost, floorLevel } = pole.boot().settings;
		expect([brokerHost, floorLevel]).toEqual(["broker", 30]);
	});
	test("a revision of the CMS that cut the lamp off is not tried again", () => {
		const pole = new SettingsRig().want("link", 5, { brokerHost: "brokr" });
		pole.type("set brokerHost better").type("apply").connect().type("confirm");
		pole.want("link", 5, { brokerHost: "brokr" });
		expect([pole.settings.brokerHost, pole.revision]).toEqual(["better", 0]);
		expect(pole.reports()).toContain("link 0 drift");
	});
	test("a trial of ten minutes is not ended by the end of the older one", () => {
		const pole = mistyped();
		pole.wait(SPREAD + PROBATION_MARGIN - 2 * MINUTE);
		pole
			.type("set brokerHost better")
			.type("apply")
			.wait(5 * MINUTE);
		expect(pole.settings.brokerHost).toBe("better");
		expect(pole.wait(CONFIRM_WITHIN).settings.brokerHost).toBe("broker");
	});
	test("power cut at every write: one that worked, the one on trial or the corrected one", () => {
		const seen = new Set<string>();
		for (let cutAt = 0; ; cutAt += 1) {
			const pole = mistyped().type("set brokerHost better").type("apply").connect();
			pole.cutAt = pole.writes + cutAt;
			try {
				pole.type("confirm");
			} catch (error) {
				expect(error).toBeInstanceOf(Cut);
			}
			const isDone = pole.writes < pole.cutAt;
			pole.cutAt = Infinity;
			seen.add(pole.boot().settings.brokerHost);
			pole.wait(3 * (SPREAD + PROBATION_MARGIN));
			expect(["broker", "better"]).toContain(pole.settings.brokerHost);
			if (isDone) break;
		}
		expect([...seen]).toEqual(["brokr", "broker", "better"]);
	});
	test("flash that refuses leaves the trial in force, and confirm can be repeated", () => {
		const pole = mistyped().type("set brokerHost better").type("apply").connect();
		const { write } = pole.host.store;
		pole.host.store.write = () => "failed";
		expect(pole.ask("confirm")).toBe("not done: bank could not be stored");
		pole.host.store.write = write;
		expect(pole.settings.brokerHost).toBe("better");
		expect(pole.ask("confirm")).toBe("kept");
	});
});

describe("one state, one sentence", () => {
	const states: [state: string, pole: () => SettingsRig, sentence: string][] = [
		["stored", () => new SettingsRig(), STORED],
		[
			"edited",
			() => new SettingsRig().type("set hold 60"),
			"set and not in force: apply tries it, revert drops it",
		],
		[
			"tried",
			() => new SettingsRig().type("set hold 60").type("apply").wait(MINUTE),
			left("9 min", "the settings before"),
		],
		[
			"tried, almost over",
			() =>
				new SettingsRig()
					.type("set hold 60")
					.type("apply")
					.wait(CONFIRM_WITHIN - 5000),
			left("5 s", "the settings before"),
		],
		["on probation", mistyped, left("10 min", "broker")],
		[
			"tried during a probation",
			() => mistyped().type("set brokerHost better").type("apply"),
			left("10 min", "brokr"),
		],
		[
			"on probation, connected",
			() => mistyped().connect(STANDS_AFTER / 2),
			"on trial, connected: kept in 30 s; confirm keeps at once, revert returns to broker",
		],
	];
	test.each(states)("%s", (state, pole, sentence) => {
		const named = state.startsWith("edited") || state === "stored";
		const asked = named ? "confirm" : "status";
		expect(pole().ask(asked)).toContain(sentence);
	});
	test("apply, confirm and revert answer with it where nothing is to do", () => {
		const pole = new SettingsRig();
		for (const line of ["apply", "confirm"]) expect(pole.ask(line)).toBe(`not done: ${STORED}`);
		expect(pole.ask("revert")).toBe(STORED);
		expect(mistyped().ask("apply")).toBe(`not done: ${left("10 min", "broker")}`);
	});
	test("confirm during a probation keeps it for good", () => {
		const pole = mistyped();
		expect(pole.ask("confirm")).toBe("kept");
		expect(pole.ask("status")).not.toContain("on trial");
		expect(pole.wait(24 * 60 * MINUTE).boot().settings.brokerHost).toBe("brokr");
	});
	test("revert takes back one step after the other, and names the one that is left", () => {
		const pole = mistyped().type("set brokerHost better").type("apply");
		expect(pole.ask("revert")).toBe(left("10 min", "broker"));
		expect(pole.settings.brokerHost).toBe("brokr");
		expect(pole.ask("revert")).toBe(STORED);
		expect([pole.settings.brokerHost, pole.boot().settings.brokerHost]).toEqual([
			"broker",
			"broker",
		]);
		expect(pole.events("settingsReverted")).toEqual([]);
	});
	test("a login shows it to the next person", () => {
		const pole = mistyped().type("logout");
		pole.host.serialOut = "";
		pole.type("");
		expect(pole.host.serialOut).toContain(left("10 min", "broker"));
	});
	test("in French", () => {
		const pole = new SettingsRig().type("language fr").type("set hold 60").type("apply");
		expect(pole.ask("status")).toContain(
			"à l'essai, encore 10 min, puis retour à l'état précédent ; confirm conserve, revert annule",
		);
	});
});

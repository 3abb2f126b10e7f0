/** Actions: a lamp that shows itself, tests itself, is worked on, is restarted. */
import { describe, expect, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import type { OrderVia } from "../../../src/command/orders.js";
import { RESTART_GAP } from "../../../src/command/table.js";
import { ANSWER_WAIT } from "../../../src/node/orders/actions.js";
import { Node } from "../../../src/node.js";
import type { Lux, UtcMillis } from "../../../src/units.js";
import { dutyOf } from "../../properties/eye.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp, type Start, vouch } from "../../support/lamp.js";

const FULL = 4095;
const MIDNIGHT = Date.parse("2026-11-24T23:30:00Z") as UtcMillis; // the program asks 40 %
const END = new Date(MIDNIGHT + 6 * HOUR).toISOString();
const FLOOR = dutyOf(20);

class ActionRig {
	readonly host = new FakeHost();
	node!: Node;
	private orders = 0;

	/** `utc`: of the first answer of a time server; none: undefined. */
	constructor(
		settings: Record<string, object> = {},
		private readonly utc: Pick<Start, "utc" | "isVouched"> = { utc: MIDNIGHT },
	) {
		this.host.configure(settings);
		this.boot();
	}

	boot(cause: FakeHost["powerCause"] = "powerOn"): void {
		this.host.now = 0;
		this.host.alarmAt = Infinity;
		this.host.powerCause = cause;
		this.node = bootLamp({ host: this.host, lux: 0, ...this.utc, until: 4 * MINUTE }).node;
	}

	see(lux: number): void {
		this.host.deliver((inputs, now) => inputs.onIlluminance(now, lux as Lux));
	}

	run(span: number): void {
		this.host.run(this.host.now + span);
	}

	order(fields: object, via: OrderVia = "console", id = `o${++this.orders}`) {
		let answer: ReturnType<Node["takeOrder"]> | undefined;
		const issued = new Date(MIDNIGHT + this.host.now).toISOString();
		const text = JSON.stringify({ id, issued, ...fields });
		const envelope = { via, retained: false, toMany: via === "group" };
		this.host.deliver((_inputs, now) => {
			answer = this.node.takeOrder(text, envelope, now);
			if (via !== "console") this.node.link.reply(now, answer);
		});
		return answer!;
	}

	/** Duties written from now on while `span` passes. */
	duties(span: number): number[] {
		const from = this.host.duties.length;
		this.run(span);
		return this.host.duties.slice(from).map(([, duty]) => duty);
	}

	get events(): string[] {
		const { journal } = this.node;
		return Array.from({ length: journal.newest }, (_, i) => journal.read(i + 1)!)
			.filter(({ type }) => type !== "clockSet" && type !== "started")
			.map(({ type, startEndFlag, attributes }) => `${type} ${startEndFlag ?? ""} ${attributes}`);
	}
}

describe("identify", () => {
	test("blinks between full and floor for as long as asked, then is as it was", () => {
		const pole = new ActionRig();
		const before = pole.host.duty;
		expect(pole.order({ command: "identify", duration: 10 }).status).toBe("accepted");
		expect(pole.host.duty).toBe(FULL);
		expect(pole.duties(9999)).toEqual([FLOOR, FULL, FLOOR, FULL]);
		pole.run(11_000);
		expect(pole.host.duty).toBe(before);
		expect(pole.node.view.light.reason).toBe("program");
	});
	test("every road user meanwhile has light until they are gone", () => {
		const pole = new ActionRig();
		pole.order({ command: "identify", duration: 60 });
		pole.run(3000);
		expect(pole.host.duty).toBe(FLOOR);
		pole.host.deliver((inputs, now) => inputs.onMovement(now));
		pole.run(1000);
		expect(Math.min(pole.host.duty, ...pole.duties(20_000))).toBe(FULL);
	});
	test("a lamp that the operator had put out shows itself from the floor up, and goes out again", () => {
		const pole = new ActionRig();
		pole.order({ command: "override", level: 0, belowFloor: true, duration: 3600 });
		pole.run(MINUTE);
		expect(pole.host.duty).toBe(0);
		pole.order({ command: "identify", duration: 10 });
		pole.run(1000); // it rises as to whoever comes
		expect(pole.host.duty).toBe(FULL);
		expect(pole.duties(8999)).toEqual([FLOOR, FULL, FLOOR, FULL]);
		pole.run(MINUTE);
		expect(pole.host.duty).toBe(0);
	});
	test("a crossing does not blink by night", () => {
		const pole = new ActionRig({ light: { lightProtected: true } });
		pole.order({ command: "identify" });
		expect(pole.duties(30_000)).toEqual([]);
	});
	test("maintenance meanwhile holds the level from before, not that of a blink", () => {
		for (const at of [1000, 3000]) {
			const pole = new ActionRig();
			const before = pole.host.duty;
			pole.order({ command: "identify", duration: 10 });
			pole.order({ command: "identify", duration: 10 }, "console", "again");
			pole.run(at);
			pole.order({ command: "maintenanceMode", duration: 600 });
			pole.run(MINUTE);
			expect([at, pole.host.duty]).toEqual([at, before]);
		}
	});
	test("costs the flash one write: that it was ordered", () => {
		const pole = new ActionRig();
		const { storeWrites } = pole.host;
		pole.order({ command: "identify" });
		pole.run(MINUTE);
		expect(pole.host.storeWrites - storeWrites).toBe(1);
	});
	test("a repeat is answered, and blinks once", () => {
		const pole = new ActionRig();
		pole.order({ command: "identify", duration: 10 }, "node", "x");
		pole.run(MINUTE);
		expect(pole.order({ command: "identify", duration: 10 }, "node", "x").status).toBe("accepted");
		expect(pole.duties(30_000)).toEqual([]);
	});
});

describe("a repeat that comes late", () => {
	const blink = { command: "identify", duration: 10 };

	test("gets the first answer, not that it is stale; another order as old does not", () => {
		const pole = new ActionRig();
		vouch(pole, MIDNIGHT + pole.host.now);
		const issued = new Date(MIDNIGHT + pole.host.now).toISOString();
		expect(pole.order({ ...blink, issued }, "node", "x").status).toBe("accepted");
		pole.run(HOUR);
		expect(pole.order({ ...blink, issued }, "node", "x").status).toBe("accepted");
		expect(pole.order({ ...blink, issued }, "node", "y")).toMatchObject({ reason: "stale" });
		expect(pole.duties(30_000)).toEqual([]);
	});
	test("likewise when its own end is over, and after a restart that lost the clock", () => {
		const pole = new ActionRig();
		vouch(pole, MIDNIGHT + pole.host.now);
		const at = (span: number) => new Date(MIDNIGHT + pole.host.now + span).toISOString();
		const dim = {
			command: "override",
			level: 50,
			validFor: 86_400,
			issued: at(0),
			expiration: at(HOUR),
		};
		const clear = { command: "clearOverride", validFor: 86_400, issued: at(0) };
		expect(pole.order(dim, "node", "d").status).toBe("accepted");
		expect(pole.order(clear, "node", "c").status).toBe("accepted");
		pole.run(2 * HOUR);
		expect(pole.order(dim, "node", "d").status).toBe("accepted");
		expect(pole.order(dim, "node", "e")).toMatchObject({ reason: "expired" });
		pole.host.wall = undefined;
		pole.node = new Node(pole.host);
		expect(pole.order(clear, "node", "c").status).toBe("accepted");
		expect(pole.order(clear, "node", "f")).toMatchObject({ reason: "noClock" });
	});
});

describe("selfTest", () => {
	const RESPONSE = 20;
	/** Runs a test with a lamp that gives `share` of its light, its sensor looking each second. */
	const tested = (pole: ActionRig, share: (duty: number) => number) => {
		pole.order({ command: "selfTest" }, "console", "t");
		const duties: number[] = [];
		for (let second = 0; second < 60; second += 1) {
			pole.run(1000);
			duties.push(pole.host.duty);
			pole.see(0.2 + (RESPONSE * share(pole.host.duty)) / FULL);
		}
		return { duties, events: pole.events.filter((event) => event.startsWith("selfTest")) };
	};
	const lit = { sensing: { lampResponse: RESPONSE } };

	test("goes through four levels between full and floor, and reports that all is well", () => {
		const pole = new ActionRig(lit);
		const { duties, events } = tested(pole, (duty) => duty);
		expect(events).toEqual([
			'selfTest start {"id":"t"}',
			'selfTest end {"id":"t","notJudged":"link"}',
		]);
		const held = [...new Set(duties.filter((duty, i) => duty === duties[i + 3]))];
		expect(held.slice(0, 4)).toEqual([FULL, ...[76, 48, 20].map((l) => dutyOf(l))]);
		expect(Math.min(...duties)).toBe(FLOOR);
	});
	test("a driver that keeps its light fails", () => {
		const { events } = tested(new ActionRig(lit), () => FULL);
		expect(events[1]).toBe('selfTest end {"id":"t","failed":"lamp","notJudged":"link"}');
	});
	test("a dead lamp fails", () => {
		const { events } = tested(new ActionRig(lit), () => 0);
		expect(events[1]).toBe('selfTest end {"id":"t","failed":"lamp","notJudged":"link"}');
	});
	test("where the answer was not measured the lamp is not judged", () => {
		const { events } = tested(new ActionRig(), (duty) => duty);
		expect(events[1]).toBe('selfTest end {"id":"t","notJudged":"lamp link"}');
	});
	test("a broker that is away, a store that takes nothing and no PIR are reported", () => {
		const pole = new ActionRig({
			...lit,
			light: { pirFitted: false },
			sensing: { ...lit.sensing, pirFitted: false },
			link: { brokerHost: "away", brokerTls: false },
		});
		pole.host.storeFails = true;
		const { events } = tested(pole, (duty) => duty);
		expect(events[1]).toBe('selfTest end {"id":"t","failed":"store link","notJudged":"pir"}');
	});
	test.each([
		["no date yet is no result", {}, '"notJudged":"clock link"'],
		[
			"noon in the dark fails",
			{ utc: MIDNIGHT + 9 * HOUR },
			`"failed":"lightSensor clock","notJudged":"link"`,
		],
	])("of the clock: %s", (_what, utc, result) => {
		const pole = new ActionRig(lit, utc);
		for (let hour = 0; hour < 14; hour += 1) {
			pole.see(0);
			pole.run(HOUR);
		}
		expect(tested(pole, (duty) => duty).events[1]).toBe(`selfTest end {"id":"t",${result}}`);
	});
	test("someone who stands there sees no step, and the lamp is not judged", () => {
		const pole = new ActionRig(lit);
		pole.host.deliver((inputs, now) => inputs.onMovement(now));
		pole.run(2000);
		const { duties, events } = tested(pole, (duty) => duty);
		expect(new Set(duties)).toEqual(new Set([FULL]));
		expect(events[1]).toBe('selfTest end {"id":"t","notJudged":"lamp link"}');
	});
	test("little memory at one moment is not judged, for it may be garbage; a day of it fails", () => {
		const pole = new ActionRig(lit);
		pole.host.machine.freeBytes = () => 2047;
		const moment = tested(pole, (duty) => duty);
		expect(moment.events[1]).toBe('selfTest end {"id":"t","notJudged":"heap link"}');
		const worn = new ActionRig(lit);
		worn.host.machine.freeBytes = () => 2047;
		worn.run(26 * HOUR);
		expect(tested(worn, (duty) => duty).events[1]).toMatch(/"failed":"heap"/);
	});
	test("another exercise in its place ends it, with what was seen", () => {
		const pole = new ActionRig(lit);
		pole.order({ command: "selfTest" }, "console", "t");
		pole.run(2000);
		pole.order({ command: "identify" }, "console", "i");
		pole.run(MINUTE);
		expect(pole.events.at(-1)).toBe('selfTest end {"id":"t","notJudged":"lamp link"}');
	});
});

describe("maintenanceMode", () => {
	const work = (pole: ActionRig, duration = 3600) =>
		pole.order({ command: "maintenanceMode", duration }, "console", "w");

	test("holds the level over switch points, and lights who comes all the same", () => {
		const pole = new ActionRig({ calendar: { program: "sunset 80; 00:45 30" } });
		expect(pole.node.view.light.feedback).toBe(80);
		expect(work(pole).status).toBe("accepted");
		pole.run(30 * MINUTE);
		expect(pole.node.view.light.feedback).toBe(80);
		pole.host.deliver((inputs, now) => inputs.onMovement(now));
		pole.run(1000);
		expect(pole.host.duty).toBe(FULL);
		pole.host.deliver((inputs, now) => inputs.onStillness(now));
		pole.run(HOUR);
		expect(pole.node.view.light.feedback).toBe(30);
		expect(pole.events).toEqual([
			'maintenanceMode start {"id":"w","level":80}',
			'maintenanceMode end {"id":"w","why":"expired"}',
		]);
	});
	test("a level of the technician is above it, and gives way to it again", () => {
		const pole = new ActionRig();
		work(pole);
		pole.order({ command: "override", level: 70, duration: 60 });
		pole.run(30_000);
		expect(pole.node.view.light.feedback).toBe(70);
		pole.run(MINUTE);
		expect(pole.node.view.light.feedback).toBe(40);
	});
	test("begun while an order held the lamp out, it does not go below the floor later", () => {
		const pole = new ActionRig();
		pole.order({ command: "override", level: 0, belowFloor: true, duration: 600 });
		pole.run(MINUTE);
		work(pole);
		expect(pole.host.duty).toBe(0);
		pole.run(20 * MINUTE);
		expect(pole.host.duty).toBe(FLOOR);
	});
	test("begun by day, it is not dark by night", () => {
		// a long twilight at that hour: day and night are both possible there
		const pole = new ActionRig({ calendar: { latitude: 65, longitude: -135 } });
		pole.see(5000);
		pole.run(10 * MINUTE);
		expect(pole.host.duty).toBe(0);
		work(pole);
		pole.see(0);
		pole.run(10 * MINUTE);
		expect(pole.node.view.light.reason).toBe("override");
		expect(pole.host.duty).toBe(FLOOR);
	});
	test("survives a restart, is reported in the state, and ends when the work is done", () => {
		const pole = new ActionRig();
		work(pole);
		expect(pole.node.view.monitor.isMaintained).toBe(true);
		pole.boot("restart");
		expect(pole.node.view.monitor.isMaintained).toBe(true);
		pole.order({ command: "maintenanceMode", enabled: false });
		expect(pole.node.view.monitor.isMaintained).toBe(false);
		expect(pole.events.at(-1)).toBe('maintenanceMode end {"id":"w","why":"cleared"}');
	});
});

describe("restart", () => {
	const restart = { command: "restart", commandConfirmation: true };

	test("waits for the console's answer, and the next life reports the reason", () => {
		const pole = new ActionRig();
		expect(pole.order(restart).status).toBe("accepted");
		pole.run(ANSWER_WAIT - 1);
		expect(pole.host.restarts).toEqual([]);
		pole.run(1);
		expect(pole.host.restarts).toEqual(["ordered"]);
		pole.boot("restart");
		expect(pole.events).toEqual(['restarted  {"cause":"restart","reason":"ordered"}']);
	});
	test("prolongs no order, though the next life's date is set back", () => {
		const pole = new ActionRig();
		pole.order({ command: "override", level: 0, belowFloor: true, duration: 7200 });
		pole.run(50 * MINUTE);
		pole.host.deliver((_inputs, now) => pole.node.restart("update", now));
		pole.boot("restart"); // at midnight again
		pole.run(65 * MINUTE);
		expect(pole.host.duty).toBe(0);
		pole.run(2 * MINUTE);
		expect(pole.host.duty).toBeGreaterThan(FLOOR);
	});
	test("of a group is spread as its answers are", () => {
		const instants = ["pole-1", "pole-2", "pole-3"].map((node) => {
			const pole = new ActionRig({ identity: { site: "liege", node }, link: { replySpread: 600 } });
			let at = Infinity;
			pole.host.restart = () => {
				at = Math.min(at, pole.host.now);
			};
			const ordered = pole.host.now;
			expect(pole.order(restart, "group").status).toBe("accepted");
			pole.run(600_000 + ANSWER_WAIT);
			return at - ordered;
		});
		expect(Math.min(...instants)).toBeGreaterThanOrEqual(ANSWER_WAIT);
		expect(Math.max(...instants)).toBeLessThanOrEqual(600_000 + ANSWER_WAIT);
		expect(Math.max(...instants) - Math.min(...instants)).toBeGreaterThan(60_000);
	});
	test("goes on with the level that was", () => {
		const pole = new ActionRig();
		const { duty } = pole.host;
		pole.order(restart);
		pole.run(ANSWER_WAIT);
		const from = pole.host.duties.length;
		pole.boot("restart");
		expect(pole.host.duties[from]).toEqual([0, duty]);
	});
	test("the operator gets no second one within ten minutes of the first, the pole does", () => {
		const pole = new ActionRig();
		expect(pole.order(restart, "node").status).toBe("accepted");
		pole.boot("restart");
		const replaced = { command: "nodeReplaced", commandConfirmation: true, life: 7 };
		expect(pole.order(restart, "node")).toMatchObject({ reason: "rateExceeded" });
		expect(pole.order(replaced, "node")).toMatchObject({ reason: "rateExceeded" });
		expect(pole.order(restart, "console").status).toBe("accepted");
		pole.boot("restart");
		pole.run(RESTART_GAP);
		expect(pole.order(restart, "node").status).toBe("accepted");
	});
	test("refused, it may come again under its id, and is obeyed", () => {
		const pole = new ActionRig();
		pole.boot("restart");
		expect(pole.order(restart, "node", "r").reason).toBe("rateExceeded");
		pole.run(RESTART_GAP);
		expect(pole.order(restart, "node", "r").status).toBe("accepted");
		pole.run(ANSWER_WAIT);
		expect(pole.host.restarts).toEqual(["ordered"]);
	});
	test("delivered again after the restart it is answered and not obeyed, after a flood of orders too", () => {
		const pole = new ActionRig();
		pole.run(RESTART_GAP);
		for (let index = 0; index < 20; index++) pole.order({ command: "clearOverride" }, "node");
		pole.order(restart, "node", "r");
		pole.run(ANSWER_WAIT);
		expect(pole.host.restarts).toEqual(["ordered"]);
		pole.boot("restart");
		pole.run(RESTART_GAP);
		expect(pole.order(restart, "node", "r").status).toBe("accepted");
		pole.run(MINUTE);
		expect(pole.host.restarts).toEqual(["ordered"]);
	});
});

describe("what the flash bears", () => {
	const place = { site: "liege", node: "pole-2" };
	const confirmed = { commandConfirmation: true };
	const deeds: [command: string, fields: object][] = [
		["assign", place],
		["restart", confirmed],
		["nodeReplaced", { ...confirmed, life: 7 }],
		["luminaireReplaced", confirmed],
	];
	test.each(deeds)("is not worn by %s from afar: storeFailure, and no write", (command, fields) => {
		const pole = new ActionRig();
		while (pole.node.flash.hasCredit("action", pole.host.now)) pole.node.flash.writes();
		const { storeWrites } = pole.host;
		expect(pole.order({ command, ...fields }, "node").reason).toBe("storeFailure");
		pole.run(ANSWER_WAIT);
		expect([pole.host.storeWrites, pole.host.restarts]).toEqual([storeWrites, []]);
	});
	test.each(deeds)("has room for %s after a flood of orders", (command, fields) => {
		const pole = new ActionRig();
		for (let index = 0; index < 20; index++)
			pole.order({ command: "override", level: 50 + index, expiration: END }, "node");
		expect(pole.order({ command, ...fields }, "node").status).toBe("accepted");
	});
	test("is the technician's to wear", () => {
		const pole = new ActionRig();
		while (pole.node.flash.hasCredit("action", pole.host.now)) pole.node.flash.writes();
		expect(pole.order({ command: "restart", ...confirmed }).status).toBe("accepted");
		const { storeWrites } = pole.host;
		pole.run(ANSWER_WAIT);
		expect([pole.host.storeWrites, pole.host.restarts]).toEqual([storeWrites, ["ordered"]]);
	});
});

test.each(["report", "explain", "log", "preview"])(
	"of the queries, %s: a report by that one alone",
	(command) => {
		const pole = new ActionRig();
		let reports = 0;
		pole.node.link.report = () => void (reports += 1);
		expect(pole.order({ command }, "node").status).toBe("done");
		expect(reports).toBe(command === "report" ? 1 : 0);
	},
);

describe("sensors that are doubted while someone works on the lamp", () => {
	const doubts = (pole: ActionRig) =>
		pole.events.filter((event) => event.startsWith("presenceSensor"));

	test("the light goes by the doubt at once, and the CMS receives what still stands afterwards", () => {
		const pole = new ActionRig({ light: { presenceLevel: 60 } });
		pole.order({ command: "maintenanceMode", duration: 3 * 3600 });
		pole.host.deliver((inputs, now) => inputs.onMovement(now));
		pole.run(2 * HOUR); // a hand, or tape, on the PIR
		expect([pole.host.duty, doubts(pole)]).toEqual([FULL, []]);
		pole.order({ command: "maintenanceMode", enabled: false });
		pole.run(MINUTE);
		expect(doubts(pole)).toEqual(['presenceSensorFailure start {"why":"stuckOn"}']);
	});
	test("a doubt that is over is reported with its reason", () => {
		const pole = new ActionRig();
		pole.host.deliver((inputs, now) => inputs.onMovement(now));
		pole.run(2 * HOUR);
		pole.host.deliver((inputs, now) => inputs.onStillness(now));
		pole.run(2 * HOUR);
		expect(doubts(pole)).toEqual([
			'presenceSensorFailure start {"why":"stuckOn"}',
			'presenceSensorFailure end {"why":"stuckOn"}',
		]);
	});
	test("what was over before the work was done is never reported", () => {
		const pole = new ActionRig();
		pole.order({ command: "maintenanceMode", duration: 3 * 3600 });
		pole.host.deliver((inputs, now) => inputs.onMovement(now));
		pole.run(2 * HOUR);
		pole.host.deliver((inputs, now) => inputs.onStillness(now));
		pole.run(2 * HOUR);
		expect(doubts(pole)).toEqual([]);
	});
});

/** Checks: what each of them sees and lets pass, by stories about one or a few lamps, written by hand. */
import { describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import { createChecks } from "../../../sim/checks/all.js";
import { type Configured, ProgramOracle } from "../../../sim/checks/configured.js";
import { together, type Witness } from "../../../sim/street/witness.js";
import type { RoadUser } from "../../../sim/world/roadusers.js";
import { dutyOf, EPOCH, FULL, judge, SECOND, STREET, type Story } from "./stories.js";

const order = (at: number, minutes: number) => ({
	at,
	lamp: 0,
	command: "override" as const,
	until: at + minutes * MINUTE,
	level: 77,
	inhibitSensors: false,
	belowFloor: false,
	id: `order-${at}`,
});

const reply = (witness: Required<Witness>, at: number, id: string, status = "accepted") =>
	witness.onReport(at, 0, "reply", Buffer.from(JSON.stringify({ id, status })));
/** An order that is accepted at once. */
const give = (witness: Required<Witness>, sent: ReturnType<typeof order>) => {
	witness.onOrder(sent);
	reply(witness, sent.at + 200, sent.id);
};

const WALKER: RoadUser = { id: 1, kind: "pedestrian", forth: true, bornAt: 0, speed: 1.4 };

const six = (level: number) => new Array<number>(6).fill(level);

describe("dutyLimits", () => {
	test.each<
		[what: string, level: number, more: Partial<Configured>, isHot: boolean, broken: boolean]
	>([
		["at the driver's minimum", 10, { minimumDuty: 10 }, false, false],
		["below it", 9, { minimumDuty: 10 }, false, true],
		["out", 0, { minimumDuty: 10 }, false, false],
		["hot, at the limit", 50, {}, true, false],
		["hot, above it", 60, {}, true, true],
		["hot, of a lamp that bears it", 60, { deratingStart: 85 }, true, false],
		["hot, of a stronger luminaire", 50, { virtualLightOutput: 80 }, true, false],
	])("%s", (_what, level, more, isHot, broken) => {
		const story: Story = (witness, light) => {
			if (isHot) witness.onFault(MINUTE, 0, "hot", true);
			witness.advance(3 * MINUTE);
			light(3 * MINUTE, level);
		};
		expect(judge(story, 4 * MINUTE, more).offences.includes("dutyLimits")).toBe(broken);
	});
});

describe("sensorRise, where presence lights to 60 %", () => {
	const bounded = { program: "12:00 40 set 60" };
	/** Somebody each 90 s; the lamp rises to a level, and falls when he has left. */
	const walkers =
		(levels: readonly number[], isSent = false): Story =>
		(witness, light) => {
			levels.forEach((level, index) => {
				const at = (index + 1) * 90 * SECOND;
				if (isSent) witness.onTransmission(at - 300, 0);
				witness.onEdge(at, 0, true, true);
				light(at + SECOND, level);
				witness.advance(at + 10 * SECOND);
				witness.onEdge(at + 10 * SECOND, 0, false, false);
				light(at + 70 * SECOND, 40);
				witness.advance(at + 80 * SECOND);
			});
		};
	test.each<[why: string, story: Story, offends: boolean]>([
		["60 %", walkers([60, 60, 60]), false],
		["too little", walkers([60, 60, 50]), true],
		["too much in two minutes of one verified image", walkers([60, 100, 100, 60]), false],
		["too much after them", walkers([60, 100, 60, 100]), true],
		[
			"too much, as the radio seems to disturb the PIR",
			walkers([...six(60), 100, 60, 60, 100], true),
			false,
		],
		["too little, likewise", walkers([...six(60), 100, 60, 60, 50], true), true],
		["too much, and no transmission near", walkers([...six(60), 100, 60, 60, 100]), true],
	])("%s", (_why, story, offends) => {
		const { offences, tried } = judge(story, 60 * MINUTE, bounded);
		expect(offences.includes("sensorRise")).toBe(offends);
		expect(tried.sensorRise).toBeGreaterThan(2);
	});
});

describe("sensorRise, with somebody there from 0.3 s after a boot on", () => {
	/** The light stands at a level from a time after the boot on, and then at full class. */
	const boot =
		(level: number, until: number): Story =>
		(witness, light) => {
			const at = 10 * MINUTE;
			witness.advance(at - 1);
			witness.onEnd(at - 300, 0);
			witness.onBoot(at, 0, true);
			light(at + 50, 100);
			witness.onEnter(at + 300, 0, true, WALKER);
			witness.onEdge(at + 300, 0, true, true);
			witness.advance(at + until - 1);
			light(at + until, level);
			light(at + until + 200, 100);
			witness.advance(at + MINUTE);
		};
	test.each<[what: string, level: number, until: number, offends: boolean]>([
		["a rise in its second second", 82, 1600, false],
		["less light after it", 82, 2500, true],
	])("%s", (_what, level, until, offends) => {
		expect(judge(boot(level, until), 12 * MINUTE).offences.includes("sensorRise")).toBe(offends);
	});
});

describe("vacantReturn, where the program asks 40 %", () => {
	const CLOSED = 30 * MINUTE - 25 * SECOND;
	/** An image server's connection from 10 min to 29:35; the lamp is at its class from then to then. */
	const download =
		(from: number, to: number): Story =>
		(witness, light) => {
			witness.advance(from - 1);
			light(from, 100);
			witness.advance(10 * MINUTE - 1);
			witness.onConnection(10 * MINUTE, 0, true);
			witness.advance(CLOSED - 1);
			witness.onConnection(CLOSED, 0, false);
			witness.advance(to - 1);
			light(to, 40);
			witness.advance(60 * MINUTE);
		};
	test.each<[what: string, from: number, to: number, offends: boolean]>([
		["its class while an image is downloaded", 10 * MINUTE, CLOSED, false],
		["for the verification after it, and the fall", 10 * MINUTE, 31 * MINUTE + SECOND, false],
		["not for longer", 10 * MINUTE, 40 * MINUTE, true],
		["nor before it", 5 * MINUTE, CLOSED, true],
	])("%s", (_what, from, to, offends) => {
		const { offences } = judge(download(from, to), 60 * MINUTE);
		expect(offences.includes("vacantReturn")).toBe(offends);
	});
});

describe("an order whose end passed while power was off", () => {
	/** Of 10 minutes, from 1 min on; power fails at 2 min, and comes back an hour later. */
	const back =
		(hasDate: boolean): Story =>
		(witness, light) => {
			give(witness, { ...order(MINUTE, 10), inhibitSensors: true });
			light(MINUTE, 77);
			witness.onEnd(2 * MINUTE, 0);
			witness.onBoot(62 * MINUTE, 0, false);
			if (hasDate) witness.onTime(62.1 * MINUTE, 0, 0);
			light(62 * MINUTE + SECOND, 77);
			witness.onEdge(64 * MINUTE, 0, true, true);
			witness.advance(66 * MINUTE);
		};
	test.each([
		["without a date its rest may be in force", false, false],
		["with the right date it is over", true, true],
	])("%s", (_what, hasDate, offends) => {
		const { offences } = judge(back(hasDate), 66 * MINUTE, { program: "12:00 100" });
		expect(offences.includes("sensorRise")).toBe(offends);
	});
});

describe("between two points of a fade", () => {
	/** Somebody from 90 s on whom the PIR sees, and `light` around then. */
	const seen =
		(act: (move: Parameters<Story>[2], edge: number) => void): Story =>
		(witness, _light, move) => {
			const edge = 90 * SECOND;
			witness.onEnter(edge, 0, true, WALKER);
			witness.onEdge(edge, 0, true, true);
			act(move, edge);
			witness.advance(edge + 20 * SECOND);
		};
	const walker: Partial<Configured> = { program: "12:00 40 set 60" };
	test.each<[what: string, check: string, offends: boolean, story: Story]>([
		[
			"a rise that is at its level within 1.2 s",
			"sensorRise",
			false,
			seen((move, edge) => {
				move(edge, 40, 60, edge + SECOND);
				move(edge + SECOND, 60, 60, edge + SECOND);
			}),
		],
		[
			"a rise that is on its way then, and there before anything else happens",
			"sensorRise",
			true,
			seen((move, edge) => {
				move(edge, 40, 60, edge + 2 * SECOND);
				move(edge + 2 * SECOND, 60, 60, edge + 2 * SECOND);
			}),
		],
		[
			"a fall under somebody's feet that is turned round at once",
			"sensorRise",
			false,
			seen((move, edge) => {
				move(edge, 60, 60, edge);
				move(edge + 5 * SECOND, 60, 40, edge + 65 * SECOND);
				move(edge + 7 * SECOND, 59.3, 60, edge + 8 * SECOND);
			}),
		],
		[
			"one that is turned round too late",
			"sensorRise",
			true,
			seen((move, edge) => {
				move(edge, 60, 60, edge);
				move(edge + 5 * SECOND, 60, 40, edge + 65 * SECOND);
				move(edge + 15 * SECOND, 56.7, 60, edge + 16 * SECOND);
			}),
		],
		[
			"a rise that is ordered again 2 ms before a corner",
			"evenFade",
			false,
			seen((move, edge) => {
				move(edge, 7.12, 9.13, edge + 29);
				move(edge + 27, 8.99, 9.13, edge + 29);
			}),
		],
		[
			"a rise that goes on at half its pace",
			"evenFade",
			true,
			seen((move, edge) => {
				move(edge, 7.12, 9.13, edge + 29);
				move(edge + 14, 8.03, 9.13, edge + 44);
			}),
		],
		[
			"a fade below the floor and back, at its lowest point",
			"floor",
			true,
			(witness, _light, move) => {
				move(90 * SECOND, 40, 5, 95 * SECOND);
				move(95 * SECOND, 5, 40, 100 * SECOND);
				move(100 * SECOND, 40, 40, 100 * SECOND);
				witness.advance(100 * SECOND);
			},
		],
		[
			"a fade that passes the floor for long, though it never ends within the run",
			"floor",
			true,
			(witness, _light, move) => {
				move(90 * SECOND, 40, 0, 30 * MINUTE);
				witness.advance(29 * MINUTE);
			},
		],
		[
			"a fade to 0 that is still above the floor at the end of the run",
			"floor",
			false,
			(witness, _light, move) => {
				move(90 * SECOND, 40, 0, 60 * MINUTE);
				witness.advance(10 * MINUTE);
			},
		],
		[
			"a vacant place whose light leaves the program for an hour's fade",
			"vacantReturn",
			true,
			(witness, _light, move) => {
				move(10 * MINUTE, 40, 100, 40 * MINUTE);
				witness.advance(39 * MINUTE);
			},
		],
		[
			"a fade that ends above the limit",
			"dutyLimits",
			true,
			(_tell, _light, move) => move(90 * SECOND, 40, 101, 95 * SECOND),
		],
		[
			"a fade, its end, another from there, and one that is stopped",
			"dutyLimits",
			false,
			(_tell, light, move) => {
				move(90 * SECOND, 40, 60, 95 * SECOND);
				light(95 * SECOND, 60);
				move(95 * SECOND, 60, 40, 96 * SECOND);
				light(96 * SECOND, 40);
				move(97 * SECOND, 40, 60, 99 * SECOND);
				light(98 * SECOND, 50);
			},
		],
		[
			"the end of a fade written once more",
			"dutyLimits",
			true,
			(_tell, light, move) => {
				move(90 * SECOND, 40, 60, 95 * SECOND);
				light(95 * SECOND, 60);
				light(95 * SECOND, 60);
			},
		],
		[
			"the duty that is held written at the begin of nothing",
			"dutyLimits",
			true,
			(_tell, light) => light(90 * SECOND, 40),
		],
	])("%s: %s, offends %s", (_what, check, offends, story) => {
		const { offences } = judge(story, 30 * MINUTE, walker);
		expect(offences.includes(check)).toBe(offends);
	});
	test.each<
		[what: string, offends: boolean, from: number, level: number, to: number, until: number]
	>([
		["risen 2 s before", false, 80, 40, 60, 97.9],
		["still rising then", true, 80, 40, 60, 99.5],
		["still rising then, to far above it", false, 80, 40, 100, 107],
		["falling since, but never below", false, 95, 100, 55, 101],
		["falling below in those 2 s", true, 95, 60, 40, 100.5],
	])("lightAhead, presence at 60 %%, a walker at 100 s: %s: %s", (_what, ...row) => {
		const [offends, from, level, to, until] = row;
		const story: Story = (witness, _light, move) => {
			move(from * SECOND, level, to, until * SECOND, 3);
			for (let index = 0; index < 5; index += 1) witness.onEnter(100 * SECOND, 3, true, WALKER);
		};
		const more = { ...walker, neighbours: true };
		expect(judge(story, 101 * SECOND, more, 8).offences.includes("lightAhead")).toBe(offends);
	});
	test.each([
		["at its end", 40, 60],
		["at its begin", 60, 40],
	])("a fade above the lamp's limit %s", (_where, level, to) => {
		const story: Story = (_tell, _light, move) => move(90 * SECOND, level, to, 95 * SECOND);
		expect(judge(story, 95 * SECOND, { maxLevel: 50 }).offences).toContain("dutyLimits");
	});
	test("by day, a fade that never reaches darkness", () => {
		const story: Story = (witness, _light, move) => {
			witness.onDaylight(MINUTE, 30_000);
			move(2 * MINUTE, 40, 0, 60 * MINUTE);
			witness.advance(40 * MINUTE);
			move(40 * MINUTE, 15, 0, 40 * MINUTE + SECOND);
		};
		expect(judge(story, 60 * MINUTE).offences).toContain("dayOff");
	});
});

test("a fall of five minutes is no light by day, if dusk came during it", () => {
	const noon = Date.UTC(2026, 5, 24, 12);
	const configured = { ...STREET, photocell: false, fallTime: 300_000 };
	const { checks, lamps, witnesses } = createChecks(1, configured, noon);
	const witness = together(witnesses);
	witness.onDaylight(0, 20_000);
	witness.onBoot(0, 0, false);
	witness.onTime(5 * SECOND, 0, 0);
	witness.onReport(6 * SECOND, 0, "clock/question", Buffer.from("{}"));
	const dayOff = checks.find(({ name }) => name === "dayOff")!;
	witness.advance(8 * 60 * MINUTE);
	expect(dayOff.tried).toBeGreaterThan(400);
	let dusk = 8 * 60 * MINUTE;
	while (lamps.isBright(dusk, 0)) witness.advance((dusk += MINUTE));
	witness.onDuty(dusk, 0, FULL, FULL, dusk);
	witness.advance(dusk + 10 * MINUTE);
	expect(dayOff.count).toBe(0);
});

test.each([
	["while the fall lasts, no offence", 69, 0],
	["lit after it, one", 75, 1],
])(
	"a slow fall from the minute on in which a wrong date is right again: %s",
	(_when, until, count) => {
		const noon = Date.UTC(2026, 5, 24, 12);
		const { checks, witnesses } = createChecks(1, { ...STREET, fallTime: 600_000 }, noon);
		const witness = together(witnesses);
		witness.onDaylight(0, 20_000);
		witness.onBoot(0, 0, false);
		witness.onTime(5 * SECOND, 0, -3 * 60 * MINUTE); // by a wrong date it may be night
		witness.onDuty(SECOND, 0, dutyOf(60), dutyOf(60), SECOND);
		for (const at of [58, 60]) {
			witness.advance(at * MINUTE);
			witness.onTime(at * MINUTE, 0, 0);
		}
		witness.onDuty(60 * MINUTE, 0, dutyOf(60), dutyOf(20), 70 * MINUTE);
		witness.advance(until * MINUTE);
		expect(checks.find(({ name }) => name === "dayOff")!.count).toBe(count);
	},
);

test("a clock point stays between the points by the sun around it, and the later written one wins", () => {
	const program = "sunset 60; 15:00 30; 22:00 out; 09:00 80; sunrise 0";
	const oracle = new ProgramOracle({ ...STREET, program, floorLevel: 0 });
	const at = (utc: string) => ({ ...oracle.rangeAt(Date.parse(`2026-11-${utc}Z`)) });
	expect(at("24T18:00:00").least).toBe(30); // from sunset on, not from 15:00
	expect(at("24T23:00:00").least).toBe(0);
	expect(at("25T06:00:00").least).toBe(0); // 09:00 lies after sunrise, which is written behind it
});

describe("classes, traffic and ranges of dates in the oracle of the program", () => {
	const design = { fullClass: "P4", floorClass: "P6", installedMean: 10 };
	const rangeAt = (more: Partial<Configured>, utc = "2026-11-24T23:30:00Z") => ({
		...new ProgramOracle({ ...STREET, floorLevel: 20, fullLevel: 50, design, ...more }).rangeAt(
			Date.parse(utc),
		),
	});
	test.each<[why: string, program: string, least: number, most: number]>([
		["a class by its mean", "sunset P4; 22:00 P5", 30, 30],
		["rounded up to a whole per cent", "sunset P4; 22:00 P3", 75, 75],
		["a class of another kind: full level", "sunset P4; 22:00 C5", 50, 50],
		["traffic raises up to the full class", "sunset P4; 22:00 P6 traffic 60", 20, 50],
		["and leaves what is above", "sunset P4; 22:00 P2 traffic 60", 100, 100],
	])("%s", (_why, program, least, most) => {
		expect(rangeAt({ program })).toMatchObject({ least, most });
	});
	test.each([
		["lights out, and less than the floor for presence", "sunset 40; 22:00 out min 60", 64],
		["more than the floor", "sunset 40; 22:00 out min 70", 70],
		["more than the most", "sunset 40; 22:00 out set 100", 95],
	])("presence shines at the floor at least: %s", (_why, program, level) => {
		const levels = { presenceLeast: level, presenceMost: level };
		expect(rangeAt({ program, floorLevel: 64, maxLevel: 95 })).toMatchObject(levels);
	});
	test("a class and a volume behind an effect of presence", () => {
		const program = "sunset P4; 22:00 P6 set P5 hold 20 traffic 60";
		expect(rangeAt({ program })).toMatchObject({ presenceLeast: 30, presenceMost: 30 });
		const plain = "sunset P4; 22:00 P6 traffic 60";
		expect(rangeAt({ program: plain, presenceLevel: 50 })).toMatchObject({ presenceLeast: 50 });
	});
	test.each([
		["2026-07-04T23:30:00Z", 30],
		["2026-07-05T23:30:00Z", 10],
		["2026-08-24T23:30:00Z", 10],
		["2026-08-25T23:30:00Z", 30],
		["2026-12-23T23:30:00Z", 30],
		["2026-12-24T23:30:00Z", 10],
		["2027-01-03T23:30:00Z", 10],
		["2027-01-04T23:30:00Z", 30],
	])("%s", (utc, least) => {
		const nights = {
			program2: "x: sunset 10",
			holidays: "",
			minimumLightsOn: 0,
			calendar: "07-05..08-24,12-24..01-03: x",
		};
		expect(rangeAt({ program: "sunset P5", nights, floorLevel: 0 }, utc).least).toBe(least);
	});
});

test.each([
	["is of a light that has gone since", 20, 40, []],
	["is judged", undefined, 40, []],
	["is judged, and is wrong", undefined, 100, ["reported"]],
])("a state on its way while the power fails %s", (_what, gone, reportedLevel, offences) => {
	const at = 10 * MINUTE;
	const time = new Date(EPOCH + at).toISOString();
	const state = { uptime_ms: at, actualLightState: reportedLevel, lightLevel: 0, time };
	const seen = judge((witness) => {
		witness.advance(at);
		if (gone !== undefined) witness.onEnd(at + gone, 0);
		witness.onReport(at + 25, 0, "state", Buffer.from(JSON.stringify(state)));
	}, at + SECOND);
	expect(seen.offences.filter((name) => name === "reported")).toEqual(offences);
	expect(seen.tried.reported).toBe(gone === undefined ? 1 : 0);
});

describe("a new luminaire", () => {
	const AT = 10 * MINUTE;
	const say = (witness: Required<Witness>, at: number, suffix: string, fields: object) =>
		witness.onReport(at, 0, suffix, Buffer.from(JSON.stringify({ life: 1, ...fields })));
	const renew = (witness: Required<Witness>, how: string) => {
		witness.onOrder({ ...order(AT, 0), command: "luminaireReplaced", id: "new", level: 0 });
		if (how === "accepted" || how === "refused")
			reply(witness, AT + 200, "new", how === "refused" ? "rejected" : "accepted");
		const event = { type: "luminaireReplaced", attributes: { id: "new" }, uptime_ms: AT + 100 };
		if (how === "an event") say(witness, AT + 200, "event", event);
	};

	// lit all the while: 0.1 h at the first reading, 0.35 h at the second, 0.18 h after the order
	test.each<[how: string, hours: readonly [number | undefined, number], broken: boolean]>([
		["no order", [0.1, 0.35], false],
		["no order", [0.1, 0.18], true],
		["no order", [0.1, 0.05], true],
		["accepted", [0.1, 0.18], false],
		["accepted", [0.3, 0.18], false],
		["accepted", [0.1, 0.35], true],
		["accepted", [0.1, 0.1], true],
		["accepted", [undefined, 0.35], true],
		["an event", [0.1, 0.18], false],
		["an event", [0.1, 0.35], true],
		["an event", [0.1, 0.1], true],
		["no answer", [0.1, 0.18], false],
		["no answer", [0.1, 0.35], false],
		["no answer", [0.3, 0.25], true],
		["refused", [0.1, 0.35], false],
		["refused", [0.1, 0.18], true],
	])("%s: hours of %j", (how, [first, second], broken) => {
		const story: Story = (witness) => {
			say(witness, SECOND, "status", {});
			say(witness, 6 * MINUTE, "telemetry", { uptime_ms: 6 * MINUTE, operatingHours: first });
			if (how !== "no order") renew(witness, how);
			say(witness, 21 * MINUTE, "telemetry", { uptime_ms: 21 * MINUTE, operatingHours: second });
		};
		const { offences, tried } = judge(story, 22 * MINUTE);
		expect(offences.includes("counted")).toBe(broken);
		expect(tried.counted).toBe(1);
	});

	// movements of 8 s each, with a rest between two of them
	test.each<[rest: number, hasLowerSensor: boolean, count: number, broken: boolean]>([
		[1, false, 6, false],
		[1, false, 1, true],
		[1, true, 6, false],
		[1, true, 1, false],
		[1, true, 8, true],
		[3, true, 6, false],
		[3, true, 1, true],
	])(
		"six road users with rests of %d s, lower sensor %p: %d counted",
		(rest, hasLowerSensor, count, broken) => {
			const story: Story = (witness) => {
				say(witness, SECOND, "status", {});
				say(witness, 6 * MINUTE, "traffic", {
					uptime_ms: 6 * MINUTE,
					accumulatedRoadUserNumber: 0,
				});
				for (let nth = 0; nth < 6; nth++) {
					const at = 7 * MINUTE + nth * (8 + rest) * SECOND;
					witness.onEdge(at, 0, true, true);
					witness.onEdge(at + 8 * SECOND, 0, false, false);
				}
				say(witness, AT, "traffic", { uptime_ms: AT, accumulatedRoadUserNumber: count });
			};
			const { offences, tried } = judge(story, 22 * MINUTE, { hasLowerSensor });
			expect(offences.includes("counted")).toBe(broken);
			expect(tried.counted).toBe(1);
		},
	);

	// its LEDs give twice the light of those at the end of their curve
	test.each<[how: string, level: number, broken: boolean]>([
		["no order", 40, false],
		["no order", 20, true],
		["accepted", 20, false],
		["accepted", 40, true],
		["an event", 20, false],
		["no answer", 20, false],
		["no answer", 40, false],
		["no answer", 15, true],
		["refused", 40, false],
		["refused", 20, true],
	])("%s: light of %d %%", (how, level, broken) => {
		const story: Story = (witness, light) => {
			witness.advance(AT);
			if (how !== "no order") renew(witness, how);
			light(AT + 100, level);
			witness.advance(25 * MINUTE);
		};
		const aged = { depreciation: "0 100; 100000 50", hoursBefore: 100_000 };
		expect(judge(story, 30 * MINUTE, aged).offences.includes("vacantReturn")).toBe(broken);
	});
});

// the reply of the life that took it is lost, and that to its repetition at 20 min is accepted
test.each([
	["100 ms after it, which may lose its event", 100, 0],
	["in the instant of its arrival", 0, 0],
	["5 min after it", 5 * MINUTE, 1],
	["before it, so that none took it", -SECOND, 1],
])("an order without an event, and a restart %s", (_what, after, judged) => {
	const sent = { ...order(10 * MINUTE, 60), id: "again" };
	const story: Story = (witness) => {
		if (after >= 0) witness.onOrder(sent);
		witness.onEnd(sent.at + after, 0);
		if (after < 0) witness.onOrder(sent);
		witness.onBoot(sent.at + after + 2 * SECOND, 0, true);
		witness.onOrder({ ...sent, at: 20 * MINUTE });
		reply(witness, 20 * MINUTE + 200, "again");
	};
	const { offences, tried } = judge(story, 40 * MINUTE);
	expect(tried.alarms).toBe(judged);
	expect(offences.includes("alarms")).toBe(judged > 0);
});

test.each([
	["before it", 40, []],
	["after it", 100, []],
	["of neither side", 70, ["reported"]],
])("a state in the millisecond of a jump has the light %s", (_what, reportedLevel, offences) => {
	const at = 10 * MINUTE;
	const time = new Date(EPOCH + at).toISOString();
	const state = { uptime_ms: at, actualLightState: reportedLevel, lightLevel: 0, time };
	const seen = judge((witness) => {
		witness.advance(at - 1);
		witness.onDuty(at, 0, FULL, FULL, at);
		witness.onReport(at + 25, 0, "state", Buffer.from(JSON.stringify(state)));
	}, at + SECOND);
	expect(seen.offences.filter((name) => name === "reported")).toEqual(offences);
});

/** Checks: what each of them sees and lets pass, told stories about one or a few lamps by hand. */
import { describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import { Zone } from "../../../lib/zone.js";
import { createChecks } from "../../../sim/checks/all.js";
import { type Configured, ProgramOracle, STREET_VALUES } from "../../../sim/checks/configured.js";
import { together, type Witness } from "../../../sim/street/witness.js";

const SECOND = 1000;
/** A winter night, an hour after 22:00: the program asks 40 %. */
const EPOCH = Date.UTC(2026, 10, 24, 22);
const FULL = 4095;

const STREET: Configured = {
	...STREET_VALUES,
	zone: Zone.of("Europe/Brussels")!,
	latitude: 50.645,
	longitude: 5.573,
};

type Story = (
	tell: Required<Witness>,
	light: (at: number, level: number, lamp?: number) => void,
) => void;

/** Offences by check, of those that had any; and how often a check was tried. */
function judge(story: Story, until: number, more: Partial<Configured> = {}, lamps = 1) {
	const { checks, witnesses } = createChecks(lamps, { ...STREET, ...more }, EPOCH);
	const tell = together(witnesses);
	tell.onDaylight(0, 0);
	for (let lamp = 0; lamp < lamps; lamp += 1) {
		tell.onBoot(0, lamp, false);
		tell.onTime(5 * SECOND, lamp, 0);
		tell.onDuty(0, lamp, Math.round(FULL * 0.4));
	}
	story(tell, (at, level, lamp = 0) => tell.onDuty(at, lamp, Math.round((FULL * level) / 100)));
	tell.advance(until);
	return {
		offences: checks.filter(({ count }) => count > 0).map(({ name }) => name),
		tried: Object.fromEntries(checks.map(({ name, tried }) => [name, tried])),
	};
}

const order = (at: number, minutes: number) => ({
	at,
	lamp: 0,
	command: "override" as const,
	until: at + minutes * MINUTE,
	level: 77,
	inhibitSensors: false,
	belowFloor: false,
});

const six = (level: number) => new Array<number>(6).fill(level);

describe("sensorRise, where presence lights to 60 %", () => {
	const bounded = { program: "12:00 40 set 60" };
	/** Somebody each 90 s; the lamp rises to a level, and falls when he has left. */
	const walkers =
		(levels: readonly number[], isSent = false): Story =>
		(tell, light) => {
			levels.forEach((level, nth) => {
				const at = (nth + 1) * 90 * SECOND;
				if (isSent) tell.onTransmission(at - 300, 0);
				tell.onEdge(at, 0, true, true);
				light(at + SECOND, level);
				tell.advance(at + 10 * SECOND);
				tell.onEdge(at + 10 * SECOND, 0, false, false);
				light(at + 70 * SECOND, 40);
				tell.advance(at + 80 * SECOND);
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

describe("overrideEnds", () => {
	/** The override is over at 20 min, and the lamp returns; at 20:25 its PIR fires at nothing. */
	const ghost =
		(after: number): Story =>
		(tell, light) => {
			tell.onOrder(order(10 * MINUTE, 10));
			light(10 * MINUTE, 77);
			light(20 * MINUTE + 10 * SECOND, 40);
			tell.onEdge(20 * MINUTE + 25 * SECOND, 0, true, false);
			light(20 * MINUTE + 26 * SECOND, 100);
			tell.onEdge(20 * MINUTE + 27 * SECOND, 0, false, true);
			tell.advance(20 * MINUTE + 26 * SECOND);
			tell.advance(21 * MINUTE + 30 * SECOND);
			light(22 * MINUTE, after);
			tell.advance(30 * MINUTE);
		};
	test("a PIR that fires at nothing as the override ends lights the lamp, and breaks no promise", () => {
		const { offences, tried } = judge(ghost(40), 40 * MINUTE);
		expect(offences).not.toContain("overrideEnds");
		expect(tried.overrideEnds).toBe(1);
	});
	test("a minute of the lamp's class, for the signature of an image, is none", () => {
		const { offences, tried } = judge((tell, light) => {
			tell.onOrder(order(10 * MINUTE, 10));
			light(10 * MINUTE, 77);
			light(20 * MINUTE, 100);
			tell.advance(25 * MINUTE);
			light(26 * MINUTE, 40);
		}, 40 * MINUTE);
		expect(offences).not.toContain("overrideEnds");
		expect(tried.overrideEnds).toBe(1);
	});
	test("what never returns is seen", () => {
		expect(judge(ghost(77), 40 * MINUTE).offences).toContain("overrideEnds");
	});
});

describe("vacantReturn, where the program asks 40 %", () => {
	const CLOSED = 30 * MINUTE - 25 * SECOND;
	/** An image server's connection from 10 min to 29:35; the lamp is at its class from then to then. */
	const download =
		(from: number, to: number): Story =>
		(tell, light) => {
			tell.advance(from - 1);
			light(from, 100);
			tell.advance(10 * MINUTE - 1);
			tell.onConnection(10 * MINUTE, 0, true);
			tell.advance(CLOSED - 1);
			tell.onConnection(CLOSED, 0, false);
			tell.advance(to - 1);
			light(to, 40);
			tell.advance(60 * MINUTE);
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
		(tell, light) => {
			const sent = { ...order(MINUTE, 10), inhibitSensors: true };
			tell.onOrder(sent);
			light(MINUTE, 77);
			tell.onEnd(2 * MINUTE, 0);
			tell.onBoot(62 * MINUTE, 0, false);
			if (hasDate) tell.onTime(62.1 * MINUTE, 0, 0);
			light(62 * MINUTE + SECOND, 77);
			tell.onEdge(64 * MINUTE, 0, true, true);
			tell.advance(66 * MINUTE);
		};
	test.each([
		["without a date its rest may be in force", false, false],
		["with the right date it is over", true, true],
	])("%s", (_what, hasDate, offends) => {
		const { offences } = judge(back(hasDate), 66 * MINUTE, { program: "12:00 100" });
		expect(offences.includes("sensorRise")).toBe(offends);
	});
});

test("a fall of five minutes is no light by day, if dusk came during it", () => {
	const noon = Date.UTC(2026, 5, 24, 12);
	const configured = { ...STREET, photocell: false, fallTime: 300_000 };
	const { checks, lamps, witnesses } = createChecks(1, configured, noon);
	const tell = together(witnesses);
	tell.onDaylight(0, 20_000);
	tell.onBoot(0, 0, false);
	tell.onTime(5 * SECOND, 0, 0);
	const dayOff = checks.find(({ name }) => name === "dayOff")!;
	tell.advance(8 * 60 * MINUTE);
	expect(dayOff.tried).toBeGreaterThan(400);
	let dusk = 8 * 60 * MINUTE;
	while (lamps.isBright(dusk, 0)) tell.advance((dusk += MINUTE));
	tell.onDuty(dusk, 0, FULL);
	tell.advance(dusk + 10 * MINUTE);
	expect(dayOff.count).toBe(0);
});

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

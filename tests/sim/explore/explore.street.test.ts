/**
 * Explore: streets drawn from seeds, one in `npm run test:street` and more in the soak; and the parts of the
 * search by themselves.
 *
 * Promise: A street drawn by chance keeps every promise, and a broken promise is reported with the
 * line that repeats it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Statistics } from "../../../hosts/virtual/fleet/fleet.js";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { STREET_VALUES } from "../../../sim/checks/configured.js";
import { editOf } from "../../../sim/checks/plants.js";
import { PROMISE_PLANTS } from "../../../sim/checks/promiseplants.js";
import { Coverage } from "../../../sim/explore/coverage.js";
import { draw, NAMES, PAIRS } from "../../../sim/explore/draw.js";
import { SPOILT, WHOLE } from "../../../sim/explore/images.js";
import { INPUT_KINDS, kindOf } from "../../../sim/explore/inputs.js";
import { refused, runStreet } from "../../../sim/explore/night.js";
import { Plot } from "../../../sim/explore/plot.js";
import { Promises } from "../../../sim/explore/promises.js";
import { Rollouts } from "../../../sim/explore/rollouts.js";
import { optionsOf, quoted, shrink, unquoted } from "../../../sim/explore/shrink.js";
import { scaled } from "../../support/scale.js";
import { seed } from "../../support/seed.js";

const RUN = "--lamps 2 --seed 3 --start 2026-11-24T15:00:00Z --duration";
const COUNT = scaled(1, 100);
const FIRST = seed(20_261_201);

describe(`drawn streets, ${COUNT} from seed ${FIRST}`, () => {
	test.each(Array.from({ length: COUNT }, (_, index) => FIRST + index))(
		"seed %d",
		async (streetSeed) => {
			const { args } = draw(streetSeed);
			const { broken } = await runStreet(args);
			expect([broken, `npm run explore -- --from ${streetSeed} --seeds 1`]).toEqual([
				[],
				expect.anything(),
			]);
		},
	);
});

/**
 * Streets that broke a promise once: a name, and the options, because a seed draws another street in a
 * later version. A line `#` above one has the part that was wrong, and why. Throws for a line of
 * another form.
 */
function casesIn(text: string): [name: string, line: string][] {
	return text
		.trimEnd()
		.split("\n")
		.flatMap((line, index) => {
			if (line.startsWith("#")) return [];
			const [, name, options] = /^([^:]+): (--.*)$/.exec(line) ?? [];
			const form = "must be NAME: OPTIONS, e.g. seed 80: --lamps 4 --seed 80 --duration 6h";
			const why = options === undefined ? form : refused(unquoted(options));
			if (why !== undefined)
				throw new Error(`cases.txt:${index + 1}: ${line.slice(0, 40)}: ${why}`);
			return [[name!, options!]];
		});
}

const CASES = casesIn(readFileSync(join(import.meta.dirname, "cases.txt"), "utf8"));
test.each(
	scaled(
		CASES.filter(([name]) => name === "seed 837"),
		CASES,
	),
)("%s holds, which broke a promise once", async (_name, line) => {
	expect((await runStreet(unquoted(line))).broken).toEqual([]);
});

test.each([
	[
		"npm run explore -- -- --lamps 4 --program2 'w: sunset 100'",
		/^cases.txt:2: npm run .*NAME: OPT/,
	],
	["seed 80:--lamps 4", /^cases.txt:2: seed 80:--lamps 4: must be NAME: OPTIONS/],
	["", /^cases.txt:2: : must be NAME: OPTIONS/],
	["seed 80: --lamps 0", /^cases.txt:2: seed 80: --lamps 0: --lamps 0: /],
])("a case %j is named with its line and the form", (line, why) => {
	expect(() => casesIn(`# lamp, floor: why\n${line}\nseed 7: --lamps 1\n`)).toThrow(why);
});

describe("a street is drawn", () => {
	const drawn = Array.from({ length: 1000 }, (_, seed) => draw(seed));
	test("from its seed alone, as options that the simulator takes", () => {
		expect(draw(7)).toEqual(draw(7));
		expect(draw(7)).not.toEqual(draw(8));
		for (const { args } of drawn.slice(0, 300))
			expect([args, refused(args)]).toEqual([args, undefined]);
	});
	test("under a recorded sky, within its time and at its place", () => {
		const [from, to] = [Date.UTC(2023, 7, 29), Date.UTC(2023, 8, 1)];
		const place = [48.5, 9.06] as const;
		const sky = { file: "roof.csv", zone: "Europe/Berlin", place, from, to };
		for (let seed = 1; seed <= 200; seed++) {
			const options = new Map(optionsOf(draw(seed, sky).args).map(([name, text]) => [name, text!]));
			const start = Date.parse(options.get("--start")!);
			const hours = Number.parseInt(options.get("--duration")!, 10);
			expect([start >= from, start + hours * HOUR <= to]).toEqual([true, true]);
			expect([options.get("--lux"), options.get("--place")]).toEqual(["roof.csv", "48.5,9.06"]);
		}
	});
	test("with each fault, pair, input and setting often enough in a thousand", () => {
		const coverage = new Coverage();
		for (const street of drawn) coverage.note(street, { tried: {} });
		expect(coverage.missing()).toEqual([]);
		expect(coverage.pairs.size).toBeGreaterThan(0.93 * PAIRS.length);
		expect(PAIRS.length).toBe((NAMES.length * (NAMES.length + 1)) / 2);
	});
	test("a run of few streets is no measure of them", () => {
		const coverage = new Coverage();
		for (const street of drawn.slice(0, 8)) coverage.note(street, { tried: {} });
		expect(coverage.missing()).toEqual([]);
	});
	test("a generator that leaves one of them out is found out", () => {
		const coverage = new Coverage();
		const more = Array.from({ length: 200 }, (_, index) => draw(1000 + index));
		for (const street of [...drawn, ...more])
			if (!street.faults.includes("flashWorn")) coverage.note(street, { tried: { floor: 1 } });
		expect(coverage.missing()).toEqual(
			expect.arrayContaining([
				expect.stringMatching(/^fault flashWorn: 0 of/),
				expect.stringMatching(/^pair \w+ and flashWorn|^pair flashWorn and/),
			]),
		);
	});
	test.each([
		["mixed streets", false, 1],
		["streets of buses alone, whose levels follow a moment later", true, 0],
	])("87 %% of the reports of %s", (_streets, isOnBuses, lines) => {
		const coverage = new Coverage(isOnBuses);
		const chances = { reported: { judged: 87, left: { moment: 13 } } };
		for (let index = 0; index < 300; index++)
			coverage.note({ args: [], faults: ["hot"], kinds: [] }, { tried: {}, chances });
		expect(coverage.blind()).toHaveLength(lines);
	});
	test("every input has a kind that is counted", () => {
		const kinds = new Set<string>();
		for (const { args } of drawn)
			for (const [name, value] of optionsOf(args))
				if (name === "--input") kinds.add(kindOf(value!)!);
		const others = ["assign", "luminaireReplaced", "nodeReplaced", "trafficVolume"]; // of kinds.ts
		others.push("factoryReset");
		const names = [...INPUT_KINDS.map(({ name }) => name), ...others];
		expect([...kinds].sort()).toEqual(names.sort());
	});
});

describe("images", () => {
	const offers = (image: string) => ["--input", `offer@20m/1:${image} {"spread":0}`];
	const argsOf = (image: string) => [...`${RUN} 2h`.split(" "), ...offers(image)];
	test.each([WHOLE, SPOILT])("%s is offered: kept, or refused with a reason", async (image) => {
		const { broken, tried } = await runStreet(argsOf(image));
		expect([broken, tried.images]).toEqual([[], 1]);
	});
	test("an image that is never kept is found out", async () => {
		const { broken } = await runStreet([...argsOf(WHOLE), "--plant", "neverKept"]);
		expect(broken).toMatchObject([{ name: "images", lamp: 1 }]);
	});
	test("another message on its topic, or a fault of its link, or a street that is never vacant, leaves it open", () => {
		const judged = (act: (rollouts: Rollouts) => void) => {
			const rollouts = new Rollouts(1, { ...STREET_VALUES, hold: 300_000 });
			rollouts.onInput(HOUR, 0, "offer", WHOLE);
			act(rollouts);
			return [rollouts.judge(3 * HOUR, 0) !== undefined, rollouts.tried];
		};
		expect(judged(() => {})).toEqual([true, 1]);
		expect(judged((rollouts) => rollouts.onEvent(HOUR + 1, 0, "updateKept"))).toEqual([false, 1]);
		expect(judged((rollouts) => rollouts.onEvent(HOUR + 1, 0, "updateReverted"))).toEqual([
			true,
			1,
		]);
		expect(judged((rollouts) => rollouts.onFault(2 * HOUR, 0, "networkLost", true))).toEqual([
			false,
			0,
		]);
		expect(judged((rollouts) => rollouts.onFault(2 * HOUR, 0, "lightning", true))).toEqual([
			true,
			1,
		]);
		expect(judged((rollouts) => rollouts.onInput(0, 0, "raw", "update {}"))).toEqual([false, 0]);
		expect(judged((rollouts) => rollouts.onInput(2 * HOUR, 0, "type", "apply"))).toEqual([
			false,
			0,
		]);
		/** Somebody every so many minutes; the hold is 5 min. */
		const walkers = (minutes: number) => (rollouts: Rollouts) => {
			for (let at = HOUR; at < 3 * HOUR; at += minutes * MINUTE) {
				rollouts.onPresence(at, 0, true);
				rollouts.onPresence(at + 10_000, 0, false);
			}
		};
		expect(judged(walkers(5))).toEqual([false, 0]);
		expect(judged(walkers(6))).toEqual([false, 0]); // vacant for 48 s at a time
		expect(judged(walkers(7))).toEqual([true, 1]);
	});
});

describe("promises", () => {
	test("a lamp whose broker was gone must come anew, whatever its retained status says", () => {
		const promises = new Promises(1, STREET_VALUES);
		promises.onBoot(0, 0, false);
		promises.onReport(1, 0, "status", Buffer.from('{"online":true,"life":1}'));
		promises.onFault(HOUR, 0, "brokerLost", true);
		promises.onFault(2 * HOUR, 0, "brokerLost", false);
		promises.finishWith(9 * HOUR, 1536, () => undefined);
		expect(promises.broken).toMatchObject([{ name: "online", lamp: 1 }]);
	});
	const settings = (at: number) => {
		const promises = new Promises(1, STREET_VALUES);
		promises.onBoot(0, 0, false);
		promises.onReport(1, 0, "status", Buffer.from('{"online":true,"life":1}'));
		promises.onInput(at, 0, "retained", 'settings/desired/light {"revision":7}');
		promises.onFault(HOUR, 0, "brokerLost", true);
		promises.onFault(2 * HOUR, 0, "brokerLost", false);
		promises.onReport(2 * HOUR + 1, 0, "status", Buffer.from('{"online":true,"life":1}'));
		promises.finishWith(9 * HOUR, 1536, () => undefined);
		return promises.broken.map(({ name }) => name);
	};
	test.each([
		["lives that a cut in a write ended", "flashCut", false, []],
		["other losses of power", "powerCut", false, ["wear"]],
		["restarts within the fault", "flashCut", true, ["wear"]],
	])("an erase more for each: %s", (_what, fault, restarted, broken) => {
		const promises = new Promises(1, STREET_VALUES);
		promises.onFault(0, 0, fault, true);
		for (let index = 0; index < 30; index++) promises.onBoot(index * MINUTE, 0, restarted);
		const figures = { storeWrites: 0, flashErases: 70, slotsLive: 0 } as Statistics;
		promises.finishWith(HOUR, 1536, () => figures);
		expect(promises.broken.map(({ name }) => name)).toEqual(broken);
	});
	test("an order of 1970 must not be accepted, and a life follows the one that nodeReplaced gives", () => {
		const promises = new Promises(1, STREET_VALUES);
		const say = (suffix: string, fields: object) =>
			promises.onReport(2, 0, suffix, Buffer.from(JSON.stringify(fields)));
		const order = '"command":"clearOverride","issued":"1970-01-01T00:00:00Z"';
		promises.onInput(1, 0, "raw", `command {"id":"old",${order}}`);
		promises.onInput(1, 0, "order", '{"command":"nodeReplaced","life":40}');
		const replaced = { type: "restarted", attributes: { reason: "nodeReplaced" } };
		say("reply", { id: "old", status: "rejected" });
		say("event", { life: 41, seq: 1, ...replaced });
		expect([promises.broken, promises.tried.stale]).toEqual([[], 1]);
		say("reply", { id: "old", status: "accepted" });
		say("event", { life: 40, seq: 1, ...replaced });
		expect(promises.broken.map(({ name }) => name)).toEqual(["stale", "events"]);
	});
	test("a revision that reached the broker must be reported, one published while it was gone not", () => {
		expect([HOUR / 2, 1.5 * HOUR, 3 * HOUR].map(settings)).toEqual([
			["settings"],
			[],
			["settings"],
		]);
	});
	test.each(Object.keys(PROMISE_PLANTS))("%s has its mark in the source, once", (name) => {
		const { specifier } = PROMISE_PLANTS[name]!;
		const file = join(process.cwd(), `${specifier.replace("luminode/", "src/")}.ts`);
		const source = readFileSync(file, "utf8");
		expect(editOf(name)![specifier]!(source)).not.toBe(source);
	});
	const rows = Object.entries(PROMISE_PLANTS).map(([name, plant]) => ({ name, ...plant }));
	test.each(scaled(rows.slice(-1), rows))(
		"$name breaks $trips within $within streets",
		async ({ name, trips, within }) => {
			const shown = async (seed: number) => {
				const { broken } = await runStreet([...draw(seed).args, "--plant", name]);
				return broken.some((breach) => breach.name === trips);
			};
			let seed = 1;
			while (seed <= within && !(await shown(seed))) seed++;
			expect(seed).toBeLessThanOrEqual(within);
		},
	);
	test("each promise has one", () => {
		const tripped = rows.map(({ trips }) => trips);
		const promised = [...Object.keys(new Promises(1, STREET_VALUES).tried), "machine"];
		expect(tripped.sort()).toEqual(promised.sort());
	});
});

describe("a street is shrunk", () => {
	const args = ["--lamps", "2", "--duration", "12h"];
	for (let n = 0; n < 9; n++) args.push("--fault", `luxDead@${n + 1}h`);
	/** It breaks at 5 h where the third and the seventh fault meet. */
	const breaks = async (less: readonly string[]) =>
		less.includes("luxDead@3h") && less.includes("luxDead@7h") ? 5 * 3_600_000 : undefined;
	test("to the faults that it needs, and to the time that it takes", async () => {
		expect(await shrink(args, 9 * 3_600_000, breaks)).toEqual([
			"--lamps",
			"1",
			"--duration",
			"302m",
			"--fault",
			"luxDead@3h",
			"--fault",
			"luxDead@7h",
		]);
	});
	test("to its lamps, its last hours and whole minutes", async () => {
		const options = {
			"--lamps": "4",
			"--duration": "12h",
			"--start": "2026-11-24T12:00:00.000Z",
			"--fault": "luxDead@21607s+3h/2",
			"--neighbours": undefined,
		};
		const street = Object.entries(options).flatMap(([name, value]) =>
			value === undefined ? [name] : [name, value],
		);
		/** It breaks half an hour after the fault began, where there are two lamps and more. */
		const breaks = async (less: readonly string[]) => {
			const [, at, unit] = /luxDead@(\d+)([ms])/.exec(less.join(" ")) ?? [];
			if (at === undefined || Number(less[less.indexOf("--lamps") + 1]) < 2) return undefined;
			return Number(at) * (unit === "m" ? 60_000 : 1000) + 1_800_000;
		};
		expect(await shrink(street, 23_407_000, breaks)).toEqual([
			"--lamps",
			"2",
			"--duration",
			"33m",
			"--start",
			"2026-11-24T18:00:00.000Z",
			"--fault",
			"luxDead@1m+3h/2",
			"--neighbours",
		]);
	});
	test("to simpler values of its orders, settings and lines", async () => {
		const order =
			'order@1m:{"command":"override","level":63,"expiration":"+44m","belowFloor":true}';
		const street = ["--lamps", "1", "--duration", "12h", "--input", order];
		street.push(
			"--set",
			"light.hold=37",
			"--set",
			"calendar.program=sunset 100; 22:00 40; sunrise 0",
		);
		street.push("--input", "type@5m:}{]rest#x");
		/** It breaks where the order has a level above 50, and the line and the settings are there. */
		const breaks = async (less: readonly string[]) => {
			const line = less.join(" ");
			const level = Number(/"level":(\d+)/.exec(line)?.[1] ?? 0);
			const has = /rest/.test(line) && /hold/.test(line) && /22:00/.test(line);
			return level > 50 && has ? 60_000 : undefined;
		};
		const left = await shrink(street, 60_000, breaks);
		expect(optionsOf(left)).toEqual([
			["--lamps", "1"],
			["--duration", "3m"],
			["--input", 'order@1m:{"command":"override","level":60}'],
			["--set", "light.hold=40"],
			["--set", "calendar.program=sunset 100; 22:00 40"],
			["--input", "type@5m:rest"],
		]);
	});
	test("and a line of it is read back", () => {
		for (const { args } of Array.from({ length: 300 }, (_, seed) => draw(seed)))
			expect(unquoted(quoted(args))).toEqual(args);
		expect(unquoted(quoted(["a'b'", "c d", "\\'"]))).toEqual(["a'b'", "c d", "\\'"]);
	});
	test("and printed as a shell takes it", () => {
		expect(quoted(["--input", `type@1h:it's {"a":1}`, "--lamps", "2"])).toBe(
			`--input 'type@1h:it'\\''s {"a":1}' --lamps 2`,
		);
	});
});

test("a night is plotted: its light, its darkness, its faults and what broke", async () => {
	const plot = new Plot();
	const args = [
		"--lamps",
		"2",
		"--seed",
		"3",
		"--duration",
		"3h",
		"--start",
		"2026-11-24T15:00:00Z",
	];
	const outcome = await runStreet([...args, "--fault", "pirDead@1h+30m/2"], [plot]);
	expect(outcome.broken).toEqual([]);
	const broken = [{ name: "floor", at: 3_600_000, lamp: 1, what: "0 % & <dark>" }];
	const svg = plot.svg({ ...outcome, broken, line: "npm run explore" });
	expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
	for (const part of [
		"<title>dark",
		"pirDead 2",
		"lamp 2",
		"floor: 0 % &amp; &lt;dark&gt;",
		"16:00",
	])
		expect(svg).toContain(part);
	expect(svg.match(/<path d="[^"]*V/g)).toHaveLength(2);
});

/** The command line: what is understood, and the one line for what is not. */
import { describe, expect, test } from "@jest/globals";
import { HELP } from "../../../sim/cli/help.js";
import { readOptions } from "../../../sim/cli/words.js";
import { FLAGS } from "../../../sim/options/options.js";
import { groupOf } from "../../../sim/options/outside.js";
import { firstLamps } from "../../../sim/options/values.js";

const run = (line: string) => {
	const answer = readOptions(line.split(" ").filter((word) => word !== ""));
	if (answer.kind !== "run") throw new Error(`${answer.kind}: ${JSON.stringify(answer)}`);
	return answer.options;
};

test("without a word it is a street of twelve lamps with a page", () => {
	const { zone, outside, ...rest } = run("");
	expect(zone.name).toBe("Europe/Brussels");
	expect([outside.urls, outside.user]).toEqual([[], undefined]);
	expect(rest).toEqual({
		lamps: 12,
		seed: 1,
		start: undefined,
		duration: undefined,
		speed: 10,
		headless: false,
		port: 8080,
		serial: [],
		broker: "embedded",
		part: { site: "liege", groups: [], first: 1, place: undefined },
		lux: undefined,
		traffic: undefined,
		trace: undefined,
		summary: undefined,
		replay: undefined,
		otherFirmware: false,
		plant: undefined,
		fault: [],
		set: [],
		input: [],
		neighbours: false,
		datagramLoss: 0,
		second: true,
		chance: 0.02,
		person: [],
		quiet: false,
		lampResponse: true,
		ownLight: 2,
		name: undefined,
		scenario: undefined,
		image: [],
		imageKey: [],
	});
});

describe("understood", () => {
	const cases: [line: string, field: string, value: unknown][] = [
		["--lamps 100000", "lamps", 100_000],
		["--seed 9007199254740991", "seed", Number.MAX_SAFE_INTEGER],
		["--start 2026-11-24T15:00:00+01:00", "start", Date.UTC(2026, 10, 24, 14)],
		["--set light.hold=20", "set", [{ section: "light", name: "hold", value: 20 }]],
		[
			"--set sensing.photocell=false",
			"set",
			[{ section: "sensing", name: "photocell", value: false }],
		],
		[
			"--input type@90m/2:status",
			"input",
			[{ kind: "type", at: 5_400_000, lamp: 2, text: "status" }],
		],
		[
			"--input order@1h:{}",
			"input",
			[{ kind: "order", at: 3_600_000, lamp: undefined, text: "{}" }],
		],
		["--start 2026-11-24T14:00:00Z", "start", Date.UTC(2026, 10, 24, 14)],
		["--start 2026-07-24T15:00", "start", Date.UTC(2026, 6, 24, 13)],
		["--start 2026-07-24T15:00 --zone Asia/Kolkata", "start", Date.UTC(2026, 6, 24, 9, 30)],
		["--duration 24h", "duration", 86_400_000],
		["--duration 90m", "duration", 5_400_000],
		["--duration 30s", "duration", 30_000],
		["--duration 0.5h", "duration", 1_800_000],
		["--speed max", "speed", Infinity],
		["--speed 0.5", "speed", 0.5],
		["--headless", "speed", Infinity],
		["--headless --broker mqtt://127.0.0.1:1883", "speed", 60],
		["--broker mqtt://broker.example", "broker", "mqtt://broker.example"],
		[
			"--headless --lamps 5 --first 95 --site mons --group quay --place=-33.9,151.2",
			"part",
			{ site: "mons", groups: ["quay"], first: 95, place: [-33.9, 151.2] },
		],
		[
			"--group quay,square",
			"part",
			{ site: "liege", groups: ["quay", "square"], first: 1, place: undefined },
		],
		[
			"--group quay,square --group all-of-it",
			"part",
			{ site: "liege", groups: ["all-of-it"], first: 1, place: undefined },
		],
		["--serial 3", "serial", [3]],
		["--serial 9,1-3,2", "serial", [1, 2, 3, 9]],
		["--lamps 4 --serial all", "serial", [1, 2, 3, 4]],
		["--neighbours", "neighbours", true],
		["--image a.bin --image signed --image-key city.public", "image", ["a.bin", "signed"]],
		["--image-key city.public --image-key next.public", "imageKey", ["city.public", "next.public"]],
		["--datagram-loss 20", "datagramLoss", 0.2],
		["--slow-link 1000/5/10", "slowLink", { rate: 1000, delay: 5000, loss: 0.1 }],
		["--second on", "second", true],
		["--second off", "second", false],
		["--chance 30", "chance", 0.3],
		["--hardware esp32-c3/1", "hardware", "esp32-c3/1"],
		["--profile release", "profile", "release"],
		["--board zhaga", "board", "zhaga"],
		["--plant blind", "plant", "blind"],
		["--poles 0,27.5,55", "poles", [0, 27.5, 55]],
		["--poles 0,27.5,55", "lamps", 3],
		["--vehicles 0", "vehicles", 0],
		["--vehicles 12000", "vehicles", 12_000],
		["--walkers 30", "walkers", 30],
		["--name Rue-Foch", "name", "Rue-Foch"],
		["--procession car@50/90s", "procession", { kind: "car", speed: 50 / 3.6, every: 90_000 }],
		["--scenario car", "datagramLoss", 0.2],
		["--scenario cyclist", "scenario", "cyclist"],
		["--headless", "lampResponse", false],
		["--headless --lamp-response", "lampResponse", true],
		["--quiet", "quiet", true],
		["--person bicycle@6m", "person", [{ kind: "bicycle", at: 360_000, forth: true }]],
		["--person car@1m30s/back", "person", [{ kind: "car", at: 90_000, forth: false }]],
		["--person car@9.5s/45m/back", "person", [{ kind: "car", at: 9_500, forth: false, place: 45 }]],
		["--scenario car --datagram-loss 50", "datagramLoss", 0.5],
		["--scenario car --lamps 6", "neighbours", true],
		[
			"--minimum-lights-on 60",
			"nights",
			{ program2: "", calendar: "", holidays: "", minimumLightsOn: 60 },
		],
		["--fault pirDead", "fault", [{ name: "pirDead", at: 0, until: Infinity, lamp: undefined }]],
		[
			"--fault luxStuck@90m --fault pirNoisy@6h+0.5h/3",
			"fault",
			[
				{ name: "luxStuck", at: 5_400_000, until: Infinity, lamp: undefined },
				{ name: "pirNoisy", at: 21_600_000, until: 23_400_000, lamp: 3 },
			],
		],
	];
	test.each(cases)("%s", (line, field, value) => {
		expect(run(line)[field as keyof ReturnType<typeof run>]).toEqual(value);
	});
});

test("groups share the street in stretches of equal length, as far as it can be divided", () => {
	const groups = (line: string) => {
		const { part, lamps } = run(line);
		return Array.from({ length: lamps }, (_, n) => groupOf(part, lamps, part.first + n)).join(" ");
	};
	expect(groups("--lamps 4 --group a,b")).toBe("a a b b");
	expect(groups("--lamps 5 --group a,b,c")).toBe("a a b b c");
	expect(groups("--lamps 2 --group a,b")).toBe("a b");
	expect(groups("--lamps 3 --headless --first 98 --group a")).toBe("a a a");
	expect(groups("--lamps 2")).toBe(" ");
});

test("a scenario ends when nobody watches it; on the page it goes on, unless a length is given", () => {
	expect(run("--scenario cyclist --headless").duration).toBe(900_000);
	expect(run("--scenario cyclist").duration).toBeUndefined();
	expect(run("--scenario cyclist --duration 5m").duration).toBe(300_000);
	expect(run("--scenario cyclist").person).toHaveLength(1);
	expect(run("--scenario cyclist --person car@1m").person).toHaveLength(2); // added to its own
});

describe("refused in one line that names the option", () => {
	const cases: [line: string, part: string][] = [
		["--lamps 0", "--lamps 0"],
		["--second yes", "--second yes: not on or off"],
		["--group quay,,square", "--group : not 1-32 of"],
		["--group quay,all", "--group all: not 1-32 of"],
		["--group quay,quay", "--group quay,quay: each name once"],
		["--lamps 1 --group a,b", "--group a,b: each name once, and no more than lamps, e.g."],
		["--set hold=20", "--set hold=20: not like light.hold=20"],
		["--set lights.hold=20", "--set lights.hold=20: lights is no section; sections are identity"],
		["--set light.holds=20", "--set light.holds=20: holds is no setting of light"],
		["--set light.hold=4", "--set light.hold=4: hold "],
		["--set calendar.program=", "--set calendar.program=: program "],
		["--program 25:00", "--program 25:00: program "],
		["--program2 foo", "--program2 foo: program2 "],
		["--calendar Xyz", "--calendar Xyz: calendar "],
		["--input say@1h:x", "--input say@1h:x: not like type@2h/1:status; kinds are order"],
		["--input type@1h/13:x", "there are lamps 1 to 12"],
		["--scenario nothing", "--scenario nothing: not a scenario; these are car"],
		["--scenario toString", "--scenario toString: not a scenario"],
		["--person horse@6m", "--person horse@6m: not like bicycle@6m"],
		["--person bicycle@soon", "--person bicycle@soon: not like"],
		["--poles 5,30", "--poles 5,30: not metres from 0 on in order"],
		["--poles 0,30,20", "--poles 0,30,20: not metres from 0 on in order"],
		["--poles 0,x", "--poles 0,x: not metres"],
		[`--name ${"x".repeat(121)}`, "--name: at most 120 characters on one line"],
		["--poles 0,30 --lamps 3", "--poles: 2 poles for 3 lamps"],
		["--vehicles -1", "--vehicles"],
		["--vehicles 1e3", "--vehicles 1e3: not a whole number from 0 to 300000"],
		["--procession tank@50/9s", "--procession tank@50/9s"],
		["--procession car@500/9s", "--procession car@500/9s"],
		["--minimum-lights-on 241", "--minimum-lights-on 241"],
		["--lamps 1.5", "--lamps 1.5"],
		["--lamps 100001", "--lamps 100001"],
		["--lamps", "--lamps"],
		["--serial 0", "lamps from 1 to 12"],
		["--serial 13", "lamps from 1 to 12"],
		["--serial 3-2", "lamps from 1 to 12"],
		["--serial 1,,2", "lamps from 1 to 12"],
		["--serial some", "lamps from 1 to 12"],
		["--lamps 101 --serial all", "100 lines at most"],
		["--lamps 200 --serial 1-60,101-160", "100 lines at most"],
		["--lamps 3 --lamps 4", "--lamps: given twice"],
		["--seed -1", "--seed"],
		["--seed 9007199254740993", "--seed"],
		["--start yesterday", "--start yesterday"],
		["--start 2026-02-30T00:00:00Z", "--start"],
		["--start 2026-11-24T24:00:00Z", "--start"],
		["--zone Mars/Olympus", "--zone Mars/Olympus"],
		["--duration 24", "--duration 24"],
		["--duration 0s", "--duration 0s"],
		["--duration 9000h", "--duration 9000h"],
		["--speed 0", "--speed 0"],
		["--speed fast", "--speed fast"],
		["--speed max --broker mqtt://127.0.0.1:1883", "--speed max"],
		["--port 80", "--port 80"],
		["--port 65535", "--port 65535"],
		["--broker http://x", "--broker http://x"],
		["--broker mqtt://", "--broker mqtt://"],
		["--broker mqtt://u:p@x", "--user NAME and --password-file FILE"],
		["--broker mqtts://x", "--ca is missing"],
		["--broker mqtt://x,mqtts://y --ca a", "mqtt:// and mqtts:// together"],
		["--user lamp", "only with a broker outside, e.g."],
		["--broker mqtt://x --cert a", "--cert and --key belong together"],
		["--broker mqtt://x --password-file a", "needs a user, e.g."],
		["--broker mqtt://x --user a --password-file /none", "--password-file /none: no such file"],
		["--site a/b", "--site a/b: not 1-32"],
		["--group all", "--group all: not 1-32"],
		["--headless --first 0", "--first 0: not a number from 1"],
		["--headless --lamps 10 --first 99991", "the last lamp is 99999 at most"],
		["--first 2", "--first 2: only with --headless"],
		["--place 91,5", "--place 91,5: not a latitude"],
		["--place 50", "--place 50: not a latitude"],
		["--place ,5", "--place ,5: not a latitude"],
		["--hardware a,1", "such as esp32-c3/1"],
		["--profile test", "bring-up, development, release"],
		["--board esp32-c3", "not zhaga"],
		["--trace=", "--trace: is empty"],
		["--fault ?", "--fault ?"],
		["--fault flood", "these are pirDead"],
		["--fault pirDead/13", "there are lamps 1 to 12"],
		["--fault pirDead/0", "there are lamps 1 to 12"],
		["--fault pirDead+3h", "--fault pirDead+3h: not like"],
		["--fault pirDead@3", "--fault pirDead@3: not like"],
		["--fault toString", "not a fault"],
		["--image=", "--image"],
		["--frobnicate", "--frobnicate"],
		["street", "street"],
		["--headless=yes", "--headless"],
	];
	test.each(cases)("%s", (line, part) => {
		const answer = readOptions(line.split(" "));
		expect(answer).toMatchObject({ kind: "wrong", why: expect.stringContaining(part) });
		expect(answer.kind === "wrong" && answer.why).not.toContain("\n");
	});
});

test("help names every option there is", () => {
	expect(readOptions(["--help"])).toEqual({ kind: "help" });
	const named = [...HELP.matchAll(/^ {2}--([a-z0-9-]+)/gm)].map((match) => match[1]!);
	expect(named.filter((name) => !Object.hasOwn(FLAGS, name))).toEqual([]);
	expect(Object.keys(FLAGS).filter((name) => !HELP.includes(`--${name}`))).toEqual([]);
	for (const line of HELP.split("\n")) expect(line.length).toBeLessThanOrEqual(88);
});

test("the first lamps of a street stand at its first poles", () => {
	expect(firstLamps({ poles: "0,30,61", seed: "2" }, 2)).toEqual({
		poles: "0,30",
		lamps: "2",
		seed: "2",
	});
	expect(firstLamps({ lamps: "9" }, 2)).toEqual({ lamps: "2" });
});

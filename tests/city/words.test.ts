/** Words: one configuration file for all programs of the city: its rules, its order, its schema. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import { BRIDGE } from "../../city/bridge/bridge.js";
import { METRICS } from "../../city/bridge/metrics.js";
import { CITIZENS } from "../../city/citizens/citizens.js";
import { CLOCK } from "../../city/clock/clock.js";
import { DESK } from "../../city/desk/desk.js";
import { city, type Service } from "../../city/launcher.js";
import { TRAFFIC } from "../../city/traffic/traffic.js";
import { type Frame, helpOf, read, type Word } from "../../city/words.js";
import { TestStation } from "../support/station.js";

const FRAMES: readonly Frame[] = [TRAFFIC, CITIZENS, BRIDGE, METRICS, DESK, CLOCK];
const services: readonly Service[] = FRAMES.map((frame) => ({
	frame,
	launchArgs: ["stay"],
	run: async (args, { stdout }) => {
		stdout.write(`${frame.command} ${args.join(" ")}`);
		return 0;
	},
}));
const folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
	const path = join(folder, "city.yaml");
	writeFileSync(path, text);
	return path;
}

async function check(path: string): Promise<readonly [number, string]> {
	const station = new TestStation();
	const code = await city(["--check", "--config", path], station, services);
	return [code, station.out + station.err];
}

async function schema(): Promise<object> {
	const station = new TestStation();
	await city(["--schema"], station, services);
	return JSON.parse(station.out);
}

const asPrograms: readonly [args: string[], given: string][] = [
	[["traffic", "--keep", "3"], "traffic stay --keep 3"],
	[["traffic", "publish", "out"], "traffic publish out"],
	[["desk", "audit", "a.csv"], "desk audit a.csv"],
];
test.each(asPrograms)(
	"%j runs one program, by its command that stays or by another",
	async (args, given) => {
		const station = new TestStation();
		expect([await city(args, station, services), station.out]).toEqual([0, given]);
	},
);

const BAD: readonly [text: string, sentence: RegExp][] = [
	[
		"citizens: { port: 70000 }",
		/: citizens\.port 70000: is no whole number from 0 to 65535, e\.g\. 8311$/,
	],
	["citizens: { port: soon }", /: citizens\.port soon: is no whole number from 0 to 65535, e\.g\./],
	[
		"traffic: { keep: 0.5 }",
		/: traffic\.keep 0\.5: is no whole number from 1 to 36500, e\.g\. 400$/,
	],
	["site: Liège", /: site Liège: is not 1-32 of A-Z a-z 0-9 _ -, e\.g\. liege$/],
	["lang: nl", /: lang nl: is neither en nor fr, e\.g\. en$/],
	["zone: Mars/Olympus", /: zone Mars\/Olympus: is no time zone of IANA, e\.g\. Europe\/Brussels$/],
	["root: a/+", /: root a\/\+: is not the first levels of a topic, e\.g\. luminode\/1$/],
	[
		"bridge: { grup: quay }",
		/: bridge\.grup: is no word, which are broker, user, .*group, minutes$/,
	],
	[
		"parks: {}",
		/: parks: is no word, which are .*traffic, citizens, bridge, metrics, desk, clock$/,
	],
	["metrics: [1]", /: metrics: is no section with words$/],
	[
		"metrics: { password: x }",
		/: metrics\.password: a secret is not in this file, e\.g\. password-file:/,
	],
	["desk: { dry-run: true }", /: desk\.dry-run: is no word/],
	["site: [", /: .+ at line 1, column/],
	["just text", /: has no words, e\.g\. site: liege$/],
	["site: liege", /: has no section of a program, e\.g\. metrics:$/],
];

describe("the configuration file", () => {
	test.each(BAD)("%s", async (text, sentence) => {
		const [code, output] = await check(file(text));
		expect([code, output.trim().split("\n").length]).toEqual([2, 1]);
		expect(output.trim()).toMatch(sentence);
	});
	test("a program judges what it reads of the file", () => {
		const metricsOf = (text: string) => () => read(METRICS, ["--config", file(text)]);
		for (const [text, sentence] of BAD.filter(([text]) =>
			/^(metrics|site: L|lang|parks)/.test(text),
		))
			expect(metricsOf(text)).toThrow(new RegExp(sentence.source.replace("$", "")));
		expect(metricsOf("traffic: { keep: 0 }")).not.toThrow();
		expect(() => read(METRICS, ["--config", join(folder, "none.yaml")])).toThrow(/none\.yaml/);
	});
	test("that of the laptop starts every program", async () => {
		const [code, output] = await check("city/files/laptop.yaml");
		expect([code, output.trim()]).toEqual([
			0,
			"city/files/laptop.yaml: traffic, citizens, bridge, metrics, desk",
		]);
	});
	test("a program of it is run with its command", async () => {
		const station = new TestStation();
		await city(["desk", "--config", "x.yaml"], station, services);
		expect(station.out).toBe("desk stay --config x.yaml");
	});
	test("its words precede the defaults, a section's precede these, the command line's all", () => {
		const path = file(
			"site: liege\nca: ca.pem\ndatabase: postgres://a@b/c\ntraffic:\n  site: seraing\n  keep: 30\n",
		);
		const { values } = read(TRAFFIC, ["collect", "--config", path, "--keep", "7"]);
		expect(values).toMatchObject({
			site: "seraing",
			keep: 7,
			k: 5,
			ca: join(folder, "ca.pem"),
			database: "postgres://a@b/c",
		});
		expect(read(METRICS, ["--config", path]).values).toMatchObject({ site: "liege", port: 9311 });
	});
	test("its schema, for editors, refuses what the programs refuse", async () => {
		const isGood = new Ajv({ strict: false, validateFormats: false }).compile(await schema());
		const laptop = parse(readFileSync("city/files/laptop.yaml", "utf8")) as Record<string, unknown>;
		for (const [name, value] of Object.entries(laptop)) laptop[name] = value ?? {};
		expect(isGood(laptop)).toBe(true);
		for (const [text] of BAD.slice(0, 12).filter(([text]) => !text.startsWith("zone")))
			expect([text, isGood(parse(text))]).toEqual([text, false]);
	});
	test("every whole number is accepted within its range and nowhere else", () => {
		const numbers = FRAMES.flatMap(({ command, words }) =>
			Object.entries(words).flatMap(([name, word]: [string, Word]) =>
				word.type === "integer" ? [{ command, name, word }] : [],
			),
		);
		const near = ({ minimum = 0, maximum = 0 }: Word) =>
			fc.oneof(fc.constantFrom(minimum - 1, minimum, maximum, maximum + 1), fc.integer());
		const drawn = fc
			.constantFrom(...numbers)
			.chain((option) => fc.record({ one: fc.constant(option), value: near(option.word) }));
		fc.assert(
			fc.property(drawn, ({ one: { command, name, word }, value }) => {
				const frame = FRAMES.find((known) => known.command === command)!;
				const path = file(stringify({ [command]: { [name]: value } }));
				const take = () => read(frame, ["--config", path]).values;
				if (value >= word.minimum! && value <= word.maximum!)
					expect(take()).toMatchObject({ [name]: value });
				else expect(take).toThrow(`${command}.${name} ${value}: is no whole number`);
			}),
			{ numRuns: 30 },
		);
	});
	test("the help of each program has every word, in lines of 100 characters", () => {
		for (const frame of FRAMES) {
			const lines = helpOf(frame).split("\n");
			for (const name of Object.keys(frame.words))
				expect(lines.filter((line) => line.startsWith(`  --${name} `))).toHaveLength(1);
			expect(lines.filter((line) => line.length > 100)).toEqual([]);
		}
	});
});

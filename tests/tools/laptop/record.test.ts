/** Record: the firmware itself at the other end of the line; the file and its privacy. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { KEPT_DAYS } from "../../../lib/recording/recording.js";
import { recordingIn, SUFFIX, textOf } from "../../../lib/recording/recordingfile.js";
import type { Trouble } from "../../../lib/text/trouble.js";
import { openLine } from "../../../tools/laptop/line/line.js";
import { Plain } from "../../../tools/laptop/line/plain.js";
import { record } from "../../../tools/laptop/record/record.js";
import { Saver } from "../../../tools/laptop/record/saver.js";
import { KEPT, KEPT_AS, SECRET } from "../../support/technician.js";
import { TestSeat } from "./lampline.js";
import { LampOnLine } from "./lamponline.js";

const DAY = 86_400_000;

let folder: string;
let pole: LampOnLine;
const file = (name: string) => join(folder, name);

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	pole = new LampOnLine("L-0017", { identity: { node: "quai-7" } });
	pole.host.stored.set(KEPT_AS, KEPT);
	pole.host.deliver((inputs, now) => inputs.onIlluminance(now, 0.3 as never));
	pole.pass(61_234);
	pole.host.deliver((inputs, now) => inputs.onMovement(now));
	await pole.plug();
});
afterEach(async () => {
	await pole.unplug();
	rmSync(folder, { recursive: true });
});

/** The program with `--once`; the secret comes through a pipe. */
async function run(...moreArgs: string[]) {
	const seat = new TestSeat();
	Object.assign(seat.stdin, { isTTY: false });
	seat.keys.end(`${SECRET}\n`);
	const { stdin, stdout, stderr, now } = seat;
	const args = ["--port", pole.line.name, "--folder", folder, "--once", ...moreArgs];
	const environment = { LANG: "C" };
	const code = await record(args, { stdin, stdout, stderr, now, environment });
	return { code, out: stdout.text, said: stderr.text };
}

function saved(index = 0) {
	const name = readdirSync(folder).filter((each) => each.endsWith(SUFFIX))[index]!;
	return recordingIn(name, readFileSync(file(name), "utf8"));
}

describe("the program", () => {
	test("saves what the memory holds; times are cut to the minute unless --seconds is given", async () => {
		expect(await run()).toEqual({
			code: 0,
			said: "",
			out: expect.stringMatching(/quai-7-2026-11-24T2100\.recording: \d+ inputs, \d+ levels/),
		});
		const { lives, isBlurred, node, serial } = saved();
		expect([node, serial, isBlurred, lives.length]).toEqual(["quai-7", "L-0017", true, 1]);
		const [life] = lives;
		expect(life!.inputs.map(({ input }) => input)).toEqual(
			expect.arrayContaining(["boot", "illuminance", "movement", "login"]),
		);
		expect(life!.inputs.every(({ at_ms }) => at_ms % 60_000 === 0)).toBe(true);
		expect(life!.levels.every(({ at_ms }) => at_ms % 60_000 === 0)).toBe(true);
		expect(life!.settings[0]!.values.node).toBe("quai-7");
		expect(Object.keys(life!.settings[0]!.values)).not.toContain("siteKey");
		expect((await run("--seconds")).out).toMatch(/^the recording has exact times: it shows who/);
		const movement = saved().lives[0]!.inputs.find(({ input }) => input === "movement");
		expect(movement!.at_ms % 60_000).toBeGreaterThan(0);
	});
	test("a lamp without a name is recorded under its serial number", async () => {
		await pole.unplug();
		pole = new LampOnLine("L-0018");
		pole.host.stored.set(KEPT_AS, KEPT);
		await pole.plug();
		expect((await run()).out).toMatch(/L-0018-2026-11-24T\d{4}\.recording: /);
		expect(saved().node).toBe("L-0018");
	});
	test("another lamp on the same line is not mixed into a recording", async () => {
		const saver = new Saver(() => 0);
		const talk = await Plain.open(pole.line.name, openLine);
		await talk.do(`login ${SECRET}`, "login");
		await saver.list(talk);
		const before = textOf(saver.recording);
		const other = { do: talk.do.bind(talk), node: "quai-8" };
		await expect(saver.list(other)).rejects.toThrow(
			/^this lamp is quai-8, and the recording is of quai-7: end it/,
		);
		expect(textOf(saver.recording)).toBe(before);
		await talk.close();
	});
	test(`deletes recordings in its folder after ${KEPT_DAYS} days, and no other file`, async () => {
		await run();
		const old = { ...saved(), saved: Date.UTC(2026, 10, 24, 21) - KEPT_DAYS * DAY - 1 };
		const young = { ...old, saved: old.saved + 2 };
		writeFileSync(file(`old${SUFFIX}`), textOf(old));
		writeFileSync(file(`young${SUFFIX}`), textOf(young));
		writeFileSync(file(`torn${SUFFIX}`), textOf(old).slice(0, 200));
		writeFileSync(file("old.txt"), textOf(old));
		expect((await run()).out).toMatch(/^old\.recording: deleted, older than 30 days$/m);
		expect(readdirSync(folder)).toEqual(
			expect.arrayContaining([`young${SUFFIX}`, `torn${SUFFIX}`, "old.txt"]),
		);
		expect(readdirSync(folder)).not.toContain(`old${SUFFIX}`);
	});
});

describe("a file that is no whole recording is refused by a sentence", () => {
	const faultOf = (content: string) => {
		try {
			recordingIn("night", content);
			return "accepted";
		} catch (error) {
			return (error as Trouble).text.en;
		}
	};
	test("cut, changed, foreign, of another format", async () => {
		await run();
		const recording = textOf(saved());
		expect(faultOf(recording)).toBe("accepted");
		for (const length of [
			recording.length - 3,
			Math.floor(recording.length / 2),
			recording.length - 40,
		])
			expect(faultOf(recording.slice(0, length))).toMatch(
				/ends in the middle, after line \d+|checksum/,
			);
		expect(faultOf(recording.replace('"quai-7"', '"quai-8"'))).toMatch(/checksum is wrong/);
		const lines = recording.split("\n");
		expect(faultOf([...lines.slice(0, 5), ...lines.slice(6)].join("\n"))).toMatch(/checksum/);
		for (const other of ["", "pole,node\nQ7,quai-7\n", "{}\n", "null\n", "\u0000\u0001"])
			expect(faultOf(other)).toMatch(/is not a recording of a lamp; npx luminode record/);
		expect(faultOf(recording.replace('{"recording":1', '{"recording":9'))).toMatch(/of format 9/);
	});
});

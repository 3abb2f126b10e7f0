/** Refused: a recording that this firmware cannot replay is refused by a sentence. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { KEPT_DAYS, type Recording } from "../../../lib/recording/recording.js";
import { textOf } from "../../../lib/recording/recordingfile.js";
import type { Text } from "../../../lib/text/bilingual.js";
import { Trouble } from "../../../lib/text/trouble.js";
import { readOptions } from "../../../sim/cli/words.js";
import { replayWords, withRecording } from "../../../sim/files/replayoptions.js";
import { SW_VERSION } from "../../../src/version.js";

const NOW = Date.UTC(2026, 10, 25);
const DAY = 86_400_000;
const NIGHT: Recording = {
	serial: "L-0017",
	site: "liege",
	node: "quai-7",
	hardware: "fake/1",
	swVersion: SW_VERSION,
	saved: NOW - 1000,
	isBlurred: false,
	lives: [
		{
			life: 1,
			powerCause: "powerOn",
			began: NOW - 60_000,
			until_ms: 59_000,
			state: { at_ms: 1000 },
			settings: [{ at_ms: 0, values: { node: "quai-7", fallTime: 10 } }],
			inputs: [{ nth: 0, at_ms: 0, input: "boot", value: 100 }],
			levels: [{ nth: 0, at_ms: 0, level: 100, who: "default" }],
		},
	],
};
const [LIFE] = NIGHT.lives;

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What the program says to the recording: a refusal, a note, or nothing. */
function saidTo(recording: Recording, ...args: string[]): Text | string {
	const path = join(folder, "night.recording");
	writeFileSync(path, textOf(recording));
	const answer = readOptions(replayWords([path, ...args])!);
	if (answer.kind !== "run") throw new Error("no run");
	try {
		const { note } = withRecording(answer.options, NOW);
		return note ? unnamed(note) : "replayed";
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		return unnamed(error.text);
	}
}

/** Without the path in front. */
function unnamed({ en, fr }: Text): Text {
	return { en: en.replace(/^.*?: /, ""), fr: fr.replace(/^.*? : /, "") };
}

describe("replay", () => {
	test("takes a recording of this firmware", () => {
		expect(saidTo(NIGHT)).toBe("replayed");
	});
	test("refuses one of another version, in both languages, unless it is asked for", () => {
		const other = { ...NIGHT, swVersion: "0.0.9" };
		expect(saidTo(other)).toEqual({
			en: `was recorded by firmware 0.0.9, and this is ${SW_VERSION}; check out that version, or give --other-firmware to see the light of this one`,
			fr: `a été enregistré par la version 0.0.9 du logiciel, et celle-ci est la ${SW_VERSION} ; revenez à cette version, ou ajoutez --other-firmware pour voir l'éclairage de celle-ci`,
		});
		expect(saidTo(other, "--other-firmware")).toBe("replayed");
	});
	test.each([
		[
			{ fallTime: -1 },
			"the setting fallTime of the recording is not valid here: must be 0 to 600 s, e.g. 10",
			"le réglage fallTime de l'enregistrement n'est pas valable ici : il faut 0 à 600 s, par pas de 0,1, p. ex. 10",
		],
		[
			{ ofAnotherVersion: 1 },
			"the setting ofAnotherVersion of the recording is not valid here: it does not exist",
			"le réglage ofAnotherVersion de l'enregistrement n'est pas valable ici : il n'existe pas",
		],
	])("refuses the settings %j by name", (values, en, fr) => {
		const lives = [{ ...LIFE!, settings: [{ at_ms: 0, values }] }];
		expect(saidTo({ ...NIGHT, lives })).toEqual({ en, fr });
	});
	test("refuses one without an input", () => {
		const lives = [{ ...LIFE!, inputs: [] }];
		expect(saidTo({ ...NIGHT, lives })).toMatchObject({ en: "holds no input of the lamp" });
	});
	test("names one that is overdue", () => {
		const saved = NOW - KEPT_DAYS * DAY - 1;
		expect(saidTo({ ...NIGHT, saved })).toEqual({
			en: "recorded on 2026-10-25; delete it: recordings are kept for 30 days",
			fr: "enregistré le 2026-10-25 ; supprimez-le : les enregistrements se conservent 30 jours",
		});
	});
});

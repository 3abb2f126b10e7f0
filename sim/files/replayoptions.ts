/**
 * Options of a replay: `replay FILE` on the command line as options of a run.
 */
import { textOfFile } from "../../lib/files.js";
import { isExpired, KEPT_DAYS } from "../../lib/recording/recording.js";
import { recordingIn, recordingText } from "../../lib/recording/recordingfile.js";
import { REPLAY_HELP } from "../../lib/recording/recordingtexts.js";
import { languageOf, type Text } from "../../lib/text/bilingual.js";
import { Trouble } from "../../lib/text/trouble.js";
import { settingOf } from "../../src/settings/table.js";
import { SW_VERSION } from "../../src/version.js";
import type { Options } from "../options/options.js";
import { planOf } from "../replay/plan.js";
import { faultOfSettings } from "../replay/settings.js";

/** A text in the language of the environment. */
export function worded(text: Text): string {
	return text[languageOf(process.env)];
}

export const replayHelp = (): string => worded(REPLAY_HELP);

export const noFile = (): string => worded(recordingText("noFile"));

/** The words of `replay FILE ...` as options of the simulator; undefined: no file is named. */
export function replayWords([file, ...args]: readonly string[]): string[] | undefined {
	if (file === undefined || file.startsWith("--")) return undefined;
	return ["--replay", file, "--lamps", "1", "--quiet", ...args];
}

/** With the recording that `--replay` names; throws `Trouble`. */
export function withRecording(
	options: Options,
	now = Date.now(),
): { readonly options: Options; readonly note?: Text } {
	const { replay: file, otherFirmware } = options;
	if (file === undefined) return { options };
	const recording = recordingIn(file, textOfFile(file));
	if (recording.swVersion !== SW_VERSION && !otherFirmware)
		throw new Trouble(recordingText("otherFirmware", file, recording.swVersion, SW_VERSION));
	const plan = planOf(recording);
	if (!plan) throw new Trouble(recordingText("empty", file));
	for (const life of plan.lives) {
		const fault = faultOfSettings(life.settings);
		if (fault) throw new Trouble(recordingText("badSetting", file, fault.name, fault.why));
	}
	const set = Object.entries(plan.lives[0]!.settings).map(([name, value]) => ({
		section: settingOf(name)!.section,
		name,
		value,
	}));
	const recorded = { ...options, set, recorded: plan, lampResponse: false };
	if (!isExpired(recording, now)) return { options: recorded };
	const date = new Date(recording.saved).toISOString().slice(0, 10);
	return {
		options: recorded,
		note: recordingText("overdue", file, date, KEPT_DAYS),
	};
}

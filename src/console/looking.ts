/**
 * Looking: the commands that show the lamp's state and its reasons, and change nothing.
 */
import type { JournalEntry } from "../journal/journal.js";
import { type Answer, listing } from "./answer.js";
import { type Command, command, type Talk } from "./command.js";
import { stateText, success, usage, wholeNumber } from "./lines.js";
import { energyLines, entryLine, statusLines } from "./print.js";
import { entryObject, statusObjects, trialObject } from "./printjson.js";
import { say } from "./texts.js";

/** Events that `events` shows without a number; a screen has 24 lines. */
const EVENT_LINES = 16;

export const LOOKING: readonly Command[] = Object.freeze([
	command("status", "the lamp at a glance", "le luminaire en un coup d'œil", status),
	command(
		"events [COUNT]",
		"the latest events, newest last",
		"les derniers événements, le plus récent à la fin",
		events,
	),
	command(
		"energy",
		"energy used (modelled), by night and by hour",
		"l'énergie consommée (modélisée), par nuit et par heure",
		(_rest, { owner: { view, language } }) => listing(energyLines(view, language)),
	),
]);

/** Behind the parts of the view, the trial of settings. */
function status(_rest: string, { owner }: Talk): Answer {
	const { view, language, trial } = owner;
	const last = trial && [say(language, "settingsState", stateText(owner)), trialObject(trial)];
	return listing(statusLines(view, language, last?.[0]), statusObjects(view, last?.[1]));
}

function events(rest: string, { owner }: Talk): Answer {
	const count = rest === "" ? EVENT_LINES : wholeNumber(rest);
	if (count === undefined || count === 0) return usage("events [1-99999]; events 20", owner);
	const { newest, oldest } = owner.journal; // events added during the listing do not belong to it
	const first = Math.max(oldest, newest - count + 1);
	if (newest < first) return success(owner, "noEvents");
	const each = (of: (entry: JournalEntry) => string) => (index: number) => {
		const seq = first + index;
		if (seq > newest) return undefined;
		const entry = owner.journal.read(seq);
		return entry ? of(entry) : gone(seq);
	};
	const gone = (seq: number) => `{"seq":${seq}}`; // overwritten during the listing
	return listing(
		each((entry) => entryLine(entry, owner.view.plan.zone)),
		each(entryObject),
	);
}

/**
 * Looking: the commands that show the lamp's state and its reasons, and change nothing.
 */
import { formatDate, parseDate } from "../command/instant.js";
import { FIELDS } from "../command/table.js";
import { explain } from "../explain/explain.js";
import { explainPast, latestAt } from "../explain/past.js";
import { previewLines } from "../explain/previewtext.js";
import type { JournalEntry } from "../journal/journal.js";
import { type Answer, listed, listing } from "./answer.js";
import { type Command, command, type Talk } from "./command.js";
import { denied, stateText, told, usage, wholeNumber } from "./lines.js";
import { energyLines, entryLine, statusLines } from "./print.js";
import { entryObject, statusObjects, trialObject } from "./printjson.js";
import { because, say } from "./texts.js";

/** Events that `events` shows without a number; a screen has 24 lines. */
const EVENT_LINES = 16;

export const LOOKING: readonly Command[] = Object.freeze([
	command("status", "the lamp at a glance", "le luminaire en un coup d'œil", status),
	command(
		"explain [HH:MM[:SS]]",
		"the reasons of its light, now or at a past time",
		"les raisons de sa lumière, maintenant ou à une heure passée",
		why,
	),
	command(
		"preview [DATE]",
		"the levels of the coming night, or of that of a date, without presence",
		"les niveaux de la nuit qui vient, ou de celle d'une date, sans présence",
		preview,
	),
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

/** At the pole presence may be reported: a technician there sees the road users anyway. */
function why(rest: string, { owner }: Talk): Answer {
	const { language, view } = owner;
	if (rest === "") return listed(explain(view, language, true));
	const { utc } = view.time;
	if (utc === undefined) return undated(owner);
	const at = latestAt(rest, view.plan.zone, utc);
	if (at === undefined) return usage("explain [HH:MM[:SS]]; explain 22:02:31", owner);
	const past = explainPast(view, at, true, language);
	return past ? listed(past.explanation) : denied("notAvailable", owner, "notKept", rest);
}

function undated(owner: Talk["owner"]): Answer {
	return denied("noClock", owner, "rejected", because(owner.language, "noClock"));
}

function preview(rest: string, { owner }: Talk): Answer {
	const { language, view } = owner;
	const day = rest === "" ? view.plan.comingDay : parseDate(rest);
	if (day !== undefined && day >= FIELDS.date.min && day <= FIELDS.date.max)
		return listing(previewLines(() => view.plan.walk(day), formatDate(day), language));
	if (rest === "") return undated(owner);
	const [first, last] = [formatDate(FIELDS.date.min), formatDate(FIELDS.date.max)];
	return usage(`preview [${first}..${last}]; preview 2026-12-24`, owner);
}

function events(rest: string, { owner }: Talk): Answer {
	const count = rest === "" ? EVENT_LINES : wholeNumber(rest);
	if (count === undefined || count === 0) return usage("events [1-99999]; events 20", owner);
	const { newest, oldest } = owner.journal; // events added during the listing do not belong to it
	const first = Math.max(oldest, newest - count + 1);
	if (newest < first) return told(owner, "noEvents");
	const each = (of: (entry: JournalEntry) => string) => (nth: number) => {
		const seq = first + nth;
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

/**
 * Looking: the commands that show the lamp's state and its reasons, and change nothing.
 */
import { formatDate, parseDate } from "../command/instant.js";
import { FIELDS } from "../command/table.js";
import { explain } from "../explain/explain.js";
import { explainPast, latestAt } from "../explain/past.js";
import { previewLines } from "../explain/previewtext.js";
import { frozen } from "../frozen.js";
import type { JournalEntry } from "../journal/journal.js";
import { type Answer, listed, listing, refused, said } from "./answer.js";
import type { Command, Talk } from "./command.js";
import { usage, wholeNumber } from "./lines.js";
import { energyLines, entryLine, statusLines } from "./print.js";
import { entryObject, statusObjects } from "./printjson.js";
import { fill, TEXTS } from "./texts.js";

/** Events that `events` shows without a number; a screen has 24 lines. */
const EVENT_LINES = 16;

export const LOOKING: readonly Command[] = frozen([
	{
		name: "status",
		usage: "status",
		about: { en: "the lamp at a glance", fr: "la lampe en un coup d'œil" },
		run: (_rest, { owner: { view } }) => listing(statusLines(view), statusObjects(view)),
	},
	{
		name: "explain",
		usage: "explain [HH:MM[:SS]]",
		about: {
			en: "why it shines as it does, or did then",
			fr: "pourquoi elle brille ainsi, ou brillait alors",
		},
		run: why,
	},
	{
		name: "preview",
		usage: "preview [DATE]",
		about: {
			en: "the levels of the coming night, or of that of a date, if nobody comes",
			fr: "les niveaux de la nuit qui vient, ou de celle d'une date, sans passage",
		},
		run: preview,
	},
	{
		name: "events",
		usage: "events [COUNT]",
		about: { en: "the latest events, newest last", fr: "les derniers événements" },
		run: events,
	},
	{
		name: "energy",
		usage: "energy",
		about: {
			en: "what was used (modelled), by night and by hour",
			fr: "l'énergie (modélisée), par nuit et par heure",
		},
		run: (_rest, { owner: { view } }) => listing(energyLines(view)),
	},
]);

/** At the pole presence may be reported: a technician there sees the road users anyway. */
function why(rest: string, { owner }: Talk): Answer {
	const { language, view } = owner;
	if (rest === "") return listed(explain(view, language, true));
	const { utc } = view.time;
	if (utc === undefined) return refused("noClock", fill(TEXTS[language].rejected, "noClock"));
	const at = latestAt(rest, view.plan.zone, utc);
	if (at === undefined) return usage("explain [HH:MM[:SS]]", owner);
	const past = explainPast(view, at, true, language);
	return past
		? listed(past.explanation)
		: refused("notAvailable", fill(TEXTS[language].notKept, rest));
}

function preview(rest: string, { owner }: Talk): Answer {
	const { language, view } = owner;
	const day = rest === "" ? view.plan.comingDay : parseDate(rest);
	if (day !== undefined && day >= FIELDS.date.min && day <= FIELDS.date.max)
		return listing(previewLines(() => view.plan.walk(day), formatDate(day), language));
	if (rest === "") return refused("noClock", fill(TEXTS[language].rejected, "noClock"));
	return usage(`preview [${formatDate(FIELDS.date.min)}..${formatDate(FIELDS.date.max)}]`, owner);
}

function events(rest: string, { owner }: Talk): Answer {
	const count = rest === "" ? EVENT_LINES : wholeNumber(rest);
	if (count === undefined || count === 0) return usage("events [COUNT]", owner);
	const { newest, oldest } = owner.journal; // events added during the listing do not belong to it
	const first = Math.max(oldest, newest - count + 1);
	if (newest < first) return said(TEXTS[owner.language].noEvents);
	const each = (of: (entry: JournalEntry) => string) => (nth: number) => {
		const seq = first + nth;
		if (seq > newest) return undefined;
		const entry = owner.journal.read(seq);
		return entry ? of(entry) : gone(seq);
	};
	const gone = (seq: number) => `{"seq":${seq}}`; // overwritten during the listing
	return listing(each(entryLine), each(entryObject));
}

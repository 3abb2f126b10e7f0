/**
 * Questions: one word for each question of a technician, in lines of 80 characters.
 *
 * `why` answers *why lit by day* and *why dark*; `offline`, `sensors` and `changes` answer the
 * others, and `tonight` is the forecast.
 */
import { levelText } from "../explain/chaintext.js";
import { clockText } from "../explain/clocktext.js";
import { explainPast, latestAt } from "../explain/past.js";
import type { UtcMillis } from "../units.js";
import { type Answer, type Lines, listed, listing } from "./answer.js";
import { type Command, command, type Talk } from "./command.js";
import { denied, usage } from "./lines.js";
import { broker, network } from "./linkcommands.js";
import { entryLine, fixed, spanText } from "./print.js";
import { changedLine } from "./settingscommands.js";
import { because, say, type TextName, wordOf } from "./texts.js";

const COLUMNS = 80;
/** Events that `changes` shows at most. */
const CHANGES_MAX = 8;
/** Events by which a person changes a lamp. */
const BY_PEOPLE =
	" login settingsChanged settingsReverted certificateChanged secretChanged override nodeReplaced ";
/** French words for the commands of this file, each before the name. */
export const FRENCH_NAMES =
	" pourquoi why ce-soir tonight hors-ligne offline capteurs sensors changements changes ";

export const QUESTIONS: readonly Command[] = Object.freeze([
	command(
		"why [HH:MM[:SS]]",
		"the level, its reasons, what changes it when; or those of a past time",
		"(pourquoi) le niveau, ses raisons, la suite ; ou ceux d'une heure passée",
		why,
	),
	command(
		"tonight",
		"the levels of the coming night, without presence",
		"(ce-soir) les niveaux de la nuit qui vient, sans présence",
		tonight,
	),
	command(
		"offline",
		"network and broker: their state, the last trouble",
		"(hors-ligne) réseau et broker : leur état, le dernier incident",
		(_rest, talk) =>
			folded((index) => [network, broker][index]?.("", talk).lines?.(0, talk.now) as string),
	),
	command(
		"sensors",
		"whether they are alive: last movement, light now, doubts",
		"(capteurs) s'ils fonctionnent : dernier mouvement, lumière, doutes",
		sensors,
	),
	command(
		"changes",
		"the last changes by people, and the settings that are not the default",
		"(changements) les derniers changements, et les réglages modifiés",
		changes,
	),
]);

/**
 * The level; its chain, each link by a word; the coming changes with their times. At the pole
 * presence may be reported: a technician there sees the road users anyway.
 */
function why(rest: string, { owner }: Talk): Answer {
	const { language, view } = owner;
	const { light, sensing, plan } = view;
	if (rest !== "") {
		const { utc } = view.time;
		if (utc === undefined) return undated(owner);
		const at = latestAt(rest, plan.zone, utc);
		if (at === undefined) return usage("why [HH:MM[:SS]]; why 22:02:31", owner);
		const past = explainPast(view, at, true, language);
		return past ? listed(past.explanation) : denied("notAvailable", owner, "notKept", rest);
	}
	const { actual, feedback, chain, target } = light;
	const { dark, darkBecause, sunset, sunrise } = sensing;
	let level = levelText(actual, language);
	if (actual !== feedback) level += ` > ${levelText(feedback, language)}`;
	let links = "";
	for (const { by, level, source } of chain) {
		const isWord = by === "sensor" || (by === "program" && source === "outside");
		const origin = source === undefined ? "" : ` (${isWord ? wordOf(language, source) : source})`;
		links += `${links && " > "}${wordOf(language, by)} ${levelText(level, language)}${origin}`;
	}
	let next = "";
	const add = (name: TextName, utc: UtcMillis | undefined) => {
		if (utc !== undefined)
			next += `${next && ", "}${say(language, name, clockText(plan.zone, utc))}`;
	};
	if (target !== undefined) add("nextClear", 0 as UtcMillis);
	if (!dark) add("nextDusk", sunset);
	else {
		if (light.reason !== "sensor") add("nextMove", 0 as UtcMillis);
		add("nextProgram", plan.until);
		add("nextDawn", sunrise);
	}
	const reasons = say(language, "whyChain", links);
	return listed([
		`${level}, ${say(language, dark ? "dark" : "notDark")} (${wordOf(language, darkBecause)})`,
		reasons.length > COLUMNS ? `${reasons.slice(0, COLUMNS - 3)}...` : reasons,
		say(language, "whyNext", next || say(language, "noneFeminine")),
	]);
}

function undated(owner: Talk["owner"]): Answer {
	return denied("noClock", owner, "rejected", because(owner.language, "noClock"));
}

/** Sun and levels. */
function tonight(_rest: string, { owner }: Talk): Answer {
	const { language, view } = owner;
	const { zone, comingDay } = view.plan;
	if (comingDay === undefined) return undated(owner);
	const steps = view.plan.walk(comingDay);
	const { sunset, sunrise } = steps.night;
	const time = (utc: UtcMillis | undefined) =>
		utc === undefined ? wordOf(language, "none") : clockText(zone, utc);
	let levels = "";
	while (steps.next())
		levels += `${clockText(zone, steps.from)} ${levelText(steps.level, language)}, `;
	return folded(
		(index) =>
			[
				`${say(language, "nextDusk", time(sunset))}, ${say(language, "nextDawn", time(sunrise))}`,
				`${levels}${clockText(zone, steps.until)} 0 %`,
			][index],
	);
}

function sensors(_rest: string, { owner }: Talk): Answer {
	const { language, view } = owner;
	const { movedAt, lightLevel, pirDoubt, lightDoubt, photocell } = view.sensing;
	const trust = (doubt: string | undefined) =>
		doubt === undefined
			? say(language, "trusted")
			: say(language, "doubted", wordOf(language, doubt));
	const moved =
		movedAt < 0
			? say(language, "notMoved")
			: say(language, "moved", spanText(view.time.now - movedAt));
	const lux =
		lightLevel === undefined
			? say(language, "noReading")
			: `${fixed(language, lightLevel, 1)} lx, ${wordOf(language, photocell)}`;
	const lines = [`pir      ${moved}, ${trust(pirDoubt)}`, `light    ${lux}, ${trust(lightDoubt)}`];
	return folded((index) => lines[index]);
}

/** The latest events of people, oldest first; then settings that are not the default. */
function changes(_rest: string, { owner }: Talk): Answer {
	const { journal, view, names } = owner;
	const lines: string[] = [];
	for (let seq = journal.newest; seq >= journal.oldest && lines.length < CHANGES_MAX; seq -= 1) {
		const entry = journal.read(seq);
		if (entry && BY_PEOPLE.includes(` ${entry.type} `))
			lines.push(entryLine(entry, view.plan.zone));
	}
	const { length } = lines;
	let at = 0;
	return folded((index) => {
		let line = lines[length - 1 - index];
		while (line === undefined && at < names.length) line = changedLine(names[at++]!, owner);
		return line;
	});
}

/** Place of the last `mark` from `at` back, -1: none; lastIndexOf would add 1.7 KB of XS to an image. */
function lastOf(mark: string, line: string, at: number): number {
	while (at >= 0 && !line.startsWith(mark, at)) at -= 1;
	return at;
}

/** The lines in pieces of 80 characters, parted behind a comma or else at a blank. */
function folded(lines: Lines): Answer {
	let index = 0;
	let rest: string | undefined = "";
	return listing(() => {
		const line: string | undefined = rest || lines(index++);
		if (line === undefined || line.length <= COLUMNS) {
			rest = "";
			return line;
		}
		let end = lastOf(", ", line, COLUMNS - 1) + 1 || lastOf(" ", line, COLUMNS);
		if (end < 2) end = COLUMNS;
		rest = ` ${line.slice(end)}`;
		return line.slice(0, end);
	});
}

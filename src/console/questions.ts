/**
 * Questions: one word for each question of a technician, in lines of 80 characters.
 *
 * `why` answers *why lit by day* and *why dark*; `offline`, `sensors` and `changes` answer the
 * others, and `tonight` is the forecast. They are the short forms of `explain`, `network` and
 * `broker`, `status`, `events`, and `preview`.
 */
import { type Language, levelText } from "../explain/chaintext.js";
import { clockText, secondsText } from "../explain/clocktext.js";
import { totalsOf } from "../explain/preview.js";
import type { UtcMillis } from "../units.js";
import type { View } from "../view.js";
import { type Answer, listed, listing } from "./answer.js";
import { type Command, command, type Talk } from "./command.js";
import { network, shownBroker } from "./linkcommands.js";
import { entryLine, spanText } from "./print.js";
import { changedLine } from "./settingscommands.js";
import { because, numeral, say, type TextName, wordOf } from "./texts.js";

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
		"why",
		"three lines: the level, its reasons, and what changes it when",
		"(pourquoi) trois lignes : le niveau, ses raisons, ce qui le changera et quand",
		(_rest, { owner: { view, language } }) => listed(whyLines(view, language)),
	),
	command(
		"tonight",
		"the levels of the coming night at a glance, without presence",
		"(ce-soir) les niveaux de la nuit qui vient, sans présence",
		(_rest, talk) => tonight(talk),
	),
	command(
		"offline",
		"why the broker is not reached: network, broker, last trouble",
		"(hors-ligne) pourquoi le broker n'est pas joint : réseau, broker, incident",
		(_rest, talk) => offline(talk),
	),
	command(
		"sensors",
		"whether they are alive: the last movement, the light now, doubts",
		"(capteurs) s'ils fonctionnent : dernier mouvement, lumière, doutes",
		(_rest, { owner: { view, language } }) => listed(sensorLines(view, language)),
	),
	command(
		"changes",
		"what people changed last, and the settings that are not the default",
		"(changements) les derniers changements, et les réglages modifiés",
		(_rest, talk) => changes(talk),
	),
]);

/** The level; its chain, each link by a word; the coming changes with their times. */
function whyLines(view: View, language: Language): string[] {
	const { light, sensing, plan } = view;
	const word = (text: string) => wordOf(language, text);
	const to =
		light.actual === light.feedback
			? ""
			: say(language, "fading", levelText(light.feedback, language));
	const sky = say(language, sensing.dark ? "dark" : "notDark");
	const level = levelText(light.actual, language);
	const links: string[] = [];
	for (const link of light.chain) {
		const source = link.source === undefined ? "" : ` (${word(link.source)})`;
		links.push(`${word(link.by)} ${levelText(link.level, language)}${source}`);
	}
	const next: string[] = [];
	const at = (name: TextName, utc: UtcMillis | undefined) => {
		if (utc !== undefined) next.push(say(language, name, clockText(plan.zone, utc)));
	};
	if (light.target !== undefined) next.push(say(language, "nextClear"));
	if (!sensing.dark) at("nextDusk", sensing.sunset);
	else {
		if (light.reason !== "sensor") next.push(say(language, "nextMove"));
		at("nextProgram", plan.until);
		at("nextDawn", sensing.sunrise);
	}
	return [
		say(language, "whyLevel", level, to, sky, word(sensing.darkBecause)),
		cut(say(language, "whyChain", links.join(" > "))),
		cut(say(language, "whyNext", next.join(", ") || word("none"))),
	];
}

function cut(line: string): string {
	return line.length <= COLUMNS ? line : `${line.slice(0, COLUMNS - 3)}...`;
}

/** Sun and sum; then the levels, as many to a line as fit. */
function tonight({ owner }: Talk): Answer {
	const { language, view } = owner;
	const { plan } = view;
	const day = plan.comingDay;
	if (day === undefined) return listed([because(language, "noClock")]);
	const totals = totalsOf(plan.walk(day));
	const time = (utc: UtcMillis | undefined) =>
		utc === undefined ? wordOf(language, "none") : clockText(plan.zone, utc);
	const hours = numeral(language, `${Math.round(totals.burning / 360_000) / 10}`);
	const energy = numeral(language, `${Math.round(totals.activeEnergy_kWh * 1000) / 1000}`);
	const lines = [
		say(language, "tonight", time(totals.sunset), time(totals.sunrise), hours, energy),
	];
	const steps = plan.walk(day);
	const put = (text: string) => {
		const last = lines[lines.length - 1]!;
		if (lines.length > 1 && last.length + text.length + 2 <= COLUMNS)
			lines[lines.length - 1] = `${last}  ${text}`;
		else lines.push(text);
	};
	while (steps.next())
		put(`${clockText(plan.zone, steps.from)} ${levelText(steps.level, language)}`);
	if (totals.until !== undefined) put(`${clockText(plan.zone, totals.until)} 0 %`);
	return listed(lines);
}

function offline(talk: Talk): Answer {
	const { now } = talk;
	return listed([
		network("", talk).lines!(0, now) as string,
		shownBroker(talk).lines!(0, now) as string,
	]);
}

function sensorLines({ sensing, time, plan }: View, language: Language): string[] {
	const { movedAt, lightLevel, pirDoubt, lightDoubt, photocell, temperature } = sensing;
	const trust = (doubt: string | undefined) =>
		doubt === undefined
			? say(language, "trusted")
			: say(language, "doubted", wordOf(language, doubt));
	const ago = time.now - movedAt;
	const { utc } = time;
	const clock = utc === undefined ? "" : `, ${secondsText(plan.zone, (utc - ago) as UtcMillis)}`;
	const moved =
		movedAt < 0 ? say(language, "notMoved") : say(language, "moved", spanText(ago), clock);
	const lux =
		lightLevel === undefined
			? say(language, "noReading")
			: `${numeral(language, `${Math.round(lightLevel * 10) / 10}`)} lx, ${wordOf(language, photocell)}`;
	const lines = [`pir      ${moved}, ${trust(pirDoubt)}`, `light    ${lux}, ${trust(lightDoubt)}`];
	if (temperature !== undefined)
		lines.push(`heat     ${numeral(language, `${Math.round(temperature * 10) / 10}`)} C`);
	return lines;
}

/** The latest events of people, oldest first; then settings that are not the default. */
function changes({ owner }: Talk): Answer {
	const { journal, view } = owner;
	const lines: string[] = [];
	for (let seq = journal.newest; seq >= journal.oldest && lines.length < CHANGES_MAX; seq -= 1) {
		const entry = journal.read(seq);
		if (entry && BY_PEOPLE.includes(` ${entry.type} `))
			lines.unshift(entryLine(entry, view.plan.zone));
	}
	const { names } = owner;
	const events = lines.length;
	let at = 0;
	return listing((nth) => {
		if (nth < events) return lines[nth];
		for (; at < names.length; at += 1) {
			const line = changedLine(names[at]!, owner);
			if (line === undefined) continue;
			at += 1;
			return line;
		}
		return undefined;
	});
}

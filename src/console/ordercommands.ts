/**
 * Orders: the commands that ask the lamp for something, as the broker's orders do.
 */
import { formatInstant, parseInstant } from "../command/instant.js";
import { frozen } from "../frozen.js";
import { type Answer, refused, said } from "./answer.js";
import type { Command, Talk } from "./command.js";
import { parted, usage, wholeNumber } from "./lines.js";
import { fill, TEXTS } from "./texts.js";

/** An override from the pole lasts a week at most, as one from the desk (command/table.ts). */
const MINUTES_MAX = 7 * 24 * 60;

export const ORDERS: readonly Command[] = frozen([
	{
		name: "override",
		usage: "override LEVEL MINUTES",
		about: {
			en: "a level in per cent for a while; people are still lit",
			fr: "un niveau en pour cent pour un temps ; les passants restent éclairés",
		},
		run: override,
	},
	{
		name: "clear",
		usage: "clear",
		about: { en: "end the override", fr: "terminer la dérogation" },
		run: (_rest, talk) => ordered(talk, '"command":"clearOverride"'),
	},
	{
		name: "time",
		usage: "time INSTANT",
		about: {
			en: "tell the date, where no time server can, or a false one was believed",
			fr: "donner la date, si aucun serveur ne peut ou si une fausse a été crue",
		},
		run: tellTime,
	},
	{
		name: "connect",
		usage: "connect",
		about: {
			en: "reach for the broker now, without waiting",
			fr: "joindre le courtier tout de suite, sans attendre",
		},
		run: (_rest, { owner }) => {
			owner.connectNow();
			return said(TEXTS[owner.language].connecting);
		},
	},
]);

function override(rest: string, talk: Talk): Answer {
	const [first, second] = parted(rest);
	const level = wholeNumber(first);
	const minutes = wholeNumber(second);
	if (level === undefined || level > 100 || !minutes || minutes > MINUTES_MAX)
		return usage(`override LEVEL MINUTES: 0-100, 1-${MINUTES_MAX}`, talk.owner);
	return ordered(talk, `"command":"override","level":${level},"duration":${60 * minutes}`);
}

function tellTime(rest: string, { owner }: Talk): Answer {
	const utc = parseInstant(rest);
	if (utc === undefined) return usage("time 2026-11-24T20:00:00Z", owner);
	const { language } = owner;
	if (!owner.tellTime(utc))
		return refused("notDone", fill(TEXTS[language].notDone, formatInstant(utc)));
	return said(formatInstant(utc));
}

/** An order with an id that no other life repeats. */
function ordered(talk: Talk, fields: string): Answer {
	const { owner, order } = talk;
	const texts = TEXTS[owner.language];
	const id = `console.${owner.view.identity.life}.${order}`;
	const { status, reason = "", field } = owner.order(`{"id":"${id}",${fields}}`);
	if (status !== "rejected") return said(fill(texts.accepted, status));
	const where = field === undefined ? "" : ` (${field})`;
	return refused(reason, fill(texts.rejected, `${reason}${where}`));
}

/**
 * Orders: the commands that send the lamp an order, as the broker's orders do.
 */
import { formatInstant, parseInstant } from "../command/instant.js";
import { frozen } from "../frozen.js";
import type { UtcMillis } from "../units.js";
import { type Answer, listing, refused, said } from "./answer.js";
import type { Command, Talk } from "./command.js";
import { only, parted, usage, wholeNumber } from "./lines.js";
import type { OrderAnswer } from "./owner.js";
import { timeText } from "./print.js";
import { timeObject } from "./printjson.js";
import { fill, TEXTS } from "./texts.js";

/** An override from the pole lasts a week at most, as one by the operator (command/table.ts). */
const MINUTES_MAX = 7 * 24 * 60;
/** The word after a command that confirms it. */
const CONFIRM = "confirm";
/** In typed form. */
export const TIME_EXAMPLE = "time 2026-11-24T20:00:00Z";
/** 2069-12-31T23:59:59Z, the last before LATEST_UTC (time/clock.ts). */
const LAST_SECOND = 3_155_759_999_000 as UtcMillis;
/** Characters of an invalid instant that are repeated: it may fill a line. */
const ECHO = 40;

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
		usage: "time [INSTANT]",
		about: {
			en: "show the time, or set it where no time server is reached or its answer was wrong",
			fr: "afficher l'heure, ou la régler si aucun serveur n'est joint ou si sa réponse est fausse",
		},
		run: time,
	},
	{
		name: "identify",
		usage: "identify [SECONDS]",
		about: { en: "show which lamp it is", fr: "montrer quelle lampe c'est" },
		run: identify,
	},
	{
		name: "maintenance",
		usage: "maintenance MINUTES|end",
		about: {
			en: "work on the lamp: level held, no alarms, no updates meanwhile",
			fr: "travailler sur la lampe : niveau tenu, ni alarmes ni mises à jour",
		},
		run: maintenance,
	},
	{
		name: "restart",
		usage: "restart",
		about: { en: "start over, lit", fr: "redémarrer, allumée" },
		run: (_rest, talk) => ordered(talk, '"command":"restart","commandConfirmation":true'),
	},
	{
		name: "factoryReset",
		usage: "factoryReset SERIAL",
		about: {
			en: "erase secrets, settings and data, and start as from the factory",
			fr: "effacer secrets, réglages et données, et repartir comme de l'usine",
		},
		run: factoryReset,
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

/** Alone: prints the time. With an instant: sets it; `confirm`: against a synchronised clock. */
function time(rest: string, { owner }: Talk): Answer {
	const texts = TEXTS[owner.language];
	if (rest === "") return listing(only(timeText(owner.view)), only(timeObject(owner.view)));
	const [instant, word] = parted(rest);
	const utc = word === "" || word === CONFIRM ? parseInstant(instant) : undefined;
	if (utc === undefined)
		return refused("usage", fill(texts.noInstant, rest.slice(0, ECHO), TIME_EXAMPLE));
	switch (owner.setTime(utc, word === CONFIRM)) {
		case "tooEarly":
			return refused("notDone", fill(texts.tooEarly, instant, formatInstant(owner.earliestDate)));
		case "tooLate":
			return refused("notDone", fill(texts.tooLate, instant, formatInstant(LAST_SECOND)));
		case "unconfirmed":
			return refused("unconfirmed", fill(texts.confirmTime, timeText(owner.view), instant));
	}
	return said(timeText(owner.view));
}

function identify(rest: string, talk: Talk): Answer {
	const seconds = rest === "" ? undefined : wholeNumber(rest);
	if (rest !== "" && seconds === undefined) return usage("identify [SECONDS]", talk.owner);
	return ordered(
		talk,
		`"command":"identify"${seconds === undefined ? "" : `,"duration":${seconds}`}`,
	);
}

function maintenance(rest: string, talk: Talk): Answer {
	if (rest === "end") return ordered(talk, '"command":"maintenanceMode","enabled":false');
	const minutes = wholeNumber(rest);
	if (!minutes) return usage("maintenance MINUTES|end", talk.owner);
	return ordered(talk, `"command":"maintenanceMode","duration":${60 * minutes}`);
}

/** The serial number confirms it, so that a paste into the wrong lamp has no effect. */
function factoryReset(rest: string, talk: Talk): Answer {
	const { owner } = talk;
	const { serial } = owner.view.identity;
	const texts = TEXTS[owner.language];
	if (rest !== serial) return refused("unconfirmed", fill(texts.confirmReset, serial));
	return ordered(talk, '"command":"factoryReset","commandConfirmation":true');
}

/** An order, and the text of its result. */
export function ordered(talk: Talk, fields: string): Answer {
	const texts = TEXTS[talk.owner.language];
	const { status, reason = "", field } = orderAs(talk, fields).answer;
	if (status !== "rejected") return said(fill(texts.accepted, status));
	const where = field === undefined ? "" : ` (${field})`;
	return refused(reason, fill(texts.rejected, `${reason}${where}`));
}

/** An order under an id that is unique over all lives. */
export function orderAs(
	{ owner, order }: Talk,
	fields: string,
): { readonly id: string; readonly answer: OrderAnswer } {
	const id = `console.${owner.view.identity.life}.${order}`;
	return { id, answer: owner.order(`{"id":"${id}",${fields}}`) };
}

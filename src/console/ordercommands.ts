/**
 * Orders: the commands that send the lamp an order, as the broker's orders do.
 */
import { formatInstant, parseInstant } from "../command/instant.js";
import { IDENTIFY_MAX_S, IDENTIFY_USUAL_S, MAINTENANCE_MAX_S } from "../command/table.js";
import { levelText } from "../explain/chaintext.js";
import type { Percent, UtcMillis } from "../units.js";
import { type Answer, listing, refused, sentence } from "./answer.js";
import { type Command, command, type Talk } from "./command.js";
import { denied, only, parted, untilText, usage, wholeNumber } from "./lines.js";
import type { OrderAnswer } from "./owner.js";
import { timeText } from "./print.js";
import { timeObject } from "./printjson.js";
import { because, say, type TextName } from "./texts.js";

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

export const ORDERS: readonly Command[] = Object.freeze([
	command(
		"override LEVEL MINUTES",
		"a level in per cent for a while; people are still lit",
		"un niveau en pour cent, pour une durée donnée ; les passants restent éclairés",
		override,
	),
	command("clear", "end the override", "terminer la dérogation", (_rest, talk) =>
		ordered(talk, '"command":"clearOverride"', "cleared"),
	),
	command(
		"time [INSTANT]",
		"show the time, or set it where no time server is reached or its answer was wrong",
		"afficher l'heure, ou la régler si aucun serveur n'est joint ou si sa réponse est fausse",
		time,
	),
	command(
		"identify [SECONDS]",
		"change the light every 2 s, to find the lamp",
		"changer la lumière toutes les 2 s, pour repérer le luminaire",
		identify,
	),
	command(
		"maintenance MINUTES|end",
		"work on the lamp: level held, no alarms, no updates meanwhile",
		"travailler sur le luminaire : niveau tenu, ni alarmes ni mises à jour",
		maintenance,
	),
	command(
		"restart",
		"start over, at the present level",
		"redémarrer, au niveau actuel",
		(_rest, talk) => ordered(talk, '"command":"restart","commandConfirmation":true', "restart"),
	),
	command(
		"factoryReset SERIAL",
		"erase secrets, settings and data, and start as from the factory",
		"effacer secrets, réglages et données, et repartir comme à la sortie d'usine",
		factoryReset,
	),
]);

function override(rest: string, talk: Talk): Answer {
	const [first, second] = parted(rest);
	const level = wholeNumber(first);
	const minutes = wholeNumber(second);
	if (level === undefined || level > 100 || !minutes || minutes > MINUTES_MAX)
		return usage(`override LEVEL MINUTES: 0-100, 1-${MINUTES_MAX}; override 60 90`, talk.owner);
	const { owner } = talk;
	const fields = `"command":"override","level":${level},"duration":${60 * minutes}`;
	const shown = levelText(level as Percent, owner.language);
	return ordered(talk, fields, "override", shown, untilText(owner, 60_000 * minutes));
}

/** Alone: prints the time. With an instant: sets it; `confirm`: against a synchronised clock. */
function time(rest: string, { owner }: Talk): Answer {
	const { language, view } = owner;
	const shown = () => timeText(owner.view, language);
	if (rest === "") return listing(only(shown()), only(timeObject(view)));
	const [instant, word] = parted(rest);
	const utc = word === "" || word === CONFIRM ? parseInstant(instant) : undefined;
	if (utc === undefined)
		return denied("usage", owner, "noInstant", rest.slice(0, ECHO), TIME_EXAMPLE);
	switch (owner.setTime(utc, word === CONFIRM)) {
		case "tooEarly":
			return denied("notDone", owner, "tooEarly", instant, formatInstant(owner.earliestDate));
		case "tooLate":
			return denied("notDone", owner, "tooLate", instant, formatInstant(LAST_SECOND));
		case "unconfirmed":
			return denied("unconfirmed", owner, "confirmTime", shown(), instant);
	}
	return sentence(shown());
}

function identify(rest: string, talk: Talk): Answer {
	const seconds = rest === "" ? IDENTIFY_USUAL_S : wholeNumber(rest);
	if (!seconds || seconds > IDENTIFY_MAX_S)
		return usage(`identify [1-${IDENTIFY_MAX_S}]; identify 20`, talk.owner);
	return ordered(talk, `"command":"identify","duration":${seconds}`, "identify", `${seconds}`);
}

function maintenance(rest: string, talk: Talk): Answer {
	if (rest === "end")
		return ordered(talk, '"command":"maintenanceMode","enabled":false', "maintained");
	const minutes = wholeNumber(rest);
	const most = MAINTENANCE_MAX_S / 60;
	if (!minutes || minutes > most)
		return usage(`maintenance 1-${most}|end; maintenance 60`, talk.owner);
	const fields = `"command":"maintenanceMode","duration":${60 * minutes}`;
	return ordered(talk, fields, "maintenance", untilText(talk.owner, 60_000 * minutes));
}

/** The serial number confirms it, so that a paste into the wrong lamp has no effect. */
function factoryReset(rest: string, talk: Talk): Answer {
	const { serial } = talk.owner.view.identity;
	if (rest !== serial) return denied("unconfirmed", talk.owner, "confirmReset", serial);
	return ordered(talk, '"command":"factoryReset","commandConfirmation":true', "erased");
}

/** An order; the text `name` if it is accepted, else the reason. */
export function ordered(talk: Talk, fields: string, name: TextName, ...parts: string[]): Answer {
	const { owner } = talk;
	const { language } = owner;
	const { status, reason = "", field } = orderAs(talk, fields).answer;
	if (status !== "rejected") return sentence(talk.isPlain ? status : say(language, name, ...parts));
	const where = field === undefined ? "" : ` (${field})`;
	return refused(reason, say(language, "rejected", `${because(language, reason)}${where}`));
}

/** An order under an id that is unique over all lives. */
export function orderAs(
	{ owner, gate }: Talk,
	fields: string,
): { readonly id: string; readonly answer: OrderAnswer } {
	const id = `console.${owner.view.identity.life}.${gate.commands}`;
	return { id, answer: owner.order(`{"id":"${id}",${fields}}`) };
}

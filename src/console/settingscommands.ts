/**
 * Settings commands: show, set, apply, confirm, revert, and the transfer of settings.
 */
import { quote } from "../json.js";
import { initialOf } from "../settings/help.js";
import { SECTIONS, settingOf } from "../settings/table.js";
import { type Answer, listed, listing, sentence } from "./answer.js";
import { type Command, command, type Talk } from "./command.js";
import { denied, EMPTY, nameIn, notDone, parted, stateText, success, usage } from "./lines.js";
import type { ConsoleOwner } from "./owner.js";
import { faultText, numeral, say } from "./texts.js";
import { exportAll, importAll, replaceNode } from "./transfer.js";

const CHANGED = "changed";

export const SETTINGS_COMMANDS: readonly Command[] = Object.freeze([
	command(
		"show [SETTING]",
		"settings and their values; also of a section, of a part of a name, or changed ones",
		"les réglages et leurs valeurs ; aussi d'une section, d'une partie de nom, ou changed",
		show,
	),
	command(
		"set SETTING VALUE",
		'edit a setting ("" is empty); apply puts it in force. Without VALUE: explain it',
		'préparer un réglage ("" : vide) ; apply le met en vigueur. Sans VALUE : l\'expliquer',
		set,
	),
	command(
		"apply",
		"try the edited settings for 10 minutes; a restart takes them back, too",
		"essayer les réglages préparés pendant 10 minutes ; un redémarrage les annule aussi",
		apply,
	),
	command("confirm", "keep what is on trial", "conserver les réglages à l'essai", confirm),
	command(
		"revert",
		"drop what is edited or on trial, back to the settings before",
		"abandonner les réglages préparés ou à l'essai, retour aux précédents",
		revert,
	),
	command(
		"export",
		"all settings as text, without secrets, with a checksum",
		"tous les réglages en texte, sans secrets, avec somme de contrôle",
		(_rest, talk) => exportAll(talk),
	),
	command(
		"import",
		"paste an export: edits all of it or nothing; apply puts it in force",
		"coller un export : prépare tout ou rien ; apply le met en vigueur",
		(_rest, talk) => importAll(talk),
	),
	command(
		"nodeReplaced",
		"continue life and counters of the imported lamp; restarts",
		"reprendre démarrages et compteurs du luminaire importé ; redémarre",
		(_rest, talk) => replaceNode(talk),
	),
]);

function show(rest: string, { owner, isPlain }: Talk): Answer {
	const names = rest === "" ? owner.names : namesFor(rest, owner, isPlain);
	if (names.length === 0)
		return isPlain
			? denied("unknownSetting", owner, "unknownSetting", rest)
			: denied("unknownSetting", owner, "noneShown", rest, SECTIONS.join(", "));
	const each = (of: (name: string, owner: ConsoleOwner) => string) => (index: number) => {
		const found = names[index];
		return found === undefined ? undefined : of(found, owner);
	};
	return listing(each(settingLine), each(settingObject));
}

/** The setting of that name; for people also those of a section, of a part, or changed ones. */
function namesFor(text: string, owner: ConsoleOwner, isPlain: boolean): readonly string[] {
	const name = nameIn(text, owner, isPlain);
	if (name !== undefined) return [name];
	const part = text.toLowerCase();
	const { names } = owner;
	if (isPlain) return [];
	if (part === CHANGED) return names.filter((each) => isChanged(each, owner));
	const sectionNames = names.filter((each) => settingOf(each)?.section === part);
	return sectionNames.length > 0
		? sectionNames
		: names.filter((each) => each.toLowerCase().includes(part));
}

function isChanged(name: string, owner: ConsoleOwner): boolean {
	const setting = settingOf(name);
	const initial = setting === undefined || owner.isSecret(name) ? NOT_SET : initialOf(setting);
	return owner.edited(name) !== undefined || owner.show(name) !== initial;
}

/** The line of `show` for a setting that is edited or not the default; undefined for another. */
export function changedLine(name: string, owner: ConsoleOwner): string | undefined {
	return isChanged(name, owner) ? settingLine(name, owner) : undefined;
}

function settingLine(name: string, owner: ConsoleOwner): string {
	const { language } = owner;
	const edited = owner.edited(name);
	const candidate =
		edited === undefined ? "" : say(language, "candidate", shownValue(name, edited, owner));
	const value = owner.show(name) ?? "";
	const isUnset = value === NOT_SET && owner.isSecret(name);
	const shown = isUnset ? `(${say(language, "unset")})` : shownValue(name, value, owner);
	return `${name} = ${shown}${candidate}`;
}

/** With its unit, and the decimal sign of the language. */
function shownValue(name: string, value: string, { language }: ConsoleOwner): string {
	const kind = settingOf(name)?.kind;
	if (kind?.type !== "number") return value || EMPTY;
	return `${numeral(language, value)} ${kind.unit}`.trimEnd();
}

function settingObject(name: string, owner: ConsoleOwner): string {
	if (owner.isSecret(name)) {
		const isSet = owner.show(name) !== NOT_SET;
		return `{"name":"${name}","isSet":${isSet}}`;
	}
	const edited = owner.edited(name);
	const candidate = edited === undefined ? "" : `,"candidate":${valueText(name, edited, owner)}`;
	return `{"name":"${name}","value":${valueText(name, owner.show(name)!, owner)}${candidate}}`;
}
/** Printed by `show` for a secret that is not set. */
const NOT_SET = "(not set)";

function valueText(name: string, printed: string, owner: ConsoleOwner): string {
	return owner.isText(name) ? quote(printed) : printed;
}

function set(rest: string, { owner, isPlain }: Talk): Answer {
	const [word, text] = parted(rest);
	if (word === "") return usage("set SETTING VALUE; set floorLevel 25", owner);
	const name = nameIn(word, owner, isPlain);
	if (name === undefined) return denied("unknownSetting", owner, "unknownSetting", word);
	if (text === "") return isPlain ? usage("set SETTING VALUE", owner) : explained(name, owner);
	// a decimal comma; in a number no other comma is possible
	const value = text === EMPTY ? "" : owner.isText(name) ? text : text.replace(",", ".");
	const answer = owner.set(name, value);
	if (!("why" in answer)) {
		const shown = shownValue(name, answer.value, owner);
		return sentence(say(owner.language, "edited", name, shown));
	}
	return denied("invalid", owner, "refused", name, faultText(owner.language, answer.why));
}

function explained(name: string, owner: ConsoleOwner): Answer {
	const about = owner.about(name, owner.language) ?? "";
	return listed([settingLine(name, owner), ...about.split("\n")]);
}

function apply(_rest: string, { owner }: Talk): Answer {
	if (!owner.isEdited) return nothing(owner);
	const why = owner.apply();
	return why === undefined ? sentence(stateText(owner)) : notDone(owner, why);
}

/** Nothing was done; the state shows why. */
function nothing(owner: ConsoleOwner): Answer {
	return denied("notDone", owner, "notDone", stateText(owner));
}

function confirm(_rest: string, talk: Talk): Answer {
	const { owner } = talk;
	if (!owner.trial) return nothing(owner);
	const why = owner.confirm();
	talk.isImportKept = why === undefined;
	if (why !== undefined) return notDone(owner, why);
	return owner.trial ? sentence(stateText(owner)) : success(owner, "confirmed");
}

function revert(_rest: string, talk: Talk): Answer {
	talk.counts = undefined;
	talk.owner.revert();
	return sentence(stateText(talk.owner));
}

/** The failure `why`, or the text of success, in the language then in force. */
export function done(owner: ConsoleOwner, why: string | undefined, text: DoneText): Answer {
	return why === undefined ? success(owner, text) : notDone(owner, why);
}
type DoneText = "spoken";

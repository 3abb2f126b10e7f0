/**
 * Settings commands: show, set, apply, confirm, revert, and the transfer of settings.
 */
import { quote } from "../json.js";
import { initialOf } from "../settings/help.js";
import { SECTIONS, settingOf } from "../settings/table.js";
import type { Millis } from "../units.js";
import { type Answer, listed, listing, said } from "./answer.js";
import { type Command, command, type Talk } from "./command.js";
import { denied, EMPTY, nameIn, notDone, parted, told, untilText, usage } from "./lines.js";
import type { ConsoleOwner } from "./owner.js";
import { faultText, numeral, say } from "./texts.js";
import { exportAll, importAll, replaceNode } from "./transfer.js";

/** As the texts state it; CONFIRM_WITHIN of node/settings/candidate.ts. */
const TRIAL: Millis = 10 * 60_000;
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
		"try the edited settings; 10 minutes without confirm, or a restart, take them back",
		"essayer les réglages préparés ; sans confirm, annulés après 10 minutes ou redémarrage",
		apply,
	),
	command("confirm", "keep the applied settings", "conserver les réglages appliqués", confirm),
	command(
		"revert",
		"drop edited or applied settings, back to the stored ones",
		"abandonner les réglages préparés ou appliqués, retour aux conservés",
		(_rest, talk) => {
			talk.counts = undefined;
			talk.owner.revert();
			return told(talk.owner, "reverted");
		},
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
		"continuer la vie et les compteurs de la lampe importée ; redémarre",
		(_rest, talk) => replaceNode(talk),
	),
]);

function show(rest: string, { owner, isPlain }: Talk): Answer {
	const names = rest === "" ? owner.names : namesFor(rest, owner, isPlain);
	if (names.length === 0)
		return isPlain
			? denied("unknownSetting", owner, "unknownSetting", rest)
			: denied("unknownSetting", owner, "noneShown", rest, SECTIONS.join(", "));
	const each = (of: (name: string, owner: ConsoleOwner) => string) => (nth: number) => {
		const found = names[nth];
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
	const own = names.filter((each) => settingOf(each)?.section === part);
	return own.length > 0 ? own : names.filter((each) => each.toLowerCase().includes(part));
}

function isChanged(name: string, owner: ConsoleOwner): boolean {
	const setting = settingOf(name);
	const initial = setting === undefined || owner.isSecret(name) ? NOT_SET : initialOf(setting);
	return owner.edited(name) !== undefined || owner.show(name) !== initial;
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
		return said(say(owner.language, "edited", name, shown));
	}
	return denied("invalid", owner, "refused", name, faultText(owner.language, answer.why));
}

function explained(name: string, owner: ConsoleOwner): Answer {
	const about = owner.about(name, owner.language) ?? "";
	return listed([settingLine(name, owner), ...about.split("\n")]);
}

function apply(_rest: string, { owner }: Talk): Answer {
	const why = owner.apply();
	if (why !== undefined) return notDone(owner, why);
	const { language, view } = owner;
	const until = view.time.utc === undefined ? "" : `, ${untilText(owner, TRIAL)}`;
	return said(say(language, "applied", until));
}

function confirm(_rest: string, talk: Talk): Answer {
	const { owner } = talk;
	const why = owner.confirm();
	talk.isImportKept = why === undefined;
	return done(owner, why, owner.isOnProbation ? "onProbation" : "confirmed");
}

/** The failure `why`, or the text of success, in the language then in force. */
export function done(owner: ConsoleOwner, why: string | undefined, text: DoneText): Answer {
	return why === undefined ? told(owner, text) : notDone(owner, why);
}
type DoneText = "confirmed" | "onProbation" | "spoken";

/**
 * Settings commands: show, set, apply, confirm, revert, and the transfer of settings.
 */
import { frozen } from "../frozen.js";
import { quote } from "../json.js";
import { type Answer, listing, refused, said } from "./answer.js";
import type { Command, Talk } from "./command.js";
import { EMPTY, parted, usage } from "./lines.js";
import type { ConsoleOwner } from "./owner.js";
import { fill, TEXTS } from "./texts.js";
import { exportAll, importAll, replaceNode } from "./transfer.js";

export const SETTINGS_COMMANDS: readonly Command[] = frozen([
	{
		name: "show",
		usage: "show [SETTING]",
		about: { en: "settings and their values", fr: "les réglages et leurs valeurs" },
		run: show,
	},
	{
		name: "set",
		usage: "set SETTING VALUE",
		about: {
			en: 'edit a setting ("" is empty); apply puts it in force',
			fr: 'préparer un réglage ("" : vide) ; apply le met en vigueur',
		},
		run: set,
	},
	{
		name: "apply",
		usage: "apply",
		about: {
			en: "try what was set; 10 minutes without confirm, or a restart, take it back",
			fr: "essayer ce qui est préparé ; sans confirm, annulé après 10 minutes ou redémarrage",
		},
		run: (_rest, { owner }) => done(owner, owner.apply(), "applied"),
	},
	{
		name: "confirm",
		usage: "confirm",
		about: { en: "keep what was applied", fr: "conserver ce qui est appliqué" },
		run: confirm,
	},
	{
		name: "revert",
		usage: "revert",
		about: {
			en: "leave what was set or applied, back to what was kept",
			fr: "abandonner ce qui est préparé ou appliqué",
		},
		run: (_rest, { owner }) => {
			owner.revert();
			return said(TEXTS[owner.language].reverted);
		},
	},
	{
		name: "export",
		usage: "export",
		about: {
			en: "all settings as text, without secrets, with a checksum",
			fr: "tous les réglages en texte, sans secrets, avec une somme",
		},
		run: (_rest, talk) => exportAll(talk),
	},
	{
		name: "import",
		usage: "import",
		about: {
			en: "paste what export said: edits all of it or nothing; apply puts it in force",
			fr: "coller ce que export a dit : prépare tout ou rien ; apply le met en vigueur",
		},
		run: (_rest, talk) => importAll(talk),
	},
	{
		name: "nodeReplaced",
		usage: "nodeReplaced",
		about: {
			en: "take the place of the lamp that was imported: its life and counters; restarts",
			fr: "prendre la place de la lampe importée : sa vie, ses compteurs ; redémarre",
		},
		run: (_rest, talk) => replaceNode(talk),
	},
]);

function show(rest: string, { owner }: Talk): Answer {
	if (rest !== "" && owner.show(rest) === undefined)
		return refused("unknownSetting", fill(TEXTS[owner.language].unknownSetting, rest));
	const name = (nth: number) => (rest === "" ? owner.names[nth] : nth === 0 ? rest : undefined);
	const each = (of: (name: string, owner: ConsoleOwner) => string) => (nth: number) => {
		const found = name(nth);
		return found === undefined ? undefined : of(found, owner);
	};
	return listing(each(settingLine), each(settingObject));
}

function settingLine(name: string, owner: ConsoleOwner): string {
	const edited = owner.edited(name);
	const candidate = edited === undefined ? "" : `, set to ${edited || EMPTY}`;
	return `${name} = ${owner.show(name) || EMPTY}${candidate}`;
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

function set(rest: string, { owner }: Talk): Answer {
	const [name, value] = parted(rest);
	const texts = TEXTS[owner.language];
	if (name === "" || value === "") return usage("set SETTING VALUE", owner);
	if (!owner.names.includes(name))
		return refused("unknownSetting", fill(texts.unknownSetting, name));
	const answer = owner.set(name, value === EMPTY ? "" : value);
	return "why" in answer
		? refused("invalid", fill(texts.refused, name, answer.why))
		: said(fill(texts.edited, name, answer.value || EMPTY));
}

function confirm(_rest: string, { owner }: Talk): Answer {
	const why = owner.confirm();
	return done(owner, why, owner.isOnProbation ? "onProbation" : "confirmed");
}

/** The failure `why`, or the text of success, in the language then in force. */
export function done(owner: ConsoleOwner, why: string | undefined, text: DoneText): Answer {
	const texts = TEXTS[owner.language];
	return why === undefined ? said(texts[text]) : refused("notDone", fill(texts.notDone, why));
}
type DoneText = "applied" | "confirmed" | "onProbation" | "spoken";

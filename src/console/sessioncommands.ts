/**
 * Session: the commands about the session itself: its secret, its language, its mode.
 */
import { LANGUAGES, type Language } from "../explain/chaintext.js";
import type { Answer } from "./answer.js";
import { type Command, command, type Talk } from "./command.js";
import { denied, usage } from "./lines.js";
import { interactive, logout, plain, setSecret } from "./login.js";
import { done } from "./settingscommands.js";

export const SESSION: readonly Command[] = Object.freeze([
	command(
		"secret [NEW]",
		"another secret for this lamp's console; alone: propose one, and type it unseen",
		"un autre secret pour la console de ce luminaire ; seul : en proposer un, à taper sans affichage",
		setSecret,
	),
	command("language en|fr", "the language of the console", "la langue de la console", setLanguage),
	command(
		"plain [MARK]",
		"answer in the form for scripts; interactive ends it",
		"répondre au format des scripts ; interactive y met fin",
		plain,
	),
	command(
		"interactive",
		"answer in the form for people",
		"répondre au format de l'écran",
		(_rest, talk) => interactive(talk),
	),
	command("login SECRET", "open the session", "ouvrir la session", (_rest, { owner }) =>
		denied("notDone", owner, "alreadyOpen"),
	),
	command(
		"logout",
		"leave; ten minutes without a key do the same",
		"quitter ; automatique après dix minutes sans frappe",
		(_rest, talk) => logout(talk),
	),
]);

function setLanguage(rest: string, { owner }: Talk): Answer {
	const chosen = rest.toLowerCase() as Language;
	return LANGUAGES.includes(chosen)
		? done(owner, owner.setLanguage(chosen), "spoken")
		: usage("language en|fr", owner);
}

/**
 * Session: the commands about the session itself: its secret, its language, its mode.
 */
import { LANGUAGES, type Language } from "../explain/chaintext.js";
import { frozen } from "../frozen.js";
import type { Command } from "./command.js";
import { usage } from "./lines.js";
import { interactive, logout, plain, setSecret } from "./login.js";
import { done } from "./settingscommands.js";

export const SESSION: readonly Command[] = frozen([
	{
		name: "secret",
		usage: "secret [NEW]",
		about: {
			en: "another secret for this lamp's console; alone: propose one",
			fr: "un autre secret pour la console de cette lampe ; seul : en proposer un",
		},
		run: setSecret,
	},
	{
		name: "language",
		usage: "language en|fr",
		about: { en: "the language of the console", fr: "la langue de la console" },
		run: (rest, { owner }) =>
			LANGUAGES.includes(rest as Language)
				? done(owner, owner.setLanguage(rest as Language), "spoken")
				: usage("language en|fr", owner),
	},
	{
		name: "plain",
		usage: "plain [MARK]",
		about: {
			en: "answer as scripts want it; interactive goes back",
			fr: "répondre comme un script le veut ; interactive en revient",
		},
		run: plain,
	},
	{
		name: "interactive",
		usage: "interactive",
		about: { en: "answer as people want it", fr: "répondre comme on le veut à l'écran" },
		run: (_rest, talk) => interactive(talk),
	},
	{
		name: "logout",
		usage: "logout",
		about: {
			en: "leave; ten minutes without a key do the same",
			fr: "quitter ; dix minutes sans touche font de même",
		},
		run: (_rest, talk) => logout(talk),
	},
]);

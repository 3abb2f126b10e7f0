/**
 * Tool texts: messages about files, options and the vault, in English and French.
 */
import type { Table } from "./bilingual.js";

const FILES = {
	noFile: ["{0}: no such file", "{0} : fichier introuvable"],
	unreadable: ["{0}: cannot be read ({1})", "{0} : illisible ({1})"],
	unwritable: ["{0}: cannot be written ({1})", "{0} : écriture impossible ({1})"],
	held: [
		"{0}: another program holds it; if none does, delete {1}",
		"{0} : un autre programme l'occupe ; sinon, effacez {1}",
	],
} as const satisfies Table;

const OPTIONS = {
	unknownOption: [
		"unknown option {0}; --help lists the options",
		"option inconnue {0} ; --help montre les options",
	],
	noValue: [
		"{0} needs a value; --help lists the options",
		"{0} demande une valeur ; --help montre les options",
	],
	noArgument: [
		"{0} takes no value; --help lists the options",
		"{0} ne prend pas de valeur ; --help montre les options",
	],
	oddWord: [
		'"{0}" is not an option; --help lists the options',
		"« {0} » n'est pas une option ; --help montre les options",
	],
	badOption: ["{0}; --help shows the use", "usage incorrect : {0} ; voyez --help"],
	badLanguage: [
		"--lang {0}: must be en or fr, for example --lang fr",
		"--lang {0} : il faut en ou fr, p. ex. --lang fr",
	],
	missing: ["{0} is missing, for example {0} {1}", "{0} manque, p. ex. {0} {1}"],
} as const satisfies Table;

const VAULT = {
	phraseShort: [
		"a passphrase has {0} characters or more, for example four random words",
		"une phrase de passe compte {0} caractères ou plus, p. ex. quatre mots au hasard",
	],
	phraseOf: ["passphrase of the vault {0}: ", "phrase de passe du coffre {0} : "],
	phraseOfNew: [
		"passphrase of the new vault {0} ({1} characters or more; four random words are good): ",
		"phrase de passe du nouveau coffre {0} ({1} caractères ou plus ; quatre mots au hasard conviennent) : ",
	],
	onceMore: ["once more: ", "encore une fois : "],
	differ: ["the two passphrases differ", "les deux phrases de passe diffèrent"],
	interrupted: ["interrupted", "interrompu"],
	nothingDone: ["nothing was done", "rien n'a été fait"],
	nobodyToAsk: [
		"no terminal to type a secret at: set {0}, or pipe it in",
		"aucun terminal où taper un secret : définissez {0}, ou passez-le par un tube",
	],
	vaultTrouble: ["vault {0}: {1}", "coffre {0} : {1}"],
	wrongPhrase: ["wrong passphrase", "mauvaise phrase de passe"],
	damaged: [
		"is damaged: its content differs from what was written",
		"est endommagé : son contenu diffère de ce qui a été écrit",
	],
	noVault: ["is not a vault", "n'est pas un coffre"],
	version: [
		"has version {0}; this program reads {1}",
		"est en version {0} ; ce programme lit la version {1}",
	],
	tooLarge: ["is too large to be one", "est trop grand pour en être un"],
	vaultReplaced: [
		"has another passphrase or is another vault since it was opened; nothing was written: open it again",
		"a une autre phrase de passe, ou est un autre coffre, depuis son ouverture ; rien n'a été écrit : ouvrez-le de nouveau",
	],
	vaultOlder: [
		"is an older copy than the vault that this program has read or written. Nothing was written to it; the newer vault is now {0}. Compare both with --list, name the right one {1}, and run again",
		"est une copie plus ancienne que le coffre lu ou écrit par ce programme. Rien n'y a été écrit ; le coffre plus récent est maintenant {0}. Comparez les deux avec --list, nommez le bon {1} et relancez",
	],
	vaultGone: [
		"is not there any more. Its content, as this program last read or wrote it, is now {0}. Put the vault back, or name that file {1}, and run again",
		"n'est plus là. Son contenu, tel que ce programme l'a lu ou écrit en dernier, est maintenant {0}. Remettez le coffre à sa place, ou nommez ce fichier {1}, et relancez",
	],
	vaultOldCopy: [
		"an older copy has taken its place since this page opened it; nothing was written. Save a copy of the vault here, compare both with npx luminode vault --list, and open the right one",
		"une copie plus ancienne a pris sa place depuis son ouverture dans cette page ; rien n'a été écrit. Enregistrez une copie du coffre ici, comparez les deux avec npx luminode vault --list et ouvrez le bon",
	],
	vaultChanged: [
		"{0} was changed by another program since it was opened here; nothing was written: choose it again and open it",
		"{0} a été modifié par un autre programme depuis son ouverture ici ; rien n'a été écrit : choisissez-le de nouveau et ouvrez-le",
	],
	vaultBusy: [
		"another program or another tab is writing {0}; nothing was written: try again",
		"un autre programme ou un autre onglet écrit dans {0} ; rien n'a été écrit : réessayez",
	],
	noRight: [
		"the browser may not change {0}: choose it again and allow changes",
		"le navigateur n'a pas le droit de modifier {0} : choisissez-le de nouveau et autorisez les modifications",
	],
	takenOut: ["the lamp was taken out of it", "le luminaire en a été retiré"],
} as const satisfies Table;

export const TOOL_TEXTS = { ...FILES, ...OPTIONS, ...VAULT } satisfies Table;

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
	takenOut: ["the lamp was taken out of it", "le luminaire en a été retiré"],
} as const satisfies Table;

export const TOOL_TEXTS = { ...FILES, ...OPTIONS, ...VAULT } satisfies Table;

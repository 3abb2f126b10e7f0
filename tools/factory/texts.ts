/**
 * Texts of the flash station, in English and French, by name; the shared ones are of lib/text.
 */
import { type Part, type Table, type Text, textOf } from "../../lib/text/bilingual.js";
import { SHARED_TEXTS } from "../../lib/text/texts.js";
import type { FactoryRecord } from "../../lib/vault/factoryrecord.js";

const IDENTITY = {
	badSerial: [
		"{0}: is not a serial number: 1 to 32 of A-Z a-z 0-9 _ -, for example L-0017",
		"{0} : n'est pas un numéro de série : 1 à 32 parmi A-Z a-z 0-9 _ -, p. ex. L-0017",
	],
	badSecret: [
		"the vault has a console secret that no lamp takes",
		"le coffre contient un secret de console qu'aucun luminaire n'accepte",
	],
	badSetting: ["the vault has a wrong {0}: {1}", "le coffre contient un {0} invalide : {1}"],
	noLampKey: [
		"{0}: a certificate without a key in the vault",
		"{0} : un certificat sans clé dans le coffre",
	],
	tooLong: [
		"{0}: longer than {1} bytes, which the lamp's store does not take",
		"{0} : plus de {1} octets, ce que la mémoire du luminaire n'accepte pas",
	],
	badUpdateKey: [
		"--update-key: {0} words, of which a lamp reads {1} as keys (128 hexadecimal digits each, {2} at most)",
		"--update-key : {0} mots, dont un luminaire lit {1} comme clés (128 chiffres hexadécimaux chacune, {2} au plus)",
	],
	sameUpdateKey: ["--update-key: one key twice", "--update-key : deux fois la même clé"],
	noUpdateKey: [
		"a lamp of release without --update-key could never be updated: give the key in use, then the one in the safe",
		"un luminaire de release sans --update-key ne pourrait jamais être mis à jour : indiquez la clé utilisée, puis celle du coffre-fort",
	],
	noIdf: [
		"IDF_PATH is not set: install ESP-IDF 6.0 (docs/flash.md)",
		"IDF_PATH n'est pas défini : installez ESP-IDF 6.0 (docs/flash.md)",
	],
	generatorFailed: [
		"nvs_partition_gen.py: {0}; is this a shell with . $IDF_PATH/export.sh?",
		"nvs_partition_gen.py : {0} ; est-ce un shell avec . $IDF_PATH/export.sh ?",
	],
} as const satisfies Table;

const IMAGE = {
	because: ["{0}: {1}", "{0} : {1}"],
	noImage: ["{0}: is not an image of ESP-IDF", "{0} : n'est pas une image d'ESP-IDF"],
	imageOfOther: ["{0}: is for another chip than {1}", "{0} : est pour une autre puce que {1}"],
	imageOfBoard: [
		"{0}: is for the board {1}, not {2}: build it for that one, or give --board",
		"{0} : est pour la carte {1}, pas {2} : construisez-la pour celle-là, ou ajoutez --board",
	],
	imageOfProfile: [
		"{0}: is of the profile {1}, and this step takes {2}",
		"{0} : est du profil {1}, et cette étape prend {2}",
	],
	notWhole: [
		"{0}: is not an image of luminode: {1}",
		"{0} : n'est pas une image de luminode : {1}",
	],
	imageIs: ["image: {0} {1}, {2}", "image : {0} {1}, {2}"],
	tooLarge: [
		"{0}: {1} bytes, of which its place takes {2}",
		"{0} : {1} octets, alors que son emplacement en prend {2}",
	],
	notSignedAlike: [
		"boot loader and firmware are not signed by one boot key (docs/security.md)",
		"le chargeur et le firmware ne sont pas signés par une même clé d'amorçage (docs/security.md)",
	],
	manyBootKeys: ["{0} boot keys: an {1} takes {2}", "{0} clés d'amorçage : un {1} en prend {2}"],
} as const satisfies Table;

const PROGRAM = {
	whichVerb: [
		"give make, seal, identity or list; --help says what they do",
		"indiquez make, seal, identity ou list ; --help les explique",
	],
	badProfile: [
		"--profile {0}: not for {1} (make: bring-up, development; seal: release)",
		"--profile {0} : pas pour {1} (make : bring-up, development ; seal : release)",
	],
	noBoard: ["--board {0}: is not one of {1}", "--board {0} : il faut l'une de {1}"],
	badBench: [
		'{0}: "{1}" is not a setting, for example lampResponse 60',
		"{0} : « {1} » n'est pas un réglage, p. ex. lampResponse 60",
	],
	noEsptool: [
		"{0}: is not esptool 4.7 or newer: . $IDF_PATH/export.sh, or sudo apt-get install esptool, or name it in ESPTOOL",
		"{0} : n'est pas esptool 4.7 ou plus récent : . $IDF_PATH/export.sh, ou sudo apt-get install esptool, ou nommez-le dans ESPTOOL",
	],
	toolFailed: ["{0}: {1}", "{0} : {1}"],
	portTrouble: ["{0}: {1}", "{0} : {1}"],
	scanSerial: [
		"scan the serial number of the controller on the cable: ",
		"scannez le numéro de série du contrôleur au bout du câble : ",
	],
	next: ["plug in the next controller; go on?", "branchez le contrôleur suivant ; continuer ?"],
	burnNow: [
		"burn the fuses of {0} ({1}, {2})? For good: no other image by cable, ever.",
		"brûler les fusibles de {0} ({1}, {2}) ? Pour toujours : plus jamais d'autre image par câble.",
	],
	isDone: ["DONE {0}", "FAIT {0}"],
	wasDone: ["DONE {0}, before already", "FAIT {0}, déjà auparavant"],
	failed: ["FAILED: {0}", "ÉCHEC : {0}"],
	labelled: ["label: {0}", "étiquette : {0}"],
	written: [
		"{0}: delete it once it is in the lamp",
		"{0} : effacez-le quand il est dans le luminaire",
	],
	noLamp: [
		"{0}: is not in the vault; npx luminode vault --list shows all",
		"{0} : n'est pas dans le coffre ; npx luminode vault --list les montre tous",
	],
	row: ["{0}  {1}  {2}  {3}  {4}", "{0}  {1}  {2}  {3}  {4}"],
	sealed: ["sealed", "scellé"],
	sealing: ["fuses begun", "fusibles entamés"],
	made: ["made, tested", "fait, essayé"],
	making: ["not finished", "pas terminé"],
	failedSo: ["{0}: {1}", "{0} : {1}"],
} as const satisfies Table;

const STATION = {
	noIdentity: [
		"the lamp has no secret: it did not read its identity",
		"le luminaire n'a pas de secret : il n'a pas lu son identité",
	],
	strangeLamp: [
		"the lamp at the console is {0}, which is not the one on the cable",
		"le luminaire de la console est {0}, qui n'est pas celui du câble",
	],
	step: ["{0}: {1}", "{0} : {1}"],
	lampOf: ["{0} is {1} ({2}, {3})", "{0} est {1} ({2}, {3})"],
	noChip: [
		"no chip answers in its download mode: plug the controller in; a sealed one answers at its console alone",
		"aucune puce ne répond en mode de chargement : branchez le contrôleur ; un contrôleur scellé ne répond que sur sa console",
	],
	foreignChip: ["this chip is an {0}, not an {1}", "cette puce est un {0}, pas un {1}"],
	smallFlash: [
		"its flash has {0} bytes; a lamp needs 4 MB",
		"sa flash a {0} octets ; un luminaire en demande 4 Mo",
	],
	oldChip: [
		"revision {0}: an ESP32 of release needs v3.0 or newer",
		"révision {0} : un ESP32 de release demande v3.0 ou plus récent",
	],
	burntBefore: [
		"an eFuse of this chip is not as it left its maker: {0}; put it aside",
		"un eFuse de cette puce n'est plus d'origine : {0} ; mettez-la de côté",
	],
	unexpectedFuse: [
		"the eFuse {0} is not as this controller's record says; put it aside, nothing was burnt",
		"l'eFuse {0} n'est pas tel que noté pour ce contrôleur ; mettez-le de côté, rien n'a été brûlé",
	],
	isSealed: [
		"{0}: its fuses were begun; go on with: factory seal",
		"{0} : ses fusibles sont entamés ; poursuivez par : factory seal",
	],
	listDone: ["no serial number is left", "il ne reste aucun numéro de série"],
	serialTaken: [
		"{0}: another controller of the vault has this serial number",
		"{0} : un autre contrôleur du coffre a ce numéro de série",
	],
	otherLamp: [
		"{0} answers at the console, not {1}: do both cables end at one controller?",
		"{0} répond sur la console, pas {1} : les deux câbles mènent-ils au même contrôleur ?",
	],
	otherChip: ["the chip on the cable is {0}, not {1}", "la puce au bout du câble est {0}, pas {1}"],
	moveNow: ["move a hand before the PIR now", "passez maintenant une main devant le PIR"],
	testFailed: ["test {0}: {1}", "essai {0} : {1}"],
	notWritten: [
		"the flash is not as it was written: run again; twice in a row, put the controller aside",
		"la flash diffère de ce qui a été écrit : relancez ; deux fois de suite, mettez le contrôleur de côté",
	],
	notMade: [
		"{0}: is not in the vault; first: factory make",
		"{0} : n'est pas dans le coffre ; d'abord : factory make",
	],
	notTested: [
		"{0}: has not passed its tests {1}; first: factory make",
		"{0} : n'a pas réussi ses essais {1} ; d'abord : factory make",
	],
	otherRelease: [
		"{0}: its fuses were begun with another image ({1}): finish it with that one",
		"{0} : ses fusibles ont été entamés avec une autre image ({1}) : finissez avec celle-là",
	],
	noReset: [
		"the lamp does not restart by the cable: is it plugged in?",
		"le luminaire ne redémarre pas par le câble : est-il branché ?",
	],
	stillOpen: [
		"the chip still answers in its download mode: run again",
		"la puce répond encore en mode de chargement : relancez",
	],
	notAgreed: ["{0}: no fuse was burnt", "{0} : aucun fusible n'a été brûlé"],
} as const satisfies Table;

/** Steps of a record. */
const STEPS: Table = {
	erase: ["erase the flash", "effacer la mémoire flash"],
	write: ["write image and identity", "écrire l'image et l'identité"],
	verify: ["read back", "relire"],
	test: ["self-test by the console", "autotest par la console"],
	label: ["label", "étiquette"],
	keys: ["keys of its own", "clés propres"],
	"seal erase": ["erase the flash for release", "effacer la mémoire flash pour la release"],
	"seal write": [
		"write signed image and identity, encrypted",
		"écrire l'image signée et l'identité, chiffrées",
	],
	"seal verify": ["read back, encrypted", "relire, chiffré"],
	start: ["start from its own keys", "démarrer par ses propres clés"],
};
const FUSE = ["burn {0}", "brûler {0}"] as const;

/** A step in both languages. */
export function stepText(step: string): Text {
	const row = STEPS[step];
	return row ? textOf(row, []) : textOf(FUSE, [step.replace(/^fuse /, "")]);
}

const TABLE = { ...SHARED_TEXTS, ...IDENTITY, ...IMAGE, ...PROGRAM, ...STATION };

export type TextName = keyof typeof TABLE;

/** A text by its name. */
export function text(name: TextName, ...parts: readonly Part[]): Text {
	return textOf(TABLE[name], parts);
}

/** How far a controller came. */
export function stateText({ done, doing, failed }: FactoryRecord): Text {
	const isBurning = [...done, doing].some((step) => step?.startsWith("fuse "));
	const made = done.includes("label") ? "made" : "making";
	const state = text(done.includes("start") ? "sealed" : isBurning ? "sealing" : made);
	return failed === undefined ? state : text("failedSo", state, failed);
}

/**
 * Texts of the flash station, in English and French, by name; the shared ones are of lib/text.
 */
import { type Part, type Table, type Text, textOf } from "../../lib/text/bilingual.js";
import { SHARED_TEXTS } from "../../lib/text/texts.js";

const IDENTITY = {
	badSerial: [
		"{0}: is no serial number: 1 to 32 of A-Z a-z 0-9 _ -, for example L-0017",
		"{0} : n'est pas un numéro de série : 1 à 32 parmi A-Z a-z 0-9 _ -, p. ex. L-0017",
	],
	badSecret: [
		"the vault has a console secret that no lamp takes",
		"le coffre contient un secret de console qu'aucune lampe n'accepte",
	],
	badSetting: ["the vault has a wrong {0}: {1}", "le coffre contient un {0} invalide : {1}"],
	noLampKey: [
		"{0}: a certificate without a key in the vault",
		"{0} : un certificat sans clé dans le coffre",
	],
	tooLong: [
		"{0}: longer than {1} bytes, which the lamp's store does not take",
		"{0} : plus de {1} octets, ce que la mémoire de la lampe n'accepte pas",
	],
	badUpdateKey: [
		"--update-key: {0} words, of which a lamp reads {1} as keys (128 hexadecimal digits each, {2} at most)",
		"--update-key : {0} mots, dont une lampe lit {1} comme clés (128 chiffres hexadécimaux chacune, {2} au plus)",
	],
	sameUpdateKey: ["--update-key: one key twice", "--update-key : deux fois la même clé"],
	noUpdateKey: [
		"a lamp of release without --update-key could never be updated: give the key in use, then the one in the safe",
		"une lampe de release sans --update-key ne pourrait jamais être mise à jour : donnez la clé utilisée, puis celle du coffre-fort",
	],
	noIdf: [
		"IDF_PATH is not set: install ESP-IDF 6.0 (docs/flash.md)",
		"IDF_PATH n'est pas défini : installez ESP-IDF 6.0 (docs/flash.md)",
	],
	generatorFailed: ["nvs_partition_gen.py: {0}", "nvs_partition_gen.py : {0}"],
} as const satisfies Table;

const TABLE = { ...SHARED_TEXTS, ...IDENTITY };

export type TextName = keyof typeof TABLE;

/** A text by its name. */
export function text(name: TextName, ...parts: readonly Part[]): Text {
	return textOf(TABLE[name], parts);
}

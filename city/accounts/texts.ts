/**
 * Texts of the accounts: help and messages of `npx luminode vault --broker`, in English and French.
 */
import {
	type Language,
	type Part,
	type Table,
	type Text,
	textOf,
} from "../../lib/text/bilingual.js";
import { SHARED } from "../words.js";

export const ACCOUNTS_HELP: Readonly<Record<Language, string>> = {
	en: `
Accounts at the broker, from the same vault:

  npx luminode vault --vault FILE --broker mosquitto|rabbitmq DIR --site SITE \\
      [--operator NAME] [--revoke NAME]

  --broker mosquitto DIR  writes DIR/passwords and DIR/acl; then: kill -HUP of mosquitto
  --broker rabbitmq DIR   writes DIR/definitions.json (all) and DIR/increment.json (changes since
                          the last run); then: rabbitmqctl import_definitions DIR/increment.json,
                          and rabbitmqctl delete_user for each line of DIR/revoked
  --site SITE             site of the topics; may be repeated
  --root ROOT             first levels of all topics (${SHARED.root.default})
  --users node|serial     user of a lamp: the name of its pole (node), or its serial number for
                          lamps that are assigned to poles over the broker
  --commune               users are SITE.NAME, each with rights of this site alone: one of several
                          communes at a broker, each with a vault of its own; of mosquitto the files
                          of all are put one behind the other
  --sites FILE            site file that gives the pole of a serial number
  --operator NAME         makes the account desk-NAME, with the rights of desk; may be repeated
  --revoke NAME           takes the account of a lamp away, by serial number or node, or desk-NAME
`,
	fr: `
Comptes auprès du broker, à partir du même coffre :

  npx luminode vault --vault FICHIER --broker mosquitto|rabbitmq DOSSIER --site SITE \\
      [--operator NOM] [--revoke NOM]

  --broker mosquitto DOSSIER  écrit DOSSIER/passwords et DOSSIER/acl ; ensuite : kill -HUP de mosquitto
  --broker rabbitmq DOSSIER   écrit DOSSIER/definitions.json (tout) et DOSSIER/increment.json (les
                              changements depuis la fois précédente) ; ensuite :
                              rabbitmqctl import_definitions DOSSIER/increment.json, et
                              rabbitmqctl delete_user pour chaque ligne de DOSSIER/revoked
  --site SITE                 site des sujets ; peut être répété
  --root RACINE               premiers niveaux de tous les sujets (${SHARED.root.default})
  --users node|serial         utilisateur d'un luminaire : le nom de son mât (node), ou son numéro de
                              série pour les luminaires attribués à leur mât par le broker
  --commune                   les utilisateurs sont SITE.NOM, chacun avec les droits de ce seul site :
                              une commune parmi plusieurs auprès d'un broker, chacune avec son propre
                              coffre ; pour mosquitto, les fichiers de toutes sont mis bout à bout
  --sites FICHIER             fichier du site, qui donne le mât d'un numéro de série
  --operator NOM              crée le compte desk-NOM, avec les droits de desk ; peut être répété
  --revoke NOM                retire le compte d'un luminaire, par numéro de série ou nœud, ou desk-NOM
`,
};

const TABLE = {
	noLampCalled: [
		"--revoke {0}: no lamp or operator of that name; --list shows all",
		"--revoke {0} : aucun luminaire ni aucun opérateur de ce nom ; --list les montre tous",
	],
	noAccount: ["no account: {0}", "pas de compte : {0}"],
	noForm: [
		"--broker {0}: is none of {1}, e.g. --broker mosquitto out",
		"--broker {0} : il faut {1}, p. ex. --broker mosquitto out",
	],
	oneFolder: [
		"give one folder for the files, e.g. --broker {0} out/broker",
		"indiquez un dossier pour les fichiers, p. ex. --broker {0} out/broker",
	],
	oneCommune: [
		"--commune: is for one site, not for {0}, e.g. --commune --site liege",
		"--commune : pour un seul site, pas pour {0}, p. ex. --commune --site liege",
	],
	badSite: [
		"--site {0}: is not 1-32 of A-Z a-z 0-9 _ -",
		"--site {0} : il faut 1 à 32 caractères A-Z a-z 0-9 _ -",
	],
	badOperator: [
		"--operator {0}: is not 1-27 of A-Z a-z 0-9 _ -, e.g. anna",
		"--operator {0} : il faut 1 à 27 caractères A-Z a-z 0-9 _ -, p. ex. anna",
	],
	badUsers: ["--users {0}: is neither node nor serial", "--users {0} : il faut node ou serial"],
	noNodeYet: ["{0}: has no node yet", "{0} : n'a pas encore de nœud"],
	noSerialYet: ["{0}: has no serial number yet", "{0} : n'a pas encore de numéro de série"],
	made: ["made {0}", "créée {0}"],
	badName: [
		"{0}: {1} is not the name of an account; it has 1 to 32 of A-Z a-z 0-9 _ - and is none of {2}, e.g. pole-00001",
		"{0} : {1} n'est pas un nom de compte ; il a 1 à 32 caractères A-Z a-z 0-9 _ - et n'est pas l'un de {2}, p. ex. pole-00001",
	],
	placeTaken: ["{0}: {1} has its place {2}", "{0} : {1} a pris sa place {2}"],
	passwords: [
		"{0}: lamps {1}, new or changed accounts {2}",
		"{0} : luminaires {1}, comptes nouveaux ou modifiés {2}",
	],
	written: ["{0}: written", "{0} : écrit"],
	nextMosquitto: [
		"next: both files must be readable by mosquitto; send it SIGHUP to load them",
		"ensuite : mosquitto doit pouvoir lire les deux fichiers ; SIGHUP les lui fait charger",
	],
	definitions: ["{0}: lamps {1}", "{0} : luminaires {1}"],
	increment: ["{0}: new or changed accounts {1}", "{0} : comptes nouveaux ou modifiés {1}"],
	gone: ["{0}: accounts to delete {1}", "{0} : comptes à supprimer {1}"],
	nextRabbit: [
		"next: rabbitmqctl import_definitions on increment.json, delete_user for each name of revoked",
		"ensuite : rabbitmqctl import_definitions sur increment.json, delete_user pour chaque nom de revoked",
	],
} as const satisfies Table;

/** A text by its name. */
export function accountText(name: keyof typeof TABLE, ...parts: readonly Part[]): Text {
	return textOf(TABLE[name], parts);
}

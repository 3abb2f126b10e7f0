/**
 * Record texts: messages and help of `npx luminode record`, in English and French.
 */
import type { Language, Table } from "../../../lib/text/bilingual.js";

export const RECORD_TEXTS = {
	recordFormat: [
		"the lamp's flight recorder has format {0}; this program reads format 1",
		"l'enregistreur du luminaire est au format {0} ; ce programme lit le format 1",
	],
	recordOther: [
		"this lamp is {0}, and the recording is of {1}: end it, and record this one by itself",
		"ce luminaire est {0}, et l'enregistrement est celui de {1} : terminez-le, et enregistrez celui-ci à part",
	],
	recordNew: [
		"this lamp has no secret yet: commission it first (npx luminode provision)",
		"ce luminaire n'a pas encore de secret : mettez-le d'abord en service (npx luminode provision)",
	],
	recordSaved: [
		"{0}: {1} inputs, {2} levels; Ctrl-C ends",
		"{0} : {1} entrées, {2} niveaux ; Ctrl-C termine",
	],
	recordExact: [
		"the recording has exact times: it shows who passed when",
		"l'enregistrement a des heures exactes : il montre qui est passé quand",
	],
	recordDeleted: ["{0}: deleted, older than {1} days", "{0} : effacé, il avait plus de {1} jours"],
	secretOf: ["secret of the lamp {0}: ", "secret du luminaire {0} : "],
	noSecretOf: ["{1}: no secret of the lamp {0}", "{1} : aucun secret du luminaire {0}"],
} as const satisfies Table;

export const RECORD_HELP: Readonly<Record<Language, string>> = {
	en: `usage: luminode record --port PORT [--vault FILE] [--folder DIR] [--seconds] [--once]

Saves the flight recorder of the lamp on the serial line: what its memory holds, then each minute
what came since, until Ctrl-C. npm run sim -- replay FILE runs such a night again.

  --port PORT    a serial port (/dev/ttyUSB0, COM3) or tcp:HOST:PORT
  --vault FILE   vault with the lamp's secret; without it the secret is typed
  --folder DIR   where recordings are kept (recordings); those older than 30 days are deleted
  --seconds      exact times, for an exact replay: the file then shows who passed when;
                 without it all times are cut to the minute, and the replay is approximate
  --once         saves what the memory holds, and ends
  --lang en|fr   language of the messages (that of LANG)

Exit code: 0 saved, 2 an error.
`,
	fr: `usage : luminode record --port PORT [--vault FICHIER] [--folder DOSSIER] [--seconds] [--once]

Enregistre le contenu de l'enregistreur du luminaire de la ligne série : d'abord sa mémoire, puis
chaque minute ce qui s'y ajoute, jusqu'à Ctrl-C. npm run sim -- replay FICHIER rejoue cette nuit.

  --port PORT       un port série (/dev/ttyUSB0, COM3) ou tcp:HÔTE:PORT
  --vault FICHIER   coffre avec le secret du luminaire ; sans lui, le secret est demandé
  --folder DOSSIER  dossier des enregistrements (recordings) ; après 30 jours, ils sont effacés
  --seconds         heures exactes, pour rejouer exactement : le fichier montre alors qui est
                    passé quand ; sans cela, les heures sont tronquées à la minute et la nuit est
                    rejouée de façon approchée
  --once            enregistre le contenu de la mémoire, puis s'arrête
  --lang en|fr      langue des messages (celle de LANG)

Code de sortie : 0 enregistré, 2 erreur.
`,
};

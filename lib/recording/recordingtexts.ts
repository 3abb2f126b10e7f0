/**
 * Recording texts: faults of a recording, the account of its replay and its help, in English and French.
 */
import type { Table, Text } from "../text/bilingual.js";

export const RECORDING_TEXTS = {
	foreign: [
		"{0}: is not a recording of a lamp; npx luminode record makes one",
		"{0} : n'est pas l'enregistrement d'un luminaire ; npx luminode record en fait un",
	],
	otherFormat: [
		"{0}: is of format {1}; this program reads format {2}",
		"{0} : est au format {1} ; ce programme lit le format {2}",
	],
	cut: [
		"{0}: ends in the middle, after line {1}: the copy is incomplete; copy the file again",
		"{0} : s'arrête au milieu, après la ligne {1} : la copie est incomplète ; recopiez le fichier",
	],
	changed: [
		"{0}: its checksum is wrong: a line was changed or is missing; copy the file again",
		"{0} : la somme de contrôle est fausse : une ligne a changé ou manque ; recopiez le fichier",
	],
	badLine: ["{0}: line {1} has no valid entry", "{0} : la ligne {1} n'a pas d'entrée valable"],
	huge: ["{0}: is too large for a recording", "{0} : est trop grand pour un enregistrement"],
	otherFirmware: [
		"{0}: was recorded by firmware {1}, and this is {2}; check out that version, or give --other-firmware to see the light of this one",
		"{0} : a été enregistré par la version {1} du logiciel, et celle-ci est la {2} ; revenez à cette version, ou ajoutez --other-firmware pour voir l'éclairage de celle-ci",
	],
	empty: ["{0}: holds no input of the lamp", "{0} : ne contient aucune entrée du luminaire"],
	badSetting: [
		"{0}: the setting {1} of the recording is not valid here: {2}",
		"{0} : le réglage {1} de l'enregistrement n'est pas valable ici : {2}",
	],
	unknownSetting: ["it does not exist", "il n'existe pas"],
	overdue: [
		"{0}: recorded on {1}; delete it: recordings are kept for {2} days",
		"{0} : enregistré le {1} ; supprimez-le : les enregistrements se conservent {2} jours",
	],
	noFile: [
		"replay: name a file, e.g. replay quai-7.recording",
		"replay : indiquez un fichier, p. ex. replay quai-7.recording",
	],
	recorded: ["recorded: {0} ({1}), firmware {2}, {3}", "enregistré : {0} ({1}), logiciel {2}, {3}"],
	exact: ["exact times", "heures exactes"],
	blurred: [
		"times cut to the minute: replayed approximately",
		"heures tronquées à la minute : rejeu approximatif",
	],
	life: ["life {0}: {1} to {2}", "démarrage n° {0} : du {1} au {2}"],
	partial: [
		"  its start is not recorded: replayed approximately, compared from {0} on",
		"  début non enregistré : rejeu approximatif, comparé à partir du {0}",
	],
	lost: [
		"  inputs overwritten before they were saved: {0}",
		"  entrées écrasées avant d'être enregistrées : {0}",
	],
	same: [
		"  the light is the recorded one; levels compared: {0}",
		"  l'éclairage est celui enregistré ; niveaux comparés : {0}",
	],
	differs: [
		"  first difference: {0}: recorded {1}, replayed {2}",
		"  première différence : {0} : enregistré {1}, rejoué {2}",
	],
	level: ["{0} % ({1}) at {2}", "{0} % ({1}) à {2}"],
	nothing: ["nothing", "rien"],
} as const satisfies Table;

export type RecordingText = keyof typeof RECORDING_TEXTS;

/** `npm run sim -- replay --help`. */
export const REPLAY_HELP: Text = {
	en: `usage: npm run sim -- replay FILE [--headless] [--other-firmware] [OPTION ...]

Plays a lamp's recorded night in the simulator, with its page, beside the recorded light. The
recording is made by npx luminode record, or by the page at the pole (docs/technician.md).

  --headless        without the page: prints the first difference in each life of the lamp
  --other-firmware  also a recording by another version of the firmware
  OPTION            any other option of the simulator, e.g. --trace FILE (npm run sim -- --help)

Exit code with --headless: 0 the same light, 1 another; 2 a wrong word or recording.
`,
	fr: `usage : npm run sim -- replay FICHIER [--headless] [--other-firmware] [OPTION ...]

Rejoue dans le simulateur, sur sa page, la nuit enregistrée d'un luminaire, à côté de la lumière
enregistrée. L'enregistrement vient de npx luminode record ou de la page au mât (docs/technicien.md).

  --headless        sans la page : affiche la première différence de chaque démarrage du luminaire
  --other-firmware  aussi un enregistrement d'une autre version du logiciel
  OPTION            toute autre option du simulateur, p. ex. --trace FICHIER (npm run sim -- --help)

Code de sortie avec --headless : 0 même lumière, 1 autre lumière ; 2 option ou enregistrement non
valable.
`,
};

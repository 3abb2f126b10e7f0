/**
 * Program texts: messages about the arguments of the laptop's programs, the list of the vault and the
 * serial line, in English and French.
 */
import type { Table } from "../../../lib/text/bilingual.js";

const EXPORT = {
	noExport: ["{0}: is not the export of a lamp", "{0} : n'est pas l'export d'un luminaire"],
} as const satisfies Table;

const OPTIONS = {
	chooseSite: ["which site file?", "quel fichier de site ?"],
	chooseVault: ["which vault?", "quel coffre ?"],
	choosePort: ["which port?", "quel port ?"],
	choosePole: ["which pole (Return: the first)?", "quel mât (Entrée : le premier) ?"],
	several: [
		"--{0} is missing, and several are there: {1}",
		"--{0} manque, et il y en a plusieurs : {1}",
	],
	badConfiguration: [
		'{0}: must be a JSON object of texts, of these names: {1}; for example {"site":"site.csv"}',
		'{0} : doit être un objet JSON de textes, sous ces noms : {1} ; p. ex. {"site":"site.csv"}',
	],
	vaultMissing: [
		"--vault is missing: the lamp's secret must be kept, for example --vault city.vault",
		"--vault manque : le secret du luminaire doit être conservé, p. ex. --vault city.vault",
	],
	whichPole: [
		"give --pole ID, or --serial for a lamp without a pole, or --next or --scan",
		"indiquez --pole ID, ou --serial pour un luminaire sans mât, ou --next ou --scan",
	],
	portOrText: ["give --port PORT, or --to-text FILE", "indiquez --port PORT, ou --to-text FICHIER"],
	textOfPole: ["--to-text needs --pole ID", "--to-text exige --pole ID"],
	noPole: ["{0}: no line of pole {1}", "{0} : aucune ligne du mât {1}"],
	badTests: [
		"--tests {0}: not {1}, all or none, for example --tests lamp,pir",
		"--tests {0} : ni {1}, ni all, ni none, p. ex. --tests lamp,pir",
	],
	badHttpPort: [
		"--port {0}: must be 0 to 65535, for example 8090",
		"--port {0} : il faut un nombre de 0 à 65535, p. ex. 8090",
	],
	openIt: ["{0}: open it in Chrome or Edge", "{0} : ouvrez-le dans Chrome ou Edge"],
	printIt: [
		"{0}: the guide; print it on A4 from the browser",
		"{0} : le guide ; imprimez-le en A4 depuis le navigateur",
	],
	pageAt: ["page at the pole: {0}", "page au mât : {0}"],
	emptyPort: ["--port is empty, for example --port COM3", "--port est vide, p. ex. --port COM3"],
	badPort: [
		"--port {0}: not tcp:HOST:PORT, for example tcp:127.0.0.1:7001",
		"--port {0} : n'est pas tcp:HÔTE:PORT, p. ex. tcp:127.0.0.1:7001",
	],
} as const satisfies Table;

const VAULT = {
	noKeys: ["the keys could not be derived", "les clés n'ont pas pu être dérivées"],
	vaultAlone: ["vault", "coffre"],
	giveOne: [
		"give one of --list, --read, --put, --rekey",
		"indiquez --list, --read, --put ou --rekey",
	],
	noSecretSetting: [
		"--put {0}: is not a secret setting, for example --put siteKey",
		"--put {0} : n'est pas un réglage secret, p. ex. --put siteKey",
	],
	ownSecret: [
		"--put secret is each lamp's own: give --lamp",
		"--put secret est propre à chaque luminaire : ajoutez --lamp",
	],
	secretForm: [
		"a secret has 16 to 64 characters of ASCII without space, for example HQ7KXW2MPB4ZTNCE",
		"un secret compte 16 à 64 caractères ASCII sans espace, p. ex. HQ7KXW2MPB4ZTNCE",
	],
	noSerial: [
		"--lamp {0}: is not a serial number, for example --lamp L-0017",
		"--lamp {0} : n'est pas un numéro de série, p. ex. --lamp L-0017",
	],
	sameSecret: ["another lamp has that secret", "un autre luminaire a ce secret"],
	noLamp: [
		"no lamp is called {0}; --list shows them all",
		"aucun luminaire ne s'appelle {0} ; --list les montre tous",
	],
	noSerialYet: ["(serial not known yet)", "(numéro de série encore inconnu)"],
	noNodeYet: ["(no node)", "(pas de nœud)"],
	notYet: ["(not known yet)", "(encore inconnue)"],
	since: ["since {0}", "depuis {0}"],
	revoked: ["revoked {0}", "révoquée {0}"],
	ofAll: ["of every lamp: {0}", "de tous les luminaires : {0}"],
	nothing: ["nothing", "rien"],
	madeFor: ["serial {0}, nodes {1}, made {2}", "série {0}, nœuds {1}, créée {2}"],
	askValue: ["{0}: ", "{0} : "],
	askOfLamp: ["{0} of {1}: ", "{0} de {1} : "],
} as const satisfies Table;

const LINE = {
	noAnswer: ["{0}: does not answer", "{0} : ne répond pas"],
	noPort: [
		"{0}: no such port; --list shows the ports that exist",
		"{0} : ce port n'existe pas ; --list montre ceux qui existent",
	],
	notAllowed: [
		"{0}: not allowed; on Linux add yourself to the group dialout",
		"{0} : accès refusé ; sous Linux, ajoutez-vous au groupe dialout",
	],
	deniedOrOpen: [
		"{0}: not allowed, or open in another program",
		"{0} : accès refusé, ou ouvert dans un autre programme",
	],
	portBusy: ["{0}: is open in another program", "{0} : est ouvert dans un autre programme"],
	noSerialPort: ["{0}: is not a serial port", "{0} : n'est pas un port série"],
	nobodyThere: [
		"{0}: no program listens there; is the simulator running with --serial?",
		"{0} : aucun programme n'écoute à cette adresse ; le simulateur tourne-t-il avec --serial ?",
	],
	noComputer: ["{0}: no such computer", "{0} : cet ordinateur n'existe pas"],
	portClosed: ["the port cannot be opened: {0}", "le port ne s'ouvre pas : {0}"],
	otherFault: ["{0}: {1}", "{0} : {1}"],
	consolePort: [
		"--port is missing; --list shows the ports",
		"--port manque ; --list montre les ports",
	],
	leaves: ["{0} at 115200 8N1. Ctrl-Q leaves.", "{0} à 115200 8N1. Ctrl-Q quitte."],
	waits: [
		"unplugged; waiting for {0}. Ctrl-Q leaves.",
		"débranché ; attente de {0}. Ctrl-Q quitte.",
	],
	back: ["plugged in again; press Return.", "rebranché ; appuyez sur Entrée."],
	noPortAtAll: ["no serial port", "aucun port série"],
} as const satisfies Table;

export const PROGRAM_TEXTS = { ...EXPORT, ...OPTIONS, ...VAULT, ...LINE } satisfies Table;

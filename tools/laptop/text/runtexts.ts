/**
 * Run texts: messages of a commissioning, on the laptop and on the page at the pole, in English and
 * French.
 */
import type { Table } from "../../../lib/text/bilingual.js";

const PROVISION = {
	lampIs: ["lamp {0}, node {1}, software {2}", "luminaire {0}, nœud {1}, logiciel {2}"],
	noNode: ["(none yet)", "(aucun encore)"],
	settingsDone: [
		"settings: {0} as the site file says, {1} of them changed",
		"réglages : {0} selon le fichier du site, dont {1} modifiés",
	],
	onTrial: [
		"settings on trial: waiting for the broker {0}, {1} left",
		"réglages à l'essai : en attente du broker {0}, encore {1}",
	],
	proving: [
		"settings on trial: {0} is reached, kept in {1} if it stays so",
		"réglages à l'essai : {0} est joint, conservés dans {1} si la connexion tient",
	],
	keptUntested: [
		"settings kept without a connection to {0}: its test was not asked for",
		"réglages conservés sans connexion à {0} : son essai n'était pas demandé",
	],
	tookBack: [
		"{0} was not reached: the lamp went back to {1}; network and broker show why",
		"{0} n'a pas été joint : retour à {1} ; network et broker en montrent la cause",
	],
	walk: [
		"tests of a minute or two: walk past the lamp",
		"essais d'une à deux minutes : passez devant le luminaire",
	],
	test: ["test {0}: {1}", "essai {0} : {1}"],
	pass: ["pass", "OK"],
	fail: ["fail", "ÉCHEC"],
	unknown: ["unknown", "indéterminé"],
	seen: ["seen", "vu"],
	verdictWhy: ["{0}, {1}", "{0}, {1}"],
	verdictAlone: ["{0}", "{0}"],
	testFailed: ["test {0}: failed", "essai {0} : échec"],
	unseen: ["test lamp: it was not seen to shine", "essai lamp : personne ne l'a vu éclairer"],
	nobody: [
		"test lamp: no person confirmed its light; --seen states that a person watches the lamp",
		"essai lamp : personne n'a confirmé sa lumière ; --seen déclare que quelqu'un regarde le luminaire",
	],
	shine: [
		"Did you see it shine: full, down in three steps, full?",
		"L'avez-vous vu éclairer : à plein, trois paliers vers le bas, à plein ?",
	],
	rightPole: ["Is this the right pole all the same?", "Est-ce quand même le bon mât ?"],
	unchanged: [
		"{0}. Nothing was changed; --yes goes on all the same",
		"{0}. Rien n'a été modifié ; --yes continue quand même",
	],
	otherLamp: [
		"serial number {0} belongs to pole {1}; this lamp has another one",
		"le numéro de série {0} appartient au mât {1} ; ce luminaire en a un autre",
	],
	needsKey: [
		"neighbours need a siteKey: npx luminode vault --vault FILE --put siteKey stores it",
		"les luminaires voisins ont besoin d'une siteKey : npx luminode vault --vault FICHIER --put siteKey l'enregistre",
	],
	notTaken: ["{0} is {1} after it was set to {2}", "{0} vaut {1} après avoir été réglé à {2}"],
	notShown: ["not shown", "absent"],
	notSet: ["{0} is not set after it was set", "{0} n'est toujours pas réglé"],
	takesPlace: [
		"takes the place of the lamp before, in life {0} after {1}",
		"prend la place du luminaire précédent : démarrage n° {0} après {1}",
	],
	lifeTooLow: [
		"its life is {0}, the lamp before was in {1}",
		"son démarrage est le n° {0}, celui du luminaire précédent le n° {1}",
	],
	exported: ["export: {0}", "export : {0}"],
	labelled: ["label: {0}", "étiquette : {0}"],
	passPole: ["pole {0}", "mât {0}"],
	passed: ["PASS", "RÉUSSI"],
	failed: ["FAIL", "ÉCHEC"],
	result: ["{0} {1}", "{0} {1}"],
	colour: ["{0}{1}{2}", "{0}{1}{2}"],
	doubt: ["? {0}", "? {0}"],
	because: ["{0}: {1}", "{0} : {1}"],
	lampAlone: ["lamp", "luminaire"],
	pasteIt: [
		"{0}: paste it at the lamp, then delete it; it holds secrets",
		"{0} : collez-le au luminaire, puis effacez-le ; il contient des secrets",
	],
	note: ["note: {0}", "remarque : {0}"],
} as const satisfies Table;

const ENTER = {
	noSecret: [
		"the vault has no secret of {0}; npx luminode vault --vault FILE --put secret --lamp SERIAL stores it",
		"le coffre n'a pas de secret de {0} ; npx luminode vault --vault FICHIER --put secret --lamp SÉRIE l'enregistre",
	],
	closed: ["no secret of the vault opens {0}", "aucun secret du coffre n'ouvre {0}"],
	thisLamp: ["this lamp", "ce luminaire"],
	thisNode: ["this lamp (node {0})", "ce luminaire (nœud {0})"],
	noRestart: ["the lamp does not restart", "le luminaire ne redémarre pas"],
	closedAfter: [
		"the lamp's secret does not open it after its restart",
		"le secret du luminaire ne l'ouvre plus après son redémarrage",
	],
	noName: [
		"the lamp's greeting has no name",
		"le message d'accueil du luminaire ne contient pas de nom",
	],
	noIdentity: [
		"the lamp's status has no identity",
		"la réponse du luminaire à status ne contient pas d'identité",
	],
	shared: [
		"the vault's secret of {0} opens {1}: two lamps share it",
		"le secret de {0} dans le coffre ouvre {1} : deux luminaires le partagent",
	],
	refuses: ["the lamp refuses {0}: {1}", "le luminaire refuse {0} : {1}"],
	silent: [
		"{0}: no lamp answers; is it powered, is the plug in?",
		"{0} : aucun luminaire ne répond ; est-il alimenté, la fiche est-elle en place ?",
	],
	stops: ["{0}: no further answer to {1}", "{0} : plus de réponse à {1}"],
	unplugged: ["{0}: unplugged", "{0} : débranché"],
	strangeAnswer: [
		'{0}: the answer "{1}" is of no version that this program reads',
		"{0} : la réponse « {1} » n'est d'aucune version que ce programme lit",
	],
} as const satisfies Table;

const DOUBTS = {
	spare: ["a lamp without a pole", "un luminaire sans mât"],
	place: ["pole {0} (node {1})", "mât {0} (nœud {1})"],
	called: [
		"the lamp is called {0}; the site file says {1}",
		"le luminaire s'appelle {0} ; le fichier du site indique {1}",
	],
	vaultHas: [
		"the vault has {0} as node {1}; the site file says {2}",
		"dans le coffre, {0} est le nœud {1} ; le fichier du site indique {2}",
	],
	passedAt: [
		"{0} passed at pole {1} on {2}; this is {3}",
		"{0} a réussi au mât {1} le {2} ; ici, c'est {3}",
	],
	passedHere: [
		"at pole {0} {1} passed on {2}; this lamp is {3}",
		"au mât {0}, {1} a réussi le {2} ; ce luminaire est {3}",
	],
	noUpdateKey: [
		"this lamp of release holds no update key: it would accept no image, ever; send it back to the factory",
		"ce luminaire de profil release n'a aucune clé de mise à jour : il n'accepterait jamais d'image ; à renvoyer à l'usine",
	],
	vaultOther: [
		"the vault has node {0} as {1}; this lamp is {2}",
		"dans le coffre, le nœud {0} est {1} ; ce luminaire est {2}",
	],
} as const satisfies Table;

const CART = {
	head: ["poles: {0}, passed: {1}, missing: {2}", "mâts : {0}, réussis : {1}, manquants : {2}"],
	missingPole: [
		"missing {0} (node {1}, line {2} of the site file)",
		"{0} : manquant (nœud {1}, ligne {2} du fichier du site)",
	],
	begun: ["{0}: begun with {1}", "{0} : commencé avec {1}"],
	lastFailed: ["{0}: {1} failed on {2}: {3}", "{0} : {1} a échoué le {2} : {3}"],
	next: ["pole {0} (node {1}) for {2}", "mât {0} (nœud {1}) pour {2}"],
	noProtocol: [
		'{0}: is not a protocol: its first line has no title "{1}"; save it as CSV with commas',
		"{0} : n'est pas un protocole : sa première ligne n'a pas de titre « {1} » ; enregistrez-le en CSV à virgules",
	],
	allDone: ["all poles have passed: {0}", "tous les mâts ont réussi : {0}"],
	onlyBegun: [
		"no pole is left for {0}: {1}. Plug that controller in, or name the pole: --pole {2}",
		"il ne reste aucun mât pour {0} : {1}. Branchez ce contrôleur, ou nommez le mât : --pole {2}",
	],
	alreadyDone: [
		"{0} passed at pole {1} on {2}; plug in the next controller, or name the pole: --pole {1}",
		"{0} a réussi au mât {1} le {2} ; branchez le contrôleur suivant, ou nommez le mât : --pole {1}",
	],
	plugIn: [
		"Is the next controller plugged in? (n ends)",
		"Le contrôleur suivant est-il branché ? (n : terminer)",
	],
	scanNow: [
		"scan a label, or type a pole or a serial number; an empty line ends",
		"scannez une étiquette, ou tapez un mât ou un numéro de série ; une ligne vide termine",
	],
	scanUnknown: [
		'scanned "{0}": is neither a pole nor a serial number of the site file, for example {1}; a scanner set to another keyboard mixes up its characters',
		"scanné « {0} » : ni mât ni numéro de série du fichier du site, p. ex. {1} ; un lecteur réglé sur un autre clavier confond les caractères",
	],
	scanOther: [
		"the label is for {0}, but {1} is plugged in: plug in the controller of the label, or scan its own label",
		"l'étiquette est celle de {0}, mais {1} est branché : branchez le contrôleur de l'étiquette, ou scannez la sienne",
	],
	scanNoPole: [
		"{0} has no pole yet: scan a pole, or give --next for the next one",
		"{0} n'a pas encore de mât : scannez un mât, ou ajoutez --next pour le suivant",
	],
	scanApart: [
		"the label says {0} at pole {1}; the site file has {0} at pole {2}",
		"l'étiquette indique {0} au mât {1} ; le fichier du site a {0} au mât {2}",
	],
} as const satisfies Table;

const CERTIFICATES = {
	requested: [
		"certificate: requested in {0}; when {1} is there, run it again",
		"certificat : demandé dans {0} ; quand {1} s'y trouve, relancez",
	],
	installed: ["certificate: installed, {0}", "certificat : installé, {0}"],
	ofCa: ["certificate of the CA: {0}", "certificat de l'AC : {0}"],
	noCertificate: ["is not a certificate in PEM", "n'est pas un certificat en PEM"],
	otherKey: [
		"was made for another key than the vault's",
		"a été fait pour une autre clé que celle du coffre",
	],
	expired: [
		"{0}; ask the CA for a later one, for example of a year",
		"{0} ; demandez à l'AC un certificat plus récent, p. ex. d'un an",
	],
	validFor: [
		"subject {0}, valid until {1}, days left: {2}",
		"sujet {0}, valable jusqu'au {1}, jours restants : {2}",
	],
	validLater: ["subject {0}, valid from {1} only", "sujet {0}, valable à partir du {1} seulement"],
	over: ["subject {0}, expired on {1}", "sujet {0}, expiré le {1}"],
} as const satisfies Table;

export const RUN_TEXTS = {
	...PROVISION,
	...ENTER,
	...DOUBTS,
	...CART,
	...CERTIFICATES,
} satisfies Table;

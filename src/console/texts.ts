/**
 * Texts: the console's answers, in the technician's language.
 */
import type { Language } from "../explain/chaintext.js";

type Texts = Readonly<
	Record<
		| "greeting"
		| "closed"
		| "noSecret"
		| "askSecret"
		| "badSecret"
		| "wrongSecret"
		| "wait"
		| "loggedIn"
		| "loggedOut"
		| "proposal"
		| "secretSet"
		| "tooLong"
		| "cut"
		| "paste"
		| "nothingImported"
		| "pass"
		| "unknown"
		| "fail"
		| "verdict"
		| "notEnded"
		| "lampUnseen"
		| "notFitted"
		| "doubted"
		| "nobodyMoved"
		| "noReading"
		| "noBroker"
		| "certificateKept"
		| "certificateNew"
		| "noPair"
		| "pairUnknown"
		| "imported"
		| "confirmReset"
		| "confirmTime"
		| "noInstant"
		| "tooEarly"
		| "tooLate"
		| "unknownCommand"
		| "unknownName"
		| "unknownSetting"
		| "usage"
		| "notText"
		| "edited"
		| "applied"
		| "confirmed"
		| "onProbation"
		| "reverted"
		| "spoken"
		| "notDone"
		| "refused"
		| "rejected"
		| "accepted"
		| "noEvents"
		| "connecting"
		| "notKept"
		| "settings",
		string
	>
>;

/** `{0}` and `{1}` are replaced by `fill`. */
export const TEXTS: Readonly<Record<Language, Texts>> = Object.freeze({
	en: Object.freeze({
		greeting: "luminode, node {0}.",
		closed: "log in first: login SECRET",
		noSecret:
			"This lamp has no secret yet. Nothing works here before: secret NEW sets it, secret proposes one.",
		askSecret: "secret: ",
		badSecret: "a secret has {0} characters of ASCII, no spaces, 6 different ones at least",
		wrongSecret: "that is not this lamp's secret; the next guess is looked at in {0} s",
		wait: "not looked at: the wait begins anew, {0} s",
		loggedIn: "luminode {0}. Type help.",
		loggedOut: "logged out",
		proposal: "for instance {0} - write it down, then type secret and it",
		secretSet: "the secret is set; without it this console stays shut",
		tooLong: "the line is over 400 bytes and was ignored",
		cut: "ended",
		paste: "paste it now; nothing is shown. Ctrl-C ends it.",
		pass: "pass",
		unknown: "unknown",
		fail: "FAIL",
		verdict: "verdict: {0}",
		notEnded: "the test did not end: another order came between",
		lampUnseen: "its light is not measured here; look: full, down in three steps, full",
		notFitted: "none is fitted, say the settings",
		doubted: "the lamp does not believe it: {0}",
		nobodyMoved: "nothing moved for 30 s; test it again and walk past",
		noReading: "it has said nothing since the lamp started",
		noBroker: "no broker is set",
		certificateKept: "{0} is kept; the next connection goes by it",
		certificateNew: "{0} is checked; apply tries it, together with all that was set",
		noPair: "{0} is kept; the certificate there is another key's: paste this key's own, too",
		pairUnknown: "{0} is kept; whether key and certificate belong together is not checked here",
		nothingImported: "import the export of the lamp before, then apply and confirm",
		imported: "{0} settings edited; apply puts them in force",
		confirmReset: "this erases all that the lamp knows. To do it: factoryReset {0}",
		confirmTime:
			"the clock is set by time servers: {0}. To replace it all the same: time {1} confirm",
		noInstant: "{0} is not a date with time of day and zone (Z is UTC); for instance: {1}",
		tooEarly: "{0} is too early; the earliest date accepted: time {1}",
		tooLate: "{0} is too late; the latest date accepted: time {1}",
		unknownCommand: "unknown command: {0}. Type help.",
		unknownName: "neither a command nor a setting: {0}",
		unknownSetting: "no setting is called {0}. show lists them all.",
		usage: "usage: {0}",
		notText: "the line is not UTF-8 and was ignored",
		edited: "{0} = {1}, set; apply puts it in force",
		applied: "in force for 10 minutes; confirm keeps it, revert takes it back",
		confirmed: "kept",
		onProbation:
			"kept on probation: back by itself if the broker, or without one the network, is not reached",
		reverted: "what was kept is in force",
		spoken: "the console speaks English from now on",
		notDone: "not done: {0}",
		refused: "{0} stays as it is: {1}",
		rejected: "rejected: {0}",
		accepted: "{0}",
		noEvents: "no events",
		notKept: "what was decided at {0} is not kept",
		connecting: "the link does not wait any longer",
		settings: "settings: show lists them, help NAME explains one",
	}),
	fr: Object.freeze({
		greeting: "luminode, nœud {0}.",
		closed: "d'abord : login SECRET",
		noSecret:
			"Cette lampe n'a pas encore de secret. Rien ne va ici avant : secret NOUVEAU le met, secret en propose un.",
		askSecret: "secret : ",
		badSecret: "un secret a {0} caractères ASCII, sans espace, 6 différents au moins",
		wrongSecret: "ce n'est pas le secret de cette lampe ; le prochain essai est lu dans {0} s",
		wait: "pas lu : l'attente recommence, {0} s",
		loggedIn: "luminode {0}. Tapez help.",
		loggedOut: "session fermée",
		proposal: "par exemple {0} - le noter, puis taper secret et lui",
		secretSet: "le secret est mis ; sans lui cette console reste fermée",
		tooLong: "la ligne dépasse 400 octets, elle est ignorée",
		cut: "terminé",
		paste: "collez maintenant ; rien ne s'affiche. Ctrl-C y met fin.",
		pass: "bon",
		unknown: "inconnu",
		fail: "MAUVAIS",
		verdict: "verdict : {0}",
		notEnded: "l'essai n'a pas abouti : un autre ordre est venu entre-temps",
		lampUnseen: "sa lumière n'est pas mesurée ici ; regardez : pleine, trois paliers, pleine",
		notFitted: "il n'y en a pas, disent les réglages",
		doubted: "la lampe ne le croit pas : {0}",
		nobodyMoved: "rien n'a bougé pendant 30 s ; recommencez en passant devant",
		noReading: "il n'a rien dit depuis le démarrage",
		noBroker: "aucun courtier n'est réglé",
		certificateKept: "{0} est conservé ; la prochaine connexion s'y fie",
		certificateNew: "{0} est vérifié ; apply l'essaie, avec tout ce qui est préparé",
		noPair: "{0} est conservé ; le certificat présent est d'une autre clé : collez aussi le sien",
		pairUnknown: "{0} est conservé ; si clé et certificat vont ensemble n'est pas vérifié ici",
		nothingImported: "importez l'export de la lampe d'avant, puis apply et confirm",
		imported: "{0} réglages préparés ; apply les met en vigueur",
		confirmReset: "cela efface tout ce que sait la lampe. Pour le faire : factoryReset {0}",
		confirmTime:
			"l'horloge est réglée par des serveurs de temps : {0}. Pour la remplacer quand même : time {1} confirm",
		noInstant:
			"{0} n'est pas une date avec heure et fuseau (Z est l'heure UTC) ; par exemple : {1}",
		tooEarly: "{0} est trop tôt ; première date acceptée : time {1}",
		tooLate: "{0} est trop tard ; dernière date acceptée : time {1}",
		unknownCommand: "commande inconnue : {0}. Tapez help.",
		unknownName: "ni commande ni réglage : {0}",
		unknownSetting: "aucun réglage ne s'appelle {0}. show les liste tous.",
		usage: "usage : {0}",
		notText: "la ligne n'est pas en UTF-8, elle est ignorée",
		edited: "{0} = {1}, préparé ; apply le met en vigueur",
		applied: "en vigueur pour 10 minutes ; confirm conserve, revert annule",
		confirmed: "conservé",
		onProbation:
			"conservé à l'essai : annulé si le courtier, ou sans courtier le réseau, n'est pas joint",
		reverted: "ce qui était conservé est en vigueur",
		spoken: "la console parle désormais français",
		notDone: "pas fait : {0}",
		refused: "{0} reste inchangé : {1}",
		rejected: "refusé : {0}",
		accepted: "{0}",
		noEvents: "aucun événement",
		notKept: "ce qui fut décidé à {0} n'est pas conservé",
		connecting: "la liaison n'attend plus",
		settings: "réglages : show les liste, help NOM en explique un",
	}),
});

/** Inserts the parts; by functions, because a part may contain a `$`. */
export function fill(text: string, first: string, second = ""): string {
	return text.replace("{0}", () => first).replace("{1}", () => second);
}

/**
 * Words: the texts of the page at the pole, in English and French.
 */
import type { Language } from "../../../lib/text/bilingual.js";
import { filled } from "../../../lib/text/filled.js";

const WORDS = {
	title: ["At the pole", "Au mât"],
	connect: ["Connect to the lamp", "Se connecter au luminaire"],
	disconnect: ["Disconnect", "Déconnecter"],
	noSerial: [
		"This browser has no Web Serial: use Chrome or Edge on a computer. Site file and forecast work all the same.",
		"Ce navigateur n'a pas Web Serial : utilisez Chrome ou Edge sur un ordinateur. Le fichier du site et la prévision fonctionnent quand même.",
	],
	offline: ["No lamp is connected.", "Aucun luminaire n'est connecté."],
	files: ["Files", "Fichiers"],
	filesNote: [
		"The files stay on this computer. Nothing is sent to a network.",
		"Les fichiers restent sur cet ordinateur. Rien n'est envoyé sur un réseau.",
	],
	site: ["Site file (CSV)", "Fichier du site (CSV)"],
	vault: ["Vault; none: a new one is made", "Coffre ; sans fichier, un nouveau est créé"],
	phrase: [
		"Passphrase: 12 characters or more; four random words are good",
		"Phrase de passe : 12 caractères ou plus ; quatre mots au hasard conviennent",
	],
	open: ["Open the vault", "Ouvrir le coffre"],
	opening: ["The vault is being opened ...", "Le coffre s'ouvre ..."],
	opened: ["The vault is open; lamps: {0}.", "Le coffre est ouvert ; luminaires : {0}."],
	inPlace: [
		"Choose a vault to change in its place ...",
		"Choisir un coffre à modifier sur place ...",
	],
	placed: [
		"New secrets will be written to {0} itself, without a download.",
		"Les nouveaux secrets seront écrits dans {0} même, sans téléchargement.",
	],
	copyVault: ["Save a copy of the vault", "Enregistrer une copie du coffre"],
	protocol: ["Protocol so far (CSV)", "Protocole existant (CSV)"],
	saveProtocol: ["Save the protocol", "Enregistrer le protocole"],
	poles: ["Poles: {0}", "Mâts : {0}"],
	lamp: ["Lamp", "Luminaire"],
	secret: ["Secret of the lamp", "Secret du luminaire"],
	login: ["Log in", "Ouvrir la session"],
	isNew: [
		"This lamp has no secret yet: commission it.",
		"Ce luminaire n'a pas encore de secret : mettez-le en service.",
	],
	why: ["Why it shines as it does", "Pourquoi il éclaire ainsi"],
	litByDay: ["Why lit by day?", "Pourquoi allumé de jour ?"],
	darkAtNight: ["Why dark?", "Pourquoi éteint ?"],
	whyOffline: ["Why offline?", "Pourquoi hors ligne ?"],
	sensorAlive: ["Is the sensor alive?", "Le capteur fonctionne-t-il ?"],
	whatChanged: ["What was changed?", "Qu'est-ce qui a été modifié ?"],
	refresh: ["All reasons", "Toutes les raisons"],
	settings: ["Settings", "Réglages"],
	find: ["Find", "Chercher"],
	setting: ["Setting", "Réglage"],
	value: ["Value", "Valeur"],
	range: ["Allowed", "Valeurs admises"],
	apply: ["Apply for 10 minutes", "Appliquer pour 10 minutes"],
	left: [
		"In force on trial; {0} left. Without confirmation the lamp returns to its stored settings.",
		"En vigueur à l'essai ; encore {0}. Sans confirmation, le luminaire revient à ses réglages conservés.",
	],
	confirm: ["Confirm", "Confirmer"],
	revert: ["Take back", "Annuler"],
	confirmed: ["The settings are kept.", "Les réglages sont conservés."],
	reverted: ["The stored settings are in force.", "Les réglages conservés sont en vigueur."],
	forecast: ["Tonight without presence", "Cette nuit sans présence"],
	chart: ["Level by hour, 0 to 100 %", "Niveau selon l'heure, de 0 à 100 %"],
	tests: ["Tests", "Essais"],
	walk: [
		"Walk past the lamp while pir is tested.",
		"Passez devant le luminaire pendant l'essai pir.",
	],
	seen: [
		"Did you see it shine: full, down in three steps, full?",
		"L'avez-vous vu éclairer : à plein, trois paliers vers le bas, à plein ?",
	],
	yes: ["Yes", "Oui"],
	no: ["No", "Non"],
	commission: ["Commission a pole", "Mettre un mât en service"],
	pole: ["Pole", "Mât"],
	begin: ["Commission", "Mettre en service"],
	needs: [
		"Connect the lamp, choose the site file and open the vault first.",
		"Connectez d'abord le luminaire, choisissez le fichier du site et ouvrez le coffre.",
	],
	doubt: ["Is this the right pole all the same?", "Est-ce quand même le bon mât ?"],
	pass: ["PASS pole {0}", "RÉUSSI mât {0}"],
	fail: ["FAIL pole {0}: {1}", "ÉCHEC mât {0} : {1}"],
	nextPole: ["Next missing pole", "Prochain mât à faire"],
	saveLabel: ["Save the label", "Enregistrer l'étiquette"],
	recording: ["Record the night", "Enregistrer la nuit"],
	recordingNote: [
		"All that reached the lamp, and its light, to be replayed in the simulator. The file shows who passed when: delete it after {0} days.",
		"Ce que le luminaire a reçu et comment il a éclairé, à rejouer dans le simulateur. Le fichier montre qui est passé quand : effacez-le après {0} jours.",
	],
	recordingExact: [
		"Exact times, for an exact replay; otherwise all times are cut to the minute",
		"Heures exactes, pour rejouer exactement ; sinon, toutes les heures sont tronquées à la minute",
	],
	recordingBegin: ["Record", "Enregistrer"],
	recordingEnd: ["End and save", "Terminer et enregistrer"],
	recordingCounts: ["Inputs: {0}, levels: {1}.", "Entrées : {0}, niveaux : {1}."],
	recordingSaved: ["Saved as {0}.", "Enregistré sous {0}."],
	guide: ["Guide to print", "Guide à imprimer"],
	certificate: ["Certificate", "Certificat"],
	certificateFile: [
		"Certificate of the lamp or of the CA (PEM)",
		"Certificat du luminaire ou de l'AC (PEM)",
	],
	isOwn: ["It is the lamp's own.", "C'est celui du luminaire."],
	isCa: ["It is the CA of the lamp.", "C'est l'AC du luminaire."],
	isNeither: ["The lamp has another one, or none.", "Le luminaire en a un autre, ou aucun."],
	terminal: ["Terminal", "Terminal"],
	openTerminal: ["Open the terminal", "Ouvrir le terminal"],
	closeTerminal: ["Close the terminal", "Fermer le terminal"],
	type: ["Line for the lamp", "Ligne pour le luminaire"],
	send: ["Send", "Envoyer"],
	gone: ["The lamp was unplugged.", "Le luminaire a été débranché."],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;
export type Word = keyof typeof WORDS;

/** A text with its parts inserted. */
export function say(
	language: Language,
	word: Word,
	...parts: readonly (string | number)[]
): string {
	const text: string = WORDS[word][language === "fr" ? 1 : 0];
	const sentence = filled(text, parts);
	return language === "fr" ? sentence.replace(/ (?=[:;!?%])/g, "\u00a0") : sentence;
}

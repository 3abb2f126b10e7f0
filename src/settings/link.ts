/**
 * Link: the settings of network, broker and reports, and of the console.
 *
 * Two sections of the table: link, console. Reasons of most figures: docs/broker.md.
 */
import { choice, flag, number, seconds, secret, text } from "./kinds.js";
import { KEY_DIGITS, SSID_MAX_BYTES } from "./wifi.js";

/** Longest DNS name that a certificate is likely to contain. */
const HOST_MAX = 128;
/** Two such names, or a few addresses. */
const HOSTS_MAX = 256;
/** Leaves room for the longest topic in the packet buffer. */
const ROOT_LENGTH = [1, 64] as const;
const USER_MAX = 64;
/** Base 64 of a random token of 96 bytes. */
const PASSWORD_MAX = 128;
/** Two bytes, s [MQTT-3.1.2-24]. */
const KEEP_ALIVE_MAX = 65_535;
const DAY = 86_400;

export const LINK = Object.freeze({
	wifiName: text(
		"ssid",
		"",
		[0, SSID_MAX_BYTES],
		[
			"Name of the Wi-Fi to join; empty: none. Not used on Ethernet.",
			"Nom du Wi-Fi à rejoindre ; vide : aucun. Sans effet sur Ethernet.",
		],
	),
	wifiPassword: secret(
		KEY_DIGITS,
		[
			"Password of that Wi-Fi; empty: open network. Can be set, never read.",
			"Mot de passe de ce Wi-Fi ; vide : réseau ouvert. S'écrit, ne se lit jamais.",
		],
		"passphrase",
	),
	brokerHost: text(
		"hosts",
		"",
		[0, HOSTS_MAX],
		[
			"MQTT broker: name or address, or several, separated by commas, tried in turn; empty: none.",
			"Broker MQTT : nom ou adresse, ou plusieurs, séparés par des virgules, essayés tour à tour ; vide : aucun.",
		],
	),
	brokerPort: number(
		"",
		8883,
		[1, 65_535, 1],
		[
			"TCP port of the broker: 8883 with TLS, 1883 without.",
			"Port TCP du broker : 8883 avec TLS, 1883 sans.",
		],
	),
	brokerTls: flag(true, [
		"Whether to use TLS and verify the broker; without it, anyone on the path can give orders.",
		"La liaison utilise TLS et vérifie le broker ; sans TLS, un tiers sur le réseau peut donner des ordres.",
	]),
	brokerServerName: text(
		"host",
		"",
		[0, HOST_MAX],
		[
			"Name that the broker's certificate must contain; empty: the name or address in use.",
			"Nom que le certificat du broker doit porter ; vide : le nom ou l'adresse utilisés.",
		],
	),
	brokerUser: text(
		"printable",
		"",
		[0, USER_MAX],
		["User name at the broker; empty: none.", "Nom d'utilisateur auprès du broker ; vide : aucun."],
	),
	brokerPassword: secret(PASSWORD_MAX, [
		"Password at the broker; can be set, never read.",
		"Mot de passe auprès du broker ; s'écrit, ne se lit jamais.",
	]),
	root: text("topic", "luminode/1", ROOT_LENGTH, [
		"First levels of every topic.",
		"Premiers niveaux de chaque sujet.",
	]),
	reconnectSpread: seconds(300, 0, 3600, [
		"A lost session is resumed within this time, by each lamp at a random moment.",
		"Une session perdue est reprise dans ce délai, par chaque luminaire à un moment aléatoire.",
	]),
	keepAlive: seconds(300, 30, KEEP_ALIVE_MAX, [
		"The lamp sends to the broker at least this often.",
		"Le luminaire émet vers le broker au moins à cette cadence.",
	]),
	// Rarer reports without a value for each (src/link/reports.ts, docs/carriers.md).
	reporting: choice(["normal", "narrow"], "normal", [
		"Profile of reports; narrow: rare and batched, for a metered link. The intervals are longer then.",
		"Profil des rapports ; narrow : rares et groupés, plus espacés, pour une liaison facturée au volume.",
	]),
	stateMinInterval: seconds(10, 1, 3600, [
		"State reports are at least this far apart.",
		"Les rapports d'état sont espacés d'au moins cette durée.",
	]),
	statePresenceInterval: seconds(60, 1, 3600, [
		"A change of light caused by presence alone is reported at most this often.",
		"Un changement de lumière dû à la seule présence est transmis au plus à cette cadence.",
	]),
	stateMaxInterval: seconds(3600, 60, DAY, [
		"State is reported at least this often, even unchanged; not below stateMinInterval.",
		"L'état est transmis au moins à cette cadence, même inchangé ; pas sous stateMinInterval.",
	]),
	telemetryInterval: seconds(900, 60, DAY, [
		"Interval of reports of energy, hours and condition.",
		"Cadence des rapports d'énergie, d'heures et d'état de santé.",
	]),
	presenceReporting: flag(false, [
		"Whether presence is reported; at 3 a.m. this would track a resident on the way home.",
		"La présence est transmise ; à 3 h, ce serait suivre un riverain jusque chez lui.",
	]),
	replySpread: seconds(10, 0, 600, [
		"Replies to an order for several lamps are spread over this time.",
		"Les réponses à un ordre destiné à plusieurs luminaires sont étalées sur cette durée.",
	]),
	brokerSession: choice(["auto", "clean", "persistent"], "auto", [
		"Whether the broker keeps orders for an absent lamp (persistent); auto: if supply is switched.",
		"Le broker garde les ordres d'un luminaire absent (persistent) ou non (clean) ; auto : si supply est switched.",
	]),
});

export const CONSOLE = Object.freeze({
	language: choice(["en", "fr"], "en", [
		"Language of the console and of explanations.",
		"Langue de la console et des explications.",
	]),
});

/**
 * Link: the settings of the broker and its reports, and of the technician's line.
 *
 * Two sections of the table: link, console. The reasons of most figures stand in the broker
 * contract.
 */
import { choice, flag, number, seconds, secret, text } from "./kinds.js";
import { KEY_DIGITS, SSID_MAX_BYTES } from "./wifi.js";

/** Longest name of the DNS that a certificate is likely to carry. */
const HOST_MAX = 128;
/** Two such, or a few addresses. */
const HOSTS_MAX = 256;
/** Room for the longest topic in the packets' buffer. */
const ROOT_LENGTH = [1, 64] as const;
const USER_MAX = 64;
/** A random token in base 64 of 96 bytes. */
const PASSWORD_MAX = 128;
/** [MQTT-3.1.2-24]: two bytes. */
const KEEP_ALIVE_MAX = 65_535;
const DAY = 86_400;

export const LINK = Object.freeze({
	wifiName: text(
		"ssid",
		"",
		[0, SSID_MAX_BYTES],
		[
			"Name of the Wi-Fi to join; empty: none. A controller on a cable has no use for it.",
			"Nom du Wi-Fi à joindre; vide: aucun. Un contrôleur sur câble n'en a que faire.",
		],
	),
	wifiPassword: secret(
		KEY_DIGITS,
		[
			"Password of that Wi-Fi; empty: it is open. Can be set, never read.",
			"Mot de passe de ce Wi-Fi; vide: il est ouvert. S'écrit, ne se lit jamais.",
		],
		"passphrase",
	),
	brokerHost: text(
		"hosts",
		"",
		[0, HOSTS_MAX],
		[
			"MQTT broker: name or address, or several, comma between, tried in turn; empty: none.",
			"Broker MQTT: nom ou adresse, ou plusieurs, virgule entre eux, tour à tour; vide: aucun.",
		],
	),
	brokerPort: number(
		"",
		8883,
		[1, 65_535, 1],
		[
			"TCP port of the broker: 8883 with TLS, 1883 without.",
			"Port TCP du broker: 8883 avec TLS, 1883 sans.",
		],
	),
	brokerTls: flag(true, [
		"Whether to speak TLS and verify the broker; without it anyone on the way can give orders.",
		"Si l'on parle TLS et vérifie le broker; sans lui, n'importe qui en chemin peut ordonner.",
	]),
	brokerServerName: text(
		"host",
		"",
		[0, HOST_MAX],
		[
			"Name that the broker's certificate must carry; empty: the name or address that is tried.",
			"Nom que le certificat du broker doit porter; vide: le nom ou l'adresse essayé.",
		],
	),
	brokerUser: text(
		"printable",
		"",
		[0, USER_MAX],
		["User name at the broker; empty: none.", "Nom d'utilisateur auprès du broker; vide: aucun."],
	),
	brokerPassword: secret(PASSWORD_MAX, [
		"Password at the broker; can be set, never read.",
		"Mot de passe auprès du broker; s'écrit, ne se lit jamais.",
	]),
	root: text("topic", "luminode/1", ROOT_LENGTH, [
		"First levels of every topic.",
		"Premiers niveaux de chaque sujet.",
	]),
	reconnectSpread: seconds(300, 0, 3600, [
		"A lost session is taken up again within this time, each lamp at its own moment.",
		"Une session perdue est reprise dans ce délai, chaque lampe à son moment.",
	]),
	keepAlive: seconds(300, 30, KEEP_ALIVE_MAX, [
		"The broker hears from the lamp at least this often.",
		"Le broker entend la lampe au moins à cette cadence.",
	]),
	stateMinInterval: seconds(10, 1, 3600, [
		"State reports are at least this far apart.",
		"Les rapports d'état sont espacés d'au moins cette durée.",
	]),
	statePresenceInterval: seconds(60, 1, 3600, [
		"A change of light that passers-by alone made is reported at most this often.",
		"Un changement de lumière dû aux seuls passants est rapporté au plus à cette cadence.",
	]),
	stateMaxInterval: seconds(3600, 60, DAY, [
		"State is reported at least this often, changed or not; not below stateMinInterval.",
		"L'état est rapporté au moins à cette cadence, changé ou non; pas sous stateMinInterval.",
	]),
	telemetryInterval: seconds(900, 60, DAY, [
		"How often energy, hours and condition are reported.",
		"Cadence des rapports d'énergie, d'heures et de santé.",
	]),
	presenceReporting: flag(false, [
		"Whether presence is reported; at 3 a.m. it would follow a resident home.",
		"Si la présence est rapportée; à 3 h elle suivrait un riverain chez lui.",
	]),
	replySpread: seconds(10, 0, 600, [
		"Answers to an order given to many are spread over this time.",
		"Les réponses à un ordre donné à plusieurs sont étalées sur cette durée.",
	]),
	brokerSession: choice(["auto", "clean", "persistent"], "auto", [
		"Whether orders wait for an absent lamp (persistent); auto: on a switched feeder.",
		"Si les ordres attendent une lampe absente (persistent); auto: si on coupe l'alimentation.",
	]),
});

export const CONSOLE = Object.freeze({
	language: choice(["en", "fr"], "en", [
		"Language of the console and of explanations.",
		"Langue de la console et des explications.",
	]),
});

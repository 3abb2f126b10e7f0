/**
 * Neighbours: the settings of the light bubble, a part of the section sensing.
 *
 * LwM2M names where it has them (uCIFI objects 3459 to 3461): group, hop limit, broadcast periods,
 * auto clear.
 */
import { number, percent, seconds, secret } from "./kinds.js";

/** 128 bits of a key that people type: 22 characters of base 64, or 16 of any kind by chance. */
export const SITE_KEY_LEAST = 16;
const SITE_KEY_MAX = 64;
/** Two bytes in the datagram. */
const U16 = 65_535;
/** Below lie the system's own ports. */
const FIRST_PORT = 1024;

export const NEIGHBOURS = Object.freeze({
	neighbourGroup: number(
		"",
		0,
		[0, U16, 1],
		[
			"Row of poles that tell each other of movement; 0: none. Needs siteKey.",
			"Rangée de mâts qui s'annoncent les mouvements; 0: aucune. Demande siteKey.",
		],
	),
	poleNumber: number(
		"",
		0,
		[0, U16, 1],
		[
			"Place of the pole in its row, counted along the street; no two alike on one side.",
			"Place du mât dans sa rangée, comptée le long de la rue; unique d'un même côté.",
		],
	),
	poleSide: number(
		"",
		0,
		[0, 1, 1],
		[
			"Side of the street, where both have poles; two that face each other have one poleNumber.",
			"Côté de la rue, si les deux ont des mâts; deux qui se font face ont un même poleNumber.",
		],
	),
	poleSpacing: number(
		"m",
		30,
		[5, 200, 1],
		["Distance from pole to pole.", "Distance d'un mât à l'autre."],
	),
	/** Six is what a lamp keeps in mind to either side (sensing/neighbours.ts). */
	neighbourBubble: number(
		"",
		2,
		[0, 6, 1],
		[
			"Poles to either side that light up until it is known which way someone goes.",
			"Mâts de chaque côté qui s'allument tant que le sens du passage est inconnu.",
		],
	),
	neighbourLevel: percent(100, [
		"Level for someone on the way here; never above presenceLevel.",
		"Niveau pour qui est en chemin; jamais au-dessus de presenceLevel.",
	]),
	lightAhead: seconds(8, 1, 60, [
		"How long before someone arrives it is light.",
		"Combien de temps avant une arrivée il fait clair.",
	]),
	autoClear: seconds(45, 5, 600, [
		"Longest that one movement at a neighbour lights.",
		"Durée maximale d'éclairage par un mouvement chez un voisin.",
	]),
	hopLimit: number(
		"",
		5,
		[0, 15, 1],
		[
			"How often a movement is passed on from pole to pole; 0: only who hears it knows.",
			"Combien de fois un mouvement est relayé de mât en mât; 0: jamais.",
		],
	),
	minBroadcastPeriod: number(
		"s",
		1,
		[0.5, 60, 0.1],
		[
			"Two announcements of a pole are at least this far apart.",
			"Deux annonces d'un mât sont espacées d'au moins cette durée.",
		],
	),
	maxBroadcastPeriod: seconds(10, 1, 600, [
		"While someone is there it is announced at least this often; not below minBroadcastPeriod.",
		"Tant que quelqu'un est là, annonce au moins à cette cadence; pas sous minBroadcastPeriod.",
	]),
	neighbourPort: number(
		"",
		49_877,
		[FIRST_PORT, U16, 1],
		["UDP port of the announcements.", "Port UDP des annonces."],
	),
	siteKey: secret(SITE_KEY_MAX, [
		"Key shared by the poles of a site, 16 characters or more; can be set, never read.",
		"Clé commune aux mâts d'un site, 16 caractères ou plus; s'écrit, ne se lit jamais.",
	]),
});

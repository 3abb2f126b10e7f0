/**
 * Neighbours: the settings of the light bubble, a part of the section sensing.
 *
 * Names of LwM2M where they exist (uCIFI objects 3459 to 3461): group, hop limit, broadcast
 * periods, auto clear.
 */
import { choice, number, percent, seconds, secret } from "./kinds.js";

/**
 * A key of 128 bits, which people type, has 22 characters of base 64; 16 random ones of any kind
 * are the least.
 */
export const SITE_KEY_LEAST = 16;
const SITE_KEY_MAX = 64;
/** Greatest value of a two-byte field of the datagram. */
const U16 = 65_535;

export const NEIGHBOURS = Object.freeze({
	neighbourGroup: number(
		"",
		0,
		[0, U16, 1],
		[
			"Row of poles that announce movement to each other; 0: none. Needs siteKey.",
			"Rangée de mâts qui s'annoncent les mouvements ; 0 : aucune. Exige siteKey.",
		],
	),
	poleNumber: number(
		"",
		0,
		[0, U16, 1],
		[
			"Position of the pole in its row, counted along the street; unique on its side.",
			"Position du mât dans sa rangée, comptée le long de la rue ; unique de son côté.",
		],
	),
	poleSide: number(
		"",
		0,
		[0, 1, 1],
		[
			"Side of the street, if both sides have poles; facing poles have the same poleNumber.",
			"Côté de la rue, si les deux côtés ont des mâts ; en vis-à-vis, un même poleNumber.",
		],
	),
	poleSpacing: number(
		"m",
		30,
		[5, 200, 1],
		["Distance from pole to pole.", "Distance d'un mât à l'autre."],
	),
	/** A lamp stores hits of six poles to either side (neighbours/approach.ts). */
	neighbourBubble: number(
		"",
		2,
		[0, 6, 1],
		[
			"Poles to either side that light up while the direction of travel is unknown.",
			"Mâts de chaque côté qui s'allument tant que le sens du passage est inconnu.",
		],
	),
	neighbourMode: choice(["ahead", "row"], "ahead", [
		"Movement lights the lamps ahead (ahead), or all within six poles together (row).",
		"Un mouvement allume les luminaires devant (ahead), ou ensemble tous ceux à six mâts (row).",
	]),
	neighbourLevel: percent(100, [
		"Level for an approaching road user; never above presenceLevel.",
		"Niveau pour un usager qui approche ; jamais au-dessus de presenceLevel.",
	]),
	lightAhead: seconds(8, 1, 60, [
		"Time by which the light precedes an arrival.",
		"Avance de la lumière sur une arrivée.",
	]),
	autoClear: seconds(45, 5, 600, [
		"Maximum time for which one movement at a neighbour lights this lamp.",
		"Durée maximale d'éclairage pour un mouvement chez un voisin.",
	]),
	hopLimit: number(
		"",
		5,
		[0, 15, 1],
		[
			"Number of times a movement is relayed from pole to pole; 0: direct reception only.",
			"Nombre de relais d'un mouvement de mât en mât ; 0 : réception directe seulement.",
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
		"Presence is announced at least this often; not below minBroadcastPeriod.",
		"La présence est annoncée au moins à cette cadence ; pas sous minBroadcastPeriod.",
	]),
	siteKey: secret(SITE_KEY_MAX, [
		"Key shared by the poles of a site, 16 characters or more; can be set, never read.",
		"Clé commune aux mâts d'un site, 16 caractères ou plus ; s'écrit, ne se lit jamais.",
	]),
});

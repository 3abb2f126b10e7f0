/**
 * Offers: payloads for a lamp's topic `update`: an image offered, or the order to stop
 * (docs/update.md).
 */
import { type Fields, isFields } from "../util/fields.js";
import type { StreetImage } from "./catalogue.js";

/** Default delay from the offer to the first lamp's turn, ms: verifying a signature takes 2 s. */
const LEAD = 30_000;

/**
 * Fields that a person may set beside the image; an absent field is not sent, and the lamps'
 * default applies.
 */
const KINDS: Readonly<Record<string, string>> = {
	notBefore: "string",
	spread: "number",
	canary: "string",
	canaryLead: "number",
	whileOccupied: "boolean",
	again: "boolean",
};

/**
 * The payload for `{ image, fields }` or `{ stop: true }`; undefined for an unknown image, or an
 * unknown field or one of another type: the lamps validate the rest. `utc`: now, ms.
 */
export function payloadOf(
	id: string,
	{ image, stop, fields }: Fields,
	images: readonly StreetImage[],
	utc: number,
): string | undefined {
	if (stop === true) return JSON.stringify({ id, stop });
	const chosen = images.find(({ name }) => name === image);
	if (!chosen || !areFields(fields)) return undefined;
	const { url, header } = chosen;
	const notBefore = new Date(utc + LEAD).toISOString();
	return JSON.stringify({ id, url, header, notBefore, ...fields });
}

function areFields(value: unknown): value is Fields {
	if (!isFields(value)) return false;
	return Object.entries(value).every(
		([name, field]) => Object.hasOwn(KINDS, name) && typeof field === KINDS[name],
	);
}

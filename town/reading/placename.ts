/**
 * Place name: the kind of place of a street by the words of its name (docs/places.md). It is a sign
 * for the sorting of streets and sets no class.
 */

export const PLACE_NAMES = ["residential", "throughRoad", "square", "park", "lane"] as const;
export type PlaceName = (typeof PLACE_NAMES)[number];

const WORDS: readonly (readonly [RegExp, PlaceName])[] = [
	[
		/^(avenue|boulevard|route|chaussée|chaussee|quai|cours|rocade|pont|viale|corso|steenweg|laan)\b/i,
		"throughRoad",
	],
	[/^(place|esplanade|parvis|square|grand-?place|rond-point|piazza|plein|markt)\b/i, "square"],
	[/^(parc|jardin|promenade|berges?|voie verte|park|parco|ravel)\b/i, "park"],
	[
		/^(impasse|passage|ruelle|venelle|sentier|chemin|allée|allee|clos|cour|vicolo|steeg|pad)\b/i,
		"lane",
	],
];

export function placeOf(name: string): PlaceName {
	return WORDS.find(([pattern]) => pattern.test(name.trim()))?.[1] ?? "residential";
}

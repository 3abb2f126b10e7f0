/** Ten words: the heads, marks and conditions of the table of ten years, the same on the page and in reports. */
import type { Text } from "../text/bilingual.js";
import type { Column, CostRow } from "./bottomline.js";

type Mark = "cheapest" | "tie" | "darkest" | "lit";

export const TEN_TEXTS: Readonly<Record<Column | Mark | "place" | "how", Text>> = {
	energy: { en: "energy", fr: "énergie" },
	connection: { en: "connection", fr: "connexion" },
	maintenance: { en: "maintenance", fr: "maintenance" },
	purchase: { en: "purchase, fitted", fr: "achat et pose" },
	total: { en: "total", fr: "total" },
	place: { en: "place", fr: "rang" },
	cheapest: { en: "cheapest", fr: "la moins chère" },
	tie: { en: "may be cheapest", fr: "peut-être la moins chère" },
	darkest: { en: "darkest nights", fr: "nuits les plus sombres" },
	lit: { en: "lit all night", fr: "éclairé toute la nuit" },
	how: {
		en: "Without interest and inflation, and without the price of the LED. Connection, maintenance and purchase are those of controllers; what lights out costs in the cabinets is not counted. Place: one more than the number of options that are surely cheaper; where ranges overlap, no order is sure. A dash: a price is missing.",
		fr: "Sans intérêts ni inflation, et sans le prix de la LED. Connexion, maintenance et achat : ceux des contrôleurs ; ce que l'extinction coûte dans les armoires n'est pas compté. Rang : un de plus que le nombre de solutions sûrement moins chères ; là où les fourchettes se recouvrent, aucun ordre n'est sûr. Un tiret : il manque un prix.",
	},
};

/** Where several have place 1, each may be the cheapest. */
export function marksOf(row: CostRow, rows: readonly CostRow[]): readonly Text[] {
	const { place, isDarkest, isLit } = row;
	const isAlone = rows.filter((other) => other.place === 1).length === 1;
	const marks: readonly (Mark | false)[] = [
		place === 1 && (isAlone ? "cheapest" : "tie"),
		isDarkest && "darkest",
		isLit && "lit",
	];
	return marks.flatMap((mark) => (mark ? [TEN_TEXTS[mark]] : []));
}

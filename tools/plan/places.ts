/**
 * Places: the kinds of place for people: reasons, the settings of a kind, deviations from it.
 *
 * The values are the firmware's own table (src/settings/places.ts).
 */
import { VALIDATORS } from "../../src/node/settings/validators.js";
import { type PlaceName, valuesOfPlace } from "../../src/settings/places.js";
import { print } from "../../src/settings/section.js";
import { type Changes, type Settings, settingOf, withValues } from "../../src/settings/table.js";
import { isRejection, validate } from "../../src/settings/validate.js";

type Place = Settings["place"];
/** `none` left out. */
export const KINDS = [
	"residential",
	"shopping",
	"school",
	"crossing",
	"park",
	"square",
	"throughRoad",
	"darkCorridor",
] as const satisfies readonly Place[];
export type Kind = (typeof KINDS)[number];

/** Why a kind is lit as it is, in one paragraph. */
export const REASONS: Readonly<Record<Kind, readonly [en: string, fr: string]>> = {
	residential: [
		"Few people walk late, and those who do need the full class. The mean falls to P6 after midnight; presence restores P4 for 30 s.",
		"Peu de passants tard le soir, et ceux qui passent ont besoin de la classe pleine. La moyenne descend à P6 après minuit ; une présence rétablit P4 pendant 30 s.",
	],
	shopping: [
		"P2 until the shops close at 20:00, then P3 and P4. In the night before the market, Friday to Saturday, P2 returns at 4:30 for the traders.",
		"P2 jusqu'à la fermeture des commerces à 20 h, puis P3 et P4. La nuit qui précède le marché, du vendredi au samedi, P2 revient à 4 h 30 pour les marchands.",
	],
	school: [
		"P3 while children and parents come and go, until 19:00 and from 6:30 on; P5 and P6 in between. In the holidays of the French Community of Belgium P5 suffices.",
		"P3 tant qu'enfants et parents circulent, jusqu'à 19 h et dès 6 h 30 ; P5 et P6 entre les deux. Pendant les vacances scolaires de la Communauté française, P5 suffit.",
	],
	crossing: [
		"Drivers must see who crosses at any hour, so the lamp is protected: never below C3 while it is dark, by any order or program.",
		"Le conducteur doit voir qui traverse à toute heure : le luminaire est protégé, jamais sous C3 tant qu'il fait nuit, quel que soit l'ordre ou le programme.",
	],
	park: [
		"Paths are walked slowly, so light stays for 60 s after the last movement and falls slowly. P6 at night keeps the way visible without lighting the trees.",
		"On marche lentement dans les allées : la lumière reste 60 s après le dernier mouvement. P6 la nuit garde le chemin visible sans éclairer les arbres.",
	],
	square: [
		"P2 until the last train at 0:30 and from the first one at 4:30 on; on Fridays, Saturdays and eves of holidays until 2:30. P4 in between.",
		"P2 jusqu'au dernier train à 0 h 30 et dès le premier à 4 h 30 ; le vendredi, le samedi et les veilles de jours fériés jusqu'à 2 h 30. P4 entre les deux.",
	],
	throughRoad: [
		"Drivers need a uniform road surface, so sensors do not raise single lamps; the class follows the hour, from M4 to M6.",
		"Le conducteur a besoin d'une chaussée uniforme : les capteurs ne relèvent aucun luminaire seul ; la classe suit l'heure, de M4 à M6.",
	],
	darkCorridor: [
		"Bats and insects need the dark from mid March to the end of October: P6 until 22:00, then out, and P6 for 15 s where somebody passes. In winter P5, then P6.",
		"Chauves-souris et insectes ont besoin d'obscurité de la mi-mars à fin octobre : P6 jusqu'à 22 h, puis extinction, et P6 pendant 15 s au passage. En hiver P5, puis P6.",
	],
};

export function isKind(text: string): text is Kind {
	return (KINDS as readonly string[]).includes(text);
}

/** The settings with all values of a kind. */
export function withPlace(settings: Settings, place: Place): Settings {
	const changes: Changes = { place };
	for (const [name, text] of valuesOfPlace(place)) {
		const value = validate(name, text, VALIDATORS);
		if (isRejection(value)) throw new Error(`${place}: ${name} ${value.why}`);
		changes[name] = value;
	}
	return withValues(settings, changes);
}

interface Deviation {
	readonly name: PlaceName;
	/** The kind's value and the lamp's, as `set` accepts them. */
	readonly usual: string;
	readonly actual: string;
}

/** The settings in which a lamp differs from its kind of place. */
export function deviationsOf(settings: Settings): Deviation[] {
	const kind = withPlace(settings, settings.place);
	return valuesOfPlace(settings.place).flatMap(([name]) => {
		const setting = settingOf(name)!;
		const [usual, actual] = [print(kind, setting), print(settings, setting)];
		return usual === actual ? [] : [{ name, usual, actual }];
	});
}

/**
 * Grid text: the light between two poles in lines: the row at each class, and one lamp raised alone.
 */

import { type Field, type Illuminance, illuminanceOf, reaches } from "../../lib/roadgrid.js";
import type { Language } from "../../lib/text/bilingual.js";
import { fill } from "../../lib/text/filled.js";
import { floorLevelOf, fullLevelOf, presenceLevelOf } from "../../src/settings/classes.js";
import type { Settings } from "../../src/settings/table.js";

const TEXTS = {
	en: {
		head: "Between two poles, {0} m by {1} m, lamps at {2} m, built-in road optic:",
		row: "all lamps at {0}: {1}",
		alone: "one lamp at {0} among others at {1}: {2}",
		figures: "mean {0} lx, minimum {1} lx, uniformity {2}",
		yes: ", {0} is reached",
		no: ", {0} is not reached",
		open: ", not judged: {0} is defined by luminance",
	},
	fr: {
		head: "Entre deux mâts, {0} m sur {1} m, luminaires à {2} m, optique routière intégrée :",
		row: "tous les luminaires à {0} : {1}",
		alone: "un luminaire à {0} parmi d'autres à {1} : {2}",
		figures: "moyenne {0} lx, minimum {1} lx, uniformité {2}",
		yes: ", {0} est atteinte",
		no: ", {0} n'est pas atteinte",
		open: ", non jugé : {0} se définit par la luminance",
	},
} as const;

/** `installed_lx`: mean at 100 %; for M classes the designer's illuminance beside the luminance. */
export function gridText(
	settings: Settings,
	field: Omit<Field, "spacing_m">,
	installed_lx: number,
	language: Language,
): string[] {
	const texts = TEXTS[language];
	const completeField = { ...field, spacing_m: settings.poleSpacing };
	const figure = (value: number, digits: number) => {
		const text = value.toFixed(digits);
		return language === "fr" ? text.replace(".", ",") : text;
	};
	const judged = (light: Illuminance, name: string) => {
		const { mean_lx, min_lx, uniformity } = light;
		const figures = [figure(mean_lx, 2), figure(min_lx, 2), figure(uniformity, 2)];
		const isReached = name === "percent" ? undefined : reaches(name, light);
		const verdict = isReached === undefined ? texts.open : isReached ? texts.yes : texts.no;
		return fill(texts.figures, ...figures) + (name === "percent" ? "" : fill(verdict, name));
	};
	const { fullClass, floorClass } = settings;
	const [full, floor] = [fullLevelOf(settings), floorLevelOf(settings)];
	const row = (level: number, name: string) =>
		fill(
			texts.row,
			`${level} %`,
			judged(
				illuminanceOf(completeField, installed_lx, () => level),
				name,
			),
		);
	const lines = [
		fill(
			texts.head,
			`${completeField.spacing_m}`,
			figure(completeField.width_m, 1),
			figure(completeField.height_m, 1),
		),
		row(full, fullClass),
		row(floor, floorClass),
	];
	if (settings.sensorEffect === "max") {
		const raised = Math.max(floor, Math.min(presenceLevelOf(settings), settings.maxLevel));
		const light = illuminanceOf(completeField, installed_lx, (lamp) =>
			lamp === 0 ? raised : floor,
		);
		lines.push(fill(texts.alone, `${raised} %`, `${floor} %`, judged(light, fullClass)));
	}
	return lines;
}

/** Lamp year: a lamp's year with each option, the mean of the lights of a town or district whose watts are known. */
import { BOUGHT, type LampYear } from "../lib/lightingoptions/bottomline.js";
import {
	BASELINES,
	type Baseline,
	type OptionName,
	OURS,
	TODAY,
} from "../lib/lightingoptions/options.js";
import { type Range, rangeOf } from "../lib/lightingoptions/range.js";
import type { Text } from "../lib/text/bilingual.js";
import type { NightRow } from "./townmessages.js";

const KWH = 1_000;
/** Of the hours of lights out: the town's night is a Tuesday, and others stay lit (docs/energy.md). */
const WEEKNIGHTS = 1_302 / 1_881;

export interface LampsYear {
	readonly year: LampYear;
	/** Lights of known watts. */
	readonly lamps: number;
}

/**
 * With `sodium` where the file names old lamps with their watts. Undefined: watts are not known, or
 * some option has no year yet.
 */
export function lampYearOf(
	rowOf: (option: OptionName) => NightRow | undefined,
): LampsYear | undefined {
	const lamps = rowOf(BOUGHT)?.known ?? 0;
	if (lamps === 0) return undefined;
	const options: LampYear["options"][number][] = [];
	for (const name of [...TODAY, ...OURS]) {
		const row = rowOf(name);
		if (!row?.mwhYear) return undefined;
		const unlit_h = row.darkHours.mid * (name === "weeknights" ? WEEKNIGHTS : 1);
		const energyOf = (mwh: Range) => scaled(mwh, KWH / lamps);
		options.push({ name, energy_kWh: energyOf(row.mwhYear), unlit_h });
		if (row.mwhOld) options.push({ name: "sodium", energy_kWh: energyOf(row.mwhOld), unlit_h });
	}
	return { year: { options }, lamps };
}

/** What the figures of `sodium` mean. */
export const OLD_HOW: Text = {
	en: "Old lamps burn at full from dusk to dawn with the watts of the file, taken as with the ballast; where the file has the nominal watts of a sodium lamp, its energy is 10 to 16 % too low. Every other light counts as LED at full.",
	fr: "Les anciens luminaires sont allumés à plein du crépuscule à l'aube, avec la puissance du fichier, prise ballast compris ; si le fichier donne la puissance nominale d'une lampe au sodium, son énergie est de 10 à 16 % trop basse. Tout autre point lumineux compte comme LED à pleine classe.",
};

/** What can be chosen as today's lighting. */
export const todayOf = ({ options }: LampYear): readonly Baseline[] =>
	BASELINES.filter((today) => options.some(({ name }) => name === today));

function scaled({ mid, by }: Range, factor: number): Range {
	const spreads = Object.entries(by).map(([source, [down, up]]) => [
		source,
		[down * factor, up * factor],
	]);
	return rangeOf(mid * factor, Object.fromEntries(spreads));
}

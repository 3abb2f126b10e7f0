/** Page parts: what the page's server needs besides street and network, for tests. */
import { gzipSync } from "node:zlib";
import { readForms } from "../../../sim/files/orderforms.js";
import type { StreetView } from "../../../sim/page/messages.js";
import type { DeskOptions } from "../../../sim/page/server/deskoptions.js";
import { Findings } from "../../../sim/results/findings.js";
import { Happenings } from "../../../sim/results/happenings.js";
import { History } from "../../../sim/results/history.js";
import { METER_VALUES } from "../../../sim/results/meter.js";
import type { OptionNight } from "../../../sim/results/optionnight.js";

const NOBODY = { pedestrian: 0, bicycle: 0, car: 0 };
export const NO_NIGHT: OptionNight = {
	energy_kWh: 1,
	person_s: 0,
	below_s: 0,
	passed: NOBODY,
	unlit: NOBODY,
	dark_h: 0,
	unlit_h: 0,
};
/** Of today's options. */
export const NO_NIGHTS = { full: NO_NIGHT, profile: NO_NIGHT, off: NO_NIGHT, weeknights: NO_NIGHT };
/** Of a street that has just begun. */
export const NO_FIGURES = {
	energy_kWh: 0,
	old_kWh: 0,
	person_s: 0,
	below_s: 0,
	own: NO_NIGHT,
	today: NO_NIGHTS,
};

const NO_LIGHT = { from: 0, step: 300_000, rows: 1, levels: "" };

/** Notes what a page asks of the run. */
export function pageParts(view: Pick<StreetView, "lamps" | "epochUtc">, asked: string[] = []) {
	const { lamps, epochUtc } = view;
	const history = new History({ ...METER_VALUES, lamps, onLevel: 35, offLevel: 70 });
	return {
		history,
		happenings: new Happenings(epochUtc, new Findings()),
		faults: [
			{ name: "pirDead", scope: "any" },
			{ name: "fog", scope: "street" },
		],
		scenarios: [
			{ name: "storm", title: { en: "", fr: "" }, what: { en: "", fr: "" }, isPlayed: true },
		],
		oldPower_W: 83,
		ledPower_W: 37,
		forms: readForms(),
		report: (language) => `<p>${language}</p>`,
		startScenario: (name) => void asked.push(`scenario ${name}`),
		compare: async (option) => {
			asked.push(`compare ${option}`);
			return {
				option,
				lamps,
				...NO_NIGHT,
				today: NO_NIGHTS,
				old_kWh: 2,
				light: NO_LIGHT,
				failed: [],
			};
		},
		decide: async (inputs) => {
			asked.push(`decide ${JSON.stringify(inputs)}`);
			if (inputs.price === "wrong") throw new Error("--price wrong");
			return "<p>decided</p>";
		},
		town: {
			isFirst: true,
			town: gzipSync('{"name":"a town"}'),
			progress: { options: [] },
			night: (option: string) => (option === "full" ? gzipSync("{}") : undefined),
			attend() {},
			start(street: number) {
				asked.push(`street ${street}`);
				return street === 0;
			},
			read: ({ text }) => (typeof text === "string" ? { read: [] } : undefined),
			open: ({ text }) => (typeof text === "string" ? { read: [] } : undefined),
		},
		years: async () => {
			asked.push("years");
			const powers = { ledPower_W: 37, oldLampPower_W: 83 };
			return { year: 2026, ...powers, traffic: [], days: 0, isRecorded: false, options: [] };
		},
	} satisfies Omit<DeskOptions, "view" | "network">;
}

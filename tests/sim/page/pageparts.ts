/** Page parts: what the page's server needs besides street and network, for tests. */
import type { StreetView } from "../../../sim/page/messages.js";
import type { ServerOptions } from "../../../sim/page/server/serveroptions.js";
import { Findings } from "../../../sim/results/findings.js";
import { Happenings } from "../../../sim/results/happenings.js";
import { History } from "../../../sim/results/history.js";
import { METER_VALUES } from "../../../sim/results/meter.js";

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
		ledPower_W: 37.5,
		reportStyle: "body {}",
		report: (language) => `<p>${language}</p>`,
		startScenario: (name) => void asked.push(`scenario ${name}`),
		compare: async (way) => {
			asked.push(`compare ${way}`);
			return { energy_kWh: 1, old_kWh: 2, full_kWh: 2, person_s: 0, below_s: 0, failed: [] };
		},
	} satisfies Omit<ServerOptions, "port" | "view" | "network">;
}

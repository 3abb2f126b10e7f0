/**
 * Year: `npm run bench:energy -- --year`: one lamp of 37 W in Charleroi through a year, by way of lighting.
 *
 * By the firmware's own forecast of each night and the stated traffic (tools/plan/year.ts); no
 * machine is run, so it takes seconds.
 */
import { type Changes, DEFAULTS, type Settings, withValues } from "../../src/settings/table.js";
import { savingsOf } from "../../tools/plan/savings.js";
import { oldLampYear, type Traffic, yearOf } from "../../tools/plan/year.js";

export const YEAR = 2026;
/** Charleroi, Belgium. */
export const CHARLEROI = { latitude: 50.41, longitude: 4.44 };
/**
 * Road users at a lamp of a side street by hour of the wall clock, from midnight: 80 in the busiest
 * hour, two in the emptiest.
 */
const TRAFFIC: Traffic = [
	4, 2, 2, 2, 2, 6, 16, 44, 64, 36, 32, 36, 40, 38, 42, 54, 72, 80, 56, 38, 26, 16, 10, 6,
];
/** The old lamp's power by its data sheet, and that of the ballast by its age, per cent. */
const OLD_TOLERANCE = 10;

interface Way {
	readonly name: string;
	readonly energy_kWh: number;
	/** Time with light of any level, h. */
	readonly lit_h: number;
	/** Share of the dark at full class by presence, per cent. */
	readonly occupied: number;
}

const of = (changes: Record<string, unknown>): Settings =>
	withValues(DEFAULTS, { ...CHARLEROI, ...changes } as Changes);
const plain = (program: string) => of({ program, sensorEffect: "none", floorLevel: 0 });
const presence = (floorLevel: number) => of({ program: "12:00 0", floorLevel });

/** The LED's ways; the first is full light. */
const LED: readonly (readonly [name: string, settings: Settings])[] = [
	["LED, full while it is dark", plain("12:00 100")],
	[
		"LED, 70 % from 22:00, 50 % from 0:00, 100 % from 6:00",
		plain("12:00 100; 22:00 70; 00:00 50; 06:00 100"),
	],
	["LED, out from 0:00 to 5:00", plain("12:00 100; 00:00 out; 05:00 100")],
	["LED, presence over a floor of 40 %", presence(40)],
	["LED, presence over a floor of 20 %", presence(20)],
];

/** All ways of a year; the sodium lamp first. */
export function waysOf(year = YEAR): readonly Way[] {
	const settings = of({});
	const { dark_h } = yearOf(settings, year);
	const old = (name: string, energy_kWh: number): Way => ({
		name,
		energy_kWh,
		occupied: 0,
		lit_h: (1000 * energy_kWh) / settings.oldLampPower_W,
	});
	return [
		old("sodium 70 W with ballast, while it is dark", (settings.oldLampPower_W * dark_h) / 1000),
		old("the same, out from 0:00 to 5:00", oldLampYear(settings, year, [0, 5])),
		...LED.map(([name, each]) => ({ name, ...yearOf(each, year, TRAFFIC) })),
	];
}

/** The table of docs/energy.md. */
export function* yearLines(): Iterable<string> {
	const ways = waysOf();
	const [sodium] = ways as [Way];
	const tolerance = DEFAULTS.powerTolerance;
	yield `one lamp of 37 W, Charleroi, ${YEAR}; modelled energy is not a bill\n`;
	yield "| way of lighting | energy, kWh | of the sodium lamp | saved, kWh | lit, h | full by presence |";
	yield "|---|---:|---:|---:|---:|---:|";
	for (const { name, energy_kWh, lit_h, occupied } of ways) {
		const { saved_kWh, uncertainty_kWh, share } = savingsOf(
			{ energy_kWh, tolerance },
			{ energy_kWh: sodium.energy_kWh, tolerance: OLD_TOLERANCE },
		);
		const saved =
			energy_kWh === sodium.energy_kWh
				? "-"
				: `${saved_kWh.toFixed(0)} +-${uncertainty_kWh.toFixed(0)}`;
		const full = occupied > 0 ? `${occupied.toFixed(1)} %` : "-";
		yield `| ${name} | ${energy_kWh.toFixed(1)} | ${(100 - share).toFixed(1)} % | ${saved} | ${lit_h.toFixed(0)} | ${full} |`;
	}
}

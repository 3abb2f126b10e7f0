/**
 * A view of a lamp at 21:03 on a November evening, for tests of what reads it.
 */
import { Decisions } from "../../src/explain/decisions.js";
import { Journal } from "../../src/journal/journal.js";
import type { ChainLink } from "../../src/lighting/chain.js";
import { zoneOf } from "../../src/node/schedule/options.js";
import { walkOf } from "../../src/node/schedule/preview.js";
import { DEFAULTS } from "../../src/settings/table.js";
import type { Duty, Lux, UtcMillis, Watts } from "../../src/units.js";
import type { View } from "../../src/view.js";
import { percent } from "./percent.js";

export const EVENING = Date.UTC(2026, 10, 24, 21, 3) as UtcMillis;

/** All that may speak in a chain. */
export const VOICES = Object.keys({
	default: true,
	program: true,
	sensor: true,
	override: true,
	emergency: true,
	systemFailure: true,
	lightsOut: true,
	presenceIgnored: true,
	virtualLightOutput: true,
	daylight: true,
	floor: true,
	maxLevel: true,
	protected: true,
	cleaningFactor: true,
	clo: true,
	thermal: true,
	minimumDuty: true,
} satisfies Record<ChainLink["by"], true>) as readonly ChainLink["by"][];

/** What a sensor's voice may be called. */
export const SENSOR_SOURCES = ["presence", "linger", "doubt", "blocked", "neighbours"] as const;

export const link = (by: ChainLink["by"], level: number, source?: string): ChainLink =>
	source === undefined ? { by, level: percent(level) } : { by, level: percent(level), source };

/** Since 22:00 on the wall, 21:00 UTC, the program; since 22:02:30 someone was there. */
function decisions(): Decisions {
	const noted = new Decisions();
	const program = { reason: "program", level: percent(60), source: "22:00 60" } as const;
	const sensor = { reason: "sensor", level: percent(100), source: "presence" } as const;
	noted.note(program, percent(60), false, percent(100), 183_605_000 - 180_000);
	noted.note(sensor, percent(100), false, percent(100), 183_605_000 - 30_000);
	return noted;
}

export const VIEW: View = {
	journal: new Journal(12),
	identity: {
		serial: "sim-00001",
		site: "liege",
		node: "quai-7",
		hardware: "virtual/1",
		profile: "development",
		slot: 0,
		updateKeys: ["0a1b2c3d"],
		swVersion: "0.1.0",
		life: 3,
		powerCause: "powerOn",
		supportedUntil: "2031-11-24",
		imageOnProbation: false,
	},
	time: {
		now: 183_605_000,
		utc: EVENING,
		notBefore: EVENING,
		clockSource: "synchronised",
		uncertainty: 20.4,
	},
	light: {
		target: undefined,
		feedback: percent(60),
		actual: percent(60),
		fadeEndsAt: 0,
		settled: percent(60),
		duty: 1374 as Duty,
		reason: "program",
		chain: [link("program", 60, "22:00 60")],
		visitChain(visit) {
			for (const { by, level, source } of this.chain) visit(by, level, source);
		},
		outputChain: () => [],
		decisions: decisions(),
	},
	sensing: {
		presence: "vacant",
		photocell: "night",
		lightLevel: 0.26 as Lux,
		temperature: -3.04,
		movedAt: 183_000_000,
		pirDoubt: undefined,
		lightDoubt: undefined,
		dark: true,
		darkBecause: "photocell",
		sunset: Date.UTC(2026, 10, 24, 15, 43, 20) as UtcMillis,
		sunrise: Date.UTC(2026, 10, 25, 7, 8, 5) as UtcMillis,
	},
	plan: {
		comingDay: 20_781, // 2026-11-24
		until: undefined,
		zone: zoneOf(DEFAULTS),
		classes: undefined,
		classAt: () => undefined,
		walk: (day: number) => walkOf(DEFAULTS, day),
	},
	meter: {
		activePower: 18.44 as Watts,
		activeEnergy_kWh: 0.1234,
		energySaved_kWh: 0.3,
		operatingHours: 5.333,
		isReserved: false,
		switchOnCounter: 4,
		energyTolerance: 10,
		hour_Wh: () => undefined,
		hourEndedAt: 0,
		night: () => undefined,
	},
	traffic: { accumulatedRoadUserNumber: 12, accumulatedSince: undefined },
	link: {
		state: "online",
		connection: 2,
		isNetworkUp: true,
		hasWifi: true,
		lastEnd: undefined,
		attemptAt: Infinity,
		datagramsForged: undefined,
	},
	monitor: { isMaintained: false, standing: [], supplyLossCount: 2 },
	machine: { freeBytes: 9120, faults: 0, flashWrites: 12, flashErases: 1, flashYears: 57.4 },
};

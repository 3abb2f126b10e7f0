/**
 * Settings of nights: ten lamps that have little in common. A night takes the row of its seed's last
 * digit; row 7 is the lamp of docs/measured.md.
 */

interface NightSettings {
	readonly about: string;
	readonly sections: Readonly<Record<string, object>>;
	/** UTC of power-on, not before the day of the version; absent: 24 November 2026, 15:30. */
	readonly start?: number;
	/** Hours from power-on to the first reading of dusk and of dawn; absent: 0.4 and 15.6. */
	readonly dusk?: number;
	readonly dawn?: number;
	/** Brightest reading, lx, and the share that remains five minutes later; absent: 300 and 0.66. */
	readonly brightest?: number;
	readonly fall?: number;
	/** Warmest temperature of the housing, C; absent: 8. */
	readonly warmest?: number;
	/** Whether no time server answers. */
	readonly hasNoTime?: boolean;
	/** Whether the light sensor gives no reading. */
	readonly hasNoLight?: boolean;
}

const identity = { site: "liege", node: "pole-1" };

export const NIGHT_SETTINGS: readonly NightSettings[] = [
	{
		about: "lighting classes, a driver that is oversized, dirty and old, summer",
		sections: {
			identity,
			light: { fullClass: "P2", floorClass: "P5", installedMean: 12.4, hold: 20, linger: 40 },
			power: {
				virtualLightOutput: 85,
				cleaningFactor: 90,
				cleaningPeriod: 8000,
				minimumDuty: 4,
				depreciation: "0 100; 50000 90; 100000 80",
				hoursBefore: 30000,
				ledPower50_W: 17,
			},
		},
		start: Date.UTC(2027, 5, 20, 18),
		dusk: 2,
		dawn: 9.1,
		warmest: 21,
	},
	{ about: "factory state", sections: {} },
	{
		about: "lights out, ignored by presence, relay; minimum of lights out",
		sections: {
			identity,
			light: { floorLevel: 0, lingerLevel: 30, fallTime: 30 },
			calendar: {
				program: "sunset 100; 22:00 50 max 95; 00:00 out; 05:00 70; sunrise 0",
				presenceDuringLightsOut: "ignore",
				minimumLightsOn: 20,
			},
		},
	},
	{
		about: "neither clock nor date: the photocell alone",
		sections: { identity, sensing: { onLevel: 20, offLevel: 60, onDelay: 10, offDelay: 60 } },
		hasNoTime: true,
		brightest: 3000,
		fall: 0.55,
	},
	{
		about: "the night in which summer time ends; a program of the weekend",
		sections: {
			identity,
			calendar: {
				program: "sunset 90; 23:00 40; sunrise 0",
				program2: "weekend: sunset 100; 02:30 70; 03:15 35; sunrise-30 80; sunrise 0",
				calendar: "Sat,Sun: weekend",
			},
			console: { language: "fr" },
		},
		start: Date.UTC(2027, 9, 30, 15),
		dusk: 1,
		dawn: 14.7,
	},
	{
		about: "a crossing: protected, presence counted only",
		sections: {
			identity,
			light: {
				fullClass: "M4",
				floorClass: "M5",
				installedMean: 0.9,
				lightProtected: true,
				sensorEffect: "none",
				riseTime: 0.2,
			},
		},
	},
	{
		about: "no photocell, north of the polar circle in winter, presence wanted for two seconds",
		sections: {
			identity,
			light: { settleTime: 120, hold: 90, linger: 0, fallTime: 2 },
			calendar: { latitude: 69.65, longitude: 18.96, darkElevation: -4 },
			sensing: { photocell: false, clearToBusy: 2, trafficDeadTime: 20 },
		},
		hasNoLight: true,
	},
	{
		about: "levels of docs/measured.md",
		sections: {
			identity,
			light: { floorLevel: 20, presenceLevel: 90, lingerLevel: 50 },
			calendar: { program: "sunset 100; 22:00 60; 00:00 30; 05:30 80; sunrise 0" },
		},
	},
	{
		about: "no movement sensor, a hot housing, a low maximum",
		sections: {
			identity,
			light: { maxLevel: 70, fullLevel: 70, floorLevel: 15, systemFailureLevel: 60 },
			sensing: { pirFitted: false },
			power: { deratingStart: 45, deratingLevel: 20, standbyPower_W: 1.2 },
		},
		start: Date.UTC(2027, 7, 14, 18),
		dusk: 0.9,
		dawn: 9.9,
		warmest: 64,
	},
	{
		about: "southern hemisphere, half an hour beside UTC, supply from dusk to dawn",
		sections: {
			identity,
			light: { presenceLevel: 70, lingerLevel: 45, fallTime: 600, riseTime: 1 },
			calendar: {
				zone: "ACST-9:30ACDT,M10.1.0,M4.1.0/3",
				latitude: -34.93,
				longitude: 138.6,
				program: "sunset 80; 21:30 55; 04:45 65; sunrise 0",
			},
			power: { supply: "switched" },
		},
		start: Date.UTC(2026, 11, 24, 9),
		dusk: 0.3,
		dawn: 9.2,
	},
];

/** Of a night's seed. */
export const nightSettings = (seed: number): NightSettings =>
	NIGHT_SETTINGS[seed % NIGHT_SETTINGS.length]!;

/**
 * Settingtable: all settings of a lamp with types, ranges, steps and defaults, in the order of the table.
 *
 * Follows docs/settings.md (identity to console), and docs/broker.asyncapi.yaml.
 */

/** Letters that a text may have (docs/settings.md, "Characters of a text"). */
export type Characters = "name" | "printable" | "host" | "hosts" | "topic";

export type Kind =
	| {
			readonly kind: "number";
			readonly min: number;
			readonly max: number;
			readonly unit: string;
			readonly step: number;
	  }
	| { readonly kind: "boolean" }
	| { readonly kind: "choice"; readonly choices: readonly string[] }
	| {
			readonly kind: "text";
			readonly min: number;
			readonly max: number;
			readonly characters: Characters;
	  }
	| { readonly kind: "ssid" | "passphrase"; readonly min: number; readonly max: number }
	| {
			readonly kind: "program" | "namedProgram" | "calendar" | "holidays" | "zone" | "depreciation";
			readonly max: number;
	  };

export interface Setting {
	readonly name: string;
	readonly type: Kind;
	readonly standard: string | number | boolean;
	readonly isSecret: boolean;
}

export interface Section {
	readonly name: string;
	readonly settings: readonly Setting[];
}

const CLASSES = [
	"percent",
	"P1",
	"P2",
	"P3",
	"P4",
	"P5",
	"P6",
	"M1",
	"M2",
	"M3",
	"M4",
	"M5",
	"M6",
	"C0",
	"C1",
	"C2",
	"C3",
	"C4",
	"C5",
];

function of(
	name: string,
	type: Kind,
	standard: string | number | boolean,
	isSecret = false,
): Setting {
	return { name, type, standard, isSecret };
}

export const SECTIONS: readonly Section[] = [
	{
		name: "identity",
		settings: [
			of("site", { kind: "text", min: 0, max: 32, characters: "name" }, ""),
			of("node", { kind: "text", min: 0, max: 32, characters: "name" }, ""),
			of("group", { kind: "text", min: 0, max: 32, characters: "name" }, ""),
		],
	},
	{
		name: "light",
		settings: [
			of(
				"place",
				{
					kind: "choice",
					choices: [
						"none",
						"residential",
						"shopping",
						"school",
						"crossing",
						"park",
						"square",
						"throughRoad",
						"darkCorridor",
					],
				},
				"none",
			),
			of("fullClass", { kind: "choice", choices: CLASSES }, "percent"),
			of("floorClass", { kind: "choice", choices: CLASSES }, "percent"),
			of("installedMean", { kind: "number", min: 0, max: 200, unit: "", step: 0.01 }, 0),
			of("fullLevel", { kind: "number", min: 10, max: 100, unit: "%", step: 1 }, 100),
			of("floorLevel", { kind: "number", min: 0, max: 100, unit: "%", step: 1 }, 20),
			of("maxLevel", { kind: "number", min: 10, max: 100, unit: "%", step: 1 }, 100),
			of("lightProtected", { kind: "boolean" }, false),
			of("sensorEffect", { kind: "choice", choices: ["max", "none"] }, "max"),
			of("presenceLevel", { kind: "number", min: 0, max: 100, unit: "%", step: 1 }, 0),
			of("lingerLevel", { kind: "number", min: 0, max: 100, unit: "%", step: 1 }, 60),
			of("hold", { kind: "number", min: 5, max: 1800, unit: "s", step: 1 }, 30),
			of("linger", { kind: "number", min: 0, max: 1800, unit: "s", step: 1 }, 30),
			of("settleTime", { kind: "number", min: 0, max: 300, unit: "s", step: 1 }, 30),
			of("riseTime", { kind: "number", min: 0, max: 1, unit: "s", step: 0.1 }, 0.8),
			of("fallTime", { kind: "number", min: 0, max: 600, unit: "s", step: 0.1 }, 10),
			of("systemFailureLevel", { kind: "number", min: 10, max: 100, unit: "%", step: 1 }, 100),
		],
	},
	{
		name: "calendar",
		settings: [
			of(
				"program",
				{ kind: "program", max: 320 },
				"sunset 100; 22:00 60; 00:00 40; 05:30 100; sunrise 0",
			),
			of("program2", { kind: "namedProgram", max: 180 }, ""),
			of("program3", { kind: "namedProgram", max: 180 }, ""),
			of("program4", { kind: "namedProgram", max: 180 }, ""),
			of("calendar", { kind: "calendar", max: 255 }, ""),
			of(
				"holidays",
				{ kind: "holidays", max: 255 },
				"01-01,easter+1,05-01,easter+39,easter+50,07-21,08-15,11-01,11-11,12-25",
			),
			of("presenceDuringLightsOut", { kind: "choice", choices: ["light", "ignore"] }, "light"),
			of("minimumLightsOn", { kind: "number", min: 0, max: 180, unit: "min", step: 1 }, 0),
			of("zone", { kind: "zone", max: 64 }, "CET-1CEST,M3.5.0,M10.5.0/3"),
			of("latitude", { kind: "number", min: -90, max: 90, unit: "deg", step: 0.0001 }, 50.63),
			of("longitude", { kind: "number", min: -180, max: 180, unit: "deg", step: 0.0001 }, 5.57),
			of("darkElevation", { kind: "number", min: -6, max: 0, unit: "deg", step: 0.1 }, -2),
		],
	},
	{
		name: "sensing",
		settings: [
			of("photocell", { kind: "boolean" }, true),
			of("onLevel", { kind: "number", min: 1, max: 500, unit: "lx", step: 1 }, 35),
			of("offLevel", { kind: "number", min: 2, max: 1000, unit: "lx", step: 1 }, 70),
			of("onDelay", { kind: "number", min: 0, max: 600, unit: "s", step: 1 }, 30),
			of("offDelay", { kind: "number", min: 0, max: 600, unit: "s", step: 1 }, 120),
			of("pirFitted", { kind: "boolean" }, true),
			of("lowerSensor", { kind: "choice", choices: ["none", "beside", "instead"] }, "none"),
			of("lowerSensorLux", { kind: "number", min: 0, max: 100_000, unit: "lx", step: 1 }, 0),
			of("clearToBusy", { kind: "number", min: 0, max: 5, unit: "s", step: 0.1 }, 0),
			of("pirSilentAfter", { kind: "number", min: 12, max: 720, unit: "h", step: 1 }, 48),
			of("trafficDeadTime", { kind: "number", min: 0, max: 600, unit: "s", step: 1 }, 5),
			of("trafficK", { kind: "number", min: 3, max: 100, unit: "", step: 1 }, 3),
			of("lampResponse", { kind: "number", min: 0, max: 200, unit: "lx", step: 0.1 }, 0),
			of("neighbourGroup", { kind: "number", min: 0, max: 65535, unit: "", step: 1 }, 0),
			of("poleNumber", { kind: "number", min: 0, max: 65535, unit: "", step: 1 }, 0),
			of("poleSide", { kind: "number", min: 0, max: 1, unit: "", step: 1 }, 0),
			of("poleSpacing", { kind: "number", min: 5, max: 200, unit: "m", step: 1 }, 30),
			of("neighbourBubble", { kind: "number", min: 0, max: 6, unit: "", step: 1 }, 2),
			of("neighbourMode", { kind: "choice", choices: ["ahead", "row"] }, "ahead"),
			of("neighbourLevel", { kind: "number", min: 0, max: 100, unit: "%", step: 1 }, 100),
			of("lightAhead", { kind: "number", min: 1, max: 60, unit: "s", step: 1 }, 8),
			of("autoClear", { kind: "number", min: 5, max: 600, unit: "s", step: 1 }, 45),
			of("hopLimit", { kind: "number", min: 0, max: 15, unit: "", step: 1 }, 5),
			of("minBroadcastPeriod", { kind: "number", min: 0.5, max: 60, unit: "s", step: 0.1 }, 1),
			of("maxBroadcastPeriod", { kind: "number", min: 1, max: 600, unit: "s", step: 1 }, 10),
			of("siteKey", { kind: "text", min: 0, max: 64, characters: "printable" }, "", true),
		],
	},
	{
		name: "power",
		settings: [
			of("supply", { kind: "choice", choices: ["always", "switched"] }, "always"),
			of("feeder", { kind: "text", min: 0, max: 32, characters: "name" }, ""),
			of("ledPower_W", { kind: "number", min: 1, max: 1000, unit: "W", step: 0.1 }, 37),
			of("ledPower50_W", { kind: "number", min: 0, max: 1000, unit: "W", step: 0.1 }, 0),
			of("ledPower25_W", { kind: "number", min: 0, max: 1000, unit: "W", step: 0.1 }, 0),
			of("ledPower10_W", { kind: "number", min: 0, max: 1000, unit: "W", step: 0.1 }, 0),
			of("powerTolerance", { kind: "number", min: 1, max: 50, unit: "%", step: 1 }, 10),
			of("standbyPower_W", { kind: "number", min: 0, max: 20, unit: "W", step: 0.1 }, 0.5),
			of("controllerPower_W", { kind: "number", min: 0, max: 20, unit: "W", step: 0.1 }, 0.5),
			of("oldLampPower_W", { kind: "number", min: 0, max: 1000, unit: "W", step: 0.1 }, 83),
			of("baseline", { kind: "choice", choices: ["oldLamp", "ledFull"] }, "oldLamp"),
			of("virtualLightOutput", { kind: "number", min: 10, max: 100, unit: "%", step: 1 }, 100),
			of("cleaningFactor", { kind: "number", min: 50, max: 100, unit: "%", step: 1 }, 100),
			of("cleaningPeriod", { kind: "number", min: 0, max: 500000, unit: "h", step: 1 }, 16000),
			of("cleanedAt", { kind: "number", min: 0, max: 500000, unit: "h", step: 1 }, 0),
			of("depreciation", { kind: "depreciation", max: 80 }, ""),
			of("hoursBefore", { kind: "number", min: 0, max: 500000, unit: "h", step: 1 }, 0),
			of("minimumDuty", { kind: "number", min: 0, max: 50, unit: "%", step: 0.1 }, 0),
			of("drivers", { kind: "number", min: 1, max: 2, unit: "", step: 1 }, 1),
			of("deratingStart", { kind: "number", min: 40, max: 110, unit: "C", step: 1 }, 75),
			of("deratingLevel", { kind: "number", min: 10, max: 100, unit: "%", step: 1 }, 50),
		],
	},
	{
		name: "link",
		settings: [
			of("wifiName", { kind: "ssid", min: 0, max: 32 }, ""),
			of("wifiPassword", { kind: "passphrase", min: 0, max: 64 }, "", true),
			of("brokerHost", { kind: "text", min: 0, max: 256, characters: "hosts" }, ""),
			of("brokerPort", { kind: "number", min: 1, max: 65535, unit: "", step: 1 }, 8883),
			of("brokerTls", { kind: "boolean" }, true),
			of("brokerServerName", { kind: "text", min: 0, max: 128, characters: "host" }, ""),
			of("brokerUser", { kind: "text", min: 0, max: 64, characters: "printable" }, ""),
			of("brokerPassword", { kind: "text", min: 0, max: 128, characters: "printable" }, "", true),
			of("root", { kind: "text", min: 1, max: 64, characters: "topic" }, "luminode/1"),
			of("reconnectSpread", { kind: "number", min: 0, max: 3600, unit: "s", step: 1 }, 300),
			of("keepAlive", { kind: "number", min: 30, max: 65535, unit: "s", step: 1 }, 300),
			of("reporting", { kind: "choice", choices: ["normal", "narrow"] }, "normal"),
			of("stateMinInterval", { kind: "number", min: 1, max: 3600, unit: "s", step: 1 }, 10),
			of("statePresenceInterval", { kind: "number", min: 1, max: 3600, unit: "s", step: 1 }, 60),
			of("stateMaxInterval", { kind: "number", min: 60, max: 86400, unit: "s", step: 1 }, 3600),
			of("telemetryInterval", { kind: "number", min: 60, max: 86400, unit: "s", step: 1 }, 900),
			of("presenceReporting", { kind: "boolean" }, false),
			of("replySpread", { kind: "number", min: 0, max: 600, unit: "s", step: 1 }, 10),
			of("brokerSession", { kind: "choice", choices: ["auto", "clean", "persistent"] }, "auto"),
		],
	},
	{
		name: "console",
		settings: [of("language", { kind: "choice", choices: ["en", "fr"] }, "en")],
	},
];

export const SECTION_NAMES: readonly string[] = SECTIONS.map((section) => section.name);

/** The section and the setting of a name; names are unique. */
export function settingNamed(
	name: string,
): { readonly section: string; readonly setting: Setting } | undefined {
	for (const section of SECTIONS) {
		for (const setting of section.settings) {
			if (setting.name === name) return { section: section.name, setting };
		}
	}
	return undefined;
}

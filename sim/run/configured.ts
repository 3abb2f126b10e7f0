/**
 * Configured: the settings of a run's lamps, from its options, as the checks compare with them.
 *
 * A setting that the checks do not model is written into the lamps all the same: its effect on the
 * light is within their tolerance (sim/explore/settings.ts lists the exceptions).
 */
import { classOfLevel, isClass, levelOfClass } from "../checks/classes.js";
import {
	type Configured,
	NARROW_TELEMETRY,
	ProgramOracle,
	STREET_VALUES,
} from "../checks/configured.js";
import { DUSK } from "../checks/debt.js";
import { FAULTS } from "../faults/faults.js";
import type { Options } from "../options/options.js";
import { FieldLight, type UserVisit } from "../results/fieldlight.js";
import { SEEN_LIGHT } from "../world/lightsensor.js";
import { spacingOf } from "../world/roadusers.js";
import { LATITUDE, LONGITUDE } from "../world/world.js";

/** Settings in seconds that the checks count in milliseconds. */
const SECONDS = [
	"hold",
	"linger",
	"settleTime",
	"riseTime",
	"fallTime",
	"onDelay",
	"offDelay",
	"clearToBusy",
	"autoClear",
	"trafficDeadTime",
	"stateMinInterval",
	"telemetryInterval",
];
const HOURS = ["pirSilentAfter"];
/** Values of the checks under the same name. */
const SAME = [
	"floorLevel",
	"maxLevel",
	"presenceLevel",
	"lingerLevel",
	"fullLevel",
	"lightProtected",
	"sensorEffect",
	"presenceDuringLightsOut",
	"darkElevation",
	"onLevel",
	"offLevel",
	"photocell",
	"pirFitted",
	"lampResponse",
	"virtualLightOutput",
	"minimumDuty",
	"ledPower_W",
	"standbyPower_W",
	"controllerPower_W",
	"depreciation",
	"deratingLevel",
	"deratingStart",
	"hoursBefore",
	"neighbourBubble",
	"neighbourLevel",
	"neighbourMode",
	"program",
];
/** One-way delays of a slow link that a message may take: those before it, and lost segments. */
const DELAYS = 60;
/** cd/m2 of a usual road surface for 1 lx: the average luminance coefficient of R3. */
const SURFACE = 0.07;

/** The light between the poles, where it was asked for; each minute is kept for a page. */
export function fieldOf(
	{ lamps, field, headless, poles }: Options,
	configured: Configured,
	epochUtc: number,
	visitUsers: UserVisit,
): FieldLight | undefined {
	const { design, fullLevel = 100, virtualLightOutput: drive = 100, onLevel, zone } = configured;
	if (!field || !design) return undefined;
	const { fullClass, floorClass = "percent", installedMean } = design;
	const [width_m, height_m] = field;
	const program = new ProgramOracle(configured);
	const fieldDesign = {
		spacing_m: spacingOf(lamps, poles),
		width_m,
		height_m,
		fullClass,
		floorClass,
		fullLevel,
		drive,
		onLevel,
		installed_lx: fullClass.startsWith("M") ? installedMean / SURFACE : installedMean,
		required(utc: number) {
			const { least, presenceLeast } = program.rangeAt(utc);
			return {
				vacant: classOfLevel(least, design),
				occupied: classOfLevel(Math.max(least, presenceLeast), design),
			};
		},
		dusk: DUSK,
	};
	return new FieldLight(lamps, epochUtc, zone, fieldDesign, visitUsers, !headless);
}

/** Levels and design of the street's classes. */
function designOf(set: Options["set"]): Partial<Configured> {
	const given = (wanted: string) => [...set].reverse().find(({ name }) => name === wanted)?.value;
	const installedMean = Number(given("installedMean") ?? 0);
	const [fullClass, floorClass] = [given("fullClass"), given("floorClass")].map(String);
	const level = (name: string) => levelOfClass(name, installedMean);
	const floor = isClass(floorClass!) ? { floorLevel: level(floorClass!) } : {};
	if (!isClass(fullClass!)) return floor;
	const design = { fullClass: fullClass!, floorClass: floorClass!, installedMean };
	return { ...floor, fullLevel: level(fullClass!), design };
}

/** A D4i driver gives no less than 1 % (sim/world/driver/luminaires.ts), %: as commissioning sets it. */
const LEAST_OF_DRIVER = 1;
/** Light after a movement at a sensor in the lower socket: its polling period and 100 ms (docs/dali.md). */
const LOWER_SENSOR = 600;
/** Until the lamp has the time and the light has come to rest, beside a settled PIR, ms. */
const START_MORE = 15_000;

export function configuredOf(options: Options): Configured {
	const { zone, fault, neighbours, program, nights, part, datagramLoss, set } = options;
	const isSwitched = fault.some(({ name }) => FAULTS[name]?.switched);
	const isSeen = options.lampResponse || fault.some(({ name }) => FAULTS[name]?.seen);
	const values: Record<string, unknown> = {
		...STREET_VALUES,
		...(isSeen ? { lampResponse: SEEN_LIGHT } : {}),
		...(program === undefined ? {} : { program }),
		...(nights === undefined ? {} : { nights }),
		...(options.poles === undefined ? {} : { places: options.poles }),
		ownLight: options.ownLight,
		supply: isSwitched ? "switched" : "always",
		...(options.board === "zhaga" ? { hasBus: true, minimumDuty: LEAST_OF_DRIVER } : {}),
		neighbours,
		datagramLoss,
		linkLoses: (options.slowLink?.loss ?? 0) > 0,
		zone,
		latitude: part.place?.[0] ?? LATITUDE,
		longitude: part.place?.[1] ?? LONGITUDE,
	};
	for (const { name, value } of set) {
		if (SECONDS.includes(name)) values[name] = Number(value) * 1000;
		else if (HOURS.includes(name)) values[name] = Number(value) * 3_600_000;
		else if (SAME.includes(name)) values[name] = value;
		else if (name === "lowerSensor") {
			values.hasLowerSensor = value !== "none";
			if (value === "instead") values.sensedWithin = LOWER_SENSOR;
		} else if (name === "cleaningFactor") values.leastDrive = Number(value) / 100;
	}
	values.isNarrow = set.some(({ name, value }) => name === "reporting" && value === "narrow");
	if (values.isNarrow)
		values.telemetryInterval = Math.max(Number(values.telemetryInterval ?? 0), NARROW_TELEMETRY);
	if (options.slowLink) values.lateness = DELAYS * options.slowLink.delay;
	values.hasPowerPoints = set.some(({ name }) => /^ledPower\d/.test(name));
	Object.assign(values, designOf(set));
	const full = Math.min(Number(values.fullLevel ?? 100), Number(values.maxLevel));
	if (values.presenceLevel === 0) values.presenceLevel = full;
	const settle = Number(values.settleTime) + Number(values.hold) + Number(values.linger);
	if (set.some(({ name }) => ["settleTime", "hold", "linger", "fallTime"].includes(name)))
		values.startTime = settle + START_MORE + 2 * Number(values.fallTime);
	return values as unknown as Configured;
}

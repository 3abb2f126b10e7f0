/**
 * Options: what a run is made of, checked; from values by name, as a command line, a scenario or a page has
 * them.
 */
import type { Profile } from "../../lib/profiles.js";
import { Zone } from "../../lib/zone.js";
import type { Nights } from "../checks/nights.js";
import { type FaultOrder, readFault } from "../faults/order.js";
import type { SlowLink } from "../network/slowlink.js";
import type { Plan } from "../replay/plan.js";
import type { TextFile } from "../util/csv.js";
import { readJobs } from "../util/shard.js";
import { OWN_LIGHT } from "../world/lightsensor.js";
import type { Person } from "../world/persons.js";
import type { Procession } from "../world/procession.js";
import { CITY_FLAGS, type CityPart, readCityPart } from "./citypart.js";
import {
	type PlannedInput,
	type PlannedSetting,
	readField,
	readInput,
	readSetting,
} from "./inputs.js";
import { OUTSIDE_FLAGS, type Outside, type Part, readOutside, readPart } from "./outside.js";
import type { NamedScenario } from "./playedscenario.js";
import { faultOfSetting } from "./settingvalue.js";
import type { Sources } from "./sources.js";
import { readTownPart, TOWN_FLAGS, type TownPart } from "./townpart.js";
import {
	integer,
	joined,
	many,
	readBoard,
	readDuration,
	readHardware,
	readLamps,
	readName,
	readPersonOf,
	readPoles,
	readProcessionOf,
	readProfile,
	readSlowLink,
	readSpeed,
	readStart,
	tried,
	type Values,
	Wrong,
	without,
} from "./values.js";

export interface Options extends TownPart {
	readonly lamps: number;
	readonly seed: number;
	/**
	 * UTC ms of virtual instant 0; undefined: the recorded input's first row, or at a broker outside
	 * now, or DEFAULT_START.
	 */
	readonly start: number | undefined;
	readonly zone: Zone;
	/** Virtual ms; undefined: a day when headless, else until stopped. */
	readonly duration: number | undefined;
	/** Virtual seconds a second; Infinity: unlimited. */
	readonly speed: number;
	readonly headless: boolean;
	/** Of the page on 127.0.0.1; the broker takes the next one, the serial lines the one after. */
	readonly port: number;
	/** Lamps whose serial line has a port of its own. */
	readonly serial: readonly number[];
	/** `embedded`, or the URLs of brokers outside. */
	readonly broker: string;
	readonly outside: Outside;
	/** Names and place of this street in a city. */
	readonly part: Part;
	/** Processes for the nights of a town; undefined: by the cores. */
	readonly jobs: number | undefined;
	/** A city of so many streets with so many lamps each; undefined: one street. */
	readonly city: CityPart | undefined;
	/** Recorded light and recorded traffic. */
	readonly lux: TextFile | undefined;
	readonly traffic: TextFile | undefined;
	readonly trace: string | undefined;
	readonly summary: string | undefined;
	/** File of a recording of a lamp. */
	readonly replay: string | undefined;
	readonly otherFirmware: boolean;
	/** That recording as a run (sim/replay). */
	readonly recorded?: Plan;
	/** Slots of a machine; undefined: the manifest's. */
	readonly slots: number | undefined;
	readonly plant: string | undefined;
	/** Faults of the world. */
	readonly fault: readonly FaultOrder[];
	/** Whether lamps report movement to each other. */
	readonly neighbours: boolean;
	/** Share of their datagrams that is lost, to each receiver separately. */
	readonly datagramLoss: number;
	/** Of every lamp, to the broker; undefined: a fast one. */
	readonly slowLink: SlowLink | undefined;
	/** A second lamp beside each lamp (sim/second), in Node. */
	readonly second: boolean;
	/** Share of the calls of a door that fail, where a fault lets it fail by chance. */
	readonly chance: number;
	/** Single road users, and no other traffic if it is quiet. */
	readonly person: readonly Person[];
	readonly quiet: boolean;
	/** Each lamp's light reaches its sensor, and the lamps are configured for it. */
	readonly lampResponse: boolean;
	/** Light of a lamp at full on its own sensor, lux. */
	readonly ownLight: number;
	/** Of the street, for its page and reports. */
	readonly name: string | undefined;
	/** The scenario's name, if the run is a named one, and what that name stands for. */
	readonly scenario: string | undefined;
	readonly named: NamedScenario | undefined;
	/** Uniform traffic in place of the timetable. */
	readonly procession: Procession | undefined;
	/** Metres of each lamp from the first one, of a street with poles of its own. */
	readonly poles: readonly number[] | undefined;
	/** Motor vehicles a day, if not those of a residential street. */
	readonly vehicles: number | undefined;
	/** Likewise people on foot and by bicycle. */
	readonly walkers: number | undefined;
	/** Settings of the lamps, if not the default street's (checks/configured.ts). */
	readonly program: string | undefined;
	readonly nights: Nights | undefined;
	/** Width of the lit road and height of the lamps, m: the light between the poles. */
	readonly field: readonly [width_m: number, height_m: number] | undefined;
	/** Further settings of every lamp. */
	readonly set: readonly PlannedSetting[];
	/** Orders, messages and typing during the run. */
	readonly input: readonly PlannedInput[];
	/** Signed images that can be offered, or folders of them; and the lamps' verification keys. */
	readonly image: readonly string[];
	readonly imageKey: readonly string[];
	/** Name and profile of the lamps' controllers; absent: `virtual/1`, development. */
	readonly hardware: string | undefined;
	readonly profile: Profile | undefined;
	/** Kind of the lamps; absent: with a PWM and a relay. */
	readonly board: "zhaga" | undefined;
}

/** One fleet of the engine holds this many at most: 4 GB of wasm memory. */
const MOST_LAMPS = 100_000;
/** No road has more, a day. */
const MOST_VEHICLES = 300_000;
const DEFAULT_ZONE = "Europe/Brussels";
const DEFAULT_PORT = 8080;
/** Lamps of a street that has second lamps without being asked: they take as much CPU as half of the lamps. */
const SECOND_MOST = 200;
const FIRST_PORT = 1024; // the ports below are the system's
const LAST_PORT = 65_530; // the broker and the serial lines take the two after it
const DEFAULT_SPEED = 10; // road users still move at a plausible pace, and dusk is not tedious
/** 15:45 UTC on a winter afternoon, 16:45 in Liege: the lamps light within minutes. */
export const DEFAULT_START = Date.UTC(2026, 10, 24, 15, 45);

/** The names, and what each takes; for `parseArgs` of Node. */
export const FLAGS = {
	lamps: { type: "string" },
	seed: { type: "string" },
	start: { type: "string" },
	zone: { type: "string" },
	duration: { type: "string" },
	speed: { type: "string" },
	headless: { type: "boolean" },
	...CITY_FLAGS,
	...TOWN_FLAGS,
	port: { type: "string" },
	serial: { type: "string" },
	...OUTSIDE_FLAGS,
	lux: { type: "string" },
	traffic: { type: "string" },
	trace: { type: "string" },
	summary: { type: "string" },
	replay: { type: "string" },
	"other-firmware": { type: "boolean" },
	slots: { type: "string" },
	plant: { type: "string" },
	fault: { type: "string", multiple: true },
	neighbours: { type: "boolean" },
	person: { type: "string", multiple: true },
	quiet: { type: "boolean" },
	"lamp-response": { type: "boolean" },
	"own-light": { type: "string" },
	"datagram-loss": { type: "string" },
	"slow-link": { type: "string" },
	chance: { type: "string" },
	second: { type: "string" },
	procession: { type: "string" },
	poles: { type: "string" },
	vehicles: { type: "string" },
	walkers: { type: "string" },
	program: { type: "string" },
	program2: { type: "string" },
	calendar: { type: "string" },
	"minimum-lights-on": { type: "string" },
	set: { type: "string", multiple: true },
	field: { type: "string" },
	input: { type: "string", multiple: true },
	image: { type: "string", multiple: true },
	"image-key": { type: "string", multiple: true },
	hardware: { type: "string" },
	profile: { type: "string" },
	board: { type: "string" },
	name: { type: "string" },
	scenario: { type: "string" },
	help: { type: "boolean" },
} as const;

/** Options that may be given several times: those beside a scenario add to its own. */
const LISTS = ["fault", "person", "set", "input"] as const;

/** Of a scenario; watched on the page it goes on, to be played again, reported or looked into. */
function withScenario(values: Values, named: NamedScenario | undefined): Values {
	if (!named) return values;
	const { duration, ...options } = named.options;
	const isBounded = values.headless === true && duration !== undefined;
	const added = LISTS.map((name) => [name, [values[name] ?? []].flat() as string[]] as const);
	const own = { ...options, ...(isBounded ? { duration } : {}), ...without(values, LISTS) };
	return joined(own, Object.fromEntries(added));
}

function namedIn({ scenario: name }: Values, { scenarios }: Sources): NamedScenario | undefined {
	if (typeof name !== "string") return undefined;
	if (Object.hasOwn(scenarios, name)) return scenarios[name];
	const names = Object.keys(scenarios).join(", ");
	throw new Wrong(`--scenario ${name}: not a scenario; these are ${names}`);
}

/** Throws `Wrong` with the first invalid value. */
export function optionsOf(given: Values, sources: Sources): Options {
	const named = namedIn(given, sources);
	const values = withScenario(given, named);
	const text = (name: keyof typeof FLAGS) => values[name] as string | undefined;
	const file = (name: "lux" | "traffic") => fileOf(text(name), sources);
	for (const name of Object.keys(values))
		if ([values[name]].flat().includes("")) throw new Wrong(`--${name}: is empty`);
	const headless = values.headless === true;
	const zoneName = text("zone") ?? DEFAULT_ZONE;
	const zone = Zone.of(zoneName);
	if (!zone) throw new Wrong(`--zone ${zoneName}: not a known time zone`);
	const broker = text("broker") ?? "embedded";
	const outside = tried(() => readOutside(text, sources));
	const isOutside = outside.urls.length > 0;
	const speed = readSpeed(text("speed"), headless ? (isOutside ? 60 : Infinity) : DEFAULT_SPEED);
	if (isOutside && speed === Infinity)
		throw new Wrong(
			"--speed max: an external broker cannot keep up; give a number, e.g. --speed 60",
		);
	const poles = readPoles(text("poles"));
	const lamps = integer("lamps", text("lamps"), poles?.length ?? 12, 1, MOST_LAMPS);
	if (poles && poles.length !== lamps)
		throw new Wrong(`--poles: ${poles.length} poles for ${lamps} lamps`);
	const set = many(values.set, readSetting);
	const part = tried(() => readPart(text, lamps, headless));
	return {
		lamps,
		outside,
		...readTownPart(text, headless),
		jobs: text("jobs") === undefined ? undefined : tried(() => readJobs(text("jobs"))),
		part,
		city: readCityPart(text, { lamps, first: part.first, headless }),
		seed: integer("seed", text("seed"), 1, 0, Number.MAX_SAFE_INTEGER),
		start: readStart(text("start"), zone),
		zone,
		duration: readDuration(text("duration")),
		speed,
		headless,
		port: integer("port", text("port"), DEFAULT_PORT, FIRST_PORT, LAST_PORT),
		serial: readLamps(text("serial"), lamps),
		broker,
		lux: file("lux"),
		traffic: file("traffic"),
		trace: text("trace"),
		summary: text("summary"),
		replay: text("replay"),
		otherFirmware: values["other-firmware"] === true,
		slots:
			text("slots") === undefined ? undefined : integer("slots", text("slots"), 0, 1024, 65_536),
		plant: text("plant"),
		fault: many(values.fault, (faultText) => readFault(faultText, lamps)),
		field: many(values.field, (fieldText) => readField(fieldText, set))[0],
		set,
		input: many(values.input, (inputText) => readInput(inputText, lamps)),
		neighbours: values.neighbours === true,
		datagramLoss: integer("datagram-loss", text("datagram-loss"), 0, 0, 100) / 100,
		slowLink: readSlowLink(text("slow-link")),
		chance: integer("chance", text("chance"), 2, 0, 99) / 100,
		second: readSwitch("second", text("second"), lamps <= SECOND_MOST),
		person: ([values.person ?? []].flat() as string[]).map(readPersonOf),
		quiet: values.quiet === true,
		lampResponse: values["lamp-response"] === true || !headless,
		ownLight: integer("own-light", text("own-light"), OWN_LIGHT, 0, 20),
		name: readName(text("name")),
		scenario: text("scenario"),
		named,
		procession: readProcessionOf(text("procession")),
		poles,
		vehicles:
			text("vehicles") === undefined
				? undefined
				: integer("vehicles", text("vehicles"), 0, 0, MOST_VEHICLES),
		walkers:
			text("walkers") === undefined
				? undefined
				: integer("walkers", text("walkers"), 0, 0, MOST_VEHICLES),
		program: calendarText("program", text("program")),
		nights: readNights(
			calendarText("program2", text("program2")),
			calendarText("calendar", text("calendar")),
			text("minimum-lights-on"),
		),
		image: (values.image ?? []) as string[],
		imageKey: (values["image-key"] ?? []) as string[],
		hardware: readHardware(text("hardware")),
		profile: readProfile(text("profile")),
		board: readBoard(text("board")),
	};
}

function readSwitch(name: string, text: string | undefined, otherwise: boolean): boolean {
	if (text === undefined) return otherwise;
	if (text === "on" || text === "off") return text === "on";
	throw new Wrong(`--${name} ${text}: not on or off`);
}

function fileOf(name: string | undefined, { read }: Sources): TextFile | undefined {
	if (name === undefined) return undefined;
	try {
		return { name, text: read(name) };
	} catch (error) {
		throw new Wrong(`${name}: ${(error as Error).message}`);
	}
}

/** A text of the section `calendar`. */
function calendarText(name: string, text: string | undefined): string | undefined {
	const fault = text === undefined ? undefined : faultOfSetting("calendar", name, text);
	if (fault !== undefined) throw new Wrong(`--${name} ${text}: ${fault}`);
	return text;
}

/** Undefined: every night has the same program. */
function readNights(
	program2: string | undefined,
	calendar: string | undefined,
	least: string | undefined,
): Nights | undefined {
	if (program2 === undefined && calendar === undefined && least === undefined) return undefined;
	const minimumLightsOn = integer("minimum-lights-on", least, 0, 0, 240);
	return { program2: program2 ?? "", calendar: calendar ?? "", holidays: "", minimumLightsOn };
}

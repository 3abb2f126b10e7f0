/**
 * Options: the command line of the simulator.
 *
 * An invalid option is returned as one line; the program prints it and ends with exit code 2.
 */
import { parseArgs } from "node:util";
import { readInstant, Zone } from "../../lib/zone.js";
import type { Nights } from "../checks/nights.js";
import { type FaultOrder, readFault } from "../faults/order.js";
import { type Person, readPerson } from "../world/persons.js";
import { type Procession, readProcession } from "../world/procession.js";
import {
	type PlannedInput,
	type PlannedSetting,
	readField,
	readInput,
	readSetting,
} from "./inputs.js";
import {
	OUTSIDE_FLAGS,
	OUTSIDE_HELP,
	type Outside,
	type Part,
	readOutside,
	readPart,
} from "./outside.js";
import { listScenarios, SCENARIOS } from "./scenarios.js";
import { faultOfSetting } from "./settingvalue.js";

export interface Options {
	readonly lamps: number;
	readonly seed: number;
	/** UTC ms of virtual instant 0; undefined: the recorded input's first row, or DEFAULT_START. */
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
	readonly lux: string | undefined;
	readonly traffic: string | undefined;
	readonly trace: string | undefined;
	readonly summary: string | undefined;
	/** Threads that run lamps beside the street's own; 0: none. */
	readonly threads: number;
	/** Slots of a machine; undefined: the manifest's. */
	readonly slots: number | undefined;
	readonly plant: string | undefined;
	/** Faults of the world. */
	readonly fault: readonly FaultOrder[];
	/** Whether lamps report movement to each other. */
	readonly neighbours: boolean;
	/** Share of their datagrams that is lost, to each receiver separately. */
	readonly datagramLoss: number;
	/** Single road users, and no other traffic if it is quiet. */
	readonly person: readonly Person[];
	readonly quiet: boolean;
	/** Each lamp's light reaches its sensor, and the lamps are configured for it. */
	readonly lampResponse: boolean;
	/** Its name, if the run is a named one. */
	readonly scenario: string | undefined;
	/** Uniform traffic in place of the timetable. */
	readonly procession: Procession | undefined;
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
}

export type Answer =
	| { readonly kind: "run"; readonly options: Options }
	| { readonly kind: "help" }
	| { readonly kind: "wrong"; readonly why: string };

/** One fleet of the engine holds this many at most: 4 GB of wasm memory. */
const MOST_LAMPS = 100_000;
const MOST_THREADS = 64; // more cores than any machine on which a street is likely to run
const MOST_SECONDS = 366 * 86_400; // a year: a longer run is a typing error
const MOST_LINES = 100; // each may be connected to a program outside the simulator
const MOST_SPEED = 100_000; // above this it is `max`
const DEFAULT_ZONE = "Europe/Brussels";
const DEFAULT_PORT = 8080;
const FIRST_PORT = 1024; // the ports below are the system's
const LAST_PORT = 65_530; // the broker and the serial lines take the two after it
const DEFAULT_SPEED = 10; // road users still move at a plausible pace, and dusk is not tedious
/** 15:45 UTC on a winter afternoon, 16:45 in Liege: the lamps light within minutes. */
export const DEFAULT_START = Date.UTC(2026, 10, 24, 15, 45);

export const HELP = `usage: npm run sim -- [OPTION ...]

Simulates a street of lamps, each of which runs the firmware in a real XS machine.

  --lamps N        number of lamps (12)
  --seed N         seed of all random numbers: the same seed gives the same run (1)
  --start ISO      begin of the run, e.g. 2026-11-24T15:00:00+01:00; without an offset
                   local time of --zone (first row of a recorded input, else
                   2026-11-24T16:45:00+01:00)
  --zone TZ        time zone of the street, for recorded input (Europe/Brussels)
  --duration D     length of the run, e.g. 24h, 90m, 30s (24h when headless, else until
                   Ctrl-C; never past the end of a recorded input)
  --speed N|max    virtual seconds per second (10; headless: max, or 60 with an
                   external broker); max only with the embedded broker
  --headless       no page and no ports; ends after --duration
  --port N         port of the page on 127.0.0.1; broker and serial lines take the next
                   two (8080)
  --serial LAMPS   opens a TCP port and, if socat is installed, a device for the serial
                   line of each of these lamps: 3, 1,4-6 or all (${MOST_LINES} at most); also
                   with --headless
${OUTSIDE_HELP}  --lux FILE       recorded daylight: CSV with columns t_local,lux
  --traffic FILE   recorded traffic: CSV with columns
                   hour_start_local,cyclists,motor_vehicles
  --trace FILE     writes one line for each change of a lamp
  --summary FILE   writes the figures of the run as JSON
  --threads N      threads for the lamps, of which the main thread is one (1: one beside
                   it; 0: the main thread alone); the run is always the same (0)
  --slots N        slots of a lamp's memory, in place of the manifest's; with fewer its
                   machine ends now and then
  --plant NAME     seeds a defect in the firmware; an unknown name lists all
  --fault F        seeds a fault in the world: NAME[@TIME[+DURATION]][/LAMP], e.g.
                   pirDead@6h+12h/3; may be repeated; an unknown name lists all
  --neighbours     lamps announce movement to each other (light bubble)
  --datagram-loss N  per cent of these datagrams lost on each path (0)
  --person P       a road user at a stated time: KIND@TIME[/back], e.g. bicycle@6m
                   (pedestrian, bicycle, car); may be repeated
  --quiet          no traffic but that of --person
  --lamp-response  lamps measure their own light and find a dead LED by it; always
                   so with the page
  --procession P   identical road users: KIND@KMH/EVERY, e.g. car@50/90s
  --program P      program of the lamps, instead of the street's own
  --program2 P     a second program (docs/programs.md):
                   "weekend: sunset 100; 01:00 60; sunrise 0"
  --calendar C     nights of the second program: "Fri,Sat: weekend"
  --minimum-lights-on N  least duration of a relight, minutes
  --set S.N=VALUE  a setting of every lamp, e.g. light.hold=20 (docs/settings.md); may
                   be repeated
  --field W,H      light between the poles on the grid of EN 13201-3: width of the
                   road and height of the lamps, m; needs --set light.fullClass=P4
                   light.floorClass=P6 and light.installedMean=10, or the like
  --input I        KIND@TIME[/LAMP]:TEXT: an order, a message, a typed line; e.g.
                   type@2h/1:status; may be repeated; an unknown kind lists all
  --image PATH     a signed image to offer from the page or over MQTT, or a folder of
                   them (npm run sign; docs/simulator.md); may be repeated
  --image-key FILE  public key by which lamps accept images: NAME.public; up to three,
                   in the order in which they retire
  --hardware H     controller that each lamp reports to be, e.g. esp32-c3/1, so that it
                   accepts the images of that board (virtual/1)
  --profile P      bring-up, development or release, likewise (development)
  --scenario NAME  options of a named run; options given beside it take precedence
  --help           this text

Scenarios:
${listScenarios().join("\n")}

Exit code: 0 all checks passed, 1 a check failed or a lamp did not come online at a
broker outside, 2 invalid option or input, or nothing listens at that broker.
`;

const FLAGS = {
	lamps: { type: "string" },
	seed: { type: "string" },
	start: { type: "string" },
	zone: { type: "string" },
	duration: { type: "string" },
	speed: { type: "string" },
	headless: { type: "boolean" },
	port: { type: "string" },
	serial: { type: "string" },
	...OUTSIDE_FLAGS,
	lux: { type: "string" },
	traffic: { type: "string" },
	trace: { type: "string" },
	summary: { type: "string" },
	threads: { type: "string" },
	slots: { type: "string" },
	plant: { type: "string" },
	fault: { type: "string", multiple: true },
	neighbours: { type: "boolean" },
	person: { type: "string", multiple: true },
	quiet: { type: "boolean" },
	"lamp-response": { type: "boolean" },
	"datagram-loss": { type: "string" },
	procession: { type: "string" },
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
	scenario: { type: "string" },
	help: { type: "boolean" },
} as const;

/** May be given several times; of `group`, which `npm start` gives too, the last one counts. */
const MANY: readonly string[] = [
	...["fault", "image", "image-key", "person", "neighbours", "set", "input", "group"],
];

class Wrong extends Error {}

/** Parses the arguments after the program's name. */
export function readOptions(words: readonly string[]): Answer {
	try {
		const { values, tokens } = parseArgs({
			args: [...words],
			options: FLAGS,
			strict: true,
			tokens: true,
		});
		if (values.help) return { kind: "help" };
		const given = tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
		const twice = given.find((name, i) => !MANY.includes(name) && given.indexOf(name) !== i);
		if (twice) throw new Wrong(`--${twice}: given twice`);
		return { kind: "run", options: check({ ...wordsOf(values), ...values }) };
	} catch (error) {
		if (error instanceof Wrong) return { kind: "wrong", why: error.message };
		const [first] = (error as Error).message.split(/[.\n] ?/);
		return { kind: "wrong", why: first! };
	}
}

type Values = { [name in keyof typeof FLAGS]?: string | boolean | (string | boolean)[] };

/** Of a scenario; watched on the page it goes on, to be played again, reported or looked into. */
function wordsOf({ scenario: name, headless }: { scenario?: string; headless?: boolean }): Values {
	if (name === undefined) return {};
	if (!Object.hasOwn(SCENARIOS, name))
		throw new Wrong(
			`--scenario ${name}: not a scenario; these are ${Object.keys(SCENARIOS).join(", ")}`,
		);
	const { duration, ...words } = SCENARIOS[name]!.words as Values;
	return headless && duration !== undefined ? { ...words, duration } : words;
}

function check(values: Values): Options {
	const text = (name: keyof Values) => values[name] as string | undefined;
	for (const name of Object.keys(values) as (keyof Values)[])
		if ([values[name]].flat().includes("")) throw new Wrong(`--${name}: is empty`);
	const headless = values.headless === true;
	const zoneName = text("zone") ?? DEFAULT_ZONE;
	const zone = Zone.of(zoneName);
	if (!zone) throw new Wrong(`--zone ${zoneName}: not a known time zone`);
	const broker = text("broker") ?? "embedded";
	const outside = tried(() => readOutside(text, process.env));
	const isOutside = outside.urls.length > 0;
	const speed = readSpeed(text("speed"), headless ? (isOutside ? 60 : Infinity) : DEFAULT_SPEED);
	if (isOutside && speed === Infinity)
		throw new Wrong(
			"--speed max: an external broker cannot keep up; give a number, e.g. --speed 60",
		);
	const lamps = whole("lamps", text("lamps"), 12, 1, MOST_LAMPS);
	const set = many(values.set, readSetting);
	return {
		lamps,
		outside,
		part: tried(() => readPart(text, lamps, headless)),
		seed: whole("seed", text("seed"), 1, 0, Number.MAX_SAFE_INTEGER),
		start: readStart(text("start"), zone),
		zone,
		duration: readDuration(text("duration")),
		speed,
		headless,
		port: whole("port", text("port"), DEFAULT_PORT, FIRST_PORT, LAST_PORT),
		serial: readLamps(text("serial"), lamps),
		broker,
		lux: text("lux"),
		traffic: text("traffic"),
		trace: text("trace"),
		summary: text("summary"),
		threads: whole("threads", text("threads"), 0, 0, MOST_THREADS),
		slots: text("slots") === undefined ? undefined : whole("slots", text("slots"), 0, 1024, 65_536),
		plant: text("plant"),
		fault: many(values.fault, (words) => readFault(words, lamps)),
		field: many(values.field, (words) => readField(words, set))[0],
		set,
		input: many(values.input, (words) => readInput(words, lamps)),
		neighbours: values.neighbours === true,
		datagramLoss: whole("datagram-loss", text("datagram-loss"), 0, 0, 100) / 100,
		person: ((values.person ?? []) as string[]).map(readPersonOf),
		quiet: values.quiet === true,
		lampResponse: values["lamp-response"] === true || !headless,
		scenario: text("scenario"),
		procession: readProcessionOf(text("procession")),
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
	};
}

function readHardware(text: string | undefined): string | undefined {
	if (text === undefined || /^[A-Za-z0-9._+/-]{1,24}$/.test(text)) return text;
	throw new Wrong(`--hardware ${text}: 1 to 24 of A-Z a-z 0-9 . _ + / -, such as esp32-c3/1`);
}

const PROFILES = ["bring-up", "development", "release"] as const;
type Profile = (typeof PROFILES)[number];

function readProfile(text: string | undefined): Profile | undefined {
	const profile = PROFILES.find((each) => each === text);
	if (text === undefined || profile !== undefined) return profile;
	throw new Wrong(`--profile ${text}: not one of ${PROFILES.join(", ")}`);
}

/** A text of the section `calendar`. */
function calendarText(name: string, text: string | undefined): string | undefined {
	const fault = text === undefined ? undefined : faultOfSetting("calendar", name, text);
	if (fault !== undefined) throw new Wrong(`--${name} ${text}: ${fault}`);
	return text;
}

function whole(
	name: string,
	text: string | undefined,
	otherwise: number,
	least: number,
	most: number,
): number {
	if (text === undefined) return otherwise;
	const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
	if (!(value >= least && value <= most))
		throw new Wrong(`--${name} ${text}: not a whole number from ${least} to ${most}`);
	return value;
}

function readStart(text: string | undefined, zone: Zone): number | undefined {
	if (text === undefined) return undefined;
	const start = readInstant(text, zone);
	if (start === undefined)
		throw new Wrong(`--start ${text}: not an instant like 2026-11-24T15:00:00+01:00`);
	return start;
}

function readDuration(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const match = /^(\d{1,9}(?:\.\d{1,3})?)(h|m|s)$/.exec(text);
	const seconds = match ? Number(match[1]) * { h: 3600, m: 60, s: 1 }[match[2] as "h"] : NaN;
	if (!(seconds > 0 && seconds <= MOST_SECONDS))
		throw new Wrong(`--duration ${text}: not a span like 24h, 90m or 30s, at most a year`);
	return Math.round(seconds * 1000);
}

function readSpeed(text: string | undefined, otherwise: number): number {
	if (text === undefined) return otherwise;
	if (text === "max") return Infinity;
	const speed = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
	if (!(speed > 0 && speed <= MOST_SPEED))
		throw new Wrong(`--speed ${text}: neither max nor a number up to ${MOST_SPEED}`);
	return speed;
}

/** `3`, `1,4-6` or `all`: numbers of lamps, each once, in their order. */
function readLamps(text: string | undefined, lamps: number): number[] {
	if (text === undefined) return [];
	const chosen = new Set<number>();
	for (const part of (text === "all" ? `1-${lamps}` : text).split(",")) {
		const [, first, last = first] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part) ?? [];
		const [from, to] = [Number(first), Number(last)];
		if (!(from >= 1 && from <= to && to <= lamps))
			throw new Wrong(`--serial ${text}: not lamps from 1 to ${lamps} like 3, 1,4-6 or all`);
		if (to - from >= MOST_LINES) throw new Wrong(`--serial ${text}: ${MOST_LINES} lines at most`);
		for (let lamp = from; lamp <= to; lamp++) chosen.add(lamp);
	}
	if (chosen.size > MOST_LINES) throw new Wrong(`--serial ${text}: ${MOST_LINES} lines at most`);
	return [...chosen].sort((one, other) => one - other);
}

function readPersonOf(text: string): Person {
	const person = readPerson(text);
	if (!person) throw new Wrong(`--person ${text}: not like bicycle@6m or pedestrian@20m/back`);
	return person;
}

function readProcessionOf(text: string | undefined): Procession | undefined {
	const procession = text === undefined ? undefined : readProcession(text);
	if (text !== undefined && !procession)
		throw new Wrong(`--procession ${text}: not like car@50/90s (pedestrian, bicycle, car)`);
	return procession;
}

/** Undefined: every night has the same program. */
function readNights(
	program2: string | undefined,
	calendar: string | undefined,
	least: string | undefined,
): Nights | undefined {
	if (program2 === undefined && calendar === undefined && least === undefined) return undefined;
	const minimumLightsOn = whole("minimum-lights-on", least, 0, 0, 240);
	return { program2: program2 ?? "", calendar: calendar ?? "", holidays: "", minimumLightsOn };
}

/** Each of the texts parsed; throws the reason why one is invalid. */
function many<T extends object>(texts: unknown, parse: (text: string) => T | string): T[] {
	return ([texts ?? []].flat() as string[]).map((text) => {
		const parsed = parse(text);
		if (typeof parsed === "string") throw new Wrong(parsed);
		return parsed;
	});
}

/** An error of a reader is a wrong option. */
function tried<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw new Wrong((error as Error).message);
	}
}

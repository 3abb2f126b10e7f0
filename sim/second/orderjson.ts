/**
 * Orderjson: reading an order, and the order in which it is checked.
 *
 * Follows docs/light.md, Reading an order: the table, Who may order what, Fields one by one, Freshness,
 * The order as a whole, The end of an order; docs/messages.md, override to luminaireReplaced.
 */
import { parseDay, parseInstant } from "./instants.js";
import { isObject, type Json, type JsonObject, member, parseObject } from "./json.js";
import { textOf } from "./mqtt.js";

/** From where an order comes: the topic, or the console. */
export type Door = "lamp" | "group" | "all" | "emergency" | "console";

/** What the lamp knows of the date when an order arrives. */
export interface OrderDates {
	/** The date that counts; undefined: there is none. */
	readonly utc: number | undefined;
	/** Its error; Infinity without a witness. */
	readonly error: number;
	/** The date that is certainly past. */
	readonly past: number;
	/** A witness knows the day, not the time of day alone. */
	readonly knowsDay: boolean;
	/** The program goes by a dated clock. */
	readonly isProgramDated: boolean;
}

export interface Order {
	readonly id: string;
	readonly command: string;
	/** Those that are there, by name: numbers, texts, booleans; dates as milliseconds of UTC. */
	readonly fields: Readonly<Record<string, number | string | boolean>>;
	/** How long it stands, ms; undefined: it has no end. */
	readonly span: number | undefined;
	/** The date of its end; undefined: none is known. */
	readonly endUtc: number | undefined;
}

export interface Refusal {
	readonly id: string | undefined;
	readonly reason: string;
	readonly field: string | undefined;
}

export type Read = { readonly order: Order } | { readonly refusal: Refusal };

export const PAYLOAD_BYTES = 2048;

type Type = "number" | "whole" | "text" | "boolean" | "date" | "day" | "name" | "power" | "choice";

interface Field {
	readonly name: string;
	readonly type: Type;
	readonly min?: number;
	readonly max?: number;
	readonly choices?: readonly string[];
	/** Commands that have it; absent: all. */
	readonly of?: readonly string[];
	/** Commands that require it. */
	readonly required?: readonly string[];
}

/** In the order in which they are looked at. */
const FIELDS: readonly Field[] = [
	{ name: "level", type: "number", min: 0, max: 100, of: ["override"], required: ["override"] },
	{ name: "rampToLevelTime", type: "number", min: 0, max: 3600, of: ["override"] },
	{
		name: "expiration",
		type: "date",
		of: ["override", "emergency", "maintenanceMode", "trafficVolume"],
		required: ["trafficVolume"],
	},
	{
		name: "duration",
		type: "number",
		min: 1,
		max: 604_800,
		of: ["override", "identify", "maintenanceMode"],
	},
	{ name: "inhibitSensors", type: "boolean", of: ["override"] },
	{ name: "belowFloor", type: "boolean", of: ["override"] },
	{ name: "extent", type: "choice", choices: ["fullClass", "maximum"], of: ["emergency"] },
	{ name: "at", type: "date", of: ["explain"] },
	{ name: "date", type: "day", of: ["preview"] },
	{ name: "page", type: "whole", min: 1, max: 9, of: ["preview", "log"] },
	{ name: "enabled", type: "boolean", of: ["maintenanceMode"] },
	{ name: "site", type: "name", min: 1, of: ["assign"], required: ["assign"] },
	{ name: "node", type: "name", min: 1, of: ["assign"], required: ["assign"] },
	{ name: "group", type: "name", min: 0, of: ["assign"] },
	{ name: "ledPower_W", type: "power", min: 1, max: 1000, of: ["luminaireReplaced"] },
	{
		name: "life",
		type: "whole",
		min: 1,
		max: 1_000_000_000,
		of: ["nodeReplaced"],
		required: ["nodeReplaced"],
	},
	{ name: "activeEnergy_kWh", type: "number", min: 0, max: 1_000_000, of: ["nodeReplaced"] },
	{
		name: "energySaved_kWh",
		type: "number",
		min: -1_000_000,
		max: 1_000_000,
		of: ["nodeReplaced"],
	},
	{ name: "operatingHours", type: "number", min: 0, max: 500_000, of: ["nodeReplaced"] },
	{ name: "switchOnCounter", type: "whole", min: 0, max: 1_000_000_000, of: ["nodeReplaced"] },
	{
		name: "accumulatedRoadUserNumber",
		type: "whole",
		min: 0,
		max: 1_000_000_000,
		of: ["nodeReplaced"],
	},
	{ name: "accumulatedSince", type: "date", of: ["nodeReplaced"] },
	{
		name: "volume",
		type: "whole",
		min: 0,
		max: 20_000,
		of: ["trafficVolume"],
		required: ["trafficVolume"],
	},
	{
		name: "commandConfirmation",
		type: "boolean",
		of: ["restart", "nodeReplaced", "luminaireReplaced"],
	},
	{ name: "issued", type: "date" },
	{ name: "validFor", type: "number", min: 1, max: 604_800 },
	{ name: "spread_s", type: "number", min: 0, max: 3600 },
];

const KNOWN_NAMES: ReadonlySet<string> = new Set([
	"id",
	"command",
	...FIELDS.map((field) => field.name),
]);

const MAY: Readonly<Record<string, readonly Door[]>> = {
	override: ["lamp", "group", "all", "console"],
	clearOverride: ["lamp", "group", "all", "console"],
	emergency: ["emergency"],
	report: ["lamp", "group", "all"],
	explain: ["lamp", "group", "all"],
	trafficVolume: ["lamp", "group", "all"],
	identify: ["lamp", "group", "console"],
	selfTest: ["lamp", "group", "console"],
	maintenanceMode: ["lamp", "group", "console"],
	restart: ["lamp", "group", "console"],
	preview: ["lamp", "group"],
	log: ["lamp", "group"],
	assign: ["lamp"],
	nodeReplaced: ["lamp", "console"],
	luminaireReplaced: ["lamp", "console"],
	factoryReset: ["console"],
};

export const QUERIES: readonly string[] = ["report", "explain", "preview", "log"];
const CONFIRMED: readonly string[] = ["restart", "nodeReplaced", "luminaireReplaced"];
/** Without a date these are refused (The order as a whole, 1). */
const DATED: readonly string[] = [
	"clearOverride",
	"selfTest",
	"maintenanceMode",
	"trafficVolume",
	"restart",
	"assign",
	"nodeReplaced",
	"luminaireReplaced",
];

/** Grace for the sender's clock, ms. */
const GRACE = 30_000;
const DAY = 86_400_000;
const YEAR_2000 = Date.UTC(2000, 0, 1);
const YEAR_2070 = Date.UTC(2070, 0, 1);

/** Reads the payload of an order of the broker. */
export function readOrder(
	payload: Uint8Array,
	isRetained: boolean,
	door: Door,
	dates: OrderDates,
): Read {
	if (payload.length > PAYLOAD_BYTES) return refuse(undefined, "tooLong");
	const text = textOf(payload);
	if (text === undefined) return refuse(undefined, "malformed");
	const parsed = parseObject(text, (name) => KNOWN_NAMES.has(name));
	if ("fault" in parsed) return refuse(undefined, "malformed", parsed.fault.name);
	const { object } = parsed;
	const given = member(object, "id");
	const id = typeof given === "string" && /^[A-Za-z0-9_.:-]{1,36}$/.test(given) ? given : undefined;
	const command = member(object, "command");
	if (command === undefined) return refuse(id, "missing", "command");
	const may = typeof command === "string" && Object.hasOwn(MAY, command) ? MAY[command] : undefined;
	if (typeof command !== "string" || may === undefined) return refuse(id, "unknownCommand");
	if (given === undefined) return refuse(undefined, "missing", "id");
	if (id === undefined) return refuse(undefined, "malformed", "id");
	if (isRetained) return refuse(id, "retained");
	if (!may.includes(door)) return refuse(id, "notAllowed");
	for (const [name] of object.members) {
		if (!KNOWN_NAMES.has(name)) return refuse(id, "malformed", name.slice(0, 32));
	}
	const fields = readFields(object, command);
	if ("reason" in fields) return refuse(id, fields.reason, fields.field);
	return judge(id, command, fields.values, door, dates);
}

/** The checks that follow the fields; those of an order of the console begin here. */
export function judge(
	id: string,
	command: string,
	values: Order["fields"],
	door: Door,
	dates: OrderDates,
): Read {
	if (CONFIRMED.includes(command) && values.commandConfirmation !== true) {
		return refuse(id, "unconfirmed", "commandConfirmation");
	}
	if (door !== "console") {
		const fault = freshness(values, dates);
		if (fault !== undefined) return refuse(id, fault, "issued");
	}
	const whole = judgeWhole(command, values, door, dates);
	if ("reason" in whole) return refuse(id, whole.reason, whole.field);
	return { order: { id, command, fields: values, span: whole.span, endUtc: whole.endUtc } };
}

function refuse(id: string | undefined, reason: string, field?: string): Read {
	return { refusal: { id, reason, field } };
}

interface Fault {
	readonly reason: string;
	readonly field: string | undefined;
}

function fault(reason: string, field?: string): Fault {
	return { reason, field };
}

function readFields(
	object: JsonObject,
	command: string,
): { readonly values: Order["fields"] } | Fault {
	const values: Record<string, number | string | boolean> = {};
	for (const field of FIELDS) {
		const given = member(object, field.name);
		if (given === undefined) {
			if (field.required?.includes(command)) return fault("missing", field.name);
			continue;
		}
		if (field.of !== undefined && !field.of.includes(command)) {
			return fault("malformed", field.name);
		}
		const read = readField(field, given);
		if (typeof read === "object") return fault(read.reason, field.name);
		values[field.name] = read;
	}
	return { values };
}

function readField(field: Field, given: Json): number | string | boolean | { reason: string } {
	const malformed = { reason: "malformed" };
	const outOfRange = { reason: "outOfRange" };
	if (isObject(given)) return malformed;
	switch (field.type) {
		case "boolean":
			return typeof given === "boolean" ? given : malformed;
		case "number":
		case "whole":
		case "power": {
			if (typeof given !== "number") return malformed;
			if (field.type === "whole" && !Number.isInteger(given)) return malformed;
			if (given < field.min! || given > field.max!) return outOfRange;
			if (field.type === "power" && !isStep(given, 0.1)) return malformed;
			return given;
		}
		case "date": {
			const date = typeof given === "string" ? parseInstant(given) : undefined;
			return date === undefined ? malformed : date;
		}
		case "day": {
			const day = typeof given === "string" ? parseDay(given) : undefined;
			if (day === undefined) return malformed;
			return day < YEAR_2000 || day >= YEAR_2070 ? outOfRange : day;
		}
		case "choice":
			if (typeof given !== "string") return malformed;
			return field.choices!.includes(given) ? given : outOfRange;
		case "name":
			if (typeof given !== "string") return malformed;
			if (given.length < field.min! || given.length > 32) return outOfRange;
			if (["all", "group", "unassigned"].includes(given)) return { reason: "notAllowed" };
			return /^[A-Za-z0-9_-]*$/.test(given) ? given : malformed;
		case "text":
			return typeof given === "string" ? given : malformed;
	}
}

function isStep(value: number, step: number): boolean {
	const steps = value * Math.round(1 / step);
	return Math.abs(steps - Math.round(steps)) <= 1e-6;
}

/** The age of an order by the date that counts, folded where no witness knows the day. */
function ageOf(values: Order["fields"], dates: OrderDates): number | undefined {
	if (dates.utc === undefined) return undefined;
	const age = dates.utc - (values.issued as number);
	if (dates.knowsDay || values.belowFloor === true) return age;
	return age - Math.floor(age / DAY + 0.5) * DAY;
}

function errorOf(values: Order["fields"], dates: OrderDates): number {
	return values.belowFloor === true ? 0 : dates.error;
}

function freshness(values: Order["fields"], dates: OrderDates): string | undefined {
	if (values.issued === undefined) return "missing";
	const issued = values.issued as number;
	const validFor = values.validFor === undefined ? 60_000 : 1000 * (values.validFor as number);
	if (dates.past > issued + validFor + GRACE) return "stale";
	const age = ageOf(values, dates);
	if (age === undefined) return undefined;
	const error = errorOf(values, dates);
	if (age < -(GRACE + error)) return "notYet";
	if (age > validFor + GRACE + error) return "stale";
	return undefined;
}

interface End {
	readonly span: number | undefined;
	readonly endUtc: number | undefined;
}

const NO_END: End = { span: undefined, endUtc: undefined };

function judgeWhole(
	command: string,
	values: Order["fields"],
	door: Door,
	dates: OrderDates,
): End | Fault {
	const isUndated = dates.utc === undefined;
	if (isUndated && door !== "console" && DATED.includes(command)) return fault("noClock");
	switch (command) {
		case "override": {
			if (values.belowFloor === true && door === "all") return fault("notAllowed", "belowFloor");
			if (isUndated && door !== "console" && (values.level as number) < 100)
				return fault("noClock");
			const longest = values.belowFloor === true ? 43_200_000 : 604_800_000;
			return endOf(values, door, dates, longest, undefined);
		}
		case "emergency":
			return endOf(values, door, dates, 86_400_000, 86_400_000);
		case "maintenanceMode":
			if (values.enabled === false) {
				for (const name of ["expiration", "duration"]) {
					if (values[name] !== undefined) return fault("malformed", name);
				}
				return NO_END;
			}
			return endOf(values, door, dates, 86_400_000, undefined);
		case "trafficVolume":
			return endOf(values, door, dates, 21_600_000, undefined);
		case "identify": {
			const seconds = (values.duration as number | undefined) ?? 30;
			return seconds > 60
				? fault("outOfRange", "duration")
				: { span: seconds * 1000, endUtc: undefined };
		}
		case "explain": {
			if (values.at === undefined) return NO_END;
			if (dates.utc === undefined) return fault("noClock");
			return (values.at as number) > dates.utc + GRACE ? fault("outOfRange", "at") : NO_END;
		}
		case "preview":
			if (values.date === undefined && (isUndated || !dates.isProgramDated))
				return fault("noClock");
			return NO_END;
		case "nodeReplaced": {
			const since = values.accumulatedSince as number | undefined;
			if (since === undefined) return NO_END;
			const isLate =
				dates.knowsDay && dates.utc !== undefined && since > dates.utc + dates.error + GRACE;
			return since < YEAR_2000 || isLate ? fault("outOfRange", "accumulatedSince") : NO_END;
		}
		default:
			return NO_END;
	}
}

function endOf(
	values: Order["fields"],
	door: Door,
	dates: OrderDates,
	longest: number,
	ownSpan: number | undefined,
): End | Fault {
	const expiration = values.expiration as number | undefined;
	const duration = values.duration as number | undefined;
	if (door !== "console" && duration !== undefined) return fault("notAllowed", "duration");
	if (expiration === undefined && duration === undefined && ownSpan === undefined) {
		return fault("missing", "expiration");
	}
	if (expiration !== undefined && duration !== undefined) return fault("malformed", "duration");
	const begin = door === "console" ? dates.utc : beginOf(values, dates);
	let span: number;
	if (expiration === undefined) span = duration === undefined ? ownSpan! : duration * 1000;
	else {
		if (begin === undefined) return fault("noClock");
		span = expiration - begin;
	}
	const field = expiration === undefined ? "duration" : "expiration";
	if (span <= 0) return fault("expired", field);
	if (span > longest) return fault("outOfRange", field);
	const endUtc = expiration ?? (begin === undefined ? undefined : begin + span);
	return { span, endUtc };
}

/** Where the span of an order of the broker begins: its arrival, as far as the delay is certain. */
function beginOf(values: Order["fields"], dates: OrderDates): number {
	const issued = values.issued as number;
	const expiration = values.expiration as number | undefined;
	const age = ageOf(values, dates);
	if (age === undefined) return issued;
	const isPrompt = age <= GRACE && (expiration === undefined || issued + age < expiration);
	const delay = isPrompt ? age : age - errorOf(values, dates);
	return issued + Math.max(0, delay);
}

/**
 * Inputs: random orders, messages and typing for a street, honest and hostile.
 */
import { type Random, random } from "../../lib/random.js";
import { MINUTE } from "../../lib/spans.js";
import { integer, pick } from "./chance.js";
import { SPOILT, WHOLE } from "./images.js";

/** One kind of input, as the coverage counts it. */
interface Kind {
	readonly name: string;
	/** `end`: an instant to come; `nth`: a number that rises with time. */
	readonly make: (chance: Random, end: string, index: number) => string;
}

const json = (value: object) => JSON.stringify(value);
const level = (chance: Random) => integer(chance, 0, 100);
/** Sections and values that a CMS sends; one street gets rising revisions. */
const DESIRED = [
	["light", { hold: 20 }],
	["light", { fallTime: 5 }],
	["power", { ledPower_W: 40 }],
	["link", { telemetryInterval: 300 }],
	["sensing", { trafficK: 5 }],
	["console", { language: "fr" }],
] as const;
const GARBAGE = [
	"{",
	"null",
	"[1,2,3]",
	'{"command":"override","level":"all"}',
	'{"id":7,"command":"override"}',
	`{"command":"${"x".repeat(900)}"}`,
	'{"command":"override","level":-1,"expiration":"2026-13-45"}',
	`${"[".repeat(300)}`,
	'{"command":"clearOverride","issued":"1970-01-01T00:00:00Z","id":"old"}',
	'{"command":"\\ud800","id":"\\u0000"}',
];
const LINES = [
	"status",
	"why",
	"show",
	"events",
	"broker",
	"sensors",
	"tonight",
	"time",
	"help",
	"energy",
	"secret lantern-of-the-quay-7",
	"login wrong",
	"logout",
	"watch",
	"set hold 20",
	"apply",
	"confirm",
	"revert",
	"set floorLevel banana",
	"export",
	"override 70 15",
	"override 40 5",
	"clear",
	"identify 5",
];

export const INPUT_KINDS: readonly Kind[] = [
	{
		name: "override",
		make: (chance, end) =>
			`order:${json({ command: "override", level: level(chance), expiration: end })}`,
	},
	{
		name: "overrideHard",
		make: (chance, end) =>
			`order:${json({
				command: "override",
				level: level(chance),
				expiration: end,
				inhibitSensors: chance.next() < 0.5,
				belowFloor: chance.next() < 0.5,
				...(chance.next() < 0.5 ? { rampToLevelTime: integer(chance, 0, 60) } : {}),
			})}`,
	},
	{ name: "clearOverride", make: () => `order:${json({ command: "clearOverride" })}` },
	{
		name: "emergency",
		make: (_chance, end, index) =>
			`raw:emergency ${json({ id: `e${index}`, command: "emergency", expiration: end })}`,
	},
	{
		name: "identify",
		make: (chance) => `order:${json({ command: "identify", duration: integer(chance, 1, 60) })}`,
	},
	{ name: "selfTest", make: () => `order:${json({ command: "selfTest" })}` },
	{
		name: "maintenance",
		make: (_chance, end) => `order:${json({ command: "maintenanceMode", expiration: end })}`,
	},
	{
		name: "question",
		make: (chance) =>
			`order:${json({ command: pick(chance, ["report", "explain", "preview", "log"]) })}`,
	},
	{
		name: "restart",
		make: () => `order:${json({ command: "restart", commandConfirmation: true })}`,
	},
	{
		name: "settings",
		make: (chance, _end, index) => {
			const [section, settings] = pick(chance, DESIRED);
			const desired = { revision: index, count: 1, settings };
			return `retained:settings/desired/${section} ${json(desired)}`;
		},
	},
	{
		name: "badSettings",
		make: (chance, _end, index) => {
			const settings = pick(chance, [{ floorLevel: 400 }, { nothing: 1 }, { hold: "long" }]);
			const desired = { revision: index, count: 1, settings };
			return `retained:settings/desired/light ${json(desired)}`;
		},
	},
	{ name: "garbage", make: (chance) => `raw:command ${pick(chance, GARBAGE)}` },
	{
		name: "badOffer",
		make: (_chance, _end, index) => {
			const offer = {
				id: `u${index}`,
				url: "http://images.street/a.bin",
				header: "AAAA",
				spread: 0,
			};
			return `raw:update ${json(offer)}`;
		},
	},
	{
		name: "offer",
		make: (chance) => `offer:${chance.next() < 0.8 ? WHOLE : SPOILT} ${json({ spread: 0 })}`,
	},
	{ name: "typed", make: (chance) => `type:${pick(chance, LINES)}` },
	{
		name: "noise",
		make: (chance) =>
			`type:${Array.from({ length: integer(chance, 1, 200) }, () =>
				String.fromCharCode(integer(chance, 32, 126)),
			).join("")}`,
	},
];

/**
 * The kinds of input that exist in a street: in half of them all, else a part, because each kind can
 * hide what another would show (swarm testing, Groce et al. 2012).
 */
function kindsOf(seed: number): readonly Kind[] {
	const chance = random(seed, "swarm");
	if (chance.next() < 0.5) return INPUT_KINDS;
	const some = INPUT_KINDS.filter(() => chance.next() < 0.4);
	return some.length > 0 ? some : INPUT_KINDS;
}

/** `KIND@TIME[/LAMP]:TEXT`, each; a fifth of the streets have none. */
export function drawInputs(seed: number, lamps: number, length: number): string[] {
	const chance = random(seed, "inputs");
	if (chance.next() < 0.2) return [];
	const isFlood = chance.next() < 0.1;
	const count = isFlood ? integer(chance, 40, 120) : integer(chance, 1, 12);
	const first = chance.next() * length;
	const texts: string[] = [];
	const kinds = kindsOf(seed);
	for (let index = 0; index < count; index++) {
		const kind = kinds[(seed + index) % kinds.length]!;
		const at = isFlood ? first + index * chance.between(50, 20_000) : chance.next() * length;
		if (at > length - 5 * MINUTE) continue;
		const seconds = Math.max(60, Math.floor(at / 1000));
		const [form, ...rest] = kind.make(chance, `+${integer(chance, 1, 240)}m`, seconds).split(":");
		const place = lamps > 1 && chance.next() < 0.6 ? `/${integer(chance, 1, lamps)}` : "";
		texts.push(`${form}@${seconds}s${place}:${rest.join(":")}`);
	}
	return texts;
}

/** The kind of an input's text, for the coverage; undefined: not one of these. */
export function kindOf(text: string): string | undefined {
	const form = /^(\w+)@/.exec(text)?.[1];
	const command = /"command":"(\w+)"/.exec(text)?.[1];
	if (form === "order" || text.includes('"drill-')) {
		if (command === "override")
			return text.includes("inhibitSensors") ? "overrideHard" : "override";
		if (command === "maintenanceMode") return "maintenance";
		return ["report", "explain", "preview", "log"].includes(command ?? "") ? "question" : command;
	}
	if (form === "retained")
		return /floorLevel|nothing|"long"/.test(text) ? "badSettings" : "settings";
	if (form === "type" && text.includes(":factoryReset ")) return "factoryReset";
	if (form === "type") return LINES.includes(text.replace(/^[^:]*:/, "")) ? "typed" : "noise";
	if (text.includes(":emergency ")) return "emergency";
	if (form === "offer") return "offer";
	return text.includes(":update ") ? "badOffer" : "garbage";
}

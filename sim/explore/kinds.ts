/**
 * Kinds: properties of streets beside place, traffic, faults and inputs, a row each with the share
 * of the streets that have it. Each row draws in a random stream of its own, so that another
 * row leaves the streets without it as they were.
 */
import { type Random, random } from "../../lib/random.js";
import { integer, pick } from "./chance.js";
import { ON_BUSES } from "./drivers.js";
import { SPOILT, WHOLE } from "./images.js";
import { SESSION } from "./session.js";
import type { Plan, StreetKind } from "./streetkind.js";

const seconds = (ms: number) => Math.max(60, Math.floor(ms / 1000));
/** An instant of the first 70 % of a street. */
const early = (chance: Random, { length }: Plan) => seconds(chance.next() * 0.7 * length);
const anyLamp = (chance: Random, { lamps }: Plan) => integer(chance, 1, lamps);
const input = (text: string) => ["--input", text] as const;
const set = (text: string) => ["--set", text] as const;
/** Sections and values that a CMS has at the broker before the lamps come. */
const DESIRED = [
	["link", { telemetryInterval: 300 }],
	["light", { fallTime: 8 }],
	["console", { language: "fr" }],
	["sensing", { trafficK: 5 }],
] as const;

export const STREET_KINDS: readonly StreetKind[] = [
	{
		// a hood, or a sensor that looks up: readings of a night are 0 lx
		name: "no light of the own lamp",
		share: 1 / 3,
		draw: () => [["--own-light", "0"]],
	},
	{
		name: "settings that stand at the broker",
		share: 1 / 3,
		draw: (chance) => {
			const at = integer(chance, 60, 300);
			const [section, settings] = pick(chance, DESIRED);
			const desired = JSON.stringify({ revision: at, count: 1, settings });
			return [input(`retained@${at}s:settings/desired/${section} ${desired}`)];
		},
	},
	{
		name: "image that is offered",
		share: 1 / 4,
		draw: (chance, { length }) => {
			const at = seconds(chance.next() * 0.4 * length);
			return [input(`offer@${at}s:${chance.next() < 0.8 ? WHOLE : SPOILT} {"spread":0}`)];
		},
	},
	{
		name: "order to all",
		share: 1 / 10,
		draw: (chance, plan) => {
			const order = {
				id: "many",
				command: "override",
				level: integer(chance, 20, 100),
				expiration: `+${integer(chance, 5, 120)}m`,
				inhibitSensors: chance.next() < 0.5,
			};
			const topic = "/luminode/1/liege/all/command";
			return [input(`raw@${early(chance, plan)}s:${topic} ${JSON.stringify(order)}`)];
		},
	},
	{
		name: "order to a group",
		share: 1 / 10,
		draw: (chance, plan) => {
			const id = "group";
			const expiration = `+${integer(chance, 5, 120)}m`;
			const order = pick(chance, [
				{ id, command: "override", level: integer(chance, 20, 100), expiration },
				{ id, command: "maintenanceMode", expiration },
				{ id, command: "identify", duration: integer(chance, 3, 60) },
			]);
			const topic = "/luminode/1/liege/group/quay/command";
			return [
				["--group", "quay"],
				input(`raw@${early(chance, plan)}s:${topic} ${JSON.stringify(order)}`),
			];
		},
	},
	{
		name: "assign",
		share: 1 / 20,
		draw: (chance, plan) => {
			const lamp = anyLamp(chance, plan);
			const node = `pole-${String(lamp).padStart(5, "0")}`;
			const order = {
				command: "assign",
				site: "liege",
				node,
				group: pick(chance, ["quay", "west"]),
			};
			return [input(`order@${early(chance, plan)}s/${lamp}:${JSON.stringify(order)}`)];
		},
	},
	{
		name: "luminaireReplaced",
		share: 1 / 20,
		draw: (chance, plan) => {
			const order = { command: "luminaireReplaced", commandConfirmation: true };
			const power = chance.next() < 0.5 ? { ledPower_W: integer(chance, 20, 60) } : {};
			const text = JSON.stringify({ ...order, ...power });
			return [input(`order@${early(chance, plan)}s/${anyLamp(chance, plan)}:${text}`)];
		},
	},
	{
		name: "nodeReplaced",
		share: 1 / 20,
		draw: (chance, plan) => {
			const order = {
				command: "nodeReplaced",
				commandConfirmation: true,
				life: integer(chance, 1, 500),
				...(chance.next() < 0.5 ? { operatingHours: integer(chance, 0, 40_000) } : {}),
				...(chance.next() < 0.5 ? { activeEnergy_kWh: integer(chance, 0, 2_000) } : {}),
			};
			return [
				input(`order@${early(chance, plan)}s/${anyLamp(chance, plan)}:${JSON.stringify(order)}`),
			];
		},
	},
	{
		name: "trafficVolume",
		share: 1 / 12,
		draw: (chance, plan) => {
			const order = {
				command: "trafficVolume",
				volume: integer(chance, 0, 400),
				expiration: `+${integer(chance, 5, 300)}m`,
			};
			return [
				set("calendar.program=sunset 100; 20:00 40 traffic 60; 05:30 100; sunrise 0"),
				input(`order@${early(chance, plan)}s:${JSON.stringify(order)}`),
			];
		},
	},
	{
		name: "classes",
		share: 1 / 12,
		draw: (chance) => [
			set(`light.fullClass=${pick(chance, ["P3", "P4"])}`),
			set("light.floorClass=P6"),
			set(`light.installedMean=${integer(chance, 8, 20)}`),
			set("calendar.program=sunset P4; 22:00 P6 min P5; 01:00 P5; 05:30 P4; sunrise 0"),
		],
	},
	{
		name: "calendar",
		share: 1 / 10,
		draw: (chance) => {
			const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
			const some = days.filter(() => chance.next() < 0.6);
			return [
				["--program2", `weekend: sunset 100; ${pick(chance, ["23:00", "01:00"])} 60; sunrise 0`],
				["--calendar", `${some.length > 0 ? some.join(",") : "Sat"}: weekend`],
				["--minimum-lights-on", pick(chance, ["0", "30"])],
			];
		},
	},
	{
		name: "driver with a minimum",
		share: 1 / 12,
		draw: (chance) => [
			set(`power.minimumDuty=${integer(chance, 12, 30)}`),
			set("light.floorLevel=5"),
			set("calendar.program=sunset 60; 20:00 8; 02:00 5; 05:30 60; sunrise 0"),
		],
	},
	{
		name: "factoryReset",
		share: 1 / 40,
		ofSingles: true,
		draw: (chance, plan) => {
			const [at, lamp] = [early(chance, plan), anyLamp(chance, plan)];
			const serial = `L${String(lamp).padStart(5, "0")}`;
			return [
				input(`type@${at}s/${lamp}:secret lantern-of-the-quay-7`),
				input(`type@${at + 10}s/${lamp}:factoryReset ${serial}`),
			];
		},
	},
	{
		name: "narrow reports on a slow link",
		share: 1 / 12,
		draw: (chance) => [
			["--slow-link", `1000/5/${pick(chance, ["0", "5", "10", "20"])}`],
			set("link.reporting=narrow"),
			set("link.presenceReporting=false"),
		],
	},
	ON_BUSES,
	SESSION,
	{
		// a date that somebody chooses, and emergencies meanwhile; every other lamp without a photocell
		name: "forged time",
		share: 1 / 5,
		draw: (chance, plan) => {
			const [at, lamp] = [early(chance, plan), anyLamp(chance, plan)];
			const most = Math.floor(plan.length / 1000) - at;
			const length = Math.max(600, Math.floor(chance.next() * most));
			const place = chance.next() < 0.5 ? "" : `/${lamp}`;
			const emergencies = Array.from({ length: integer(chance, 1, 4) }, (_, index) => {
				const [id, expiration] = [`forged-${index}`, `+${integer(chance, 3, 60)}m`];
				const order = JSON.stringify({ id, command: "emergency", expiration });
				const when = at + 120 + Math.floor(chance.next() * (length - 300));
				return input(`raw@${when}s${place}:emergency ${order}`);
			});
			return [
				["--fault", `timeForged@${at}s+${length}s${place}`],
				...emergencies,
				...(chance.next() < 0.5 ? [set("sensing.photocell=false")] : []),
			];
		},
	},
	{
		// handshakes, and the city's clock, which answers each lamp
		name: "over TLS",
		share: 1 / 8,
		draw: () => [set("link.brokerTls=true")],
	},
	{
		name: "settings of the row",
		share: 1 / 2,
		ofRows: true,
		draw: (chance) => [
			set(`sensing.neighbourBubble=${integer(chance, 1, 3)}`),
			...(chance.next() < 0.3 ? [set("sensing.neighbourMode=row")] : []),
			...(chance.next() < 0.5 ? [set(`sensing.neighbourLevel=${integer(chance, 30, 100)}`)] : []),
		],
	},
];

/** The options of one kind; none: the street is not of it. `sure`: a kind that each street is of. */
export function drawKind(
	kind: StreetKind,
	seed: number,
	plan: Plan,
	sure?: StreetKind,
): (readonly [string, string])[] {
	const chance = random(seed, `kind ${kind.name}`);
	if ((kind.ofRows && !plan.isRow) || (kind.ofSingles && plan.isRow)) return [];
	const isOne = chance.next() < kind.share || kind === sure;
	return isOne ? [...kind.draw(chance, plan)] : [];
}

/** Options of all kinds of a street; of two that set the same the first one stands. */
export function drawKinds(
	seed: number,
	plan: Plan,
	sure?: StreetKind,
): (readonly [string, string])[] {
	const all = STREET_KINDS.flatMap((kind) => drawKind(kind, seed, plan, sure));
	const named = (text: string) => text.split("=", 1)[0]!;
	const isFirst = ([name, text]: readonly [string, string], index: number) =>
		name !== "--set" ||
		all.findIndex(([, other]) => other.includes("=") && named(other) === named(text)) === index;
	return all.filter(isFirst);
}

/** The names of a street's kinds. */
export function kindsOf(seed: number, plan: Plan, sure?: StreetKind): string[] {
	const has = (kind: StreetKind) => drawKind(kind, seed, plan, sure).length > 0;
	return STREET_KINDS.filter(has).map(({ name }) => name);
}

/**
 * Tidy: the boundaries between the rooms, and the habits that frozen flash demands.
 *
 * The rules are functions of a file's name and text, so that planted breaches can be put to them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { importsOf, preloadOrder, sourcesOf, targetOf } from "../tools/toolchain/modules.js";
import { equalsGolden } from "./support/golden.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const src = join(root, "src");

const PURE = ["lighting", "sensing", "time", "meter"];
const ALL_ROOMS = [
	"units",
	"ownpart",
	"random",
	"frozen",
	"json",
	"indication",
	"version",
	"base64",
	"storekeys",
	"settings",
	"command",
	"journal",
	"monitor",
	"explain",
	"link",
	"neighbours",
	"console",
	"update",
	"node",
	...PURE,
];
/** Rooms of src/node, each line above those that may import it; rooms of one line leave each other alone. */
const ORDER = [
	["light"],
	["schedule"],
	["storage"],
	["time", "settings"],
	["health", "sensors", "update"],
	["orders", "neighbours"],
	["link", "console", "view"],
];
const SUB_ROOMS = ORDER.flat().map((room) => `node/${room}`);
const LEAVES = ["units", "frozen", "storekeys", "ownpart"];
/** The rooms of src/node below one of them. */
function below(room: string): string[] {
	const at = ORDER.findIndex((line) => line.includes(room));
	return ORDER.slice(0, at)
		.flat()
		.map((lower) => `node/${lower}`);
}
/** What each room may import values of; types may come from any room, to a pure one from pure ones. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
	units: [],
	frozen: [],
	host: ["units", "frozen"],
	view: ["units", "frozen"],
	indication: [],
	version: [],
	base64: [],
	storekeys: [],
	json: ["units", "frozen"],
	ownpart: [],
	random: [],
	lighting: ["units", "frozen"],
	sensing: ["units", "frozen"],
	time: ["units", "frozen", "suncalc"],
	meter: ["units", "frozen"],
	settings: ["units", "frozen", "json", "storekeys"],
	command: ["units", "frozen", "settings", "json"],
	journal: ["units", "frozen"],
	monitor: ["units", "frozen"],
	explain: ["units", "frozen", ...PURE],
	link: ["units", "frozen", "json", "ownpart", "journal", "command", "explain"],
	console: [
		"units",
		"frozen",
		"json",
		"storekeys",
		"command",
		"settings",
		"journal",
		"explain",
		"monitor",
	],
	neighbours: ["units", "frozen"],
	update: ["units", "frozen", "lighting", "json", "command"],
	node: [...ALL_ROOMS, ...SUB_ROOMS],
	"node/light": [...LEAVES, "indication", ...PURE, "settings", "explain"],
	"node/schedule": [...LEAVES, ...PURE, "settings", "explain", ...below("schedule")],
	"node/storage": [...LEAVES, ...PURE, "settings", "journal", ...below("storage")],
	"node/time": [...LEAVES, "version", ...PURE, ...below("time")],
	"node/settings": [...LEAVES, "version", "base64", ...PURE, "settings", ...below("settings")],
	"node/health": [...LEAVES, ...PURE, "settings", "journal", "monitor", ...below("health")],
	"node/sensors": [...LEAVES, ...PURE, "settings", ...below("sensors")],
	"node/update": [...LEAVES, "random", "version", "base64", "update", ...PURE, ...below("update")],
	"node/orders": [
		...LEAVES,
		"json",
		"command",
		"settings",
		"journal",
		"monitor",
		"explain",
		...PURE,
		...below("orders"),
	],
	"node/neighbours": [...LEAVES, "neighbours", ...PURE, ...below("neighbours")],
	"node/link": [...LEAVES, "lighting", "link", "journal", "monitor", "settings", ...below("link")],
	"node/console": [...LEAVES, "console", "settings", "journal", ...PURE, ...below("console")],
	"node/view": [...LEAVES, "version", "command", "settings", ...PURE, ...below("view")],
};
/** Modules that hold types only: importing a value of them is a mistake by itself. */
const TYPES_ONLY = ["host", "view"];
/** [what, instead]: a rule without its replacement is only a complaint. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
	[/\(Object\.freeze\)/, "XS freezes deeply where Object.freeze is handed an index: call it"],
	[/\bDate\.now\(|\bnew Date\(\)/, "take `now` as a parameter"],
	[/\bMath\.random\(/, "take the room's random stream"],
	[/\b(setTimeout|setInterval)\(/, "return dueAt and let node ask for the alarm"],
	[/\bconsole\.(log|info|warn|error|debug)\b|\btrace\(/, "return an event"],
	[
		/\basync\b|\bawait\b|\bPromise\b|\bfunction\s*\*/,
		"a step runs to its end; note an input instead",
	],
	[/^(export )?(let|var) /m, "module state is read-only in flash"],
	[/^import \* as/m, "import by name: the linker cannot freeze a namespace"],
	[
		/^(export )?const \w+[^=\n]*= new (Map|Set|WeakMap|\w+Array|ArrayBuffer)\b/m,
		"collections made at load are read-only in flash: make them in a constructor",
	],
	[
		/\bhasOwn\w*\((?!object, own\))/,
		"find it among our own names: on XS any other text takes an entry of the key table for good",
	],
	[/\bIntl\b|\bTextEncoder\b|\bstructuredClone\b/, "XS has none: use the host's doors"],
];
const PURE_FORBIDDEN: readonly (readonly [RegExp, string])[] = [
	[/\bJSON\./, "a pure room takes and returns values"],
];
const LIGHT_FORBIDDEN: readonly (readonly [RegExp, string])[] = [
	[
		/\bMath\.(pow|exp|log\w*|sin|cos|tan|sqrt|cbrt)\(|\*\*/,
		"take the frozen table: C libraries differ by ulps",
	],
];
/** What one reads in a sitting: a longer file has a second job, or is on its way to one. */
const LONG_LINES = 300;
const MAX_LINES = 450;
const linesOf = (text: string): number => text.split("\n").length;
const isLong = (text: string): boolean => linesOf(text) > LONG_LINES;

/** `lighting`, or `node/light` of a file within a room of src/node. */
function roomOf(path: string): string {
	const [first, second, third] = path.replace(/\.(ts|js)$/, "").split("/");
	return third === undefined ? first! : `${first}/${second}`;
}

/** All breaches of one file, each as a sentence. */
function breaches(name: string, text: string): string[] {
	const found: string[] = [];
	const room = roomOf(name);
	if (!(room in MAY_IMPORT)) found.push(`${room} is no room of the architecture`);
	for (const { specifier, typeOnly } of importsOf(text)) {
		if (specifier === "suncalc" && name === "time/sun.ts") continue;
		if (!/^\.\.?\/.*\.js$/.test(specifier)) {
			found.push(`imports ${specifier}: not relative, or without .js`);
			continue;
		}
		const target = roomOf(targetOf(name, specifier));
		if (typeOnly && PURE.includes(room) && ![...PURE, "units"].includes(target))
			found.push(`knows a type of ${target}`);
		if (!typeOnly && TYPES_ONLY.includes(target)) found.push(`imports a value of ${target}`);
		else if (!typeOnly && target !== room && !MAY_IMPORT[room]?.includes(target))
			found.push(`imports a value of ${target}`);
	}
	if (!/^\/\*\*(\n \*)? \w/.test(text)) found.push("does not open with what it is");
	const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
	const bare = code.replace(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, '""');
	const rules = [
		...FORBIDDEN,
		...(PURE.includes(room) ? PURE_FORBIDDEN : []),
		...(room === "lighting" ? LIGHT_FORBIDDEN : []),
	];
	for (const [pattern, instead] of rules) if (pattern.test(bare)) found.push(instead);
	if (linesOf(text) > MAX_LINES) found.push(`longer than ${MAX_LINES} lines`);
	const lines = text.replace(/`\n[^`]*\n`/g, "``").split("\n"); // without tables of texts, a row each
	if (lines.some((line) => line.replaceAll("\t", "    ").length > 120))
		found.push("a line beyond 100 columns (tabs of 4 and a word of grace)");
	return found;
}

describe("tidy", () => {
	test.each(sourcesOf(src))("src/%s", (name) => {
		expect(breaches(name, readFileSync(join(src, name), "utf8"))).toEqual([]);
	});

	const head = "/**\n * X: a file.\n */\n";
	const planted: [why: string, file: string, text: string, breach: RegExp][] = [
		[
			"light that knows the network",
			"lighting/a.ts",
			'import { a } from "../link/b.js";',
			/value of link/,
		],
		[
			"light that knows the schedule",
			"node/light/a.ts",
			'import { a } from "../schedule/b.js";',
			/value of node\/schedule/,
		],
		[
			"orders that know the console",
			"node/orders/a.ts",
			'import { a } from "../console/b.js";',
			/value of node\/console/,
		],
		[
			"a sub-room that knows the node",
			"node/time/a.ts",
			'import { a } from "../boot.js";',
			/value of node/,
		],
		["a host's value", "sensing/a.ts", 'import { a } from "../host.js";', /value of host/],
		["a platform import", "link/a.ts", 'import T from "embedded:io/socket/tcp";', /not relative/],
		[
			"suncalc outside time/sun",
			"time/night.ts",
			'import { getTimes } from "suncalc";',
			/not relative/,
		],
		["no extension", "link/a.ts", 'import { a } from "./b";', /without \.js/],
		["the wall clock", "time/a.ts", "export const f = () => Date.now();", /now/],
		["chance", "link/a.ts", "export const f = () => Math.random();", /random stream/],
		["a deep freeze", "time/a.ts", "points.forEach(Object.freeze);", /freezes deeply/],
		["a promise", "link/a.ts", "export async function f() {}", /runs to its end/],
		["module state", "journal/a.ts", "let count = 0;", /read-only in flash/],
		["a namespace", "node/a.ts", 'import * as fade from "../lighting/fade.js";', /by name/],
		["a map at load", "journal/a.ts", "const seen = new Map();", /constructor/],
		[
			"a power of ten in the light path",
			"lighting/a.ts",
			"const x = (s: number) => 10 ** s;",
			/table/,
		],
		["a stranger's name", "command/a.ts", "Object.hasOwn(ORDERS, text);", /key table/],
		["JSON in a pure room", "meter/a.ts", 'export const x = JSON.parse("1");', /values/],
		["an unknown room", "misc/a.ts", "", /no room/],
		["an endless file", "link/a.ts", "\n".repeat(MAX_LINES), /longer/],
	];
	test.each(planted)("notices %s", (_why, file, text, breach) => {
		expect(breaches(file, head + text)).toEqual([expect.stringMatching(breach)]);
	});
	test("notices a missing headline", () => {
		expect(breaches("link/a.ts", "const x = 1;")).toEqual(["does not open with what it is"]);
	});
	test("lets types come from anywhere, but for those of the pure rooms", () => {
		const text = 'import type { Host } from "../host.js";\nimport type { A } from "../link/a.js";';
		expect(breaches("journal/a.ts", head + text)).toEqual([]);
		expect(breaches("lighting/a.ts", head + text)).toEqual([
			"knows a type of host",
			"knows a type of link",
		]);
	});

	test("the architecture names each class that a pure room exports, and no other", () => {
		const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
		const [, named] = page.match(/The classes are ([^;]*);/) ?? [];
		const classes = sourcesOf(src)
			.filter((name) => PURE.includes(roomOf(name)))
			.flatMap((name) => [
				...readFileSync(join(src, name), "utf8").matchAll(/^export class (\w+)/gm),
			])
			.map(([, name]) => name);
		expect(named?.match(/(?<=`)\w+(?=`)/g)?.sort()).toEqual(classes.sort());
	});

	test("the architecture's table of rooms is the rule, row by row", () => {
		const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
		const wordsOf = (text: string) => [...text.matchAll(/`([\w/]+)`/g)].map(([, word]) => word!);
		const rows = [...page.matchAll(/^\| `src\/(\w+)\/` \|[^|]*\|([^|]*)\|$/gm)];
		const written = rows.map(([, room, cell]) => [room!, wordsOf(cell!).sort()] as const);
		const folders = Object.keys(MAY_IMPORT).filter((room) =>
			sourcesOf(src).some((name) => name.startsWith(`${room}/`) && !room.includes("/")),
		);
		const ruled = folders
			.filter((room) => room !== "node")
			.map((room) => {
				const rooms = MAY_IMPORT[room]!.filter((one) => !["frozen", "suncalc"].includes(one));
				const isOfPure = room === "explain"; // written as _the four pure rooms_
				return [room, rooms.filter((one) => !isOfPure || !PURE.includes(one)).sort()] as const;
			});
		expect(Object.fromEntries(written)).toEqual(Object.fromEntries(ruled));
	});

	test("the architecture draws the order of the node's rooms", () => {
		const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
		const [, drawing = ""] = page.match(/```mermaid\nflowchart LR\n([\s\S]*?)```/) ?? [];
		const drawn = new Set<string>();
		for (const line of drawing.trim().split("\n")) {
			const steps = line
				.trim()
				.split(" --> ")
				.map((step) => step.replace(/\[.*/, "").split(" & "));
			steps.slice(1).forEach((to, nth) => {
				for (const from of steps[nth]!) for (const one of to) drawn.add(`${from} ${one}`);
			});
		}
		const lines = [...ORDER, ["node"]];
		const ruled = lines
			.slice(1)
			.flatMap((to, nth) => lines[nth]!.flatMap((from) => to.map((one) => `${from} ${one}`)));
		expect([...drawn].sort()).toEqual(ruled.sort());
	});

	test("warns of a file that is longer than one reads in a sitting", () => {
		expect(["\n".repeat(LONG_LINES - 1), "\n".repeat(LONG_LINES)].map(isLong)).toEqual([
			false,
			true,
		]);
		const long = sourcesOf(src)
			.map((name) => [name, readFileSync(join(src, name), "utf8")] as const)
			.filter(([, text]) => isLong(text));
		for (const [name, text] of long)
			process.stderr.write(`tidy: src/${name} has ${linesOf(text)} lines: two jobs?\n`);
	});

	test("manifest.json preloads every module of src, each after what it imports", () => {
		const manifest = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8"));
		equalsGolden(preloadOrder(src), manifest.preload, "manifest.json", "npm run renew -- manifest");
	});
});

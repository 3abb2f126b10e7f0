/** Tidy: the habits that XS and frozen flash demand of `src/`. The rooms are in `.dependency-cruiser.mjs`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { sourcesOf } from "../tools/toolchain/modules.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const src = join(root, "src");

/** Rooms that take and return values. */
const PURE = /^(lighting|sensing|time|meter)\//;
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
		/\bhasOwn\w*\((?!object, knownName\))/,
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
/** What breaks the rules in one file: each as the way to mend it. */
function breaches(name: string, text: string): string[] {
	const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
	const bare = code.replace(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, '""');
	const rules = [
		...FORBIDDEN,
		...(PURE.test(name) ? PURE_FORBIDDEN : []),
		...(name.startsWith("lighting/") ? LIGHT_FORBIDDEN : []),
	];
	return rules.filter(([pattern]) => pattern.test(bare)).map(([, instead]) => instead);
}

describe("tidy", () => {
	test.each(sourcesOf(src))("src/%s", (name) => {
		expect(breaches(name, readFileSync(join(src, name), "utf8"))).toEqual([]);
	});

	const planted: [why: string, file: string, text: string, breach: RegExp][] = [
		["the wall clock", "time/a.ts", "export const f = () => Date.now();", /now/],
		["chance", "link/a.ts", "export const f = () => Math.random();", /random stream/],
		["a deep freeze", "time/a.ts", "points.forEach(Object.freeze);", /freezes deeply/],
		["a promise", "link/a.ts", "export async function f() {}", /runs to its end/],
		["module state", "journal/a.ts", "let count = 0;", /read-only in flash/],
		["a namespace", "node/a.ts", 'import * as fade from "../lighting/fade.js";', /by name/],
		["a map at load", "journal/a.ts", "const seen = new Map();", /constructor/],
		["a power of ten", "lighting/a.ts", "const x = (s: number) => 10 ** s;", /table/],
		["a stranger's name", "command/a.ts", "Object.hasOwn(ORDERS, text);", /key table/],
		["JSON in a pure room", "meter/a.ts", 'export const x = JSON.parse("1");', /values/],
	];
	// security: 5.6-9
	// security: an unhandled promise
	test.each(planted)("notices %s", (_why, file, text, breach) => {
		expect(breaches(file, text)).toEqual([expect.stringMatching(breach)]);
	});
});

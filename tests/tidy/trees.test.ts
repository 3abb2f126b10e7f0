/**
 * Trees: the boundaries between the folders of `hosts/`, `lib/`, `sim/`, `tools/` and `city/`;
 * tests/tidy.test.ts has `src/`.
 *
 * A room is a folder with a row in the table. A row names the rooms whose values it may import; types
 * may come from any room of a tree that is not set apart. The rows form no circle, so values travel
 * one way.
 */
import { readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { importsOf, sourcesOf } from "../../tools/toolchain/modules.js";

/** The rooms of `src/` that hold numbers, lists and codecs, and nothing that decides. */
const GROUND = ["src/units", "src/frozen", "src/indication", "src/base64", "src/version"];
/** The rooms of `lib/` that laptop and city share. */
const SHARED = ["lib", "lib/text", "lib/site", "lib/vault"];
const CITY = [...SHARED, "city"];
const PROTOCOL = "hosts/virtual"; // protocol.ts: inputs and effects by number
const CARRIER = "hosts/moddable"; // carrier.ts: where a fade stands

const ROOMS: Readonly<Record<string, readonly string[]>> = {
	// the world: a host translates between `Host` and a platform, so it takes the node and no rule of it
	"hosts/tls": [],
	"hosts/moddable": [...GROUND, "hosts/tls"],
	"hosts/esp32": [...GROUND, "src/node", "hosts/moddable"],
	"hosts/desktop": [...GROUND, "src/node", "src/console", "hosts/moddable"], // judges its PBKDF2
	"hosts/virtual": GROUND,
	"hosts/virtual/lamp": [...GROUND, "src/node", "src/settings", "hosts/moddable", PROTOCOL], // a replay's
	"hosts/virtual/fleet": [PROTOCOL, "lib"],
	"hosts/virtual/engine": ["lib", "hosts/virtual/fleet"],
	"hosts/bare": [PROTOCOL, "lib", "hosts/virtual/fleet", "hosts/virtual/engine"],
	// what several trees share: it knows none of them
	"lib/text": [],
	lib: ["lib/text"],
	"lib/site": ["lib", "lib/text"],
	"lib/vault": ["lib", "lib/text"],
	"lib/recording": ["lib/text"],
	"lib/page": [],
	"lib/ways": ["lib"],
	"lib/town": ["lib", "lib/text", "lib/ways"],
	"lib/dali": [], // numbers with their sources
	// the street: it judges the firmware, so it takes nothing of `src/` but the ground
	"sim/util": [...GROUND, "lib"],
	"sim/world": [...GROUND, PROTOCOL, "lib", "sim/util"],
	"sim/world/driver": ["lib", "lib/dali"], // from the table alone, as the firmware's half
	"sim/street": [...GROUND, PROTOCOL, CARRIER, "lib", "sim/util"],
	"sim/faults": [...GROUND, "lib", "sim/util", "sim/world"],
	"sim/checks": ["lib", "sim/util", "sim/world", "sim/faults"],
	"sim/results": [...GROUND, PROTOCOL, CARRIER, "lib", "sim/util", "sim/world"],
	"sim/network": [...GROUND, PROTOCOL, "lib", "sim/util", "sim/world", "sim/street"],
	"sim/network/broker": [...GROUND, PROTOCOL, "lib", "sim/util", "sim/street", "sim/network"],
	"sim/serial": [...GROUND, PROTOCOL, "lib", "sim/util", "sim/street"],
	"sim/images": [
		...GROUND,
		PROTOCOL,
		"lib",
		"sim/util",
		"sim/street",
		"sim/network",
		"tools/image",
	],
	// values of settings are validated as a lamp does, before a street begins
	"sim/cli": ["lib", "lib/ways", "sim/util", "sim/world", "sim/faults", "src/settings", "src/node"],
	"sim/report": [
		"lib/ways",
		"tools/plan", // a lamp's year, by the firmware's own forecast
		"sim/cli",
		"sim/run",
		"sim/street",
		"sim/checks",
		"sim/results",
		"sim/faults",
		"lib",
		"sim/util",
		"sim/world",
	],
	// a recording is validated as a lamp does, before it is replayed, and worded as its console does
	"sim/replay": [
		...GROUND,
		PROTOCOL,
		"lib",
		"lib/text",
		"lib/recording",
		"src/settings",
		"src/console",
		"src/node",
		"src/time",
	],
	"sim/run": [
		"sim/replay",
		"lib/ways",
		"sim/world/driver",
		"sim/cli",
		"lib",
		"sim/util",
		"sim/world",
		"sim/street",
		"sim/faults",
		"sim/checks",
		"sim/results",
		"sim/network",
		"sim/network/broker",
		"sim/serial",
		"sim/images",
		PROTOCOL,
		"hosts/virtual/fleet",
		"hosts/virtual/engine",
	],
	"sim/city": [
		"sim/cli",
		"sim/run",
		"sim/images",
		"sim/results",
		"sim/street",
		"sim/util",
		"lib",
		"hosts/virtual/engine",
	],
	// a town's nights: kinds of streets in real machines, its year by the plan
	"sim/town": [
		...GROUND,
		PROTOCOL,
		"lib",
		"lib/text",
		"lib/town",
		"lib/ways",
		"tools/plan",
		"sim/util",
		"sim/world",
		"sim/checks",
		"sim/results",
		"sim/cli",
		"sim/run",
		"sim/report",
		"sim/city",
		"hosts/virtual/engine",
	],
	// draws over the settings table, which is asked of its own room
	"sim/explore": [
		"sim/cli",
		"sim/run",
		"sim/checks",
		"sim/faults",
		"lib",
		"sim/util",
		"sim/world",
		"sim/images",
		"src/settings",
		"tools/image",
	],
	"sim/page": [],
	"sim/page/client": [
		"lib/page",
		"lib/ways",
		"sim/page",
		"sim/town", // of its served form alone
		"lib",
		"lib/town",
		"sim/util",
		"sim/faults",
		"src/explain",
	],
	// it validates settings and forecasts programs as a lamp does, before a lamp is asked
	"sim/page/server": [
		"lib/ways",
		"sim/page",
		"lib",
		"sim/util",
		"sim/world",
		"sim/images",
		"sim/results",
		"tools/docs",
		"src/settings",
		"src/node",
		"src/explain",
		"src/time",
	],
	sim: [
		"sim/replay",
		"sim/town",
		"sim/city",
		"sim/cli",
		"sim/run",
		"sim/street",
		"sim/checks",
		"sim/results",
		"sim/images",
		"lib",
		"sim/util",
		"sim/page/server",
		"sim/report",
		"sim/faults",
	],
	// the laptop and the build: what a lamp makes of settings, dates and headers is asked of its own rooms
	tools: ["lib"],
	// the modules of an image as one: it imports no platform
	"tools/compression": ["lib"],
	"tools/toolchain": ["lib", "tools/compression"],
	"tools/docs": ["src/settings", "src/command", "src/link", "src/console"],
	"tools/image": [...GROUND, "lib", "src/update"],
	"tools/laptop/text": ["lib/text", "src/console"],
	"tools/laptop/vault": [...SHARED, "src/settings", "src/node", "tools/laptop/text"],
	"tools/laptop/line": [...SHARED, "src/settings", "tools/laptop/text", "tools/laptop/vault"],
	"tools/laptop/record": [...SHARED, "lib/recording", "tools/laptop/text", "tools/laptop/line"],
	"tools/laptop/site": [...SHARED, "src/settings", "src/node", "tools/laptop/text", "tools/plan"],
	"tools/laptop/provision": [
		...SHARED,
		"src/settings",
		"tools/plan",
		"tools/laptop/text",
		"tools/laptop/vault",
		"tools/laptop/line",
		"tools/laptop/site",
	],
	// the lighting plan: forecast, energy and notes are those of the lamp's own rooms
	"tools/plan": [
		"lib/ways",
		...GROUND,
		"src/explain",
		"src/settings",
		"src/lighting",
		"src/meter",
		"src/time",
		"src/node",
		"src/console",
		"lib",
	],
	"tools/town": ["lib/town"],
	"tools/emulator": [CARRIER, "lib", "tools/toolchain"],
	// the store as the firmware reads it, the self-test by its console
	"tools/factory": [
		...SHARED,
		"src/storekeys",
		"src/settings",
		"src/console",
		"src/node",
		"src/update",
		"tools/laptop/line",
		"tools/laptop/site",
		"tools/laptop/vault",
		"tools/laptop/provision",
		"tools/image",
		"tools/toolchain",
	],
	"tools/pole": ["lib/text", "tools/laptop/text"],
	// the page at the pole: a site file is read, a lamp commissioned and a night forecast as elsewhere
	"tools/pole/client": [
		...SHARED,
		"lib/page",
		"lib/recording",
		"tools/laptop/record",
		"tools/plan",
		"tools/laptop/text",
		"tools/laptop/line",
		"tools/laptop/site",
		"tools/laptop/provision",
		"tools/docs",
		"src/settings",
		"src/node",
		"src/explain",
		"src/time",
	],
	// the city's side: it works on the public contract alone, and takes nothing of the firmware
	city: SHARED,
	"city/accounts": CITY,
	"city/bridge": CITY,
	"city/check": CITY,
	"city/citizens": CITY,
	"city/clock": CITY,
	"city/desk": CITY,
	"city/traffic": CITY,
	"city/bin": [
		"city",
		"city/bridge",
		"city/check",
		"city/citizens",
		"city/clock",
		"city/desk",
		"city/traffic",
	],
	"tools/night": [
		"lib/ways",
		...GROUND,
		"src/settings",
		"src/command",
		"src/time",
		"src/explain",
		"src/node",
		PROTOCOL,
		"hosts/virtual/fleet",
		"hosts/virtual/engine",
		"hosts/bare",
		...SHARED,
		CARRIER,
		"tools/laptop/site",
		"tools/plan",
	],
	"tools/bin": [
		"lib",
		"lib/text",
		"hosts/bare",
		"tools/toolchain",
		"tools/docs",
		"tools/image",
		"tools/laptop/line",
		"tools/laptop/provision",
		"tools/laptop/record",
		"tools/laptop/vault",
		"tools/night",
		"city/accounts",
		"tools/pole",
		"tools/emulator",
		"tools/factory",
		"tools/town",
		"lib/town",
	],
};
/** Rooms that run in XS or in a browser: packages and Node's modules are out of their reach. */
const WITHOUT_NODE = [
	"hosts/tls",
	"hosts/moddable",
	"hosts/esp32",
	"hosts/desktop",
	"hosts/virtual/lamp",
	"sim/page",
	"sim/page/client",
	"tools/pole/client",
	"lib/page",
	"lib/ways",
];
/** Modules of the Moddable SDK that have a bare name. */
const SDK = ["timer", "time", "net", "control"];
/** Packages that the page's bundle holds. */
const OF_THE_PAGE = ["preact", "uplot", "@noble/hashes/scrypt", "d3-selection", "d3-zoom"];
const PAGES = ["sim/page/client", "tools/pole/client", "lib/page"];
const TREES = ["hosts", "lib", "sim", "tools", "city"];
const MAX_LINES = 450;
/** Trees of which a tree takes nothing at all, not even a type. */
const APART: Readonly<Record<string, readonly string[]>> = {
	lib: ["src", "hosts", "sim", "tools", "city"],
	city: ["src", "hosts", "sim", "tools"],
	hosts: ["sim", "tools", "city"],
	tools: ["sim"],
};
/** Likewise a folder: a judge that is made of what it judges sees nothing. */
const APART_ROOMS: Readonly<Record<string, readonly string[]>> = {
	"sim/checks": ["src", "hosts"],
	"sim/world/driver": ["src", "hosts"],
};
const treeOf = (path: string): string => path.split("/", 1)[0]!;

/** The room of a file: its folder's, or that of a folder above which has no rooms inside. */
function roomOf(path: string): string | undefined {
	if (path.startsWith("src/")) return path.split("/").slice(0, 2).join("/").replace(/\.ts$/, "");
	const folder = dirname(path);
	if (folder in ROOMS) return folder;
	const isWhole = (room: string) => !Object.keys(ROOMS).some((one) => one.startsWith(`${room}/`));
	return Object.keys(ROOMS).find((room) => path.startsWith(`${room}/`) && isWhole(room));
}

/** The file that a specifier means, from the root; undefined: a package, or a module of a platform. */
function targetOf(path: string, specifier: string): string | undefined {
	const file = specifier.replace(/^luminode\//, "src/").replace(/(\.js)?$/, ".ts");
	if (specifier.startsWith("luminode/")) return file;
	return specifier.startsWith(".") ? posix.join(dirname(path), file) : undefined;
}

/** All breaches of one file, each as a sentence. */
function breaches(path: string, text: string): string[] {
	const room = roomOf(path);
	if (room === undefined) return [`${dirname(path)} is no room of the architecture`];
	const found: string[] = [];
	for (const { specifier, typeOnly } of importsOf(text)) {
		const file = targetOf(path, specifier);
		const isPage = PAGES.includes(room) && OF_THE_PAGE.includes(specifier);
		const isOfNode = /^(node:|@|[\w-]+$)/.test(specifier) && !SDK.includes(specifier) && !isPage;
		if (isOfNode && !typeOnly && WITHOUT_NODE.includes(room))
			found.push(`imports ${specifier}: ${room} runs without Node`);
		if (file === undefined) continue;
		const apart = [...(APART[treeOf(path)] ?? []), ...(APART_ROOMS[room] ?? [])];
		if (apart.includes(treeOf(file))) found.push(`imports ${treeOf(file)} at all`);
		if (typeOnly) continue;
		const target = roomOf(file);
		if (target !== room && !ROOMS[room]?.includes(target ?? ""))
			found.push(`imports a value of ${target ?? dirname(file)}`);
	}
	if (!/^\/\*\*(\n \*)? \w/.test(text)) found.push("does not open with what it is");
	if (text.split("\n").length > MAX_LINES) found.push(`longer than ${MAX_LINES} lines`);
	return found;
}

const files = TREES.flatMap((tree) => sourcesOf(tree).map((name) => `${tree}/${name}`));

describe("trees", () => {
	test.each(files)("%s", (path) => {
		expect(breaches(path, readFileSync(path, "utf8"))).toEqual([]);
	});

	test("values travel one way: the rows form no circle", () => {
		const circle = (room: string, above: readonly string[]): readonly string[] | undefined => {
			if (above.includes(room)) return [...above.slice(above.indexOf(room)), room];
			for (const next of ROOMS[room] ?? []) {
				const found = circle(next, [...above, room]);
				if (found) return found;
			}
			return undefined;
		};
		for (const room of Object.keys(ROOMS)) expect(circle(room, [])).toBeUndefined();
	});

	const head = "/**\n * X: a file.\n */\n";
	const value = (specifier: string) => `import { a } from "${specifier}";`;
	const planted: [why: string, path: string, text: string, breach: RegExp][] = [
		[
			"a number of DALI is computed by the firmware",
			"lib/dali/timing.ts",
			'/** The timing. */\nimport { FADE_TIME } from "../../src/dali/levelpath.js";',
			/imports a value of/,
		],
		[
			"the simulated driver shares a line with the firmware",
			"sim/world/driver/curve.ts",
			'/** The curve. */\nimport { placeOf } from "../../../src/lighting/curve.js";',
			/imports src at all/,
		],
		["a pole that decides", "hosts/esp32/a.ts", value("luminode/lighting/fade"), /src\/lighting/],
		["a TLS that takes a lamp", "hosts/tls/a.ts", value("luminode/units"), /src\/units/],
		["an SDK's module that takes a pole", "hosts/moddable/a.ts", value("../esp32/b.js"), /esp32/],
		["a desktop that keeps time", "hosts/desktop/a.ts", value("luminode/time/clock"), /src\/time/],
		["a lamp that knows its street", "hosts/virtual/lamp/a.ts", value("../../../sim/b.js"), /sim$/],
		["a lamp in Node", "hosts/virtual/lamp/a.ts", value("node:fs"), /without Node/],
		[
			"a fleet that builds its engine",
			"hosts/virtual/fleet/a.ts",
			value("../engine/b.js"),
			/engine/,
		],
		["an engine that runs a lamp", "hosts/virtual/engine/a.ts", value("../lamp/b.js"), /lamp/],
		["a board that runs a lamp's module", "hosts/bare/a.ts", value("../virtual/lamp/b.js"), /lamp/],
		["numbers that call a fleet", "hosts/virtual/a.ts", value("./fleet/b.js"), /fleet/],
		[
			"a world that asks the firmware",
			"sim/world/a.ts",
			value("../../src/time/sun.js"),
			/src\/time/,
		],
		["a check that asks the firmware", "sim/checks/a.ts", value("../../src/node.js"), /src\/node/],
		["a street that knows its broker", "sim/street/a.ts", value("../network/b.js"), /sim\/network/],
		["streams that know their broker", "sim/network/a.ts", value("./broker/b.js"), /broker/],
		[
			"a broker that knows a check",
			"sim/network/broker/a.ts",
			value("../../checks/b.js"),
			/checks/,
		],
		[
			"an exploration that asks a rule of the node",
			"sim/explore/a.ts",
			value("../../src/node/boot.js"),
			/src\/node/,
		],
		["a fault that knows a check", "sim/faults/a.ts", value("../checks/b.js"), /checks/],
		["a city with a page", "sim/city/a.ts", value("../page/server/b.js"), /sim\/page\/server/],
		["figures that steer the run", "sim/results/a.ts", value("../run/b.js"), /sim\/run/],
		["a serial line at the broker", "sim/serial/a.ts", value("../network/b.js"), /sim\/network/],
		["images judged as a lamp does", "sim/images/a.ts", value("../../src/update/b.js"), /update/],
		["options that start a run", "sim/cli/a.ts", value("../run/b.js"), /sim\/run/],
		["a run that knows the page", "sim/run/a.ts", value("../page/server/b.js"), /page/],
		["a page that runs the server", "sim/page/client/a.ts", value("../server/b.js"), /server/],
		["a page with a package", "sim/page/client/a.ts", value("mqtt-packet"), /without Node/],
		["messages that do something", "sim/page/a.ts", value("./server/b.js"), /server/],
		["a server that reaches into the run", "sim/page/server/a.ts", value("../../run/b.js"), /run/],
		["a helper that knows the street", "sim/util/a.ts", value("../street/b.js"), /sim\/street/],
		["a report that steers the page", "sim/report/a.ts", value("../page/server/b.js"), /page/],
		["a program that skips the run", "sim/main.ts", value("../hosts/virtual/fleet/b.js"), /fleet/],
		["a bundler that knows the docs", "tools/toolchain/a.ts", value("../docs/b.js"), /docs/],
		[
			"a compression that knows a board",
			"tools/compression/a.ts",
			value("../toolchain/b.js"),
			/toolchain/,
		],
		["a document from the node", "tools/docs/a.ts", value("../../src/node/b.js"), /src\/node/],
		[
			"an image that asks the console",
			"tools/image/a.ts",
			value("../../src/console/b.js"),
			/console/,
		],
		[
			"a laptop that runs a lamp",
			"tools/laptop/provision/a.ts",
			value("../../../hosts/virtual/b.js"),
			/virtual/,
		],
		["accounts that ask the bridge", "city/accounts/a.ts", value("../bridge/b.js"), /city\/bridge/],
		["a bridge that starts itself", "city/bridge/a.ts", value("../bin/b.js"), /city\/bin/],
		["a check on a lamp's own code", "city/check/a.ts", value("../../src/link/b.js"), /src\/link/],
		["a clock that asks the desk", "city/clock/a.ts", value("../desk/b.js"), /city\/desk/],
		["an answer that asks the desk", "city/citizens/a.ts", value("../desk/b.js"), /city\/desk/],
		[
			"a desk that asks the laptop",
			"city/desk/a.ts",
			value("../../tools/plan/b.js"),
			/tools\/plan/,
		],
		[
			"counts of a simulated street",
			"city/traffic/a.ts",
			value("../../sim/world/b.js"),
			/sim\/world/,
		],
		["an entry that does the work of a desk", "city/bin/a.ts", value("../../lib/files.js"), /lib$/],
		["a city that reads settings", "city/a.ts", value("../../src/settings/b.js"), /settings/],
		["a night at the broker", "tools/night/a.ts", value("../../src/link/b.js"), /src\/link/],
		[
			"an emulator that knows the lamp",
			"tools/emulator/a.ts",
			value("../../src/node/b.js"),
			/src\/node/,
		],
		["a factory that lights", "tools/factory/a.ts", value("../../src/lighting/b.js"), /lighting/],
		["a plan of the city", "tools/plan/a.ts", value("../../city/b.js"), /city$/],
		["an entry that does the work", "tools/bin/a.ts", value("../../src/settings/b.js"), /settings/],
		[
			"a page's server that reads a lamp",
			"tools/pole/a.ts",
			value("../../src/settings/b.js"),
			/src\/settings/,
		],
		["a page with a file of Node", "tools/pole/client/a.ts", value("node:fs"), /without Node/],
		["a start that calls a program", "tools/a.ts", value("./bin/b.js"), /tools\/bin/],
		["numbers of all that know the street", "lib/a.ts", value("../sim/util/b.js"), /sim\/util/],
		["words that open a file", "lib/text/a.ts", value("../files.js"), /lib$/],
		["a site file that asks the firmware", "lib/site/a.ts", value("../../src/units.js"), /units/],
		["a vault that asks for a site", "lib/vault/a.ts", value("../site/b.js"), /lib\/site/],
		["texts that open a line", "tools/laptop/text/a.ts", value("../line/b.js"), /line/],
		["a line that commissions", "tools/laptop/line/a.ts", value("../provision/b.js"), /provision/],
		["a book that knows a line", "tools/laptop/vault/a.ts", value("../line/b.js"), /line/],
		["a site that commissions", "tools/laptop/site/a.ts", value("../provision/b.js"), /provision/],
		["a town's night that runs the page", "sim/town/a.ts", value("../page/server/b.js"), /server/],
		["an example that asks the laptop", "tools/town/a.ts", value("../laptop/b.js"), /laptop/],
		["a file of lights that asks a run", "lib/town/a.ts", value("../../sim/run/b.js"), /sim/],
		["a way that asks the plan", "lib/ways/a.ts", value("../../tools/plan/b.js"), /tools\/plan/],
		["a recording that asks for a site", "lib/recording/a.ts", value("../site/b.js"), /lib\/site/],
		["a replay that asks a check", "sim/replay/a.ts", value("../checks/b.js"), /checks/],
		[
			"a saver that commissions",
			"tools/laptop/record/a.ts",
			value("../provision/b.js"),
			/provision/,
		],
		["a form that knows its page", "lib/page/a.ts", value("../../sim/page/b.js"), /sim\/page/],
		[
			"an engine that takes a tool",
			"hosts/virtual/engine/a.ts",
			value("../../../tools/b.js"),
			/tools/,
		],
		["a tool that takes a street", "tools/plan/a.ts", value("../../sim/util/b.js"), /sim\/util/],
		["an unknown room", "sim/misc/a.ts", "", /sim\/misc is no room/],
		["a file above the rooms", "hosts/a.ts", "", /hosts is no room/],
		["an endless file", "sim/util/a.ts", "\n".repeat(MAX_LINES), /longer/],
	];
	test.each(planted)("notices %s", (_why, path, text, breach) => {
		expect(breaches(path, head + text)).toContainEqual(expect.stringMatching(breach));
	});
	const type = (specifier: string) => `import type { A } from "${specifier}";`;
	test.each([
		["lib/site/a.ts", "../../src/settings/table.js", "imports src at all"],
		["city/desk/a.ts", "../../tools/plan/lint.js", "imports tools at all"],
		["hosts/virtual/engine/a.ts", "../../../tools/compression/main.js", "imports tools at all"],
		["tools/plan/a.ts", "../../sim/world/world.js", "imports sim at all"],
		["sim/checks/a.ts", "../../src/lighting/arbiter.js", "imports src at all"],
		["sim/checks/a.ts", "../../hosts/virtual/protocol.js", "imports hosts at all"],
	])("notices a type in %s of a tree that it leaves alone", (path, specifier, breach) => {
		expect(breaches(path, head + type(specifier))).toEqual([breach]);
	});
	test("notices a missing headline", () => {
		expect(breaches("sim/util/a.ts", "const x = 1;")).toEqual(["does not open with what it is"]);
	});
	test("every room has a planted breach", () => {
		const shown = new Set(planted.map(([, path]) => roomOf(path)));
		expect(Object.keys(ROOMS).filter((room) => !shown.has(room))).toEqual([]);
	});
	test("the architecture's row of each tree names the rooms that its folders may import", () => {
		const page = readFileSync("docs/architecture.md", "utf8");
		/** As the page names it: `lib` for its folders, `node` for `src/node`, `hosts/virtual` for its own. */
		const named = (room: string) =>
			room
				.replace(/^lib\/.*/, "lib")
				.replace(/^src\//, "")
				.replace(/^(hosts\/\w+)\/.*/, "$1");
		for (const tree of ["hosts", "sim", "tools", "city"]) {
			const isOwn = (room: string) => `${room}/`.startsWith(`${tree}/`);
			const rooms = Object.entries(ROOMS)
				.filter(([room]) => isOwn(room))
				.flatMap(([, others]) => others)
				.filter((room) => !isOwn(room) && !GROUND.includes(room));
			const [, cell = ""] = page.match(`\\| \`${tree}/\\*\` \\|[^|]*\\|([^|]*)\\|\n`) ?? [];
			const written = [...cell.matchAll(/`([\w/]+)`/g)].map(([, room]) => room!);
			const besides = written.filter((room) => room !== "desktop"); // a folder of the row itself
			expect([tree, besides.sort()]).toEqual([tree, [...new Set(rooms.map(named))].sort()]);
		}
		const [, ground = ""] = page.match(/The ground is ([^.]*)\./) ?? [];
		const words = [...ground.matchAll(/`(\w+)`/g)].map(([, word]) => `src/${word}`);
		expect(words).toEqual(GROUND);
	});
	test("lets types come from anywhere", () => {
		const text =
			'import type { A } from "../../src/node.js";\nimport type { B } from "./run/b.js";';
		expect(breaches("sim/util/a.ts", head + text)).toEqual([]);
	});
});

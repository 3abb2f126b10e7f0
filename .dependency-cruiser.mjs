/**
 * Rooms: which folder may import values of which other. `npm run lint` checks it with dependency-cruiser.
 *
 * A row names a room (a folder with its subfolders, as far as these are no rooms themselves, or a file)
 * and the rooms that it may use. What all rooms of a tree may use stands in its first line. Types may
 * come from anywhere, except where a tree or a room is kept apart (APART). Nothing may form a circle.
 */

/** Numbers, lists and codecs of the firmware. They decide nothing, so everybody may use them. */
const GROUND = "src/units src/frozen src/indication src/base64 src/version";
const PURE = "src/lighting src/sensing src/time src/meter";
const LEAVES = "src/units src/frozen src/storekeys src/ownpart";
/** Rooms of `lib` that the laptop and the city share. */
const SHARED = "lib lib/text lib/site lib/vault";
/** Inputs and effects by number. */
const PROTOCOL = "hosts/virtual";
/** Where a fade stands. */
const CARRIER = "hosts/moddable";

/** The rooms of `src/node`, each line above those that may use it; rooms of one line leave each other alone. */
const NODE = [
	["light"],
	["schedule"],
	["storage"],
	["time", "settings"],
	["health", "sensors", "update"],
	["orders", "neighbours"],
	["link", "console", "view"],
];
const NODE_USES = {
	light: `${LEAVES} src/indication ${PURE} src/settings src/explain`,
	schedule: `${LEAVES} ${PURE} src/settings src/explain`,
	storage: `${LEAVES} ${PURE} src/settings src/journal`,
	time: `${LEAVES} src/version ${PURE}`,
	settings: `${LEAVES} src/version src/base64 ${PURE} src/settings`,
	health: `${LEAVES} ${PURE} src/settings src/journal src/monitor`,
	sensors: `${LEAVES} ${PURE} src/settings`,
	update: `${LEAVES} src/random src/version src/base64 src/update ${PURE}`,
	orders: `${LEAVES} src/json src/command src/settings src/journal src/monitor src/explain ${PURE}`,
	neighbours: `${LEAVES} src/neighbours ${PURE}`,
	link: `${LEAVES} src/lighting src/link src/journal src/monitor src/settings`,
	console: `${LEAVES} src/console src/settings src/journal ${PURE}`,
	view: `${LEAVES} src/version src/command src/settings ${PURE}`,
};
const nodeRooms = NODE.flatMap((line, at) => {
	const below = NODE.slice(0, at).flat();
	return line.map((room) => {
		const uses = [NODE_USES[room], ...below.map((name) => `src/node/${name}`)].join(" ");
		return [`src/node/${room}`, uses];
	});
});

/** @type {Record<string, string>} */
const ROOMS = {
	// The firmware: pure rooms know numbers alone; the node brings all rooms together.
	"src/units": "",
	"src/frozen": "",
	"src/host": "",
	"src/view": "",
	"src/indication": "",
	"src/version": "",
	"src/base64": "",
	"src/storekeys": "",
	"src/ownpart": "",
	"src/random": "",
	"src/json": "src/units src/frozen",
	"src/lighting": "src/units src/frozen",
	"src/sensing": "src/units src/frozen",
	"src/time": "src/units src/frozen",
	"src/meter": "src/units src/frozen",
	"src/settings": "src/units src/frozen src/json src/storekeys",
	"src/command": "src/units src/frozen src/settings src/json",
	"src/journal": "src/units src/frozen",
	"src/monitor": "src/units src/frozen",
	"src/dali": "src/units src/frozen src/lighting",
	"src/explain": `src/units src/frozen ${PURE}`,
	"src/link": "src/units src/frozen src/json src/ownpart src/journal src/command src/explain",
	"src/console":
		"src/units src/frozen src/json src/storekeys src/command src/settings src/journal src/explain src/monitor",
	"src/neighbours": "src/units src/frozen",
	"src/update": "src/units src/frozen src/lighting src/json src/command",
	...Object.fromEntries(nodeRooms),
	"src/node": "",

	// The hosts translate between `Host` and a platform: they take the node and none of its rules.
	"hosts/tls": "",
	"hosts/moddable": `${GROUND} hosts/tls`,
	"hosts/esp32": `${GROUND} src/node hosts/moddable`,
	"hosts/desktop": `${GROUND} src/node src/console hosts/moddable`, // tries its PBKDF2
	"hosts/virtual": GROUND,
	"hosts/virtual/lamp": `${GROUND} src/node src/settings src/sensing src/link hosts/moddable ${PROTOCOL}`, // a replay, and what a lamp judged
	"hosts/virtual/fleet": `${PROTOCOL} lib`,
	"hosts/virtual/engine": "lib hosts/virtual/fleet",
	"hosts/bare": `${PROTOCOL} lib hosts/virtual/fleet hosts/virtual/engine`,

	// What several trees share knows none of them.
	"lib/text": "",
	lib: "lib/text",
	"lib/site": "lib lib/text",
	"lib/vault": "lib lib/text",
	"lib/recording": "lib/text",
	"lib/page": "",
	"lib/plot": "",
	"lib/lightingoptions": "lib lib/text",
	"lib/dali": "",
	// What a person's programs ask of the firmware's own rules: its year, its headers, its table of settings.
	"lib/firmware": `${GROUND} lib lib/lightingoptions ${PURE} src/settings src/update src/explain src/node`,

	// The street judges the firmware, so it takes nothing of it but the ground.
	"sim/util": `${GROUND} lib`,
	"sim/world": `${GROUND} ${PROTOCOL} lib sim/util`,
	"sim/world/driver": "lib lib/dali", // from the tables of the standard, as the firmware's half
	"sim/street": `${GROUND} ${PROTOCOL} ${CARRIER} lib sim/util`,
	"sim/faults": `${GROUND} lib sim/util sim/world`,
	"sim/checks": "lib sim/util sim/world sim/faults",
	"sim/results": `${GROUND} ${PROTOCOL} ${CARRIER} lib sim/util sim/world`,
	"sim/network": `${GROUND} ${PROTOCOL} lib sim/util sim/world sim/street`,
	"sim/network/broker": `${GROUND} ${PROTOCOL} lib sim/util sim/street sim/network`,
	"sim/serial": `${GROUND} ${PROTOCOL} lib sim/util sim/street`,
	"sim/images": `${GROUND} ${PROTOCOL} lib sim/util sim/street sim/network`,
	// Settings are validated as a lamp does before a street begins.
	"sim/options": "lib lib/lightingoptions sim/util sim/world sim/faults src/settings src/node",
	// A lamp's year comes from the firmware's own forecast.
	"sim/report":
		"lib lib/text lib/plot lib/lightingoptions lib/firmware sim/options sim/run sim/street sim/checks sim/results sim/faults sim/util sim/world",
	// A recording is validated as a lamp does, and worded as its console does.
	"sim/replay": `${GROUND} ${PROTOCOL} lib lib/text lib/recording src/settings src/console src/node src/time`,
	// A second lamp, written from the documents; beside each lamp of a street; along all futures of one.
	"sim/second": "",
	"sim/comparison": `${GROUND} ${PROTOCOL} ${CARRIER} src/time sim/checks sim/second`, // a usual night
	"sim/futures": `${PROTOCOL} lib sim/comparison`,
	"sim/run": `lib lib/lightingoptions ${PROTOCOL} hosts/virtual/fleet sim/replay sim/world/driver sim/options sim/util sim/world sim/street sim/faults sim/checks sim/comparison sim/results sim/network sim/network/broker sim/serial sim/images`,
	// The edges to Node: the command line and other processes, sockets, files.
	"sim/cli": "lib lib/lightingoptions sim/util sim/options sim/report",
	"sim/ports": `${PROTOCOL} lib sim/util sim/options sim/street sim/network sim/network/broker sim/serial sim/run`,
	"sim/files":
		"lib lib/text lib/recording lib/firmware src/settings src/version hosts/virtual/fleet hosts/virtual/engine sim/replay sim/cli sim/ports sim/options sim/checks sim/images sim/street sim/run sim/report sim/second sim/comparison",
	"sim/city":
		"lib hosts/virtual/engine sim/cli sim/ports sim/files sim/options sim/run sim/images sim/results sim/street sim/util",
	// It draws from the table of settings.
	"sim/explore":
		"lib lib/plot src/settings lib/firmware sim/cli sim/files sim/options sim/run sim/checks sim/faults sim/util sim/world sim/images",
	"sim/page": "",
	"sim/page/client":
		"lib lib/text lib/page lib/plot lib/lightingoptions src/explain sim/page town town/map sim/util sim/faults",
	// It validates settings and forecasts programs as a lamp does, before a lamp is asked.
	"sim/page/server":
		"lib lib/lightingoptions lib/firmware src/settings src/node src/explain src/time sim/page sim/util sim/world sim/images sim/results",
	"sim/page/http": "lib sim/ports sim/files sim/util sim/page/server",
	// A run with its page, whatever carries the channel between them.
	"sim/session":
		"lib lib/lightingoptions sim/options sim/faults sim/replay sim/report sim/results sim/run sim/street sim/page/server",
	"sim/browser": `${PROTOCOL} lib hosts/virtual/fleet sim/util sim/options sim/images sim/network/broker sim/street sim/run sim/report sim/page/server sim/session`,
	// It packs what runs in a browser.
	"sim/pack": "lib hosts/virtual/engine sim/cli sim/files sim/browser sim/page/client",
	sim: "lib lib/lightingoptions sim/replay town sim/city town/nights sim/cli sim/ports sim/files sim/options sim/session sim/pack sim/page/http sim/run sim/street sim/checks sim/results sim/images sim/util sim/page/server sim/report sim/faults",

	// A commune's lights: read, sorted into typical streets, lit for a night by the simulator, drawn.
	"town/reading": "lib lib/text lib/lightingoptions",
	"town/example": "lib town/reading",
	"town/nights": `${GROUND} ${PROTOCOL} lib lib/lightingoptions lib/firmware sim/util sim/world sim/checks sim/results sim/cli sim/files sim/options sim/run sim/report sim/city town/reading town`,
	"town/server": `${GROUND} ${PROTOCOL} lib lib/text lib/lightingoptions sim/cli sim/util sim/results town/reading town/nights town`,
	"town/map":
		"lib lib/text lib/page lib/plot lib/lightingoptions src/explain sim/page/client sim/util town town/reading",
	"town/report":
		"lib lib/text lib/plot lib/lightingoptions sim/report town town/reading town/nights town/server",
	town: `lib lib/text lib/lightingoptions hosts/virtual/engine sim/cli sim/files sim/city sim/util town/reading town/example town/nights town/server town/report sim/report`,

	// The laptop and the build ask the firmware's own rooms what a lamp makes of settings, dates and headers.
	tools: "lib tools/docs",
	"tools/compression": "lib",
	"tools/toolchain": "lib tools/compression",
	"tools/docs": "lib/firmware src/settings src/command src/link src/console",
	"tools/renew": "lib tools/docs tools/toolchain",
	"tools/image": `${GROUND} lib lib/firmware src/update`,
	"tools/laptop/text": "lib/text src/console",
	"tools/laptop/vault": `${SHARED} src/settings src/node tools/laptop/text`,
	"tools/laptop/line": `${SHARED} src/settings tools/laptop/text tools/laptop/vault`,
	"tools/laptop/record": `${SHARED} lib/recording tools/laptop/text tools/laptop/line`,
	"tools/laptop/site": `${SHARED} lib/plot src/settings src/node tools/laptop/text tools/plan`,
	"tools/laptop/provision": `${SHARED} src/settings tools/plan tools/laptop/text tools/laptop/vault tools/laptop/line tools/laptop/site`,
	"tools/plan": `${GROUND} lib lib/text lib/plot lib/firmware lib/lightingoptions ${PURE} src/explain src/settings src/node src/console`,
	"tools/emulator": `${CARRIER} lib tools/toolchain`,
	"tools/factory": `${SHARED} src/storekeys src/settings src/console src/node src/update tools/laptop/line tools/laptop/site tools/laptop/vault tools/laptop/provision tools/image tools/toolchain`,
	"tools/pole": "lib/text tools/laptop/text",
	"tools/pole/client": `${SHARED} lib/page lib/plot lib/firmware lib/recording src/settings src/node src/explain src/time tools/laptop/record tools/plan tools/laptop/text tools/laptop/line tools/laptop/site tools/laptop/provision tools/docs`,
	"tools/night": `${GROUND} ${PROTOCOL} ${CARRIER} ${SHARED} lib/lightingoptions src/settings src/command src/time src/explain src/node hosts/virtual/fleet hosts/virtual/engine hosts/bare tools/laptop/site tools/plan`,
	"tools/bin":
		"lib lib/text town/reading town/example hosts/bare city/accounts tools/toolchain tools/docs tools/renew tools/image tools/laptop/line tools/laptop/provision tools/laptop/record tools/laptop/vault tools/night tools/pole tools/emulator tools/factory",

	// The city's programs work on the public contract alone.
	city: SHARED,
	"city/accounts": `${SHARED} city`,
	"city/bridge": `${SHARED} city`,
	"city/check": `${SHARED} city`,
	"city/citizens": `${SHARED} city`,
	"city/clock": `${SHARED} city`,
	"city/desk": `${SHARED} city`,
	"city/traffic": `${SHARED} city`,
	"city/bin": "city city/bridge city/check city/citizens city/clock city/desk city/traffic",
};

/** Trees and rooms that take nothing of these trees at all, not even a type; a room's row replaces its tree's. */
const APART = {
	lib: "src hosts sim town tools city",
	"lib/firmware": "hosts sim town tools city",
	city: "src hosts sim town tools",
	hosts: "sim town tools city",
	sim: "tools",
	town: "tools",
	tools: "sim",
	"sim/checks": "src hosts tools", // a judge that is made of what it judges sees nothing
	"sim/world/driver": "src hosts tools",
};

/** Rooms that run in XS or in a browser: no package and no module of Node is there. */
const WITHOUT_NODE =
	"hosts/tls hosts/moddable hosts/esp32 hosts/desktop hosts/virtual/lamp hosts/virtual/fleet sim/util sim/world sim/world/driver sim/street sim/faults sim/checks sim/second sim/comparison sim/results sim/network sim/network/broker sim/serial sim/images sim/options sim/run sim/replay sim/report sim/session sim/browser sim/page sim/page/server sim/page/client town/map tools/pole/client lib/page lib/plot lib/lightingoptions";
/** Modules of the Moddable SDK, and packages that a page's or a worker's bundle holds. */
const ALLOWED =
	"^(timer|time|net|control)$|^embedded:|(preact|uplot|@noble/(hashes|curves)|suncalc|d3-selection|d3-transition|d3-zoom)|node_modules/(aedes|mqtt-packet|readable-stream|buffer)/";
/** Files of `lib` that use Node; a room without it leaves them alone, too. */
const NODE_LIB =
	"^lib/(bundle|files|interfaces|processortime|root|words)\\.|^lib/text/options\\.|^lib/vault/(ask|factoryrecord|vault)\\.|^lib/firmware/(contractdoc|imageheader|signedimage)\\.";

const names = Object.keys(ROOMS);
const list = (text) => text.split(" ").filter((name) => name !== "");

ROOMS["src/node"] = names
	.filter((name) => name.startsWith("src/") && name !== "src/node")
	.join(" ");

/** The files of a room; if there are rooms inside it, those that lie in the folder itself. */
const filesOf = (room) =>
	names.some((name) => name.startsWith(`${room}/`))
		? `^${room}(\\.tsx?$|/[^/]+$)`
		: `^${room}(\\.tsx?$|/)`;
const anyOf = (rooms) => rooms.map(filesOf).join("|");
/** From outside of `src` the node is one room. */
const usesOf = (room) =>
	list(ROOMS[room]).map((name) =>
		name === "src/node" && !room.startsWith("src/") ? "^src/node[/.]" : filesOf(name),
	);
/** Rooms of APART inside of one, which have rows of their own. */
const inside = (tree) =>
	Object.keys(APART)
		.filter((name) => name.startsWith(`${tree}/`))
		.map((name) => `^${name}/`)
		.join("|") || "^$";
const TREES = "^(src|hosts|lib|sim|town|tools|city)/";

const rules = [
	{
		name: "no-circle",
		comment: "Two files that need each other are one file, or a third is missing.",
		from: {},
		to: { circular: true },
	},
	{
		name: "a-room-for-each-file",
		comment: "This file is in no room: add a row to .dependency-cruiser.mjs.",
		from: { path: TREES, pathNot: anyOf(names) },
		to: {},
	},
	...names.map((room) => ({
		name: `room ${room}`,
		comment: `It may use ${ROOMS[room] || "nothing"} (.dependency-cruiser.mjs).`,
		from: { path: filesOf(room) },
		to: {
			path: TREES,
			pathNot: [filesOf(room), ...usesOf(room)].join("|"),
			dependencyTypesNot: ["type-only"],
		},
	})),
	...Object.entries(APART).map(([from, trees]) => ({
		name: `apart ${from}`,
		comment: "Not even a type.",
		from: { path: `^${from}/`, pathNot: inside(from) },
		to: { path: `^(${list(trees).join("|")})/` },
	})),
	{
		name: "second-by-documents",
		comment:
			"The second lamp knows the firmware's inputs, its units and the documents; not even a type.",
		from: { path: "^sim/second/" },
		to: { path: TREES, pathNot: "^sim/second/|^src/(host|units)\\.ts$" },
	},
	{
		name: "pure",
		comment: "A pure room knows numbers and other pure rooms, and no type of anything else.",
		from: { path: anyOf(list(PURE)) },
		to: { path: TREES, pathNot: anyOf(list(`${PURE} src/units src/frozen`)) },
	},
	{
		name: "firmware-without-packages",
		comment: "Flash is short, and XS is no Node: only the sun's position comes from a package.",
		from: { path: "^src/", pathNot: "^src/time/sun\\.ts$" },
		to: { pathNot: "^src/" },
	},
	{
		name: "without-node-in-lib",
		comment: "This room runs in XS or in a browser, and that file of lib uses Node.",
		from: { path: anyOf(list(WITHOUT_NODE)) },
		to: { path: NODE_LIB, dependencyTypesNot: ["type-only"] },
	},
	{
		name: "without-node",
		comment: "This room runs in XS or in a browser.",
		from: { path: anyOf(list(WITHOUT_NODE)), pathNot: "^sim/browser/globals\\.ts$" },
		to: {
			dependencyTypes: ["core", "npm", "npm-dev"],
			dependencyTypesNot: ["type-only"],
			pathNot: ALLOWED,
		},
	},
];

export default {
	forbidden: rules.map((rule) => ({ severity: "error", ...rule })),
	options: {
		doNotFollow: { path: "node_modules" },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: "tsconfig.json" },
		skipAnalysisNotInRules: true,
	},
};

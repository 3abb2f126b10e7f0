/** People at the console: names typed short, listings of a part, pastes, secrets, a factory lamp. */
import { describe, expect, test } from "@jest/globals";
import { ENGLISH } from "../../src/console/english.js";
import { FRENCH } from "../../src/console/french.js";
import { faultText, numeral, say, wordOf } from "../../src/console/texts.js";
import type { View } from "../../src/view.js";
import { noneLeft } from "../support/mend.js";
import { LINK_ENDS } from "../support/tables.js";
import { EVENING, VIEW } from "../support/view.js";
import { ConsoleRig, SECRET } from "./rig.js";

const OTHER = "ANOTHERLAMPSSECRET";

/** Counts the rows of a terminal of 24 rows and 80 columns. */
const rowsOf = (text: string) =>
	text.split("\r\n").reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / 80)), 0);

describe("names", () => {
	const same: [typed: string, whole: string][] = [
		["?", "help"],
		["? clear", "help clear"],
		["STATUS", "status"],
		["Show floorLevel", "show floorLevel"],
		["show FLOORLEVEL", "show floorLevel"],
		["sta", "status"],
		["sh hold", "show hold"],
		["wh 22:01", "why 22:01"],
		["help Hold", "help hold"],
		["brok", "broker"],
	];
	test.each(same)("%s is %s", (typed, command) => {
		expect(new ConsoleRig().run(typed)).toBe(new ConsoleRig().run(command));
	});
	const refusals: [typed: string, answer: string][] = [
		["conf", "type it whole: confirm"],
		["overr 60 90", "type it whole: override"],
		["appl", "type it whole: apply"],
		["fact", "type it whole: factoryReset"],
		["re", "re may be: record, revert, restart"],
		["x", "unknown command: x. Type help."],
	];
	test.each(refusals)("%s acts on nothing", (typed, answer) => {
		const pole = new ConsoleRig();
		expect(pole.run(typed)).toBe(answer);
		expect(pole.desk.orders).toEqual([]);
	});
	test.each(["?", "STATUS", "sta", "Show hold", "show HOLD", "set HOLD 40", "show light"])(
		"a script types whole words: %s",
		(line) => {
			const pole = new ConsoleRig().guessing();
			pole.plain(`login ${SECRET}`);
			expect(pole.plain(line).at(-1)).toMatch(/^error unknown(Command|Setting) /);
		},
	);
	test.each(["SECRET", "Login", "set BrokerPassword"])(
		"%s keeps its secret from the up key",
		(word) => {
			const pole = new ConsoleRig().login();
			pole.send(`show hold\r${word} ${OTHER}\r`);
			expect(pole.send("\u001b[A")).not.toContain(OTHER);
		},
	);
});

describe("show", () => {
	const names = (text: string) => text.split("\n").map((line) => line.split(" = ")[0]);
	test("a section, a part of a name, changed ones", () => {
		const pole = new ConsoleRig();
		expect(names(pole.run("show identity"))).toEqual(["site", "node", "group"]);
		expect(names(pole.run("show wifi"))).toEqual(["wifiName", "wifiPassword"]);
		expect(pole.run("show changed")).toMatch(/^no setting fits changed\. show NAME, show SECTION/);
		pole.run("set hold 45");
		pole.run("set brokerPassword hunter2");
		expect(names(pole.run("show changed"))).toEqual(["hold", "brokerPassword"]);
	});
	test("with units, in French with commas", () => {
		const pole = new ConsoleRig();
		expect(pole.run("set latitude 50,6452")).toMatch(/^latitude = 50.6452 deg, set;/);
		expect(pole.run("show latitude")).toMatch(/, set to 50.6452 deg$/);
		pole.run("language fr");
		expect(pole.run("show latitude")).toMatch(/^latitude = 50,63 deg, préparé : 50,6452 deg$/);
	});
	test("set NAME alone explains it", () => {
		const [value, range, meaning] = new ConsoleRig().run("set floorLevel").split("\n");
		expect(value).toBe("floorLevel = 20 %");
		expect(range).toMatch(/^floorLevel \(light\): 0 to 100 %; default /);
		expect(meaning).toMatch(/^\S.*\.$/);
	});
});

describe("a page", () => {
	test("counts the rows of the terminal, not the lines", () => {
		const pole = new ConsoleRig().login();
		const [first] = pole.send("show\r").split("-- more --") as [string];
		const page = first.slice(first.indexOf("\r\n") + 2);
		expect(rowsOf(page)).toBeLessThanOrEqual(24);
		pole.send("q");
		const help = pole.send("help\r").split("-- more --")[0] as string;
		expect(rowsOf(help.slice(help.indexOf("\r\n") + 2))).toBeLessThanOrEqual(24);
	});
	test("an export has none", () => {
		expect(new ConsoleRig().login().send("export\r")).not.toContain("more");
	});
	test.each(["\r", "\n", "\r\n"])("the end of line %j turns none", (end) => {
		const pole = new ConsoleRig().login();
		expect(pole.send(`show${end}`).endsWith("-- more --")).toBe(true);
	});
});

describe("a paste", () => {
	test("of commands shows each once, with CR LF, too", () => {
		const pole = new ConsoleRig().login();
		const seen = pole.send("set hold 40\r\nset fallTime 20\r\nshow hold\r\n");
		for (const line of ["set hold 40\r\n", "> set fallTime 20\r\n", "> show hold\r\n"])
			expect(seen.split(line)).toHaveLength(2);
		expect(seen).not.toContain("\r\n\r\n");
	});
	test("of an import leaves no empty rows", () => {
		const pole = new ConsoleRig().login();
		const lines = pole.run("export").split("\n");
		pole.type("import\r");
		const seen = pole.send(lines.map((line) => `${line}\r`).join(""));
		expect(seen).toMatch(/^\d+ settings edited; apply puts them in force\r\n/);
	});
	test("a command in it is taken, which is printed, and Ctrl-C reports the lines", () => {
		const pole = new ConsoleRig().login();
		pole.type("import\r");
		expect(pole.send("status\r")).toBe(
			"line 1 is taken as part of the paste, not as a command; Ctrl-C ends it.\r\n",
		);
		expect(pole.send("\u0003")).toContain("ended; lines dropped: 1, nothing changed");
		expect(pole.desk.orders).toEqual([]);
	});
});

describe("nodeReplaced", () => {
	const imported = () => {
		const pole = new ConsoleRig();
		const lines = pole.run("export").split("\n");
		pole.run("import");
		for (const line of lines) pole.type(`${line}\r`);
		return pole;
	};
	test("waits until the import is in force for good", () => {
		const pole = imported();
		const wait = "the import is not in force: apply, then confirm, then nodeReplaced";
		expect(pole.run("nodeReplaced")).toBe(wait);
		pole.run("apply");
		expect(pole.run("nodeReplaced")).toBe(wait);
		expect(pole.desk.orders).toEqual([]);
		pole.run("confirm");
		expect(pole.run("nodeReplaced")).toMatch(/^life and counters are taken over/);
		expect(pole.desk.orders).toMatchObject([{ kind: "nodeReplaced" }]);
	});
	test("a script is refused by the reason", () => {
		const pole = imported();
		pole.send("\u0003plain\r");
		expect(pole.plain("nodeReplaced")[0]).toMatch(/^error unconfirmed the import is not in force/);
		expect(new ConsoleRig().login().send("\u0003plain\rnodeReplaced\r")).toMatch(
			/\nerror notDone not done: import the export/,
		);
	});
	test("an import that was taken back counts no longer", () => {
		const pole = imported();
		for (const line of ["apply", "revert", "set hold 40", "apply", "confirm"]) pole.run(line);
		expect(pole.run("nodeReplaced")).toMatch(/^not done: import the export/);
		expect(pole.desk.orders).toEqual([]);
	});
});

describe("login", () => {
	test.each([`login ${SECRET}`, `login ${OTHER}`, "login"])("%s in an open session", (line) => {
		const pole = new ConsoleRig();
		expect(pole.run(line)).toBe("already logged in; logout ends the session");
		expect(pole.desk.logins).toEqual([true]);
	});
	const reverts: [
		what: string,
		why: "notConfirmed" | "noBroker",
		hasLogin: boolean,
		said: RegExp,
	][] = [
		[
			"a change that was taken back since the last one",
			"notConfirmed",
			false,
			/taken back: not confirmed\./,
		],
		["one that the broker did not see", "noBroker", false, /taken back: no broker\./],
		["one that the last login has shown", "notConfirmed", true, /^(?![\s\S]*taken back)/],
	];
	test.each(reverts)("reports %s", (_what, why, hasLogin, sentence) => {
		const pole = new ConsoleRig();
		const { journal } = pole.desk;
		journal.append({ type: "settingsReverted", attributes: { why } }, 0, EVENING);
		if (hasLogin) journal.append({ type: "login", attributes: { via: "console" } }, 0, EVENING);
		expect(pole.type(`${SECRET}\r`)).toMatch(sentence);
	});
});

describe("secret", () => {
	test("is typed twice and never shown", () => {
		const pole = new ConsoleRig().login();
		expect(pole.type("secret\r")).toMatch(/for example \S{20} - write it down\. Type the new/);
		const seen = pole.send(`${OTHER}\r${OTHER}\r\u001b[A`);
		expect(seen).toContain("once more:");
		expect(seen).toContain("the secret is set");
		expect(seen).not.toContain(OTHER);
		expect(pole.desk.secrets).toBe(1);
	});
	const wrong: [what: string, keys: string, said: string][] = [
		["two that differ", `${OTHER}\r${OTHER}X\r`, "the two differ: the secret is unchanged"],
		["a weak one", "password\r", "a secret has 16-64 characters of ASCII"],
		["an empty line", "\r", "a secret has 16-64 characters of ASCII"],
		["Ctrl-C", `${OTHER}\r\u0003`, "ended"],
	];
	test.each(wrong)("%s: the old one stays", (_what, keys, sentence) => {
		const pole = new ConsoleRig().login();
		pole.type("secret\r");
		const seen = pole.type(keys);
		expect(seen).toContain(sentence);
		expect(seen.endsWith("luminode>")).toBe(true);
		expect(pole.desk.secrets).toBe(0);
	});
});

test("a factory lamp has status, help and language, and no more", () => {
	const pole = new ConsoleRig("");
	expect(pole.type("status\r")).toContain("serial sim-00001");
	expect(pole.type("?\r")).toContain("-- more --");
	pole.type("q");
	expect(pole.type("language fr\r")).toContain("la console est désormais en français");
	for (const line of ["show", "override 50 5", "restart", "export", "events", "network"])
		expect(pole.type(`${line}\r`)).toContain("n'a pas encore de secret");
	expect(pole.desk.orders).toEqual([]);
});

describe("network", () => {
	const network = (facts: object, view: Partial<View["link"]>) => {
		const pole = new ConsoleRig();
		Object.assign(pole.desk.doors.network, facts);
		pole.desk.view = { ...VIEW, link: { ...VIEW.link, ...view } };
		return pole;
	};
	test("prints address, hardware address, strength and channel", () => {
		const facts = () => ({ address: "10.0.0.7", mac: "30:ae:a4:00:00:07", rssi: -61, channel: 6 });
		expect(network({ facts }, {}).run("network")).toBe(
			"network  up, Wi-Fi not set, last trouble none, IP 10.0.0.7, MAC 30:ae:a4:00:00:07, -61 dBm, channel 6",
		);
	});
	test.each(["wifiNotFound", "wifiRefused", "noAddress"] as const)("names %s", (networkEnd) => {
		const pole = network({}, { isNetworkUp: false, networkEnd, lastEnd: undefined });
		expect(pole.run("network")).toBe(
			`network  down, Wi-Fi not set, last trouble ${wordOf("en", networkEnd)}`,
		);
		pole.run("language fr");
		expect(pole.run("network")).not.toContain(networkEnd);
	});
	test.each([...LINK_ENDS, "subscriptionRefused"])("in French %s is a word of French", (end) => {
		expect(wordOf("fr", end)).toMatch(/^[^A-Z].*[ é]|^injoignable$|^TLS /);
	});
	test("scan lists what is in reach when the radio has looked", () => {
		let isOver = false;
		const wifi = [{ name: "city-lights", rssi: -60, channel: 6 }];
		const pole = network(
			{ scan: () => true, found: (index: number) => (isOver ? wifi[index] : null) },
			{},
		);
		pole.login().type("network scan\r");
		pole.pass(1000);
		expect(pole.terminal.text).not.toContain("dBm");
		isOver = true;
		pole.pass(1000);
		expect(pole.terminal.text).toContain("\ncity-lights  -60 dBm, channel 6\nluminode>");
		expect(network({}, {}).run("network scan")).toBe("not done: notAvailable");
	});
});

describe("texts", () => {
	const rows = (table: string) =>
		table
			.trim()
			.split("\n")
			.map((line) => line.split(" ")[0] as string);
	const marks = (table: string, name: string) => {
		const line = table.split("\n").find((each) => each.startsWith(`${name} `)) ?? "";
		return [...line.matchAll(/\{\d\}/g)].map(([mark]) => mark).sort();
	};
	test("both languages have the same names, once, and the same parts", () => {
		const [english, french] = [rows(ENGLISH), rows(FRENCH)];
		const lacks = (name: string, other: readonly string[]) => !other.includes(name);
		noneLeft(
			english.filter((name) => lacks(name, french)),
			"add a line of this name to src/console/french.ts",
		);
		noneLeft(
			french.filter((name) => lacks(name, english)),
			"add a line of this name to src/console/english.ts",
		);
		for (const table of [english, french])
			noneLeft(
				table.filter((name, at) => table.indexOf(name) !== at),
				"leave one line of this name in src/console/english.ts and french.ts",
			);
		for (const name of english)
			expect([name, marks(FRENCH, name)]).toEqual([name, marks(ENGLISH, name)]);
	});
	test("French has its spaces", () => {
		expect(FRENCH).not.toMatch(/[a-zé] ?[^ ][!?;](?=\s|$)|\w:(?=\s)/m);
	});
	test("a part may contain marks, and stays as it is", () => {
		expect(say("en", "confirmTime", "{1} $&", "{0}")).toBe(
			"the clock is set by time servers: {1} $&. To replace it all the same: time {0} confirm",
		);
	});
	test("a reason of the console's own is French in French", () => {
		const why = "hold must wait: confirm or revert what is on trial";
		expect(faultText("en", why)).toBe(why);
		expect(faultText("fr", why)).toBe("hold doit attendre : d'abord confirm ou revert");
	});
	const refusals: [why: string, french: string][] = [
		["storeFailure", "écriture en flash impossible"],
		["notAvailable", "non disponible"],
		["key malformed", "key : mal formé"],
		["cert storeFailure", "cert : écriture en flash impossible"],
		["cert notYetValid", "cert : pas encore valable"],
		[
			"ca must wait: confirm or revert what is on trial",
			"ca doit attendre : d'abord confirm ou revert",
		],
		[
			"cert belongs to another key; first its key",
			"cert est celui d'une autre clé ; d'abord sa clé",
		],
	];
	test.each(refusals)("%s, in French", (why, french) => {
		expect(faultText("fr", why)).toBe(french);
	});
	test("words and numbers by language; an unknown word stays, in small letters", () => {
		expect([wordOf("en", "vacant"), wordOf("fr", "vacant"), wordOf("fr", "toString")]).toEqual([
			"vacant",
			"aucune",
			"to string",
		]);
		expect([numeral("en", "1.5"), numeral("fr", "1.5")]).toEqual(["1.5", "1,5"]);
	});
});

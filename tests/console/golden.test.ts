/** Golden: the session of each language, and the list of commands in docs/console.md, are what the console prints. */
import { test } from "@jest/globals";
import { COMMANDS } from "../../src/console/commands.js";
import { FRENCH_NAMES } from "../../src/console/questions.js";
import { records, shows } from "../support/golden.js";
import { EVENING, VIEW } from "../support/view.js";
import { ConsoleRig, SECRET } from "./rig.js";

/** Lines; a single key is no line; a number: so many ms pass. */
const ENGLISH = [
	"\r",
	"a guess of a stranger",
	"A-GUESS-OF-A-STRANGER",
	SECRET, // too soon
	60_000, // time passes
	SECRET,
	"help",
	" ",
	"help override",
	"status",
	"why",
	"tonight",
	"offline",
	"sensors",
	"changes",
	"why 22:02:31",
	"why 22:01",
	"why 21:00",
	"help floorLevel",
	"show floorLevel",
	"set floorLevel 130",
	"set floorLevel 25",
	"show floorLevel",
	"set standbyPower_W 5.7",
	"set program4 market: sunset 100; sunrise 0",
	"set standbyPower_W 0.5",
	'set program4 ""',
	"apply",
	"confirm",
	"override 40 90",
	"override 40",
	"clear",
	"identify 20",
	"maintenance 30",
	"maintenance end",
	"time",
	"time 22:03",
	"time 2026-11-24T22:03:00Z",
	"test light",
	"test pir",
	30_000,
	"test colour",
	"broker",
	"certificate",
	"updateKeys",
	"TFVLAQ==",
	"watch",
	" ",
	"factoryReset",
	"restart",
	"events",
	"reboot",
	"logout",
];
const FRENCH = [
	"\r",
	"une devinette",
	"A-GUESS-OF-A-STRANGER",
	SECRET, // too soon
	60_000,
	SECRET,
	"language fr",
	"help",
	" ",
	"help test",
	"status",
	"pourquoi",
	"tonight",
	"offline",
	"capteurs",
	"changements",
	"pourquoi 22:01",
	"why 21:00",
	"show hold",
	"set hold 3",
	"set hold 45",
	"set standbyPower_W 5,7",
	"set standbyPower_W 0,5",
	"apply",
	"confirm",
	"revert",
	"set wifiName quai",
	"set wifiPassword court",
	"set wifiPassword une phrase secrète",
	"set wifiPassword une phrase de passe",
	"network",
	"broker",
	"connect",
	"override 40 90",
	"override 40",
	"clear",
	"identify 20",
	"maintenance 30",
	"maintenance end",
	"energy",
	"time",
	"time hier",
	"time 2020-01-01T00:00:00Z",
	"time 2026-11-24T22:03:00Z",
	"time 2026-11-24T22:03:00Z confirm",
	"test light",
	"test pir",
	30_000,
	"watch",
	" ",
	"events",
	"record",
	"certificate",
	"certificate ca",
	"-----BEGIN CERTIFICATE-----\r!\r-----END CERTIFICATE-----",
	"updateKeys",
	"une liste",
	"export",
	"import",
	"\u0003",
	"nodeReplaced",
	"secret",
	"secret court",
	`login ${SECRET}`,
	"plain",
	"interactive",
	"reboot",
	"factoryReset",
	"restart",
	"logout",
];

/** French names of commands are typed, too. */
const named = FRENCH_NAMES.trim().split(" ");
const typedWords = FRENCH.map((line) => `${line}`.split(" ")[0]!);
const commandsTyped = typedWords.map((word) => named[named.indexOf(word) + 1 || -1] ?? word);
/** Commands that the lines above leave out: the session has them before the lamp restarts. */
const others = COMMANDS.map(({ name }) => name).filter(
	(name) => !typedWords.includes(name) && !commandsTyped.includes(name),
);
FRENCH.splice(FRENCH.indexOf("reboot"), 0, ...others);

/** The answer to \`help\`, up to the next prompt. */
const HELP = /^luminode> help\n([\s\S]*?)(?=^luminode> )/m;
/** Of an export: it has a line for each setting. */
const EXPORTED = /(?<=\{"group":""\}\n)[\s\S]*(?=\n\{"language")/;

test.each([
	["en", ENGLISH],
	["fr", FRENCH],
])("a whole session: %s", (language, typed) => {
	const pole = new ConsoleRig();
	pole.now = VIEW.time.now;
	pole.boot();
	const { journal } = pole.desk;
	const started = { cause: "powerOn", swVersion: "0.1.0" } as const;
	journal.append({ type: "started", attributes: started }, 0, undefined);
	const rejected = { reason: "stale", via: "node" };
	for (let index = 0; index < 3; index += 1)
		journal.append({ type: "orderRejected", attributes: rejected }, 90_000 + index, EVENING);
	for (const keys of typed)
		if (typeof keys === "number") pole.pass(keys);
		else pole.type(keys.length > 1 ? `${keys}\r` : keys);
	const { text } = pole.terminal;
	records(`tests/console/session.${language}.txt`, text.replace(EXPORTED, "..."));
	if (language === "en") shows("console.md", "help", HELP.exec(text)![1]!);
});

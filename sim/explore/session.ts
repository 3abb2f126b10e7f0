/**
 * Session: a technician's lines at the pole, as a kind of street: questions, settings that are edited,
 * tried and dropped, texts that are pasted, and mistakes.
 *
 * No line changes what the checks of the light go by: settings are edited and dropped, and only the
 * language is put in force; orders are those that `sim/run/sender.ts` gives to the checks.
 */
import type { Random } from "../../lib/random.js";
import { SETTINGS } from "../../src/settings/table.js";
import { integer, pick } from "./chance.js";
import { drawValue } from "./settings.js";
import type { Plan, StreetKind } from "./streetkind.js";

const SECRET = "lantern-of-the-quay-7";
const LOOKS = (
	"why|tonight|offline|sensors|changes|status|energy|network|broker|help|?|events|" +
	"events 40|events -1|record|record 0 0|record 9 99|show|show changed|show light|" +
	"show wifi|show nothing|export|certificate|network scan|connect|time|updateKeys|watch|" +
	"ev|s|pourquoi|ce-soir|test pir|test light|test broker|test|plain mark|interactive|" +
	"help plain"
).split("|");
const MISTAKES = (
	"overide 40 5|override 40|override 400 5|override 40 -1|override dark 5|identify 0|" +
	"identify many|maintenance|maintenance 9999|time tomorrow|FACTORYRESET L99999|" +
	"nodeReplaced|language de|secret short|certificate crl|import now|set|" +
	"set noSuchName 1|apply|\u0003|été 5"
).split("|");
const PASTED = [
	["import", '{"luminode":"export","version":1}', "{}", "\u0003"],
	["import", "not an export"],
	["certificate ca", "-----BEGIN CERTIFICATE-----", "MIIB", "-----END CERTIFICATE-----"],
	["certificate key", "-----BEGIN PRIVATE KEY-----", "\u0003"],
	["updateKeys", "AAAA"],
	["secret", "another-secret-of-16", "not-the-same-secret-of-16"],
] as const;

const clock = (chance: Random) =>
	`${String(integer(chance, 0, 23)).padStart(2, "0")}:${String(integer(chance, 0, 59)).padStart(2, "0")}`;
const settingName = (chance: Random) => pick(chance, SETTINGS).name;

/** Lines that belong together. */
const BLOCKS: readonly ((chance: Random) => readonly string[])[] = [
	(chance) => [pick(chance, LOOKS)],
	(chance) => [pick(chance, LOOKS)],
	(chance) => [pick(chance, MISTAKES)],
	(chance) => pick(chance, PASTED),
	(chance) => [`why ${clock(chance)}`],
	(chance) => [`help ${settingName(chance)}`],
	(chance) => [`set ${settingName(chance)}`],
	(chance) => {
		const setting = pick(chance, SETTINGS);
		return [`set ${setting.name} ${drawValue(setting, chance)}`, "show changed", "revert"];
	},
	(chance) => [`set ${settingName(chance)} ${pick(chance, ["", "-1", "1e9", "x y"])}`, "revert"],
	(chance) => ["revert", "set language fr", "apply", pick(chance, ["confirm", "revert", "status"])],
	(chance) => [`language ${pick(chance, ["fr", "en"])}`],
	(chance) => [`override ${integer(chance, 0, 100)} ${integer(chance, 1, 60)}`],
	() => ["clear"],
	(chance) => [`identify ${integer(chance, 1, 60)}`],
	(chance) => ["logout", pick(chance, ["login wrong", `login ${SECRET}`]), `login ${SECRET}`],
];

export const SESSION: StreetKind = {
	name: "session at the pole",
	share: 1 / 8,
	draw: (chance, { lamps, length }: Plan) => {
		const lamp = integer(chance, 1, lamps);
		let at = Math.max(60, Math.floor((chance.next() * 0.7 * length) / 1000));
		const lines = [`secret ${SECRET}`];
		for (let count = integer(chance, 5, 20); count > 0; count--)
			lines.push(...pick(chance, BLOCKS)(chance));
		return lines.map((line) => {
			at += integer(chance, 2, 20);
			return ["--input", `type@${at}s/${lamp}:${line}`] as const;
		});
	},
};

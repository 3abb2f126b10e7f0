/**
 * Commands: what the lines of the console do to light, settings and time.
 *
 * Follows docs/light.md, At the pole, A trial at the pole; docs/console.md, Changing settings, Commands,
 * Plain mode. Commands that only look change nothing here.
 */
import { guess, isOfNewLamp, isSecretForm, leave } from "./console.js";
import { hearTyped } from "./dates.js";
import type { FactsState } from "./factsstate.js";
import { parseInstant } from "./instants.js";
import { fullLevel } from "./levels.js";
import { answer, obey, remember, typedOrder } from "./orders.js";
import { PLACES } from "./places.js";
import { apply, confirm, drift, edit, editable, inForce, revert } from "./probation.js";
import { checkValue, type Values } from "./settings.js";
import { SECTIONS, type Setting } from "./settingtable.js";

/** What the other rooms do for a command. */
export interface Doors {
	/** Dates for an order of the console. */
	readonly dates: () => Parameters<typeof typedOrder>[3];
	/** An order that acts once was accepted so far. */
	readonly once: (read: ReturnType<typeof typedOrder>) => void;
	readonly report: (sections: readonly string[]) => void;
	/** The orders have changed. */
	readonly changed: () => void;
}

/** Runs a line. */
export function run(state: FactsState, line: string, doors: Doors, now: number): void {
	const own = state.console;
	const text = line.trim();
	if (own.swallow !== "none") {
		swallow(state, text);
		return;
	}
	if (text === "") return;
	const words = text.split(/\s+/);
	const first = words[0]!;
	const name = own.isPlain ? first : first.toLowerCase();
	switch (name) {
		case "plain":
			if (words.length <= 2) {
				own.isPlain = true;
				return;
			}
			break;
		case "interactive":
			own.isPlain = false;
			return;
		case "login":
			if (!own.isOpen && own.secret !== "") guess(own, words[1] ?? "", now);
			return;
		case "secret":
			newSecret(state, words);
			return;
	}
	if (!own.isOpen && !isOfNewLamp(own, text)) {
		if (own.secret !== "" && !own.isPlain) guess(own, text, now);
		return;
	}
	runOpen(state, name, words, text, doors, now);
}

function newSecret(state: FactsState, words: readonly string[]): void {
	const own = state.console;
	if (!own.isOpen && own.secret !== "") return;
	const next = words[1];
	if (next === undefined) {
		if (own.isOpen && !own.isPlain) own.swallow = "secret";
		return;
	}
	if (!isSecretForm(next)) return;
	own.secret = `plain ${next}`;
	own.isOpen = true;
}

/** A line that belongs to a command before it. */
function swallow(state: FactsState, text: string): void {
	const own = state.console;
	switch (own.swallow) {
		case "secret":
			own.proposed = text;
			own.swallow = isSecretForm(text) ? "secretAgain" : "none";
			return;
		case "secretAgain":
			if (text === own.proposed) own.secret = `plain ${text}`;
			own.swallow = "none";
			return;
		case "pem":
			if (text.startsWith("-----END")) own.swallow = "none";
			return;
		case "import":
			if (text.includes('"checksum"')) own.swallow = "none";
			return;
		default:
			own.swallow = "none";
	}
}

function whole(text: string | undefined, min: number, max: number): number | undefined {
	if (text === undefined || !/^[0-9]{1,5}$/.test(text)) return undefined;
	const value = Number(text);
	return value >= min && value <= max ? value : undefined;
}

function runOpen(
	state: FactsState,
	name: string,
	words: readonly string[],
	text: string,
	doors: Doors,
	now: number,
): void {
	const { settings } = state;
	const order = (command: string, fields: Record<string, number | string | boolean>) =>
		giveOrder(state, command, fields, doors, now);
	switch (name) {
		case "override": {
			const level = whole(words[1], 0, 100);
			const minutes = whole(words[2], 1, 10_080);
			if (level === undefined || minutes === undefined || words.length > 3) return;
			order("override", { level, duration: minutes * 60 });
			return;
		}
		case "clear":
			if (words.length === 1) order("clearOverride", {});
			return;
		case "identify": {
			const seconds = words.length === 1 ? 30 : whole(words[1], 1, 60);
			if (seconds !== undefined && words.length <= 2) order("identify", { duration: seconds });
			return;
		}
		case "maintenance": {
			if (words.length !== 2) return;
			if (words[1]!.toLowerCase() === "end") {
				order("maintenanceMode", { enabled: false });
				return;
			}
			const minutes = whole(words[1], 1, 1440);
			if (minutes !== undefined) order("maintenanceMode", { duration: minutes * 60 });
			return;
		}
		case "test": {
			const part = words[1]?.toLowerCase();
			if (words.length === 2 && (part === "lamp" || part === "all")) order("selfTest", {});
			return;
		}
		case "restart":
			if (words.length === 1) order("restart", { commandConfirmation: true });
			return;
		case "factoryReset":
		case "factoryreset":
			if (words.length === 2 && words[1] === state.serial) order("factoryReset", {});
			return;
		case "time": {
			if (words.length < 2 || words.length > 3) return;
			if (words.length === 3 && words[2]!.toLowerCase() !== "confirm") return;
			const utc = parseInstant(words[1]!.toUpperCase());
			if (utc !== undefined) hearTyped(state.dates, utc, words.length === 3, now);
			return;
		}
		case "set":
			set(state, words, text);
			return;
		case "language":
			if (words.length === 2) setLanguage(state, words[1]!.toLowerCase(), doors, now);
			return;
		case "apply":
			if (words.length === 1) apply(settings, now);
			return;
		case "confirm":
			if (words.length === 1) doors.report(confirm(settings, now));
			return;
		case "revert":
			if (words.length === 1) doors.report(revert(settings));
			return;
		case "logout":
			settings.candidate = undefined;
			leave(state.console);
			return;
		case "watch":
			state.console.isWatching = !state.console.isPlain;
			return;
		case "import":
			if (words.length === 1) state.console.swallow = "import";
			return;
		case "certificate":
			if (words.length === 2 && PEM_NAMES.includes(words[1]!)) state.console.swallow = "pem";
			return;
		case "updateKeys":
		case "updatekeys":
			if (words.length === 1) state.console.swallow = "one";
			return;
	}
}

const PEM_NAMES = ["ca", "cert", "key"];

function giveOrder(
	state: FactsState,
	command: string,
	fields: Readonly<Record<string, number | string | boolean>>,
	doors: Doors,
	now: number,
): void {
	const id = `console.${state.life}.${state.console.count}`;
	const read = typedOrder(id, command, fields, doors.dates());
	const replied = answer(state.orders, state.flash.orders, read, "console", false, now);
	if (replied.order === undefined) return;
	if (replied.isOnce) {
		doors.once(read);
		return;
	}
	obey(state.orders, replied.order, fullLevel(inForce(state.settings).light!), now);
	remember(state.orders, id);
	doors.changed();
}

function set(state: FactsState, words: readonly string[], text: string): void {
	if (words.length < 3) return;
	const wanted = words[1]!;
	const isPlain = state.console.isPlain;
	for (const section of SECTIONS) {
		for (const setting of section.settings) {
			const isNamed = isPlain
				? setting.name === wanted
				: setting.name.toLowerCase() === wanted.toLowerCase();
			if (!isNamed) continue;
			const given = text.slice(text.indexOf(wanted, 3) + wanted.length).trim();
			const checked = checkValue(setting, typedValue(setting, given, isPlain));
			if (!("value" in checked)) return;
			const before = editable(state.settings)[section.name]!;
			edit(state.settings, section.name, { ...before, [setting.name]: checked.value });
			if (setting.name === "place") setPlace(state, checked.value as string);
			return;
		}
	}
}

/** It takes effect and is stored at once; what is edited has it, too. */
function setLanguage(state: FactsState, language: string, doors: Doors, now: number): void {
	const { settings } = state;
	if (language !== "en" && language !== "fr") return;
	if (settings.trial || language === settings.values.console!.language) return;
	const spoken = { language };
	doors.report(drift(settings, { ...settings.values, console: spoken }, now));
	if (settings.candidate) settings.candidate = { ...settings.candidate, console: spoken };
}

function typedValue(setting: Setting, given: string, isPlain: boolean): string | number | boolean {
	const text = given === '""' ? "" : given;
	switch (setting.type.kind) {
		case "number": {
			const point = isPlain ? text : text.replace(",", ".");
			return /^-?[0-9]+(\.[0-9]+)?$/.test(point) ? Number(point) : text;
		}
		case "boolean":
			if (text === "true" || text === "on") return true;
			if (text === "false" || text === "off") return false;
			return text;
		case "choice":
			if (isPlain) return text;
			return (
				setting.type.choices.find((choice) => choice.toLowerCase() === text.toLowerCase()) ?? text
			);
		default:
			return text;
	}
}

/** A kind of place sets the settings of the kind in the copy. */
function setPlace(state: FactsState, name: string): void {
	const place = PLACES[name];
	if (place === undefined) return;
	for (const [section, values] of Object.entries(place)) {
		const before: Values = editable(state.settings)[section]!;
		edit(state.settings, section, { ...before, ...values });
	}
}

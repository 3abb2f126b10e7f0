/**
 * Recording file: a recording as text: a JSON object a line, the last one a checksum over the lines
 * before it.
 */
import { type Text, textOf as worded } from "../text/bilingual.js";
import { Trouble } from "../text/trouble.js";
import type {
	RecordedInput,
	RecordedLevel,
	RecordedLife,
	RecordedSettings,
	RecordedState,
	Recording,
} from "./recording.js";
import { RECORDING_TEXTS, type RecordingText } from "./recordingtexts.js";

export const SUFFIX = ".recording";
/** Version of the format. */
const VERSION = 1;
/** A week of a busy street is some 3 MB. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

export function textOf(recording: Recording): string {
	const { lives, ...head } = recording;
	const lines: string[] = [JSON.stringify({ recording: VERSION, ...head })];
	const add = (kind: string, entry: object) => lines.push(JSON.stringify({ [kind]: entry }));
	for (const { settings, inputs, levels, ...life } of lives) {
		add("life", life);
		for (const entry of settings) add("settings", entry);
		for (const entry of inputs) add("input", entry);
		for (const entry of levels) add("level", entry);
	}
	const body = `${lines.join("\n")}\n`;
	return `${body}${JSON.stringify({ lines: lines.length, sum: sumOf(body) })}\n`;
}

/** `quai-7-2026-11-24T2200.recording` */
export function fileOf(node: string, saved: number): string {
	const when = new Date(saved).toISOString().slice(0, 16).replace(":", "");
	return `${node}-${when}${SUFFIX}`;
}

/** Throws `Trouble`: no recording, cut, changed, or of another version of the format. */
export function recordingIn(name: string, content: string): Recording {
	const fault = (key: RecordingText, ...parts: (string | number)[]) =>
		new Trouble(recordingText(key, name, ...parts));
	if (content.length > MOST_CHARACTERS) throw fault("huge");
	const end = content.lastIndexOf("\n", content.length - 2) + 1;
	const body = content.slice(0, end);
	const lines = (body === "" ? content : body).split("\n").filter((line) => line !== "");
	const head = objectIn(lines[0] ?? "");
	if (head?.recording === undefined) throw fault("foreign");
	if (head.recording !== VERSION) throw fault("otherFormat", String(head.recording), VERSION);
	const last = objectIn(content.slice(end));
	if (last?.sum === undefined) throw fault("cut", lines.length);
	if (last.lines !== lines.length || last.sum !== sumOf(body)) throw fault("changed");
	return read(head, lines.slice(1), fault);
}

export function recordingText(key: RecordingText, ...parts: (string | number | Text)[]): Text {
	return worded(RECORDING_TEXTS[key], parts);
}

type Fault = (key: RecordingText, ...parts: (string | number)[]) => Trouble;
type Fields = Readonly<Record<string, unknown>>;

interface GrowingLife extends RecordedLife {
	readonly settings: RecordedSettings[];
	readonly inputs: RecordedInput[];
	readonly levels: RecordedLevel[];
}

function read(head: Fields, lines: readonly string[], fault: Fault): Recording {
	const lives: GrowingLife[] = [];
	lines.forEach((line, index) => {
		const entry = objectIn(line);
		const life = lives.at(-1);
		const wrong = () => fault("badLine", index + 2);
		if (isObject(entry?.life)) lives.push(lifeOf(entry.life, wrong));
		else if (!life) throw wrong();
		else if (isEntry(entry?.settings) && isObject(entry.settings.values))
			life.settings.push(entry.settings as unknown as RecordedSettings);
		else if (isEntry(entry?.input) && typeof entry.input.input === "string")
			life.inputs.push(entry.input as unknown as RecordedInput);
		else if (
			isEntry(entry?.level) &&
			typeof entry.level.level === "number" &&
			typeof entry.level.who === "string"
		)
			life.levels.push(entry.level as unknown as RecordedLevel);
		else throw wrong();
	});
	const texts = ["serial", "site", "node", "hardware", "swVersion"] as const;
	const isWhole = texts.every((name) => typeof head[name] === "string");
	if (!isWhole || typeof head.saved !== "number" || lives.length === 0) throw fault("badLine", 1);
	const { serial, site, node, hardware, swVersion, saved } = head as unknown as Recording;
	const isBlurred = head.isBlurred !== false;
	return { serial, site, node, hardware, swVersion, saved, isBlurred, lives };
}

function lifeOf(entry: Fields, wrong: () => Trouble): GrowingLife {
	const { life, powerCause, began, until_ms, state } = entry;
	const numbers = [life, began, until_ms].every((each) => typeof each === "number");
	if (!numbers || !isEntry(state)) throw wrong();
	const lists = { settings: [], inputs: [], levels: [] };
	return {
		life: life as number,
		began: began as number,
		until_ms: until_ms as number,
		powerCause: String(powerCause),
		state: state as unknown as RecordedState,
		...lists,
	};
}

function isObject(value: unknown): value is Fields {
	return typeof value === "object" && value !== null;
}

function isEntry(value: unknown): value is Fields {
	return isObject(value) && typeof value.at_ms === "number" && value.at_ms >= 0;
}

function objectIn(line: string): Fields | undefined {
	try {
		const value: unknown = JSON.parse(line);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** FNV-1a, 32 bits, over the UTF-16 units: against damage, not against people. */
function sumOf(text: string): string {
	let sum = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
	return (sum >>> 0).toString(16).padStart(8, "0");
}

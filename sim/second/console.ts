/**
 * Console: typed bytes become lines, lines become commands; login, and the waits after wrong guesses.
 *
 * Follows docs/console.md, The secret, Keys, Plain mode; docs/light.md, At the pole. What a command does
 * to light, settings and time is in facts.ts.
 */
import { pbkdf2 } from "@noble/hashes/pbkdf2";
import { sha256 } from "@noble/hashes/sha2";

export interface ConsoleState {
	/** `1 ROUNDS SALT DIGEST`, or behind `plain ` a secret that was typed; empty: the lamp has none. */
	secret: string;
	isOpen: boolean;
	isPlain: boolean;
	line: number[];
	cursor: number;
	/** Bytes were lost or too many: all is discarded up to the next Return. */
	isDiscarding: boolean;
	wasReturn: boolean;
	/** What came of an escape sequence. */
	escape: string;
	history: string[];
	recalled: number;
	/** Lines that wait to be run. */
	lines: string[];
	/** Commands that ran since the last decision, and the earliest instant of the next. */
	ran: number;
	nextAt: number;
	/** After a wrong guess; `kept`: the one to be stored with a guess. */
	wait: number;
	kept: number;
	guessAt: number;
	lastByteAt: number;
	/** Counts what is typed after a login, over all sessions of a life. */
	count: number;
	/** Lines that follow belong to a command: until the line that ends it. */
	swallow: "none" | "import" | "pem" | "one" | "secret" | "secretAgain";
	/** The next key ends an answer that goes on, and is no part of a line. */
	isWatching: boolean;
	/** As the lamp told: how many commands have run, and whether an answer is printed. */
	told: { commands: number; isAnswering: boolean };
	proposed: string;
}

export function freshConsole(secret: string, kept: number, now: number): ConsoleState {
	return {
		secret,
		isOpen: false,
		isPlain: false,
		line: [],
		cursor: 0,
		isDiscarding: false,
		wasReturn: false,
		escape: "",
		history: [],
		recalled: 0,
		lines: [],
		ran: 0,
		nextAt: now,
		wait: kept,
		kept,
		guessAt: now + kept,
		lastByteAt: now,
		count: 0,
		swallow: "none",
		isWatching: false,
		told: { commands: 0, isAnswering: false },
		proposed: "",
	};
}

const IDLE = 600_000;
const LINE_BYTES = 400;
const HISTORY = 8;

/** Takes bytes of the line; whole lines wait in `lines`. */
export function type(state: ConsoleState, bytes: Uint8Array, isLost: boolean, now: number): void {
	if (now - state.lastByteAt >= IDLE) leave(state);
	state.lastByteAt = now;
	const isKey = state.isWatching && bytes.length > 0;
	if (isKey) state.isWatching = false;
	for (const byte of isKey ? bytes.subarray(1) : bytes) typeByte(state, byte);
	if (isLost) discard(state);
}

/** The technician is logged out; a trial stands, a copy that was not applied goes (facts.ts). */
export function leave(state: ConsoleState): void {
	state.isOpen = false;
	state.isPlain = false;
	state.history = [];
	state.swallow = "none";
	state.isWatching = false;
	clearLine(state);
}

function discard(state: ConsoleState): void {
	state.isDiscarding = true;
	clearLine(state);
}

function clearLine(state: ConsoleState): void {
	state.line = [];
	state.cursor = 0;
	state.escape = "";
}

function typeByte(state: ConsoleState, byte: number): void {
	const wasReturn = state.wasReturn;
	state.wasReturn = byte === 13;
	if (byte === 13 || byte === 10) {
		if (byte === 10 && wasReturn) return;
		if (state.isDiscarding) state.isDiscarding = false;
		else endLine(state);
		clearLine(state);
		return;
	}
	if (byte === 3) {
		state.isDiscarding = false;
		state.swallow = "none";
		clearLine(state);
		return;
	}
	if (state.isDiscarding) return;
	if (state.escape !== "" || byte === 27) {
		typeEscape(state, byte);
		return;
	}
	switch (byte) {
		case 8:
		case 127:
			if (state.cursor > 0) state.line.splice(--state.cursor, 1);
			return;
		case 21:
			clearLine(state);
			return;
		case 1:
			state.cursor = 0;
			return;
		case 5:
			state.cursor = state.line.length;
			return;
	}
	if (byte < 32) return;
	state.line.splice(state.cursor++, 0, byte);
	if (state.line.length > LINE_BYTES) discard(state);
}

function typeEscape(state: ConsoleState, byte: number): void {
	state.escape += String.fromCharCode(byte);
	const sequence = state.escape.slice(1);
	if (sequence === "" || sequence === "[" || sequence === "O" || /^\[[0-9;]*$/.test(sequence))
		return;
	state.escape = "";
	switch (sequence.slice(1)) {
		case "A":
			recall(state, 1);
			break;
		case "B":
			recall(state, -1);
			break;
		case "C":
			state.cursor = Math.min(state.line.length, state.cursor + 1);
			break;
		case "D":
			state.cursor = Math.max(0, state.cursor - 1);
			break;
		case "H":
		case "1~":
		case "7~":
			state.cursor = 0;
			break;
		case "F":
		case "4~":
		case "8~":
			state.cursor = state.line.length;
			break;
		case "3~":
			state.line.splice(state.cursor, 1);
			break;
	}
}

function recall(state: ConsoleState, way: number): void {
	if (!state.isOpen) return;
	const next = state.recalled + way;
	if (next < 0 || next > state.history.length) return;
	state.recalled = next;
	const text = next === 0 ? "" : state.history[state.history.length - next]!;
	state.line = [...new TextEncoder().encode(text)];
	state.cursor = state.line.length;
}

function endLine(state: ConsoleState): void {
	state.recalled = 0;
	let text: string;
	try {
		const bytes = new Uint8Array(state.line);
		text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return;
	}
	state.lines.push(text);
	const hidden = /^\s*(secret|login|set\s+(sitekey|wifipassword|brokerpassword))\b/i;
	if (state.isOpen && text.trim() !== "" && !hidden.test(text)) {
		state.history.push(text);
		if (state.history.length > HISTORY) state.history.shift();
	}
}

/** The form of a secret: 16 to 64 characters of ASCII without space, 6 different ones at least. */
export function isSecretForm(text: string): boolean {
	return /^[!-~]{16,64}$/.test(text) && new Set(text).size >= 6;
}

/** The longest wait after wrong guesses, ms. */
const LONGEST = 60_000;

/** A guess; true: the session is open. */
export function guess(state: ConsoleState, text: string, now: number): boolean {
	if (!isSecretForm(text)) return false;
	if (now < state.guessAt) {
		state.guessAt = now + state.wait;
		return false;
	}
	const longer = state.wait === 0 ? 1000 : Math.min(LONGEST, state.wait * 2);
	state.kept = Math.max(state.kept, longer);
	if (isSecret(state.secret, text)) {
		state.wait = 0;
		state.guessAt = now;
		state.isOpen = true;
		return true;
	}
	state.wait = longer;
	state.guessAt = now + longer;
	return false;
}

/** The wait of this turn's guess could not be stored: in the first minute of a life it is not checked. */
export function refuseGuess(state: ConsoleState, now: number, bootAt: number): void {
	if (now >= bootAt + LONGEST) return;
	state.isOpen = false;
	state.wait = LONGEST;
	state.guessAt = now + LONGEST;
}

function isSecret(record: string, text: string): boolean {
	if (record.startsWith("plain ")) return record.slice(6) === text;
	const found = /^1 ([0-9]{1,4}) ([0-9a-f]{24}) ([0-9a-f]{64})$/.exec(record);
	if (found === null) return false;
	const rounds = Number(found[1]);
	if (rounds < 1 || rounds > 4096) return false;
	const salt = bytesOf(found[2]!);
	const digest = pbkdf2(sha256, text, salt, { c: rounds, dkLen: 32 });
	const wanted = bytesOf(found[3]!);
	return digest.every((byte, n) => byte === wanted[n]);
}

function bytesOf(hex: string): Uint8Array {
	const bytes = new Uint8Array(hex.length / 2);
	for (let n = 0; n < bytes.length; n++) {
		bytes[n] = Number.parseInt(hex.slice(2 * n, 2 * n + 2), 16);
	}
	return bytes;
}

/** The next line that may run now; undefined: none. */
export function nextLine(state: ConsoleState, now: number): string | undefined {
	const [line] = state.lines;
	if (line === undefined || state.ran >= 2 || now < state.nextAt) return undefined;
	const hasRun = state.count >= state.told.commands;
	if (hasRun && (isCommand(state, line) || state.told.isAnswering)) return undefined;
	state.lines.shift();
	if (isCommand(state, line)) {
		state.ran++;
		state.count++;
	}
	return line;
}

/** Whether a line counts as a command: no login, and no line that a command before it asked for. */
function isCommand(state: ConsoleState, line: string): boolean {
	const text = line.trim();
	if (text === "" || state.swallow !== "none") return false;
	return state.isOpen || isOfNewLamp(state, text);
}

/** Commands that a lamp without a secret runs before the session is open. */
export function isOfNewLamp(state: ConsoleState, text: string): boolean {
	const [word] = text.split(/\s+/);
	return state.secret === "" && ["help", "?", "status", "language"].includes(word!);
}

/** A turn is over: what waits follows 5 ms later. */
export function endConsoleTurn(state: ConsoleState, now: number): void {
	if (state.lines.length > 0 && state.ran >= 2) state.nextAt = now + 5;
	state.ran = 0;
}

export function consoleDueAt(state: ConsoleState): number {
	return state.lines.length > 0 ? state.nextAt : Number.POSITIVE_INFINITY;
}

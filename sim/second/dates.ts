/**
 * Dates: the clock, the witnesses of its date, which dates are accepted, and the date that is certainly
 * past.
 *
 * Follows docs/light.md, The date: Which date counts, Which date is accepted, Witnesses, A date that is
 * certainly past, The clock of the program; docs/broker.md, clock/question.
 */
import type { PowerCause } from "../../src/host.js";
import { member, parseObject } from "./json.js";
import { textOf } from "./mqtt.js";
import { firstMidnight, sunNight } from "./sun.js";

export type Source = "server" | "city" | "typed" | "kept" | "chip";

export interface Clock {
	readonly utc: number;
	readonly at: number;
	/** When it was set. */
	readonly error: number;
	readonly source: Source;
}

export interface WitnessWord {
	readonly who: "city" | "technician" | "photocell";
	readonly utc: number;
	readonly at: number;
	readonly error: number;
	/** Error of the clock when it spoke. */
	readonly clockError: number;
	/** Of the photocell: the kind of its last edge. */
	readonly edge: "dusk" | "dawn" | undefined;
}

/** A row of answers of time servers that agree; measured from the first. */
interface Row {
	readonly utc: number;
	readonly at: number;
	readonly count: number;
}

export interface DatesState {
	clock: Clock | undefined;
	witness: WitnessWord | undefined;
	/** The certain date in use; undefined: none is stored. */
	certain: number | undefined;
	/** The same as it is to be written to flash. */
	certainToStore: number | undefined;
	/** Row of answers before the certain date, and of answers that are held. */
	early: Row | undefined;
	held: Row | undefined;
	question: { readonly nonce: string; readonly at: number } | undefined;
	/** The photocell's output, doubts taken into account. */
	output: "unknown" | "day" | "night";
	/** The clock jumped, or has its first date, since the last decision. */
	hasJumped: boolean;
	/** The earliest date that the host permits. */
	earliest: number;
}

const DAY = 86_400_000;
const YEAR_2023 = Date.UTC(2023, 0, 1);
const YEAR_2070 = Date.UTC(2070, 0, 1);
/** The day of the firmware's version. */
export const FIRMWARE_DATE = Date.UTC(2026, 10, 24);
const SERVER_ERROR = 500;
const TYPED_ERROR = 120_000;
const KEPT_UNKNOWN = 60_480;
const CHIP_UNKNOWN = 3_153_600;
const TWO_EDGES = 5_520_000;
const ONE_EDGE = 43_200_000;

export function freshDates(): DatesState {
	return {
		clock: undefined,
		witness: undefined,
		certain: undefined,
		certainToStore: undefined,
		early: undefined,
		held: undefined,
		question: undefined,
		output: "unknown",
		hasJumped: false,
		earliest: FIRMWARE_DATE,
	};
}

/** What a crystal may have drifted in a span, ms. */
export function drift(span: number): number {
	return Math.ceil(span * 0.0001);
}

export function clockUtc(state: DatesState, now: number): number | undefined {
	return state.clock === undefined ? undefined : state.clock.utc + (now - state.clock.at);
}

export function clockError(state: DatesState, now: number): number {
	if (state.clock === undefined) return Number.POSITIVE_INFINITY;
	return state.clock.error + drift(now - state.clock.at);
}

export function isSynchronised(state: DatesState, now: number): boolean {
	const { clock } = state;
	if (clock === undefined || (clock.source !== "server" && clock.source !== "city")) return false;
	return now - clock.at < DAY;
}

function witnessUtc(word: WitnessWord, now: number): number {
	return word.utc + (now - word.at);
}

/** The date that counts for darkness and the age of orders, with its error. */
export function dateThatCounts(
	state: DatesState,
	now: number,
): { readonly utc: number; readonly error: number } | undefined {
	const { witness } = state;
	if (witness !== undefined) {
		return { utc: witnessUtc(witness, now), error: witness.error + drift(now - witness.at) };
	}
	const utc = clockUtc(state, now);
	return utc === undefined ? undefined : { utc, error: Number.POSITIVE_INFINITY };
}

/** The date that is certainly past. */
export function pastDate(state: DatesState, now: number): number {
	let past = Math.max(state.earliest, state.certain ?? Number.NEGATIVE_INFINITY);
	const { witness } = state;
	if (witness?.who === "city") {
		past = Math.max(past, witnessUtc(witness, now) - witness.error - drift(now - witness.at));
	}
	return past;
}

/** From which instant on `pastDate` is `utc` or later; Infinity: time alone does not bring it. */
export function pastFrom(state: DatesState, utc: number, now: number): number {
	const { witness } = state;
	if (witness?.who !== "city") return Number.POSITIVE_INFINITY;
	let at = witness.at + (utc - witness.utc + witness.error);
	if (at <= now) return now;
	at += drift(at - witness.at);
	return Math.ceil(at) + 1;
}

/** The clock agrees with a witness. */
export function agrees(state: DatesState, now: number): boolean {
	const { clock, witness } = state;
	if (clock === undefined || witness === undefined) return false;
	const own = witness.who === "photocell" ? witness.clockError : witness.error;
	const most = own + drift(now - witness.at) + clockError(state, now) + 60_000;
	return Math.abs(clockUtc(state, now)! - witnessUtc(witness, now)) <= most;
}

/** A life begins with a clock that ran on, or with a chip. */
export function bootDates(
	stored: number | undefined,
	earliest: number | undefined,
	wallClock: number | undefined,
	cause: PowerCause,
	now: number,
): DatesState {
	const state = freshDates();
	state.certain = stored;
	state.certainToStore = stored;
	state.earliest = earliest ?? FIRMWARE_DATE;
	if (wallClock === undefined || !isPossible(state, wallClock)) return state;
	if (stored !== undefined && wallClock < stored) return state;
	const isChip = cause === "powerOn" || cause === "brownout";
	const unknown = isChip ? CHIP_UNKNOWN : KEPT_UNKNOWN;
	const error = stored === undefined ? unknown : SERVER_ERROR + drift(wallClock - stored);
	state.clock = { utc: wallClock, at: now, error, source: isChip ? "chip" : "kept" };
	state.hasJumped = true;
	return state;
}

function isPossible(state: DatesState, utc: number): boolean {
	return utc >= Math.max(state.earliest, YEAR_2023) && utc < YEAR_2070;
}

/** A time server's answer. */
export function hearServer(state: DatesState, utc: number, now: number): void {
	if (!isPossible(state, utc)) return;
	const { witness } = state;
	if (witness?.who === "city") {
		const most = witness.error + drift(now - witness.at) + 60_000;
		if (Math.abs(utc - witnessUtc(witness, now)) > most) return;
	}
	if (state.certain !== undefined && utc < state.certain) {
		if (utc < FIRMWARE_DATE) return;
		state.early = rowWith(state.early, utc, now);
		if (state.early.count < 6 || now - state.early.at < DAY) return;
		setCertain(state, utc, 0);
	}
	const before = clockUtc(state, now);
	let jump = 0;
	if (before !== undefined && Math.abs(utc - before) > clockError(state, now) + SERVER_ERROR) {
		jump = utc - before;
	}
	if (Math.abs(jump) > 900_000) {
		state.held = rowWith(state.held, utc, now);
		if (state.held.count < 2 || now - state.held.at < 60_000) return;
	}
	state.early = undefined;
	state.held = undefined;
	state.clock = { utc, at: now, error: SERVER_ERROR, source: "server" };
	if (before === undefined || jump !== 0) state.hasJumped = true;
	const isVouched = witness !== undefined && witness.who !== "photocell" && agrees(state, now);
	if (jump === 0 && isVouched) raiseCertain(state, utc, SERVER_ERROR);
}

function rowWith(row: Row | undefined, utc: number, now: number): Row {
	if (row !== undefined) {
		const difference = Math.abs(utc - now - (row.utc - row.at));
		if (difference <= 1000 + drift(now - row.at)) return { ...row, count: row.count + 1 };
	}
	return { utc, at: now, count: 1 };
}

/** The certain date, used at once; in flash a worse one is as much earlier as a clock needs to drift. */
function setCertain(state: DatesState, utc: number, error: number): void {
	state.certain = utc;
	state.certainToStore = utc - Math.max(0, error - SERVER_ERROR) * 10_000;
}

/** It rises at most once a day. */
function raiseCertain(state: DatesState, utc: number, error: number): void {
	if (state.certain !== undefined && utc < state.certain + DAY) return;
	setCertain(state, utc, error);
}

/** A message on clock/answer. */
export function hearAnswer(
	state: DatesState,
	payload: Uint8Array,
	isRetained: boolean,
	now: number,
): void {
	const { question } = state;
	if (isRetained || question === undefined || now - question.at > 30_000) return;
	const text = textOf(payload);
	if (text === undefined) return;
	const parsed = parseObject(text, () => true);
	if ("fault" in parsed || parsed.object.members.length !== 2) return;
	const utc = member(parsed.object, "utc_ms");
	if (member(parsed.object, "nonce") !== question.nonce) return;
	if (typeof utc !== "number" || !Number.isInteger(utc)) return;
	state.question = undefined;
	const half = Math.ceil((now - question.at) / 2);
	hearCity(state, utc + half, half, now);
}

function hearCity(state: DatesState, utc: number, error: number, now: number): void {
	if (!isPossible(state, utc)) return;
	const before = clockUtc(state, now);
	const difference = before === undefined ? undefined : Math.abs(utc - before);
	const tolerance = error + clockError(state, now);
	const isKept = isSynchronised(state, now) && difference! <= tolerance;
	if (!isKept) {
		state.clock = { utc, at: now, error, source: "city" };
		if (difference === undefined || difference > tolerance + 1500) state.hasJumped = true;
	}
	state.witness = {
		who: "city",
		utc,
		at: now,
		error,
		clockError: clockError(state, now),
		edge: undefined,
	};
	const isEarlier = state.certain !== undefined && utc < state.certain;
	if (isEarlier || (!isKept && error > SERVER_ERROR)) setCertain(state, utc - error, error);
	else raiseCertain(state, utc - error, error);
}

/** A date typed at the pole; what the console answers. */
export function hearTyped(
	state: DatesState,
	utc: number,
	isConfirmed: boolean,
	now: number,
): "accepted" | "unconfirmed" | "impossible" {
	if (!isPossible(state, utc)) return "impossible";
	const before = clockUtc(state, now);
	let isKept = false;
	if (isSynchronised(state, now)) {
		isKept = Math.abs(utc - before!) <= TYPED_ERROR + clockError(state, now);
		if (!isKept && !isConfirmed) return "unconfirmed";
	}
	if (!isKept) {
		if (before === undefined || before !== utc) state.hasJumped = true;
		state.clock = { utc, at: now, error: TYPED_ERROR, source: "typed" };
		setCertain(state, utc - TYPED_ERROR, TYPED_ERROR);
	}
	state.witness = {
		who: "technician",
		utc,
		at: now,
		error: TYPED_ERROR,
		clockError: clockError(state, now),
		edge: undefined,
	};
	return "accepted";
}

/** Where the lamp stands, and what of its settings and learning the photocell's word needs. */
export interface Surroundings {
	readonly latitude: number;
	readonly longitude: number;
	readonly isAlwaysSupplied: boolean;
	/** Undefined: fewer than three nights are learnt. */
	readonly usualNight: number | undefined;
}

/** The photocell's output in a turn; an edge may make it a witness. */
export function hearOutput(
	state: DatesState,
	output: DatesState["output"],
	around: Surroundings,
	now: number,
): void {
	const before = state.output;
	state.output = output;
	if (before === output || before === "unknown" || output === "unknown") return;
	if (!around.isAlwaysSupplied || state.clock === undefined) return;
	const last = state.witness;
	if (last !== undefined && last.who !== "photocell") return;
	const utc = clockUtc(state, now)!;
	const edge = output === "night" ? "dusk" : "dawn";
	const isAgreed = agrees(state, now);
	if (last !== undefined && last.error === TWO_EDGES && isAgreed) return;
	if (last !== undefined && Math.abs(utc - witnessUtc(last, now)) > 43_200_000) return;
	const { latitude, longitude } = around;
	const nearest = firstMidnight(utc - DAY / 2 + 1, longitude);
	const night = sunNight(nearest, latitude, longitude, -2.7);
	const passage = edge === "dusk" ? night.down : night.up;
	if (passage === undefined || Math.abs(utc - passage) > 1_800_000) return;
	if (last === undefined && around.usualNight !== undefined) {
		const next = sunNight(firstMidnight(utc, longitude), latitude, longitude, -2.7);
		if (next.down === undefined || next.up === undefined) return;
		if (Math.abs(next.up - next.down - around.usualNight) > 5_400_000) return;
	}
	const isSecond = last !== undefined && last.edge !== edge && isAgreed;
	state.witness = {
		who: "photocell",
		utc,
		at: now,
		error: isSecond ? TWO_EDGES : ONE_EDGE,
		clockError: clockError(state, now),
		edge,
	};
}

/** A conflict of a clock that agrees with the photocell, and another place, withdraw its word. */
export function withdrawPhotocell(state: DatesState): void {
	if (state.witness?.who === "photocell") state.witness = undefined;
}

/**
 * Neighbours: what light the movements at other poles ask for, and until when.
 *
 * Follows docs/light.md, Neighbours: What a movement leaves behind, Until when it lights.
 */
import {
	accept,
	type Datagram,
	freshGate,
	type GateState,
	keyOf,
	type RowPlace,
} from "./datagram.js";
import type { AllValues } from "./settings.js";

/** The latest movement of a place, and the one before it. */
interface Movements {
	readonly latest: number;
	readonly before: number;
}

export interface RowState {
	/** Undefined: the lamp takes no part. */
	place: RowPlace | undefined;
	key: Uint8Array;
	site: Uint8Array;
	gate: GateState;
	/** By place, -6 to 6. */
	movements: Record<string, Movements>;
	/** Light is asked for until this instant. */
	until: number;
	/** An arrival that is expected. */
	expected: { readonly place: number; readonly begin: number; readonly until: number } | undefined;
	/** Movements of the lamp itself, which are kept after the light of their turn. */
	own: number[];
}

const REACH = 6;
/** A movement is new if it is more than this later than the latest of its place, ms. */
const NEW = 2000;

export function freshRow(now: number): RowState {
	return {
		place: undefined,
		key: new Uint8Array(0),
		site: new Uint8Array(0),
		gate: freshGate(now),
		movements: {},
		until: Number.NEGATIVE_INFINITY,
		expected: undefined,
		own: [],
	};
}

/** The lamp's place by the settings; another one forgets everything. */
export function configureRow(state: RowState, settings: AllValues, now: number): void {
	const sensing = settings.sensing!;
	const next: RowPlace = {
		group: sensing.neighbourGroup as number,
		pole: sensing.poleNumber as number,
		side: sensing.poleSide as number,
		spacing: sensing.poleSpacing as number,
		siteKey: sensing.siteKey as string,
		site: settings.identity!.site as string,
	};
	const isPart = next.group !== 0 && next.siteKey !== "";
	const before = state.place;
	if (!isPart && before === undefined) return;
	if (isPart && before !== undefined && JSON.stringify(before) === JSON.stringify(next)) return;
	Object.assign(state, freshRow(now));
	if (!isPart) return;
	const keys = keyOf(next);
	state.place = next;
	state.key = keys.key;
	state.site = keys.site;
}

/** A datagram was read. */
export function hearDatagram(
	state: RowState,
	settings: AllValues,
	bytes: Uint8Array,
	now: number,
): void {
	if (state.place === undefined) return;
	const datagram = accept(state.gate, state.place, state.key, state.site, bytes, now);
	if (datagram === undefined) return;
	const isNew = datagram.kind === 1 && keep(state, datagram.place, datagram.at);
	light(state, settings, datagram, isNew, now);
}

/** Keeps a movement if it is new there. */
function keep(state: RowState, place: number, at: number): boolean {
	const known = state.movements[place];
	const latest = known?.latest ?? Number.NEGATIVE_INFINITY;
	if (!(at > latest + NEW)) return false;
	state.movements[place] = { latest: at, before: latest };
	return true;
}

/** The lamp's own movements of the turn, after its light. */
export function keepOwn(state: RowState, isTrusted: boolean): void {
	for (const at of state.own) if (isTrusted && state.place !== undefined) keep(state, 0, at);
	state.own = [];
}

function light(
	state: RowState,
	settings: AllValues,
	datagram: Datagram,
	isNew: boolean,
	now: number,
): void {
	const sensing = settings.sensing!;
	const autoClear = (sensing.autoClear as number) * 1000;
	const lightAhead = (sensing.lightAhead as number) * 1000;
	const spacing = state.place!.spacing;
	const place = datagram.place;
	const distance = Math.abs(place);
	const away = place === 0 ? [] : paces(state, place, Math.sign(place), spacing);
	const fast = Math.min(...away);
	const slow = Math.max(...away);
	let until = Number.NEGATIVE_INFINITY;
	if (distance === 0 || sensing.neighbourMode === "row") until = now + autoClear;
	else if (away.length > 0) {
		if ((distance - 1) * fast <= lightAhead) {
			until = Math.min(now + autoClear, now + (distance + 0.5) * slow);
		}
	} else if (distance <= (sensing.neighbourBubble as number)) {
		const near = paces(state, place, -Math.sign(place), spacing);
		if (near.length === 0) until = now + autoClear;
	}
	if (until > now) {
		state.until = Math.max(state.until, Math.ceil(until));
		return;
	}
	if (place === 0 || away.length === 0) return;
	const latest = state.movements[place]?.latest ?? Number.NEGATIVE_INFINITY;
	const arrival = Math.max(latest, now - fast) + distance * fast;
	const begin = arrival - lightAhead;
	if (!(begin > now && begin < now + autoClear)) return;
	const noted = state.expected;
	const isReplaced = noted !== undefined && !isNew && noted.place === place;
	if (noted !== undefined && noted.begin < begin && !isReplaced) return;
	const end = Math.min(now + autoClear, arrival + (arrival - now) / distance / 2);
	state.expected = { place, begin, until: end };
}

/** Times from pole to pole, by movements on one side (`direction`) of `place`. */
function paces(state: RowState, place: number, direction: number, spacing: number): number[] {
	const there = state.movements[place];
	if (there === undefined) return [];
	const found: number[] = [];
	for (let other = place + direction; Math.abs(other) <= REACH; other += direction) {
		const latest = state.movements[other]?.latest;
		if (latest !== undefined && latest > there.before) {
			const poles = Math.abs(other - place);
			const pace = (there.latest - latest) / poles;
			const fromBefore = (latest - there.before) / poles;
			if (isPossible(pace, spacing) && !isPossible(fromBefore, spacing)) found.push(pace);
		}
	}
	return found;
}

function isPossible(pace: number, spacing: number): boolean {
	return pace * 40 >= 1000 * spacing && pace * 0.7 <= 1000 * spacing;
}

/** An expected arrival whose begin has come asks for light. */
export function expect(state: RowState, now: number): void {
	const { expected } = state;
	if (expected === undefined || now < expected.begin) return;
	state.expected = undefined;
	if (expected.until > now) state.until = Math.max(state.until, Math.ceil(expected.until));
}

export function rowDueAt(state: RowState, now: number): number {
	const begin = state.expected?.begin ?? Number.POSITIVE_INFINITY;
	const end = state.until > now ? state.until : Number.POSITIVE_INFINITY;
	return Math.min(begin, end);
}

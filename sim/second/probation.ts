/**
 * Probation: which settings are in force: stored ones, a trial at the pole, a revision, a probation.
 *
 * Follows docs/light.md, Settings: A revision (collection, in force), Probation, A trial at the pole;
 * docs/broker.md, settings/reported.
 */
import {
	type AllValues,
	areEqual,
	brokenRule,
	mergeDesired,
	readDesired,
	sectionNamed,
	standardSettings,
	type Values,
	type Why,
} from "./settings.js";
import { SECTION_NAMES } from "./settingtable.js";

export interface Probation {
	/** The settings that return if these fail. */
	readonly before: AllValues;
	readonly beforeRevision: number;
	/** Of the revision on probation; undefined: it came from the pole or an order. */
	readonly revision: number | undefined;
	/** Sections that were changed. */
	readonly sections: readonly string[];
	/** The network must come up, not a session. */
	readonly isOfNetwork: boolean;
	/** Instant of this life at which it began, or the boot. */
	readonly since: number;
	readonly endsAt: number;
	/** Boots since it began. */
	readonly boots: number;
}

/** What flash has of settings. */
export interface StoredSettings {
	values: AllValues;
	revision: number;
	/** The highest revision that was reverted. */
	reverted: number;
	drifted: Record<string, boolean>;
	/** Sections whose last change was reverted. */
	taken: Record<string, boolean>;
	probation: Probation | undefined;
}

interface Collection {
	readonly revision: number;
	readonly count: number;
	readonly since: number;
	/** By section; the first that came is the first. */
	sections: Record<string, Values>;
}

export interface SettingsState extends StoredSettings {
	/** The revision refused last in this life, unless for want of storage. */
	refused: number | undefined;
	rejection:
		| { readonly section: string; readonly revision: number | undefined; readonly why: string }
		| undefined;
	collection: Collection | undefined;
	/** A whole revision that is put in force after the decision. */
	complete: boolean;
	/** Edited at the pole. */
	candidate: AllValues | undefined;
	trial: { readonly values: AllValues; readonly endsAt: number } | undefined;
	/** Counts each change of the settings in force. */
	count: number;
}

export function freshStored(): StoredSettings {
	return {
		values: standardSettings(),
		revision: 0,
		reverted: 0,
		drifted: {},
		taken: {},
		probation: undefined,
	};
}

/** What of the settings is in flash once it is written. */
export function storedOf(state: SettingsState): StoredSettings {
	const { values, revision, reverted, drifted, taken, probation } = state;
	return { values, revision, reverted, drifted: { ...drifted }, taken: { ...taken }, probation };
}

export function inForce(state: SettingsState): AllValues {
	return state.trial?.values ?? state.values;
}

const PROBATION = 600_000;
const TRIAL = 600_000;
const COLLECTION = 600_000;

function spreadOf(values: AllValues): number {
	return (values.link!.reconnectSpread as number) * 1000;
}

/** The settings of a life that begins. */
export function bootSettings(stored: StoredSettings, count: number, now: number): SettingsState {
	const { probation } = stored;
	return {
		...stored,
		drifted: { ...stored.drifted },
		taken: { ...stored.taken },
		probation:
			probation === undefined
				? undefined
				: {
						...probation,
						since: now,
						endsAt: now + spreadOf(stored.values) + PROBATION,
						boots: probation.boots + 1,
					},
		refused: undefined,
		rejection: undefined,
		collection: undefined,
		complete: false,
		candidate: undefined,
		trial: undefined,
		count: count + 1,
	};
}

/** Why a write to flash is refused in this turn; undefined: it is not. */
export interface Flash {
	readonly hasCredit: boolean;
	/** Keys whose write failed in this turn. */
	readonly failed: readonly string[];
	/** Keys of all writes of this turn: there was credit for them. */
	readonly written: readonly string[];
}

/** A section of a revision arrived. Returns the sections that are to be reported. */
export function hearSection(
	state: SettingsState,
	name: string,
	payload: Uint8Array,
	flash: Flash,
	now: number,
): readonly string[] {
	const section = sectionNamed(name);
	if (section === undefined || payload.length === 0) return [];
	const desired = readDesired(section, payload);
	if ("reason" in desired) return refuse(state, name, desired);
	const { revision, count } = desired;
	const collected = state.collection;
	if (collected !== undefined && revision < collected.revision) return [];
	if (revision <= state.revision || revision <= state.reverted) return [];
	if (revision === state.refused) return [];
	const kept = keep(state);
	if (kept.length > 0 && flash.failed.includes("bank")) {
		const words = "bank has to wait: the settings before are still kept";
		return [...kept, ...refuse(state, name, { reason: "storeFailure", words })];
	}
	if (state.collection === undefined || revision > state.collection.revision) {
		state.collection = { revision, count, since: now, sections: {} };
	}
	const collection = state.collection;
	const most = Math.max(2_147_483_647, state.revision + 100_000_000);
	const fault = (reason: string, words: string) => [
		...kept,
		...refuse(state, name, { reason, words: `${name} ${words}` }),
	];
	if (revision > most) return fault("outOfRange", `needs a revision, ${most} at most`);
	if (count !== collection.count) return fault("malformed", "has another count");
	const merged = mergeDesired(section, desired, state.values[name]!);
	if ("reason" in merged) return [...kept, ...refuse(state, name, merged)];
	if (!areEqual(merged.values, state.values[name]!)) {
		if (!flash.hasCredit && !flash.written.some((key) => key.includes(name))) {
			return fault("storeFailure", "has to wait: the flash was written too often");
		}
		if (flash.failed.some((key) => key.includes(name))) {
			return fault("storeFailure", "could not be stored");
		}
	}
	collection.sections[name] = merged.values;
	if (Object.keys(collection.sections).length === collection.count) state.complete = true;
	return kept;
}

function refuse(state: SettingsState, section: string, why: Why): readonly string[] {
	const revision = state.collection?.revision;
	state.rejection = { section, revision, why: why.words.slice(0, 200) };
	state.refused = why.reason === "storeFailure" ? undefined : revision;
	state.collection = undefined;
	state.complete = false;
	return [section];
}

/** What time alone ends, and a whole revision, after a decision. Returns the sections to report. */
export function settle(
	state: SettingsState,
	isSessionStanding: () => boolean,
	isThirdBoot: boolean,
	flash: Flash,
	now: number,
): readonly string[] {
	const report: string[] = [];
	if (state.complete) report.push(...putInForce(state, flash, now));
	const { collection } = state;
	if (collection !== undefined && now >= collection.since + COLLECTION) {
		const missing = SECTION_NAMES.find((name) => collection.sections[name] === undefined)!;
		report.push(
			...refuse(state, missing, { reason: "malformed", words: `${missing} did not come` }),
		);
	}
	if (state.trial !== undefined && now >= state.trial.endsAt) dropTrial(state);
	if (state.probation !== undefined) {
		if (!state.probation.isOfNetwork && isSessionStanding()) report.push(...keep(state));
		else if (isThirdBoot || now >= state.probation.endsAt) report.push(...takeBack(state));
	}
	return report;
}

function putInForce(state: SettingsState, flash: Flash, now: number): readonly string[] {
	const collection = state.collection!;
	const named = SECTION_NAMES.filter((name) => collection.sections[name] !== undefined);
	const next: AllValues = { ...state.values, ...collection.sections };
	for (const name of named) {
		const rule = brokenRule(name, next[name]!);
		if (rule !== undefined) return refuse(state, named[0]!, { reason: "conflict", words: rule });
	}
	if (flash.failed.includes("bank")) {
		const words = "bank could not be stored";
		return refuse(state, named[0]!, { reason: "storeFailure", words });
	}
	for (const name of named) {
		delete state.drifted[name];
		delete state.taken[name];
	}
	const { rejection } = state;
	const isOver =
		rejection?.revision === undefined
			? named.includes(rejection?.section ?? "")
			: rejection.revision <= collection.revision;
	if (isOver) {
		state.rejection = undefined;
		state.refused = undefined;
	}
	change(state, next, named, collection.revision, now);
	state.revision = collection.revision;
	state.collection = undefined;
	state.complete = false;
	state.trial = undefined;
	state.candidate = undefined;
	return named;
}

/** The stored settings become others; some of them are on probation. */
function change(
	state: SettingsState,
	next: AllValues,
	sections: readonly string[],
	revision: number | undefined,
	now: number,
): void {
	const before = state.probation?.before ?? state.values;
	const beforeRevision = state.probation?.beforeRevision ?? state.revision;
	const needs = probationFor(before, next);
	state.probation =
		needs === undefined
			? undefined
			: {
					before,
					beforeRevision,
					revision,
					sections,
					isOfNetwork: needs === "network",
					since: now,
					endsAt: now + spreadOf(next) + PROBATION,
					boots: 0,
				};
	state.values = next;
	state.count++;
}

const WIFI = ["wifiName", "wifiPassword"];
const BROKER = [
	"root",
	"brokerHost",
	"brokerPort",
	"brokerTls",
	"brokerServerName",
	"brokerUser",
	"brokerPassword",
];

/** Which proof a change of settings needs; undefined: none. */
function probationFor(before: AllValues, next: AllValues): "session" | "network" | undefined {
	const differs = (section: string, names: readonly string[]) =>
		names.some((name) => before[section]![name] !== next[section]![name]);
	const hadBroker = before.link!.brokerHost !== "";
	const hasBroker = next.link!.brokerHost !== "";
	if (hadBroker && hasBroker) {
		const isChanged =
			differs("link", [...WIFI, ...BROKER]) || differs("identity", ["site", "node"]);
		return isChanged ? "session" : undefined;
	}
	if (!hadBroker && !hasBroker && before.link!.wifiName !== "" && differs("link", WIFI)) {
		return "network";
	}
	return undefined;
}

/** The settings on probation are kept. */
export function keep(state: SettingsState): readonly string[] {
	const { probation } = state;
	if (probation === undefined) return [];
	state.probation = undefined;
	return probation.sections;
}

/** The network came up. */
export function hearNetwork(state: SettingsState): readonly string[] {
	return state.probation?.isOfNetwork === true ? keep(state) : [];
}

/** The settings before return, and the revision counts as reverted. */
export function takeBack(state: SettingsState): readonly string[] {
	const { probation } = state;
	if (probation === undefined) return [];
	state.values = probation.before;
	state.revision = probation.beforeRevision;
	if (probation.revision !== undefined) {
		state.reverted = Math.max(state.reverted, probation.revision);
	}
	for (const name of probation.sections) state.taken[name] = true;
	state.probation = undefined;
	state.count++;
	return probation.sections;
}

function dropTrial(state: SettingsState): void {
	if (state.trial === undefined) return;
	state.trial = undefined;
	state.count++;
}

/** The copy that `set` edits. */
export function editable(state: SettingsState): AllValues {
	return state.candidate ?? inForce(state);
}

export function edit(state: SettingsState, section: string, values: Values): void {
	state.candidate = { ...editable(state), [section]: values };
}

/** `apply`: false: nothing to try, or a rule is broken. */
export function apply(state: SettingsState, now: number): boolean {
	const values = state.candidate ?? state.trial?.values;
	if (values === undefined) return false;
	for (const name of SECTION_NAMES) if (brokenRule(name, values[name]!) !== undefined) return false;
	state.trial = { values, endsAt: now + TRIAL };
	state.candidate = undefined;
	state.count++;
	return true;
}

/** `confirm`: the trial is stored, or what is on probation is kept. Returns the sections to report. */
export function confirm(state: SettingsState, now: number): readonly string[] {
	const { trial } = state;
	if (trial === undefined) return keep(state);
	state.trial = undefined;
	return drift(state, trial.values, now);
}

/** Settings that no revision named become the stored ones; a revision that is collected is dropped. */
export function drift(state: SettingsState, next: AllValues, now: number): readonly string[] {
	state.collection = undefined;
	state.complete = false;
	const changed = SECTION_NAMES.filter((name) => !areEqual(next[name]!, state.values[name]!));
	for (const name of changed) {
		state.drifted[name] = true;
		delete state.taken[name];
	}
	change(state, next, changed, undefined, now);
	return changed;
}

/** `revert`: one step back. */
export function revert(state: SettingsState): readonly string[] {
	if (state.candidate !== undefined || state.trial !== undefined) {
		state.candidate = undefined;
		dropTrial(state);
		return [];
	}
	return takeBack(state);
}

/** A section as it is reported, without its values. */
export function reportOf(state: SettingsState, name: string): Readonly<Record<string, unknown>> {
	const isOnProbation = state.probation?.sections.includes(name) === true;
	const settled = state.taken[name] ? "reverted" : state.drifted[name] ? "drift" : "active";
	const report: Record<string, unknown> = {
		revision: state.revision,
		status: isOnProbation ? "probation" : settled,
	};
	const { rejection } = state;
	if (rejection?.section === name) {
		const { revision, why } = rejection;
		report.rejected = revision === undefined ? { why } : { revision, why };
	}
	return report;
}

/** When time alone changes the settings in force, or ends a collection. */
export function settingsDueAt(state: SettingsState): number {
	return Math.min(
		state.trial?.endsAt ?? Number.POSITIVE_INFINITY,
		state.probation?.endsAt ?? Number.POSITIVE_INFINITY,
		state.collection === undefined ? Number.POSITIVE_INFINITY : state.collection.since + COLLECTION,
	);
}

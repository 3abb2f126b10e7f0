/**
 * Lamp: the second lamp itself. It hears, decides in each turn, and says what the light is.
 *
 * Follows docs/light.md, "The frame" ("A turn", "The order within a decision"), "An exception", and
 * "What a change does to the light". The rules of each step are in the file that the step names.
 */
import type { Duty, Percent } from "../../src/units.js";
import { type Decision, decide } from "./arbiter.js";
import { bootLevel } from "./boot.js";
import {
	type Verdict as Cell,
	countedVerdict,
	type Darkness,
	darkness,
	freshSunCache,
	type SunCache,
} from "./dark.js";
import {
	dutyOf,
	layPath,
	type Output,
	outputLinks,
	type Pin,
	pinAt,
	pinRests,
	shareOf,
} from "./duty.js";
import { factsAt, factsDueAt, hearFacts, tellDecision } from "./facts.js";
import { type FactsState, freshFacts } from "./factsstate.js";
import { type Fade, rest, retargeted, shining } from "./fade.js";
import type { Heard, Light, Reply, SecondLamp } from "./heard.js";
import { type InForce, inForceOf, toMillis } from "./inforce.js";
import { limited } from "./levels.js";
import { freshLower, hearAnswer, hearPin, type Lower } from "./lower.js";
import { layNight, lookUp, moveOn, type Night, nextChange } from "./night.js";
import { KINDS } from "./orders.js";
import { ownPart } from "./own.js";
import type { Facts, Link, Ordered, ReplyToFill } from "./parts.js";
import {
	hearMovement,
	hearStillness,
	type Place,
	passTime,
	type Spans,
	sensorRequest,
	settle,
	shownPresence,
	vacate,
} from "./presence.js";
import { type Asked, ask } from "./program.js";
import { freshRelay, hasGoneOut, lights, openIfDue, opensAt, type Relay, waited } from "./relay.js";

/** What was judged elsewhere, as it was told last. */
interface Told {
	photocell: Cell;
	lightDoubt: string | undefined;
	presenceDoubt: string | undefined;
	classesBelow: number;
	cap: number;
	/** Least output of the driver on its bus, per cent. */
	least: number;
	hours: number;
	/** Kinds of work that need light, and until when. */
	work: Record<string, number>;
}

/** The night that is laid, and what it was laid by. */
interface Tonight {
	night: Night;
	count: number;
	isAssumed: boolean;
	isVouched: boolean;
	leastRelight: number;
	/** What the point in force asks for, and what that follows from. */
	asked: Asked | undefined;
	askedPoint: number;
	askedClasses: number;
}

/** A query; `packet`: as which its answer was sent last. */
interface Query extends ReplyToFill {
	readonly packet?: number | undefined;
}

/** A decision that is kept for `explain` with `at`. */
interface Kept {
	readonly at: number;
	readonly reason: string;
	readonly level: number;
	readonly chain: readonly Link[];
	readonly programUntil: number | undefined;
}

export interface LampState {
	facts: FactsState;
	hasBus: boolean;
	/** Own part of 2,000 ms. */
	own: number;
	inForce: InForce;
	told: Told;
	place: Place;
	lower: Lower;
	/** `hold` of the point in force, ms; undefined: the setting. */
	pointHold: number | undefined;
	tonight: Tonight | undefined;
	sun: SunCache;
	dark: Darkness;
	/** The step of a sequence whose level was computed last. */
	sequence: { step: number; level: number } | undefined;
	fade: Fade;
	pin: Pin;
	output: Output;
	relay: Relay;
	/** What the light shows since the last decision. */
	reason: string;
	source: string;
	level: number;
	chain: readonly Link[];
	programUntil: number | undefined;
	history: Kept[];
	/** Thermal cap of the last decision. */
	keptCap: number;
	/** The level that survives a restart; undefined: none. */
	retained: number | undefined;
	hasFailed: boolean;
	/** Something was heard in this turn by which the light decides. */
	isAsked: boolean;
	/** When time alone changes something of the light. */
	due: number;
	/** Queries whose answers wait for their sending, or for its acknowledgement. */
	queries: Query[];
	/** Replies that were sent in this turn: of which id, as which packet. */
	answers: (readonly [id: string, packet: number | undefined])[];
	/** Of the last turn. */
	now: number;
}

function fresh(): LampState {
	const facts = freshFacts();
	const inForce = inForceOf(factsAt(facts, 0).settings, Number.NaN);
	return {
		facts,
		hasBus: false,
		own: 0,
		inForce,
		told: freshTold(0),
		place: { state: "vacant", until: Infinity },
		lower: freshLower(0),
		pointHold: undefined,
		tonight: undefined,
		sun: freshSunCache(),
		dark: { isDark: true, because: "doubt", clockShowsDay: false, changesIn: Infinity },
		sequence: undefined,
		fade: rest(0, 0),
		pin: { at: 0, from: 0, path: [] },
		output: outputOf(inForce, freshTold(0), false),
		relay: freshRelay(),
		reason: "default",
		source: "",
		level: 0,
		chain: [],
		programUntil: undefined,
		history: [],
		keptCap: 100,
		retained: undefined,
		hasFailed: false,
		isAsked: false,
		due: Infinity,
		queries: [],
		answers: [],
		now: 0,
	};
}

function freshTold(hours: number): Told {
	return {
		photocell: "unknown",
		lightDoubt: undefined,
		presenceDoubt: undefined,
		classesBelow: 0,
		cap: 100,
		least: 0,
		hours,
		work: {},
	};
}

function outputOf({ driver }: InForce, { hours, cap, least }: Told, hasBus: boolean): Output {
	return {
		largest: hasBus ? 65_535 : 4_095,
		share: shareOf(driver, hours),
		cap,
		minimum: Math.max(driver.minimumDuty, least),
	};
}

function step(state: LampState, heard: Heard): readonly Reply[] {
	state.isAsked ||=
		heard.kind === "turn" ? heard.now >= changesAt(state) : !SILENT.includes(heard.kind);
	const replies = filled(state, hearFacts(state.facts, heard));
	switch (heard.kind) {
		case "boot":
			boot(state, heard);
			break;
		case "movement":
		case "stillness":
			hearEdge(state, heard.kind === "movement", heard.now);
			break;
		case "answered":
			hearBus(state, heard);
			break;
		case "work":
			state.told.work[heard.source] = heard.until;
			break;
		case "verdict":
			hearVerdict(state, heard);
			break;
		case "sent":
			if (heard.answers !== undefined) state.answers.push([heard.answers, heard.id]);
			break;
		case "failed":
			state.hasFailed = true;
			break;
		case "refused":
			// the retained level could not be read
			if (heard.door === "retained" && state.facts.turns === 0)
				shineAtBoot(state, state.inForce.levels.max, heard.now);
			break;
		case "decided":
			decideLight(state, heard.now, factsAt(state.facts, heard.now));
			break;
		case "turn":
			return [...replies, ...turn(state, heard.now)];
	}
	return replies;
}

function shineAtBoot(state: LampState, level: number, now: number): void {
	state.fade = rest(level, now);
	pinRests(state.pin, now, dutyOf(level, state.output));
	state.relay = freshRelay();
	if (level === 0) hasGoneOut(state.relay, now);
	state.level = level;
}

function boot(state: LampState, heard: Heard & { kind: "boot" }): void {
	const { now } = heard;
	const facts = factsAt(state.facts, now);
	const inForce = inForceOf(facts.settings, facts.settingsCount);
	const max = inForce.levels.max;
	const level = bootLevel(heard.cause, heard.isMemoryKept, state.retained, max);
	state.hasBus = heard.hasBus;
	state.own = Math.floor(ownPart(heard.serial) * 2_000);
	state.inForce = inForce;
	state.told = freshTold(heard.operatingHours);
	if (inForce.isPirFitted) settle(state.place, now + inForce.settleTime);
	else vacate(state.place);
	state.lower = freshLower(now);
	state.pointHold = undefined;
	state.tonight = undefined;
	state.sequence = undefined;
	state.output = outputOf(inForce, state.told, heard.hasBus);
	shineAtBoot(state, level, now);
	state.reason = "default";
	state.source = "";
	state.chain = [];
	state.programUntil = undefined;
	state.history = [];
	state.retained = undefined;
	state.hasFailed = false;
	state.due = now;
	state.queries = [];
	state.answers = [];
	state.now = now;
}

function hearEdge(state: LampState, isActive: boolean, now: number): void {
	const edge = hearPin(state.lower, state.inForce.lowerSensor, isActive);
	if (edge !== undefined) hearMerged(state, edge, now);
}

function hearBus(state: LampState, heard: Heard & { kind: "answered" }): void {
	const { frame, answer, now } = heard;
	const edge = hearAnswer(state.lower, state.inForce.lowerSensor, frame, answer, now);
	if (edge !== undefined) hearMerged(state, edge, now);
}

/** An edge of all movement sensors together. */
function hearMerged(state: LampState, isMoving: boolean, now: number): void {
	const facts = factsAt(state.facts, now);
	const inForce =
		facts.settingsCount === state.inForce.count
			? state.inForce
			: inForceOf(facts.settings, facts.settingsCount);
	if (!state.inForce.isPirFitted) return;
	const spans = spansOf(state, inForce);
	if (isMoving) {
		state.facts.row.own.push(now);
		hearMovement(state.place, now, spans);
	} else hearStillness(state.place, now, spans);
}

function hearVerdict(state: LampState, heard: Heard & { kind: "verdict" }): void {
	switch (heard.name) {
		case "photocell":
			state.told.photocell = heard.value;
			break;
		case "lightDoubt":
			state.told.lightDoubt = heard.value;
			break;
		case "presenceDoubt":
			state.told.presenceDoubt = heard.value;
			break;
		case "classesBelow":
			state.told.classesBelow = heard.value;
			break;
		case "thermalCap":
			state.told.cap = heard.value;
			break;
		case "driverMinimum":
			state.told.least = heard.value;
			break;
		case "operatingHours":
			state.told.hours = heard.value;
			break;
	}
}

function spansOf(state: LampState, inForce: InForce): Spans {
	return {
		hold: state.pointHold ?? inForce.hold,
		linger: inForce.linger,
		clearToBusy: inForce.clearToBusy,
	};
}

/** A reading without a new verdict changes nothing, nor does what the lamp did itself. */
const SILENT: readonly Heard["kind"][] = [
	"illuminance",
	"temperature",
	"sent",
	"stored",
	"refused",
];

/**
 * A turn: the decision, if something has changed or is due, then what follows from it; last the contact
 * opens, if it is due.
 */
function turn(state: LampState, now: number): readonly Reply[] {
	state.now = now;
	if (state.hasFailed) fail(state, now, factsAt(state.facts, now));
	else if (state.isAsked) decideLight(state, now, factsAt(state.facts, now));
	state.isAsked = false;
	const told = { level: state.level as Percent, isDark: state.dark.isDark };
	const replies = filled(state, tellDecision(state.facts, now, told));
	// The contact opens in a turn of its own at this instant, which changes nothing else.
	openIfDue(state.relay, now);
	return [...answered(state), ...replies];
}

/** What was sent in this turn tells of it; so does what is sent again because nobody acknowledged it. */
function answered(state: LampState): readonly Reply[] {
	const { answers, facts } = state;
	const answersNow: Reply[] = [];
	const waiting: Query[] = [];
	for (const query of state.queries) {
		const sent = answers.find(([id]) => id === query.payload.id);
		const packet = sent ? sent[1] : query.packet;
		if (sent) answersNow.push(explained(state, query));
		if (packet === undefined || facts.inFlight.includes(packet)) waiting.push({ ...query, packet });
	}
	state.queries = waiting;
	state.answers = [];
	return answersNow;
}

function decideLight(state: LampState, now: number, facts: Facts): void {
	// A fade whose end has come is over.
	if (state.fade.isUnderWay && now >= state.fade.end) {
		state.fade.isUnderWay = false;
		if (state.fade.target === 0) hasGoneOut(state.relay, now);
	}
	takeSettings(state, now, facts);
	const { inForce, told } = state;
	const { levels } = inForce;

	const verdict = countedVerdict(told.photocell, told.lightDoubt, inForce.isPhotocellFitted);
	state.dark = darkness(verdict, facts.date, inForce.calendar, state.sun);
	const { isDark } = state.dark;
	const asked = programAt(state, facts, verdict);
	const point = isDark && !state.dark.clockShowsDay ? asked : undefined;
	state.pointHold = point?.hold === undefined ? undefined : toMillis(point.hold);
	const override = overrideOf(state, facts);
	passTime(state.place, now, spansOf(state, inForce));

	let blockedUntil = -Infinity;
	for (const source in told.work) {
		const until = told.work[source] ?? 0;
		if (until > now) blockedUntil = Math.max(blockedUntil, until);
	}
	const sensor = sensorRequest(state.place, levels, point?.presence ?? levels.presence, {
		hasEffect: inForce.hasSensorEffect,
		isDoubted: told.presenceDoubt !== undefined && inForce.isPirFitted,
		isBlocked: blockedUntil > now,
		isComing: facts.comingUntil > now,
		isLowerAlone: state.lower.isAlone,
	});
	const isLightsOut = point?.isOut === true && state.tonight?.isVouched === true;
	const decision = decide(
		{
			isDark,
			program:
				facts.program === undefined
					? undefined
					: {
							level: point?.level ?? 0,
							source: point?.source ?? "outside",
							isLightsOut,
						},
			sensor,
			override,
			emergency: facts.emergency,
			ignoresSensors: inForce.ignoresSensorsDuringLightsOut,
		},
		levels,
	);
	const target = state.hasBus
		? decision.level
		: waited(
				state.relay,
				now,
				decision.reason === "program",
				decision.level,
				decision.guaranteed,
				state.own,
			);
	headFor(state, now, target, decision);
	show(state, now, decision, facts);
	state.due = nextDue(state, now, facts, blockedUntil);
}

/** What a change of the settings, of the cap and of the driver's minimum does at once. */
function takeSettings(state: LampState, now: number, facts: Facts): void {
	const hasNewSettings = facts.settingsCount !== state.inForce.count;
	const { cap, least } = state.told;
	const minimum = Math.max(state.inForce.driver.minimumDuty, least);
	const { output } = state;
	if (!hasNewSettings && cap === output.cap && minimum === output.minimum) return;
	if (hasNewSettings) {
		const wasFitted = state.inForce.isPirFitted;
		state.inForce = inForceOf(facts.settings, facts.settingsCount);
		const { isPirFitted, settleTime } = state.inForce;
		if (isPirFitted && !wasFitted) settle(state.place, now + settleTime);
		if (!isPirFitted) vacate(state.place);
		state.output = outputOf(state.inForce, state.told, state.hasBus);
	} else {
		state.output = { ...output, cap, minimum };
	}
	if (state.fade.isUnderWay) layPath(state.pin, now, state.fade, state.output, true);
	else pinRests(state.pin, now, dutyOf(state.fade.target, state.output));
}

/** What the point in force asks for; undefined: before the first point, or no program runs. */
function programAt(state: LampState, facts: Facts, verdict: Cell): Asked | undefined {
	const clock = facts.program;
	if (clock === undefined) {
		state.tonight = undefined;
		return undefined;
	}
	const { inForce, told } = state;
	const isCellInDoubt =
		inForce.isPhotocellFitted &&
		(verdict === "unknown" || verdict === "bright" || told.lightDoubt !== undefined);
	const isRelightLeftOut = !isCellInDoubt && !clock.isAssumed && clock.error <= 900_000;
	const leastRelight = isRelightLeftOut ? inForce.minimumLightsOn : 0;
	const isVouched = facts.isCorroborated && !clock.isAssumed;
	let tonight = state.tonight;
	if (
		tonight === undefined ||
		facts.hasJumped ||
		tonight.count !== inForce.count ||
		tonight.isAssumed !== clock.isAssumed ||
		tonight.leastRelight !== leastRelight ||
		clock.utc >= tonight.night.lastNoon
	) {
		tonight = {
			night: layNight(clock.utc, inForce.calendar, leastRelight),
			count: inForce.count,
			isAssumed: clock.isAssumed,
			isVouched,
			leastRelight,
			asked: undefined,
			askedPoint: -1,
			askedClasses: 0,
		};
		state.tonight = tonight;
	} else if (tonight.isVouched !== isVouched) {
		lookUp(tonight.night, clock.utc);
		tonight.isVouched = isVouched;
		tonight.asked = undefined;
	} else {
		moveOn(tonight.night, clock.utc);
	}
	const { night } = tonight;
	const laid = night.points[night.inForce];
	if (laid === undefined) return undefined;
	const isKnown =
		tonight.asked !== undefined &&
		tonight.askedPoint === night.inForce &&
		tonight.askedClasses === told.classesBelow;
	if (!isKnown) {
		tonight.asked = ask(
			laid.point,
			night.program,
			inForce.levels,
			inForce.calendar.isDefaultText && night.program === "",
			laid.point.level === "out" && isVouched,
			told.classesBelow,
		);
		tonight.askedPoint = night.inForce;
		tonight.askedClasses = told.classesBelow;
	}
	return tonight.asked;
}

/** A running sequence comes first; the level of its step is that of the instant at which it begins. */
function overrideOf(state: LampState, facts: Facts): Ordered | undefined {
	const running = facts.sequence;
	if (running === undefined) {
		state.sequence = undefined;
		return facts.override;
	}
	if (state.sequence?.step !== running.step) {
		const { full, floor } = state.inForce.levels;
		const least = state.dark.isDark ? floor : 0;
		const level = Math.floor(least + running.share * (full - least) + 0.5);
		state.sequence = { step: running.step, level };
	}
	return {
		source: running.source,
		level: state.sequence.level as Percent,
		ramp: running.ramp,
		belowFloor: false,
		inhibitSensors: false,
	};
}

/** Begins a fade or a jump, if the rule of a new fade says so. */
function headFor(state: LampState, now: number, target: number, decision: Decision): void {
	if (target === state.fade.target && !state.fade.isUnderWay) return;
	const level = shining(state.fade, now);
	const { riseTime, fallTime } = state.inForce;
	const isByRamp = decision.ramp !== undefined && level >= decision.guaranteed;
	const time = isByRamp ? (decision.ramp ?? 0) : target > level ? riseTime : fallTime;
	const next = retargeted(state.fade, now, target, time);
	if (next === undefined) return;
	// A share that only followed the hours takes effect with the next fade or jump.
	state.output = { ...state.output, share: shareOf(state.inForce.driver, state.told.hours) };
	if (target > 0) lights(state.relay);
	state.fade = next;
	if (next.isUnderWay) {
		layPath(state.pin, now, next, state.output, false);
	} else {
		pinRests(state.pin, now, dutyOf(target, state.output));
		if (target === 0) hasGoneOut(state.relay, now);
	}
}

function show(state: LampState, now: number, decision: Decision, facts: Facts): void {
	outputLinks(decision.level, state.output, decision.chain);
	const hasChanged =
		state.history.length === 0 ||
		state.reason !== decision.reason ||
		state.source !== decision.source ||
		state.level !== decision.level ||
		state.keptCap !== state.output.cap;
	state.keptCap = state.output.cap;
	state.reason = decision.reason;
	state.source = decision.source;
	state.level = decision.level;
	state.chain = decision.chain;
	state.retained = decision.level;
	state.programUntil = undefined;
	if (facts.program !== undefined && !facts.program.isAssumed && state.tonight !== undefined) {
		const point = nextChange(state.tonight.night);
		const sun = facts.program.utc + state.dark.changesIn;
		state.programUntil = Math.min(point, sun);
	}
	if (!hasChanged) return;
	state.history.push({
		at: Math.floor(now / 100) * 100,
		reason: state.reason,
		level: state.level,
		chain: state.chain,
		programUntil: state.programUntil,
	});
	if (state.history.length > 64) state.history.shift();
}

function nextDue(state: LampState, now: number, facts: Facts, blockedUntil: number): number {
	let due = Math.min(state.place.until, now + state.dark.changesIn);
	if (state.fade.isUnderWay) due = Math.min(due, state.fade.end);
	if (facts.comingUntil > now) due = Math.min(due, facts.comingUntil);
	if (blockedUntil > now) due = Math.min(due, blockedUntil);
	const wait = state.relay.waitsUntil;
	if (wait !== undefined && wait > now) due = Math.min(due, wait);
	if (facts.program !== undefined && state.tonight !== undefined) {
		due = Math.min(due, now + nextChange(state.tonight.night) - facts.program.utc);
	}
	return due;
}

/** An exception ended the decision. */
function fail(state: LampState, now: number, facts: Facts): void {
	state.hasFailed = false;
	takeSettings(state, now, facts);
	const { levels } = state.inForce;
	const chain: Link[] = [{ by: "systemFailure", level: levels.systemFailure }];
	const level = limited(levels.systemFailure, levels, true, false, chain);
	outputLinks(level, state.output, chain);
	state.relay.waitsUntil = undefined;
	lights(state.relay);
	state.fade = rest(level, now);
	pinRests(state.pin, now, dutyOf(level, state.output));
	state.reason = "systemFailure";
	state.source = "";
	state.level = level;
	state.chain = chain;
	state.due = now + 1_000;
}

/** Answers of `explain` tell of the turn in which they are sent; one of the past is answered at once. */
function filled(state: LampState, replies: readonly ReplyToFill[]): readonly Reply[] {
	if (replies.length === 0) return replies;
	const ready: Reply[] = [];
	for (const reply of replies) {
		if (reply.explainAt === "now") state.queries.push(reply);
		else if (reply.explainAt === undefined) ready.push(reply);
		else ready.push(explained(state, reply));
	}
	return ready;
}

function explained(state: LampState, query: ReplyToFill): Reply {
	let found: Kept | undefined;
	if (query.explainAt === "now") {
		const { reason, level, chain, programUntil } = state;
		found = { at: state.now, reason, level, chain, programUntil };
	} else {
		const { reportsPresence } = state.inForce;
		for (const kept of state.history) {
			const isShown = kept.reason !== "sensor" || reportsPresence;
			if (isShown && kept.at <= (query.explainInstant ?? 0)) found = kept;
		}
	}
	if (found === undefined) {
		const id = query.payload.id;
		return {
			topic: query.topic,
			payload: { id, status: "rejected", reason: "notAvailable", field: "at" },
		};
	}
	const until = found.programUntil;
	return {
		topic: query.topic,
		payload: {
			...query.payload,
			level: shown(found.level),
			because: found.reason,
			chain: found.chain
				.slice(0, 10)
				.map((link) =>
					link.source === undefined
						? { by: link.by, level: shown(link.level) }
						: { by: link.by, level: shown(link.level), source: link.source.slice(0, 40) },
				),
			...(until === undefined || until === Infinity
				? {}
				: { programUntil: new Date(Math.floor(until)).toISOString() }),
		},
	};
}

/** One decimal at most. */
function shown(x: number): number {
	return Math.floor(10 * x + 0.5) / 10;
}

function lightAt(state: LampState, now: number): Light {
	return {
		reason: state.reason,
		level: state.level as Percent,
		presence: shownPresence(state.place),
		duty: pinAt(state.pin, now) as Duty,
		fadeEndsAt: state.fade.isUnderWay ? state.fade.end : 0,
		isRelayClosed: state.relay.isClosed,
	};
}

/** When time alone changes something; a turn may come at a fraction of a millisecond. */
function changesAt(state: LampState): number {
	return Math.min(state.due, opensAt(state.relay), factsDueAt(state.facts));
}

function dueAt(state: LampState): number {
	return Math.max(state.facts.now, Math.ceil(changesAt(state))); // what is over already is due at once
}

function explain(state: LampState): string {
	const links = state.chain.map((link) => {
		const source = link.source === undefined ? "" : ` (${link.source})`;
		return `${link.by}${source} ${shown(link.level)} %`;
	});
	const dark = state.dark.isDark ? "dark" : "not dark";
	const night = state.tonight?.night;
	const until = state.fade.isUnderWay ? `, fading until ${state.fade.end} ms` : "";
	const wait = state.relay.waitsUntil;
	const { standing } = state.facts.orders;
	const orders = KINDS.flatMap((kind) => {
		const order = standing[kind];
		if (order === undefined) return [];
		const date = order.endUtc === undefined ? "" : `, ${new Date(order.endUtc).toISOString()}`;
		return [` The ${kind} ${order.id} ends at ${order.endsAt} ms${date}.`];
	});
	return [
		`At ${state.now} ms it is ${dark}, by ${state.dark.because}${state.dark.clockShowsDay ? ", the clock shows day" : ""}.`,
		`${state.reason}: ${links.join(", ")}.`,
		`It heads for ${shown(state.fade.target)} %${until}.`,
		`The place is ${state.place.state} until ${state.place.until} ms.`,
		`The contact is ${state.relay.isClosed ? "closed" : "open"}${wait === undefined ? "" : `, the program waits until ${wait} ms`}.`,
		night === undefined
			? "No program runs."
			: `Night of ${new Date(night.day * 86_400_000).toISOString().slice(0, 10)}, program ${night.program || "program"}: ${night.points
					.map((laid) => `${new Date(laid.at).toISOString()} ${laid.point.level}`)
					.join("; ")}.`,
	]
		.join(" ")
		.concat(...orders);
}

export const secondLamp: SecondLamp<LampState> = {
	fresh,
	step,
	lightAt,
	dueAt,
	explain,
};

/**
 * Test commands: tests of parts of the lamp, each with a verdict on which a technician can act.
 *
 * `pass`: the test succeeded. `fail`: it failed. `unknown`: no result could be observed, and the
 * reason names the part to check. The lamp is tested by the order `selfTest`, as by the operator.
 */
import type { Language } from "../explain/chaintext.js";
import { isJsonRejection, parseObject } from "../json.js";
import type { Millis } from "../units.js";
import { type Answer, LATER } from "./answer.js";
import { type Command, command, type Talk } from "./command.js";
import { usage } from "./lines.js";
import { orderAs } from "./ordercommands.js";
import { member, object } from "./printjson.js";
import { because, say, type TextName, wordOf } from "./texts.js";

type Verdict = "pass" | "unknown" | "fail";
interface Finding {
	readonly part: string;
	readonly verdict: Verdict;
	readonly why: string;
}
/** Called until it returns a finding. */
type Probe = (talk: Talk, now: Millis) => Finding | typeof LATER;

/** The self-test's five steps of 8 s, and some turns (command/levelsequence.ts). */
const SELF_TEST_WAIT: Millis = 45_000;
/** Time to walk to the lamp, past it, and back. */
const WALK_WAIT: Millis = 30_000;
/** Name resolution, connection, TLS, and the broker's answer. */
const BROKER_WAIT: Millis = 30_000;
const PART_COLUMNS = 8;
const WORST: readonly Verdict[] = Object.freeze(["pass", "unknown", "fail"]);
const EVENT_NAMES: readonly string[] = Object.freeze(["id", "failed", "notJudged"]);
/** Parts of the self-test's verdict besides the lamp itself. */
const INNER: readonly string[] = Object.freeze(["store", "heap", "clock"]);

export const TEST: Command = command(
	"test PART",
	"test a part: lamp, pir (walk past it), light, broker, or all",
	"essayer une partie : lamp, pir (passez devant), light, broker, ou all",
	test,
);

function test(rest: string, talk: Talk): Answer {
	const { owner } = talk;
	const broker = () => brokerProbe(talk);
	switch (rest) {
		case "lamp":
			return tried(lampProbes(talk, []), talk);
		case "pir":
			return tried([pirProbe(talk)], talk);
		case "light":
			return tried([light], talk);
		case "broker":
			return tried([broker()], talk);
		case "all":
			return tried([...lampProbes(talk, INNER), pirProbe(talk), light, broker()], talk);
	}
	return usage("test lamp|pir|light|broker|all", owner);
}

/** Reports the probes one after the other; all of them are already running. */
function tried(probes: readonly Probe[], talk: Talk): Answer {
	let worst: Verdict = "pass";
	const each = (print: (finding: Finding) => string) => (index: number, now: Millis) => {
		const probe = probes[index];
		if (!probe) return undefined;
		const finding = probe(talk, now);
		if (finding === LATER) return LATER;
		if (WORST.indexOf(finding.verdict) > WORST.indexOf(worst)) worst = finding.verdict;
		return print(finding);
	};
	const { language } = talk.owner;
	return {
		lines: each(
			({ part, verdict, why }) =>
				`${part.padEnd(PART_COLUMNS)} ${say(language, verdict)}${why === "" ? "" : `, ${why}`}`,
		),
		json: each(({ part, verdict, why }) =>
			object(member("test", part), member("verdict", verdict), member("why", why)),
		),
		end: () => ({
			text: talk.isPlain ? worst : say(language, "verdict", say(language, worst)),
		}),
	};
}

/** The lamp itself, and the parts `inner`, which the self-test checks as well. */
function lampProbes(talk: Talk, inner: readonly string[]): readonly Probe[] {
	const { language } = talk.owner;
	const until = talk.now + SELF_TEST_WAIT;
	const { id, answer } = orderAs(talk, '"command":"selfTest"');
	const of =
		(part: string): Probe =>
		({ owner }, now) => {
			const { reason = "" } = answer;
			if (answer.status === "rejected")
				return {
					part,
					verdict: "unknown",
					why: say(language, "rejected", because(language, reason)),
				};
			const found = foundBy(id, owner.journal);
			if (found) return findingOf(part, found, language);
			return now < until ? LATER : { part, verdict: "unknown", why: say(language, "notEnded") };
		};
	return ["lamp", ...inner].map(of);
}

interface Found {
	readonly failed: string;
	readonly notJudged: string;
}

/** Each part has a text for a failure and one for no result: `lampFails`, `lampUnseen`. */
function findingOf(part: string, { failed, notJudged }: Found, language: Language): Finding {
	const isFailed = failed.split(" ").includes(part);
	if (!isFailed && !notJudged.split(" ").includes(part)) return { part, verdict: "pass", why: "" };
	const why = say(language, `${part}${isFailed ? "Fails" : "Unseen"}` as TextName);
	return { part, verdict: isFailed ? "fail" : "unknown", why };
}

/** The contents of the event that ends the self-test `id`; undefined before the event. */
function foundBy(id: string, journal: Talk["owner"]["journal"]): Found | undefined {
	for (let seq = journal.newest; seq >= journal.oldest; seq -= 1) {
		const entry = journal.read(seq);
		if (entry?.type !== "selfTest" || entry.startEndFlag !== "end") continue;
		const parsed = parseObject(entry.attributes, EVENT_NAMES);
		if (isJsonRejection(parsed) || parsed.json.id !== id) continue;
		const { failed, notJudged } = parsed.json;
		return { failed: textOf(failed), notJudged: textOf(notJudged) };
	}
	return undefined;
}

function textOf(value: unknown): string {
	return typeof value === "string" ? value : "";
}

function pirProbe(talk: Talk): Probe {
	const begun = talk.now;
	const part = "pir";
	return ({ owner }, now) => {
		const { language } = owner;
		if (owner.show("pirFitted") !== "true")
			return { part, verdict: "unknown", why: say(language, "notFitted") };
		const { movedAt, pirDoubt } = owner.view.sensing;
		if (pirDoubt !== undefined)
			return { part, verdict: "fail", why: say(language, "doubted", wordOf(language, pirDoubt)) };
		if (movedAt >= begun) return { part, verdict: "pass", why: "" };
		return now < begun + WALK_WAIT
			? LATER
			: { part, verdict: "unknown", why: say(language, "nobodyMoved") };
	};
}

const light: Probe = ({ owner }) => {
	const part = "light";
	const { language } = owner;
	if (owner.show("photocell") !== "true")
		return { part, verdict: "unknown", why: say(language, "notFitted") };
	const { lightDoubt, lightLevel } = owner.view.sensing;
	if (lightDoubt !== undefined)
		return { part, verdict: "fail", why: say(language, "doubted", wordOf(language, lightDoubt)) };
	const isRead = lightLevel !== undefined;
	return { part, verdict: isRead ? "pass" : "fail", why: isRead ? "" : say(language, "noReading") };
};

/** Connects to the broker at once, as `connect` does. */
function brokerProbe({ owner, now: begun }: Talk): Probe {
	const part = "broker";
	if (owner.view.link.state !== "online") owner.connectNow();
	return (_talk, now) => {
		const { language } = owner;
		const { state, isNetworkUp, lastEnd, networkEnd = "noNetwork" } = owner.view.link;
		if (owner.show("brokerHost") === "")
			return { part, verdict: "unknown", why: say(language, "noBroker") };
		if (state === "online") return { part, verdict: "pass", why: "" };
		if (now < begun + BROKER_WAIT) return LATER;
		return {
			part,
			verdict: "fail",
			why: wordOf(language, isNetworkUp ? (lastEnd ?? state) : networkEnd),
		};
	};
}

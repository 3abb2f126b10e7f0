/**
 * Test commands: tests of parts of the lamp, each with a verdict on which a technician can act.
 *
 * `pass`: the test succeeded. `fail`: it failed. `unknown`: no result could be observed, and the
 * reason names the part to check. The lamp is tested by the order `selfTest`, as by the operator.
 */
import { frozen } from "../frozen.js";
import { isJsonRejection, parseObject } from "../json.js";
import type { Millis } from "../units.js";
import { type Answer, LATER } from "./answer.js";
import type { Command, Talk } from "./command.js";
import { usage } from "./lines.js";
import { orderAs } from "./ordercommands.js";
import { member, object } from "./printjson.js";
import { fill, TEXTS } from "./texts.js";

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

export const TEST: Command = frozen({
	name: "test",
	usage: "test PART",
	about: {
		en: "does it work? lamp, pir (walk past it), light, broker or all",
		fr: "cela marche-t-il ? lamp, pir (passez devant), light, broker ou all",
	},
	run: test,
});

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
	const each = (print: (finding: Finding) => string) => (nth: number, now: Millis) => {
		const probe = probes[nth];
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
				`${part.padEnd(PART_COLUMNS)} ${TEXTS[language][verdict]}${why === "" ? "" : `, ${why}`}`,
		),
		json: each(({ part, verdict, why }) =>
			object(member("test", part), member("verdict", verdict), member("why", why)),
		),
		end: () => ({
			text: talk.isPlain ? worst : fill(TEXTS[language].verdict, TEXTS[language][worst]),
		}),
	};
}

/** The lamp itself, and the parts `inner`, which the self-test checks as well. */
function lampProbes(talk: Talk, inner: readonly string[]): readonly Probe[] {
	const texts = TEXTS[talk.owner.language];
	const until = talk.now + SELF_TEST_WAIT;
	const { id, answer } = orderAs(talk, '"command":"selfTest"');
	const of =
		(part: string, unseen: string): Probe =>
		({ owner }, now) => {
			if (answer.status === "rejected")
				return { part, verdict: "unknown", why: fill(texts.rejected, answer.reason ?? "") };
			const found = foundBy(id, owner.journal);
			if (found) return findingOf(part, found, unseen);
			return now < until ? LATER : { part, verdict: "unknown", why: texts.notEnded };
		};
	return [of("lamp", texts.lampUnseen), ...inner.map((part) => of(part, ""))];
}

interface Found {
	readonly failed: string;
	readonly notJudged: string;
}

function findingOf(part: string, { failed, notJudged }: Found, unseen: string): Finding {
	if (failed.split(" ").includes(part)) return { part, verdict: "fail", why: "" };
	const isUnseen = notJudged.split(" ").includes(part);
	return { part, verdict: isUnseen ? "unknown" : "pass", why: isUnseen ? unseen : "" };
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
		const texts = TEXTS[owner.language];
		if (owner.show("pirFitted") !== "true")
			return { part, verdict: "unknown", why: texts.notFitted };
		const { movedAt, pirDoubt } = owner.view.sensing;
		if (pirDoubt !== undefined)
			return { part, verdict: "fail", why: fill(texts.doubted, pirDoubt) };
		if (movedAt >= begun) return { part, verdict: "pass", why: "" };
		return now < begun + WALK_WAIT ? LATER : { part, verdict: "unknown", why: texts.nobodyMoved };
	};
}

const light: Probe = ({ owner }) => {
	const part = "light";
	const texts = TEXTS[owner.language];
	if (owner.show("photocell") !== "true") return { part, verdict: "unknown", why: texts.notFitted };
	const { lightDoubt, lightLevel } = owner.view.sensing;
	if (lightDoubt !== undefined)
		return { part, verdict: "fail", why: fill(texts.doubted, lightDoubt) };
	const isRead = lightLevel !== undefined;
	return { part, verdict: isRead ? "pass" : "fail", why: isRead ? "" : texts.noReading };
};

/** Connects to the broker at once, as `connect` does. */
function brokerProbe({ owner, now: begun }: Talk): Probe {
	const part = "broker";
	if (owner.view.link.state !== "online") owner.connectNow();
	return (_talk, now) => {
		const texts = TEXTS[owner.language];
		const { state, isNetworkUp, lastEnd } = owner.view.link;
		if (owner.show("brokerHost") === "") return { part, verdict: "unknown", why: texts.noBroker };
		if (state === "online") return { part, verdict: "pass", why: "" };
		if (now < begun + BROKER_WAIT) return LATER;
		return { part, verdict: "fail", why: isNetworkUp ? (lastEnd ?? state) : "noNetwork" };
	};
}

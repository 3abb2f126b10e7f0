/**
 * Provision run: one lamp, or one lamp after the other from a cart of controllers.
 *
 * Each lamp begins from protocol and vault as they are on the disk, so a run that was ended at any
 * point is continued by the next one. The label is written before the protocol's line: a pole that
 * has passed has its label.
 */
import { join } from "node:path";
import { replaceFile } from "../../../lib/files.js";
import type { Plan } from "../../../lib/site/sitetable.js";
import type { Language, Text } from "../../../lib/text/bilingual.js";
import { Trouble } from "../../../lib/text/trouble.js";
import { type Asking, yes } from "../../../lib/vault/ask.js";
import { Interrupted } from "../../../lib/vault/interrupted.js";
import type { Vault } from "../../../lib/vault/vault.js";
import { openLine } from "../line/line.js";
import { Plain } from "../line/plain.js";
import {
	nextPole,
	ownPole,
	type Records,
	type Scanned,
	scannedIn,
	serialOf,
	summaryOf,
} from "../site/cart.js";
import type { Known } from "../site/doubts.js";
import { labelFile, labelOf } from "../site/label.js";
import { addLine, recorded } from "../site/protocol.js";
import { Scanner } from "../site/scanner.js";
import { text } from "../text/texts.js";
import { certify } from "./certify.js";
import { commission, type Job, knownOf, type Outcome } from "./commission.js";
import type { LampAsked } from "./provisionargs.js";

const GREEN = "\u001b[1;32m";
const RED = "\u001b[1;31m";
const PLAIN = "\u001b[0m";

export interface Run {
	readonly asked: LampAsked;
	readonly vault: Vault;
	readonly seat: Asking;
	readonly language: Language;
	say(line: Text): void;
}

type Question = (question: Text) => Promise<boolean | undefined>;
/** The pole for the plugged-in lamp; throws `Trouble`. */
type Choose = (known: Known) => Plan;

/** Commissions the plugged-in lamp. @returns whether it passed */
export async function oneLamp(run: Run, choose: Choose, question?: Question): Promise<boolean> {
	const { asked, seat, language } = run;
	const ask = question ?? ((sentence) => yes(seat, sentence, language));
	const talk = await Plain.open(asked.port, openLine);
	let plan: Plan;
	let outcome: Outcome;
	try {
		const known = await knownOf(talk);
		plan = choose(known);
		outcome = await commission(talk, jobOf(run, plan, ask), known);
	} finally {
		await talk.close();
	}
	if (outcome.why === undefined) writeLabel(run, plan, outcome);
	addLine(asked.protocol, plan, outcome, seat.now(), language);
	report(run, plan, outcome);
	return outcome.why === undefined;
}

/** One lamp after the other, then the summary. @returns whether all of them passed */
export async function lampAfterLamp(run: Run): Promise<boolean> {
	const { asked, seat, say, language } = run;
	const scanner = asked.isScan ? new Scanner(seat, language) : undefined;
	const question: Question | undefined = scanner && ((sentence) => scanner.yes(sentence));
	let hasFailed = false;
	for (;;) {
		const line = await scanner?.line(text("scanNow"));
		if (scanner && line === undefined) break;
		try {
			const isDone = await oneLamp(run, chooser(run, line), question);
			hasFailed ||= !isDone;
		} catch (error) {
			if (!(error instanceof Trouble) || error instanceof Interrupted) throw error;
			hasFailed = true;
			say(text("because", coloured(run, "failed", RED), error.text));
		}
		if (!scanner && summaryOf(recordsOf(run)).missing.length === 0) break;
		if (!scanner && (await yes(seat, text("plugIn"), language)) !== true) break;
	}
	scanner?.close();
	for (const line of summaryOf(recordsOf(run)).lines) say(line);
	return !hasFailed;
}

/** The pole by the scanned line, or the next one. */
function chooser(run: Run, line: string | undefined): Choose {
	return (known) => {
		const records = recordsOf(run);
		const scanned = line === undefined ? undefined : scannedIn(line, records);
		const plan = scanned ? poleOfScan(run, scanned, known, records) : nextPole(known, records);
		const name = serialOf(known, records) ?? known.node;
		run.say(text("next", plan.pole, plan.values.get("node") ?? "", name));
		return plan;
	};
}

/** A scanned serial number has to be that of the plugged-in lamp, as far as it shows. */
function poleOfScan(
	{ asked }: Run,
	{ plan, serial }: Scanned,
	known: Known,
	records: Records,
): Plan {
	const found = serialOf(known, records);
	if (serial !== undefined && found !== undefined && found !== serial)
		throw new Trouble(text("scanOther", serial, found));
	const knownPlan = plan ?? ownPole({ serial, node: "" }, records);
	const chosen =
		knownPlan ?? (asked.isNext ? nextPole({ serial, node: known.node }, records) : undefined);
	if (!chosen) throw new Trouble(text("scanNoPole", serial ?? ""));
	return serial === undefined ? chosen : { ...chosen, serial };
}

function recordsOf({ asked, vault }: Run): Records {
	return { site: asked.site, protocol: recorded(asked.protocol), vault: vault.read() };
}

function jobOf({ asked, vault, seat, say }: Run, plan: Plan, ask: Question): Job {
	const { certificates: folder, ca, exports, protocol } = asked;
	const now = () => seat.now();
	return {
		plan,
		vault,
		say,
		now,
		tests: asked.tests,
		replaces: asked.replaces,
		certify:
			folder === undefined && ca === undefined
				? undefined
				: (line, lamp) => certify(line, lamp, { folder, ca, vault, say, now }),
		keepExport:
			exports === undefined
				? undefined
				: (name, lines) => {
						const path = join(exports, `${name}.export`);
						replaceFile(path, `${lines.join("\n")}\n`);
						say(text("exported", path));
					},
		protocolled: recorded(protocol),
		goesOn: async (doubts) => {
			for (const doubt of doubts) say(text("doubt", doubt));
			return asked.yes || (await ask(text("rightPole"))) === true;
		},
		wasSeen: async () => (asked.seen ? true : ask(text("shine"))),
	};
}

function writeLabel({ asked, say, language }: Run, plan: Plan, { identity }: Outcome): void {
	if (asked.labels === undefined || !identity || plan.pole === "") return;
	const { pole, values } = plan;
	const path = join(asked.labels, labelFile(pole));
	const where = { node: values.get("node") ?? "", site: values.get("site") ?? identity.site };
	replaceFile(path, labelOf({ serial: identity.serial, pole, ...where }, language));
	say(text("labelled", path));
}

function report(run: Run, plan: Plan, { why, identity }: Outcome): void {
	const lamp = identity?.serial ?? text("lampAlone");
	const subject = plan.pole === "" ? lamp : text("passPole", plan.pole);
	const word = why ? coloured(run, "failed", RED) : coloured(run, "passed", GREEN);
	const line = text("result", word, subject);
	run.say(why ? text("because", line, why) : line);
}

function coloured({ seat }: Run, name: "passed" | "failed", colour: string): Text {
	const word = text(name);
	const isColoured = seat.stdout.isTTY === true && !seat.environment.NO_COLOR;
	return isColoured ? text("colour", colour, word, PLAIN) : word;
}

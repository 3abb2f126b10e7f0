/**
 * Cart: which poles of a site file are done, and the pole of a controller of a cart or of a scanned
 * line.
 *
 * A controller keeps the pole at which it was begun: the site file, the vault and its own name are
 * asked in this order. Only a controller without a pole gets the next one, so a run that was ended
 * at any point goes on with the same pole.
 */

import type { Plan, Site } from "../../../lib/site/sitetable.js";
import { joined, type Text, verbatim } from "../../../lib/text/bilingual.js";
import { Trouble } from "../../../lib/text/trouble.js";
import type { Content } from "../../../lib/vault/vaultcontent.js";
import { text } from "../text/texts.js";
import type { Known, Recorded } from "./doubts.js";
import { LABEL_MARK } from "./label.js";

const SCANNED_SHOWN = 60;

/** Everything that is on record about a site. */
export interface Records {
	readonly site: Site;
	/** Lines of the protocol, oldest first. */
	readonly protocol: readonly Recorded[];
	/** Undefined: the vault is not open, as for a summary. */
	readonly vault: Content | undefined;
}

/** A pole's last result; undefined: it has not passed yet. */
export function passedAt({ pole }: Plan, protocol: readonly Recorded[]): Recorded | undefined {
	const here = protocol.filter((row) => row.pole === pole);
	const last = here.filter(({ result }) => result === "pass").at(-1);
	// a later failure of the same controller needs another visit; one of another controller is its own
	const isOver = last && here.slice(here.indexOf(last)).some((row) => isFailureOf(row, last));
	return isOver ? undefined : last;
}

function isFailureOf(row: Recorded, passed: Recorded): boolean {
	return row.result === "fail" && row.serial === passed.serial;
}

/** The controller with which a pole was begun, by the vault. */
function begunWith({ values }: Plan, vault: Content | undefined): string | undefined {
	const node = values.get("node");
	return vault?.lamps.find(
		({ nodes, revoked, serial }) =>
			nodes.at(-1) === node && revoked === undefined && serial !== undefined,
	)?.serial;
}

/** Done and missing poles, one line each missing one; empty missing: all are done. */
export function summaryOf({ site, protocol, vault }: Records): {
	readonly missing: readonly Plan[];
	readonly lines: readonly Text[];
} {
	const { poles } = site;
	const missing = poles.filter((plan) => !passedAt(plan, protocol));
	if (missing.length === 0) return { missing, lines: [text("allDone", poles.length)] };
	const head = text("head", poles.length, poles.length - missing.length, missing.length);
	return { missing, lines: [head, ...missing.map((plan) => missingLine(plan, protocol, vault))] };
}

function missingLine(plan: Plan, protocol: readonly Recorded[], vault: Content | undefined): Text {
	const { pole, line, values } = plan;
	const row = text("missingPole", pole, values.get("node") ?? "", line);
	const failed = protocol.filter((each) => each.pole === pole && each.result === "fail").at(-1);
	if (failed) return text("lastFailed", row, failed.serial, failed.time, failed.why);
	const serial = begunWith(plan, vault);
	return serial === undefined ? row : text("begun", row, serial);
}

/** Serial number of a plugged-in lamp, as far as it shows before a login; undefined: it does not. */
export function serialOf({ serial, node }: Known, { site, vault }: Records): string | undefined {
	if (serial !== undefined || node === "") return serial;
	const lamps = vault?.lamps ?? [];
	// a lamp without a name greets with its serial number
	const isSerial = lamps.some((lamp) => lamp.serial === node);
	if (isSerial || site.poles.some((plan) => plan.serial === node)) return node;
	const named = lamps.filter(({ nodes, revoked }) => nodes.at(-1) === node && !revoked);
	return named.length === 1 ? named[0]!.serial : undefined;
}

/** The pole at which that controller was begun or belongs; undefined: none yet. */
export function ownPole(known: Known, records: Records): Plan | undefined {
	const { site, vault } = records;
	const knownSerial = serialOf(known, records);
	const bound =
		knownSerial === undefined ? undefined : site.poles.find(({ serial }) => serial === knownSerial);
	if (bound) return bound;
	const last = vault?.lamps
		.find(({ serial }) => serial !== undefined && serial === knownSerial)
		?.nodes.at(-1);
	const names = [last, known.node].filter((name) => name !== undefined && name !== "");
	return names.map((name) => planOfNode(name!, site)).find((plan) => plan !== undefined);
}

function planOfNode(node: string, { poles }: Site): Plan | undefined {
	return poles.find(({ values }) => values.get("node") === node);
}

/** The pole for a controller of the cart; throws `Trouble` where it is done or none is left. */
export function nextPole(known: Known, records: Records): Plan {
	const { site, protocol, vault } = records;
	const serial = serialOf(known, records);
	const knownPlan = ownPole(known, records);
	const done = knownPlan && passedAt(knownPlan, protocol);
	const name = serial ?? known.node;
	if (knownPlan && !done) return knownPlan;
	if (knownPlan && done && (serial === undefined || done.serial === serial))
		throw new Trouble(text("alreadyDone", name, knownPlan.pole, done.time));
	if (knownPlan) return knownPlan; // another controller passed there: commission asks
	const open = site.poles.filter((plan) => !passedAt(plan, protocol) && !plan.serial);
	const free = open.find((plan) => begunWith(plan, vault) === undefined);
	if (free) return free;
	if (open.length === 0) throw new Trouble(joined(summaryOf(records).lines, "; "));
	const begun = open.map((plan) => text("begun", plan.pole, begunWith(plan, vault)!));
	throw new Trouble(text("onlyBegun", name, joined(begun, ", "), open[0]!.pole));
}

/** The contents of a scanned line. */
export interface Scanned {
	readonly plan: Plan | undefined;
	readonly serial: string | undefined;
}

/** A label of ours, a pole or a serial number; throws `Trouble` for anything else. */
export function scannedIn(line: string, { site, vault }: Records): Scanned {
	const scanned = line.trim();
	const [, marked, named] = new RegExp(`^${LABEL_MARK} (\\S+) (.+)$`).exec(scanned) ?? [];
	const poleNamed = (name: string) => site.poles.find(({ pole }) => pole === name);
	const plan = poleNamed(named ?? scanned);
	if (plan && marked !== undefined && plan.serial !== undefined && plan.serial !== marked)
		throw apart(marked, named!, plan, site);
	if (plan) return { plan, serial: marked ?? plan.serial };
	const bound = site.poles.find(({ serial }) => serial === scanned);
	const lamp = vault?.lamps.find(({ serial }) => serial === scanned);
	if (marked === undefined && (bound || lamp || isSerial(scanned, site)))
		return { plan: bound ?? planOfNode(lamp?.nodes.at(-1) ?? "", site), serial: scanned };
	const example = site.poles[0]?.pole ?? "Q7";
	throw new Trouble(text("scanUnknown", scanned.slice(0, SCANNED_SHOWN), example));
}

function apart(serial: string, pole: string, plan: Plan, { poles }: Site): Trouble {
	const there = poles.find((each) => each.serial === serial);
	return new Trouble(
		text("scanApart", serial, pole, there?.pole ?? verbatim(`? (${plan.serial})`)),
	);
}

/** A serial number of a controller that is new to site file and vault; with letters and digits. */
function isSerial(word: string, { poles }: Site): boolean {
	const isKnownForm = /^[A-Za-z0-9_-]{4,32}$/.test(word) && /\d/.test(word);
	return isKnownForm && poles.every(({ serial }) => serial === undefined);
}

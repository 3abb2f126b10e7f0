/**
 * Commission: puts one lamp into the state of the site file, and verifies it: settings, read back;
 * key and certificate; their trial; the lamp's own tests.
 *
 * Each step skips the part that is done already, so the whole can be repeated after any
 * interruption.
 */

import type { Plan } from "../../../lib/site/sitetable.js";
import { joined, type Part, type Text } from "../../../lib/text/bilingual.js";
import { Trouble } from "../../../lib/text/trouble.js";
import { Interrupted } from "../../../lib/vault/interrupted.js";
import {
	type Content,
	type LampSecrets,
	type SecretStore,
	withLamp,
} from "../../../lib/vault/vaultcontent.js";
import { type SettingName, settingOf } from "../../../src/settings/table.js";
import { type Plain, Refusal } from "../line/plain.js";
import { doubtsOf, type Known, type Recorded } from "../site/doubts.js";
import { ofLamp } from "../text/lampwords.js";
import { type TextName, text } from "../text/texts.js";
import { enter, enterAgain, type Identity, identityOf } from "./enter.js";
import { awaitTrial } from "./ontrial.js";

/** ms: each test ends within 90 s (docs/console.md). */
const TEST_WITHIN = 95_000;
/** An empty text in an answer. */
const EMPTY = '""';

export interface Job {
	readonly plan: Plan;
	readonly vault: SecretStore;
	/** Installs the city's CA, key and certificate of the lamp; undefined: nothing of it is wanted. */
	readonly certify:
		| ((talk: Plain, lamp: LampSecrets) => Promise<Outcome["certificate"]>)
		| undefined;
	/** Export of the lamp that was at the pole before, line by line. */
	readonly replaces: readonly string[] | undefined;
	/** Stores the lamp's own export; undefined: it is not wanted. */
	readonly keepExport: ((name: string, lines: readonly string[]) => void) | undefined;
	/** `all`, or names of the console's tests; empty: none. */
	readonly tests: readonly string[];
	/** Lines of the protocol, oldest first. */
	readonly protocolled: readonly Recorded[];
	now(): Date;
	/** Whether to go on in spite of the doubts. */
	goesOn(doubts: readonly Text[]): Promise<boolean>;
	/** Whether a person saw the lamp shine; undefined: nobody can be asked. */
	wasSeen(): Promise<boolean | undefined>;
	/** One line for the person at the keyboard. */
	say(line: Text): void;
}

/** The result for one lamp. */
export interface Outcome {
	/** Undefined: it passed. */
	readonly why: Text | undefined;
	readonly identity: Identity | undefined;
	/** Settings that were changed. */
	readonly changed: number;
	readonly certificate: "none" | "requested" | "installed";
	/** Verdict of each test that ended. */
	readonly verdicts: Readonly<Record<string, string>>;
}

type Verdict = { test: string; verdict: string; why?: string };

/**
 * Runs all steps. A failure at the lamp is returned as the outcome's `why`, not thrown.
 * `seen`: the lamp's serial number and name, where the caller has asked already.
 */
export async function commission(talk: Plain, job: Job, seen?: Known): Promise<Outcome> {
	let outcome: Outcome = {
		why: undefined,
		identity: undefined,
		changed: 0,
		certificate: "none",
		verdicts: {},
	};
	const note = (more: Partial<Outcome>) => {
		outcome = { ...outcome, ...more };
	};
	try {
		const settled = new Set<string>();
		const known = seen ?? (await knownOf(talk));
		if (known.serial !== undefined) checkSerial(job.plan, known.serial);
		await settle(job, known, settled);
		const check = (content: Content) => {
			const doubts = doubtsIn(job, known, content, settled);
			if (doubts.length > 0) throw unsettled(doubts);
		};
		const { plan, vault } = job;
		const now = job.now();
		const { identity, secrets } = await enter(talk, plan, vault, now, known.serial, check);
		note({ identity });
		const name = identity.node === "" ? text("noNode") : identity.node;
		job.say(text("lampIs", identity.serial, name, identity.swVersion));
		checkSerial(job.plan, identity.serial);
		await settle(job, identity, settled);
		const kept = await renamed(job, secrets, identity, settled);
		note({ changed: await configure(talk, job, kept) });
		note({ certificate: (await job.certify?.(talk, kept)) ?? "none" });
		await awaitTrial(talk, job.plan.values.get("brokerHost"), job.tests, job.say);
		await prove(talk, job, note);
		await takePlace(talk, job, kept);
		await keepExport(talk, job, kept);
		await talk.do("logout");
	} catch (error) {
		if (!(error instanceof Trouble) || error instanceof Interrupted) throw error;
		note({ why: error.text });
	}
	return outcome;
}

/** Asks about the doubts that were not asked about before. */
async function settle(job: Job, known: Known, settled: Set<string>): Promise<void> {
	const doubts = doubtsIn(job, known, job.vault.read(), settled);
	if (doubts.length === 0) return;
	if (!(await job.goesOn(doubts))) throw unsettled(doubts);
	for (const { en } of doubts) settled.add(en);
}

/** The doubts that were not asked about before. */
function doubtsIn(
	{ plan, protocolled: protocol, replaces }: Job,
	known: Known,
	vault: Content,
	settled: ReadonlySet<string>,
): readonly Text[] {
	const records = { vault, protocol, isReplacing: replaces !== undefined };
	return doubtsOf(known, plan, records).filter(({ en }) => !settled.has(en));
}

function unsettled(doubts: readonly Text[]): Trouble {
	return new Trouble(text("unchanged", joined(doubts, "; ")));
}

function checkSerial({ serial, pole }: Plan, found: string): void {
	if (serial !== undefined && serial !== found) throw new Trouble(text("otherLamp", serial, pole));
}

/** Serial number and name before a login: a closed lamp gives its name alone. */
export async function knownOf(talk: Plain): Promise<Known> {
	const named = { serial: undefined, node: talk.node ?? "" };
	if (talk.state === "closed") return named;
	const { body, reason } = await talk.ask("status");
	const [first] = body;
	return reason === undefined && first ? (JSON.parse(first) as Identity) : named;
}

/**
 * The new name is written to the vault before it is set in the lamp. Another program may have given
 * the name to another lamp meanwhile, so the doubts are looked at once more as the vault is written.
 */
async function renamed(
	job: Job,
	secrets: LampSecrets,
	identity: Identity,
	settled: ReadonlySet<string>,
): Promise<LampSecrets> {
	const { plan, vault } = job;
	const node = plan.values.get("node") ?? "";
	if (node === "" || secrets.nodes.at(-1) === node) return secrets;
	let named = secrets;
	await vault.update((content) => {
		const doubts = doubtsIn(job, identity, content, settled);
		if (doubts.length > 0) throw unsettled(doubts);
		const stored = storedOf(content, secrets);
		named = { ...stored, nodes: [...stored.nodes.filter((name) => name !== node), node] };
		return withLamp(content, named, stored);
	});
	return named;
}

/**
 * Sets the values that differ, applies, confirms, reads back. @returns number of changed settings
 */
async function configure(talk: Plain, job: Job, lamp: LampSecrets): Promise<number> {
	const { plan, vault, replaces, say } = job;
	await talk.do("revert"); // left by an interrupted run
	if (replaces) await talk.paste("import", replaces);
	const before = await shown(talk);
	const secrets = secretsFor(vault, lamp, plan);
	if (Number(plan.values.get("neighbourGroup") ?? 0) > 0 && !("siteKey" in secrets))
		throw new Trouble(text("needsKey"));
	let changed = 0;
	for (const [name, value] of plan.values) {
		if (before.get(name) === value) continue;
		await talk.do(`set ${name} ${value || EMPTY}`);
		changed += 1;
	}
	for (const [name, value] of Object.entries(secrets))
		await talk.do(`set ${name} ${value}`, `set ${name}`);
	if (changed > 0 || replaces || Object.keys(secrets).length > 0) {
		await talk.do("apply");
		await talk.do("confirm");
	}
	const after = await shown(talk);
	for (const [name, value] of plan.values)
		if (after.get(name) !== value)
			throw new Trouble(text("notTaken", name, after.get(name) ?? text("notShown"), value));
	for (const name of Object.keys(secrets))
		if (after.get(name) !== IS_SET) throw new Trouble(text("notSet", name));
	say(text("settingsDone", plan.values.size, changed));
	return changed;
}

const IS_SET = "(set)";

/** The lamp's settings as texts: the edited ones, else those in force. */
async function shown(talk: Plain): Promise<Map<string, string>> {
	const { body } = await talk.do("show");
	const values = new Map<string, string>();
	for (const line of body) {
		const { name, value, candidate = value, isSet } = JSON.parse(line);
		values.set(name, isSet === undefined ? String(candidate) : isSet ? IS_SET : "");
	}
	return values;
}

/**
 * The lamp's own secrets before the shared ones; a lamp that joins no Wi-Fi gets no Wi-Fi password.
 */
export function secretsFor(
	vault: SecretStore,
	lamp: LampSecrets,
	{ values }: Plan,
): Readonly<Record<string, string>> {
	const content = vault.read();
	const all = { ...content.shared, ...storedOf(content, lamp).settings };
	const names = Object.keys(all).filter(
		(name) => settingOf(name)?.secret && (name !== "wifiPassword" || values.get("wifiName")),
	);
	return Object.fromEntries(names.map((name) => [name as SettingName, all[name]!]));
}

/** The lamp as it is stored now: another program may have added to it. */
function storedOf({ lamps }: Content, lamp: LampSecrets): LampSecrets {
	return lamps.find(({ secret }) => secret === lamp.secret) ?? lamp;
}

/** The lamp's own tests, one after the other; the first that fails is the reason. */
async function prove(
	talk: Plain,
	{ tests, say, wasSeen }: Job,
	note: (more: Partial<Outcome>) => void,
) {
	const verdicts: Record<string, string> = {};
	let failed: Text | undefined;
	if (tests.length > 0) say(text("walk"));
	for (const name of tests)
		await talk.follow(`test ${name}`, TEST_WITHIN, (line) => {
			const { test, verdict, why } = JSON.parse(line) as Verdict;
			verdicts[test] = verdict;
			say(text("test", test, verdictText(verdict, why)));
			if (verdict === "fail")
				failed ??= why ? text("test", test, ofLamp(why)) : text("testFailed", test);
		});
	if (verdicts.lamp === "unknown") {
		const seen = await wasSeen();
		if (seen) verdicts.lamp = "seen";
		else failed ??= text(seen === false ? "unseen" : "nobody");
	}
	note({ verdicts, ...(failed === undefined ? {} : { why: failed }) });
}

/** A verdict with its reason, in both languages. */
export function verdictText(verdict: string, why: string | undefined): Text {
	const names: readonly TextName[] = ["pass", "fail", "unknown"];
	const name = names.find((each) => each === verdict);
	const word: Part = name ? text(name) : verdict;
	return why ? text("verdictWhy", word, ofLamp(why)) : text("verdictAlone", word);
}

/** The lamp takes over the counters of its predecessor, once, in a later life. */
async function takePlace(talk: Plain, job: Job, lamp: LampSecrets): Promise<void> {
	const { replaces, vault, say } = job;
	const sum = replaces?.at(-1);
	if (!replaces || lamp.replaced === sum) return;
	const { life: before } = JSON.parse(replaces[1]!) as Identity;
	const young = await identityOf(talk);
	const answer = await talk.ask("nodeReplaced");
	const isRefused = answer.reason !== undefined;
	const { life } = isRefused ? young : await enterAgain(talk, lamp, young);
	// refused if an interrupted run did it a moment ago
	if (life <= before && isRefused) throw new Refusal("nodeReplaced", answer);
	if (life <= before) throw new Trouble(text("lifeTooLow", life, before));
	await vault.amend(lamp, { replaced: sum! });
	say(text("takesPlace", life, before));
}

async function keepExport(talk: Plain, job: Job, lamp: LampSecrets): Promise<void> {
	if (!job.keepExport) return;
	const { body } = await talk.do("export");
	job.keepExport(lamp.nodes.at(-1) || lamp.serial || "lamp", body);
}

/**
 * Commission: puts one lamp into the state of the site file, and verifies it: settings, read back;
 * key and certificate; the lamp's own tests.
 *
 * Each step skips the part that is done already, so the whole can be repeated after any
 * interruption.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type SettingName, settingOf } from "../../src/settings/table.js";
import { faultOf, newKey, requestOf } from "./certificate.js";
import { enter, enterAgain, type Identity, identityOf } from "./enter.js";
import { replaceFile, textOfFile } from "./files.js";
import { Trouble } from "./line.js";
import { type Plain, Refusal } from "./plain.js";
import type { Plan } from "./sitefile.js";
import type { LampSecrets, Vault } from "./vault.js";

/** ms: each test ends within 90 s (docs/console.md). */
const TEST_WITHIN = 95_000;
/** An empty text in an answer. */
const EMPTY = '""';

export interface Job {
	readonly plan: Plan;
	readonly vault: Vault;
	/** Folder of requests and certificates; undefined: none are made. */
	readonly certificates: string | undefined;
	/** The city's CA, PEM. */
	readonly ca: string | undefined;
	/** Export of the lamp that was at the pole before, line by line. */
	readonly replaces: readonly string[] | undefined;
	/** Folder for the lamp's own export. */
	readonly exports: string | undefined;
	/** `all`, or names of the console's tests; empty: none. */
	readonly tests: readonly string[];
	now(): Date;
	/** One line for the person at the keyboard. */
	say(line: string): void;
}

/** The result for one lamp. `why` is empty if it passed. */
export interface Outcome {
	readonly why: string;
	readonly identity: Identity | undefined;
	/** Settings that were changed. */
	readonly changed: number;
	readonly certificate: "none" | "requested" | "installed";
	/** Verdict of each test that ended. */
	readonly verdicts: Readonly<Record<string, string>>;
}

export type Verdict = { test: string; verdict: string; why?: string };

/** Runs all steps. A failure at the lamp is returned as the outcome's `why`, not thrown. */
export async function commission(talk: Plain, job: Job): Promise<Outcome> {
	let outcome: Outcome = {
		...{ why: "", identity: undefined, changed: 0 },
		...{ certificate: "none", verdicts: {} },
	};
	const note = (more: Partial<Outcome>) => {
		outcome = { ...outcome, ...more };
	};
	try {
		const { identity, secrets } = await enter(talk, job.plan, job.vault, job.now());
		note({ identity });
		job.say(
			`lamp ${identity.serial}, node ${identity.node || "(none yet)"}, software ${identity.swVersion}`,
		);
		const { plan } = job;
		if (plan.serial !== undefined && plan.serial !== identity.serial)
			throw new Trouble(`serial ${plan.serial} belongs at pole ${plan.pole}, this is another lamp`);
		const kept = renamed(job, secrets);
		note({ changed: await configure(talk, job, kept) });
		note({ certificate: await certify(talk, job, kept) });
		await prove(talk, job, note);
		await takePlace(talk, job, kept);
		await keepExport(talk, job, kept);
		await talk.do("logout");
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		note({ why: error.message });
	}
	return outcome;
}

/** The new name is written to the vault before it is set in the lamp. */
function renamed({ plan, vault }: Job, secrets: LampSecrets): LampSecrets {
	const node = plan.values.get("node") ?? "";
	if (node === "" || secrets.nodes.at(-1) === node) return secrets;
	const nodes = [...secrets.nodes.filter((name) => name !== node), node];
	return vault.amend(secrets, { nodes });
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
		throw new Trouble("neighbours need a siteKey: npm run vault -- --put siteKey tells the vault");
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
			throw new Trouble(`${name} is ${after.get(name) ?? "not told"} after it was set to ${value}`);
	for (const name of Object.keys(secrets))
		if (after.get(name) !== IS_SET) throw new Trouble(`${name} is not set after it was set`);
	say(`settings: ${plan.values.size} as the site file says, ${changed} of them changed`);
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
	vault: Vault,
	lamp: LampSecrets,
	{ values }: Plan,
): Readonly<Record<string, string>> {
	const all = { ...vault.read().shared, ...lamp.settings };
	const names = Object.keys(all).filter(
		(name) => settingOf(name)?.secret && (name !== "wifiPassword" || values.get("wifiName")),
	);
	return Object.fromEntries(names.map((name) => [name as SettingName, all[name]!]));
}

/** Key and request are made once; the certificate is installed as soon as its file exists. */
async function certify(talk: Plain, job: Job, lamp: LampSecrets): Promise<Outcome["certificate"]> {
	const { certificates: folder, ca, vault, say } = job;
	if (ca !== undefined) await talk.paste("certificate ca", linesOf(ca));
	if (folder === undefined) {
		await applyNew(talk);
		return "none";
	}
	const serial = lamp.serial!;
	const key = lamp.key ?? newKey();
	if (!lamp.key) vault.amend(lamp, { key });
	const signed = join(folder, `${serial}.crt.pem`);
	if (!existsSync(signed)) {
		await applyNew(talk);
		replaceFile(join(folder, `${serial}.csr.pem`), requestOf(serial, key));
		say(
			`certificate: requested in ${serial}.csr.pem; when ${serial}.crt.pem is there, run it again`,
		);
		return "requested";
	}
	const certificate = textOfFile(signed);
	const fault = faultOf(certificate, key);
	if (fault) throw new Trouble(`${signed}: ${fault}`);
	await talk.paste("certificate key", linesOf(key));
	await talk.paste("certificate cert", linesOf(certificate));
	await applyNew(talk);
	say("certificate: installed");
	return "installed";
}

/** Certificates beside proven ones wait for `apply`, and are on probation then. */
async function applyNew(talk: Plain): Promise<void> {
	const { body } = await talk.do("certificate");
	if (!body.some((line) => JSON.parse(line).isNew === true)) return;
	await talk.do("apply");
	await talk.do("confirm");
}

function linesOf(pem: string): string[] {
	return pem.split(/\r?\n/).filter((line) => line.trim() !== "");
}

/** The lamp's own tests, one after the other; the first that fails is the reason. */
async function prove(talk: Plain, { tests, say }: Job, note: (more: Partial<Outcome>) => void) {
	const verdicts: Record<string, string> = {};
	let failed: string | undefined;
	if (tests.length > 0) say("it tests itself, for a minute or two: walk past the lamp");
	for (const name of tests)
		await talk.follow(`test ${name}`, TEST_WITHIN, (line) => {
			const { test, verdict, why } = JSON.parse(line) as Verdict;
			verdicts[test] = verdict;
			say(`test ${test}: ${verdict}${why ? `, ${why}` : ""}`);
			if (verdict === "fail") failed ??= `test ${test}: ${why || "failed"}`;
		});
	note({ verdicts, ...(failed === undefined ? {} : { why: failed }) });
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
	if (life <= before) throw new Trouble(`its life is ${life}, the lamp before was in ${before}`);
	vault.amend(lamp, { replaced: sum! });
	say(`takes the place of the lamp before, in life ${life} after ${before}`);
}

async function keepExport(talk: Plain, { exports: folder, say }: Job, lamp: LampSecrets) {
	if (folder === undefined) return;
	const { body } = await talk.do("export");
	const path = join(folder, `${lamp.nodes.at(-1) || lamp.serial}.export`);
	replaceFile(path, `${body.join("\n")}\n`);
	say(`export: ${path}`);
}

/**
 * Enter: logs in to a lamp by the vault, or sets the first secret of a lamp without one.
 *
 * A secret is in the vault before it is in the lamp, so an interruption leaves no lamp without a
 * known secret. The secrets of a lamp are used again for that lamp alone, never for another.
 */

import type { Plan } from "../../../lib/site/sitetable.js";
import { Trouble } from "../../../lib/text/trouble.js";
import {
	type Content,
	type LampSecrets,
	lampsCalled,
	type SecretStore,
	withLamp,
} from "../../../lib/vault/vaultcontent.js";
import { type Plain, Silence } from "../line/plain.js";
import { refusalOf } from "../text/lampwords.js";
import { text } from "../text/texts.js";
import { newSecret } from "../vault/secret.js";

/**
 * Each guess costs a wait that doubles; more lamps of one name than this are a mistake in the
 * vault.
 */
const GUESSES_MAX = 4;
/**
 * ms for a lamp to send its last messages to the broker, restart and boot; and between two polls.
 */
const RESTART_WITHIN = 60_000;
const LOOK_EACH = 500;
/** The lamp gives whole seconds. */
const WAIT_SLACK = 250;

/** The lamp's identity by its own answer. */
export interface Identity {
	readonly serial: string;
	readonly site: string;
	readonly node: string;
	readonly hardware: string;
	readonly swVersion: string;
	readonly profile?: string;
	readonly updateKeys?: readonly string[];
	/** Boots so far. */
	readonly life: number;
}

interface Entered {
	readonly identity: Identity;
	readonly secrets: LampSecrets;
}

/**
 * Logs in, or sets the lamp's first secret. `now`: for the vault. `serial`: of a lamp that gives it
 * before a login. `check`: throws where the vault has the plan's name for another lamp.
 */
export async function enter(
	talk: Plain,
	plan: Plan,
	vault: SecretStore,
	now: Date,
	serial?: string,
	check: (content: Content) => void = () => {},
): Promise<Entered> {
	const found = talk.state === "closed" ? await logIn(talk, plan, vault) : undefined;
	if (talk.state === "new") {
		const node = plan.values.get("node") ?? "";
		const begun =
			serial === undefined
				? await first(talk, vault, now)
				: await firstOf({ talk, vault, now, serial, node, check });
		return confirmed(await identityOf(talk), begun, vault);
	}
	const identity = await identityOf(talk);
	if (found) return confirmed(identity, found, vault);
	// left open by an earlier session: the vault's secret is set in the lamp, so that the two agree
	const secrets = await keptOr(
		vault,
		(content) =>
			content.lamps.find(({ serial }) => serial === identity.serial) ??
			begunFor([talk.node, identity.serial], content),
		made([identity.node], now, identity.serial),
	);
	await talk.do(`secret ${secrets.secret}`, "secret");
	return confirmed(identity, secrets, vault);
}

/** The secrets that `find` finds, looked for as the vault is written; else `fresh`, which are added. */
export async function keptOr(
	vault: SecretStore,
	find: (content: Content) => LampSecrets | undefined,
	fresh: LampSecrets,
): Promise<LampSecrets> {
	let secrets = fresh;
	await vault.update((content) => {
		const kept = find(content);
		secrets = kept ?? fresh;
		return kept ? content : withLamp(content, fresh, undefined);
	});
	return secrets;
}

async function logIn(talk: Plain, plan: Plan, vault: SecretStore): Promise<LampSecrets> {
	const content = vault.read();
	const names = [talk.node, plan.serial, plan.values.get("node")].filter((name) => !!name);
	const kept = [...new Set(names.flatMap((name) => lampsCalled(content, name!)))];
	for (const lamp of kept.slice(0, GUESSES_MAX)) if (await opens(talk, lamp.secret)) return lamp;
	const who = talk.node === undefined ? text("thisLamp") : text("thisNode", talk.node);
	throw new Trouble(text(kept.length === 0 ? "noSecret" : "closed", who));
}

/** Waits until the lamp has restarted, by its count of lives, and logs in again. */
export async function enterAgain(
	talk: Plain,
	{ secret }: LampSecrets,
	before: Identity,
): Promise<Identity> {
	for (const until = performance.now() + RESTART_WITHIN; ; ) {
		await new Promise((later) => setTimeout(later, LOOK_EACH));
		const identity = await identityAgain(talk, secret);
		if (identity && identity.life !== before.life) return identity;
		if (performance.now() > until) throw new Trouble(text("noRestart"));
	}
}

/** Undefined while the lamp restarts. */
async function identityAgain(talk: Plain, secret: string): Promise<Identity | undefined> {
	try {
		await talk.greet();
		if (talk.state !== "open" && !(await opens(talk, secret)))
			throw new Trouble(text("closedAfter"));
		return await identityOf(talk);
	} catch (error) {
		if (error instanceof Silence) return undefined;
		throw error;
	}
}

/** Whether that is the lamp's secret. Waits for the delay that the lamp reports. */
async function opens(talk: Plain, secret: string): Promise<boolean> {
	for (;;) {
		const { reason, text: more } = await talk.ask(`login ${secret}`, "login");
		if (reason === undefined) return true;
		if (reason !== "wait" && reason !== "wrongSecret")
			throw new Trouble(text("refuses", "login", refusalOf(reason, more)));
		await new Promise((later) => setTimeout(later, 1000 * Number(more) + WAIT_SLACK));
		if (reason === "wrongSecret") return false;
	}
}

async function first(talk: Plain, vault: SecretStore, now: Date): Promise<LampSecrets> {
	const name = talk.node;
	if (name === undefined) throw new Trouble(text("noName"));
	const secrets = await keptOr(vault, (content) => begunFor([name], content), made([name], now));
	await talk.do(`secret ${secrets.secret}`, "secret");
	return secrets;
}

interface First {
	readonly talk: Plain;
	readonly vault: SecretStore;
	readonly now: Date;
	readonly serial: string;
	readonly node: string;
	check(content: Content): void;
}

/**
 * The first secret of a lamp with a known serial number: one write of the vault, with its name at
 * the pole. Of an entry from before it lost its secret, or of an interrupted run, the rest stays.
 */
async function firstOf({ talk, vault, now, serial, node, check }: First): Promise<LampSecrets> {
	const nodes = [talk.node ?? serial, node].filter((name) => name !== "");
	const fresh = made([...new Set(nodes)], now, serial);
	let secrets = fresh;
	await vault.update((content) => {
		check(content);
		secrets = afterOld(content, fresh);
		return withLamp(withoutOld(content, serial), secrets, undefined);
	});
	await talk.do(`secret ${secrets.secret}`, "secret");
	return secrets;
}

/** Secrets without a serial number: begun for this very lamp, and interrupted. */
function begunFor(
	names: readonly (string | undefined)[],
	content: Content,
): LampSecrets | undefined {
	const known = names.filter((name) => !!name).flatMap((name) => lampsCalled(content, name!));
	return known.find(({ serial }) => serial === undefined);
}

function made(nodes: readonly string[], now: Date, serial?: string): LampSecrets {
	const rest = { nodes, secret: newSecret(), made: now.toISOString() };
	return serial === undefined ? rest : { serial, ...rest };
}

/** The secrets under the lamp's own serial number. */
async function confirmed(
	identity: Identity,
	secrets: LampSecrets,
	vault: SecretStore,
): Promise<Entered> {
	const { serial } = identity;
	if (secrets.serial === serial) return { identity, secrets };
	if (secrets.serial !== undefined) throw new Trouble(text("shared", secrets.serial, serial));
	let named: LampSecrets = { ...secrets, serial };
	await vault.update((content) => {
		const stored = content.lamps.find(({ secret }) => secret === secrets.secret) ?? secrets;
		named = afterOld(content, { ...stored, serial });
		return withLamp(withoutOld(content, serial), named, stored);
	});
	return { identity, secrets: named };
}

/**
 * The secrets of a controller with all that the vault has of it from before it lost its console secret,
 * and that nobody could make again: its key, its own settings, its record of the flash station.
 */
function afterOld(content: Content, fresh: LampSecrets): LampSecrets {
	let all = fresh;
	for (const { secret, serial, nodes, key, settings, factory } of content.lamps) {
		if (serial !== fresh.serial || secret === fresh.secret) continue;
		all = {
			...(key && { key }),
			...(factory && { factory }),
			...all,
			nodes: [...nodes.filter((name) => !all.nodes.includes(name)), ...all.nodes],
			...(settings && { settings: { ...settings, ...all.settings } }),
		};
	}
	return all;
}

/** Without the entry of the same controller from before it lost its secret. */
function withoutOld(content: Content, serial: string): Content {
	return { ...content, lamps: content.lamps.filter((lamp) => lamp.serial !== serial) };
}

export async function identityOf(talk: Plain): Promise<Identity> {
	const { body } = await talk.do("status");
	for (const line of body) {
		const part = JSON.parse(line) as Identity & { part: string };
		if (part.part === "identity") return part;
	}
	throw new Trouble(text("noIdentity"));
}

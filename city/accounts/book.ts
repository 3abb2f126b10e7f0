/**
 * Book of accounts: `npx luminode vault --broker mosquitto|rabbitmq DIR`: files for the broker from the
 * vault, an increment for new lamps, and revocation.
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { replaceFile, textOfFile } from "../../lib/files.js";
import type { Text } from "../../lib/text/bilingual.js";
import { languageIn, wordsIn } from "../../lib/text/options.js";
import { text } from "../../lib/text/texts.js";
import { errorLines, Trouble } from "../../lib/text/trouble.js";
import { type Asking, passphrase } from "../../lib/vault/ask.js";
import { lampsCalled, Vault } from "../../lib/vault/vault.js";
import { readSite } from "../sitefile.js";
import { SHARED } from "../words.js";
import {
	type Accounts,
	accountsOf,
	type Naming,
	OPERATOR,
	revoked,
	withoutOperator,
	withPasswords,
} from "./accounts.js";
import { accessFile, passwordFile } from "./mosquitto.js";
import { type Definitions, definitionsOf, incrementOf, type Scope } from "./rabbitmq.js";
import { accountText } from "./texts.js";

const FORMS = ["mosquitto", "rabbitmq"];
const NAME = /^[A-Za-z0-9_-]{1,32}$/;
const DONE = 0;
const NOT_DONE = 2;

/** Whether the words ask for this program, and not for the vault's own. */
export function isForBroker(args: readonly string[]): boolean {
	return args.some((word) => /^--(broker|revoke|operator)(=|$)/.test(word));
}

/** Runs the program. @returns its exit code */
export async function accountBook(args: readonly string[], seat: Asking): Promise<number> {
	const language = languageIn(args, seat.environment);
	try {
		const options = wordsOf(args);
		if (!existsSync(options.vault)) throw new Trouble(text("noFile", options.vault));
		const vault = Vault.open(options.vault, await passphrase(seat, options.vault, false, language));
		vault.update((content) => {
			let after = content;
			for (const name of options.revoke) {
				const [lamp] = lampsCalled(after, name);
				const rest = lamp ? revoked(after, lamp, seat.now()) : withoutOperator(after, name);
				if (!rest) throw new Trouble(accountText("noLampCalled", name));
				after = rest;
			}
			return withPasswords(after, options.operators);
		});
		const accounts = accountsOf(vault.read(), options.naming);
		mkdirSync(options.folder, { recursive: true });
		const lines = (options.form === "mosquitto" ? mosquitto : rabbitmq)(accounts, options);
		for (const line of [...lines, ...accounts.without.map((why) => accountText("noAccount", why))])
			seat.stdout.write(`${line[language]}\n`);
		return DONE;
	} catch (error) {
		for (const line of errorLines("vault", error, language)) seat.stderr.write(`${line}\n`);
		return NOT_DONE;
	}
}

interface Words extends Scope {
	readonly vault: string;
	readonly form: string;
	readonly folder: string;
	readonly naming: Naming;
	readonly revoke: readonly string[];
	readonly operators: readonly string[];
}

const OPTIONS = {
	vault: { type: "string" },
	broker: { type: "string" },
	site: { type: "string", multiple: true },
	root: { type: "string" },
	users: { type: "string" },
	sites: { type: "string" },
	revoke: { type: "string", multiple: true },
	operator: { type: "string", multiple: true },
	commune: { type: "boolean" },
} as const;

function wordsOf(args: readonly string[]): Words {
	const { values, positionals } = wordsIn(args, OPTIONS);
	const {
		vault,
		broker: form = "",
		site = [],
		root = SHARED.root.default,
		users = "node",
		sites,
		revoke = [],
		operator: operators = [],
		commune: isCommune = false,
	} = values;
	if (vault === undefined) throw new Trouble(text("missing", "--vault", "city.vault"));
	if (!FORMS.includes(form)) {
		const forms = { en: FORMS.join(", "), fr: FORMS.join(" ou ") };
		throw new Trouble(accountText("noForm", form, forms));
	}
	if (positionals.length !== 1) throw new Trouble(accountText("oneFolder", form));
	if (site.length === 0) throw new Trouble(text("missing", "--site", "liege"));
	for (const name of site) if (!NAME.test(name)) throw new Trouble(accountText("badSite", name));
	for (const name of operators)
		if (!OPERATOR.test(`desk-${name}`)) throw new Trouble(accountText("badOperator", name));
	if (users !== "node" && users !== "serial") throw new Trouble(accountText("badUsers", users));
	const plans = sites === undefined ? [] : readSite(sites).poles;
	const nodes = plans.flatMap(({ serial, values: settings }): [string, string][] =>
		serial === undefined ? [] : [[serial, settings.get("node")!]],
	);
	if (isCommune && site.length > 1) throw new Trouble(accountText("oneCommune", site.join(", ")));
	const commune = isCommune ? site[0] : undefined;
	const naming: Naming = { by: users, nodes: new Map(nodes), commune };
	return { vault, form, folder: positionals[0]!, sites: site, root, naming, revoke, operators };
}

function mosquitto(accounts: Accounts, { folder, root, sites }: Words): Text[] {
	const [passwords, acl] = [join(folder, "passwords"), join(folder, "acl")];
	const before = existsSync(passwords) ? textOfFile(passwords) : "";
	const after = passwordFile(accounts, before);
	replaceFile(passwords, after);
	replaceFile(acl, accessFile(accounts, { root, sites }));
	const old = new Set(before.split("\n"));
	const changed = after.split("\n").filter((line) => !old.has(line)).length;
	return [
		accountText("passwords", passwords, accounts.lamps.length, changed),
		accountText("written", acl),
		accountText("nextMosquitto"),
	];
}

function rabbitmq(accounts: Accounts, { folder, root, sites }: Words): Text[] {
	const path = (name: string) => join(folder, name);
	const before = existsSync(path("definitions.json"))
		? (JSON.parse(textOfFile(path("definitions.json"))) as Definitions)
		: undefined;
	const after = definitionsOf(accounts, { root, sites }, before);
	const increment = incrementOf(after, before);
	const names = new Set(after.users.map(({ name }) => name));
	const missing = (before?.users ?? []).map(({ name }) => name).filter((name) => !names.has(name));
	const gone = [...new Set([...accounts.revoked, ...missing])];
	// the increment first: a run that was cut between the files writes it again
	replaceFile(path("increment.json"), `${JSON.stringify(increment, null, 1)}\n`);
	replaceFile(path("revoked"), gone.map((name) => `${name}\n`).join(""));
	replaceFile(path("definitions.json"), `${JSON.stringify(after, null, 1)}\n`);
	return [
		accountText("definitions", path("definitions.json"), accounts.lamps.length),
		accountText("increment", path("increment.json"), increment.users.length),
		accountText("gone", path("revoked"), gone.length),
		accountText("nextRabbit"),
	];
}

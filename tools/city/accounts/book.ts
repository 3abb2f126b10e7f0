/**
 * Book of accounts: `npm run vault -- --broker mosquitto|rabbitmq DIR`: files for the broker from the
 * vault, an increment for new lamps, and revocation.
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Asking, passphrase } from "../../laptop/ask.js";
import { replaceFile, textOfFile } from "../../laptop/files.js";
import { Trouble } from "../../laptop/line.js";
import { readSite } from "../../laptop/sitefile.js";
import { lampsCalled, Vault } from "../../laptop/vault.js";
import { ROOT } from "../broker.js";
import { type Accounts, accountsOf, type Naming, revoked, withPasswords } from "./accounts.js";
import { accessFile, passwordFile } from "./mosquitto.js";
import { type Definitions, definitionsOf, incrementOf, type Scope } from "./rabbitmq.js";

export const ACCOUNTS_HELP = `
Accounts at the broker, from the same vault:

  npm run vault -- --vault FILE --broker mosquitto|rabbitmq DIR --site SITE [--revoke NAME]

  --broker mosquitto DIR  writes DIR/passwords and DIR/acl; then: kill -HUP of mosquitto
  --broker rabbitmq DIR   writes DIR/definitions.json (all) and DIR/increment.json (changes since
                          the last run); then: rabbitmqctl import_definitions DIR/increment.json,
                          and rabbitmqctl delete_user for each line of DIR/revoked
  --site SITE             site of the topics; may be repeated
  --root ROOT             first levels of all topics (${ROOT})
  --users node|serial     user of a lamp: the name of its pole (node), or its serial number for
                          lamps that are assigned to poles over the broker
  --sites FILE            site file that gives the pole of a serial number
  --revoke NAME           takes the account of a lamp away, by serial number or node
`;

const FORMS = ["mosquitto", "rabbitmq"];
const NAME = /^[A-Za-z0-9_-]{1,32}$/;
const DONE = 0;
const NOT_DONE = 2;

/** Whether the words ask for this program, and not for the vault's own. */
export function isForBroker(args: readonly string[]): boolean {
	return args.some((word) => /^--(broker|revoke)(=|$)/.test(word));
}

/** Runs the program. @returns its exit code */
export async function accountBook(args: readonly string[], seat: Asking): Promise<number> {
	try {
		const words = wordsOf(args);
		if (!existsSync(words.vault)) throw new Trouble(`${words.vault}: no such file`);
		const vault = Vault.open(words.vault, await passphrase(seat, words.vault, false));
		vault.update((content) => {
			let after = content;
			for (const name of words.revoke) {
				const [lamp] = lampsCalled(after, name);
				if (!lamp) throw new Trouble(`--revoke ${name}: no lamp of that name; --list shows all`);
				after = revoked(after, lamp, seat.now());
			}
			return withPasswords(after);
		});
		const accounts = accountsOf(vault.read(), words.naming);
		mkdirSync(words.folder, { recursive: true });
		const lines = (words.form === "mosquitto" ? mosquitto : rabbitmq)(accounts, words);
		for (const line of [...lines, ...accounts.without.map((why) => `no account: ${why}`)])
			seat.stdout.write(`${line}\n`);
		return DONE;
	} catch (error) {
		for (const line of (error as Error).message.split("\n")) seat.stderr.write(`vault: ${line}\n`);
		return NOT_DONE;
	}
}

interface Words extends Scope {
	readonly vault: string;
	readonly form: string;
	readonly folder: string;
	readonly naming: Naming;
	readonly revoke: readonly string[];
}

function wordsOf(args: readonly string[]): Words {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			vault: { type: "string" },
			broker: { type: "string" },
			site: { type: "string", multiple: true },
			root: { type: "string" },
			users: { type: "string" },
			sites: { type: "string" },
			revoke: { type: "string", multiple: true },
		},
	});
	const {
		vault,
		broker: form = "",
		site = [],
		root = ROOT,
		users = "node",
		sites,
		revoke,
	} = values;
	if (vault === undefined) throw new Trouble("--vault is missing");
	if (!FORMS.includes(form))
		throw new Trouble(
			`--broker ${form}: is none of ${FORMS.join(", ")}, e.g. --broker mosquitto out`,
		);
	if (positionals.length !== 1)
		throw new Trouble(`give one folder for the files, e.g. --broker ${form} out/broker`);
	if (site.length === 0) throw new Trouble("--site is missing, e.g. --site liege");
	for (const name of site)
		if (!NAME.test(name)) throw new Trouble(`--site ${name}: is not 1-32 of A-Z a-z 0-9 _ -`);
	if (users !== "node" && users !== "serial")
		throw new Trouble(`--users ${users}: is neither node nor serial`);
	const plans = sites === undefined ? [] : readSite(sites).poles;
	const nodes = plans.flatMap(({ serial, values: settings }): [string, string][] =>
		serial === undefined ? [] : [[serial, settings.get("node")!]],
	);
	const naming: Naming = { by: users, nodes: new Map(nodes) };
	return { vault, form, folder: positionals[0]!, sites: site, root, naming, revoke: revoke ?? [] };
}

function mosquitto(accounts: Accounts, { folder, root, sites }: Words): string[] {
	const [passwords, acl] = [join(folder, "passwords"), join(folder, "acl")];
	const before = existsSync(passwords) ? textOfFile(passwords) : "";
	const after = passwordFile(accounts, before);
	replaceFile(passwords, after);
	replaceFile(acl, accessFile(accounts, { root, sites }));
	const old = new Set(before.split("\n"));
	const changed = after.split("\n").filter((line) => !old.has(line)).length;
	return [
		`${passwords}: ${accounts.lamps.length} lamps, ${changed} new or changed accounts`,
		`${acl}: written`,
		"next: both files must be readable by mosquitto; send it SIGHUP to load them",
	];
}

function rabbitmq(accounts: Accounts, { folder, root, sites }: Words): string[] {
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
		`${path("definitions.json")}: ${accounts.lamps.length} lamps`,
		`${path("increment.json")}: ${increment.users.length} new or changed accounts`,
		`${path("revoked")}: ${gone.length} accounts to delete`,
		"next: rabbitmqctl import_definitions on increment.json, delete_user for each name of revoked",
	];
}

/**
 * Vault book: `npx luminode vault`: lists a vault, shows one lamp's secrets, and adds entries.
 */
import { existsSync } from "node:fs";
import type { Language, Part } from "../../../lib/text/bilingual.js";
import { languageIn, optionsIn } from "../../../lib/text/options.js";
import { errorLines, Trouble } from "../../../lib/text/trouble.js";
import { type Asking, hidden, passphrase } from "../../../lib/vault/ask.js";
import {
	type Content,
	type LampSecrets,
	lampsCalled,
	Vault,
	withLamp,
} from "../../../lib/vault/vault.js";
import { VALIDATORS } from "../../../src/node/settings/validators.js";
import { faultText } from "../../../src/settings/faults.js";
import { settingOf } from "../../../src/settings/table.js";
import { isRejection, validate } from "../../../src/settings/validate.js";
import { VAULT_HELP } from "../text/helps.js";
import { type TextName, text } from "../text/texts.js";

const DONE = 0;
const NOT_DONE = 2;
/** In the form that the lamp accepts (docs/console.md). */
const SECRET = /^[!-~]{16,64}$/;
const SERIAL = /^[A-Za-z0-9_-]{1,32}$/;

/** Runs the program. @returns its exit code */
export async function vaultBook(args: readonly string[], seat: Asking): Promise<number> {
	const language = languageIn(args, seat.environment);
	try {
		const values = optionsIn(args, {
			vault: { type: "string" },
			list: { type: "boolean" },
			read: { type: "string" },
			put: { type: "string" },
			lamp: { type: "string" },
			rekey: { type: "boolean" },
		});
		const { vault: path, list, read, put, lamp, rekey } = values;
		if (values.help) seat.stdout.write(VAULT_HELP[language]);
		if (values.help) return DONE;
		if (path === undefined) throw new Trouble(text("missing", "--vault", "city.vault"));
		if ([list, read, put, rekey].filter((each) => each !== undefined).length !== 1)
			throw new Trouble(text("giveOne"));
		const what = put === undefined ? undefined : checked(put, lamp);
		if (put === undefined && !existsSync(path)) throw new Trouble(text("noFile", path));
		const vault = Vault.open(path, await passphrase(seat, path, !existsSync(path), language));
		if (rekey) vault.rekey(await passphrase({ ...seat, environment: {} }, path, true, language));
		else if (list) seat.stdout.write(listing(vault.read(), language));
		else if (read !== undefined) seat.stdout.write(shown(vault.read(), read, language));
		else await putIn(vault, what!, lamp, seat, language);
		return DONE;
	} catch (error) {
		for (const line of errorLines("vault", error, language)) seat.stderr.write(`${line}\n`);
		return NOT_DONE;
	}
}

/** The name of the entry; throws before a secret is typed. */
function checked(what: string, lamp: string | undefined): string {
	const isOwn = what === "secret";
	if (!isOwn && !settingOf(what)?.secret) throw new Trouble(text("noSecretSetting", what));
	if (isOwn && lamp === undefined) throw new Trouble(text("ownSecret"));
	return what;
}

async function putIn(
	vault: Vault,
	what: string,
	lamp: string | undefined,
	seat: Asking,
	language: Language,
) {
	const question = lamp === undefined ? text("askValue", what) : text("askOfLamp", what, lamp);
	const value = await hidden(seat, question[language]);
	if (what === "secret") {
		if (!SECRET.test(value)) throw new Trouble(text("secretForm"));
		return adopt(vault, lamp!, value, seat.now());
	}
	const checked = validate(what, value, VALIDATORS);
	if (isRejection(checked)) {
		const [en, fr] = [faultText(checked, value, "en"), faultText(checked, value, "fr")];
		throw new Trouble(text("rule", checked.name, { en, fr }));
	}
	vault.update((content) => {
		if (lamp === undefined) return { ...content, shared: { ...content.shared, [what]: value } };
		const before = theOne(content, lamp);
		const settings = { ...before.settings, [what]: value };
		return withLamp(content, { ...before, settings }, before);
	});
}

/** Adds a lamp that was set up without this vault. */
function adopt(vault: Vault, serial: string, secret: string, now: Date): void {
	if (!SERIAL.test(serial)) throw new Trouble(text("noSerial", serial));
	vault.update((content) => {
		if (content.lamps.some((lamp) => lamp.secret === secret && lamp.serial !== serial))
			throw new Trouble(text("sameSecret"));
		const before = content.lamps.find((lamp) => lamp.serial === serial);
		const made = { serial, nodes: [], made: now.toISOString() };
		return withLamp(content, { ...(before ?? made), secret }, before);
	});
}

function theOne(content: Content, name: string): LampSecrets {
	const [lamp] = lampsCalled(content, name);
	if (!lamp) throw new Trouble(text("noLamp", name));
	return lamp;
}

function shown(content: Content, name: string, language: Language): string {
	const password = Object.hasOwn(content.roles ?? {}, name) ? content.roles![name] : undefined;
	return password === undefined ? secretsOf(theOne(content, name), language) : `${password}\n`;
}

function listing({ lamps, shared }: Content, language: Language): string {
	const say = (name: TextName, ...parts: readonly Part[]) => text(name, ...parts)[language];
	const lines = lamps.map(({ serial, nodes, made, key, settings, revoked }) =>
		[
			serial ?? say("noSerialYet"),
			nodes.at(-1) ?? say("noNodeYet"),
			say("since", made),
			["secret", ...(key ? ["key"] : []), ...Object.keys(settings ?? {})].join("+"),
			...(revoked ? [say("revoked", revoked)] : []),
		].join("  "),
	);
	const all = Object.keys(shared);
	return `${[...lines, say("ofAll", all.length > 0 ? all.join(", ") : text("nothing"))].join("\n")}\n`;
}

function secretsOf(
	{ serial, nodes, secret, key, settings, made }: LampSecrets,
	language: Language,
): string {
	const say = (name: TextName, ...parts: readonly Part[]) => text(name, ...parts)[language];
	const lines = [
		say("madeFor", serial ?? text("notYet"), nodes.join(", "), made),
		say("because", "secret", secret),
		...Object.entries(settings ?? {}).map(([name, value]) => say("because", name, value)),
	];
	return `${[...lines, ...(key ? [key.trimEnd()] : [])].join("\n")}\n`;
}

/**
 * Vault book: `npm run vault`: lists a vault, shows one lamp's secrets, and adds entries.
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { VALIDATORS } from "../../src/node/settings/validators.js";
import { settingOf } from "../../src/settings/table.js";
import { isRejection, validate } from "../../src/settings/validate.js";
import { type Asking, hidden, passphrase } from "./ask.js";
import { Trouble } from "./line.js";
import { type Content, type LampSecrets, lampsCalled, Vault, withLamp } from "./vault.js";

const HELP = `usage: npm run vault -- --vault FILE (--list | --read NAME | --put WHAT [--lamp NAME] | --rekey)

  --list        prints the lamps in the vault, without secrets
  --read NAME   prints the secrets of one lamp, by serial number or node, or the password of
                a program at the broker: desk, alarm, reader, bridge
  --put WHAT    stores a secret for provisioning, read from the keyboard or a pipe:
                brokerPassword, siteKey ...; for every lamp, or for one with --lamp;
                secret, with --lamp: the password of a console that was set up elsewhere
  --lamp NAME   serial number or node
  --rekey       changes the passphrase

The passphrase is read from the keyboard or from LUMINODE_PASSPHRASE.
Exit code: 0 done, 2 not done.
`;
const DONE = 0;
const NOT_DONE = 2;
/** In the form that the lamp accepts (docs/console.md). */
const SECRET = /^[!-~]{16,64}$/;
const SERIAL = /^[A-Za-z0-9_-]{1,32}$/;

/** Runs the program. @returns its exit code */
export async function vaultBook(args: readonly string[], seat: Asking): Promise<number> {
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				vault: { type: "string" },
				list: { type: "boolean" },
				read: { type: "string" },
				put: { type: "string" },
				lamp: { type: "string" },
				rekey: { type: "boolean" },
				help: { type: "boolean" },
			},
		});
		const { vault: path, list, read, put, lamp, rekey } = values;
		if (values.help) seat.stdout.write(HELP);
		if (values.help) return DONE;
		if (path === undefined) throw new Trouble("--vault is missing");
		if ([list, read, put, rekey].filter((each) => each !== undefined).length !== 1)
			throw new Trouble("give one of --list, --read, --put, --rekey");
		const what = put === undefined ? undefined : checked(put, lamp);
		if (put === undefined && !existsSync(path)) throw new Trouble(`${path}: no such file`);
		const vault = Vault.open(path, await passphrase(seat, path, !existsSync(path)));
		if (rekey) vault.rekey(await passphrase({ ...seat, environment: {} }, path, true));
		else if (list) seat.stdout.write(listing(vault.read()));
		else if (read !== undefined) seat.stdout.write(shown(vault.read(), read));
		else await putIn(vault, what!, lamp, seat);
		return DONE;
	} catch (error) {
		for (const line of (error as Error).message.split("\n")) seat.stderr.write(`vault: ${line}\n`);
		return NOT_DONE;
	}
}

/** The name of the entry; throws before a secret is typed. */
function checked(what: string, lamp: string | undefined): string {
	const isOwn = what === "secret";
	if (!isOwn && !settingOf(what)?.secret) throw new Trouble(`--put ${what}: is no secret setting`);
	if (isOwn && lamp === undefined)
		throw new Trouble("--put secret is each lamp's own: give --lamp");
	return what;
}

async function putIn(vault: Vault, what: string, lamp: string | undefined, seat: Asking) {
	const value = await hidden(seat, `${what}${lamp === undefined ? "" : ` of ${lamp}`}: `);
	if (what === "secret") {
		if (!SECRET.test(value))
			throw new Trouble("a secret has 16 to 64 characters of ASCII without space");
		return adopt(vault, lamp!, value, seat.now());
	}
	const checked = validate(what, value, VALIDATORS);
	if (isRejection(checked)) throw new Trouble(`${checked.name} ${checked.why}`);
	vault.update((content) => {
		if (lamp === undefined) return { ...content, shared: { ...content.shared, [what]: value } };
		const before = theOne(content, lamp);
		const settings = { ...before.settings, [what]: value };
		return withLamp(content, { ...before, settings }, before);
	});
}

/** Adds a lamp that was set up without this vault. */
function adopt(vault: Vault, serial: string, secret: string, now: Date): void {
	if (!SERIAL.test(serial)) throw new Trouble(`--lamp ${serial}: is no serial number`);
	vault.update((content) => {
		if (content.lamps.some((lamp) => lamp.secret === secret && lamp.serial !== serial))
			throw new Trouble("another lamp has that secret");
		const before = content.lamps.find((lamp) => lamp.serial === serial);
		const made = { serial, nodes: [], made: now.toISOString() };
		return withLamp(content, { ...(before ?? made), secret }, before);
	});
}

function theOne(content: Content, name: string): LampSecrets {
	const [lamp] = lampsCalled(content, name);
	if (!lamp) throw new Trouble(`no lamp is called ${name}; --list shows them all`);
	return lamp;
}

function shown(content: Content, name: string): string {
	const password = Object.hasOwn(content.roles ?? {}, name) ? content.roles![name] : undefined;
	return password === undefined ? secretsOf(theOne(content, name)) : `${password}\n`;
}

function listing({ lamps, shared }: Content): string {
	const lines = lamps.map(({ serial, nodes, made, key, settings, revoked }) =>
		[
			serial ?? "(serial not known yet)",
			nodes.at(-1) ?? "(no node)",
			`since ${made}`,
			["secret", ...(key ? ["key"] : []), ...Object.keys(settings ?? {})].join("+"),
			...(revoked ? [`revoked ${revoked}`] : []),
		].join("  "),
	);
	const all = Object.keys(shared);
	return `${[...lines, `of every lamp: ${all.length > 0 ? all.join(", ") : "nothing"}`].join("\n")}\n`;
}

function secretsOf({ serial, nodes, secret, key, settings, made }: LampSecrets): string {
	const lines = [
		`serial ${serial ?? "(not known yet)"}, nodes ${nodes.join(", ")}, made ${made}`,
		`secret: ${secret}`,
		...Object.entries(settings ?? {}).map(([name, value]) => `${name}: ${value}`),
	];
	return `${[...lines, ...(key ? [key.trimEnd()] : [])].join("\n")}\n`;
}

/**
 * Provision: `npm run provision`: commissions the lamp at the other end of a serial line by a site
 * file (sitefile.ts, commission.ts), and records the outcome (protocol.ts).
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { siteNotes } from "../plan/sitenotes.js";
import { type Asking, passphrase, yes } from "./ask.js";
import { certify } from "./certify.js";
import { commission, type Job, type Outcome, secretsFor } from "./commission.js";
import { addToFile, replaceFile, textOfFile } from "./files.js";
import { faultOfPort, openLine, Trouble } from "./line.js";
import { Plain } from "./plain.js";
import { addLine, passedLines } from "./protocol.js";
import { newSecret } from "./secret.js";
import { readSite } from "./sitefile.js";
import type { Plan } from "./sitetable.js";
import { textOf } from "./totext.js";
import { lampsCalled, Vault, withLamp } from "./vault.js";

const HELP = `usage: npm run provision -- --port PORT --site FILE (--pole ID | --serial) --vault FILE

Commissions the lamp on the serial line by the site file: sets its secret and its settings,
reads them back, runs its tests, and adds a line to the protocol. Repeat it after an interruption.

  --port PORT         a serial port (/dev/ttyUSB0, COM3) or tcp:HOST:PORT
  --site FILE         CSV: one line a pole; columns pole, node, serial and settings
  --pole ID           the pole, which selects a line of the site file
  --serial            no pole yet: uses the line of the pole *, which applies to all
  --vault FILE        encrypted file of the secrets (npm run vault)
  --protocol FILE     CSV to which the result is added (protocol.csv)
  --certificate DIR   makes a key and a request DIR/SERIAL.csr.pem; once the CA's answer
                      exists as DIR/SERIAL.crt.pem, installs both
  --ca FILE           CA certificate of the commune, PEM, for the lamp
  --tests LIST        lamp,pir,light,broker, all (default) or none
  --seen              somebody watches the lamp and sees it follow its test; without it, a
                      lamp that does not measure its own light is asked about at the keyboard
  --yes               goes on where name, vault or protocol belong to another pole
  --replaces FILE     export of the replaced lamp, for its settings (those in the site
                      file take precedence), its counters and its life
  --exports DIR       stores the lamp's export, for its later replacement
  --to-text FILE      without a lamp: writes commands to paste; the file contains secrets

The vault's passphrase is read from the keyboard or from LUMINODE_PASSPHRASE.
Exit code: 0 passed, 1 failed, 2 error before the first exchange with a lamp.
`;
const SHINE = "Did you see it shine: full, down in three steps, full?";
const PASS = 0;
const FAIL = 1;
const WRONG = 2;
const TESTS = ["lamp", "pir", "light", "broker"];
const GREEN = "\u001b[1;32m";
const RED = "\u001b[1;31m";
const PLAIN = "\u001b[0m";

const FLAGS = {
	port: { type: "string" },
	site: { type: "string" },
	pole: { type: "string" },
	serial: { type: "boolean" },
	vault: { type: "string" },
	protocol: { type: "string", default: "protocol.csv" },
	certificate: { type: "string" },
	ca: { type: "string" },
	tests: { type: "string", default: "all" },
	replaces: { type: "string" },
	exports: { type: "string" },
	seen: { type: "boolean", default: false },
	yes: { type: "boolean", default: false },
	"to-text": { type: "string" },
	help: { type: "boolean" },
} as const;

/** The arguments, checked as far as the command line goes. */
interface Asked {
	readonly port: string | undefined;
	readonly plan: Plan;
	readonly vault: string;
	readonly protocol: string;
	readonly certificates: string | undefined;
	readonly ca: string | undefined;
	readonly tests: readonly string[];
	readonly replaces: readonly string[] | undefined;
	readonly exports: string | undefined;
	readonly toText: string | undefined;
	readonly seen: boolean;
	readonly yes: boolean;
}

/** Runs the program. @returns its exit code */
export async function provision(args: readonly string[], seat: Asking): Promise<number> {
	const say = (text: string) => void seat.stdout.write(`${text}\n`);
	try {
		const asked = read(args);
		if (asked === undefined) {
			seat.stdout.write(HELP);
			return PASS;
		}
		const phrase = await passphrase(seat, asked.vault, !existsSync(asked.vault));
		const vault = Vault.open(asked.vault, phrase);
		if (asked.toText !== undefined) {
			writeText(asked.plan, asked.toText, vault, seat.now());
			say(`${asked.toText}: paste it at the lamp, then delete it; it holds secrets`);
			return PASS;
		}
		addToFile(asked.protocol, ""); // before anything is done that could not be recorded
		return await run(asked, vault, seat, say);
	} catch (error) {
		for (const line of wordsOf(error)) seat.stderr.write(`${line}\n`);
		return WRONG;
	}
}

async function run(
	asked: Asked,
	vault: Vault,
	seat: Asking,
	say: (text: string) => void,
): Promise<number> {
	const { plan, protocol } = asked;
	const { certificates: folder, ca, exports } = asked;
	const job: Job = {
		...asked,
		certify:
			folder === undefined && ca === undefined
				? undefined
				: (line, lamp) => certify(line, lamp, { folder, ca, vault, say }),
		keepExport:
			exports === undefined
				? undefined
				: (name, lines) => {
						const path = join(exports, `${name}.export`);
						replaceFile(path, `${lines.join("\n")}\n`);
						say(`export: ${path}`);
					},
		...{ vault, say, protocolled: passedLines(protocol), now: () => seat.now() },
		goesOn: async (doubts) => {
			for (const doubt of doubts) say(`? ${doubt}`);
			return asked.yes || (await yes(seat, "Is this the right pole all the same?")) === true;
		},
		wasSeen: async () => (asked.seen ? true : yes(seat, SHINE)),
	};
	const talk = await Plain.open(asked.port!, openLine);
	let outcome: Outcome;
	try {
		outcome = await commission(talk, job);
	} finally {
		await talk.close();
	}
	addLine(protocol, plan, outcome, seat.now());
	const who = plan.pole === "" ? (outcome.identity?.serial ?? "lamp") : `pole ${plan.pole}`;
	const isColoured = seat.stdout.isTTY === true && !seat.environment.NO_COLOR;
	const word = outcome.why === "" ? "PASS" : "FAIL";
	const colour = outcome.why === "" ? GREEN : RED;
	const shown = isColoured ? `${colour}${word}${PLAIN}` : word;
	say(`${shown} ${who}${outcome.why === "" ? "" : `: ${outcome.why}`}`);
	return outcome.why === "" ? PASS : FAIL;
}

function read(args: readonly string[]): Asked | undefined {
	const { values } = parseArgs({ args: [...args], options: FLAGS });
	if (values.help) return undefined;
	const { site, pole, serial, port, vault, certificate, "to-text": toText } = values;
	if (site === undefined) throw new Trouble("--site is missing");
	if (vault === undefined) throw new Trouble("--vault is missing: the lamp's secret must be kept");
	if ((pole === undefined) === (serial !== true))
		throw new Trouble("give --pole ID, or --serial for a lamp without a pole");
	if ((port === undefined) === (toText === undefined))
		throw new Trouble("give --port PORT, or --to-text FILE");
	if (toText !== undefined && pole === undefined) throw new Trouble("--to-text is for a --pole");
	const fault = port === undefined ? undefined : faultOfPort(port);
	if (fault) throw new Trouble(fault);
	const file = readSite(site);
	for (const note of siteNotes(file, "en")) process.stderr.write(`note: ${note}\n`);
	const { poles, spare } = file;
	const plan = pole === undefined ? spare : poles.find((each) => each.pole === pole);
	if (!plan) throw new Trouble(`${site}: no line of pole ${pole}`);
	for (const folder of [certificate, values.exports])
		if (folder !== undefined) mkdirSync(folder, { recursive: true });
	return {
		...{ port, plan, vault, toText, certificates: certificate, protocol: values.protocol },
		ca: values.ca === undefined ? undefined : textOfFile(values.ca),
		tests: testsOf(values.tests),
		replaces: values.replaces === undefined ? undefined : exportIn(values.replaces),
		exports: values.exports,
		...{ seen: values.seen, yes: values.yes },
	};
}

function testsOf(text: string): readonly string[] {
	if (text === "all") return ["all"];
	if (text === "none") return [];
	const names = text.split(",");
	const wrong = names.find((name) => !TESTS.includes(name));
	if (wrong !== undefined)
		throw new Trouble(`--tests ${wrong}: not ${TESTS.join(", ")}, all or none`);
	return names;
}

/** The lines of an export; the lamp validates them. */
function exportIn(path: string): readonly string[] {
	const lines = textOfFile(path).split(/\r?\n/);
	const kept = lines.filter((line) => line.trim() !== "");
	if (!/^\{"export":\d+,/.test(kept[0] ?? "") || !/^\{"life":\d+,/.test(kept[1] ?? ""))
		throw new Trouble(`${path}: is no export of a lamp`);
	return kept;
}

/** The secret is in the vault before it is in the file. */
function writeText(plan: Plan, path: string, vault: Vault, now: Date): void {
	const node = plan.values.get("node")!;
	const name = plan.serial ?? node;
	const kept = lampsCalled(vault.read(), name)[0];
	const made = { nodes: [node], secret: newSecret(), made: now.toISOString() };
	const secrets = kept ?? (plan.serial === undefined ? made : { serial: plan.serial, ...made });
	if (!kept) vault.update((content) => withLamp(content, secrets, undefined));
	replaceFile(path, textOf(plan, secrets.secret, secretsFor(vault, secrets, plan)));
}

function wordsOf(error: unknown): string[] {
	const { message, code } = error as NodeJS.ErrnoException;
	const lines = message.split("\n");
	return (error instanceof Trouble || code === undefined ? lines : [lines[0]!]).map(
		(line) => `provision: ${line}`,
	);
}

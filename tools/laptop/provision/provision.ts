/**
 * Provision: `npx luminode provision`: commissions the lamp at the other end of a serial line by a site
 * file (sitefile.ts, commission.ts), and records the outcome (protocol.ts).
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { addToFile, replaceFile, textOfFile } from "../../../lib/files.js";
import type { Language, Text } from "../../../lib/text/bilingual.js";
import { languageIn } from "../../../lib/text/options.js";
import { errorLines, Trouble } from "../../../lib/text/trouble.js";
import { type Asking, passphrase } from "../../../lib/vault/ask.js";
import { lampsCalled, Vault } from "../../../lib/vault/vault.js";
import { hasExchanged } from "../../plan/sitenotes.js";
import { passedAt, summaryOf } from "../site/cart.js";
import { labelFile, labelOf } from "../site/label.js";
import { recorded } from "../site/protocol.js";
import { PROVISION_HELP } from "../text/helps.js";
import { text } from "../text/texts.js";
import { newSecret } from "../vault/secret.js";
import { chosenPole, foundBeside } from "./beside.js";
import { certificateFactsOf, validityText } from "./certificatefacts.js";
import { secretsFor } from "./commission.js";
import { keptOr } from "./enter.js";
import {
	optionsGiven,
	PROTOCOL,
	provisionArguments,
	type SummaryAsked,
	type TextAsked,
} from "./provisionargs.js";
import { lampAfterLamp, oneLamp, type Run } from "./provisionrun.js";
import { textOf } from "./totext.js";

const PASS = 0;
const FAIL = 1;
const WRONG = 2;

/** Runs the program. @returns its exit code */
export async function provision(args: readonly string[], seat: Asking): Promise<number> {
	const language = languageIn(args, seat.environment);
	const say = (line: Text) => void seat.stdout.write(`${line[language]}\n`);
	try {
		const given = optionsGiven(args);
		if (given.help) {
			seat.stdout.write(PROVISION_HELP[language]);
			return PASS;
		}
		const asked = provisionArguments(await completed(given, seat, language));
		for (const note of asked.notes) seat.stderr.write(`${note[language]}\n`);
		if (asked.kind === "summary") return summary(asked, seat.now(), say, language);
		const phrase = await passphrase(seat, asked.vault, !existsSync(asked.vault), language);
		const vault = Vault.open(asked.vault, phrase);
		if (asked.kind === "text") return await toText(asked, vault, { seat, say, language });
		addToFile(asked.protocol, ""); // before anything is done that could not be recorded
		const run: Run = { asked, vault, seat, say, language };
		if (asked.plan) return (await oneLamp(run, () => asked.plan!)) ? PASS : FAIL;
		return (await lampAfterLamp(run)) ? PASS : FAIL;
	} catch (error) {
		for (const line of linesOf(error, language)) seat.stderr.write(`${line}\n`);
		return WRONG;
	}
}

/** The given options, with those found beside the vault; the pole is chosen where none is named. */
async function completed(
	given: ReturnType<typeof optionsGiven>,
	seat: Asking,
	language: Language,
): Promise<ReturnType<typeof optionsGiven>> {
	const values = { ...given, ...(await foundBeside(given, seat, language)) };
	const { site, pole, serial, next, scan, summary, protocol = PROTOCOL } = values;
	if (site === undefined || pole !== undefined || serial || next || scan || summary) return values;
	const chosen = await chosenPole(site, protocol, seat, language);
	return chosen === undefined ? values : { ...values, pole: chosen };
}

/** Done and missing poles; the labels and the days left of the certificates of those that are done. */
function summary(
	{ site, protocol, labels, certificates }: SummaryAsked,
	now: Date,
	say: (line: Text) => void,
	language: Language,
): number {
	const lines = recorded(protocol);
	const result = summaryOf({ site, protocol: lines, vault: undefined });
	for (const line of result.lines) say(line);
	for (const plan of site.poles) {
		const { pole, values } = plan;
		const serial = passedAt(plan, lines)?.serial;
		if (serial === undefined) continue;
		const file = join(certificates ?? "", `${serial}.crt.pem`);
		if (certificates !== undefined && existsSync(file))
			say(text("because", pole, validityText(certificateFactsOf(textOfFile(file)), now)));
		if (labels === undefined) continue;
		const [node = "", where = ""] = [values.get("node"), values.get("site")];
		const path = join(labels, labelFile(pole));
		replaceFile(path, labelOf({ serial, pole, node, site: where }, language));
		say(text("labelled", path));
	}
	return result.missing.length === 0 && !hasExchanged(site) ? PASS : FAIL;
}

/** The secret is in the vault before it is in the file. */
async function toText(
	{ plan, path }: TextAsked,
	vault: Vault,
	{ seat, say, language }: Pick<Run, "seat" | "say" | "language">,
): Promise<number> {
	const node = plan.values.get("node")!;
	const name = plan.serial ?? node;
	const made = { nodes: [node], secret: newSecret(), made: seat.now().toISOString() };
	const fresh = plan.serial === undefined ? made : { serial: plan.serial, ...made };
	const secrets = await keptOr(vault, (content) => lampsCalled(content, name)[0], fresh);
	replaceFile(path, textOf(plan, secrets.secret, secretsFor(vault, secrets, plan), language));
	say(text("pasteIt", path));
	return PASS;
}

function linesOf(error: unknown, language: Language): string[] {
	const { code } = error as NodeJS.ErrnoException;
	const lines = errorLines("provision", error, language);
	return error instanceof Trouble || code === undefined ? lines : lines.slice(0, 1);
}

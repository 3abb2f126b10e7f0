/**
 * Certify: gives a lamp the city's CA, and a key and certificate of its own, by files of a folder.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { replaceFile, textOfFile } from "../../../lib/files.js";
import type { Text } from "../../../lib/text/bilingual.js";
import { Trouble } from "../../../lib/text/trouble.js";
import type { LampSecrets, SecretStore } from "../../../lib/vault/vaultcontent.js";
import type { Plain } from "../line/plain.js";
import { text } from "../text/texts.js";
import { faultOf, newKey, requestOf } from "./certificate.js";
import { certificateFactsOf, isOver, validityText } from "./certificatefacts.js";
import type { Outcome } from "./commission.js";

interface Wanted {
	/** Folder of requests and certificates; undefined: none are made. */
	readonly folder: string | undefined;
	/** The city's CA, PEM. */
	readonly ca: string | undefined;
	readonly vault: SecretStore;
	now(): Date;
	say(line: Text): void;
}

/** Key and request are made once; the certificate is installed as soon as its file exists. */
export async function certify(
	talk: Plain,
	lamp: LampSecrets,
	{ folder, ca, vault, say, now }: Wanted,
): Promise<Outcome["certificate"]> {
	if (ca !== undefined) {
		say(text("ofCa", valid("--ca", ca, now())));
		await talk.paste("certificate ca", linesOf(ca));
	}
	if (folder === undefined) {
		await applyNew(talk);
		return "none";
	}
	const serial = lamp.serial!;
	const kept = lamp.key ? lamp : await vault.amend(lamp, ({ key = newKey() }) => ({ key }));
	const key = kept.key!;
	const signed = join(folder, `${serial}.crt.pem`);
	if (!existsSync(signed)) {
		await applyNew(talk);
		replaceFile(join(folder, `${serial}.csr.pem`), requestOf(serial, key));
		say(text("requested", `${serial}.csr.pem`, `${serial}.crt.pem`));
		return "requested";
	}
	const certificate = textOfFile(signed);
	const fault = faultOf(certificate, key);
	if (fault) throw new Trouble(text("because", signed, fault));
	const facts = valid(signed, certificate, now());
	await talk.paste("certificate key", linesOf(key));
	await talk.paste("certificate cert", linesOf(certificate));
	await applyNew(talk);
	say(text("installed", facts));
	return "installed";
}

/** Subject and days left; throws `Trouble` for a certificate that has expired or is none. */
function valid(path: string, pem: string, now: Date): Text {
	try {
		const facts = certificateFactsOf(pem);
		const validity = validityText(facts, now);
		if (isOver(facts, now)) throw new Trouble(text("expired", validity));
		return validity;
	} catch (error) {
		throw new Trouble(text("because", path, (error as Trouble).text));
	}
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

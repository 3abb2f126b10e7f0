/**
 * Record: `npx luminode record`: saves the flight recorder of the lamp on the serial line, at once and
 * each minute while the laptop is attached.
 *
 * A recording holds who passed when. So its times are cut to the minute unless `--seconds` is
 * given, and recordings in the folder are deleted after 30 days, each time the program runs.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { replaceFile, textOfFile } from "../../../lib/files.js";
import { blurred, isExpired, KEPT_DAYS } from "../../../lib/recording/recording.js";
import { fileOf, recordingIn, SUFFIX, textOf } from "../../../lib/recording/recordingfile.js";
import type { Language, Text } from "../../../lib/text/bilingual.js";
import { languageIn, optionsIn } from "../../../lib/text/options.js";
import { errorLines, Trouble } from "../../../lib/text/trouble.js";
import { type Asking, hidden, passphrase } from "../../../lib/vault/ask.js";
import { lampsCalled, Vault } from "../../../lib/vault/vault.js";
import { faultOfPort, openLine } from "../line/line.js";
import { Plain, Silence } from "../line/plain.js";
import { RECORD_HELP } from "../text/recordtexts.js";
import { text } from "../text/texts.js";
import { LISTED_EACH, Saver } from "./saver.js";

const DONE = 0;
const NOT_DONE = 2;
const FOLDER = "recordings";
/** ms between two attempts to reach a lamp that restarts or was unplugged. */
const AGAIN_AFTER = 5_000;

interface Asked {
	readonly port: string;
	readonly folder: string;
	readonly vault: string | undefined;
	readonly isExact: boolean;
	readonly isOnce: boolean;
}

/** Runs the program until it is interrupted. @returns its exit code */
export async function record(args: readonly string[], seat: Asking): Promise<number> {
	const language = languageIn(args, seat.environment);
	const say = (line: Text) => void seat.stdout.write(`${line[language]}\n`);
	try {
		const values = optionsIn(args, {
			port: { type: "string" },
			vault: { type: "string" },
			folder: { type: "string" },
			seconds: { type: "boolean" },
			once: { type: "boolean" },
		});
		if (values.help) {
			seat.stdout.write(RECORD_HELP[language]);
			return DONE;
		}
		const asked = askedOf(values);
		for (const name of deleteExpired(asked.folder, seat.now().getTime()))
			say(text("recordDeleted", name, KEPT_DAYS));
		await attend(asked, await secretsOf(asked, seat, language), seat, say);
		return DONE;
	} catch (error) {
		for (const line of errorLines("record", error, language)) seat.stderr.write(`${line}\n`);
		return NOT_DONE;
	}
}

function askedOf(values: {
	readonly port?: string | undefined;
	readonly vault?: string | undefined;
	readonly folder?: string | undefined;
	readonly seconds?: boolean | undefined;
	readonly once?: boolean | undefined;
}): Asked {
	const { port, vault, folder = FOLDER, seconds, once } = values;
	if (port === undefined) throw new Trouble(text("missing", "--port", "/dev/ttyUSB0"));
	const fault = faultOfPort(port);
	if (fault) throw new Trouble(fault);
	return { port, vault, folder, isExact: seconds === true, isOnce: once === true };
}

/** Deletes recordings that are older than 30 days. @returns their names */
export function deleteExpired(folder: string, now: number): string[] {
	if (!existsSync(folder)) return [];
	const expired = readdirSync(folder).filter((name) => {
		if (!name.endsWith(SUFFIX)) return false;
		try {
			return isExpired(recordingIn(name, textOfFile(join(folder, name))), now);
		} catch {
			return false; // damaged: a person may want to look
		}
	});
	for (const name of expired) rmSync(join(folder, name));
	return expired;
}

/** The secret for a lamp by its name: of the vault, else typed. */
type SecretOf = (node: string) => Promise<string>;

async function secretsOf(
	{ vault: path }: Asked,
	seat: Asking,
	language: Language,
): Promise<SecretOf> {
	if (path === undefined) {
		let typed: string | undefined;
		return async (node) => (typed ??= await hidden(seat, text("secretOf", node)[language]));
	}
	const vault = Vault.open(path, await passphrase(seat, path, false, language));
	return async (node) => {
		const [lamp] = lampsCalled(vault.read(), node);
		if (!lamp) throw new Trouble(text("noSecretOf", node, path));
		return lamp.secret;
	};
}

/** Lists the lamp's recorder until Ctrl-C. */
async function attend(
	asked: Asked,
	secretOf: SecretOf,
	seat: Asking,
	say: (line: Text) => void,
): Promise<void> {
	const saver = new Saver(() => seat.now().getTime());
	const stop = new Stop();
	mkdirSync(asked.folder, { recursive: true });
	if (asked.isExact) say(text("recordExact"));
	try {
		for (let isFirst = true; !stop.isWanted; isFirst = false) {
			try {
				await list(asked, secretOf, saver);
				const { recording } = saver;
				const path = join(asked.folder, fileOf(recording.node, recording.saved));
				replaceFile(path, textOf(asked.isExact ? recording : blurred(recording)));
				say(text("recordSaved", path, saver.counts.inputs, saver.counts.levels));
				if (asked.isOnce) return;
				await stop.within(LISTED_EACH);
			} catch (error) {
				if (!(error instanceof Silence) || isFirst) throw error;
				say(error.text);
				await stop.within(AGAIN_AFTER);
			}
		}
	} finally {
		stop.release();
	}
}

async function list({ port }: Asked, secretOf: SecretOf, saver: Saver): Promise<void> {
	const talk = await Plain.open(port, openLine);
	try {
		if (talk.state === "new") throw new Trouble(text("recordNew"));
		if (talk.state === "closed") await talk.do(`login ${await secretOf(talk.node ?? "")}`, "login");
		await saver.list(talk);
	} finally {
		await talk.close();
	}
}

/** Ctrl-C, and waits that it ends. */
class Stop {
	isWanted = false;
	#wake: () => void = () => {};
	readonly #onSignal = () => {
		this.isWanted = true;
		this.#wake();
	};

	constructor() {
		process.once("SIGINT", this.#onSignal).once("SIGTERM", this.#onSignal);
	}

	async within(ms: number): Promise<void> {
		if (this.isWanted) return;
		await new Promise<void>((go) => {
			const timer = setTimeout(go, ms);
			this.#wake = () => {
				clearTimeout(timer);
				go();
			};
		});
	}

	release(): void {
		process.off("SIGINT", this.#onSignal).off("SIGTERM", this.#onSignal);
	}
}

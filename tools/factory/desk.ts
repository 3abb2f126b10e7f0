/**
 * Desk: the running lamp at its console: its identity, and its own tests under the settings of the bench
 * (a jig's return line at the light sensor, an access point, a broker), which are tried and never kept.
 */
import { Trouble } from "../../lib/text/trouble.js";
import { type OpenLine, Plain } from "../laptop/line/plain.js";
import { identityOf } from "../laptop/provision/enter.js";
import type { Met } from "./bench.js";
import { text } from "./texts.js";

/** ms: each test ends within 90 s (docs/console.md). */
const TEST_WITHIN = 95_000;

export interface DeskAsked {
	readonly port: string;
	readonly openLine: OpenLine;
	/** Names and values of settings for the time of the tests. */
	readonly settings: readonly (readonly [name: string, value: string])[];
	/** `all`, or names of the console's tests. */
	readonly tests: readonly string[];
	now(): Date;
}

export class Desk {
	readonly #asked: DeskAsked;
	#secret = "";

	constructor(asked: DeskAsked) {
		this.#asked = asked;
	}

	/** Rejects with `Trouble` where the lamp has no secret: it did not read its identity. */
	async meet(secretOf: (serial: string) => string | undefined): Promise<Met> {
		return this.#withLine(async (talk) => {
			if (talk.state === "new") throw new Trouble(text("noIdentity"));
			const secret = secretOf(talk.node ?? "");
			if (secret === undefined) throw new Trouble(text("strangeLamp", talk.node ?? ""));
			this.#secret = secret;
			await talk.do(`login ${secret}`, "login");
			const { serial, life } = await identityOf(talk);
			await talk.do("logout");
			return { serial, life };
		});
	}

	async test(): Promise<Readonly<Record<string, string>>> {
		const { settings, tests, now } = this.#asked;
		return this.#withLine(async (talk) => {
			await talk.do(`login ${this.#secret}`, "login");
			await talk.ask(`time ${now().toISOString()}`); // refused where a time server set it
			for (const [name, value] of settings) await talk.do(`set ${name} ${value}`, `set ${name}`);
			if (settings.length > 0) await talk.do("apply");
			const verdicts: Record<string, string> = {};
			try {
				for (const name of tests)
					await talk.follow(`test ${name}`, TEST_WITHIN, (line) => {
						const { test, verdict, why } = JSON.parse(line) as Record<string, string>;
						verdicts[test!] = why ? `${verdict}, ${why}` : verdict!;
					});
			} finally {
				if (settings.length > 0) await talk.do("revert");
			}
			await talk.do("logout");
			return verdicts;
		});
	}

	async #withLine<T>(work: (talk: Plain) => Promise<T>): Promise<T> {
		const talk = await Plain.open(this.#asked.port, this.#asked.openLine);
		try {
			return await work(talk);
		} finally {
			await talk.close();
		}
	}
}

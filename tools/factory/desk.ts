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
/** s: a PIR warms up for 30 s (setting `settleTime`), and until then a lamp stays at full light. */
const READY_WITHIN = 90;

export interface DeskAsked {
	readonly port: string;
	readonly openLine: OpenLine;
	/** Names and values of settings for the time of the tests. */
	readonly settings: readonly (readonly [name: string, value: string])[];
	/** `all`, or names of the console's tests. */
	readonly tests: readonly string[];
	now(): Date;
	/** Called before a test, for the person at the bench. */
	onTest?(name: string): void;
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
		const { tests, now } = this.#asked;
		const askedSettings = this.#asked.settings;
		const settings = askedSettings.length > 0 ? [...midnightAt(now()), ...askedSettings] : [];
		return this.#withLine(async (talk) => {
			await talk.do(`login ${this.#secret}`, "login");
			for (const [name, value] of settings) await talk.do(`set ${name} ${value}`, `set ${name}`);
			if (settings.length > 0) await talk.do("apply");
			// after the place: a lamp with a date doubts a sensor that contradicts the sun; refused where a
			// time server set it
			await talk.ask(`time ${now().toISOString()}`);
			const verdicts: Record<string, string> = {};
			try {
				await ready(talk);
				for (const name of tests) {
					this.#asked.onTest?.(name);
					await talk.follow(`test ${name}`, TEST_WITHIN, (line) => {
						const { test, verdict, why } = JSON.parse(line) as Record<string, string>;
						verdicts[test!] = why ? `${verdict}, ${why}` : verdict!;
					});
				}
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

/**
 * The place on the equator where it is midnight: a light sensor that is covered contradicts the sun of a
 * workshop by day, and a lamp doubts it then.
 */
function midnightAt(date: Date): readonly (readonly [name: string, value: string])[] {
	const west = Math.round((date.getUTCHours() + date.getUTCMinutes() / 60) * DEGREES_AN_HOUR);
	const longitude = west > 180 ? 360 - west : -west;
	return [
		["latitude", "0"],
		["longitude", String(longitude === 0 ? 0 : longitude)],
	];
}
const DEGREES_AN_HOUR = 15;

/** Waits until the PIR has settled and a photocell that is fed has judged; a lamp that never does is tested so. */
async function ready(talk: Plain): Promise<void> {
	for (let waited = 0; waited < READY_WITHIN; waited += 1) {
		const { body } = await talk.do("status");
		const parts = body.map((line) => JSON.parse(line) as Record<string, unknown>);
		const { presence, photocellOutput, lightLevel } =
			parts.find(({ part }) => part === "sensing") ?? {};
		const isJudged = lightLevel === undefined || photocellOutput !== "unknown";
		if (presence !== "settling" && isJudged) return;
		await new Promise((later) => setTimeout(later, 1000));
	}
}

/**
 * Twin: a street run twice must be the same street: a digest over the light of its lamps, their lives
 * and transmissions, the edges and the orders, to the byte.
 */
import { createHash } from "node:crypto";
import type { Witness } from "../street/witness.js";
import { type Outcome, runStreet } from "./night.js";

/** Each so-manieth street is run twice. */
export const TWIN_EVERY = 50;

class Digest implements Witness {
	readonly #hash = createHash("sha256");

	#note(...facts: (string | number | boolean)[]): void {
		this.#hash.update(`${facts.join(" ")}\n`);
	}

	onBoot(at: number, lamp: number, restarted: boolean): void {
		this.#note("boot", at, lamp, restarted);
	}
	onEnd(at: number, lamp: number): void {
		this.#note("end", at, lamp);
	}
	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		this.#note("duty", at, lamp, duty, to, until);
	}
	onEdge(at: number, lamp: number, moving: boolean): void {
		this.#note("edge", at, lamp, moving);
	}
	onTransmission(at: number, lamp: number): void {
		this.#note("sent", at, lamp);
	}
	onTime(at: number, lamp: number, error: number): void {
		this.#note("time", at, lamp, error);
	}
	onOrder(order: object): void {
		this.#note("order", JSON.stringify(order));
	}

	end(outcome: Outcome): string {
		const { broken, figures } = outcome;
		return this.#hash.update(JSON.stringify([broken, figures])).digest("hex");
	}
}

/** Runs a street with its digest. */
export async function digested(args: readonly string[]): Promise<[Outcome, digest: string]> {
	const digest = new Digest();
	const outcome = await runStreet(args, [digest]);
	return [outcome, digest.end(outcome)];
}

/** Runs it twice; another second time is a broken promise of its own. */
export async function runTwice(args: readonly string[]): Promise<Outcome> {
	const [outcome, first] = await digested(args);
	const [, second] = await digested(args);
	const tried = { ...outcome.tried, repeatable: 1 };
	if (first === second) return { ...outcome, tried };
	const what = "the second run of the same street is another one";
	const broken = [...outcome.broken, { name: "repeatable", at: outcome.end, lamp: 0, what }];
	return { ...outcome, tried, broken };
}

/**
 * Street: a few lamps with a program of the test's own, driven step by step.
 */
import { buildEngine } from "../../hosts/virtual/engine/engine.js";
import type { Creation, Fleet, Image, Statistics } from "../../hosts/virtual/fleet/fleet.js";
import { createFleet } from "../../hosts/virtual/fleet/wasmfleet.js";
import type { EffectKind, InputKind } from "../../hosts/virtual/protocol.js";
import { DEATH, EFFECT } from "../../hosts/virtual/protocol.js";

export interface Seen {
	readonly kind: EffectKind;
	readonly at: number;
	readonly lamp: number;
	readonly value: number;
	readonly channel: number;
	readonly bytes: Buffer;
}

export const CREATION: Creation = Object.freeze({
	chunkBytes: 16384,
	slots: 768,
	stackSlots: 384,
	keys: 64,
});

let engine: Promise<WebAssembly.Module> | undefined;
export const theEngine = (): Promise<WebAssembly.Module> =>
	(engine ??= buildEngine((line) => process.stderr.write(`${line}\n`)));

/** A program of one or more modules; `main` is the last one. */
export function imageOf(
	modules: Readonly<Record<string, string>> | string,
	more: Partial<Image> = {},
): Image {
	const named = typeof modules === "string" ? { "test/main": modules } : modules;
	const list = Object.entries(named).map(([specifier, source]) => ({ specifier, source }));
	return {
		modules: list,
		main: list.at(-1)!.specifier,
		creation: CREATION,
		computronBudget: 2_000_000,
		...more,
	};
}

export interface StreetOptions {
	readonly lamps?: number;
	readonly first?: number;
	readonly seed?: number;
	readonly epochUtc?: number;
}

export class Street {
	private constructor(readonly fleet: Fleet) {}

	static async of(image: Image, options: StreetOptions = {}): Promise<Street> {
		const { lamps: count = 1, first = 0, seed = 1, epochUtc = 0 } = options;
		const all = { image, first, count, seed, epochUtc };
		const module = await theEngine();
		return new Street(createFleet(all, module));
	}

	/** Lets time pass and returns what happened. */
	run(until: number): Seen[] {
		this.fleet.run(until);
		const seen: Seen[] = [];
		this.fleet.effects((kind, at, lamp, value, channel, bytes) => {
			seen.push({ kind, at, lamp, value, channel, bytes: Buffer.from(bytes) });
		});
		return seen;
	}

	bootAll(at = 0): void {
		const { first, count } = this.fleet;
		for (let lamp = first; lamp < first + count; lamp++) this.fleet.boot(lamp, at, "powerOn");
	}

	/** Boots all lamps at 0 and returns what lamp 0 logged. */
	logsOfBoot(): string[] {
		this.bootAll();
		return logs(this.run(0));
	}

	post(lamp: number, at: number, kind: InputKind, value?: number, bytes?: string): void {
		this.fleet.post(lamp, at, kind, value, 0, bytes === undefined ? undefined : Buffer.from(bytes));
	}

	statistics(lamp: number): Statistics {
		const statistics = this.fleet.statistics(lamp);
		if (!statistics) throw new Error(`lamp ${lamp} has no power`);
		return statistics;
	}
}

export const logs = (seen: readonly Seen[], lamp = 0): string[] =>
	seen.filter((e) => e.kind === EFFECT.log && e.lamp === lamp).map((e) => e.bytes.toString());

/** `[death, text]` of each machine that ended. */
export const deaths = (seen: readonly Seen[]): [string, string][] =>
	seen
		.filter(({ kind }) => kind === EFFECT.death)
		.map(({ value, bytes }) => [DEATH[value]!, bytes.toString()]);

/** What a program that evaluates `body` (which returns a value) makes of it, as JSON. */
export function evaluator(body: string): string {
	return `
		function body() { ${body} }
		export default function () {
			native.log(JSON.stringify(body()));
			return () => {};
		}`;
}

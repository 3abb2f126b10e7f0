/**
 * Branches: the share of the branches of `src/` that streets take, from an instrumented image.
 *
 * istanbul finds the branches and puts a counter on each. Its table of places would be larger than a
 * machine, so it stays here: a counter becomes the number of its branch, which the machine notes
 * outside of its memory, and the counters of statements and functions go.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInstrumenter } from "istanbul-lib-instrument";
import type { Image } from "../../hosts/virtual/fleet/fleet.js";
import { projectRoot } from "../../lib/root.mjs";
import { type BoardKind, editedImage } from "../files/firmware.js";

export interface Branch {
	/** Below `src/`. */
	readonly file: string;
	readonly line: number;
	/** Of istanbul: `if`, `cond-expr`, `binary-expr`, `switch`, `default-arg`. */
	readonly type: string;
	/** The how-manieth of its alternatives. */
	readonly arm: number;
}

interface Instrumented {
	readonly image: Image;
	readonly branches: readonly Branch[];
}

const SPECIFIER = "luminode/";
const TABLE = /function cov_\w+\(\) \{[\s\S]*?\n\}\ncov_\w+\(\);\n/;
const COUNTER = /\bcov_\w+\(\)\.([sfb])\[(\d+)\](?:\[(\d+)\])?\+\+/g;
/** The calls cost computrons, too. */
const BUDGET = 20;

const made = new Map<BoardKind | undefined, Instrumented>();

/** The image of a board with the branches of `src/`, the same for each board; made once in a process. */
export function instrumented(board?: BoardKind): Instrumented {
	const known = made.get(board);
	if (known) return known;
	const branches: Branch[] = [];
	const manifest = JSON.parse(readFileSync(join(projectRoot(), "manifest.json"), "utf8"));
	const specifiers = (manifest.preload as string[]).filter((name) => name.startsWith(SPECIFIER));
	const replace = Object.fromEntries(
		specifiers.map((specifier) => {
			const file = `${specifier.slice(SPECIFIER.length)}.ts`;
			return [specifier, (source: string) => withBranches(source, file, branches)];
		}),
	);
	const image = editedImage(replace, { board });
	const computronBudget = BUDGET * image.computronBudget;
	const instrumentedImage = { branches, image: { ...image, computronBudget } };
	made.set(board, instrumentedImage);
	return instrumentedImage;
}

/** The source with a call at each of its branches, which are added to `branches`. */
export function withBranches(source: string, file: string, branches: Branch[]): string {
	const instrumenter = createInstrumenter({
		esModules: true,
		compact: false,
		parserPlugins: ["typescript"],
	});
	const code = instrumenter.instrumentSync(source, file).replace(TABLE, "");
	const first = new Map<string, number>();
	for (const [index, { type, loc, locations }] of Object.entries(
		instrumenter.lastFileCoverage().branchMap,
	)) {
		first.set(index, branches.length);
		locations.forEach(({ start }, arm) => {
			branches.push({ file, line: start.line ?? loc.start.line ?? 0, type, arm });
		});
	}
	return code.replace(COUNTER, (_whole, kind: string, index: string, arm = "0") =>
		kind === "b" ? `native.branchTaken(${first.get(index)! + Number(arm)})` : "0",
	);
}

/** Bits of the branches that a fleet took, as text; and together with those of others. */
export function bitsOf(taken: Uint8Array): string {
	const bits = Buffer.alloc(taken.length / 8);
	taken.forEach((wasTaken, index) => {
		if (wasTaken) bits[index >> 3]! |= 1 << (index & 7);
	});
	return bits.toString("base64");
}

/** The branches of streets of a run, as a table. */
export class Taken {
	readonly #bits = new Set<number>();
	/** Seeds that took a branch first. */
	readonly seeds: number[] = [];

	note(seed: number, bits: string): void {
		const before = this.#bits.size;
		Buffer.from(bits, "base64").forEach((byte, at) => {
			for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) this.#bits.add(8 * at + bit);
		});
		if (this.#bits.size > before) this.seeds.push(seed);
	}

	/** A line each: the share, by room, and the branches that no street took. */
	*table(branches: readonly Branch[]): Iterable<string> {
		const isTaken = (_one: Branch, index: number) => this.#bits.has(index);
		const taken = branches.filter(isTaken).length;
		yield `branches: ${taken} of ${branches.length}, ${percent(taken, branches.length)}`;
		const rooms = new Map<string, [taken: number, all: number]>();
		for (const [index, { file }] of branches.entries()) {
			const room = file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : ".";
			const count = rooms.get(room) ?? [0, 0];
			rooms.set(room, [count[0] + (this.#bits.has(index) ? 1 : 0), count[1] + 1]);
		}
		for (const [room, [some, all]] of rooms) yield `  ${room}: ${percent(some, all)} of ${all}`;
		yield `seeds that took one first: ${this.seeds.join(" ")}`;
		for (const [index, { file, line, type, arm }] of branches.entries())
			if (!this.#bits.has(index)) yield `NEVER src/${file}:${line} ${type} ${arm}`;
	}
}

function percent(some: number, all: number): string {
	return `${((100 * some) / all).toFixed(1)} %`;
}

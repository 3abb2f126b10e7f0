/**
 * Streets: a mutant in the lamps of explored streets, in place of the tests of its room.
 */
import type { Image } from "../../../hosts/virtual/fleet/fleet.js";
import { draw } from "../../../sim/explore/draw.js";
import { boardOf, runStreet } from "../../../sim/explore/night.js";
import { type BoardKind, editedImage } from "../../../sim/files/firmware.js";
import type { Numbered } from "./instrument.js";
import type { Judged } from "./trial.js";

/**
 * Puts each mutant to the streets from seed 1 to `count`, until one breaks a promise.
 * @returns the judges, named
 */
export async function onStreets(
	mutants: readonly Numbered[],
	count: number,
	seen: (judged: Judged) => void,
): Promise<string> {
	for (const mutant of mutants) {
		const by = await breaker(mutant, count);
		seen({ mutant, isReached: true, ...(by === undefined ? {} : { by }) });
	}
	return `${count} streets`;
}

/** The first street that broke, and its promise; a mutant that does not start breaks the first. */
async function breaker({ site }: Numbered, count: number): Promise<string | undefined> {
	const { file, start, end, mutated = ";" } = site;
	const specifier = `luminode/${file.replace(/\.ts$/, "")}`;
	const edit = (source: string) => source.slice(0, start) + mutated + source.slice(end);
	const imageOf = (board?: BoardKind) =>
		editedImage({ [specifier]: edit }, { board, isAsWritten: true });
	let images: Readonly<Record<string, Image>>;
	try {
		images = { pwm: imageOf(), zhaga: imageOf("zhaga") };
	} catch {
		return "the compiler"; // as `?"":x`, which its minifier cannot fold
	}
	for (let seed = 1; seed <= count; seed += 1) {
		const { args } = draw(seed);
		const { broken } = await runStreet(args, [], images[boardOf(args) ?? "pwm"]);
		if (broken.length > 0) return `street ${seed}: ${broken[0]!.name}`;
	}
	return undefined;
}

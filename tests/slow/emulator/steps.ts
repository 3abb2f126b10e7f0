/**
 * Steps: what a controller in the emulator is to show. Each has a bench, a flash and a life of its own.
 */
import { Bench } from "./bench.js";

export interface Place {
	readonly emulator: string;
	/** Milliseconds by which the time server's date is ahead of this computer's. */
	ahead: number;
	/** Instants at which the time server answered, by performance.now(), with the date. */
	readonly answers: { at: number; utc: number }[];
	/** Why no time server answers; undefined: one does. */
	readonly noTime: string | undefined;
}

/** A step that the emulator cannot show, with the reason. */
export class NotShown extends Error {}

export interface Step {
	/** A word of the command line. */
	readonly name: string;
	readonly claim: string;
	/** The result in figures; rejects where the claim does not hold. */
	run(place: Place): Promise<string>;
}

/** Runs `act` on a bench that is closed afterwards. */
export async function onBench<Value>(
	{ emulator }: Place,
	act: (bench: Bench) => Promise<Value>,
): Promise<Value> {
	const bench = await Bench.open(emulator);
	try {
		return await act(bench);
	} finally {
		await bench.close();
	}
}

/** Throws a sentence unless the claim holds. */
export function claim(holds: boolean, sentence: string): asserts holds {
	if (!holds) throw new Error(sentence);
}

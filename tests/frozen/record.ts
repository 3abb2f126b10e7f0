/** Record: a case lived anew by this tree, and the files in which cases stand. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { CASES, FROM, keysOf, settingsOf } from "./cases.js";
import { Pole } from "./pole.js";
import type { Outcome, State } from "./state.js";

export interface Recorded {
	/** Written by the lamp of the tree that recorded it, at the end of `lived`. */
	readonly state: State;
	/** What became of it. */
	readonly outcome: Outcome;
}

/** Records anew what differs; the reason is argued in the commit, too. */
export const RECORD_COMMAND = "npm run renew -- frozen --because TEXT";
export const FOLDER = "tests/frozen/cases";
export const fileOf = (name: string) => `${FOLDER}/${name}.json`;

/** All that are recorded, without `.json`. */
export function files(): readonly string[] {
	if (!existsSync(FOLDER)) return [];
	return readdirSync(FOLDER)
		.map((name) => name.replace(/\.json$/, ""))
		.sort();
}

export function recorded(name: string): Recorded | undefined {
	const path = fileOf(name);
	return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Recorded) : undefined;
}

/** The state that a lamp of this tree comes to. `touch` is called with each key of the store. */
export function stateOf(name: string, touch?: (key: string) => void): State {
	const frozenCase = CASES[name]!;
	const store: Record<string, string> = { ...keysOf(frozenCase) };
	for (const [section, values] of Object.entries(settingsOf(frozenCase)))
		store[`set.${section}`] = JSON.stringify(values);
	const memory = { retained: null, clock: null, image: "kept", otherImage: 0 } as const;
	const nothing = { flash: [], topics: {}, reported: "", ...memory };
	const pole = new Pole({ at: FROM, store, ...nothing }, touch);
	frozenCase.lived(pole);
	pole.begin({ cause: "powerOn", away: 0 });
	pole.run(frozenCase.until);
	return pole.state();
}

/** What becomes of a state in this tree. */
export function outcomeOf(name: string, state: State, touch?: (key: string) => void): Outcome {
	const { goes, begin, goesUntil } = CASES[name]!;
	const pole = new Pole(state, touch);
	goes(pole);
	pole.begin(begin);
	pole.run(goesUntil);
	return pole.outcome();
}

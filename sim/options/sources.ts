/** Sources: what options name and do not hold. Types only. */
import type { NamedScenario } from "./playedscenario.js";

export interface Sources {
	readonly scenarios: Readonly<Record<string, NamedScenario>>;
	/** Text of a file. Throws an `Error` whose message says why it cannot be read. */
	read(path: string): string;
	/** Of the environment. */
	variable(name: string): string | undefined;
}

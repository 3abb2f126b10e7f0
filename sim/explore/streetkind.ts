/** Street kind: a property of streets, with its share and its options (kinds.ts). */
import type { Random } from "../../lib/random.js";

/** The street that a kind is added to. */
export interface Plan {
	readonly lamps: number;
	readonly isRow: boolean;
	/** ms */
	readonly length: number;
}

export interface StreetKind {
	readonly name: string;
	/** Share of the streets, of the rows of neighbours or of the others, that have it. */
	readonly share: number;
	readonly ofRows?: true;
	/** Of streets without neighbours alone. */
	readonly ofSingles?: true;
	/** Options, each with its value; one that the street has already stays as it is. */
	readonly draw: (chance: Random, plan: Plan) => readonly (readonly [name: string, text: string])[];
}

/** Kit: what a simulation in a browser has in the place of files. Plain values. */
import type { Image } from "../../hosts/virtual/fleet/fleet.js";
import type { Shelf } from "../images/catalogue.js";
import type { NamedScenario } from "../options/playedscenario.js";
import type { Sources } from "../options/sources.js";
import type { Values } from "../options/values.js";
import type { About, OrderForm } from "../page/messages.js";
import type { Press } from "../report/report.js";

export interface Kit {
	/** XS, compiled to WebAssembly. */
	readonly engine: WebAssembly.Module;
	/** The firmware: of a lamp with a PWM, and of one on a DALI bus. */
	readonly images: Readonly<Record<"pwm" | "zhaga", Image>>;
	readonly scenarios: Readonly<Record<string, NamedScenario>>;
	readonly forms: readonly OrderForm[];
	readonly press: Required<Press>;
	readonly about: About;
	/** Images to offer to lamps. */
	readonly shelf?: Shelf;
	readonly town?: TownKit;
}

/** A town with its nights, and each of its streets as options of a run. */
export interface TownKit {
	/** Compressed JSON, as the page reads it. */
	readonly town: Uint8Array;
	/** Likewise by option. */
	readonly nights: Readonly<Record<string, Uint8Array>>;
	/** The progress that the page reads: all nights are there. */
	readonly progress: object;
	readonly streets: readonly Values[];
	/** The street to begin with. */
	readonly first: number;
}

/** A kit without its engine, as its piece has it; a town has a piece of its own. */
export type CarriedKit = Omit<Kit, "engine" | "town"> & {
	/** Of the street with which the page opens. */
	readonly values: Values;
	readonly hasTown: boolean;
};

/** Compressed JSON in base 64. */
export type CarriedTown = Omit<TownKit, "town" | "nights"> & {
	readonly town: string;
	readonly nights: Readonly<Record<string, string>>;
};

/** Options may name scenarios; there are no files and no variables. */
export function sourcesOf({ scenarios }: Pick<Kit, "scenarios">): Sources {
	return {
		scenarios,
		variable: () => undefined,
		read() {
			throw new Error("no file can be read in a browser");
		},
	};
}

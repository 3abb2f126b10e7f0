/** Kit: what a simulation in a browser has in the place of files. Plain values. */
import type { Image } from "../../hosts/virtual/fleet/fleet.js";
import type { Shelf } from "../images/catalogue.js";
import type { NamedScenario } from "../options/playedscenario.js";
import type { Sources } from "../options/sources.js";
import type { Press } from "../report/report.js";

export interface Kit {
	/** XS, compiled to WebAssembly. */
	readonly engine: WebAssembly.Module;
	/** The firmware: of a lamp with a PWM, and of one on a DALI bus. */
	readonly images: Readonly<Record<"pwm" | "zhaga", Image>>;
	readonly scenarios: Readonly<Record<string, NamedScenario>>;
	readonly press: Required<Press>;
	/** Images to offer to lamps. */
	readonly shelf?: Shelf;
}

/** Options may name scenarios; there are no files and no variables. */
export function sourcesOf({ scenarios }: Kit): Sources {
	return {
		scenarios,
		variable: () => undefined,
		read() {
			throw new Error("no file can be read in a browser");
		},
	};
}

/** Desk: the state that the parts of the page share, and its changes. */

import type { Site } from "../../../lib/site/sitetable.js";
import type { Language } from "../../../lib/text/bilingual.js";
import type { Lamp } from "./lamp.js";
import type { PageVault } from "./pagevault.js";

export interface Desk {
	readonly language: Language;
	readonly lamp: Lamp | undefined;
	/** The session of the lamp is open. */
	readonly isOpen: boolean;
	readonly site: Site | undefined;
	readonly vault: PageVault | undefined;
	readonly protocol: string;
	readonly values: ReadonlyMap<string, string>;
	/** Runs one exchange with the lamp; the next waits. An error is shown. */
	run(work: () => Promise<void>): void;
	change(more: Partial<Shared>): void;
}

export interface Shared {
	readonly isOpen: boolean;
	/** The protocol has a line that is in no file. */
	readonly isUnsaved: boolean;
	readonly site: Site | undefined;
	readonly vault: PageVault | undefined;
	readonly protocol: string;
	readonly values: ReadonlyMap<string, string>;
	readonly pole: string;
}

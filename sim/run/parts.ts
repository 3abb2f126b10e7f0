/**
 * Parts: everything from which a run is made, before any of it acts.
 */
import type { Fleet } from "../../hosts/virtual/fleet/fleet.js";
import type { Configured } from "../checks/configured.js";
import type { Compare } from "../comparison/comparison.js";
import type { StreetImage } from "../images/catalogue.js";
import type { Options } from "../options/options.js";
import type { Clock } from "../street/clock.js";
import type { Network } from "../street/network.js";
import type { EffectListener } from "../street/street.js";
import type { Witness } from "../street/witness.js";
import type { Scenario } from "./scenario.js";

export interface RunParts {
	readonly options: Options;
	readonly scenario: Scenario;
	readonly fleet: Fleet;
	readonly network: Network;
	readonly clock: Clock;
	/** The lamps' settings; absent: those of `configuredOf`. */
	readonly configured?: Configured;
	/** Keys of accepted images: public keys (docs/update.md); absent: no image is accepted. */
	readonly imageKeys?: string;
	/** Images that an input can offer. */
	readonly images?: readonly StreetImage[];
	/** Further witnesses. */
	readonly witnesses?: readonly Witness[];
	/** Further listeners of the lamps' effects. */
	readonly listeners?: readonly EffectListener[];
	readonly compare?: Compare | undefined;
	/** Receives the trace, piece by piece; absent: none is made. */
	readonly writeTrace?: (text: string) => void;
}

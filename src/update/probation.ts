/**
 * Probation: decides whether a new image is kept.
 *
 * It is kept if the light is controlled and the broker was reached in time, else reverted. Also how
 * a trial ended that is over when the lamp boots.
 */
import type { PowerCause } from "../host.js";
import type { Millis } from "../units.js";

/** A defect that shows at all shows within this time of light, sensors and link. */
export const LEAST: Millis = 10 * 60_000;
/** Time beyond the reconnection spread: twice the way there, and an access point that restarts. */
const PATIENCE: Millis = 20 * 60_000;
/** A feeder that is cut at dawn, and a storm: more losses are not chance. */
export const POWER_LOSSES_MOST = 3;

export type RevertReason =
	| "crashed" // the bootloader reverted the image
	| "fault" // an internal exception within the probation
	| "noBroker"
	| "powerLost" // the supply failed again and again
	| "notKept" // the bootloader did not accept the confirmation
	| "reflashed"; // another image came over the cable meanwhile: no fault of this one

/** Conduct of the lamp since the new image booted. */
interface Conduct {
	/** Caught exceptions. */
	readonly faults: number;
	/** The light was decided, by its own rules. */
	readonly isLit: boolean;
	/** The broker accepted the subscription. */
	readonly isSubscribed: boolean;
}

export function endOf(bootAt: Millis, reconnectSpread: Millis): Millis {
	return bootAt + 2 * reconnectSpread + PATIENCE;
}

/** @param endsAt from `endOf` */
export function assess(
	{ faults, isLit, isSubscribed }: Conduct,
	bootAt: Millis,
	endsAt: Millis,
	now: Millis,
): "wait" | "keep" | RevertReason {
	if (faults > 0) return "fault";
	if (isLit && isSubscribed && now >= bootAt + LEAST) return "keep";
	if (now < endsAt) return "wait";
	return isSubscribed ? "fault" : "noBroker";
}

/** How a trial ended, as found at a boot without an image on probation. */
interface Ending {
	/** Version of the running image. */
	readonly version: string;
	/** Version of the image that ran before the trial; empty: not known. */
	readonly before: string;
	/** Version in the header of the image on trial. */
	readonly tried: string;
	readonly cause: PowerCause;
	/** This one included. */
	readonly powerLosses: number;
}

/**
 * The result of a trial that is over. `"again"`: a loss of power ended the trial, and one more is
 * allowed. Two images with the same version count as reverted: a wrong result then costs one
 * download, whereas a wrong `"kept"` would report an update that never took place.
 */
export function endingOf(ending: Ending): "kept" | "again" | RevertReason {
	const { version, before, tried, cause, powerLosses } = ending;
	if (version !== before) return version === tried ? "kept" : "reflashed";
	if (cause !== "powerOn" && cause !== "brownout") return "crashed";
	return powerLosses >= POWER_LOSSES_MOST ? "powerLost" : "again";
}

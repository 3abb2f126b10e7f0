/**
 * Probation: what becomes of a new image: kept when the lamp is under control and the broker has been
 * seen under it in time, else gone back from. And how a trial ended that is over when the lamp boots.
 */
import type { PowerCause } from "../host.js";
import type { Millis } from "../units.js";

/** An image that is bad in a way that shows at all shows it within so long of light, sensors and link. */
export const LEAST: Millis = 10 * 60_000;
/** Beyond the reconnection spread: twice the way there, and an access point that is restarting. */
export const PATIENCE: Millis = 20 * 60_000;
/** A feeder that is cut at dawn, and a storm: more is not chance. */
export const POWER_LOSSES_MOST = 3;

export type RevertReason =
	| "crashed" // the bootloader went back
	| "fault" // an exception of ours within the probation
	| "noBroker"
	| "powerLost" // again and again
	| "notKept" // the bootloader did not take our word
	| "reflashed"; // another image came over the cable meanwhile: not this one's fault

/** What the lamp saw of itself since the new image booted. */
export interface Conduct {
	/** Exceptions that were caught. */
	readonly faults: number;
	/** The light was decided, and by its own rules. */
	readonly isLit: boolean;
	/** The broker took our subscription. */
	readonly isHeard: boolean;
}

export function endOf(bootAt: Millis, reconnectSpread: Millis): Millis {
	return bootAt + 2 * reconnectSpread + PATIENCE;
}

/** `endsAt`: by `endOf`. */
export function judge(
	{ faults, isLit, isHeard }: Conduct,
	bootAt: Millis,
	endsAt: Millis,
	now: Millis,
): "wait" | "keep" | RevertReason {
	if (faults > 0) return "fault";
	if (isLit && isHeard && now >= bootAt + LEAST) return "keep";
	if (now < endsAt) return "wait";
	return isHeard ? "fault" : "noBroker";
}

/** How a trial ended, seen from a boot at which no image is on probation. */
export interface Ending {
	/** As the image that runs calls itself. */
	readonly version: string;
	/** As the one called itself that ran before the trial; empty: not known. */
	readonly before: string;
	/** As the header of the one on trial did. */
	readonly tried: string;
	readonly cause: PowerCause;
	/** This one counted. */
	readonly powerLosses: number;
}

/**
 * What became of an image that was on trial and is no more. `"again"`: a loss of power ended its trial,
 * and it may be tried once more. Where both have one name it was gone back from: to be wrong about
 * that costs a download, about the contrary an update that was told and never was.
 */
export function endingOf(ending: Ending): "kept" | "again" | RevertReason {
	const { version, before, tried, cause, powerLosses } = ending;
	if (version !== before) return version === tried ? "kept" : "reflashed";
	if (cause !== "powerOn" && cause !== "brownout") return "crashed";
	return powerLosses >= POWER_LOSSES_MOST ? "powerLost" : "again";
}

/**
 * Outputs: pins that are on or off: the relay before the driver, the status LED on the pole.
 */
import Digital from "embedded:io/digital";
import type { Indicator, Relay } from "luminode/host";
import type { OutputPin } from "./board";

/** Position of "online" in the list `LINK` of `src/indication.ts`. */
const ONLINE = 3;

/** Closed from the begin: the driver has power. */
export function openRelay(output: OutputPin): Relay {
	const write = opened(output, true);
	return Object.freeze({ write });
}

/** Lit while the lamp is online; dark without an LED. */
export function openIndicator(output: OutputPin | undefined): Indicator {
	const write = output ? opened(output, false) : () => {};
	return Object.freeze({
		show: (_presence: number, _photocell: number, _reason: number, _level: number, link: number) =>
			write(link === ONLINE),
	});
}

function opened({ pin, activeLow }: OutputPin, on: boolean): (on: boolean) => void {
	const levelOf = (state: boolean) => (state !== activeLow ? 1 : 0);
	const digital = new Digital({ pin, mode: Digital.Output, initialValue: levelOf(on) });
	return (state) => digital.write(levelOf(state));
}

/**
 * Outputs: pins that are on or off: the relay before the driver, the status LED on the pole.
 */
import Digital from "embedded:io/digital";
import type { Turn } from "host/turn";
import type { Indicator, Relay } from "luminode/host";
import type { OutputPin } from "./board";
import { StatusLed } from "./statusled";

/** Closed from the start: the driver has power. */
export function openRelay(output: OutputPin): Relay {
	const write = opened(output, true);
	return Object.freeze({ write });
}

/** Does nothing without an LED. */
export function openIndicator(turn: Turn, output: OutputPin | undefined): Indicator {
	return output ? new StatusLed(turn, opened(output, false)) : Object.freeze({ show: () => {} });
}

function opened({ pin, activeLow }: OutputPin, on: boolean): (on: boolean) => void {
	const levelOf = (state: boolean) => (state !== activeLow ? 1 : 0);
	const digital = new Digital({ pin, mode: Digital.Output, initialValue: levelOf(on) });
	return (state) => digital.write(levelOf(state));
}

/**
 * Dimmer: the PWM towards the LED driver (LEDC of the ESP32).
 *
 * It begins with the duty before a restart, else at full light, because no other fact is available
 * yet and every failure path ends lit. Before this line, and while the controller restarts, the pin
 * is an input: the board's pull resistor keeps the lamp lit.
 */
import PWM from "embedded:io/pwm";
import type { Dimmer } from "luminode/host";
import type { LampPins } from "./board";
import { idf } from "./machine";

/** The SDK declares neither the option `resolution` nor `close`. */
type Options = ConstructorParameters<typeof PWM>[0];

/** Full light of a lamp, as a duty. */
export const fullOf = ({ resolution }: Pick<LampPins, "resolution">): number =>
	(1 << resolution) - 1;

export function openDimmer(lamp: LampPins, before?: number): Dimmer {
	const { pin, hz, resolution, inverted } = lamp;
	const pwm = new PWM({ pin, hz, resolution } as Options);
	const full = fullOf(lamp);
	const show = (duty: number) => pwm.write(inverted ? full - duty : duty);
	show(before !== undefined && before <= full ? before : full);
	const memory = idf(); // one for all writes
	const write = (duty: number) => {
		show(duty);
		memory.luminode_shine(duty);
	};
	return Object.freeze({ resolution, write });
}

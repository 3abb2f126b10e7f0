/**
 * Dimmer: the PWM towards the LED driver (LEDC of the ESP32).
 *
 * It begins at full light, because no fact is available yet and every failure path ends lit. Before
 * this line, and while the controller restarts, the pin is an input: the board's pull resistor
 * keeps the lamp lit.
 */
import PWM from "embedded:io/pwm";
import type { Dimmer } from "luminode/host";
import type { LampPins } from "./board";

/** The SDK declares neither the option `resolution` nor `close`. */
type Options = ConstructorParameters<typeof PWM>[0];

export function openDimmer(lamp: LampPins): Dimmer {
	const { pin, hz, resolution, inverted } = lamp;
	const pwm = new PWM({ pin, hz, resolution } as Options);
	const full = (1 << resolution) - 1;
	const write = (duty: number) => pwm.write(inverted ? full - duty : duty);
	write(full);
	return Object.freeze({ resolution, write });
}

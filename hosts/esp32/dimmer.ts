/**
 * Dimmer: the PWM towards the LED driver (LEDC of the ESP32), which an interrupt carries
 * (luminode/light.c).
 *
 * It begins with the duty before a restart, else at full light, because no other fact is available
 * yet and a failure here leaves the lamp lit. Before this line, and while the controller restarts,
 * the pin is an input: the board's pull resistor keeps the lamp lit.
 *
 * While the light falls, a timer of the event loop beats. Without a beat for 1.5 s the interrupt
 * raises the light to where the fall began, and lets it fall again with the next beat.
 */
import PWM from "embedded:io/pwm";
import type { Dimmer } from "luminode/host";
import Timer from "timer";
import type { LampPins } from "./board";
import { idf } from "./machine";

/** The SDK does not declare the options `resolution` and `port`. */
type Options = ConstructorParameters<typeof PWM>[0];

/** Of the LEDC; the SDK's PWM throws if it is in use. luminode/ledc.c writes to it. */
const CHANNEL = 4;
/** A third of the time after which a beat is missing. */
const BEAT_EVERY_ms = 500;

/** Full light of a lamp, as a duty. */
export const fullOf = ({ resolution }: Pick<LampPins, "resolution">): number =>
	(1 << resolution) - 1;

export function openDimmer(lamp: LampPins, before?: number): Dimmer {
	const { pin, hz, resolution, inverted } = lamp;
	new PWM({ pin, hz, resolution, port: CHANNEL } as Options);
	const full = fullOf(lamp);
	const light = idf(); // one for all calls
	const first = before !== undefined && before <= full ? before : full;
	light.luminode_light(resolution, inverted ? 1 : 0, first);
	let beats: Timer | undefined;
	const beat = (): void => {
		if (light.luminode_beat() !== 0) return;
		Timer.clear(beats);
		beats = undefined;
	};
	return {
		resolution,
		write: (duty) => light.luminode_shine(duty),
		fade(path, count) {
			const falls = light.luminode_fade(path.buffer as ArrayBuffer, count) !== 0;
			if (falls) beats ??= Timer.repeat(beat, BEAT_EVERY_ms);
		},
		stop: () => light.luminode_stop(),
	};
}

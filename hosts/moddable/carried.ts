/**
 * Carried: a dimmer that a timer of the event loop moves, 25 times a second.
 */
import { Carrier } from "host/carrier";
import type { Dimmer } from "luminode/host";
import Timer from "timer";
import type { Clock } from "./clock";

const EVERY_ms = 40;

/** `show` receives each new duty. */
export function carriedDimmer(
	clock: Clock,
	show: (duty: number) => void,
	resolution: Dimmer["resolution"] = 12,
): Dimmer {
	const carrier = new Carrier();
	let shown = 0;
	let timer: Timer | undefined;
	const move = (): void => {
		const now = clock.now();
		while (carrier.nextAt <= now) carrier.advance();
		const duty = carrier.dutyAt(now);
		if (duty !== shown) show(duty);
		shown = duty;
		if (carrier.nextAt < Infinity) timer ??= Timer.repeat(move, EVERY_ms);
		else {
			Timer.clear(timer);
			timer = undefined;
		}
	};
	return {
		resolution,
		write(duty) {
			carrier.write(duty, clock.now());
			move();
		},
		fade(path, count) {
			carrier.fade(path, count, clock.now());
			move();
		},
		stop() {
			carrier.stop(clock.now());
			move();
		},
	};
}

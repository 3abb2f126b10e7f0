/**
 * What the hosts use of the Moddable SDK 8.2.3, as it declares it: for the type check without an SDK.
 *
 * A build with the SDK takes its own declarations; `npm run image:check` is the proof.
 */

declare module "crypt" {
	export class Digest {
		constructor(type: "SHA256");
		write(message: string | ArrayBuffer): void;
		close(): ArrayBuffer;
	}
}
declare module "timer" {
	class Timer {
		private constructor();
		static set: (callback: (timer: Timer) => void, interval?: number) => Timer;
		static clear: (timer: Timer | undefined) => void;
	}
	export default Timer;
}
declare module "time" {
	const Time: {
		/** A 32-bit counter of milliseconds that may be negative. */
		readonly ticks: number;
		delta(start: number, end?: number): number;
		/** Seconds since 1970. */
		set(seconds: number): void;
	};
	export default Time;
}

/**
 * Scripted: a lamp with clock and inputs from standard input; each change of its light is printed.
 *
 * `store KEY TEXT` before anything else; then `AT INPUT [VALUE]` in the order of time, AT in whole
 * milliseconds: `movement`, `stillness`, `illuminance LUX`, `temperature C`, `time UTC_MS`, `end`.
 * Each change of the PWM is a line `AT DUTY`, a fade `AT +MS:DUTY ...`. There is no network and no randomness: the same
 * script gives the same lines on every host.
 */

import { pathText } from "host/carrier";
import { desktopHost, type Own } from "host/desktop";
import { noteOf } from "host/lines";
import type { Inputs } from "luminode/host";
import { Node } from "luminode/node";
import type { Duty } from "luminode/units";

export function runScript(): void {
	const stored = new Map<string, string>();
	let now = 0;
	let alarmAt = Infinity;
	const platform: Own = {
		serial: "scripted-00001", // the relay's delay depends on it
		hardware: "desktop/1",
		monotonic: () => now,
		alarm: (at) => {
			alarmAt = at;
		},
		restart: (reason) => {
			throw new Error(`restart: ${reason}`);
		},
		relay: { write: () => {} },
		dimmer: {
			resolution: 12,
			write: (duty: Duty) => headless.print(`${now} ${duty}`),
			fade: (path, count) => headless.print(`${now}${pathText(path, count)}`),
			stop: () => headless.print(`${now} stop`),
		},
		random: (into) => void into.fill(0),
		freeBytes: () => headless.freeBytes(),
	};
	let lamp: Inputs | undefined;
	const turn = (note: (lamp: Inputs) => void): void => {
		lamp ??= new Node(desktopHost(platform, stored));
		try {
			note(lamp);
			lamp.tick(now);
		} catch (error) {
			lamp.onFault(now, error);
		}
	};
	const passTo = (at: number): void => {
		while (alarmAt <= at) {
			now = Math.max(now, alarmAt);
			alarmAt = Infinity;
			turn(() => {});
		}
		now = at;
	};
	for (let line = headless.readLine(); line !== undefined; line = headless.readLine()) {
		const [first, second, ...rest] = line.split(" ");
		if (first === "store") {
			stored.set(second!, rest.join(" "));
			continue;
		}
		if (!lamp) turn(() => {});
		passTo(Number(first));
		if (second === "end") headless.exit(0);
		const note = noteOf(second!, Number(rest[0]));
		if (!note) headless.exit(64); // EX_USAGE
		turn((inputs) => note(inputs, now));
	}
	headless.exit(66); // EX_NOINPUT: a script must end with `end`
}

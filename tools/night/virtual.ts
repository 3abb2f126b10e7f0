/**
 * Virtual night: runs a script on one lamp of the simulator; returns the trace of its PWM.
 */

import { buildEngine } from "../../hosts/virtual/engine/engine.js";
import { readImage } from "../../hosts/virtual/engine/image.js";
import type { Statistics } from "../../hosts/virtual/fleet/fleet.js";
import { createFleet } from "../../hosts/virtual/fleet/wasmfleet.js";
import { EFFECT, INPUT } from "../../hosts/virtual/protocol.js";
import { projectRoot } from "../../lib/root.mjs";
import { fadeText } from "./lighttrace.js";
import type { NightScript } from "./script.js";

/** Each order to the PWM as a line `AT DUTY`, of a fade `AT +MS:DUTY ...` or `AT stop`. */
export async function virtualTrace(script: NightScript): Promise<string[]> {
	return (await virtualNight(script)).trace;
}

export interface VirtualNight {
	/** As of `virtualTrace`. */
	readonly trace: string[];
	readonly statistics: Statistics;
}

export async function virtualNight({ stored, lines, end }: NightScript): Promise<VirtualNight> {
	const engine = await buildEngine((line) => process.stderr.write(`${line}\n`));
	const image = readImage(projectRoot());
	const about = { image, first: 1, count: 1, seed: 1, epochUtc: 0, serialPrefix: "scripted-" };
	const fleet = createFleet(about, engine);
	for (const [key, text] of stored) fleet.storeWrite(1, key, text);
	fleet.boot(1, 0, "powerOn");
	for (const { at, input, value } of lines) fleet.post(1, at, INPUT[input], value, 0);
	const trace: string[] = [];
	for (let at = 0; at < end; ) {
		at = Math.min(end, Math.max(at, fleet.nextDue()));
		fleet.run(at);
		fleet.effects((kind, instant, _lamp, value, _channel, bytes) => {
			if (kind === EFFECT.duty) trace.push(`${instant} ${value}`);
			if (kind === EFFECT.fade) trace.push(`${instant}${fadeText(bytes)}`);
		});
	}
	const statistics = fleet.statistics(1);
	if (!statistics) throw new Error("the lamp died in the night");
	return { trace, statistics };
}

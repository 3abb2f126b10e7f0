/**
 * Judged: what an observed lamp judged, for a second lamp that does not judge it again.
 *
 * Read from the parts of the node between two turns. It allocates nothing, so that an observed lamp
 * behaves like any other.
 */
import { REPLIES } from "../../../src/link/limits.js";
import type { Node } from "../../../src/node.js";
import { outputOf } from "../../../src/sensing/photocell.js";
import { LIGHT_DOUBT, PHOTOCELL_OUTPUT, PHOTOCELL_VERDICT, PRESENCE_DOUBT } from "../verdicts.js";

/** The parts of a node that nobody outside of it reads but for this comparison. */
interface Parts {
	readonly sources: Node["sources"];
	readonly light: Pick<Node["light"], "photocell" | "cap" | "log"> & {
		readonly assumedOccupied: number;
		readonly failing: boolean;
		readonly driver: { readonly share: number; readonly physical: number };
	};
	readonly time: { readonly conflict: { readonly by: string | undefined } };
	readonly link: { readonly outbox: { readonly replies: readonly { readonly room: number }[] } };
	readonly console: {
		readonly gate?: { readonly commands: number };
		readonly session?: { readonly answer?: unknown };
	};
	readonly settingsManager: { readonly bank: { readonly revision: number } };
}

const { NaN: NONE } = Number;

/** Whether no query is answered, because so many replies wait; without an iterator, which takes memory. */
function areManyOf(replies: readonly { readonly room: number }[]): boolean {
	let count = 0;
	for (let index = 0; index < replies.length; index++)
		if (replies[index]!.room === REPLIES) count++;
	return count >= REPLIES;
}

/** Passes the verdicts of a lamp on. */
export function sayVerdicts(node: Node): void {
	const {
		light,
		sources,
		settingsManager,
		time: { conflict },
		link,
		console,
	} = node as unknown as Parts;
	const { sensorHealth, time } = node;
	const { programClock } = time;
	const nights = time.midnight.lengths;
	native.verdicts(
		PHOTOCELL_VERDICT.indexOf(sensorHealth.verdictOf(light.photocell)),
		PRESENCE_DOUBT.indexOf(sensorHealth.pir.doubt),
		LIGHT_DOUBT.indexOf(sensorHealth.light.doubt),
		programClock.kind === "midnight" ? programClock.offset : NONE,
		sources.adaptive ? sources.adaptive.down : 0,
		light.cap,
		light.log.meter.operatingHours,
		nights.length,
		light.assumedOccupied,
		settingsManager.bank.revision,
		node.life,
		conflict.by === undefined ? 0 : 1,
		PHOTOCELL_OUTPUT.indexOf(outputOf(light.photocell)),
		light.driver.share,
		node.flash.hasCredit("action", node.now) ? 1 : 0,
		areManyOf(link.outbox.replies) ? 1 : 0,
		light.failing ? 1 : 0,
		console.gate ? console.gate.commands : 0,
		console.session?.answer ? 1 : 0,
		light.driver.physical,
		nights.length > 0 ? nights[0]! : NONE,
		nights.length > 1 ? nights[1]! : NONE,
		nights.length > 2 ? nights[2]! : NONE,
		nights.length > 3 ? nights[3]! : NONE,
	);
}

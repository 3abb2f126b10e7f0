/**
 * Doubts: reasons why a lamp may hang at another pole than the one that is commissioned, or at none.
 *
 * The lamp's own name, the vault and the protocol are compared with the site file. A doubt stops
 * the run with a question before anything is changed.
 */
import type { Plan } from "../../../lib/site/sitetable.js";
import type { Text } from "../../../lib/text/bilingual.js";
import type { Content } from "../../../lib/vault/vaultcontent.js";
import { text } from "../text/texts.js";

/** Serial number and name of the lamp; before a login perhaps the name alone. */
export interface Known {
	readonly serial: string | undefined;
	/** Empty: it has none. */
	readonly node: string;
	/** Of its image. */
	readonly profile?: string;
	/** Ids of its update keys; `?`: one that it cannot read. */
	readonly updateKeys?: readonly string[];
}

/** A line of the protocol. */
export interface Recorded {
	readonly result: "pass" | "fail";
	readonly pole: string;
	readonly node: string;
	readonly serial: string;
	readonly time: string;
	/** Empty: it passed. */
	readonly why: string;
}

interface Records {
	readonly vault: Content;
	readonly protocol: readonly Recorded[];
	/** The lamp is to take the place of another one. */
	readonly isReplacing: boolean;
}

/** All doubts, each a sentence; none: the lamp fits the pole. */
export function doubtsOf(lamp: Known, plan: Plan, records: Records): Text[] {
	const { serial, node, profile, updateKeys = [] } = lamp;
	const { vault, protocol, isReplacing } = records;
	const wanted = plan.values.get("node") ?? "";
	const place = plan.pole === "" ? text("spare") : text("place", plan.pole, wanted);
	const doubts: Text[] = [];
	if (profile === "release" && updateKeys.every((key) => key === "?"))
		doubts.push(text("noUpdateKey"));
	// before a login a lamp without a name gives its serial number
	const isSerial = vault.lamps.some((lamp) => lamp.serial === node) || node === plan.serial;
	const knownSerial = serial ?? (isSerial ? node : undefined);
	if (node !== "" && node !== wanted && node !== knownSerial)
		doubts.push(text("called", node, place));
	const known = vault.lamps.find(
		(lamp) => lamp.serial !== undefined && lamp.serial === knownSerial,
	);
	const before = known?.nodes.at(-1);
	if (before !== undefined && before !== wanted && before !== knownSerial && before !== node)
		doubts.push(text("vaultHas", knownSerial ?? "", before, place));
	if (wanted === "" || knownSerial === undefined) return doubts;
	const latest = protocol.filter(({ result }) => result === "pass").reverse();
	const last = latest.find((row) => row.serial === knownSerial && row.pole !== "");
	if (last && last.pole !== plan.pole)
		doubts.push(text("passedAt", knownSerial, last.pole, last.time, place));
	if (isReplacing) return doubts;
	const here = latest.find((row) => row.pole === plan.pole);
	if (here && here.serial !== knownSerial)
		doubts.push(text("passedHere", plan.pole, here.serial, here.time, knownSerial));
	const other = vault.lamps.find(
		(lamp) =>
			lamp.nodes.at(-1) === wanted &&
			lamp.serial !== undefined &&
			lamp.serial !== knownSerial &&
			lamp.revoked === undefined,
	);
	if (other && here === undefined)
		doubts.push(text("vaultOther", wanted, other.serial!, knownSerial));
	return doubts;
}

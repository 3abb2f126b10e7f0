/**
 * Doubts: reasons why a lamp may hang at another pole than the one that is commissioned.
 *
 * The lamp's own name, the vault and the protocol are compared with the site file. A doubt stops
 * the run with a question before anything is changed.
 */
import { parse } from "csv-parse/sync";
import type { Plan } from "./sitetable.js";
import type { Content } from "./vaultcontent.js";

/** Serial number and name of the lamp; before a login perhaps the name alone. */
export interface Known {
	readonly serial: string | undefined;
	/** Empty: it has none. */
	readonly node: string;
}

/** A passed line of the protocol. */
export interface Passed {
	readonly pole: string;
	readonly node: string;
	readonly serial: string;
	readonly time: string;
}

interface Records {
	readonly vault: Content;
	readonly protocol: readonly Passed[];
	/** The lamp is to take the place of another one. */
	readonly isReplacing: boolean;
}

/** The passed lines of a protocol, oldest first. */
export function passedIn(text: string): readonly Passed[] {
	const rows = parse(text, {
		...{ columns: true, bom: true, relax_column_count: true, skip_empty_lines: true },
	}) as unknown as Readonly<Record<string, string | undefined>>[];
	return rows
		.filter(({ result }) => result === "pass")
		.map(({ pole = "", node = "", serial = "", time = "" }) => ({ pole, node, serial, time }));
}

/** All doubts, each a sentence; none: the lamp fits the pole. */
export function doubtsOf({ serial, node }: Known, plan: Plan, records: Records): string[] {
	const { vault, protocol, isReplacing } = records;
	const wanted = plan.values.get("node") ?? "";
	const place = plan.pole === "" ? "a lamp without a pole" : `pole ${plan.pole} (node ${wanted})`;
	const doubts: string[] = [];
	// before a login a lamp without a name gives its serial number
	const isSerial = vault.lamps.some((lamp) => lamp.serial === node) || node === plan.serial;
	const own = serial ?? (isSerial ? node : undefined);
	if (node !== "" && node !== wanted && node !== own)
		doubts.push(`the lamp is called ${node}; the site file says ${place}`);
	const known = vault.lamps.find((lamp) => lamp.serial !== undefined && lamp.serial === own);
	const before = known?.nodes.at(-1);
	if (before !== undefined && before !== wanted && before !== own && before !== node)
		doubts.push(`the vault has ${own} as node ${before}; the site file says ${place}`);
	if (wanted === "" || own === undefined) return doubts;
	const latest = [...protocol].reverse();
	const last = latest.find((row) => row.serial === own && row.pole !== "");
	if (last && last.pole !== plan.pole)
		doubts.push(`${own} passed at pole ${last.pole} on ${last.time}; this is ${place}`);
	if (isReplacing) return doubts;
	const here = latest.find((row) => row.pole === plan.pole);
	if (here && here.serial !== own)
		doubts.push(`at pole ${plan.pole} ${here.serial} passed on ${here.time}; this lamp is ${own}`);
	const other = vault.lamps.find(
		(lamp) =>
			lamp.nodes.at(-1) === wanted &&
			lamp.serial !== undefined &&
			lamp.serial !== own &&
			lamp.revoked === undefined,
	);
	if (other && here === undefined)
		doubts.push(`the vault has node ${wanted} as ${other.serial}; this lamp is ${own}`);
	return doubts;
}

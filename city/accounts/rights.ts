/**
 * Rights: topics that each account may publish and subscribe to, once for both brokers.
 *
 * Topics are written with `/` and MQTT's wildcards, without the root. A `+` for the node also stands
 * for `all`: the operator's account orders for the whole site.
 */
import { OWN_ORDERS, REPORTS, SECTIONS } from "../contract.js";
import type { Role } from "./accounts.js";

export interface Rights {
	readonly write: readonly string[];
	readonly read: readonly string[];
}

/** A lamp under its own name. `node` and `serial` may be a broker's placeholder. */
export function rightsOfLamp(site: string, node: string, serial: string): Rights {
	const own = `${site}/${node}`;
	return {
		write: [
			...REPORTS.map(([kind]) => `${own}/${kind}`),
			`unassigned/${serial}/status`,
			`unassigned/${serial}/reply`,
		],
		read: [
			...[...OWN_ORDERS, "settings/desired/+"].map((kind) => `${own}/${kind}`),
			...SECTIONS.map((section) => `${own}/settings/desired/${section}`),
			`unassigned/${serial}/command`,
			...["command", "emergency"].flatMap((kind) => [
				`${site}/group/+/${kind}`,
				`${site}/all/${kind}`,
			]),
		],
	};
}

export function rightsOfRole(site: string, role: Role): Rights {
	const reports = [`${site}/#`, "unassigned/#"];
	switch (role) {
		case "desk":
			return {
				write: [
					`${site}/+/command`,
					`${site}/group/+/command`,
					`${site}/+/settings/desired/+`,
					`${site}/+/update`,
					"unassigned/+/command",
				],
				read: reports,
			};
		case "alarm":
			return {
				write: [`${site}/+/emergency`, `${site}/group/+/emergency`],
				read: [`${site}/+/reply`, `${site}/+/status`],
			};
		case "reader":
			return { write: [], read: reports };
		case "bridge":
			return { write: [`${site}/+/command`], read: reports };
	}
}

/** Topics of the bridge beside the contract's: its own, and those of Home Assistant. */
export const BRIDGE_TOPICS: readonly string[] = ["homeassistant/#", "luminode-bridge/#"];

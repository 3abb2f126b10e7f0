/**
 * Rights: topics that each account may publish and subscribe to, once for both brokers.
 *
 * Topics are written with `/` and MQTT's wildcards, without the root. A `+` for the node also stands
 * for `all`: the operator's account orders for the whole site.
 */
import { CLOCK, OWN_ORDERS, REPORTS, SECTIONS } from "../contract.js";
import type { Role } from "./accounts.js";

export interface Rights {
	readonly write: readonly string[];
	readonly read: readonly string[];
}

/** A lamp under its own name, which may be a broker's placeholder. */
export function rightsOfLamp(site: string, node: string): Rights {
	const prefix = `${site}/${node}`;
	return {
		write: REPORTS.map(([kind]) => `${prefix}/${kind}`),
		read: [
			...[...OWN_ORDERS, "settings/desired/+"].map((kind) => `${prefix}/${kind}`),
			...SECTIONS.map((section) => `${prefix}/settings/desired/${section}`),
			...["command", "emergency"].flatMap((kind) => [
				`${site}/group/+/${kind}`,
				`${site}/all/${kind}`,
			]),
		],
	};
}

/** A lamp before it has a site. */
export function rightsUnassigned(serial: string): Rights {
	const prefix = `unassigned/${serial}`;
	return { write: [`${prefix}/status`, `${prefix}/reply`], read: [`${prefix}/command`] };
}

/** `serials`: of the commune's lamps, where the broker has those of others, too. */
export function rightsOfRole(site: string, role: Role, serials?: readonly string[]): Rights {
	const unassigned = (kind: string) =>
		(serials ?? ["+"]).map((serial) => `unassigned/${serial}/${kind}`);
	const reports = [`${site}/#`, ...(serials ? unassigned("#") : ["unassigned/#"])];
	const command = `${site}/+/command`;
	const of = (...kinds: string[]) => kinds.map((kind) => `${site}/+/${kind}`);
	const rights: Readonly<Record<Role, Rights>> = {
		desk: {
			write: [
				command,
				`${site}/group/+/command`,
				...of("settings/desired/+", "update"),
				...unassigned("command"),
				// retained messages of a lamp that is gone are removed
				...of(...RETAINED),
				...unassigned("status"),
			],
			read: reports,
		},
		alarm: {
			write: [...of("emergency"), `${site}/group/+/emergency`],
			read: of("reply", "status"),
		},
		reader: { write: [], read: reports },
		bridge: { write: [command], read: reports },
		citizens: { write: [command], read: of("status", "state", "event", "reply") },
		traffic: { write: [], read: of("traffic", "event", "birth") },
		// no other account may answer: a lamp takes the date of any answer to its question
		clock: { write: of(CLOCK.answer), read: of(CLOCK.question) },
		assistant: { write: [], read: [] },
	};
	return rights[role];
}

const RETAINED = REPORTS.filter(([, isRetained]) => isRetained).map(([kind]) => kind);
/** Topics beside the contract's, of the bridge and of Home Assistant. */
const BRIDGE_TOPICS: readonly string[] = ["homeassistant/#", "luminode-bridge/#"];

export function topicsBeside(role: Role): readonly string[] {
	return role === "bridge" || role === "assistant" ? BRIDGE_TOPICS : [];
}

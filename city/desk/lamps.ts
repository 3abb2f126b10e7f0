/** Lamps of the site file, as the operator's program uses them. */
import { createHash } from "node:crypto";
import type { Selectable } from "kysely";
import type { Plan } from "../../lib/site/sitetable.js";
import { SECTIONS, UNASSIGNED } from "../contract.js";
import type { Schema } from "../schema.js";
import type { Topics } from "./observer.js";

export interface Lamp {
	readonly site: string;
	readonly node: string;
	readonly group: string;
	readonly serial: string | undefined;
	/** `{root}/{site}/{node}` */
	readonly topicPrefix: string;
	/** Settings by section, without names of the lamp: those are assigned. */
	readonly sections: Sections;
}

/** An order of a campaign. */
export type Order = Selectable<Schema["orders"]>;
export type Sections = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

export function lampOf(plan: Plan, root: string, site: string): Lamp {
	const { identity: _, ...rest } = Object.fromEntries(plan.sections);
	const node = plan.values.get("node")!;
	const lampSite = plan.values.get("site") || site;
	return {
		site: lampSite,
		node,
		group: plan.values.get("group") ?? "",
		serial: plan.serial,
		topicPrefix: `${root}/${lampSite}/${node}`,
		sections: new Map(Object.entries(rest)),
	};
}

/** The lamp of an order in the database. */
export function lampOfOrder(order: Order, root: string): Lamp {
	const { site, node, group_name: group, serial, task, content } = order;
	const sections: Sections = task === "configure" ? sectionsIn(content) : new Map();
	const topicPrefix = `${root}/${site}/${node}`;
	return { site, node, group, serial: serial || undefined, topicPrefix, sections };
}

function sectionsIn(content: string): Sections {
	return new Map(Object.entries(JSON.parse(content)));
}

/** As the database has it. */
export function contentOf(sections: Sections): string {
	return JSON.stringify(Object.fromEntries(sections));
}

/** Topics of a lamp under its own name. */
export function ownTopics({ topicPrefix }: Lamp, ...kinds: string[]): Topics {
	return new Map(kinds.map((kind) => [`${topicPrefix}/${kind}`, kind]));
}

export function reportedTopics(lamp: Lamp): Topics {
	const kinds = SECTIONS.filter((section) => lamp.sections.has(section));
	return ownTopics(lamp, ...kinds.map((section) => `settings/reported/${section}`));
}

/** Topics of a lamp that has no site yet. */
export function unassignedTopics(root: string, serial: string): Topics {
	const topicPrefix = `${root}/${UNASSIGNED}/${serial}`;
	return new Map([
		[`${topicPrefix}/status`, "unassigned/status"],
		[`${topicPrefix}/reply`, "unassigned/reply"],
	]);
}

/** A digest of a content: the same content is the same plan. */
export function digestOf(content: unknown): string {
	return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);
}

/** Sections whose settings in force differ from the plan, with the names that differ. */
export function differences(
	{ sections }: Lamp,
	reported: (section: string) => Readonly<Record<string, unknown>> | undefined,
): ReadonlyMap<string, readonly string[]> {
	const found = new Map<string, readonly string[]>();
	for (const [section, wanted] of sections) {
		const has = reported(section);
		const names = Object.keys(wanted).filter(
			(name) => JSON.stringify(has?.[name]) !== JSON.stringify(wanted[name]),
		);
		if (names.length > 0) found.set(section, names);
	}
	return found;
}

/**
 * Retention: the time for which each table keeps a row, and its enforcement. Every table of the schema
 * is here; docs/personaldata.md has the same in words.
 */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import { DAY, HOUR } from "../lib/spans.js";
import type { Database } from "./database.js";
import type { Schema } from "./schema.js";
import { integer } from "./words.js";

export const RETENTION_WORDS = {
	keep: integer("DAYS", [1, 36_500], 400, "rows of the database are removed after this time"),
	"keep-text": integer(
		"DAYS",
		[1, 36_500],
		90,
		"a resident's description is removed after this time",
	),
} as const;

interface Kept {
	/** Absent: those of every site. */
	readonly site: string | undefined;
	/** Days. */
	readonly keep: number;
	readonly text: number;
}

/**
 * Rows that are over, by table in their order of removal. An open request stays, without its
 * description, and so does a campaign that has not ended, with its orders.
 */
export const STEPS: Readonly<Record<keyof Schema, (before: number) => RawBuilder<SqlBool>>> = {
	requests: (before) => sql`updated_at < ${before} and status = 'closed'`,
	tests: (before) => sql`ordered_at < ${before} and id not in (select test from requests)`,
	orders: (before) => sql`(campaign is null and sent_at < ${before}
		or campaign in (select id from campaigns where ended_at < ${before}))`,
	campaigns: (before) => sql`ended_at < ${before}
		and id not in (select campaign from orders where campaign is not null)`,
	acts: (before) => sql`at < ${before}`,
	lamps: (before) => sql`seen_at < ${before}`,
	messages: (before) => sql`received_at < ${before}`,
};

async function removed(
	db: Database,
	table: keyof Schema,
	before: number,
	site: string | undefined,
): Promise<number> {
	const old = db.deleteFrom(table as "lamps").where(STEPS[table](before));
	// a campaign of several sites has none
	const ofSite = old.$if(site !== undefined, (some) => some.where("site", "in", [site!, ""]));
	return Number((await ofSite.executeTakeFirst()).numDeletedRows);
}

/** Messages go an hour at a time, so that other programs can write between. */
async function removedByHours(db: Database, before: number, site?: string): Promise<number> {
	const all = db.selectFrom("messages").select(({ fn }) => fn.min("received_at").as("at"));
	const ofSite = all.$if(site !== undefined, (some) => some.where("site", "=", site!));
	for (let count = 0; ; ) {
		const at = (await ofSite.executeTakeFirst())?.at ?? before;
		if (at >= before) return count;
		count += await removed(db, "messages", Math.min(at + HOUR, before), site);
	}
}

/** Removes what is older than its time. @returns how many rows */
export async function forget(
	db: Database,
	{ site, keep, text }: Kept,
	now: number,
): Promise<number> {
	const texts = db.updateTable("requests").set({ description: "" });
	await texts
		.where("requested_at", "<", now - DAY * text)
		.where("description", "!=", "")
		.$if(site !== undefined, (some) => some.where("site", "=", site!))
		.execute();
	let count = 0;
	const before = now - DAY * keep;
	for (const table of Object.keys(STEPS) as (keyof Schema)[])
		if (table !== "messages") count += await removed(db, table, before, site);
	return count + (await removedByHours(db, before, site));
}

/** Does so now and each hour. @returns ends it */
export async function forgetting(
	db: Database,
	{
		site,
		keep,
		"keep-text": text,
	}: {
		readonly site?: string | undefined;
		readonly keep: number;
		readonly "keep-text": number;
	},
	now: () => number,
	fail: (error: Error) => void,
): Promise<() => void> {
	const clean = () => forget(db, { site, keep, text }, now());
	await clean();
	const timer = setInterval(() => void clean().catch(fail), HOUR);
	return () => clearInterval(timer);
}

/**
 * Retention: the time for which each table keeps a row, and its enforcement. Every table of the schema
 * is here; docs/personaldata.md has the same in words.
 */
import type { DeleteResult } from "kysely";
import { DAY, HOUR } from "../lib/spans.js";
import type { Database } from "./database.js";
import type { Schema } from "./schema.js";
import { whole } from "./words.js";

export const RETENTION_WORDS = {
	keep: whole("DAYS", [1, 36_500], 400, "rows of the database are removed after this time"),
	"keep-text": whole(
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
 * By table, in their order of removal. An open request stays, without its description, and so does a
 * campaign that has not ended, with its orders.
 */
export const STEPS: Readonly<
	Record<keyof Schema, (db: Database, before: number, site: string | undefined) => Promise<number>>
> = {
	async requests(db, before, site) {
		const old = db.deleteFrom("requests").where("updated_at", "<", before);
		const closed = old.where("status", "=", "closed");
		return removed(closed.$if(site !== undefined, (some) => some.where("site", "=", site!)));
	},
	async tests(db, before, site) {
		const old = db.deleteFrom("tests").where("ordered_at", "<", before);
		const unused = old.where("id", "not in", db.selectFrom("requests").select("test"));
		return removed(unused.$if(site !== undefined, (some) => some.where("site", "=", site!)));
	},
	async orders(db, before, site) {
		const ended = db.selectFrom("campaigns").select("id").where("ended_at", "<", before);
		const old = db
			.deleteFrom("orders")
			.where(({ and, or, eb }) =>
				or([
					eb("campaign", "in", ended),
					and([eb("campaign", "is", null), eb("sent_at", "<", before)]),
				]),
			);
		return removed(old.$if(site !== undefined, (some) => some.where("site", "=", site!)));
	},
	async campaigns(db, before, site) {
		const used = db.selectFrom("orders").select("campaign").where("campaign", "is not", null);
		const old = db.deleteFrom("campaigns").where("ended_at", "<", before);
		const unused = old.where("id", "not in", used);
		return removed(unused.$if(site !== undefined, (some) => some.where("site", "in", [site!, ""])));
	},
	async acts(db, before, site) {
		const old = db.deleteFrom("acts").where("at", "<", before);
		return removed(old.$if(site !== undefined, (some) => some.where("site", "in", [site!, ""])));
	},
	async lamps(db, before, site) {
		const old = db.deleteFrom("lamps").where("seen_at", "<", before);
		return removed(old.$if(site !== undefined, (some) => some.where("site", "=", site!)));
	},
	async messages(db, before, site) {
		const all = db.selectFrom("messages").select(({ fn }) => fn.min("received_at").as("at"));
		const own = all.$if(site !== undefined, (some) => some.where("site", "=", site!));
		for (let count = 0; ; ) {
			const at = (await own.executeTakeFirst())?.at ?? before;
			if (at >= before) return count;
			// an hour at a time, so that other programs can write between
			const old = db.deleteFrom("messages").where("received_at", "<", Math.min(at + HOUR, before));
			count += await removed(old.$if(site !== undefined, (some) => some.where("site", "=", site!)));
		}
	},
};

async function removed(query: {
	executeTakeFirst(): Promise<DeleteResult | undefined>;
}): Promise<number> {
	return Number((await query.executeTakeFirst())?.numDeletedRows ?? 0);
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
	for (const step of Object.values(STEPS)) count += await step(db, now - DAY * keep, site);
	return count;
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

/**
 * Audit: orders, campaigns and decisions of persons, each with its account, in the database, and as a
 * table. The account is the one at the broker, which has accepted its password.
 */
import { randomBytes } from "node:crypto";
import { type Insertable, sql, type Transaction } from "kysely";
import { sheetRowOf } from "../lib/csv.js";
import type { Reply } from "./contract.js";
import type { Database } from "./database.js";
import type { Schema } from "./schema.js";

/** Rows in memory. */
const PAGE = 1_000;
const TITLES = "time,operator,program,act,about,site,node,content,result,reason,ended";

/** A day, then letters that nobody can guess. */
export function idOf(at: number, bytes = 5): string {
	return `${new Date(at).toISOString().slice(0, 10)}-${randomBytes(bytes).toString("hex")}`;
}

/** Notes a decision. */
export async function decided(
	db: Database | Transaction<Schema>,
	act: Omit<Schema["acts"], "id">,
): Promise<void> {
	await db
		.insertInto("acts")
		.values({ ...act, id: idOf(act.at, 8) })
		.execute();
}

/** Notes an order of a program before it is sent; of one with a reply that is the result. */
export async function ordered(
	db: Database,
	order: Omit<Insertable<Schema["orders"]>, "step" | "sent_at">,
	at: number,
): Promise<void> {
	await db
		.insertInto("orders")
		.values({ ...order, step: "sent", sent_at: at })
		.execute();
}

/** Notes the reply of a lamp to such an order. */
export async function replied(
	db: Database,
	{ id = "", status, reason = "" }: Reply,
	at: number,
): Promise<void> {
	if (status !== "accepted" && status !== "done" && status !== "rejected") return;
	await db
		.updateTable("orders")
		.set({ step: status === "rejected" ? "failed" : "done", why: `${reason}`, ended_at: at })
		.where("id", "=", `${id}`)
		.where("campaign", "is", null)
		.where("ended_at", "is", null)
		.execute();
}

/** The log from one instant to another as CSV, a page at a time; without `site` that of all. */
export async function* auditOf(
	db: Database,
	[from, until]: readonly [number, number],
	site?: string,
): AsyncGenerator<string> {
	yield `${TITLES}\n`;
	for (let after = { at: from, id: "" }; ; ) {
		const rows = await page(db, after, until, site);
		if (rows.length === 0) return;
		yield rows.map((row) => `${sheetRowOf(cells(row))}\n`).join("");
		after = rows.at(-1)!;
	}
}

interface Row {
	readonly at: number;
	readonly id: string;
	readonly ended: number | null;
	/** Those of the titles between. */
	readonly [column: string]: string | number | null;
}

function cells({ at, id: _, ended, ...rest }: Row): string[] {
	const time = (at: number | null) => (at === null ? "" : new Date(at).toISOString());
	return [time(at), ...Object.values(rest).map(String), time(ended)];
}

const LOG = sql`
	select sent_at as at, id, operator, program, task as act, coalesce(campaign, '') as about, site,
		node, content, step as result, why as reason, ended_at as ended
	from orders where sent_at is not null
	union all select at, id, operator, program, act, about, site, '', '', 'done', why, at from acts
	union all select ordered_at, id, 'citizens', 'citizens', 'selfTest', '', site, node, '',
		case when ended_at is null then 'sent' when failed = '' then 'done' else 'failed' end,
		trim(failed || ' ' || not_judged), ended_at
	from tests`;

async function page(
	db: Database,
	{ at, id }: { readonly at: number; readonly id: string },
	until: number,
	site: string | undefined,
): Promise<readonly Row[]> {
	const siteFilter = site === undefined ? sql`` : sql`and site = ${site}`;
	const rows = sql<Row>`select * from (${LOG}) as log
		where at < ${until} and (at > ${at} or at = ${at} and id > ${id}) ${siteFilter}
		order by at, id limit ${PAGE}`;
	return (await rows.execute(db)).rows;
}

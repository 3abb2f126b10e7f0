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
const TITLES = [
	"time",
	"operator",
	"program",
	"act",
	"about",
	"site",
	"node",
	"content",
	"result",
	"reason",
	"ended",
];

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
	yield `${TITLES.join(",")}\n`;
	for (let after = { at: from, id: "" }; ; ) {
		const rows = await page(db, after, until, site);
		if (rows.length === 0) return;
		yield rows.map((row) => `${sheetRowOf(cells(row))}\n`).join("");
		after = rows.at(-1)!;
	}
}

type Row = Awaited<ReturnType<typeof page>>[number];

function cells(row: Row): string[] {
	const time = (at: number | null) => (at === null ? "" : new Date(at).toISOString());
	const { at, operator, program, act, about, site, node, content, result, reason, ended } = row;
	const own = [operator, program, act, about, site, node, content, result, reason];
	return [time(at), ...own, time(ended)];
}

function page(
	db: Database,
	after: { readonly at: number; readonly id: string },
	until: number,
	site: string | undefined,
) {
	const none = sql.lit("");
	const orders = db
		.selectFrom("orders")
		.select(({ fn, ref, val }) => [
			sql<number>`sent_at`.as("at"),
			"id",
			"operator",
			"program",
			"task as act",
			fn.coalesce(ref("campaign"), val("")).as("about"),
			"site",
			"node",
			"content",
			sql<string>`step`.as("result"),
			"why as reason",
			"ended_at as ended",
		])
		.where("sent_at", "is not", null);
	const acts = db
		.selectFrom("acts")
		.select([
			"at",
			"id",
			"operator",
			"program",
			"act",
			"about",
			"site",
			none.$castTo<string>().as("node"),
			none.$castTo<string>().as("content"),
			sql<string>`'done'`.as("result"),
			"why as reason",
			sql<number | null>`at`.as("ended"),
		]);
	const tests = db
		.selectFrom("tests")
		.select([
			"ordered_at as at",
			"id",
			sql<string>`'citizens'`.as("operator"),
			sql<string>`'citizens'`.as("program"),
			sql<string>`'selfTest'`.as("act"),
			none.$castTo<string>().as("about"),
			"site",
			"node",
			none.$castTo<string>().as("content"),
			sql<string>`case when ended_at is null then 'sent' when failed = '' then 'done' else 'failed' end`.as(
				"result",
			),
			sql<string>`trim(failed || ' ' || not_judged)`.as("reason"),
			"ended_at as ended",
		]);
	return db
		.selectFrom(orders.unionAll(acts).unionAll(tests).as("log"))
		.selectAll()
		.where("at", "<", until)
		.$if(site !== undefined, (own) => own.where("site", "=", site!))
		.where(({ and, or, eb }) =>
			or([eb("at", ">", after.at), and([eb("at", "=", after.at), eb("id", ">", after.id)])]),
		)
		.orderBy("at")
		.orderBy("id")
		.limit(PAGE)
		.execute();
}

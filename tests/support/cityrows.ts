/** City rows: rows of the city's database as the programs leave them. */
import type { Database } from "../../city/database.js";

const NODE = "pole-00006";

/** A report with its test. */
export async function reported(
	db: Database,
	site: string,
	at: number,
	status: "open" | "closed",
): Promise<void> {
	const id = `${site}-${at}-${status}`;
	const lamp = { site, node: NODE };
	await db
		.insertInto("tests")
		.values({ id, ...lamp, ordered_at: at })
		.execute();
	const notes = { notes_en: "", notes_fr: "", lamp: "6", description: "out since Monday" };
	const times = { requested_at: at, updated_at: at };
	await db
		.insertInto("requests")
		.values({ id, ...lamp, ...notes, ...times, status, test: id })
		.execute();
}

/** A campaign with one order to a lamp of `site`. `of`: its own site, empty for several. */
export async function campaigned(
	db: Database,
	site: string,
	at: number,
	state: "running" | "done",
	of = site,
): Promise<void> {
	const id = `${of}-${site}-${at}-${state}`;
	const about = { task: "configure", operator: "desk-anna" };
	const ended_at = state === "done" ? at : null;
	const plan = { digest: "", stop_at: 10, undoes: null, made_at: at };
	await db
		.insertInto("campaigns")
		.values({ id, site: of, ...about, ...plan, state, ended_at })
		.execute();
	const order = { was: null, revision: 1, step: "done" as const, sent_at: at, ended_at: at };
	const lamp = { site, node: NODE, program: "desk", content: "{}" };
	await db
		.insertInto("orders")
		.values({ id, campaign: id, ...about, ...lamp, ...order })
		.execute();
}

/** An order of a program, to which no lamp has replied, and a decision. */
export async function acted(db: Database, site: string, at: number): Promise<void> {
	const id = `${site}-${at}`;
	const by = { operator: "bridge", program: "bridge" };
	const order = { task: "override", content: "{}", step: "sent" as const, sent_at: at };
	await db
		.insertInto("orders")
		.values({ id, site, node: NODE, ...by, ...order })
		.execute();
	await db
		.insertInto("acts")
		.values({ id, site, at, ...by, act: "begin", about: "", why: "" })
		.execute();
}

/** Rows in every table, long ago. */
export async function inEachTable(db: Database, site: string): Promise<void> {
	const lamp = { site, node: "of-both" };
	await reported(db, site, 0, "open");
	await campaigned(db, site, 0, "running");
	await acted(db, site, 0);
	const seen = { serial: "", group_name: "", version: "", seen_at: 0 };
	await db
		.insertInto("lamps")
		.values({ ...lamp, ...seen })
		.execute();
	const message = { kind: "event", life: 1, number: 1, body: "{}", at: null, received_at: 0 };
	await db
		.insertInto("messages")
		.values({ ...lamp, ...message })
		.execute();
}

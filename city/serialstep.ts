/**
 * Serial step: the third step of the schema: a message is one by the serial number of its controller
 * too, because a new controller at a pole begins with the same lives and numbers as the one before.
 */
import { type Kysely, PostgresAdapter, sql } from "kysely";
import { objectOf } from "./contract.js";

/** As the step found it in the messages of 0.1.0; it is never changed. */
const SERIAL = /^[A-Za-z0-9_.+-]{1,64}$/;
const KEY = "site, node, serial, kind, life, number";

interface Messages {
	messages: {
		site: string;
		node: string;
		serial: string;
		kind: string;
		life: number;
		number: number;
		body: string;
	};
}

export async function withSerials(given: Kysely<unknown>): Promise<void> {
	const db = given as Kysely<Messages>;
	if (db.getExecutor().adapter instanceof PostgresAdapter) {
		await addColumn(db);
		await fill(db);
		await sql`alter table messages drop constraint messages_key`.execute(db);
		await sql`alter table messages add constraint messages_key
			primary key (${sql.raw(KEY)})`.execute(db);
		return;
	}
	// Kysely has no transaction around a step of SQLite, which cannot change a key: the table is copied
	await sql`begin immediate`.execute(db);
	try {
		await copied(db);
		await sql`commit`.execute(db);
	} catch (error) {
		await sql`rollback`.execute(db);
		throw error;
	}
}

async function copied(db: Kysely<Messages>): Promise<void> {
	const columns = await sql<{
		name: string;
	}>`select name from pragma_table_info('messages')`.execute(db);
	if (columns.rows.some(({ name }) => name === "serial")) return; // another program was first
	await addColumn(db);
	await fill(db);
	await sql`alter table messages rename to messages_before`.execute(db);
	await sql`create table messages (
		site text not null, node text not null, serial text not null default '', kind text not null,
		life bigint not null, number bigint not null, body text not null, at bigint,
		received_at bigint not null, constraint messages_key primary key (${sql.raw(KEY)}))`.execute(
		db,
	);
	await sql`insert into messages (${sql.raw(KEY)}, body, at, received_at)
		select ${sql.raw(KEY)}, body, at, received_at from messages_before`.execute(db);
	await sql`drop table messages_before`.execute(db); // with its index
	await sql`create index messages_received on messages (received_at)`.execute(db);
}

async function addColumn(db: Kysely<Messages>): Promise<void> {
	await sql`alter table messages add column serial text not null default ''`.execute(db);
}

/** Reads the serial numbers out of the bodies, a pole at a time: nearly all of its rows have one. */
async function fill(db: Kysely<Messages>): Promise<void> {
	const poles = await db.selectFrom("messages").select(["site", "node"]).distinct().execute();
	for (const { site, node } of poles) {
		const rows = db.selectFrom("messages").select(["kind", "life", "number", "body"]);
		const all = await rows.where("site", "=", site).where("node", "=", node).execute();
		const serials = all.map(({ body }) => serialIn(body));
		const [usual = ""] = serials.filter((serial) => serial !== "");
		const change = (serial: string) =>
			db.updateTable("messages").set({ serial }).where("site", "=", site).where("node", "=", node);
		await change(usual).execute();
		for (const [at, { kind, life, number }] of all.entries())
			if (serials[at] !== usual)
				await change(serials[at]!)
					.where("kind", "=", kind)
					.where("life", "=", life)
					.where("number", "=", number)
					.execute();
	}
}

function serialIn(body: string): string {
	const { serial } = objectOf<{ serial?: unknown }>(body) ?? {};
	return typeof serial === "string" && SERIAL.test(serial) ? serial : "";
}

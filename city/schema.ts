/**
 * Schema: the tables of a city's database, and the steps by which they came about.
 *
 * A step is never changed once a commune may have run it; each can run again after a kill in its
 * middle. Instants are ms UTC. Two programs that start at once may both make a table.
 */
import { type CreateTableBuilder, type Generated, type Kysely, type Migration, sql } from "kysely";
import { withSerials } from "./serialstep.js";

export interface Schema {
	/** Messages of lamps, each once: (`site`, `node`, `serial`, `kind`, `life`, `number`). */
	messages: {
		site: string;
		node: string;
		/** Of the controller; empty: the message has none. */
		serial: Generated<string>;
		kind: string;
		life: number;
		/** `seq` of an event, `uptime_ms` of any other. */
		number: number;
		/** The payload, JSON. */
		body: string;
		/** The lamp's own time; null: it had none, or no plausible one. */
		at: number | null;
		received_at: number;
	};
	/** Lamps as they were seen last. */
	lamps: {
		site: string;
		node: string;
		serial: string;
		group_name: string;
		version: string;
		seen_at: number;
	};
	/** Self-tests that were ordered because of residents' reports. */
	tests: {
		id: string;
		site: string;
		node: string;
		ordered_at: number;
		/** 1: it ended after dark, when light can be judged. */
		is_dark: Generated<number>;
		ended_at: number | null;
		/** Parts with blanks between them, as the lamp sends them. */
		failed: Generated<string>;
		not_judged: Generated<string>;
		/** Answer to the order `explain` that preceded the test, or the refusal of the test, JSON. */
		reply: string | null;
	};
	/** Work of the desk on many lamps, in waves: its orders are rows of `orders`. */
	campaigns: {
		id: string;
		/** Of its lamps; empty: they are of several. */
		site: string;
		task: string;
		/** Account at the broker that began it. */
		operator: string;
		state: "running" | "paused" | "stopped" | "cancelled" | "done";
		/** Of lamps and contents: the same plan goes on with the same campaign. */
		digest: string;
		/** Per cent of a wave that may fail or stay silent. */
		stop_at: number;
		/** Waves before this one end nothing: an operator has resumed after them. */
		judged_from: Generated<number>;
		/** The campaign that this one rolls back. */
		undoes: string | null;
		made_at: number;
		ended_at: number | null;
	};
	/** Orders, settings and offers to lamps, each before it is sent. */
	orders: {
		/** The identifier that a lamp gets, where its order has one. */
		id: string;
		campaign: string | null;
		wave: Generated<number>;
		program: string;
		operator: string;
		site: string;
		node: string;
		serial: Generated<string>;
		group_name: Generated<string>;
		/** `assign`, `configure`, `update`, `retire`, or the command of an order. */
		task: string;
		/** The body that is sent, JSON. */
		content: string;
		/** The lamp's settings or version before, JSON; null: not known. */
		was: string | null;
		/** Of settings. */
		revision: number | null;
		step: "waiting" | "sent" | "done" | "failed" | "silent" | "cancelled";
		why: Generated<string>;
		sent_at: number | null;
		ended_at: number | null;
	};
	/** Decisions of a person or a platform, other than orders. */
	acts: {
		id: string;
		/** Empty: those of a campaign in several sites. */
		site: string;
		at: number;
		program: string;
		operator: string;
		act: string;
		/** The campaign or the report. */
		about: string;
		why: string;
	};
	/** Reports of residents: of a person they hold the description alone. */
	requests: {
		id: string;
		site: string;
		node: string;
		/** The lamp's name on its pole. */
		lamp: string;
		description: string;
		requested_at: number;
		updated_at: number;
		status: "open" | "closed";
		notes_en: string;
		notes_fr: string;
		test: string;
	};
}

type Shape = Parameters<CreateTableBuilder<string>["addColumn"]>[2];
const needed: Shape = (column) => column.notNull();
const counted: Shape = (column) => column.notNull().defaultTo(0);
const key: Shape = (column) => column.primaryKey().notNull();
const empty: Shape = (column) => column.notNull().defaultTo("");
const optional: Shape = (column) => column;

type Columns = readonly [names: string, type: "text" | "bigint" | "integer", shape: Shape];

/** Makes a table, unless it is there; names have blanks between them. */
async function made(
	db: Kysely<unknown>,
	name: string,
	columns: readonly Columns[],
	primary?: string,
): Promise<void> {
	let table: CreateTableBuilder<string, string> = db.schema.createTable(name).ifNotExists();
	for (const [names, type, shape] of columns)
		for (const column of names.split(" ")) table = table.addColumn(column, type, shape);
	if (primary) table = table.addPrimaryKeyConstraint(`${name}_key`, primary.split(" "));
	await table.execute();
}

async function indexed(db: Kysely<unknown>, name: string, on: string, columns: string) {
	const index = db.schema.createIndex(name).ifNotExists();
	await index.on(on).columns(columns.split(" ")).execute();
}

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
	"001-first": {
		async up(db: Kysely<unknown>) {
			const messages: Columns[] = [
				["site node kind", "text", needed],
				["life number", "bigint", needed],
				["body", "text", needed],
				["at", "bigint", optional],
				["received_at", "bigint", needed],
			];
			await made(db, "messages", messages, "site node kind life number");
			const lamps: Columns[] = [
				["site node serial group_name version", "text", needed],
				["seen_at", "bigint", needed],
			];
			await made(db, "lamps", lamps, "site node");
			await made(db, "tests", [
				["id", "text", key],
				["site node", "text", needed],
				["ordered_at", "bigint", needed],
				["is_dark", "integer", counted],
				["ended_at", "bigint", optional],
				["failed not_judged", "text", empty],
				["reply", "text", optional],
			]);
			await made(db, "requests", [
				["id", "text", key],
				["site node lamp description", "text", needed],
				["requested_at updated_at", "bigint", needed],
				["status", "text", (column) => column.notNull().check(sql`status in ('open', 'closed')`)],
				["notes_en notes_fr", "text", needed],
				["test", "text", (column) => column.notNull().references("tests.id")],
			]);
			await indexed(db, "messages_received", "messages", "received_at");
			await indexed(db, "tests_node", "tests", "site node ordered_at");
			await indexed(db, "requests_time", "requests", "site requested_at");
		},
	},
	"002-campaigns": {
		async up(db: Kysely<unknown>) {
			await made(db, "campaigns", [
				["id", "text", key],
				["site task operator state digest", "text", needed],
				["stop_at", "integer", needed],
				["judged_from", "integer", counted],
				["undoes", "text", optional],
				["made_at", "bigint", needed],
				["ended_at", "bigint", optional],
			]);
			await made(db, "orders", [
				["id", "text", key],
				["campaign", "text", (column) => column.references("campaigns.id")],
				["wave", "integer", counted],
				["program operator site node", "text", needed],
				["serial group_name", "text", empty],
				["task content", "text", needed],
				["was", "text", optional],
				["revision", "bigint", optional],
				["step", "text", needed],
				["why", "text", empty],
				["sent_at ended_at", "bigint", optional],
			]);
			await made(db, "acts", [
				["id", "text", key],
				["site", "text", needed],
				["at", "bigint", needed],
				["program operator act about why", "text", needed],
			]);
			await indexed(db, "orders_campaign", "orders", "campaign wave");
			await indexed(db, "orders_node", "orders", "site node task");
			await indexed(db, "orders_sent", "orders", "sent_at");
			await indexed(db, "acts_time", "acts", "at");
		},
	},
	"003-serial": { up: withSerials },
};

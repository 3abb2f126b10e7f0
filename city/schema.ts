/**
 * Schema: the tables of a city's database, and the steps by which they came about.
 *
 * A step is never changed once a commune may have run it; each can run again after a kill in its
 * middle. Instants are ms UTC. Two programs that start at once may both make a table.
 */
import {
	type ColumnDefinitionBuilder,
	type Generated,
	type Kysely,
	type Migration,
	sql,
} from "kysely";

export interface Schema {
	/** Messages of lamps, each once: (`site`, `node`, `kind`, `life`, `number`). */
	messages: {
		site: string;
		node: string;
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
		/** Answer to the order `explain` that preceded the test, JSON. */
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

const needed = (column: ColumnDefinitionBuilder) => column.notNull();
const counted = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0);
const key = (column: ColumnDefinitionBuilder) => column.primaryKey().notNull();
const empty = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo("");

const tablesOf = (db: Kysely<unknown>) => (name: string) =>
	db.schema.createTable(name).ifNotExists();

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
	"001-first": {
		async up(db: Kysely<unknown>) {
			const table = tablesOf(db);
			await table("messages")
				.addColumn("site", "text", needed)
				.addColumn("node", "text", needed)
				.addColumn("kind", "text", needed)
				.addColumn("life", "bigint", needed)
				.addColumn("number", "bigint", needed)
				.addColumn("body", "text", needed)
				.addColumn("at", "bigint")
				.addColumn("received_at", "bigint", needed)
				.addPrimaryKeyConstraint("messages_key", ["site", "node", "kind", "life", "number"])
				.execute();
			await table("lamps")
				.addColumn("site", "text", needed)
				.addColumn("node", "text", needed)
				.addColumn("serial", "text", needed)
				.addColumn("group_name", "text", needed)
				.addColumn("version", "text", needed)
				.addColumn("seen_at", "bigint", needed)
				.addPrimaryKeyConstraint("lamps_key", ["site", "node"])
				.execute();
			await table("tests")
				.addColumn("id", "text", key)
				.addColumn("site", "text", needed)
				.addColumn("node", "text", needed)
				.addColumn("ordered_at", "bigint", needed)
				.addColumn("is_dark", "integer", counted)
				.addColumn("ended_at", "bigint")
				.addColumn("failed", "text", empty)
				.addColumn("not_judged", "text", empty)
				.addColumn("reply", "text")
				.execute();
			await table("requests")
				.addColumn("id", "text", key)
				.addColumn("site", "text", needed)
				.addColumn("node", "text", needed)
				.addColumn("lamp", "text", needed)
				.addColumn("description", "text", needed)
				.addColumn("requested_at", "bigint", needed)
				.addColumn("updated_at", "bigint", needed)
				.addColumn("status", "text", (column) =>
					column.notNull().check(sql`status in ('open', 'closed')`),
				)
				.addColumn("notes_en", "text", needed)
				.addColumn("notes_fr", "text", needed)
				.addColumn("test", "text", (column) => column.notNull().references("tests.id"))
				.execute();
			const index = (name: string) => db.schema.createIndex(name).ifNotExists();
			await index("messages_received").on("messages").column("received_at").execute();
			await index("tests_node").on("tests").columns(["site", "node", "ordered_at"]).execute();
			await index("requests_time").on("requests").columns(["site", "requested_at"]).execute();
		},
	},
	"002-campaigns": {
		async up(db: Kysely<unknown>) {
			const table = tablesOf(db);
			await table("campaigns")
				.addColumn("id", "text", key)
				.addColumn("site", "text", needed)
				.addColumn("task", "text", needed)
				.addColumn("operator", "text", needed)
				.addColumn("state", "text", needed)
				.addColumn("digest", "text", needed)
				.addColumn("stop_at", "integer", needed)
				.addColumn("judged_from", "integer", counted)
				.addColumn("undoes", "text")
				.addColumn("made_at", "bigint", needed)
				.addColumn("ended_at", "bigint")
				.execute();
			await table("orders")
				.addColumn("id", "text", key)
				.addColumn("campaign", "text", (column) => column.references("campaigns.id"))
				.addColumn("wave", "integer", counted)
				.addColumn("program", "text", needed)
				.addColumn("operator", "text", needed)
				.addColumn("site", "text", needed)
				.addColumn("node", "text", needed)
				.addColumn("serial", "text", empty)
				.addColumn("group_name", "text", empty)
				.addColumn("task", "text", needed)
				.addColumn("content", "text", needed)
				.addColumn("was", "text")
				.addColumn("revision", "bigint")
				.addColumn("step", "text", needed)
				.addColumn("why", "text", empty)
				.addColumn("sent_at", "bigint")
				.addColumn("ended_at", "bigint")
				.execute();
			await table("acts")
				.addColumn("id", "text", key)
				.addColumn("site", "text", needed)
				.addColumn("at", "bigint", needed)
				.addColumn("program", "text", needed)
				.addColumn("operator", "text", needed)
				.addColumn("act", "text", needed)
				.addColumn("about", "text", needed)
				.addColumn("why", "text", needed)
				.execute();
			const index = (name: string) => db.schema.createIndex(name).ifNotExists();
			await index("orders_campaign").on("orders").columns(["campaign", "wave"]).execute();
			await index("orders_node").on("orders").columns(["site", "node", "task"]).execute();
			await index("orders_sent").on("orders").column("sent_at").execute();
			await index("acts_time").on("acts").column("at").execute();
		},
	},
};

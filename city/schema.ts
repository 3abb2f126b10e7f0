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

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
	"001-first": {
		async up(db: Kysely<unknown>) {
			const table = (name: string) => db.schema.createTable(name).ifNotExists();
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
				.addColumn("id", "text", (column) => column.primaryKey().notNull())
				.addColumn("site", "text", needed)
				.addColumn("node", "text", needed)
				.addColumn("ordered_at", "bigint", needed)
				.addColumn("is_dark", "integer", counted)
				.addColumn("ended_at", "bigint")
				.addColumn("failed", "text", (column) => column.notNull().defaultTo(""))
				.addColumn("not_judged", "text", (column) => column.notNull().defaultTo(""))
				.addColumn("reply", "text")
				.execute();
			await table("requests")
				.addColumn("id", "text", (column) => column.primaryKey().notNull())
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
};

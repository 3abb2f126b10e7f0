/** Orders: those of a wave in the database; changes of the same instant share one transaction. */
import type { Transaction } from "kysely";
import type { Database } from "../database.js";
import type { Schema } from "../schema.js";
import type { Lamp, Order } from "./lamps.js";
import type { Judged, Orders, Work } from "./tasks.js";

type Change = (change: Transaction<Schema>) => Promise<void>;

export class WaveOrders implements Orders {
	isCancelled = false;
	readonly #db: Database;
	readonly #now: () => number;
	/** By site and node. */
	readonly #orders = new Map<string, Order>();
	readonly #revisions = new Map<string, number>();
	#waiting: { readonly change: Change; done(): void; fail(error: Error): void }[] = [];

	private constructor(db: Database, { now }: Pick<Work, "now">) {
		this.#db = db;
		this.#now = now;
	}

	static async of(db: Database, work: Pick<Work, "now">, rows: readonly Order[]) {
		const orders = new WaveOrders(db, work);
		for (const row of rows) orders.#orders.set(keyOf(row), row);
		const revisions = db
			.selectFrom("orders")
			.select(({ fn }) => ["site", "node", fn.max("revision").as("revision")])
			.where("task", "=", "configure");
		const nodes = rows.map(({ node }) => node);
		const latest = await revisions.where("node", "in", nodes).groupBy(["site", "node"]).execute();
		for (const row of latest) orders.#revisions.set(keyOf(row), row.revision ?? 0);
		return orders;
	}

	cancelIf(isCancelled: boolean): void {
		this.isCancelled ||= isCancelled;
	}

	of(lamp: Lamp): Order {
		return this.#orders.get(keyOf(lamp))!;
	}

	revision(lamp: Lamp): number {
		return this.#revisions.get(keyOf(lamp)) ?? 0;
	}

	async begin(lamp: Lamp, { revision, was, above = 0 }: Parameters<Orders["begin"]>[1]) {
		const order = this.of(lamp);
		if (order.step === "sent" && (order.revision === null || order.revision > above)) return order;
		const more = { revision, was: order.was ?? was, step: "sent" as const, sent_at: this.#now() };
		await this.#write(async (change) => {
			const row = change.updateTable("orders").set(more).where("id", "=", order.id);
			await row.where("step", "=", order.step).execute();
			const now = change.selectFrom("orders").selectAll().where("id", "=", order.id);
			this.#orders.set(keyOf(lamp), await now.executeTakeFirstOrThrow());
		});
		return this.of(lamp);
	}

	end(lamp: Lamp, [step, why]: Judged): Promise<void> {
		return this.#write(async (change) => {
			const row = change.updateTable("orders").set({ step, why, ended_at: this.#now() });
			await row.where("id", "=", this.of(lamp).id).where("step", "!=", "cancelled").execute();
		});
	}

	#write(change: Change): Promise<void> {
		return new Promise((done, fail) => {
			this.#waiting.push({ change, done, fail });
			if (this.#waiting.length === 1) setImmediate(() => void this.#commit());
		});
	}

	async #commit(): Promise<void> {
		const all = this.#waiting;
		this.#waiting = [];
		try {
			await this.#db.transaction().execute(async (change) => {
				for (const entry of all) await entry.change(change);
			});
			for (const { done } of all) done();
		} catch (error) {
			for (const { fail } of all) fail(error as Error);
		}
	}
}

function keyOf({ site, node }: { readonly site: string; readonly node: string }): string {
	return `${site}/${node}`;
}

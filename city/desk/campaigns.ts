/**
 * Campaigns: work of the desk on many lamps, in waves, in the database: each lamp gets one order.
 *
 * State and orders are written before anything is sent, and all that is sent may be sent again, so that
 * a kill at any instant leaves a campaign that goes on, or whose cancelling goes on. A wave in which
 * too many lamps fail or stay silent is the last one. The lamps that hold a campaign are its own: another one
 * of the same task waits until it has ended.
 */
import { PostgresAdapter, type Selectable, sql, type Transaction } from "kysely";
import { Trouble } from "../../lib/text/trouble.js";
import { decided, idOf } from "../audit.js";
import type { Database } from "../database.js";
import type { Schema } from "../schema.js";
import { digestOf, type Lamp, lampOfOrder, type Order } from "./lamps.js";
import { WaveOrders } from "./orders.js";
import { retire } from "./retire.js";
import { clearSettings } from "./sections.js";
import {
	assign,
	configure,
	type Offer,
	type Result,
	stopOffer,
	update,
	type Work,
	withdrawn,
} from "./tasks.js";

export type Campaign = Selectable<Schema["campaigns"]>;
/** ms between two looks at the state, which another process may change. */
const STATE_EACH = 1_000;
/** Rows of one statement. */
const ROWS = 1_000;
/** `offer`: of an update without a database. */
export const TASKS: Readonly<{
	[task: string]: (work: Work, wave: readonly Lamp[], offer?: Offer) => Promise<readonly Result[]>;
}> = { assign, configure, update, retire };
/** Steps of an order whose lamp may still act on it. */
const OPEN = ["waiting", "sent"] as const;

export interface Desk {
	readonly db: Database;
	readonly operator: string;
	readonly work: Work;
}

interface Plan {
	readonly task: string;
	readonly lamps: readonly (readonly [lamp: Lamp, content: string])[];
	/** Lamps at a time. */
	readonly size: number;
	readonly stopAt: number;
	readonly undoes?: string;
}

/** The campaign of a plan: the one that was begun and not ended, or a new one. */
export async function begun({ db, operator, work }: Desk, plan: Plan): Promise<Campaign> {
	const { task, lamps, size, stopAt, undoes = null } = plan;
	const key = lamps.map(([{ topicPrefix, serial }, content]) => [topicPrefix, serial, content]);
	const digest = digestOf([task, undoes, key]);
	return db.transaction().execute(async (change) => {
		await holdCampaigns(change);
		const open = change
			.selectFrom("campaigns")
			.where("state", "in", ["running", "paused"])
			.where("campaigns.task", "=", task);
		const same = await open.selectAll().where("digest", "=", digest).executeTakeFirst();
		if (same?.state === "paused")
			throw new Trouble(`campaign ${same.id} is paused: npx luminode desk resume ${same.id}`);
		if (same) return same;
		const held = await open
			.innerJoin("orders", "orders.campaign", "campaigns.id")
			.select(["campaigns.id", "orders.site", "orders.node"])
			.where("step", "in", OPEN)
			.execute();
		const lampKeys = new Set(lamps.map(([{ site, node }]) => `${site}/${node}`));
		const other = held.find(({ site, node }) => lampKeys.has(`${site}/${node}`));
		if (other)
			throw new Trouble(
				`${other.node} is in campaign ${other.id}, which has not ended: npx luminode desk resume ` +
					`${other.id}, or cancel ${other.id}`,
			);
		const at = work.now();
		const id = idOf(at, 4);
		const sites = [...new Set(lamps.map(([lamp]) => lamp.site))];
		const site = sites.length === 1 ? sites[0]! : "";
		const about = { id, site, task, operator, digest, undoes, stop_at: stopAt, made_at: at };
		const campaign = await change
			.insertInto("campaigns")
			.values({ ...about, state: "running" })
			.returningAll()
			.executeTakeFirstOrThrow();
		const all = { campaign: id, program: "desk", operator, task, step: "waiting" as const };
		const rows = lamps.map(([{ site, node, serial = "", group: group_name }, content], n) => {
			const of = { id: `${id}-${n + 1}`, wave: Math.floor(n / size), content };
			return { ...all, ...of, site, node, serial, group_name };
		});
		for (let from = 0; from < rows.length; from += ROWS)
			await change
				.insertInto("orders")
				.values(rows.slice(from, from + ROWS))
				.execute();
		const why = `${task}, ${lamps.length} lamps${undoes === null ? "" : `, back from ${undoes}`}`;
		await noted(change, campaign, operator, "begin", why, at);
		return campaign;
	});
}

/** Works on the waves of a campaign that runs. `onWave`: results and lamps that are left. */
export async function run(
	{ db, operator, work }: Desk,
	id: string,
	onWave: (results: readonly Result[], left: number) => void,
	isEnded: () => boolean,
): Promise<Campaign> {
	for (;;) {
		const campaign = await campaignCalled(db, id);
		if (campaign.state !== "running" || isEnded()) return campaign;
		const rows = await ordersOf(db, id);
		const wave = rows.find(isOpen)?.wave ?? Infinity; // they are in the order of their waves
		const isStopped = isBad(rows, campaign, wave);
		if (isStopped) for (const row of rows) if (isUnkept(row)) await takeBack(db, work, row);
		if (isStopped || wave === Infinity) {
			const state = isStopped ? "stopped" : "done";
			const at = work.now();
			await db.transaction().execute(async (change) => {
				const [updated] = await change
					.updateTable("campaigns")
					.set({ state, ended_at: at })
					.where("id", "=", id)
					.where("state", "=", "running")
					.execute();
				if (updated?.numUpdatedRows !== 1n) return; // another process was first
				const why = `${state}: ${counts(rows)}`;
				await noted(change, campaign, operator, "end", why, at);
			});
			continue;
		}
		const waveRows = rows.filter((row) => row.wave === wave && isOpen(row));
		const orders = await WaveOrders.of(db, work, waveRows);
		const look = async () => orders.cancelIf((await campaignCalled(db, id)).state === "cancelled");
		const timer = setInterval(() => void look().catch(() => {}), STATE_EACH); // else `run` fails itself
		try {
			const lamps = waveRows.map((row) => lampOfOrder(row, work.root));
			const results = await TASKS[campaign.task]!({ ...work, orders }, lamps);
			onWave(results, rows.filter(isOpen).length - waveRows.length);
		} finally {
			clearInterval(timer);
		}
	}
}

/** Nothing else begins a campaign until the transaction ends. */
async function holdCampaigns(change: Transaction<Schema>): Promise<void> {
	if (change.getExecutor().adapter instanceof PostgresAdapter)
		await sql`lock table campaigns in share row exclusive mode`.execute(change);
	// SQLite refuses a write after a read, if another program has written between
	else await change.updateTable("campaigns").set({ task: "" }).where("id", "=", "").execute();
}

export async function campaignCalled(db: Database, id: string): Promise<Campaign> {
	const matching = db.selectFrom("campaigns").selectAll().where("id", "=", id);
	const campaign = await matching.executeTakeFirst();
	if (!campaign) throw new Trouble(`no campaign is called ${id}: npx luminode desk campaigns`);
	return campaign;
}

export function ordersOf(db: Database, id: string): Promise<Order[]> {
	const rows = db.selectFrom("orders").selectAll().where("campaign", "=", id);
	return rows.orderBy("wave").orderBy("site").orderBy("node").execute();
}

/** Pauses, or goes on: a wave that runs is finished. */
export async function setState(
	{ db, operator, work }: Desk,
	id: string,
	state: "running" | "paused",
): Promise<void> {
	const before = await campaignCalled(db, id);
	const from = state === "paused" ? ["running"] : ["running", "paused", "stopped"];
	if (before.state === state) return;
	if (!from.includes(before.state)) throw new Trouble(`campaign ${id} is ${before.state}`);
	const wave = (await ordersOf(db, id)).find(isOpen)?.wave ?? 0;
	const judged_from = before.state === "stopped" ? wave : before.judged_from;
	const at = work.now();
	await db.transaction().execute(async (change) => {
		await change
			.updateTable("campaigns")
			.set({ state, judged_from, ended_at: null })
			.where("id", "=", id)
			.where("state", "=", before.state)
			.execute();
		const act = state === "paused" ? "pause" : "resume";
		await noted(change, before, operator, act, "", at);
	});
}

/** Ends a campaign: no further lamp begins; settings and offers that wait for lamps are taken back. */
export async function cancel({ db, operator, work }: Desk, id: string): Promise<void> {
	const before = await campaignCalled(db, id);
	const { state } = before;
	if (state === "done")
		throw new Trouble(`campaign ${id} is done: npx luminode desk rollback ${id}`);
	const at = work.now();
	await db.transaction().execute(async (change) => {
		const campaignUpdate = change
			.updateTable("campaigns")
			.set({ state: "cancelled" })
			.where("id", "=", id);
		await campaignUpdate.execute();
		const waiting = change.updateTable("orders").set({ step: "cancelled", ended_at: at });
		await waiting.where("campaign", "=", id).where("step", "=", "waiting").execute();
		if (state === "cancelled") return; // once more, after a kill
		await noted(change, before, operator, "cancel", "", at);
	});
	await takeAllBack(db, work, id);
	const ended = db.updateTable("campaigns").set({ ended_at: at }).where("id", "=", id);
	await ended.where("ended_at", "is", null).execute();
}

/** Takes back what waits for the lamps of a campaign. */
export async function takeAllBack(db: Database, work: Work, id: string): Promise<void> {
	for (const row of (await ordersOf(db, id)).filter(isUnkept)) {
		await takeBack(db, work, row);
		const orderUpdate = db.updateTable("orders").set({ step: "cancelled", ended_at: work.now() });
		await orderUpdate.where("id", "=", row.id).where("step", "in", ["sent", "silent"]).execute();
	}
}

/** A line for each campaign, of that site alone if one is given, the latest first. */
export async function listOf(db: Database, site?: string): Promise<readonly string[]> {
	const rows = db.selectFrom("campaigns").selectAll().orderBy("made_at", "desc");
	const ofSite = rows.$if(site !== undefined, (some) => some.where("site", "=", site!));
	const all = await ofSite.execute();
	const lines: string[] = [];
	for (const { id, task, operator, state, made_at, undoes } of all) {
		const back = undoes === null ? "" : `, back from ${undoes}`;
		const begin = new Date(made_at).toISOString();
		const tally = counts(await ordersOf(db, id));
		lines.push(`${id} ${state}: ${task}${back}, by ${operator} at ${begin}: ${tally}`);
	}
	return lines;
}

export function counts(rows: readonly Pick<Order, "step">[]): string {
	const of = (...steps: string[]) => rows.filter(({ step }) => steps.includes(step)).length;
	const cancelled = of("cancelled") > 0 ? `, ${of("cancelled")} cancelled` : "";
	const left = of(...OPEN) > 0 ? `, ${of(...OPEN)} left` : "";
	return `${of("done")} done, ${of("failed")} failed, ${of("silent")} silent${cancelled}${left}`;
}

/** Notes a decision about a campaign. */
function noted(
	change: Transaction<Schema>,
	{ id, site }: Campaign,
	operator: string,
	act: string,
	why: string,
	at: number,
): Promise<void> {
	return decided(change, { site, at, program: "desk", operator, act, about: id, why });
}

/** Whether a wave before `next` has too many lamps that are not done. */
function isBad(rows: readonly Order[], { stop_at, judged_from }: Campaign, next: number): boolean {
	const tallies = new Map<number, { all: number; bad: number }>();
	for (const { wave, step } of rows) {
		if (wave < judged_from || wave >= next) continue;
		const tally = tallies.get(wave) ?? { all: 0, bad: 0 };
		tallies.set(wave, tally);
		tally.all += 1;
		if (step !== "done") tally.bad += 1;
	}
	return [...tallies.values()].some(({ all, bad }) => (100 * bad) / all > stop_at);
}

function isOpen({ step }: Order): boolean {
	return step === "waiting" || step === "sent";
}

/** Whether something of it may wait for its lamp. */
function isUnkept({ step, sent_at }: Order): boolean {
	return sent_at !== null && step !== "done" && step !== "cancelled";
}

/** Takes back what waits for a lamp, then notes so in its reason. */
async function takeBack(db: Database, work: Work, row: Order): Promise<void> {
	const lamp = lampOfOrder(row, work.root);
	if (row.task === "update") await stopOffer(work, lamp, JSON.parse(row.content) as Offer);
	if (row.task === "configure") await clearSettings(work, lamp);
	const why = withdrawn(row.task, row.why);
	if (why !== row.why)
		await db.updateTable("orders").set({ why }).where("id", "=", row.id).execute();
}

/** Rollback: the lamps of a campaign get the settings or the image that they had before it. */
import { Trouble } from "../../lib/text/trouble.js";
import type { Database } from "../database.js";
import {
	begun,
	type Campaign,
	campaignCalled,
	type Desk,
	ordersOf,
	takeAllBack,
} from "./campaigns.js";
import { type Lamp, lampOfOrder, type Order } from "./lamps.js";
import type { Offer } from "./tasks.js";

/**
 * The campaign that brings the lamps of another one back to what they had before. `given`: an offer of
 * the image before, or those of earlier campaigns. @returns it, and the lamps whose past is not known
 */
export async function rolledBack(
	desk: Desk,
	id: string,
	given: Offer | undefined,
): Promise<{ readonly campaign: Campaign; readonly unknown: readonly string[] }> {
	const { db, work } = desk;
	const { task, state, stop_at: stopAt } = await campaignCalled(db, id);
	if (task !== "configure" && task !== "update")
		throw new Trouble(`campaign ${id} is one of ${task}; settings and images can be rolled back`);
	if (state === "running" || state === "paused")
		throw new Trouble(`campaign ${id} is ${state}: npx luminode desk cancel ${id}`);
	const rows = (await ordersOf(db, id)).filter(({ sent_at }) => sent_at !== null);
	if (rows.length === 0) throw new Trouble(`campaign ${id} has sent nothing`);
	const offers = task === "update" ? await offersOf(db, given) : undefined;
	const lamps: [Lamp, string][] = [];
	const unknown: string[] = [];
	for (const row of rows) {
		const offer = row.was === null ? undefined : offers?.get(JSON.parse(row.was));
		const content = offers ? offer && JSON.stringify({ ...offer, id: `${id}-back` }) : row.was;
		if (content) lamps.push([lampOfOrder(row, work.root), content]);
		else unknown.push(row.node);
	}
	if (lamps.length === 0)
		throw new Trouble(
			`lamps of campaign ${id} ${offers ? versionsOf(rows) : "had settings that are not known"}`,
		);
	await takeAllBack(db, work, id);
	const size = Math.max(...rows.map(({ wave }) => rows.filter((row) => row.wave === wave).length));
	const campaign = await begun(desk, { task, lamps, size, stopAt, undoes: id });
	return { campaign, unknown };
}

/** The versions before, of which there is no offer. */
function versionsOf(rows: readonly Pick<Order, "was">[]): string {
	const had = new Set(rows.map(({ was }) => (was === null ? null : JSON.parse(was))));
	const known = [...had].filter((version) => version !== null);
	if (known.length === 0) return "were of unknown version: no image can be given back to them";
	const more = known.length < had.size ? ", others were of unknown version" : "";
	return `had version ${known.join(", ")}, of which no offer is known: give it by --offer FILE${more}`;
}

/** Offers by their version, the latest of each. */
async function offersOf(db: Database, given?: Offer): Promise<ReadonlyMap<string, Offer>> {
	if (given) return new Map([[given.version, given]]);
	const rows = db.selectFrom("orders").select(({ fn }) => ["content", fn.max("sent_at").as("at")]);
	const all = await rows.where("task", "=", "update").groupBy("content").orderBy("at").execute();
	return new Map(
		all.map(({ content }) => {
			const offer = JSON.parse(content) as Offer;
			return [offer.version, offer];
		}),
	);
}

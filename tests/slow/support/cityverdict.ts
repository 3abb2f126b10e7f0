/** City verdict: what a city's life left in the database, against what the broker has seen. */
import { expect } from "@jest/globals";
import type { CityLife } from "./citylife.js";

interface Figures {
	readonly [name: string]: unknown;
	/** Requests that a test closed. */
	readonly closed: number;
}

/** Every event once, every request judged or open, every campaign ended. @returns figures */
export async function verdict(city: CityLife): Promise<Figures> {
	const { db, sent, kills, messages, reports, tested } = city;
	expect(await city.missing()).toEqual([]);
	expect(await gaps(city)).toEqual([]);
	const campaigns = await db.selectFrom("campaigns").select(["id", "state"]).execute();
	expect(campaigns.filter(({ state }) => state !== "done")).toEqual([]);
	const orders = await db
		.selectFrom("orders")
		.select(["campaign", "node", "step", "why"])
		.execute();
	const campaignOrders = orders.filter(({ campaign }) => campaign !== null);
	expect(campaignOrders.filter(({ step }) => step === "waiting" || step === "sent")).toEqual([]);
	const requests = await db.selectFrom("requests").selectAll().execute();
	const known = new Set(requests.map(({ id }) => id));
	expect(reports.filter((id) => !known.has(id))).toEqual([]);
	const closed = requests.filter(({ status }) => status === "closed");
	const judged = new Set(
		[...tested.values()].flatMap((selfTest) => (selfTest.isJudged ? selfTest.node : [])),
	);
	expect(closed.filter(({ node }) => !judged.has(node))).toEqual([]);
	expect(closed.filter(({ notes_en }) => !notes_en.endsWith("it works."))).toEqual([]);
	const ends: { [end: string]: number } = {};
	for (const { step, why } of campaignOrders) {
		const end = `${step} ${why}`.replaceAll(/\d+/g, "N").trim();
		ends[end] = (ends[end] ?? 0) + 1;
	}
	return {
		hours: city.lived.toFixed(1),
		messages,
		stored: sent.size,
		kills: Object.fromEntries(kills),
		campaigns: campaigns.length,
		orders: ends,
		tests: tested.size,
		requests: requests.length,
		closed: closed.length,
		cpu_s: { ...city.cpu.totals, harness: Math.round(process.cpuUsage().user / 1e6) },
	};
}

/** Lives whose events have not each number from 1 on. */
async function gaps({ db, given }: CityLife): Promise<string[]> {
	const rows = db.selectFrom("messages").select(["node", "life"]).where("kind", "=", "event");
	const lives = await rows
		.select(({ fn }) => [fn.countAll<number>().as("count"), fn.max("number").as("last")])
		.groupBy(["node", "life"])
		.execute();
	return lives.flatMap(({ node, life, count, last }) => {
		const lost = given.get(`${node} ${life}`) ?? 0;
		return Number(count) + lost === last ? [] : [`${node} ${life}: ${count} of ${last}`];
	});
}

/**
 * Store: messages of lamps in the database, each once, however often it comes.
 *
 * A message that the contract does not permit is left out: it has no number by which it is one.
 */
import type { Insertable } from "kysely";
import { DAY } from "../../lib/spans.js";
import { instantOf, isCount } from "../contract.js";
import type { Database } from "../database.js";
import type { Latest } from "../gaps.js";
import type { Letter } from "../inbox.js";
import type { Schema } from "../schema.js";

/** Kinds of which each message is stored. */
export const COUNTED = ["traffic", "event"];
/** The kind, retained, of which the lamp is stored. */
export const NAMED = "birth";
/** Levels of a topic, as the contract names them. */
const NAME = /^[A-Za-z0-9_-]{1,32}$/;
const WORD = /^[A-Za-z0-9_.+-]{1,64}$/;
/** No lamp is older. */
const FIRST = Date.UTC(2020);

/** Stores the letters in one transaction. @returns how many are new */
export async function keep(db: Database, letters: readonly Letter[], now: number): Promise<number> {
	const messages = letters.flatMap((letter) => messageOf(letter, now) ?? []);
	const lamps = new Map<string, Schema["lamps"]>();
	for (const letter of letters) {
		const lamp = lampOf(letter, now);
		if (lamp) lamps.set(`${lamp.site}/${lamp.node}`, lamp);
	}
	return db.transaction().execute(async (change) => {
		if (lamps.size > 0)
			await change
				.insertInto("lamps")
				.values([...lamps.values()])
				.onConflict((conflict) =>
					conflict.columns(["site", "node"]).doUpdateSet(({ ref }) => ({
						serial: ref("excluded.serial"),
						group_name: ref("excluded.group_name"),
						version: ref("excluded.version"),
						seen_at: ref("excluded.seen_at"),
					})),
				)
				.execute();
		if (messages.length === 0) return 0;
		const [result] = await change
			.insertInto("messages")
			.values(messages)
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		return Number(result?.numInsertedOrUpdatedRows ?? 0);
	});
}

/** The latest event of the controller that sent the letter; undefined: none is stored. */
export async function latestEvent(
	db: Database,
	{ site, node, body }: Letter,
): Promise<Latest | undefined> {
	const row = await db
		.selectFrom("messages")
		.select(["life", "number"])
		.where("site", "=", site)
		.where("node", "=", node)
		.where("serial", "=", wordOf(body.serial))
		.where("kind", "=", "event")
		.orderBy("life", "desc")
		.orderBy("number", "desc")
		.limit(1)
		.executeTakeFirst();
	return row && { life: row.life, seq: row.number };
}

function messageOf(
	{ site, node, kind, body }: Letter,
	now: number,
): Insertable<Schema["messages"]> | undefined {
	const { life, seq, uptime_ms, time } = body;
	const number = kind === "event" ? seq : uptime_ms;
	if (!COUNTED.includes(kind) || !isPlace(site, node)) return undefined;
	if (!isCount(life) || !isCount(number)) return undefined;
	const at = instantOf(time);
	const isPlausible = at !== undefined && at >= FIRST && at <= now + DAY;
	const identity = { site, node, serial: wordOf(body.serial), kind, life, number };
	return { ...identity, body: JSON.stringify(body), at: isPlausible ? at : null, received_at: now };
}

function lampOf({ site, node, kind, body }: Letter, now: number): Schema["lamps"] | undefined {
	if (kind !== NAMED || !isPlace(site, node)) return undefined;
	const { serial, group, swVersion } = body;
	const reported = {
		serial: wordOf(serial),
		group_name: wordOf(group),
		version: wordOf(swVersion),
	};
	return { site, node, ...reported, seen_at: now };
}

/** Empty: it is no word of the contract. */
function wordOf(value: unknown): string {
	return typeof value === "string" && WORD.test(value) ? value : "";
}

function isPlace(site: string, node: string): boolean {
	return NAME.test(site) && NAME.test(node);
}

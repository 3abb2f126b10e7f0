/**
 * Vigil: compares the revision in each birth with the database, and sends the settings again to a lamp
 * that has not got them: RabbitMQ loses retained messages with the node that stored them. A section
 * of an unknown name, which no lamp receives, is named with its topic.
 */
import { idOf, ordered } from "../audit.js";
import { listen } from "../broker.js";
import { type Birth, objectOf, placeOf, SECTIONS } from "../contract.js";
import { DONE, failure, printed, type Station } from "../program.js";
import { subscribed } from "../subscriptions.js";
import type { Desk } from "./campaigns.js";
import { contentOf, type Lamp } from "./lamps.js";
import { sendSettings } from "./sections.js";
import { revisionIn } from "./tasks.js";

/** ms between two repeats for one lamp. */
const AGAIN_AFTER = 600_000;
const DESIRED = /^settings\/desired\/(.+)$/;

export async function vigil(desk: Desk, lamps: readonly Lamp[], station: Station): Promise<number> {
	const { client, root, now } = desk.work;
	const byName = new Map(lamps.map((lamp) => [`${lamp.site}/${lamp.node}`, lamp]));
	const repeated = new Map<string, number>();
	const serials = new Map<string, string>();
	const take = async (lamp: Lamp, birth: Birth): Promise<void> => {
		const { node } = lamp;
		const before = serials.get(node) ?? lamp.serial;
		if (birth.serial !== undefined && before !== undefined && before !== birth.serial)
			station.stdout.write(`${node}: serial number ${birth.serial}, before ${before}\n`);
		if (birth.serial !== undefined) serials.set(node, birth.serial);
		const latest = await sentLast(desk, lamp);
		const content = contentOf(lamp.sections);
		const revision = latest?.content === content ? (latest.revision ?? 0) : 0;
		if (revision <= revisionIn(birth)) return;
		const at = now();
		if (at - (repeated.get(node) ?? -Infinity) < AGAIN_AFTER) return;
		repeated.set(node, at);
		// the lamp's next birth shows the result
		const about = { id: idOf(at, 8), program: "desk", operator: desk.operator, task: "configure" };
		const order = { ...about, site: lamp.site, node, content, revision, why: "sent again" };
		await ordered(desk.db, order, at);
		await sendSettings(desk.work, lamp, revision);
		station.stdout.write(`${node}: has revision ${revisionIn(birth)}, sent ${revision} again\n`);
	};
	client.on("message", (topic, payload) => {
		const place = placeOf(root, topic);
		const section = place && DESIRED.exec(place.kind)?.[1];
		if (section !== undefined && payload.length > 0 && !SECTIONS.includes(section))
			station.stdout.write(
				`${topic}: "${section}" is none of ${SECTIONS.join(", ")}, so no lamp receives it\n`,
			);
		const lamp = place && byName.get(`${place.site}/${place.node}`);
		const birth = objectOf<Birth>(payload);
		if (!lamp || place.kind !== "birth" || !birth) return;
		take(lamp, birth).catch(printed("desk", station));
	});
	const { failed, fail } = failure();
	const filters = ["birth", "settings/desired/+"].flatMap((kind) =>
		lamps.map(({ topicPrefix }) => `${topicPrefix}/${kind}`),
	);
	// retained, and some lamps at a time: those of a city would overflow the broker's queue
	await Promise.race([subscribed(client, () => listen(client, filters, 0), fail), station.ended]);
	station.stdout.write(`lamps watched: ${lamps.length}; Ctrl-C ends it\n`);
	await Promise.race([station.ended, failed]);
	return DONE;
}

/** The latest settings of a lamp. */
function sentLast({ db }: Desk, { site, node }: Lamp) {
	const rows = db.selectFrom("orders").select(["content", "revision"]).where("site", "=", site);
	const ofLamp = rows.where("node", "=", node).where("task", "=", "configure");
	return ofLamp.where("sent_at", "is not", null).orderBy("sent_at", "desc").executeTakeFirst();
}

/**
 * Vigil: compares the revision in each birth with the record, and sends the settings again to a lamp
 * that has not got them: RabbitMQ loses retained messages with the node that stored them. A section
 * of an unknown name, which no lamp receives, is named with its topic.
 */
import { listen, send } from "../broker.js";
import { type Birth, objectOf, placeOf, SECTIONS } from "../contract.js";
import { DONE, type Station } from "../program.js";
import { digestOf, type Lamp } from "./lamps.js";
import type { Work } from "./tasks.js";

/** ms between two repeats for one lamp. */
const AGAIN_AFTER = 600_000;
const DESIRED = /^settings\/desired\/(.+)$/;

export async function vigil(work: Work, lamps: readonly Lamp[], station: Station): Promise<number> {
	const { client, root, record } = work;
	const byName = new Map(lamps.map((lamp) => [`${lamp.site}/${lamp.node}`, lamp]));
	const repeated = new Map<string, number>();
	const serials = new Map<string, string>();
	const take = async (lamp: Lamp, birth: Birth): Promise<void> => {
		const { node, plan } = lamp;
		const before = serials.get(node) ?? plan.serial;
		if (birth.serial !== undefined && before !== undefined && before !== birth.serial)
			station.stdout.write(`${node}: serial number ${birth.serial}, before ${before}\n`);
		if (birth.serial !== undefined) serials.set(node, birth.serial);
		const entry = record.latest("configure", node);
		const revision = record.revision(node);
		const isPlanned = entry?.content === digestOf([...lamp.sections]);
		if (!isPlanned || revision <= (birth.settingsRevision ?? 0)) return;
		const now = work.now();
		if (now - (repeated.get(node) ?? -Infinity) < AGAIN_AFTER) return;
		repeated.set(node, now);
		for (const [section, settings] of lamp.sections) {
			const body = { revision, count: lamp.sections.size, settings };
			await send(client, `${lamp.own}/settings/desired/${section}`, body, true);
		}
		station.stdout.write(
			`${node}: has revision ${birth.settingsRevision ?? 0}, sent ${revision} again\n`,
		);
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
		take(lamp, birth).catch((error: Error) => station.stderr.write(`desk: ${error.message}\n`));
	});
	const sites = [...new Set(lamps.map(({ site }) => site))];
	await listen(
		client,
		sites.flatMap((site) => [`${root}/${site}/+/birth`, `${root}/${site}/+/settings/desired/+`]),
	);
	station.stdout.write(`lamps watched: ${lamps.length}; Ctrl-C ends it\n`);
	await station.ended;
	return DONE;
}

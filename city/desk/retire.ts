/**
 * Retire: removes the retained messages of lamps that are gone: taken down, revoked, or renamed.
 *
 * The broker keeps `online` of a revoked lamp for ever, because its will is refused with its account.
 */
import { send } from "../broker.js";
import { REPORTS, SECTIONS } from "../contract.js";
import type { Lamp } from "./lamps.js";
import type { Judged, Result, Work } from "./tasks.js";

const RETAINED = REPORTS.filter(([, isRetained]) => isRetained).map(([kind]) => kind);
const KINDS = [...RETAINED, "settings/desired/+", "update"].flatMap((kind) =>
	kind.endsWith("+") ? SECTIONS.map((section) => kind.replace("+", section)) : [kind],
);

export async function retire(work: Work, lamps: readonly Lamp[]): Promise<readonly Result[]> {
	const { client, root, orders } = work;
	return Promise.all(
		lamps.map(async (lamp) => {
			const { node, topicPrefix, serial } = lamp;
			const unassigned = serial === undefined ? [] : [`${root}/unassigned/${serial}/status`];
			const topics = [...KINDS.map((kind) => `${topicPrefix}/${kind}`), ...unassigned];
			const order = await orders?.begin(lamp, { revision: null, was: null });
			if (order?.step === "sent") for (const topic of topics) await send(client, topic, "", true);
			const why = order ? "retained messages removed" : "would be removed";
			const judged: Judged = ["done", why];
			await orders?.end(lamp, judged);
			return { node, outcome: judged[0], why };
		}),
	);
}

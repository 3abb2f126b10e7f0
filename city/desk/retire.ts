/**
 * Retire: removes the retained messages of lamps that are gone: taken down, revoked, or renamed.
 *
 * The broker keeps `online` of a revoked lamp for ever, because its will is refused with its account.
 */
import { send } from "../broker.js";
import { REPORTS, SECTIONS } from "../contract.js";
import type { Lamp } from "./lamps.js";
import type { Work } from "./tasks.js";
import type { Result } from "./waves.js";

const RETAINED = REPORTS.filter(([, isRetained]) => isRetained).map(([kind]) => kind);
const KINDS = [...RETAINED, "settings/desired/+", "update"].flatMap((kind) =>
	kind.endsWith("+") ? SECTIONS.map((section) => kind.replace("+", section)) : [kind],
);

export async function retire(work: Work, lamps: readonly Lamp[]): Promise<readonly Result[]> {
	const { client, root, isDry } = work;
	return Promise.all(
		lamps.map(async ({ node, own, serial }) => {
			const unassigned = serial === undefined ? [] : [`${root}/unassigned/${serial}/status`];
			const topics = [...KINDS.map((kind) => `${own}/${kind}`), ...unassigned];
			if (!isDry) for (const topic of topics) await send(client, topic, "", true);
			const why = isDry ? "would be removed" : "retained messages removed";
			return { node, outcome: "done" as const, why };
		}),
	);
}

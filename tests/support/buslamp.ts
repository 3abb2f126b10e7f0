/** Bus lamp: the whole firmware of a lamp on a bus, on a fake host. */
import { BusDimmer } from "../../src/dali/dimmer.js";
import type { Bus } from "../../src/host.js";
import type { LampEvent } from "../../src/journal/events.js";
import { BusNode } from "../../src/node/busnode.js";
import type { Node } from "../../src/node.js";
import type { FakeHost } from "./fakehost.js";

/** For `Start.firmware`: a lamp on this bus. */
export const onBus =
	(bus: Bus) =>
	(host: FakeHost): BusNode => {
		const dimmer = new BusDimmer(bus, () => host.now);
		return new BusNode(Object.assign(host, { dimmer }), dimmer);
	};

/** What the driver gives, as in a report. */
export const measured = (node: Node): Record<string, unknown> =>
	JSON.parse(`{${node.gear!.members()}}`);

/** Type, flag and attributes of the journal's events of some types. */
export function eventsOf({ journal }: Node, types: readonly LampEvent["type"][]): unknown[][] {
	const found: unknown[][] = [];
	for (let seq = journal.oldest; seq <= journal.newest; seq += 1) {
		const entry = journal.read(seq);
		if (!entry || !types.includes(entry.type)) continue;
		found.push([entry.type, entry.startEndFlag, JSON.parse(entry.attributes)]);
	}
	return found;
}

/** Zhaga: one lamp inside an XS machine whose driver is on a bus, which feeds it: it has no relay. */
import type { Host } from "../../../src/host.js";
import { BusDimmer, BusNode } from "../../../src/node/busnode.js";
import { INPUT } from "../protocol.js";
import { type Deliver, host, started } from "./main.js";

const BUS = Object.freeze({ send: native.busSend, arm: native.busArm });

/** Boots the lamp and returns the function that the machine calls for every input and alarm. */
export default function (): Deliver {
	const dimmer = new BusDimmer(BUS, native.monotonic);
	const doors: Host = Object.create(host, {
		dimmer: { value: dimmer },
		relay: { value: "notAvailable" },
	});
	const lamp = new BusNode(doors, dimmer);
	const deliver = started(lamp);
	return (kind, now, value, channel, more) => {
		if (kind !== INPUT.busAnswered) return deliver(kind, now, value, channel, more);
		try {
			lamp.onBusAnswered(now, value);
		} catch (error) {
			lamp.onFault(now, error);
		}
		deliver(INPUT.tick, now, 0, 0, more);
	};
}

/**
 * Sources: updates the facts that no edge changes: darkness, program, standing orders.
 */
import { outputOf } from "../../sensing/photocell.js";
import type { Millis } from "../../units.js";
import type { Orders } from "../orders/intake.js";
import type { Schedule } from "../schedule/schedule.js";
import type { SensorHealth } from "../sensors/sensorhealth.js";
import type { Timekeeper } from "../time/timekeeper.js";
import type { LightPath } from "./lightpath.js";

interface SourcesOwner {
	readonly light: LightPath;
	readonly schedule: Schedule;
	readonly orders: Orders;
	readonly time: Timekeeper;
	readonly sensorHealth: SensorHealth;
}

export class Sources {
	/** When time alone changes one of the facts. */
	dueAt: Millis = 0;
	private readonly lamp: SourcesOwner;

	constructor(lamp: SourcesOwner) {
		this.lamp = lamp;
	}

	update(now: Millis): void {
		const { light, schedule, orders, time, sensorHealth } = this.lamp;
		light.letPhotocellTurn(now);
		if (time.look(now, sensorHealth.trusted(outputOf(light.photocell), now))) schedule.forget();
		schedule.look(
			now,
			time.programClock,
			sensorHealth.verdictOf(light.photocell),
			sensorHealth.light.doubt,
		);
		orders.tick(now);
		light.updateSources(schedule.dark.dark, schedule.request, orders);
		this.dueAt = Math.min(light.photocellDueAt, schedule.dueAt, orders.dueAt, time.dueAt);
	}
}

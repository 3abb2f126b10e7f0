/**
 * Sources: updates the facts that no edge changes: darkness, program, standing orders.
 */
import { AdaptiveClass } from "../../lighting/adaptive.js";
import type { LightCommand } from "../../lighting/arbiter.js";
import { outputOf } from "../../sensing/photocell.js";
import { classBelow, kindOf, levelOfClass } from "../../settings/classes.js";
import type { Settings } from "../../settings/table.js";
import type { Millis } from "../../units.js";
import type { Orders } from "../orders/intake.js";
import type { Schedule } from "../schedule/schedule.js";
import type { SensorHealth } from "../sensors/sensorhealth.js";
import type { Timekeeper } from "../time/timekeeper.js";
import type { LightPath } from "./lightpath.js";

interface SourcesOwner {
	readonly settings: Settings;
	readonly traffic: { readonly accumulated: number };
	readonly light: LightPath;
	readonly schedule: Schedule;
	readonly orders: Orders;
	readonly time: Timekeeper;
	readonly sensorHealth: SensorHealth;
}

export class Sources {
	/** When time alone changes one of the facts. */
	dueAt: Millis = 0;
	/** Once a program named a volume of traffic. */
	adaptive: AdaptiveClass | undefined;
	private given = 0; // volume of traffic that others measured
	private givenUntil: Millis = 0;
	private readonly lamp: SourcesOwner;
	private raised: LightCommand | undefined; // the program's request at the class for the traffic

	constructor(lamp: SourcesOwner) {
		this.lamp = lamp;
	}

	/** A volume of traffic that others measured, road users an hour, holds until then. */
	give(volume: number, until: Millis): void {
		this.given = volume;
		this.givenUntil = until;
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
			time,
		);
		orders.tick(now);
		this.dueAt = Math.min(light.photocellDueAt, schedule.dueAt, orders.dueAt, time.dueAt);
		light.updateSources(schedule.dark.dark, this.programOf(schedule.request, now), orders);
	}

	/**
	 * The program's request, at the class for the traffic if its point names a volume. On M classes
	 * a given volume alone counts: one lamp cannot count that of a road.
	 */
	private programOf(request: LightCommand | undefined, now: Millis): LightCommand | undefined {
		const full = request?.sensorRule?.traffic;
		if (!request || full === undefined || request.belowFloor) return request;
		const { settings, sensorHealth, traffic } = this.lamp;
		const isDoubted = !settings.pirFitted || sensorHealth.pir.doubt !== undefined;
		const adaptive = (this.adaptive ??= new AdaptiveClass());
		const isRoad = kindOf(settings) === "M";
		const isGiven = now < this.givenUntil && (isRoad || !isDoubted);
		const users = isDoubted || isRoad ? undefined : traffic.accumulated;
		adaptive.look(users, isGiven ? this.given : undefined, full, now);
		this.dueAt = Math.min(this.dueAt, adaptive.endsAt, isGiven ? this.givenUntil : Infinity);
		const name = classBelow(settings, adaptive.down);
		const level = levelOfClass(settings, name);
		if (level <= request.level) return request;
		if (this.raised?.sensorRule !== request.sensorRule || this.raised?.level !== level)
			this.raised = { ...request, level, source: `${request.source} > ${name}` };
		return this.raised;
	}
}

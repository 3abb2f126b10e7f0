/**
 * Observation: history, light debt, log and findings of a run, for the page and the report. It reads
 * the run and never affects it.
 */

import type { Configured } from "../checks/configured.js";
import { Debt } from "../checks/debt.js";
import { Findings } from "../results/findings.js";
import { Happenings } from "../results/happenings.js";
import { History } from "../results/history.js";
import { METER_VALUES } from "../results/meter.js";
import type { EffectListener } from "../street/street.js";
import type { Witness } from "../street/witness.js";
import { fieldsIn } from "../util/fields.js";
import type { Run } from "./run.js";
import type { StreetNetwork } from "./streetnetwork.js";

export interface ObservationOptions {
	readonly lamps: number;
	readonly epochUtc: number;
	readonly configured: Configured;
	/** Hours of history; absent: two nights. */
	readonly hours?: number;
}

export class Observation {
	readonly history: History;
	readonly debt: Debt;
	readonly findings = new Findings();
	readonly happenings: Happenings;

	constructor({ lamps, epochUtc, configured, hours }: ObservationOptions) {
		const { onLevel, offLevel, presenceLevel, maxLevel } = configured;
		this.history = new History({
			...{ ...METER_VALUES, lamps, onLevel, offLevel },
			...(hours === undefined ? {} : { hours }),
		});
		this.debt = new Debt(lamps, { level: Math.min(presenceLevel, maxLevel), onLevel });
		this.happenings = new Happenings(epochUtc, this.findings);
	}

	get witnesses(): readonly Witness[] {
		return [this.debt, this.history, this.happenings];
	}

	get listeners(): readonly EffectListener[] {
		return [this.history.onEffect];
	}

	/** Reads the reports of the run's lamps, and the world's own light. */
	follow(run: Run, network: StreetNetwork): void {
		this.history.lightOf = (lamp) => run.world.lightSensors.shine(lamp);
		const read = (at: number, topic: string, payload: Uint8Array) => {
			const lamp = network.lampOf(topic);
			if (lamp === undefined) return;
			if (topic.endsWith("/event")) this.#onEvent(at, lamp - 1, payload);
			else if (topic.endsWith("/status")) {
				const online = fieldsIn(payload)?.online;
				if (typeof online === "boolean") this.happenings.onStatus(at, lamp - 1, online);
			}
		};
		network.onReport(read);
		network.onWill(read);
	}

	#onEvent(at: number, lamp: number, payload: Uint8Array): void {
		const fields = fieldsIn(payload);
		if (!fields) return;
		this.happenings.onEvent(at, lamp, fields);
		const { type, startEndFlag } = fields;
		if (type === "presenceSensorFailure" || type === "lightSensorFailure")
			this.history.setDoubt(lamp, startEndFlag === "start");
	}
}

/**
 * Observation: history, light debt, log and findings of a run, for the page and the report. It reads
 * the run and never affects it.
 */
import { Debt, DUSK } from "../checks/debt.js";
import { Findings } from "../results/findings.js";
import { Happenings } from "../results/happenings.js";
import { History } from "../results/history.js";
import { METER_VALUES } from "../results/meter.js";
import { Passages } from "../results/passages.js";
import type { EffectListener } from "../street/street.js";
import type { Witness } from "../street/witness.js";
import { fieldsIn } from "../util/fields.js";
import { configuredOf } from "./configured.js";
import type { RunParts } from "./parts.js";
import { type NightFigures, PlayedOptions } from "./playedoptions.js";
import { Run } from "./run.js";
import type { StreetNetwork } from "./streetnetwork.js";

type LightOf = (at: number, lamp: number) => number;

export class Observation {
	readonly history: History;
	/** Against the full class, also of an option in which presence asks for less. */
	readonly debt: Debt;
	readonly passages: Passages;
	/** Today's options beside these lamps. */
	readonly played: PlayedOptions;
	readonly findings = new Findings();
	readonly happenings: Happenings;

	/** `hours` of history; absent: two nights. `lightOf`: the true light of a lamp (from 0), 0 to 1. */
	constructor(parts: RunParts, lightOf: LightOf, hours?: number) {
		const { options, scenario, configured = configuredOf(options) } = parts;
		const { lamps } = options;
		const { onLevel, offLevel, fullLevel = 100, maxLevel } = configured;
		this.history = new History({
			...METER_VALUES,
			lamps,
			onLevel,
			offLevel,
			lightOf,
			...(hours === undefined ? {} : { hours }),
		});
		const level = Math.min(fullLevel, maxLevel);
		this.debt = new Debt(lamps, { level, onLevel });
		this.passages = new Passages(lamps, onLevel, DUSK);
		const { ledPower_W = METER_VALUES.ledPower_W, zone } = configured;
		const levels = { onLevel, offLevel, ledPower_W, fullLevel: level };
		this.played = new PlayedOptions({ lamps, epochUtc: scenario.epochUtc, zone, ...levels });
		this.happenings = new Happenings(scenario.epochUtc, this.findings);
	}

	get witnesses(): readonly Witness[] {
		const { debt, passages, history, happenings, played } = this;
		return [debt, passages, history, happenings, ...played.witnesses];
	}

	/** Of these lamps up to `at`, virtual ms; `energy_kWh` by the run's meter. */
	figuresAt(at: number, energy_kWh: number): NightFigures {
		const { personMs, owedMs } = this.debt;
		const { passed, unlit } = this.passages;
		const seconds = { person_s: personMs / 1000, below_s: owedMs / 1000 };
		return { energy_kWh, ...seconds, passed, unlit, ...this.passages.hoursAt(at) };
	}

	get listeners(): readonly EffectListener[] {
		return [this.history.onEffect];
	}

	/** Reads the reports and wills of the lamps. */
	follow(network: StreetNetwork): void {
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

interface Observed {
	readonly run: Run;
	readonly observation: Observation;
}

/** A run and its observation; `network`: that of the lamps, without an image server before it. */
export function observed(parts: RunParts, network: StreetNetwork, hours?: number): Observed {
	const lightOf: LightOf = (at, lamp) => run.world.lightSensors.shine(at, lamp);
	const observation = new Observation(parts, lightOf, hours);
	const { witnesses, listeners } = observation;
	const run = new Run({ ...parts, witnesses, listeners });
	observation.follow(network);
	return { run, observation };
}

/**
 * Comparisons: nights of a street with other options, and the report of a decision about it, each made
 * beside the run: by a process in Node, by a worker in a browser.
 */
import type { ComparedOption } from "../../lib/lightingoptions/options.js";
import { firstLamps, type Values, without } from "../options/values.js";
import type { Outcome } from "../results/optionnight.js";

/** A comparison is of so many lamps at most, and of one night: it must be over while somebody waits. */
const COMPARED_LAMPS = 24;
const COMPARED_SPAN = "18h";
/** A decision's night begins then, by the wall clock of the street. */
const EVENING = "15:00:00";
/** Options of a played scenario, which are none of the street. */
const PLAYED = ["scenario", "start", "duration", "fault", "person", "procession", "quiet"];

/** What is made beside a run; plain values, for another process or a worker. */
export type ReportTask =
	| { readonly kind: "outcome"; readonly option: ComparedOption; readonly values: Values }
	| {
			readonly kind: "decision";
			/** By the names of the report's options. */
			readonly inputs: Readonly<Record<string, string>>;
			readonly values: Values;
	  };

export interface Helper {
	/** JSON of the outcome, or HTML of the decision; rejects with a sentence. */
	make(task: ReportTask): Promise<string>;
	/** Ends those that run. */
	stop(): void;
}

export class Comparisons {
	/** `values` repeat the run. */
	constructor(
		private readonly values: Values,
		private readonly lamps: number,
		private readonly helper: Helper,
	) {}

	/** One night of the street with another option. */
	async simulate(option: ComparedOption): Promise<Outcome> {
		const lamps = Math.min(this.lamps, COMPARED_LAMPS);
		const values = { ...firstLamps(this.values, lamps), duration: COMPARED_SPAN };
		return JSON.parse(await this.helper.make({ kind: "outcome", option, values })) as Outcome;
	}

	/**
	 * The report of a decision about the street, HTML; `date`: of the night's evening; `inputs`: the
	 * report's own options.
	 */
	decide(date: string, inputs: Readonly<Record<string, string>>): Promise<string> {
		const values = { ...without(this.values, PLAYED), start: `${date}T${EVENING}` };
		return this.helper.make({ kind: "decision", inputs, values });
	}

	/** Ends those that run. */
	stop(): void {
		this.helper.stop();
	}
}

/**
 * Judges: everything that watches a run and never affects it: checks, meter, switching, the light
 * between the poles, the trace.
 */

import { type Checks, createChecks } from "../checks/all.js";
import type { Comparison } from "../comparison/comparison.js";
import type { FieldLight, UserVisit } from "../results/fieldlight.js";
import { Meter } from "../results/meter.js";
import { Lights } from "../results/switching.js";
import { Trace } from "../results/trace.js";
import { together, type Witness } from "../street/witness.js";
import { fieldOf } from "./configured.js";
import type { Installation } from "./install.js";
import type { RunParts } from "./parts.js";

export class Judges {
	readonly checks: Checks;
	readonly meter: Meter;
	readonly lights: Lights;
	/** With `--field`. */
	readonly field: FieldLight | undefined;
	readonly trace: Trace | undefined;
	/** The second lamps, with options.second. */
	readonly comparison: Comparison | undefined;
	/** All of them, and the run's further witnesses, as one. */
	readonly witness: Required<Witness>;

	/** `visitUsers`: the road users of the world, which is made later. */
	constructor(parts: RunParts, { configured, power }: Installation, visitUsers: UserVisit) {
		const { options, writeTrace, witnesses = [] } = parts;
		const { lamps, part } = options;
		const { epochUtc } = parts.scenario;
		this.comparison = options.second
			? parts.compare?.(parts.fleet, configured.hasBus === true)
			: undefined;
		this.checks = createChecks(lamps, configured, epochUtc, this.comparison);
		this.meter = new Meter(lamps, power);
		this.lights = new Lights(lamps);
		this.trace = writeTrace && new Trace(lamps, epochUtc, writeTrace, part.first);
		this.field = fieldOf(options, configured, epochUtc, visitUsers);
		const others = [...witnesses, ...(this.field ? [this.field] : [])];
		this.witness = together([...this.checks.witnesses, this.meter, this.lights, ...others]);
	}

	/** The run is over at `at`. */
	finish(at: number): void {
		this.witness.finish(at);
		this.trace?.finish();
	}
}

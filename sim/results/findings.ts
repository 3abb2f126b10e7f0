/**
 * Findings: each fault of the world beside the first report of a lamp that shows it.
 *
 * A fault counts as found when a message about it reached the broker: an event that begins, or the
 * will by which the broker reports a lost lamp. A cloud is no fault
 * of a lamp, and sound sensors measure it as it is: no report of it is due.
 */

/** Types of events (`src/journal/events.ts`) by which each fault is found; `offline` is the will. */
const FOUND_BY: Readonly<Record<string, readonly string[]>> = {
	pirDead: ["presenceSensorFailure"],
	pirStuckOn: ["presenceSensorFailure"],
	pirNoisy: ["presenceSensorFailure"],
	pirRadio: ["presenceSensorFailure"],
	luxDead: ["lightSensorFailure"],
	luxStuck: ["lightSensorFailure"],
	luxDark: ["lightSensorFailure"],
	foreignLight: ["lightSensorFailure"],
	lampDead: ["lampFailure"],
	driverStuck: ["dimmingFailure", "lampUnexpectedOn", "lampFailure"],
	dayBurner: ["lampUnexpectedOn", "dimmingFailure"],
	clockLost: ["clockFailure"],
	clockWrong: ["clockConflict", "clockJump"],
	timeForged: ["clockConflict", "clockJump"],
	networkLost: ["offline"],
	powerCut: ["offline"],
	brokerLost: ["communicationFailure", "linkLost"],
	datagramForged: ["datagramsForged"],
	datagramReplayed: ["datagramsForged"],
};

export interface Finding {
	readonly fault: string;
	/** From 1; undefined: several. */
	readonly lamp: number | undefined;
	/** Virtual ms. */
	readonly began: number;
	ended: number | undefined;
	/** Arrival of the first report, virtual ms; undefined: none yet. */
	found: number | undefined;
	/** Its type. */
	by: string | undefined;
	/** A report is to be expected. */
	readonly reportable: boolean;
}

interface Open extends Finding {
	/** Lamps, from 0. */
	readonly lamps: Set<number>;
	lamp: number | undefined;
}

/** A longer list is a street that is broken on purpose; the oldest go. */
const MOST = 500;

export class Findings {
	readonly #all: Open[] = [];

	/** All faults so far, in order of their begin. */
	get all(): readonly Finding[] {
		return this.#all;
	}

	/** The finding of a fault that began then; `lamp` from 1. */
	of(fault: string, began: number, lamp: number | undefined): Finding | undefined {
		return this.#all.find(
			(finding) => finding.fault === fault && finding.began === began && finding.lamp === lamp,
		);
	}

	/** A fault begins or ends at a lamp (from 0); the same one at several lamps comes in a row. */
	onFault(at: number, lamp: number, fault: string, on: boolean): void {
		if (!on) {
			for (const finding of this.#all)
				if (finding.fault === fault && finding.lamps.has(lamp) && finding.ended === undefined)
					finding.ended = at;
			return;
		}
		const last = this.#all.at(-1);
		if (last && last.fault === fault && last.began === at && !last.lamps.has(lamp)) {
			last.lamps.add(lamp);
			last.lamp = undefined;
			return;
		}
		this.#all.push({
			fault,
			lamp: lamp + 1,
			began: at,
			ended: undefined,
			found: undefined,
			by: undefined,
			reportable: Object.hasOwn(FOUND_BY, fault),
			lamps: new Set([lamp]),
		});
		if (this.#all.length > MOST) this.#all.shift();
	}

	/** A report of a lamp (from 0) arrived: the begin of a condition, or `offline`. */
	onReport(at: number, lamp: number, type: string): void {
		for (const finding of this.#all) {
			if (finding.found !== undefined || !finding.lamps.has(lamp) || at < finding.began) continue;
			if (!FOUND_BY[finding.fault]?.includes(type)) continue;
			finding.found = at;
			finding.by = type;
		}
	}
}

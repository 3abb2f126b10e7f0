/**
 * Expected arrival: light for a road user who comes, also where the adjacent pole does not report them.
 *
 * Its PIR may be dead, or miss them. If it reports them, its report lights this lamp before, and the
 * expected light changes nothing. A report that is repeated, because the movement lasts, postpones
 * the arrival.
 */
import { arrivalAt, type Hits } from "../../sensing/neighbours.js";
import type { Settings } from "../../settings/table.js";
import type { Millis } from "../../units.js";

export class ExpectedArrival {
	/** When light for the road user begins; Infinity: none is expected. */
	dueAt: Millis = Infinity;
	private until: Millis = 0;
	private place = 0; // of the report

	/** A hit at `place` was received; `isNews`: for the first time. */
	onHit(hits: Hits, place: number, isNews: boolean, now: Millis, settings: Settings): void {
		const { poleSpacing, lightAhead, autoClear, neighbourMode } = settings;
		if (neighbourMode === "row") return; // it is lit
		const dueAt = arrivalAt(hits, place, now, poleSpacing, Math.min) - lightAhead;
		if (dueAt <= now || dueAt >= now + autoClear) return;
		if (dueAt > this.dueAt && (isNews || place !== this.place)) return; // another comes earlier
		const pastAt = arrivalAt(hits, place, now, poleSpacing, Math.max, 0.5);
		this.dueAt = dueAt;
		this.until = Math.min(now + autoClear, pastAt);
		this.place = place;
	}

	/** The light begins. Returns until when it is needed. */
	take(): Millis {
		this.dueAt = Infinity;
		return this.until;
	}
}

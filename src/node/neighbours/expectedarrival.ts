/**
 * Expected arrival: light for a road user who comes, also where the adjacent pole does not report them.
 *
 * Its PIR may be dead, or miss them. If it reports them, its report lights this lamp before, and the
 * expected light changes nothing. A report that is repeated, because the movement lasts, postpones
 * the arrival.
 */
import { arrivalAt, type Hits } from "../../neighbours/approach.js";
import type { Settings } from "../../settings/table.js";
import type { Millis } from "../../units.js";

export class ExpectedArrival {
	/** When light for the road user begins; Infinity: none is expected. */
	lightAt: Millis = Infinity;
	private until: Millis = 0; // half a pole past this one, autoClear after the report at most
	private place = 0; // of the report

	/** A hit at `place` was received; `isNews`: for the first time. */
	onHit(hits: Hits, place: number, isNews: boolean, now: Millis, settings: Settings): void {
		const clearAt = now + settings.autoClear;
		const arrival = arrivalAt(hits, place, now, settings.poleSpacing);
		const lightAt = arrival - settings.lightAhead;
		if (lightAt <= now || lightAt >= clearAt) return;
		if (lightAt > this.lightAt && (isNews || place !== this.place)) return; // another comes earlier
		this.lightAt = lightAt;
		this.until = Math.min(clearAt, arrival + (arrival - now) / Math.abs(place) / 2);
		this.place = place;
	}

	/** The light begins. Returns until when. */
	begin(): Millis {
		this.lightAt = Infinity;
		return this.until;
	}
}

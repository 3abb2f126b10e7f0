/**
 * Preview report: a page of a night's forecast, in the reply to the order `preview`.
 *
 * Each piece is written as the walk produces it, so that no list of pieces is held in memory.
 */
import { formatDate, formatInstant } from "../command/instant.js";
import { totalsOf } from "../explain/preview.js";
import type { UtcMillis } from "../units.js";
import type { View } from "../view.js";
import type { Writer } from "./writer.js";

/** Longest name of a source (an order's id, a switch point) in a reported chain. */
export const SOURCE_CHARACTERS = 40;
/** The longest pieces take some 180 bytes: eight of them and the members around them fit 2,048. */
const PIECES_A_PAGE = 8;

const HOUR = 3_600_000;

/** Writes the members of the reply; a page beyond the last has no pieces. */
export function writePreview(w: Writer, plan: View["plan"], day: number, page: number): void {
	const totals = totalsOf(plan.walk(day));
	w.member("date", formatDate(day));
	writeInstant(w, "sunset", totals.sunset);
	writeInstant(w, "sunrise", totals.sunrise);
	w.member("darkBecause", "sun");
	w.member("page", page);
	w.member("pages", Math.max(1, Math.ceil(totals.pieces / PIECES_A_PAGE)));
	writePieces(w, plan, day, (page - 1) * PIECES_A_PAGE);
	writeInstant(w, "until", totals.until);
	w.fixed("burning_h", totals.burning / HOUR, 2);
	w.fixed("activeEnergy_kWh", totals.activeEnergy_kWh, 4);
	w.member("energyIsModelled", true);
}

function writePieces(w: Writer, plan: View["plan"], day: number, first: number): void {
	const walk = plan.walk(day);
	w.openArray("pieces");
	for (let index = 0; index < first + PIECES_A_PAGE && walk.next(); index += 1) {
		if (index < first) continue;
		const { chain, from, level } = walk;
		w.openObject();
		writeInstant(w, "from", from);
		w.fixed("level", level, 1);
		w.json("by", JSON.stringify(chain.map((link) => link.by)));
		w.member("source", chain[0]?.source?.slice(0, SOURCE_CHARACTERS));
		w.closeObject();
	}
	w.closeArray();
}

function writeInstant(w: Writer, name: string, utc: UtcMillis | undefined): void {
	if (utc !== undefined) w.member(name, formatInstant(utc));
}

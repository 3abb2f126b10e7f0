/**
 * Event report: an event of the journal as a message, and the page of events in a reply to `log`.
 */
import type { JournalEntry } from "../journal/journal.js";
import type { View } from "../view.js";
import { writeTimeOf } from "./reporttime.js";
import type { Writer } from "./writer.js";

/** Events in a reply to `log`: the longest attributes make 360 bytes an event; five fit 2,048. */
export const EVENTS_A_PAGE = 5;

/** One event of the journal, of this life or of an earlier one. */
export function writeEvent(
	w: Writer,
	view: View,
	entry: JournalEntry,
	feeder: string | undefined,
): void {
	w.openReport();
	writeEntry(w, view, entry, feeder, true);
}

function writeEntry(
	w: Writer,
	view: View,
	entry: JournalEntry,
	feeder: string | undefined,
	withAttributes: boolean,
): void {
	w.member("seq", entry.seq);
	w.member("life", entry.life);
	w.member("type", entry.type);
	w.member("startEndFlag", entry.startEndFlag);
	w.member("severity", entry.severity);
	w.member("feeder", feeder ? feeder : undefined);
	w.member("count", entry.count > 1 ? entry.count : undefined);
	w.json("attributes", withAttributes ? entry.attributes : "{}");
	writeTimeOf(w, view, entry.life, entry.uptime, entry.utc ?? Number.NaN);
	w.closeObject();
}

/** A page of this life's newest events, newest first; none on a page beyond the last. */
export function writeLog(w: Writer, view: View, page: number, withAttributes: boolean): void {
	const { journal } = view;
	const { newest } = journal;
	const held = newest - journal.oldest + 1;
	w.member("page", page);
	w.member("pages", Math.max(1, Math.ceil(held / EVENTS_A_PAGE)));
	w.openArray("events");
	const first = newest - (page - 1) * EVENTS_A_PAGE;
	for (let seq = first; seq > first - EVENTS_A_PAGE && seq >= journal.oldest; seq -= 1) {
		const entry = journal.read(seq);
		if (!entry) continue;
		w.openObject();
		writeEntry(w, view, entry, undefined, withAttributes);
	}
	w.closeArray();
}

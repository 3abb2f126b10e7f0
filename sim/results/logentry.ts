/** Log entry: what happened in the street, as its log shows it. Types only. */

/** One line of the event log: of the world, or reported by a lamp. */
export interface LogEntry {
	readonly id: number;
	/** Of the world's event, or of the arrival at the broker; UTC, ms. */
	readonly utc: number;
	readonly side: "world" | "report";
	/** `fault.NAME`, `power`, `order.COMMAND`, `offline`, or the type of a lamp's event. */
	readonly type: string;
	readonly lamp: number | null;
	/** Begin or end of a condition. */
	readonly flag: "start" | "end" | null;
	readonly severity: "safety" | "repair" | "info";
	/** Seconds from the world's event to this report of it. */
	readonly delay_s: number | null;
	/** A word or number that belongs to it. */
	readonly detail: string | null;
	/** Of an order: the group that it was sent to, and its own end, UTC, ms. */
	readonly group?: string;
	readonly until?: number;
}

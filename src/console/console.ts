/**
 * Console: the technician's session on the serial line.
 *
 * Until the first byte arrives it holds no buffers and prints nothing. Ten minutes after the last
 * byte it releases its buffers and logs the technician out (IEC 62443-4-2, CR 2.5). An exception
 * does the same and goes no further: the lamp carries on.
 */
import type { Millis } from "../units.js";
import { Gate, type GateStore } from "./gate.js";
import type { ConsoleDoors, ConsoleOwner } from "./owner.js";
import { Session, TAKE_BYTES } from "./session.js";

/** Long enough to walk round the lamp, too short for the next person at the housing. */
export const IDLE_AFTER: Millis = 10 * 60_000;

/** Exceptions that follow each other sooner are one row: an event each would fill the journal. */
const REPORT_EVERY: Millis = 60_000;
/** More than a port holds: its FIFO, what waits behind it, and a loss. */
const READS_MAX = 4;

export class Console {
	private readonly doors: ConsoleDoors;
	private readonly store: GateStore;
	private readonly owner: ConsoleOwner;
	private readonly bootedAt: Millis;
	private gate: Gate | undefined; // made at the first byte; it outlives sessions
	private session: Session | undefined;
	private idleAt: Millis = Infinity;
	private reportAt: Millis = 0; // when an exception is reported again
	private readonly onFault: (error: unknown, now: Millis) => void;

	/** `onFault`: reports an exception, the first of a row. */
	constructor(
		doors: ConsoleDoors,
		store: GateStore,
		owner: ConsoleOwner,
		bootedAt: Millis,
		onFault: (error: unknown, now: Millis) => void,
	) {
		this.onFault = onFault;
		this.doors = doors;
		this.store = store;
		this.owner = owner;
		this.bootedAt = bootedAt;
	}

	get dueAt(): Millis {
		return this.session ? Math.min(this.idleAt, this.session.dueAt) : Infinity;
	}

	/** Reads bytes, and runs the lines that Enter has completed. */
	onReadable(now: Millis): void {
		this.idleAt = now + IDLE_AFTER;
		this.attempt(now);
	}

	/** The port accepts bytes again. */
	onWritable(now: Millis): void {
		if (this.session) this.attempt(now);
	}

	tick(now: Millis): void {
		if (this.session) this.attempt(now);
	}

	/** Goes on with the session; one that is over, idle or throws is left. */
	private attempt(now: Millis): void {
		try {
			this.gate ??= new Gate(this.doors, this.store, this.bootedAt);
			this.session ??= new Session(this.doors, this.owner, this.gate);
			if (now >= this.idleAt) this.session.part(now);
			else if (this.session.work(now)) return;
		} catch (error) {
			if (now >= this.reportAt) this.onFault(error, now);
			this.reportAt = now + REPORT_EVERY;
			this.forget();
		}
		this.leave();
	}

	/** Drops what was typed behind an exception: the next byte begins anew. */
	private forget(): void {
		const bytes = new Uint8Array(TAKE_BYTES);
		for (let index = 0; index < READS_MAX && this.doors.serialPort.read(bytes) !== 0; index += 1);
	}

	private leave(): void {
		this.session = undefined;
		this.owner.leave();
	}
}

/**
 * Console: the technician's session on the serial line.
 *
 * Until the first byte arrives it holds no buffers and prints nothing. Ten minutes after the last
 * byte it releases its buffers and logs the technician out (IEC 62443-4-2, CR 2.5).
 */
import type { Millis } from "../units.js";
import { Gate, type GateStore } from "./gate.js";
import type { ConsoleDoors, ConsoleOwner } from "./owner.js";
import { Session } from "./session.js";

/** Long enough to walk round the lamp, too short for the next person at the housing. */
export const IDLE_AFTER: Millis = 10 * 60_000;

export class Console {
	private readonly doors: ConsoleDoors;
	private readonly store: GateStore;
	private readonly owner: ConsoleOwner;
	private readonly bootedAt: Millis;
	private gate: Gate | undefined; // made at the first byte; it outlives sessions
	private session: Session | undefined;
	private idleAt: Millis = Infinity;

	constructor(doors: ConsoleDoors, store: GateStore, owner: ConsoleOwner, bootedAt: Millis) {
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
		this.gate ??= new Gate(this.doors, this.store, this.bootedAt);
		this.session ??= new Session(this.doors, this.owner, this.gate);
		this.idleAt = now + IDLE_AFTER;
		this.work(this.session, now);
	}

	/** The port accepts bytes again. */
	onWritable(now: Millis): void {
		if (this.session) this.work(this.session, now);
	}

	tick(now: Millis): void {
		const { session } = this;
		if (!session) return;
		if (now >= this.idleAt) {
			session.part(now);
			this.leave();
		} else this.work(session, now);
	}

	private work(session: Session, now: Millis): void {
		if (!session.work(now)) this.leave();
	}

	private leave(): void {
		this.session = undefined;
		this.owner.leave();
	}
}

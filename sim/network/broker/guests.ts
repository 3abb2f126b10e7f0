/** Guests: programs of people that are connected to the embedded broker. */
import type { Aedes } from "aedes";

/** The street waits so long, ms of wall clock, for one that does not read, then drops it. */
export const PATIENCE = 2_000;

export interface Guests {
	/** Their URL of the broker; undefined if it does not listen. */
	readonly url: string | undefined;
	/** False while the broker is down: connections are refused. */
	admitted: boolean;
	/** Somebody is connected. */
	readonly present: boolean;
	/** From now on connections are given to the broker. Rejects if no port is free. */
	listen(handle: Aedes["handle"]): Promise<void>;
	/**
	 * Somebody reads more slowly than the broker writes; the street waits `step` ms more. Who does not read is
	 * dropped, because all others would wait too.
	 */
	areBehind(step: number): boolean;
	/** Ends all connections. */
	drop(): void;
	close(): Promise<void>;
}

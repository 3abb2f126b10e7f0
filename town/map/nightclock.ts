/**
 * Night clock: the instant of the night that the map shows; a played night passes in so many seconds.
 */

/** A night, from its first light to its last, passes in this, s. */
export const NIGHT_S = 20;

export class NightClock {
	/** Seconds from the start of the night. */
	at = 0;
	isPlaying = false;
	#span: readonly [begin: number, end: number] = [0, 1];
	/** The instant of rest: a full picture. */
	#rest = 0;

	get span(): readonly [begin: number, end: number] {
		return this.#span;
	}

	/** `rest`: where a night that has been played returns to. */
	begin(span: readonly [number, number], rest: number): void {
		this.#span = span;
		this.#rest = Math.min(span[1], Math.max(span[0], rest));
		this.at = this.#rest;
	}

	/** Plays from here, or from the beginning at the end of the night. */
	play(isFromBegin = false): void {
		if (isFromBegin || this.at >= this.#span[1]) this.at = this.#span[0];
		this.isPlaying = true;
	}

	pause(): void {
		this.isPlaying = false;
	}

	seek(at: number): void {
		this.at = Math.min(this.#span[1], Math.max(this.#span[0], at));
	}

	/** Virtual seconds a second while it plays. */
	get pace(): number {
		return (this.#span[1] - this.#span[0]) / NIGHT_S;
	}

	/** @returns whether time has passed */
	advance(passed_ms: number): boolean {
		if (!this.isPlaying) return false;
		this.at += (passed_ms / 1000) * this.pace;
		if (this.at >= this.#span[1]) {
			this.at = this.#rest;
			this.isPlaying = false;
		}
		return true;
	}
}

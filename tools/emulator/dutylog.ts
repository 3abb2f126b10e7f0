/**
 * Duty log: the lines of hosts/esp32/luminode/dutylog.c, as the light of each life.
 *
 * A life begins where the ROM names itself. The LEDC counts to 2^resolution, which the SDK writes for
 * the greatest duty; the board's input is inverted.
 */

export interface Duty {
	/** Milliseconds since reset. */
	readonly at: number;
	/** Of the light, 0 to 2^resolution - 1. */
	readonly duty: number;
}

export interface LoggedLife {
	/** The ROM's word for the reset, such as `POWERON`. */
	readonly reset: string;
	/** The application's beginning, ms by the same clock; undefined: not yet. */
	readonly entry: number | undefined;
	readonly duties: readonly Duty[];
	/** Other lines: of ESP-IDF, a crash for instance. */
	readonly rest: readonly string[];
}

interface LampOutput {
	readonly resolution: number;
	readonly inverted: boolean;
}

const LINE = /^duty (\d+) (\d+)$/;
const ENTRY = /^entry (\d+)$/;
const EDGE = /^edge \d+$/;
const ROM = /^ESP-ROM:/;
const RESET = /^rst:0x[\da-f]+ \((\w+)\)/;

/** The light that a value of the LEDC makes. */
export function lightOf(value: number, { resolution, inverted }: LampOutput): number {
	const full = (1 << resolution) - 1;
	const shown = Math.min(value, full);
	return inverted ? full - shown : shown;
}

/** All lives of a log; the last line counts once it has ended. */
export function livesIn(log: string, lamp: LampOutput): readonly LoggedLife[] {
	const lives: { reset: string; entry: number | undefined; duties: Duty[]; rest: string[] }[] = [];
	for (const raw of log.split("\n").slice(0, -1)) {
		const line = raw.trimEnd();
		if (ROM.test(line)) lives.push({ reset: "unknown", entry: undefined, duties: [], rest: [] });
		const life = lives.at(-1);
		if (!life) continue;
		const [, at, value] = LINE.exec(line) ?? [];
		const [, entry] = ENTRY.exec(line) ?? [];
		const [, reset] = RESET.exec(line) ?? [];
		if (reset) life.reset = reset;
		else if (entry) life.entry = Number(entry);
		else if (at && value) life.duties.push({ at: Number(at), duty: lightOf(Number(value), lamp) });
		else if (line !== "" && !EDGE.test(line)) life.rest.push(line);
	}
	return lives;
}

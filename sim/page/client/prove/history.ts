/** History: the server's samples of the night, read and unpacked for the timeline. */
import { bytesOfBase64 } from "../../../../lib/bytes.js";
import type { HistorySlice } from "../../messages.js";
import { read } from "../state/requests.js";

export const KINDS = ["pedestrian", "bicycle", "car"] as const;

export interface Night {
	/** UTC, seconds, of each sample. */
	readonly times: Float64Array;
	readonly step_s: number;
	readonly rows: number;
	readonly lampsPerRow: number;
	readonly causes: readonly string[];
	readonly levels: Uint8Array;
	readonly cause: Uint8Array;
	readonly lux: Float32Array;
	readonly power: Float32Array;
	readonly oldPower: Float32Array;
	readonly users: Uint16Array;
	/** UTC, s, from which a second is the step. */
	readonly fineFrom: number;
}

/** The samples of [from, to), UTC in seconds; a second each if `fine`, else a minute. */
export async function fetchNight(
	from: number,
	to: number,
	fine: boolean,
): Promise<Night | undefined> {
	const span = { from: Math.floor(from * 1000), to: Math.ceil(to * 1000) };
	const slice = await read("/history", { ...span, step: fine ? 1 : 60 });
	return slice && unpack(slice);
}

function unpack(slice: HistorySlice): Night {
	const { from, step, count, rows, lampsPerRow, causes, fineFrom } = slice;
	const times = new Float64Array(count);
	for (let n = 0; n < count; n++) times[n] = (from + n * step) / 1000;
	return {
		times,
		step_s: step / 1000,
		rows,
		lampsPerRow,
		causes,
		fineFrom: fineFrom / 1000,
		levels: bytesOfBase64(slice.levels),
		cause: bytesOfBase64(slice.cause),
		lux: new Float32Array(bytesOfBase64(slice.lux).buffer),
		power: new Float32Array(bytesOfBase64(slice.power).buffer),
		oldPower: new Float32Array(bytesOfBase64(slice.oldPower).buffer),
		users: new Uint16Array(bytesOfBase64(slice.users).buffer),
	};
}

/** Number of the sample at `utc`, seconds; undefined outside. */
export function sampleAt({ times, step_s }: Night, utc: number): number | undefined {
	if (times.length === 0) return undefined;
	const n = Math.floor((utc - times[0]!) / step_s);
	return n >= 0 && n < times.length ? n : undefined;
}

/** Road users an hour of one kind, over the last ten minutes or what there is of them. */
export function usersAnHour(night: Night, kind: number): Float64Array {
	const { users, step_s, times } = night;
	const wide = Math.max(1, Math.round(600 / step_s));
	const out = new Float64Array(times.length);
	let sum = 0;
	for (let n = 0; n < times.length; n++) {
		sum += users[n * KINDS.length + kind]!;
		if (n >= wide) sum -= users[(n - wide) * KINDS.length + kind]!;
		out[n] = (sum * 3600) / (Math.min(n + 1, wide) * step_s);
	}
	return out;
}

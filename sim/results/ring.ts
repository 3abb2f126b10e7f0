/**
 * Ring: samples of the street, one each `step` ms, the latest of them, in memory of a fixed size.
 */
import { PRESENCE, REASON } from "../../src/indication.js";
import { USER_KINDS } from "../world/timetable.js";

/** Causes of light, in the order of their codes. */
export const CAUSES = [
	"none",
	"default",
	"program",
	"presence",
	"neighbours",
	"doubt",
	"order",
	"emergency",
	"fault",
] as const;

const NEIGHBOURS = CAUSES.indexOf("neighbours");
const DOUBT = CAUSES.indexOf("doubt");
/** By the place of the lamp's own reason in REASON. */
const CAUSE_OF = ["default", "program", "presence", "order", "emergency", "fault"].map((cause) =>
	(CAUSES as readonly string[]).indexOf(cause),
);

/** The cause that a lamp indicates, place in CAUSES; `isDoubted`: it reported a sensor. */
export function causeIn(indication: Uint8Array, isDoubted: boolean): number {
	const { buffer, byteOffset, byteLength } = indication;
	const view = new DataView(buffer, byteOffset, byteLength);
	const isVacant = PRESENCE[view.getFloat32(0, true)] === "vacant";
	const reason = view.getFloat32(8, true);
	if (REASON[reason] === "sensor" && isVacant) return isDoubted ? DOUBT : NEIGHBOURS;
	return CAUSE_OF[reason] ?? 0;
}

/** Samples from `from` on, one each `step` ms; arrays of one row hold `count` values. */
export interface Slice {
	readonly from: number;
	readonly step: number;
	readonly count: number;
	readonly rows: number;
	readonly lampsPerRow: number;
	/** Row after row of one instant, then the next instant. */
	readonly levels: Uint8Array;
	readonly causes: Uint8Array;
	readonly lux: Float32Array;
	/** Watts by cause, one instant after the other. */
	readonly power: Float32Array;
	readonly oldPower: Float32Array;
	/** Road users that came in each step, by kind. */
	readonly users: Uint16Array;
}

export class Ring {
	readonly levels: Uint8Array;
	readonly causes: Uint8Array;
	readonly lux: Float32Array;
	readonly power: Float32Array;
	readonly oldPower: Float32Array;
	readonly users: Uint16Array;
	/** Samples so far; number n is of the instant n x step. */
	count = 0;

	constructor(
		readonly step: number,
		readonly size: number,
		readonly rows: number,
	) {
		this.levels = new Uint8Array(size * rows);
		this.causes = new Uint8Array(size * rows);
		this.lux = new Float32Array(size);
		this.power = new Float32Array(size * CAUSES.length);
		this.oldPower = new Float32Array(size);
		this.users = new Uint16Array(size * USER_KINDS.length);
	}

	get place(): number {
		return this.count % this.size;
	}

	/** The samples of [from, to), as far as they are kept. */
	slice(from: number, to: number, lampsPerRow: number): Slice {
		const { step, size, rows } = this;
		const first = Math.max(0, this.count - size, Math.ceil(from / step));
		const last = Math.max(first, Math.min(this.count, Math.ceil(to / step)));
		const cut = <T extends Uint8Array | Uint16Array | Float32Array>(array: T, width: number): T => {
			const made = array.slice(0, 0).constructor as new (length: number) => T;
			const out = new made((last - first) * width);
			for (let n = first; n < last; n++) {
				const at = (n % size) * width;
				out.set(array.subarray(at, at + width), (n - first) * width);
			}
			return out;
		};
		return {
			from: first * step,
			step,
			count: last - first,
			rows,
			lampsPerRow,
			levels: cut(this.levels, rows),
			causes: cut(this.causes, rows),
			lux: cut(this.lux, 1),
			power: cut(this.power, CAUSES.length),
			oldPower: cut(this.oldPower, 1),
			users: cut(this.users, USER_KINDS.length),
		};
	}
}

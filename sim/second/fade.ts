/**
 * Fade: the curve of IEC 62386-102, how long a fade takes, and the level at each instant of it.
 *
 * Follows docs/light.md, "The fade". Levels are those before the output.
 */

/** O(k): the light of step k, in millionths. */
const O: readonly number[] = Array.from({ length: 255 }, (_, k) =>
	k === 0 ? 0 : Math.floor(10_000 * 10 ** ((k - 1) / (253 / 3) - 1) + 0.5),
);

function o(k: number): number {
	return O[k] ?? 0;
}

/** place(x): where a level in per cent stands on the curve. */
export function placeOf(level: number): number {
	if (level <= 0.1) return 1;
	const m = 10_000 * level;
	let k = 253;
	while (k > 0 && o(k) > m) k--;
	return k + (m - o(k)) / (o(k + 1) - o(k));
}

/** light(y): the light at a place, in millionths. */
function lightAt(place: number): number {
	const k = Math.min(253, Math.floor(place));
	return o(k) + (o(k + 1) - o(k)) * (place - k);
}

/** ratio(d): by which the light grows over d steps. */
function ratioOf(steps: number): number {
	return steps > 0 ? 1_000_000 / lightAt(254 - steps) : lightAt(254 + steps) / 1_000_000;
}

/** A fade, or the rest after one. */
export interface Fade {
	readonly target: number;
	readonly startLevel: number;
	readonly begin: number;
	readonly end: number;
	readonly ramp: number;
	/** Parts; 0: a jump. */
	readonly n: number;
	/** By which the level grows from corner to corner. */
	readonly r: number;
	/** The levels at corners 0 to n. */
	readonly corners: readonly number[];
	/** From the turn in which it begins until the turn at its end. */
	isUnderWay: boolean;
}

/** The light rests at a level. */
export function rest(level: number, now: number): Fade {
	return {
		target: level,
		startLevel: level,
		begin: now,
		end: now,
		ramp: 0,
		n: 0,
		r: 1,
		corners: [],
		isUnderWay: false,
	};
}

/** The level that shines. */
export function shining(fade: Fade, now: number): number {
	if (!fade.isUnderWay || now >= fade.end) return fade.target;
	const z = ((now - fade.begin) * fade.n) / fade.ramp;
	const k = Math.floor(z);
	const here = fade.corners[k] ?? fade.target;
	const next = fade.corners[k + 1] ?? fade.target;
	return here + (next - here) * (z - k);
}

/** The rule of a new fade; undefined: nothing happens, or the fade under way goes on. */
export function retargeted(old: Fade, now: number, target: number, time: number): Fade | undefined {
	const isUnderWay = old.isUnderWay && now < old.end;
	if (target === old.target && !isUnderWay) return undefined;
	let ramp = Math.floor(Math.min(3_600_000, Math.max(time, 0)) + 0.5);
	if (target === old.target && now + ramp >= old.end) return undefined;
	const level = shining(old, now);
	const way = placeOf(target) - placeOf(isUnderWay ? level : old.target);
	if (isUnderWay && way > 0) {
		// A rise keeps at least its pace when it is turned to a higher target.
		const oldWay = placeOf(old.target) - placeOf(old.startLevel);
		if (oldWay > 0) ramp = Math.min(ramp, Math.ceil((way * old.ramp) / oldWay));
	}
	const n = ramp >= 20 ? Math.ceil(Math.abs(way) / 10) : 0;
	if (n === 0) return rest(target, now);
	const startLevel = Math.max(0.1, level);
	const r = ratioOf(way / n);
	const corners = [startLevel];
	let corner = startLevel;
	for (let k = 1; k < n; k++) {
		corner *= r;
		corners.push(corner);
	}
	corners.push(Math.max(0.1, target));
	return {
		target,
		startLevel,
		begin: now,
		end: now + ramp,
		ramp,
		n,
		r,
		corners,
		isUnderWay: true,
	};
}

/** Spans: stretches of a night, in ms since its beginning, and what is made of them. */

export interface Span {
	readonly from: number;
	readonly to: number;
}

/** Of all spans that touch, one; in the order of time. */
export function merged(spans: readonly Span[]): Span[] {
	const joined: { from: number; to: number }[] = [];
	for (const span of [...spans].sort((a, b) => a.from - b.from)) {
		const last = joined.at(-1);
		if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
		else joined.push({ ...span });
	}
	return joined;
}

export function meet(a: readonly Span[], b: readonly Span[]): Span[] {
	return a.flatMap((x) =>
		b
			.map((y) => ({ from: Math.max(x.from, y.from), to: Math.min(x.to, y.to) }))
			.filter(({ from, to }) => from < to),
	);
}

export function without(a: readonly Span[], holes: readonly Span[]): Span[] {
	let left = [...a];
	for (const hole of holes)
		left = left.flatMap(({ from, to }) => {
			if (hole.to <= from || hole.from >= to) return [{ from, to }];
			const pieces: Span[] = [];
			if (hole.from > from) pieces.push({ from, to: hole.from });
			if (hole.to < to) pieces.push({ from: hole.to, to });
			return pieces;
		});
	return left;
}

export function holds(spans: readonly Span[], at: number): boolean {
	return spans.some(({ from, to }) => at >= from && at < to);
}

/** Where it holds at both ends of each step of `grid` from 0 to `end`. */
export function spansWhere(end: number, grid: number, is: (at: number) => boolean): Span[] {
	const spans: Span[] = [];
	let from: number | undefined;
	for (let at = 0; at <= end; at += grid) {
		if (at < end && is(at)) from ??= at;
		else if (from !== undefined) {
			spans.push({ from, to: at - grid });
			from = undefined;
		}
	}
	return spans;
}

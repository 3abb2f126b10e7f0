/** History page: a stretch of the history as JSON for the page's timeline. */
import { base64Of } from "../../../lib/bytes.js";
import type { History } from "../../results/history.js";
import { CAUSES } from "../../results/ring.js";
import type { Fields } from "../../util/fields.js";
import type { HistorySlice } from "../messages.js";

/** `from` and `to`: UTC, ms; `step`: seconds. Undefined: not such a stretch. */
export function historyOf(
	history: History,
	epochUtc: number,
	{ from, to, step }: Fields,
): HistorySlice | undefined {
	if (typeof from !== "number" || typeof to !== "number") return undefined;
	if (!Number.isFinite(from) || !Number.isFinite(to) || !(step === 1 || step === 60))
		return undefined;
	const slice = history.slice(from - epochUtc, to - epochUtc, step * 1000);
	const { count, rows, lampsPerRow } = slice;
	return {
		from: epochUtc + slice.from,
		step: slice.step,
		count,
		rows,
		lampsPerRow,
		causes: CAUSES,
		levels: base64Of(slice.levels),
		cause: base64Of(slice.causes),
		lux: base64Of(slice.lux),
		power: base64Of(slice.power),
		oldPower: base64Of(slice.oldPower),
		users: base64Of(slice.users),
		fineFrom: epochUtc + history.fineFrom,
	};
}

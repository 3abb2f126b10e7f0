/** Forgeries: what a run of them stores, and how often the store is touched. */
import { expect, test } from "@jest/globals";
import { FORGED_CALM, FORGED_LEAST, Forgeries } from "../../../src/node/neighbours/forgeries.js";
import { FORGED_KEY } from "../../../src/storekeys.js";

/** Forgeries with a store in plain memory; `touched` lists its writes and erases. */
function forgeriesOf(hasCredit: boolean, stored: string | undefined, refused = 0) {
	const touched: string[] = [];
	const flags: string[] = [];
	let left = refused;
	const owner = {
		store: {
			read: () => stored,
			write: (key: string) => {
				touched.push(`write ${key}`);
				return "ok" as const;
			},
			erase: (key: string) => {
				touched.push(`erase ${key}`);
				left -= 1;
				return left >= 0 ? ("failed" as const) : ("ok" as const);
			},
		},
		flash: { hasCredit: () => hasCredit },
		emit: ({ startEndFlag }: { startEndFlag?: string }) => void flags.push(startEndFlag!),
	};
	return { forgeries: new Forgeries(owner as never, 0), touched, flags };
}

const WRITE = `write ${FORGED_KEY}`;
const ERASE = `erase ${FORGED_KEY}`;
const RUN = ["start", "end"];

test.each<
	[
		what: string,
		start: Parameters<typeof forgeriesOf>,
		count: number,
		touched: string[],
		flags: string[],
		end: number,
	]
>([
	["fewer than a run: nothing", [true, undefined], FORGED_LEAST - 1, [], [], 1],
	["a run: one write and one erase", [true, undefined], FORGED_LEAST, [WRITE, ERASE], RUN, 1],
	["a longer one likewise", [true, undefined], 50, [WRITE, ERASE], RUN, 1],
	["a run without write credit: nothing", [false, undefined], FORGED_LEAST, [], RUN, 1],
	["the run of the life before: one erase", [true, "1"], 0, [ERASE], ["end"], 1],
	["an erase that failed: again after an hour", [true, "1", 1], 0, [ERASE, ERASE], ["end"], 2],
])("%s", (_what, start, count, touched, flags, end) => {
	const all = forgeriesOf(...start);
	const { forgeries } = all;
	for (let index = 0; index < count; index += 1) forgeries.note(0);
	const ends: number[] = [];
	while (forgeries.dueAt < 10 * FORGED_CALM) {
		ends.push(forgeries.dueAt);
		forgeries.end(forgeries.dueAt);
	}
	expect([all.touched, all.flags]).toEqual([touched, flags]);
	expect(ends).toEqual(Array.from({ length: end }, (_, index) => (index + 1) * FORGED_CALM));
});

/** Lower: the instance for occupancy that the second lamp knows, by the frames of a set-up. */
import { expect, test } from "@jest/globals";
import { freshLower, hearAnswer } from "../../../sim/second/lower.js";

const [COUNT, POLL, MOVEMENT, STILL] = [0xff_fe35, 0x8c, 0xff, 0];
const typeOf = (instance: number) => 0xff_0080 + 256 * instance;
const poll = (instance: number) => 0xff_0000 + 256 * instance + POLL;

test.each<[what: string, frames: readonly (readonly [frame: number, answer: number])[]]>([
	[
		"the first of type 3 is polled",
		[
			[COUNT, 3],
			[typeOf(1), 3],
			[typeOf(2), 3],
			[poll(1), MOVEMENT],
		],
	],
	[
		"the one before, until another is found",
		[
			[COUNT, 3],
			[typeOf(1), 3],
			[COUNT, 3],
			[poll(1), MOVEMENT],
		],
	],
	[
		"that of another sensor afterwards",
		[
			[COUNT, 3],
			[typeOf(1), 3],
			[COUNT, 2],
			[typeOf(0), 3],
			[poll(1), STILL],
			[poll(0), MOVEMENT],
		],
	],
])("%s", (_what, frames) => {
	const lower = freshLower(0);
	const edges = frames.map(([frame, answer]) => hearAnswer(lower, "instead", frame, answer, 100));
	expect(edges.filter((edge) => edge !== undefined)).toEqual([true]);
});

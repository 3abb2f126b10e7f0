/** Presence: which level doubt and work ask for (docs/light.md, Other requests of sensors). */
import { expect, test } from "@jest/globals";
import type { Levels } from "../../../sim/second/levels.js";
import { type Place, sensorRequest } from "../../../sim/second/presence.js";

test.each<[presence: number, setting: number, full: number, level: number]>([
	[80, 50, 31, 80],
	[20, 50, 31, 50],
	[20, 25, 31, 31],
])(
	"doubt and work under a point of %d %%, presence %d, full %d",
	(point, presence, full, level) => {
		const levels = { presence, full } as Levels;
		const none = { isDoubted: false, isBlocked: false, isComing: false, isLowerAlone: false };
		const quiet = { hasEffect: true, ...none };
		const asks = (sensors: Partial<typeof quiet>) =>
			sensorRequest({} as Place, levels, point, { ...quiet, ...sensors });
		expect(asks({ isDoubted: true })).toEqual({ level, source: "doubt" });
		expect(asks({ isBlocked: true })).toEqual({ level, source: "blocked" });
	},
);

import { describe, expect, test } from "@jest/globals";
import { Contact, type ContactChange } from "../../src/monitor/contact.js";

const SPREAD = 300_000;
type Step = ["online" | "lost" | "failed" | "refused", at: number, then: ContactChange];

describe("contact", () => {
	const nights: [why: string, spread: number, steps: Step[]][] = [
		[
			"a broker that is back in time is no event",
			SPREAD,
			[
				["online", 1000, undefined],
				["lost", 10_000, undefined],
				["failed", 200_000, undefined],
				["online", 400_000, undefined],
			],
		],
		[
			"one that stays away is, once, until it is back",
			SPREAD,
			[
				["online", 1000, undefined],
				["lost", 10_000, undefined],
				["failed", 909_999, undefined],
				["failed", 910_000, "start"],
				["failed", 2_000_000, undefined],
				["online", 3_000_000, "end"],
				["lost", 3_100_000, undefined],
				["failed", 3_200_000, undefined],
				["failed", 4_000_000, "start"],
			],
		],
		[
			"never reached since boot",
			SPREAD,
			[
				["failed", 899_999, undefined],
				["failed", 900_000, "start"],
			],
		],
		[
			"with a short spread it has patience all the same",
			1000,
			[
				["failed", 119_999, undefined],
				["failed", 120_000, "start"],
			],
		],
		[
			"deaf is a failure at once, and reported once",
			SPREAD,
			[
				["online", 1000, undefined],
				["refused", 1001, "start"],
				["refused", 1002, undefined],
				["online", 9000, "end"],
			],
		],
	];
	test.each(nights)("%s", (_why, spread, steps) => {
		const contact = new Contact(0);
		for (const [what, at, then] of steps) {
			let change: ContactChange;
			if (what === "online") change = contact.onOnline();
			else if (what === "failed") change = contact.onFailed(at, spread);
			else if (what === "refused") change = contact.onRefused();
			else contact.onLost(at);
			expect([what, at, change]).toEqual([what, at, then]);
		}
	});
});

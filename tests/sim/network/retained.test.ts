import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	indexRetained,
	type Retained,
	RetainedTree,
} from "../../../sim/network/broker/retained.js";

const message = (topic: string, length = 1): Retained => ({ topic, payload: { length } });

/** MQTT 3.1.1, 4.7.1 and 4.7.2: the examples of the standard. */
const EXAMPLES: readonly [filter: string, topic: string, matches: boolean][] = [
	["sport/tennis/player1/#", "sport/tennis/player1", true],
	["sport/tennis/player1/#", "sport/tennis/player1/ranking", true],
	["sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true],
	["sport/#", "sport", true],
	["#", "sport/tennis", true],
	["sport/tennis/+", "sport/tennis/player1", true],
	["sport/tennis/+", "sport/tennis/player1/ranking", false],
	["sport/+", "sport", false],
	["sport/+", "sport/", true],
	["+", "/finance", false],
	["+/+", "/finance", true],
	["/+", "/finance", true],
	["+/tennis/#", "sport/tennis", true],
	["#", "$SYS/monitor", false],
	["+/monitor", "$SYS/monitor", false],
	["$SYS/#", "$SYS/monitor", true],
	["ACCOUNTS", "Accounts", false],
];

/** A filter as a regular expression: another way to the same answer. */
function asExpression(filter: string): RegExp {
	const levels = filter.split("/").map((word) => (word === "+" ? "[^/]*" : word));
	const text = levels.join("/").replace(/^#$/, ".*").replace(/\/#$/, "(/.*)?");
	return new RegExp(`^${text}$`);
}

describe("the retained messages of the embedded broker", () => {
	test.each(EXAMPLES)("filter %s, topic %s: %s", (filter, topic, matches) => {
		const tree = new RetainedTree();
		tree.store(message(topic));
		expect(tree.matching(filter).map((found) => found.topic)).toEqual(matches ? [topic] : []);
	});

	const word = fc.constantFrom("a", "b", "cc");
	const topic = fc.array(word, { minLength: 1, maxLength: 4 }).map((levels) => levels.join("/"));
	const filter = fc
		.tuple(fc.array(fc.oneof(word, fc.constant("+")), { maxLength: 3 }), fc.boolean())
		.map(([levels, rest]) => [...levels, ...(rest || levels.length === 0 ? ["#"] : [])].join("/"));

	test("are those that a walk through all of them finds, in the same order", () => {
		const stores = fc.array(fc.tuple(topic, fc.constantFrom(0, 1, 2)), { maxLength: 40 });
		fc.assert(
			fc.property(stores, filter, (stored, wanted) => {
				const tree = new RetainedTree();
				const all = new Map<string, Retained>();
				for (const [name, length] of stored) {
					tree.store(message(name, length));
					if (length === 0) all.delete(name);
					else all.set(name, message(name, length));
				}
				const expression = asExpression(wanted);
				const walked = [...all.values()].filter((retained) => expression.test(retained.topic));
				expect(tree.matching(wanted)).toEqual(walked);
			}),
		);
	});

	test("pass filter by filter, as they are when the filter's turn comes", async () => {
		const persistence = {} as Parameters<typeof indexRetained>[0];
		indexRetained(persistence);
		for (const name of ["b", "a", "c/d"]) await persistence.storeRetained(message(name));
		const seen: string[] = [];
		for await (const found of persistence.createRetainedStreamCombi(["c/+", "+"])) {
			seen.push((found as Retained).topic);
			if (seen.length === 1) await persistence.storeRetained(message("a", 0));
		}
		expect(seen).toEqual(["c/d", "b"]);
		for await (const found of persistence.createRetainedStream("#"))
			seen.push((found as Retained).topic);
		expect(seen).toEqual(["c/d", "b", "b", "c/d"]);
	});
});

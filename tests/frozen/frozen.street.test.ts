/**
 * Frozen: what lamps hold and send is what was recorded.
 *
 * A lamp of this tree comes to the recorded state, and from it goes on as recorded. CONTRIBUTING says
 * how a change is argued.
 *
 * Promise: A lamp in the field boots and goes on with what an earlier version stored and sent.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { equalsGolden } from "../support/golden.js";
import { scaled } from "../support/scale.js";
import { CASES } from "./cases.js";
import { withoutFreeTexts } from "./freetexts.js";
import { liveNames } from "./names.js";
import { FOLDER, fileOf, files, outcomeOf, RECORD_COMMAND, recorded, stateOf } from "./record.js";
import type { Outcome, State } from "./state.js";
import { firstHours, HOURS, LAMPS, liveStreet, type Street } from "./street.js";

const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));

test("each case is recorded, and nothing else", () => {
	equalsGolden(Object.keys(CASES).sort(), files(), FOLDER, RECORD_COMMAND);
});

describe.each(Object.entries(CASES).map(([name, { about }]) => [name, about]))("%s: %s", (name) => {
	test("a lamp of this tree comes to the recorded state", () => {
		equalsGolden(stateOf(name), recorded(name)!.state, fileOf(name), RECORD_COMMAND);
	});
	test("it goes on as recorded", () => {
		const { state, outcome } = recorded(name)!;
		equalsGolden(outcomeOf(name, state), outcome, fileOf(name), RECORD_COMMAND);
	});
});

/** A section of the settings in the store, without its seal; undefined: the text has none. */
const sealless = (key: string, text: string | null) =>
	/^(?:set|alt)\./.test(key) ? /^\d+(\{.*)$/.exec(text ?? "")?.[1] : undefined;

/** As an earlier version left it: no seal of its settings is this firmware's. */
function earlier(state: State): State {
	const store = Object.entries(state.store).map(([key, text]) => {
		const bare = sealless(key, text);
		return [key, bare === undefined ? text : `281474976710655${bare}`];
	});
	return { ...state, store: Object.fromEntries(store) };
}

/** All but the writes of flash, which telemetry counts. */
function withoutWrites({ store, flash, wire, ...rest }: Outcome) {
	const unsealed = Object.entries(store).filter(([key, text]) => !sealless(key, text));
	const said = wire.filter((line) => !/~\/telemetry |^all: /.test(line));
	return { unsealed, said, ...rest };
}

test.each(Object.keys(CASES))(
	"%s: under seals of an earlier version the settings are validated, and light and wire are the same",
	(name) => {
		const { state, outcome } = recorded(name)!;
		const went = outcomeOf(name, earlier(state));
		expect(withoutWrites(went)).toEqual(withoutWrites(outcome));
		for (const [key, text] of Object.entries(went.store)) {
			const bare = sealless(key, text);
			if (bare === undefined) continue;
			expect([key, bare]).toEqual([key, sealless(key, outcome.store[key] ?? state.store[key]!)]);
		}
	},
);

/** In the part the dusk and the evening; the gate lives through the night, too. */
const lived = scaled(4, HOURS);
test(`${LAMPS} lamps for ${lived} h: light and wire are what they were, hour by hour`, async () => {
	const path = "tests/frozen/street.json";
	const street: Street = read(path);
	const expected = firstHours(street, lived);
	expect(Object.values(expected).map(({ length }) => length)).toEqual(Array(LAMPS).fill(lived));
	equalsGolden(await liveStreet(lived), expected, path, RECORD_COMMAND);
});

test("no key of the store, topic, field, event, reason or setting is another", () => {
	const path = "tests/frozen/names.json";
	equalsGolden(liveNames(), read(path), path, RECORD_COMMAND);
});

describe("a text is free", () => {
	const rows: [why: string, text: string, left: string][] = [
		[
			"in an explanation",
			'{"explanation":["a \\" b","c"],"id":"x"}',
			'{"explanation":"*","id":"x"}',
		],
		["of one sentence", '{"explanation":"a","level":1}', '{"explanation":"*","level":1}'],
		[
			"in the message of a fault",
			'{"where":"link","message":"x is no y"}',
			'{"where":"link","message":"*"}',
		],
	];
	test.each(rows)("%s", (_why, text, left) => expect(withoutFreeTexts(text)).toBe(left));
	const frozen: [why: string, text: string][] = [
		["where a fault was", '{"where":"link"}'],
		[
			"why a setting was refused",
			'{"rejected":{"revision":9,"why":"floorLevel must be 0 to 100 %"}}',
		],
		["a message of no fault", '{"message":"x"}'],
	];
	test.each(frozen)("but not %s", (_why, text) => expect(withoutFreeTexts(text)).toBe(text));
});

/**
 * Quick expect: Jest's `expect` at little cost where an assertion holds.
 *
 * Jest's own takes a stack and makes six functions for each matcher, some 30 us a call, and a loop
 * of a property calls it by the ten thousand. Here a matcher of HOLDS whose values hold returns at
 * once; every other case is Jest's: what fails, what is negated, and objects.
 */

/** Whether values are the same, or lists of the same; an object is left to Jest. */
const areSame = (one, other) =>
	Object.is(one, other) ||
	(Array.isArray(one) &&
		Array.isArray(other) &&
		one.length === other.length &&
		Object.keys(one).length === one.length && // no holes, no more than elements
		Object.keys(other).length === one.length &&
		one.every((each, nth) => areSame(each, other[nth])));

const areNumbers = (one, other) => typeof one === "number" && typeof other === "number";

/** By matcher, whether it certainly holds. */
const HOLDS = {
	toBe: Object.is,
	toEqual: areSame,
	toContain: (list, item) => Array.isArray(list) && list.indexOf(item) >= 0,
	toContainEqual: (list, item) => Array.isArray(list) && list.some((each) => areSame(each, item)),
	toBeLessThan: (one, other) => areNumbers(one, other) && one < other,
	toBeLessThanOrEqual: (one, other) => areNumbers(one, other) && one <= other,
	toBeGreaterThan: (one, other) => areNumbers(one, other) && one > other,
	toBeGreaterThanOrEqual: (one, other) => areNumbers(one, other) && one >= other,
};

/** A matcher that asks Jest's of that name where `holds` is not certain, and is counted as Jest's is. */
function quickly(expect, name, holds) {
	return function matcher(...expected) {
		if (expected.length === 1 && holds(this.actual, expected[0])) {
			const state = expect.getState();
			state.assertionCalls += 1;
			state.numPassingAsserts += 1;
			return;
		}
		try {
			expect(this.actual)[name](...expected);
		} catch (error) {
			Error.captureStackTrace(error, matcher); // the line of the test
			throw error;
		}
	};
}

/** The same assertions as those of `expect`, which makes them when they are needed. */
export function quick(expect) {
	class Expectation {
		constructor(actual) {
			this.actual = actual;
		}
	}
	const define = (name, property) => Object.defineProperty(Expectation.prototype, name, property);
	for (const name of Object.keys(expect(undefined))) {
		const holds = HOLDS[name];
		if (holds) define(name, { value: quickly(expect, name, holds) });
		else
			define(name, {
				get() {
					return expect(this.actual)[name];
				},
			});
	}
	const made = (...values) =>
		values.length === 1 ? new Expectation(values[0]) : expect(...values);
	return Object.defineProperties(made, Object.getOwnPropertyDescriptors(expect));
}

/** Faults: a few are borne, too many ask for a fresh start. */
import { expect, test } from "@jest/globals";
import { HOUR } from "../../lib/spans.js";
import { CONSOLE, FAULTS_AN_HOUR, Faults } from "../../src/monitor/faults.js";

const notes = (gap: number, count: number): (string | undefined)[] => {
	const faults = new Faults();
	const answers = Array.from({ length: count }, (_, index) => faults.note(index * gap, "link"));
	expect(faults.count).toBe(count);
	return answers;
};

test("the twentieth within an hour asks for a restart, those before do not", () => {
	const answers = notes(1000, FAULTS_AN_HOUR);
	expect(answers.slice(0, -1).every((answer) => answer === undefined)).toBe(true);
	expect(answers.at(-1)).toBe("tooManyFaults");
});
test("twenty in exactly an hour are too many, a little slower is borne for ever", () => {
	expect(notes(HOUR / (FAULTS_AN_HOUR - 1), FAULTS_AN_HOUR).at(-1)).toBe("tooManyFaults");
	const late = new Faults();
	for (let index = 1; index < FAULTS_AN_HOUR; index += 1) late.note(0, "link");
	expect(late.note(HOUR + 1, "link")).toBeUndefined();
	const slow = notes(HOUR / (FAULTS_AN_HOUR - 1) + 1, 10 * FAULTS_AN_HOUR);
	expect(slow.every((answer) => answer === undefined)).toBe(true);
});
test("a burst long after a quiet start is noticed as soon", () => {
	const faults = new Faults();
	for (let index = 0; index < 3; index += 1)
		expect(faults.note(index * 10 * HOUR, "link")).toBeUndefined();
	let answer: string | undefined;
	for (let index = 0; index < FAULTS_AN_HOUR; index += 1) {
		expect(answer).toBeUndefined();
		answer = faults.note(100 * HOUR, "link");
	}
	expect(answer).toBe("tooManyFaults");
});
test("those of the console, which anybody can type, ask for none", () => {
	const faults = new Faults();
	for (let index = 0; index < 10 * FAULTS_AN_HOUR; index += 1)
		expect(faults.note(index, CONSOLE)).toBeUndefined();
	expect(faults.count).toBe(0);
});

/** The status LED's codes, as the documents list them, on the devkit's pin. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { LINK, REASON } from "../../../src/indication.js";
import { rigOf } from "./rig.js";

const LED = 33;
const PROGRAM = REASON.indexOf("program");

/** How the LED is lit and dark, ms in turn, from the moment the code is shown. */
function shown(reason: number, link: number, span: number): number[] {
	const { controller, pole } = rigOf();
	const { written } = controller.pin(LED);
	written.length = 0;
	pole.indicator.show(0, 0, reason, 50, link);
	const spans: number[] = [];
	let last = written.at(-1);
	for (let since = 1, passed = 0; passed < span; passed += 1, since += 1) {
		controller.pass(1);
		if (written.at(-1) === last) continue;
		spans.push(since);
		last = written.at(-1);
		since = 0;
	}
	return [written[0]!, ...spans];
}

/** The board's page and the technician's guides list the code. */
function expectDocumented(lit: number, dark: number): void {
	const [en, fr] = [",", " "].map((mark) => `${dark}`.replace(/(?=\d{3}$)(?<=\d)/, mark));
	const row = `lit ${lit} ms, dark ${en} ms`;
	for (const page of ["boards", "technician"])
		expect(readFileSync(`docs/${page}.md`, "utf8")).toContain(row);
	const french = readFileSync("docs/technicien.md", "utf8");
	expect(french).toContain(`allumée ${lit} ms, éteinte ${fr} ms`);
}

describe("the status LED", () => {
	const codes: [link: (typeof LINK)[number], lit: number, dark: number][] = [
		["off", 50, 4950],
		["waiting", 100, 1900],
		["connecting", 250, 250],
	];
	test.each(codes)("%s: lit %d ms, dark %d ms, over and over", (link, lit, dark) => {
		const spans = shown(PROGRAM, LINK.indexOf(link), 2 * (lit + dark));
		expect(spans).toEqual([1, lit, dark, lit, dark]);
		expectDocumented(lit, dark);
	});

	test("online: lit for good", () => {
		expect(shown(PROGRAM, LINK.indexOf("online"), 10_000)).toEqual([1]);
	});

	test("a failure of the lamp itself flickers, whatever the link does", () => {
		const failure = REASON.indexOf("systemFailure");
		for (let link = 0; link < LINK.length; link += 1)
			expect(shown(failure, link, 400)).toEqual([1, 50, 150, 50, 150]);
		expectDocumented(50, 150);
	});

	test("a code that is shown again goes on, another begins at once", () => {
		const { controller, pole } = rigOf();
		const { written } = controller.pin(LED);
		pole.indicator.show(0, 0, PROGRAM, 50, LINK.indexOf("waiting"));
		const before = written.length;
		pole.indicator.show(1, 0, PROGRAM, 90, LINK.indexOf("waiting"));
		expect(written).toHaveLength(before);
		pole.indicator.show(1, 0, PROGRAM, 90, LINK.indexOf("online"));
		controller.pass(10_000);
		expect(written.slice(before)).toEqual([1]);
	});
});

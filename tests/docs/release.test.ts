/** Release: version and day are the same in package, firmware, changelog and publiccode.yml; the gate's versions of Node. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { SW_DATE, SW_VERSION } from "../../src/version.js";

const read = (path: string) => readFileSync(path, "utf8");
const day = new Date(SW_DATE).toISOString().slice(0, 10);
const manifest = JSON.parse(read("package.json"));

describe("release", () => {
	test("the changelog begins with this version and its day", () => {
		const [, heading] = /^## (.*)$/m.exec(read("CHANGELOG.md"))!;
		expect([`${SW_VERSION} (${day})`, "Unreleased"]).toContain(heading);
		expect(manifest.version).toBe(SW_VERSION);
	});
	test("publiccode.yml has version, day, licence and texts in both languages", () => {
		const code = parse(read("publiccode.yml"));
		expect(code).toMatchObject({ softwareVersion: SW_VERSION, releaseDate: day });
		expect(code.legal.license).toBe(manifest.license);
		for (const { shortDescription, longDescription } of [
			code.description.en,
			code.description.fr,
		]) {
			expect(shortDescription.length).toBeLessThanOrEqual(150);
			expect(longDescription.length).toBeGreaterThanOrEqual(150);
		}
	});
	test("no address of a repository is claimed", () => {
		expect([manifest.repository, parse(read("publiccode.yml")).url]).toEqual([
			undefined,
			undefined,
		]);
	});
	test("the gate runs npm run ci on three versions of Node, from the oldest on", () => {
		const { jobs } = parse(read(".github/workflows/gate.yml"));
		const { node } = jobs.gate.strategy.matrix;
		expect([node, manifest.engines.node]).toEqual([[20, 22, 24], `>=${node[0]}`]);
		expect(jobs.gate.steps.at(-1).run).toMatch(/npm run ci$/);
	});
	test.each(readdirSync(".github/ISSUE_TEMPLATE"))("the template %s is a form", (name) => {
		const form = parse(read(`.github/ISSUE_TEMPLATE/${name}`));
		if (name === "config.yml") expect(form).toHaveProperty("blank_issues_enabled");
		else
			expect([form.name, form.description, form.body.length > 1]).toEqual([
				expect.any(String),
				expect.any(String),
				true,
			]);
	});
});

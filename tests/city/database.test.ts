/**
 * Database: the store on SQLite, and its rows in the page of personal data;
 * tests/slow/system/citystore.test.ts has the same on PostgreSQL.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { OWN_ORDERS, REPORTS } from "../../city/contract.js";
import { RETENTION_WORDS, STEPS } from "../../city/retention.js";
import { databaseCases } from "../support/databasecases.js";

const folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
describe("SQLite", () => databaseCases(() => join(folder, "city.db")));

test.each(["personaldata", "donneespersonnelles"])(
	"docs/%s.md has every topic and table",
	(name) => {
		const page = readFileSync(`docs/${name}.md`, "utf8");
		const kinds = [...REPORTS.map(([kind]) => kind), ...OWN_ORDERS];
		const names = [...kinds.map((kind) => kind.replace("/+", "")), ...Object.keys(STEPS)];
		for (const one of names) expect([one, page.includes(`\`${one}\``)]).toEqual([one, true]);
		for (const [word, { default: days }] of Object.entries(RETENTION_WORDS))
			expect(page).toMatch(new RegExp(`\`${word}\` \\(${days} (days|jours)\\)`));
	},
);

/** Metrics and alerts as Debian's promtool reads them. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { Fleet } from "../../../city/bridge/fleet.js";
import { textOf } from "../../../city/bridge/metrics.js";
import { ROOT } from "../support/programs.js";

const RULES = join(ROOT, "city/files/prometheus-rules.yml");
const promtool = (args: readonly string[], input = ""): string =>
	execFileSync("promtool", args, { input, encoding: "utf8" });

function fleet(): Fleet {
	const many = new Fleet("luminode/1", () => 1_800_000_000_000);
	for (let n = 0; n < 20; n++) {
		const say = (kind: string, body: object) =>
			many.take(`luminode/1/liege/p${n}/${kind}`, Buffer.from(JSON.stringify(body)), true);
		say("status", { online: n % 5 > 0 });
		say("birth", { group: `g${n % 3}`, swVersion: "0.1.0" });
		say("state", { actualLightState: n, dark: true, faults: n === 7 ? ["lampFailure"] : [] });
		say("event", { severity: "repair" });
	}
	return many;
}

test("the metrics pass promtool's linter", () => {
	expect(promtool(["check", "metrics"], textOf(fleet(), true))).toBe("");
	expect(() => promtool(["check", "metrics"], "luminode_x{ 1\n")).toThrow();
});

test("the alerts are valid, and fire when they must", () => {
	expect(promtool(["check", "rules", RULES])).toMatch(/SUCCESS: 6 rules found/);
	const folder = mkdtempSync(join(tmpdir(), "luminode-"));
	const series = (name: string, values: string) =>
		`      - series: '${name}{site="liege",group="quay",version="0.1.0"}'\n        values: '${values}'`;
	const row = (alert: string, at: string, fires: boolean) =>
		[
			`      - eval_time: ${at}`,
			`        alertname: ${alert}`,
			...(fires
				? [
						"        exp_alerts:",
						"          - exp_labels: { severity: page, site: liege, group: quay }",
						"            exp_annotations:",
						"              summary: More than half of the lamps of liege/quay are out of contact",
						"              description: A feeder or a gateway may have failed. A switched feeder is silenced by day.",
					]
				: ["        exp_alerts: []"]),
		].join("\n");
	const text = [
		`rule_files: [${RULES}]`,
		"evaluation_interval: 1m",
		"tests:",
		"  - interval: 1m",
		"    input_series:",
		series("luminode_lamps", "10x60"),
		series("luminode_lamps_online", "10x10 4x50"),
		"    alert_rule_test:",
		row("StreetOffline", "10m", false),
		row("StreetOffline", "30m", true),
		row("LampsFaulty", "50m", false),
	].join("\n");
	const path = join(folder, "test.yml");
	writeFileSync(path, `${text}\n`);
	expect(promtool(["test", "rules", path])).toContain("SUCCESS");
	rmSync(folder, { recursive: true });
});

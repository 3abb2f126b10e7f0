/** Probation: which changes of settings are kept only after the lamp has reached its broker. */
import { describe, expect, test } from "@jest/globals";
import { needsProbation, PROBATION_MARGIN } from "../../src/settings/probation.js";
import { type Changes, DEFAULTS, type Settings, withValues } from "../../src/settings/table.js";

const online = withValues(DEFAULTS, {
	site: "liege",
	node: "pole-1",
	brokerHost: "broker.example",
	brokerUser: "pole-1",
	brokerPassword: "first",
	wifiName: "street",
	wifiPassword: "12345678",
} as Changes);
const changed = (from: Settings, changes: object) => withValues(from, changes as Changes);

describe("with a broker before and after", () => {
	const changes: [name: string, value: unknown][] = [
		["site", "charleroi"],
		["node", "pole-2"],
		["root", "city"],
		["brokerHost", "other.example"],
		["brokerPort", 8884],
		["brokerTls", false],
		["brokerServerName", "a.example"],
		["brokerUser", "b"],
		["brokerPassword", "c"],
		["wifiName", "quay"],
		["wifiPassword", "87654321"],
	];
	test.each(changes)("%s", (name, value) => {
		expect(needsProbation(online, changed(online, { [name]: value }))).toBe(true);
	});
	const others: [name: string, value: unknown][] = [
		["group", "quay"],
		["hold", 45_000],
		["reconnectSpread", 60_000],
	];
	test.each(others)("%s does not", (name, value) => {
		expect(needsProbation(online, changed(online, { [name]: value }))).toBe(false);
	});
});

test("lasts ten minutes longer than the spread", () => {
	expect(PROBATION_MARGIN).toBe(10 * 60_000);
});

describe("without a broker", () => {
	const depot = changed(online, { brokerHost: "" });
	test.each<[why: string, before: Settings, after: Settings, needs: boolean]>([
		["the first one: there is no state to revert to", depot, online, false],
		["none from now on: no proof is possible", online, depot, false],
		["another site", depot, changed(depot, { site: "charleroi" }), false],
		["another Wi-Fi, which the join proves", depot, changed(depot, { wifiName: "quay" }), true],
		["another key", depot, changed(depot, { wifiPassword: "87654321" }), true],
		["the first Wi-Fi", changed(depot, { wifiName: "" }), depot, false],
		["no Wi-Fi from now on", depot, changed(depot, { wifiName: "" }), false],
	])("%s", (_why, before, after, needs) => {
		expect(needsProbation(before, after)).toBe(needs);
	});
});

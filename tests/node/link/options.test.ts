/** Options: what the link receives of the settings, and whose sessions the broker is asked to keep. */
import { describe, expect, test } from "@jest/globals";
import { linkOptions } from "../../../src/node/link/options.js";
import { DEFAULTS, SECTIONS, type Settings, withValues } from "../../../src/settings/table.js";
import { FakeHost } from "../../support/fakehost.js";

function optionsOf(changes: Partial<Settings>) {
	const settings = withValues(DEFAULTS, changes);
	const settingsManager = { bank: { revision: 5 }, certificates: { version: 3 } };
	return linkOptions({ settings, settingsManager, host: new FakeHost() } as unknown as Parameters<
		typeof linkOptions
	>[0]);
}

describe("a session that the broker keeps, so that orders wait over the day", () => {
	const cases: [Settings["brokerSession"], Settings["supply"], isClean: boolean][] = [
		["auto", "always", true],
		["auto", "switched", false],
		["clean", "switched", true],
		["persistent", "always", false],
	];
	test.each(cases)("%s, %s fed: clean %s", (brokerSession, supply, isClean) => {
		expect(optionsOf({ brokerSession, supply }).cleanSession).toBe(isClean);
	});
});

test("the narrow profile has longer intervals, unless one is longer by itself, and a kept session", () => {
	const options = optionsOf({
		reporting: "narrow",
		telemetryInterval: 50_000_000,
	} as Partial<Settings>);
	expect(options).toMatchObject({
		cleanSession: false,
		keepAlive: 1_740_000,
		stateMinInterval: DEFAULTS.stateMinInterval,
		stateMaxInterval: 86_400_000,
		telemetryInterval: 50_000_000,
	});
	expect(optionsOf({})).toMatchObject({ reporting: "normal", keepAlive: 300_000 });
});

// security: 5.5-6, 5.5-7
test("a broker of which the address alone is set is called over TLS, at the port for it", () => {
	const options = optionsOf({ brokerHost: "broker.example" } as Partial<Settings>);
	expect(options).toMatchObject({ host: "broker.example", port: 8883, tls: true, certificates: 3 });
});

test("names, broker and intervals go to the link as they are set", () => {
	const names = { root: "city", site: "liege", node: "pole-7", group: "quay", feeder: "f1" };
	const who = { user: "u", password: "p", host: "a,b", port: 1, tls: false, serverName: "s" };
	const broker = {
		brokerUser: "u",
		brokerPassword: "p",
		brokerHost: "a,b",
		brokerPort: 1,
		brokerTls: false,
		brokerServerName: "s",
	};
	const spans = {
		keepAlive: 1000,
		reconnectSpread: 2000,
		stateMinInterval: 3000,
		stateMaxInterval: 4000,
		statePresenceInterval: 5000,
		telemetryInterval: 6000,
		replySpread: 7000,
	};
	const rest = {
		trafficK: 8,
		presenceReporting: true,
		language: "fr",
		supply: "switched",
	} as const;
	const options = optionsOf({ ...names, ...broker, ...spans, ...rest } as Partial<Settings>);
	expect(options).toMatchObject({
		...names,
		...who,
		...spans,
		...rest,
		serial: new FakeHost().serial,
		settingsRevision: 5,
		sections: SECTIONS,
	});
});

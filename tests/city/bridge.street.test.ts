/**
 * Bridge to Home Assistant, and metrics for Prometheus.
 *
 * Promise: Home Assistant and Prometheus show what the lamps report, and a button there never fixes
 * a light for good.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { connectAsync, type MqttClient } from "mqtt";
import { bridge } from "../../city/bridge/bridge.js";
import { discoveryOf, orderOf, stateOf } from "../../city/bridge/discovery.js";
import { Fleet, type Lamp } from "../../city/bridge/fleet.js";
import { metrics, textOf } from "../../city/bridge/metrics.js";
import { databaseOf } from "../../city/database.js";
import { AedesBroker } from "../support/aedesbroker.js";
import { FakeFleet } from "../support/fakefleet.js";
import { TestStation } from "../support/station.js";
import { until } from "../support/until.js";

const NOW = Date.UTC(2026, 10, 24, 21);

describe("commands of Home Assistant", () => {
	const override = (level: number) => ({
		command: "override",
		level,
		expiration: "2026-11-24T21:15:00.000Z",
	});
	const cases: [kind: "set" | "back", payload: string, order: object | undefined][] = [
		["set", '{"state":"ON","brightness":70}', override(70)],
		["set", '{"state":"ON"}', override(100)],
		["set", '{"state":"ON","brightness":0}', override(0)],
		["set", '{"state":"OFF"}', { command: "clearOverride" }],
		["back", "PRESS", { command: "clearOverride" }],
		["set", '{"state":"ON","brightness":255}', undefined],
		["set", '{"state":"ON","brightness":"70"}', undefined],
		["set", '{"brightness":70}', undefined],
		["set", "70", undefined],
		["set", "", undefined],
	];
	test.each(cases)("%s %s", (kind, payload, order) => {
		expect(orderOf(kind, payload, NOW, 15)).toEqual(order);
	});
});

describe("discovery", () => {
	const lamp: Lamp = {
		site: "liege",
		node: "pole-1",
		isOnline: true,
		isSeen: true,
		serial: "L1",
		group: "quay",
		version: "0.1.0",
		hardware: "esp32-devkit/1",
		level: 40,
		reason: "program",
		isOrdered: false,
		isDark: true,
		isMaintained: false,
		faults: [],
		power: 18.5,
		energy: 12.25,
		saved: 3,
		temperature: 11,
		isNarrow: false,
	};
	const { topic, payload } = discoveryOf(lamp, "luminode-bridge", "fr", "1");
	const device = payload as {
		readonly components: { [id: string]: { [key: string]: unknown } };
		readonly device: object;
		readonly origin: object;
	};
	/** Keys of the documentation, transcribed from its pages. */
	const KEYS: Readonly<Record<string, readonly string[]>> = {
		light: [
			"platform",
			"schema",
			"unique_id",
			"name",
			"command_topic",
			"state_topic",
			"brightness",
			"brightness_scale",
			"supported_color_modes",
		],
		button: ["platform", "unique_id", "name", "command_topic", "payload_press"],
		sensor: [
			"platform",
			"unique_id",
			"name",
			"state_topic",
			"value_template",
			"device_class",
			"state_class",
			"unit_of_measurement",
		],
		binary_sensor: [
			"platform",
			"unique_id",
			"name",
			"state_topic",
			"value_template",
			"device_class",
		],
	};
	test("by device: topic, device, origin and components", () => {
		expect(topic).toBe("homeassistant/device/luminode_L1/config");
		expect(device.device).toMatchObject({
			identifiers: ["luminode_L1"],
			name: "pole-1",
			sw_version: "0.1.0",
		});
		expect(device.origin).toMatchObject({ name: "luminode bridge" });
		expect(Object.keys(device).sort()).toEqual([
			"availability",
			"availability_mode",
			"components",
			"device",
			"origin",
			"qos",
		]);
		for (const [id, component] of Object.entries(device.components)) {
			expect(component.unique_id).toBe(id);
			expect(KEYS[String(component.platform)]).toEqual(
				expect.arrayContaining(Object.keys(component)),
			);
		}
	});
	test("the way back to the program is a button in words", () => {
		expect(device.components.luminode_L1_back).toMatchObject({
			name: "Retour au programme",
			platform: "button",
		});
	});
	test("the state has what its templates read", () => {
		const state = stateOf(lamp) as { [field: string]: unknown };
		expect(state).toMatchObject({
			state: "ON",
			brightness: 40,
			reason: "program",
			energy: 12.25,
			fault: "OFF",
		});
		for (const { value_template: template } of Object.values(device.components))
			if (template)
				expect(Object.keys(state)).toContain(/value_json\.(\w+)/.exec(String(template))![1]);
	});
});

describe("the level of a lamp", () => {
	const steady = { feedbackLightCommand: 80, actualLightState: 72 };
	test.each([
		["without a fade what shines, after the heat limit", steady, 72],
		["of a fade its end", { ...steady, fadeRemaining_s: 3.4 }, 80],
		["none in the report", {}, undefined],
	])("%s", (_name, state, level) => {
		const payload = Buffer.from(JSON.stringify(state));
		const lamp = new Fleet("luminode/1", () => NOW).take(
			"luminode/1/liege/pole-1/state",
			payload,
			false,
		);
		expect(lamp!.level).toBe(level);
	});
});

let broker: AedesBroker;
let fleet: FakeFleet;
let folder: string;
let address: string;
let assistant: MqttClient;
const seen = new Map<string, string>();
beforeEach(async () => {
	broker = await new AedesBroker().start();
	fleet = new FakeFleet(broker.url);
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	address = join(folder, "city.db");
	assistant = await connectAsync(broker.url, { protocolVersion: 4 });
	seen.clear();
	assistant.on("message", (topic, payload) => void seen.set(topic, String(payload)));
	await assistant.subscribeAsync(["homeassistant/#", "luminode-bridge/#"], { qos: 1 });
});
afterEach(async () => {
	await TestStation.endAll();
	await assistant.endAsync();
	await fleet.close();
	await broker.stop();
	rmSync(folder, { recursive: true });
});

describe("the bridge", () => {
	const start = async (...args: string[]) => {
		const station = new TestStation();
		const options = ["--broker", broker.url, "--database", address, "--site", "liege", ...args];
		const running = bridge(options, station);
		await until("it runs or ends", () => /bridge for|bridge:/.test(station.out + station.err));
		const stop = () => {
			station.end();
			return running;
		};
		return { station, stop, ended: running };
	};
	const set = (node: string, body: object) =>
		assistant.publishAsync(`luminode-bridge/liege:quay/${node}/set`, JSON.stringify(body), {
			qos: 1,
		});

	test("lamps of one group appear; a command is an override, off the way back", async () => {
		await fleet.start(2, (lamp, n) => {
			if (n === 2) lamp.group = "park";
		});
		const { stop } = await start("--group", "quay");
		await until(
			"the lamp is available",
			() => seen.get("luminode-bridge/liege:quay/pole-00001/available") === "online",
		);
		expect([...seen.keys()].filter((topic) => topic.startsWith("homeassistant/"))).toEqual([
			"homeassistant/device/luminode_L00001/config",
		]);
		await set("pole-00001", { state: "ON", brightness: 70 });
		await until(
			"the level is shown",
			() =>
				seen.get("luminode-bridge/liege:quay/pole-00001/state")?.includes('"brightness":70') ===
				true,
		);
		expect(seen.get("luminode-bridge/liege:quay/pole-00001/state")).toContain(
			'"reason":"override"',
		);
		// a slider: many commands, of which the latest counts
		for (const brightness of [10, 20, 30, 80]) await set("pole-00001", { state: "ON", brightness });
		await until("the latest level", () => fleet.lamps[0]!.level === 80);
		expect([fleet.lamps[0]!.level, fleet.lamps[0]!.acts.length]).toEqual([80, 2]);
		fleet.lamps[0]!.conduct = "rejects";
		await assistant.publishAsync("luminode-bridge/liege:quay/pole-00001/program", "PRESS");
		const db = await databaseOf(address);
		const orders = () =>
			db.selectFrom("orders").select(["task", "step", "why"]).orderBy("sent_at").execute();
		const ended = async () => (await orders()).filter(({ step }) => step !== "sent").length;
		await until("three have ended", async () => (await ended()) >= 3);
		expect(await orders()).toEqual([
			{ task: "override", step: "done", why: "" },
			{ task: "override", step: "done", why: "" },
			{ task: "clearOverride", step: "failed", why: "rateExceeded" },
		]);
		await db.destroy();
		expect(await stop()).toBe(0);
		await until(
			"the street is not available",
			() => seen.get("luminode-bridge/liege:quay/available") === "offline",
		);
		expect(seen.get("luminode-bridge/liege:quay/available")).toBe("offline");
	});
	test("started again, it sends the same devices; a lamp that goes is unavailable", async () => {
		await fleet.start(1);
		const first = await start();
		await until("the lamp is shown", () => seen.has("luminode-bridge/liege/pole-00001/available"));
		const before = seen.get("homeassistant/device/luminode_L00001/config");
		await first.stop();
		seen.clear();
		const second = await start();
		await until("the device", () => seen.has("homeassistant/device/luminode_L00001/config"));
		expect(seen.get("homeassistant/device/luminode_L00001/config")).toBe(before);
		fleet.lamps[0]!.isOnline = false;
		fleet.greet(fleet.lamps[0]!);
		await until(
			"the lamp is not available",
			() => seen.get("luminode-bridge/liege/pole-00001/available") === "offline",
		);
		expect(seen.get("luminode-bridge/liege/pole-00001/available")).toBe("offline");
		await second.stop();
	});
	test("of two bridges of a street the later one stays, and an order is sent once", async () => {
		await fleet.start(1);
		const first = await start();
		await until(
			"the lamp is available",
			() => seen.get("luminode-bridge/liege/pole-00001/available") === "online",
		);
		seen.clear();
		const second = await start();
		expect(await first.ended).toBe(1);
		expect(first.station.err).toMatch(/another bridge has taken this street/);
		await until("the second one has the lamp", () =>
			seen.has("luminode-bridge/liege/pole-00001/available"),
		);
		seen.clear();
		await assistant.publishAsync("luminode-bridge/liege/available", "offline", { qos: 1 }); // a late will
		await until(
			"the street is available",
			() => seen.get("luminode-bridge/liege/available") === "online",
		);
		expect(seen.get("luminode-bridge/liege/available")).toBe("online");
		await assistant.publishAsync("luminode-bridge/liege/pole-00001/program", "PRESS", { qos: 1 });
		await until("the lamp acts", () => fleet.lamps[0]!.acts.length > 0);
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(fleet.lamps[0]!.acts).toHaveLength(1);
		expect(await second.stop()).toBe(0);
	});
	test("two streets of a site, and two sites, do not take each other", async () => {
		await fleet.start(1);
		const all = [await start("--group", "quay"), await start("--group", "park"), await start()];
		all.push(await start("--site", "seraing"));
		await new Promise((resolve) => setTimeout(resolve, 200));
		for (const { stop } of all) expect(await stop()).toBe(0);
		const known = [...seen.keys()].filter((topic) => topic.endsWith("/owner")).sort();
		expect(known).toEqual(
			["liege", "liege:park", "liege:quay", "seraing"].map(
				(scope) => `luminode-bridge/${scope}/owner`,
			),
		);
	});
	test("after a cut connection it is available again", async () => {
		await fleet.start(1);
		const { stop } = await start();
		await until(
			"the street is available",
			() => seen.get("luminode-bridge/liege/available") === "online",
		);
		seen.clear();
		broker.cut();
		await until(
			"the street is available",
			() => seen.get("luminode-bridge/liege/available") === "online",
		);
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(seen.get("luminode-bridge/liege/available")).toBe("online");
		expect(await stop()).toBe(0);
	});
	test("a city is refused: 200 lamps are shown, and the remedy is said", async () => {
		await fleet.start(205);
		const { station, stop } = await start();
		await until("all that are shown", () => station.err !== "" && seen.size >= 3 * 200 + 2);
		await stop();
		const shown = [...seen.keys()].filter((topic) => topic.startsWith("homeassistant/device"));
		expect([shown.length, station.err]).toEqual([
			200,
			"bridge: more than 200 lamps; give --group for one street\n",
		]);
	});
});

describe("metrics", () => {
	test("sums by site, group and version, no node", async () => {
		await fleet.start(4, (lamp, n) => {
			if (n === 1) lamp.isOnline = false;
			if (n === 2) lamp.faults.push("lampFailure");
			if (n === 4) Object.assign(lamp, { group: "park", version: "1.2.0" });
		});
		const station = new TestStation();
		const running = metrics(["--broker", broker.url, "--port", "0"], station);
		await until("it listens", () => station.out.includes("http"));
		const url = /(http:\S+)\/metrics/.exec(station.out)![1]!;
		let text = "";
		const isComplete = () =>
			/_lit\{[^}]*group="park"[^}]*\} 1/.test(text) &&
			/_lit\{[^}]*group="quay"[^}]*\} 2/.test(text);
		while (!isComplete()) {
			text = await (await fetch(`${url}/metrics`)).text();
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
		expect(text).toContain('luminode_lamps_online{site="liege",group="quay",version="0.1.0"} 2\n');
		expect(text).toContain('luminode_lamps_faulty{site="liege",group="quay",version="0.1.0"} 1\n');
		expect(text).toContain('luminode_lamps{site="liege",group="park",version="1.2.0"} 1\n');
		expect(text).not.toMatch(/pole-|node=/);
		expect((await fetch(`${url}/other`)).status).toBe(404);
		station.end();
		expect(await running).toBe(0);
	});
	const say = (into: Fleet, node: string, kind: string, body: object, isRetained = true) =>
		into.take(`r/s/${node}/${kind}`, Buffer.from(JSON.stringify(body)), isRetained);
	const born = { serial: "L1", group: "q", swVersion: "1", state: { actualLightState: 50 } };
	const sumOf = (text: string, name: string) =>
		new RegExp(`^luminode_${name}\\{.*\\} (.*)$`, "m").exec(text)?.[1];
	test("a lamp out of contact gives no light, and a power that is not known is not nought", () => {
		const two = new Fleet("r", () => NOW);
		for (const node of ["a", "b"]) {
			say(two, node, "status", { online: node === "a" });
			say(two, node, "birth", born);
		}
		const names = ["lamps", "lamps_lit", "light_full_lamps", "active_power_watts", "lamps_metered"];
		const sums = () => names.map((name) => sumOf(textOf(two, true), name));
		expect(sums()).toEqual(["2", "1", "0.5", undefined, "0"]);
		expect(sumOf(textOf(two, true), "active_energy_joules")).toBeUndefined();
		say(two, "a", "telemetry", { activePower_W: 18.5, activeEnergy_kWh: 2 }, false);
		expect(sums()).toEqual(["2", "1", "0.5", "18.5", "1"]);
		const driver = { isMeasured: true, activePower_W: 41 };
		say(two, "a", "telemetry", { activePower_W: 18.5, activeEnergy_kWh: 2, driver }, false);
		expect(sums()).toEqual(["2", "1", "0.5", "41", "1"]);
		say(two, "a", "status", { online: false }, false);
		expect(sums()).toEqual(["2", "0", "0", undefined, "0"]);
		expect(sumOf(textOf(two, true), "active_energy_joules")).toBe("7200000");
	});
	test("a lamp with rare reports has energy, and no power of the moment", () => {
		const rare = new Fleet("r", () => NOW);
		const reporting = { profile: "narrow", keepAlive_s: 1740 };
		say(rare, "a", "status", { online: true });
		say(rare, "a", "telemetry", { activePower_W: 18.5 }, false);
		say(rare, "a", "birth", { ...born, reporting });
		say(rare, "a", "telemetry", { activePower_W: 18.5, activeEnergy_kWh: 2 }, false);
		const sums = ["active_power_watts", "lamps_metered", "active_energy_joules"];
		expect(sums.map((name) => sumOf(textOf(rare, true), name))).toEqual([
			undefined,
			"0",
			"7200000",
		]);
	});
	test("invented words make no series beyond a number", () => {
		const odd = new Fleet("r", () => NOW);
		for (let n = 0; n < 3_000; n++) {
			say(odd, `p${n}`, "birth", { ...born, group: `g${n}` });
			say(odd, `p${n}`, "event", { severity: `word${n}` }, false);
		}
		const text = textOf(odd, true);
		expect(text.match(/^luminode_events_total/gm)).toHaveLength(1);
		expect(text.match(/^luminode_lamps\{/gm)).toHaveLength(1_001);
		expect(text).toContain('luminode_lamps{site="other",group="other",version="other"} 2000\n');
	});
	test("10,000 lamps are as many series as groups and versions", () => {
		const many = new Fleet("luminode/1", () => NOW);
		for (let n = 0; n < 10_000; n++) {
			const birth = {
				serial: `L${n}`,
				group: `g${n % 20}`,
				swVersion: "0.1.0",
				state: { actualLightState: 40 },
			};
			many.take(`luminode/1/liege/p${n}/birth`, Buffer.from(JSON.stringify(birth)), true);
		}
		const text = textOf(many, true);
		expect(text.match(/^luminode_lamps\{/gm)).toHaveLength(20);
		expect(text).toContain('luminode_lamps{site="liege",group="g7",version="0.1.0"} 500\n');
		expect(text.length).toBeLessThan(30_000);
	});
	test.each([
		["status", "birth", "state"],
		["state", "birth", "status"],
	])("a lamp that is offline stays so, whichever is retained first: %s", (...kinds) => {
		const bodies: { [kind: string]: object } = {
			status: { online: false },
			birth: { serial: "L1", group: "quay", swVersion: "0.1.0" },
			state: { actualLightState: 40, dark: true },
		};
		const away = new Fleet("r", () => NOW);
		const take = (kind: string, isRetained: boolean) =>
			away.take(`r/s/n/${kind}`, Buffer.from(JSON.stringify(bodies[kind])), isRetained)!.isOnline;
		expect(kinds.map((kind) => take(kind, true)).at(-1)).toBe(false);
		expect(take("state", false)).toBe(true); // it reports
		expect(take("status", false)).toBe(false); // its will
	});
	test("a hostile name cannot break a line", () => {
		const odd = new Fleet("r", () => NOW);
		odd.take(
			"r/s/n/birth",
			Buffer.from(JSON.stringify({ group: 'a"} 1\nluminode_x 2', swVersion: "\\" })),
			true,
		);
		expect(textOf(odd, false)).toContain('group="a\\"} 1\\nluminode_x 2",version="\\\\"} 1\n');
	});
});

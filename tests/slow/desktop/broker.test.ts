/**
 * The firmware in XS 17 on real sockets and TLS 1.3, at a real mosquitto, for ten real minutes.
 *
 * A step stands on the one before. Minutes and figures come with `npm run host -- headless --broker`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import { pause } from "../../support/until.js";
import { Mosquitto } from "../support/brokers.js";
import { Authority, type Identity } from "../support/certificates.js";
import { Program } from "../support/programs.js";
import { LiveLamp } from "./livelamp.js";

const LIFE = Number(process.env.LUMINODE_MINUTES ?? 10) * MINUTE;
const NODE = "luminode/1/liege/pole-1";
const HERE = "DNS:localhost,IP:127.0.0.1";
/** From the PIR's word to the first change of the PWM, by the lamp's clock. */
const LATEST_RISE = 1000;

let folder: string;
let city: Authority;
let broker: Mosquitto;
let hall: Program; // the city's ear
let lamp: LiveLamp;
let began: number;

const sections = (port: number) => ({
	identity: { site: "liege", node: "pole-1" },
	calendar: { program: "12:00 40" }, // the same at whatever hour it is run
	light: { floorLevel: 20, presenceLevel: 90, lingerLevel: 50, hold: 5, linger: 5, settleTime: 0 },
	link: {
		brokerHost: "127.0.0.1",
		brokerPort: port,
		brokerTls: true,
		reconnectSpread: 5,
		keepAlive: 30,
		telemetryInterval: 60,
	},
});

/** What the broker shows from its next start: its own certificate, with the city's behind it or alone. */
function show(id: Identity, ...behind: string[]): void {
	broker.write("shown.pem", [id.cert, ...behind].join("\n"));
	broker.write("shown.key", id.key);
}
/** The listener for lamps, and a plain one of the loopback for the CMS. */
const listeners = (plain: number, ...more: string[]) => [
	"allow_anonymous true",
	"persistence false",
	"tls_version tlsv1.3",
	`certfile ${join(broker.folder, "shown.pem")}`,
	`keyfile ${join(broker.folder, "shown.key")}`,
	...more,
	`listener ${plain} 127.0.0.1`,
	"allow_anonymous true",
];
const plainPort = () => broker.port + 1; // freePort looks for three in a row

function listen(): Program {
	const where = ["-h", "127.0.0.1", "-p", String(plainPort()), "-q", "1", "-v"];
	return new Program("mosquitto_sub", [...where, "-t", "luminode/#"]);
}
async function publish(topic: string, ...payload: string[]): Promise<void> {
	const where = ["-h", "127.0.0.1", "-p", String(plainPort()), "-q", "1", "-t", topic];
	const program = new Program("mosquitto_pub", [...where, ...payload]);
	expect([await program.ended(), program.output]).toEqual([0, ""]);
}
async function order(id: string, fields: object): Promise<void> {
	const issued = new Date().toISOString();
	const text = JSON.stringify({ id, issued, validFor: 60, ...fields });
	await publish(`${NODE}/command`, "-m", text);
}
async function restart(): Promise<void> {
	await hall.stop();
	await broker.revive();
	hall = listen();
}

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "luminode-"));
	city = new Authority(folder, "city");
	broker = new Mosquitto();
	show(city.sign("broker", { san: HERE }), city.ca);
	const port = await broker.reserve();
	await broker.start(listeners(port + 1));
	hall = listen();
	began = Date.now();
	lamp = new LiveLamp(sections(port), { "tls.ca": city.ca });
	lamp.send("illuminance 2"); // night
});

beforeEach(() => {
	const { currentTestName } = expect.getState();
	process.stdout.write(`${Math.round((Date.now() - began) / 1000)} s: ${currentTestName}\n`);
});

afterAll(async () => {
	await Promise.all([lamp?.stop(), hall?.stop(), broker?.stop()]);
	rmSync(folder, { recursive: true });
});

describe("a lamp on the desktop, at mosquitto over TLS", () => {
	test("comes online, and reports status, birth, state and telemetry", async () => {
		await lamp.next("stream", /^open$/);
		await lamp.next("link", /^online$/);
		await hall.says(new RegExp(`${NODE}/status .*"online":true`));
		await hall.says(new RegExp(`${NODE}/birth .*desktop-00001`));
		await hall.says(new RegExp(`${NODE}/state .*"actualLightState"`));
		await hall.says(new RegExp(`${NODE}/telemetry .*"activeEnergy_kWh"`));
	});

	test("rises for who passes", async () => {
		expect(await lamp.passBy()).toBeLessThan(LATEST_RISE);
	});

	test("obeys an override and answers it", async () => {
		const end = new Date(Date.now() + 20_000).toISOString();
		lamp.skip();
		const override = { command: "override", level: 55, inhibitSensors: true, expiration: end };
		await order("proof-1", override);
		await hall.says(/reply .*"id":"proof-1","status":"accepted"/);
		await lamp.next("duty");
		await hall.says(new RegExp(`${NODE}/state .*"feedbackLightCommand":55.*"reason":"override"`));
		await hall.says(/"type":"override","startEndFlag":"end"/);
	});

	test("takes no harm from a message without a byte, retained or not", async () => {
		await publish(`${NODE}/command`, "-n");
		await publish(`${NODE}/command`, "-n", "-r");
		await order("proof-2", { command: "report" });
		await hall.says(/reply .*"id":"proof-2","status":"(accepted|done)"/);
	});

	test("shines on while the broker is dead, and comes back to it", async () => {
		broker.kill();
		await lamp.next("link", /^waiting$/);
		expect(await lamp.passBy()).toBeLessThan(LATEST_RISE);
		await restart();
		await lamp.next("link", /^online$/);
		await hall.says(new RegExp(`${NODE}/status .*"online":true.*"connection":[2-9]`));
	});

	test("refuses a certificate of another city, and comes back once it is right", async () => {
		show(new Authority(folder, "elsewhere").sign("broker", { san: HERE }), city.ca);
		lamp.skip();
		await restart();
		await lamp.next("stream", /^tlsRefused$/);
		show(city.sign("again", { san: HERE }), city.ca);
		await restart(); // at once: each refusal doubles the window of the next attempt
		expect(await lamp.passBy()).toBeLessThan(LATEST_RISE);
		if (lamp.link !== "online") await lamp.next("link", /^online$/);
		await hall.says(new RegExp(`${NODE}/event .*"type":"linkLost"`));
	});

	const bad: [what: string, sign: () => [id: Identity, ca: string]][] = [
		["for another name", () => [city.sign("other", { san: "DNS:elsewhere.example" }), city.ca]],
		["that has expired", () => [city.sign("old", { san: HERE, from: -9, to: -2 }), city.ca]],
		[
			"of another city",
			() => {
				const other = new Authority(folder, "stranger");
				return [other.sign("broker", { san: HERE }), other.ca];
			},
		],
	];
	test.each(bad)("refuses a certificate %s, and shines on", async (_what, sign) => {
		const [id, ca] = sign();
		const stranger = new Mosquitto();
		const chain = stranger.write("chain.pem", `${id.cert}\n${ca}`);
		await stranger.start(["allow_anonymous true", `certfile ${chain}`, `keyfile ${id.keyPath}`]);
		const other = new LiveLamp(sections(stranger.port), { "tls.ca": city.ca });
		other.send("illuminance 2");
		await other.next("stream", /^tlsRefused$/);
		expect(await other.passBy()).toBeLessThan(LATEST_RISE);
		expect(other.said.filter(({ rest }) => rest === "online")).toEqual([]);
		expect(await other.end()).toBe(0);
		await stranger.stop();
	});

	test("lives on to the end of its minutes without a fault, and holds no more memory", async () => {
		const before = await lamp.memory();
		while (Date.now() - began < LIFE) {
			await pause(20_000);
			expect(await lamp.passBy()).toBeLessThan(LATEST_RISE);
		}
		await pause(20_000);
		const after = await lamp.memory();
		process.stdout.write(
			`live: ${JSON.stringify(before)} after the last reconnection, ${JSON.stringify(after)} at the end\n`,
		);
		expect(after.slots - before.slots).toBeLessThan(64);
		expect(lamp.said.filter(({ word }) => word === "fault" || word === "restart")).toEqual([]);
		expect(await lamp.end()).toBe(0);
	});
});

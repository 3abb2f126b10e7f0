/**
 * City images: campaigns of images on simulated lamps, one paused and continued, each rolled back to the
 * end: the lamps' births have the version of the image that runs.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { connectAsync, type MqttClient } from "mqtt";
import { bundle } from "../../../lib/bundle.mjs";
import { SW_VERSION } from "../../../src/version.js";
import { signing } from "../../../tools/image/signing.js";
import { imageOf } from "../../support/images.js";
import { pause } from "../../support/until.js";
import { Mosquitto } from "../support/brokers.js";
import { Program, simulator } from "../support/programs.js";

const LAMPS = 4;
const VERSIONS = [SW_VERSION, "1.2.0", "1.3.0"];
/** By day no lamp waits for a vacant place. */
const START = "2026-11-24T11:00:00+01:00";
const WITHIN = 240; // s, for a download and ten minutes of probation

const folder = mkdtempSync(join(tmpdir(), "luminode-"));
const at = (name: string) => join(folder, name);
const nodes = Array.from(
	{ length: LAMPS },
	(_, index) => `pole-${String(index + 1).padStart(5, "0")}`,
);

let broker: Mosquitto;
let street: Program;
let client: MqttClient;
let desk: string;
/** Latest version of each lamp, and the updates that it kept. */
const running = new Map<string, string>();
const kept = new Map<string, string[]>(nodes.map((node) => [node, []]));

/** Writes an image that runs under a version, its header, and an offer of it. */
function made(version: string): void {
	const image = at(`images/${version}.bin`);
	writeFileSync(image, Buffer.concat([Buffer.from(`RUNS ${version}\n`), imageOf(4_000)]));
	const about = ["--hardware", "virtual/1", "--version", version, "--counter", "1"];
	expect(signing(["image", image, "--key", at("city.key"), ...about])).toMatchObject({ status: 0 });
	const url = `https://images.street/${version}.bin`;
	const header = readFileSync(`${image}.header`, "utf8").trim();
	const offer = {
		id: `to-${version}`,
		version,
		url,
		header,
		notBefore: new Date(START),
		spread: 0,
	};
	writeFileSync(at(`${version}.json`), JSON.stringify(offer));
}

function take(topic: string, payload: Buffer): void {
	const [, , , node = "", kind] = topic.split("/");
	const { swVersion, type, attributes } = JSON.parse(String(payload));
	if (kind === "birth") running.set(node, swVersion);
	if (type === "updateKept") kept.get(node)!.push(attributes.version);
}

beforeAll(async () => {
	mkdirSync(at("images"));
	signing(["keys", folder, "--name", "city"]);
	VERSIONS.forEach(made);
	const rows = nodes.map((node, index) => `${index + 1},L0000${index + 1},liege,${node},quay`);
	writeFileSync(at("site.csv"), `pole,serial,site,node,group\n${rows.join("\n")}\n`);
	broker = await new Mosquitto([]).start(["allow_anonymous true"]);
	desk = await bundle("city/bin/desk.ts");
	client = await connectAsync(url());
	client.on("message", take);
	await client.subscribeAsync(["birth", "event"].map((kind) => `luminode/1/liege/+/${kind}`));
	const images = ["--image", at("images"), "--image-key", at("city.public")];
	const streetArgs = ["--headless", "--speed", "60", "--lamps", `${LAMPS}`, "--seed", "7"];
	street = simulator(
		...streetArgs,
		"--start",
		START,
		"--duration",
		"720h",
		"--broker",
		url(),
		...images,
	);
	for (let waited = 0; running.size < LAMPS; waited += 100) {
		if (waited >= 300_000 || street.code !== undefined) throw new Error(street.output);
		await pause(100);
	}
});
afterAll(async () => {
	await client?.endAsync();
	await street?.stop("SIGINT");
	await broker?.stop();
	rmSync(folder, { recursive: true });
});

const url = () => `mqtt://127.0.0.1:${broker.port}`;
const run = (...args: string[]) => {
	const connectionArgs = ["--broker", url(), "--database", at("city.db")];
	const all = [desk, ...args, ...connectionArgs, "--patience", `${WITHIN}`];
	return new Program(process.execPath, all);
};
const done = async (program: Program) => {
	expect([await program.ended(), program.output]).toEqual([0, program.output]);
	return /campaign (\S+)/.exec(program.output)![1]!;
};
const all = (version: string) => nodes.map((node) => [node, version]);
const now = () => [...running].sort();

test("a campaign is paused after its wave, continued, and rolled back by an offer", async () => {
	expect(now()).toEqual(all(SW_VERSION));
	const first = run("update", at("site.csv"), "--offer", at("1.2.0.json"), "--wave", "2");
	const [, campaign] = await first.says(/campaign (\S+)/);
	expect(await run("pause", campaign!).ended()).toBe(0);
	expect([await first.ended(), first.output]).toEqual([1, expect.stringContaining("paused")]);
	expect(now().map(([, version]) => version)).toEqual(["1.2.0", "1.2.0", SW_VERSION, SW_VERSION]);
	expect(await done(run("resume", campaign!))).toBe(campaign);
	expect(now()).toEqual(all("1.2.0"));
	await done(run("rollback", campaign!, "--offer", at(`${SW_VERSION}.json`)));
	expect(now()).toEqual(all(SW_VERSION));
});

test("the next campaign is rolled back by the offer in the database", async () => {
	const next = ["--offer", at("1.3.0.json"), "--wave", "4"];
	const campaign = await done(run("update", at("site.csv"), ...next));
	expect(now()).toEqual(all("1.3.0"));
	await done(run("rollback", campaign));
	expect(now()).toEqual(all(SW_VERSION));
	const story = ["1.2.0", SW_VERSION, "1.3.0", SW_VERSION];
	expect([...kept.values()]).toEqual(nodes.map(() => story));
	const list = run("campaigns");
	expect(await list.ended()).toBe(0);
	expect(list.output.match(/ done: update/g)).toHaveLength(4);
});

/** Who is let in, and whom the lamp lets in: TLS, certificates, passwords, ACLs, kept sessions. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import { SW_DATE } from "../../../src/version.js";
import { keysFor } from "../../support/technician.js";
import { pause } from "../../support/until.js";
import { Mosquitto } from "../support/brokers.js";
import { Authority, type Identity } from "../support/certificates.js";
import { NODE, Outpost, SERIAL } from "../support/outpost.js";
import { Program } from "../support/programs.js";
import { Recorder } from "../support/recorder.js";

const PLAIN = ["allow_anonymous true", "persistence false"];

/** Whether a lamp so set up comes online within some minutes, and how its streams ended. */
async function admitted(
	broker: Mosquitto,
	link: object,
	store: Record<string, string> = {},
	hasTime = true,
): Promise<{ isIn: boolean; ends: string[] }> {
	const lamp = await Outpost.of({ port: broker.port, link: { ...link }, store, hasTime });
	const before = broker.output.length;
	const isIn = () => broker.output.slice(before).includes(`PUBLISH from ${SERIAL}`);
	await lamp.run(3 * MINUTE, () => isIn() || lamp.ends.length > 0);
	const { ends, deaths } = lamp;
	expect(deaths).toEqual([]);
	for (let look = 0; look < 40 && !isIn() && ends.length === 0; look++) await pause(25); // its log
	await lamp.close();
	return { isIn: isIn(), ends };
}

describe("TLS", () => {
	let folder: string;
	let city: Authority;
	let stranger: Authority;
	let broker: Mosquitto;
	let mutual: Mosquitto;
	let expired: Mosquitto;
	let unborn: Mosquitto;
	let lamp: Identity;

	const listener = (id: Identity, ...more: string[]) => [
		...PLAIN,
		`certfile ${id.certPath}`,
		`keyfile ${id.keyPath}`,
		...more,
	];
	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), "luminode-"));
		city = new Authority(folder, "city");
		stranger = new Authority(folder, "stranger");
		const from = (SW_DATE - Date.now()) / 86_400_000 - 1; // older than the version
		const san = { san: "DNS:broker.city,IP:127.0.0.1", from };
		const server = city.sign("broker", san);
		lamp = city.sign("pole-00001");
		const asks = [`cafile ${city.caPath}`, "require_certificate true"];
		broker = await new Mosquitto().start(listener(server));
		mutual = await new Mosquitto().start(
			listener(server, ...asks, "use_identity_as_username true"),
		);
		expired = await new Mosquitto().start(
			listener(city.sign("old", { ...san, from: -30, to: -1 })),
		);
		unborn = await new Mosquitto().start(listener(city.sign("new", { ...san, from: 1 })));
	});
	afterAll(async () => {
		for (const mosquitto of [broker, mutual, expired, unborn]) await mosquitto?.stop();
		rmSync(folder, { recursive: true });
	});

	const tls = (more: object = {}) => ({
		brokerTls: true,
		brokerServerName: "broker.city",
		...more,
	});
	const ca = () => ({ "tls.ca": city.ca });
	const shown = (id: Identity) => ({ ...ca(), "tls.cert": id.cert, "tls.key": id.key });

	test("a broker of the city's CA under the name that is set", async () => {
		expect(await admitted(broker, tls(), ca())).toEqual({ isIn: true, ends: [] });
	});
	test("a broker by its address, which its certificate names", async () => {
		expect(await admitted(broker, tls({ brokerServerName: "" }), ca())).toMatchObject({
			isIn: true,
		});
	});
	test("a lamp without a clock judges by a date that is past for certain, and gets in", async () => {
		expect(await admitted(broker, tls(), ca(), false)).toMatchObject({ isIn: true });
	});
	// security: 5.1-3
	test("mutual TLS: the certificate from the store is shown, and its name is the user", async () => {
		expect(await admitted(mutual, tls(), shown(lamp))).toMatchObject({ isIn: true });
		expect(mutual.output).toMatch(new RegExp(`as ${SERIAL} .*u'pole-00001'`));
	});

	const refusals: [why: string, () => [Mosquitto, object, Record<string, string>]][] = [
		["no CA in the store", () => [broker, tls(), {}]],
		["another CA", () => [broker, tls(), { "tls.ca": stranger.ca }]],
		["another name", () => [broker, tls({ brokerServerName: "other.city" }), ca()]],
		["an expired certificate", () => [expired, tls(), ca()]],
		["a certificate that is not valid yet", () => [unborn, tls(), ca()]],
		["no client certificate where one is asked for", () => [mutual, tls(), ca()]],
		["a client certificate of another CA", () => [mutual, tls(), shown(stranger.sign("pole"))]],
		["plain TCP to a TLS port", () => [broker, { brokerTls: false }, {}]],
	];
	// security: 5.5-1
	test.each(refusals)("refused: %s", async (why, make) => {
		const { isIn, ends } = await admitted(...make());
		expect(isIn).toBe(false);
		expect(ends[0]).toBe(why.startsWith("plain") ? "closedByPeer" : "tlsRefused");
	});
});

describe("a password", () => {
	let broker: Mosquitto;
	beforeAll(async () => {
		broker = new Mosquitto();
		const file = join(broker.folder, "passwords");
		execFileSync("mosquitto_passwd", ["-c", "-b", file, "pole-00001", "right"], {
			stdio: "ignore",
		});
		await broker.start(["allow_anonymous false", `password_file ${file}`]);
	});
	afterAll(() => broker.stop());
	const cases: [isIn: boolean, user: string, password: string][] = [
		[true, "pole-00001", "right"],
		[false, "pole-00001", "wrong"],
		[false, "", ""],
	];
	test.each(cases)("%s: user '%s', password '%s'", async (isIn, brokerUser, brokerPassword) => {
		const recorder = await new Recorder(broker.port).listen();
		const lamp = await Outpost.of({ port: recorder.port, link: { brokerUser, brokerPassword } });
		await lamp.run(2 * MINUTE);
		const answer = recorder.links[0]!.frames.find(({ from }) => from === "broker")!.packet;
		expect(answer).toMatchObject({ cmd: "connack", returnCode: isIn ? 0 : 5 });
		const spoke = recorder.links.some(({ frames }) =>
			frames.some(({ packet }) => packet.cmd === "publish"),
		);
		expect(spoke).toBe(isIn);
		lamp.type(keysFor("show brokerPassword"));
		await lamp.run(1000);
		expect(lamp.serial).not.toContain("right");
		await lamp.close();
		await recorder.close();
	});
});

/** Publishes as somebody of the CMS, and waits until the broker has it. */
async function publish(port: number, user: string, topic: string, order: object): Promise<void> {
	const where = ["-h", "127.0.0.1", "-p", String(port), "-q", "1", ...(user ? ["-u", user] : [])];
	const program = new Program("mosquitto_pub", [
		...where,
		"-t",
		topic,
		"-m",
		JSON.stringify(order),
	]);
	await program.ended();
}

const order = (id: string, now: number) => ({
	id,
	command: "explain",
	validFor: 3600,
	issued: new Date(now).toISOString(),
});

// security: 5.4-4
// security: 5.5-4
// security: 5.5-5
test("an ACL lets the desk order and nobody else", async () => {
	const broker = new Mosquitto();
	const acl = broker.write(
		"acl",
		[
			"user lamp",
			`topic readwrite ${NODE}/#`,
			"topic read luminode/1/liege/all/command",
			"user desk",
			"topic write luminode/1/liege/+/command",
			"",
		].join("\n"),
	);
	const passwords = broker.write("passwords", "");
	for (const user of ["lamp", "desk", "guest"])
		execFileSync("mosquitto_passwd", ["-b", passwords, user, "x"], { stdio: "ignore" });
	await broker.start(["allow_anonymous false", `password_file ${passwords}`, `acl_file ${acl}`]);
	const recorder = await new Recorder(broker.port).listen();
	const link = { brokerUser: "lamp", brokerPassword: "x" };
	const lamp = await Outpost.of({ port: recorder.port, link });
	await lamp.run(MINUTE);
	const now = lamp.epochUtc + lamp.now;
	for (const user of ["guest", "desk"]) {
		const where = ["-h", "127.0.0.1", "-p", String(broker.port), "-q", "1", "-u", user, "-P", "x"];
		const args = ["-t", `${NODE}/command`, "-m", JSON.stringify(order(user, now))];
		await new Program("mosquitto_pub", [...where, ...args]).ended();
	}
	await lamp.run(MINUTE);
	const texts = recorder.links.flatMap(({ frames }) =>
		frames.flatMap(({ packet }) => (packet.cmd === "publish" ? [String(packet.payload)] : [])),
	);
	const replies = texts.filter((text) => /^\{.*"id":"(guest|desk)","status"/.test(text));
	expect(replies).toHaveLength(1);
	expect(replies[0]).toContain('"id":"desk"');
	await lamp.close();
	await recorder.close();
	await broker.stop();
});

describe("pattern lines: a lamp speaks and receives under its own name alone", () => {
	const CLIENTS = [
		...["status", "birth", "state", "telemetry", "traffic", "event", "reply"].map(
			(suffix) => `pattern write luminode/1/liege/%u/${suffix}`,
		),
		"pattern write luminode/1/liege/%u/settings/reported/+",
		...["command", "emergency", "update", "settings/desired/+"].map(
			(suffix) => `pattern read luminode/1/liege/%u/${suffix}`,
		),
		"pattern write luminode/1/unassigned/%c/status",
		"pattern write luminode/1/unassigned/%c/reply",
		"pattern read luminode/1/unassigned/%c/command",
	];
	const cases: [why: string, user: string, identity: object, where: string, isReceived: boolean][] =
		[
			["its own", "pole-00001", { site: "liege", node: "pole-00001" }, NODE, true],
			["another's", "pole-00002", { site: "liege", node: "pole-00001" }, NODE, false],
			["no site yet", "pole-00009", {}, `luminode/1/unassigned/${SERIAL}`, true],
		];
	test.each(cases)("%s", async (_why, user, identity, where, isReceived) => {
		const broker = new Mosquitto();
		const acl = broker.write("acl", [...CLIENTS, "user desk", "topic #", ""].join("\n"));
		const passwords = broker.write("passwords", "");
		for (const name of [user, "desk"])
			execFileSync("mosquitto_passwd", ["-b", passwords, name, "x"], { stdio: "ignore" });
		await broker.start(["allow_anonymous false", `password_file ${passwords}`, `acl_file ${acl}`]);
		const lamp = await Outpost.of({
			port: broker.port,
			link: { brokerUser: user, brokerPassword: "x" },
			store: { "set.identity": JSON.stringify(identity) },
		});
		const desk = ["-h", "127.0.0.1", "-p", String(broker.port), "-u", "desk", "-P", "x"];
		const ear = new Program("mosquitto_sub", [...desk, "-q", "1", "-v", "-t", "#"]);
		await pause(300);
		await lamp.run(MINUTE);
		const text = JSON.stringify(order("desk", lamp.epochUtc + lamp.now));
		const args = ["-q", "1", "-t", `${where}/command`, "-m", text];
		await new Program("mosquitto_pub", [...desk, ...args]).ended();
		// the lamp's minutes pass sooner than the broker hands on an order
		for (let looks = 0; looks < 20 && !/reply \{.*"id":"desk"/.test(ear.output); looks++) {
			await lamp.run(MINUTE);
			await pause(isReceived ? 250 : 25);
		}
		const isSaid = (end: string) => new RegExp(`${where}/${end}`).test(ear.output);
		expect(isSaid('status {.*"online":true')).toBe(isReceived);
		expect(isSaid('reply {.*"id":"desk","status":"done"')).toBe(isReceived);
		await ear.stop();
		await lamp.close();
		await broker.stop();
	});
});

describe("an order given while the lamp is away", () => {
	const cases: [session: string, waits: boolean][] = [
		["persistent", true],
		["clean", false],
	];
	test.each(cases)("session %s: it waits: %s", async (brokerSession, waits) => {
		const broker = await new Mosquitto().start(PLAIN);
		const recorder = await new Recorder(broker.port).listen();
		const lamp = await Outpost.of({ port: recorder.port, link: { brokerSession } });
		await lamp.run(2 * MINUTE);
		recorder.judge = (packet) => (packet.cmd === "connect" ? "cutBefore" : "pass");
		recorder.cut();
		const isGone = () => broker.output.includes(`Client ${SERIAL} `) && lamp.ends.length > 0;
		await lamp.run(MINUTE, isGone);
		await publish(broker.port, "", `${NODE}/command`, order("waiting", lamp.epochUtc + lamp.now));
		recorder.judge = () => "pass";
		await lamp.run(5 * MINUTE);
		const frames = recorder.links.flatMap((link) => link.frames);
		const connacks = frames.flatMap(({ packet }) => (packet.cmd === "connack" ? [packet] : []));
		expect(connacks.at(-1)!.sessionPresent).toBe(waits);
		const isAnswered = frames.some(
			({ packet }) =>
				packet.cmd === "publish" &&
				/"id":"waiting","status":"(done|accepted)"/.test(String(packet.payload)),
		);
		expect(isAnswered).toBe(waits);
		await lamp.close();
		await recorder.close();
		await broker.stop();
	});
});

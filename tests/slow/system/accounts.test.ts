/**
 * Accounts: files that `npm run vault -- --broker` writes, loaded by a mosquitto and a RabbitMQ over
 * TLS from the ready files: each account may do its own work and nothing else.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { connectAsync, type MqttClient } from "mqtt";
import { accountBook } from "../../../tools/city/accounts/book.js";
import { type Content, type LampSecrets, Vault } from "../../../tools/laptop/vault.js";
import { Authority, type Identity } from "../support/certificates.js";
import { freePort, Program, pause, ROOT } from "../support/programs.js";
import { RabbitMQ } from "../support/rabbitmq.js";

const PHRASE = "correct horse battery";
const CHEAP = { N: 2 ** 8, r: 8, p: 1 };
const MADE = "2026-11-24T21:00:00.000Z";
const WITHIN = 4_000; // ms for a message, which comes within some
const LAMPS: readonly LampSecrets[] = ["1", "2", "3"].map((n) => ({
	...{ serial: `L0000${n}`, nodes: [`pole-0000${n}`], secret: `secret-of-lamp-00${n}`, made: MADE },
}));
const SITE = "luminode/1/liege";

let folder: string;
let vaultPath: string;
let city: Authority;
let server: Identity;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-"));
	vaultPath = join(folder, "city.vault");
	city = new Authority(folder, "city");
	server = city.sign("broker", { san: "DNS:localhost,IP:127.0.0.1" });
	Vault.open(vaultPath, PHRASE, CHEAP).update(() => ({ shared: {}, lamps: LAMPS.slice(0, 2) }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const content = (): Content => Vault.open(vaultPath, PHRASE).read();
const quiet = () => new Writable({ write: (_chunk, _encoding, done) => done() });

async function book(...words: string[]): Promise<void> {
	let said = "";
	const stderr = new Writable({
		write: (chunk, _encoding, done) => {
			said += String(chunk);
			done();
		},
	});
	const environment = { LUMINODE_PASSPHRASE: PHRASE };
	const seat = { stdin: process.stdin, stdout: quiet(), stderr, environment };
	const args = ["--vault", vaultPath, "--site", "liege", ...words];
	const code = await accountBook(args, { ...seat, now: () => new Date() });
	expect({ code, said }).toEqual({ code: 0, said: "" });
}

/** A broker over TLS with the accounts of the vault. */
interface Secured {
	port: number;
	/** Loads the files again. */
	reload(): Promise<void>;
	stop(): Promise<void>;
}

async function mosquitto(): Promise<Secured> {
	const own = join(folder, "mosquitto");
	await book("--broker", "mosquitto", own);
	const port = await freePort();
	writeFileSync(join(own, "broker.pem"), server.cert);
	writeFileSync(join(own, "broker.key"), server.key);
	const ready = readFileSync(join(ROOT, "tools/city/files/mosquitto-passwords.conf"), "utf8")
		.replaceAll("/etc/mosquitto/luminode", own)
		.replace("/var/lib/mosquitto/", `${own}/`)
		.replace("listener 8883", `user root\nlistener ${port} 127.0.0.1`);
	writeFileSync(join(own, "mosquitto.conf"), ready);
	const program = new Program("/usr/sbin/mosquitto", ["-c", join(own, "mosquitto.conf"), "-v"]);
	await program.says(/mosquitto version .* running/);
	return {
		port,
		reload: async () => {
			process.kill(program.pid!, "SIGHUP");
			await program.says(/Reloading config/);
		},
		stop: async () => void (await program.stop()),
	};
}

async function rabbitmq(): Promise<Secured> {
	const own = join(folder, "rabbitmq");
	await book("--broker", "rabbitmq", own);
	const broker = await new RabbitMQ().start({
		definitions: readFileSync(join(own, "definitions.json"), "utf8"),
		tls: { ca: city.ca, cert: server.cert, key: server.key },
	});
	return {
		port: broker.port,
		reload: async () => {
			broker.ctl("import_definitions", join(own, "increment.json"));
			for (const user of readFileSync(join(own, "revoked"), "utf8").split("\n").filter(Boolean))
				broker.ctl("delete_user", user);
		},
		stop: () => broker.stop(),
	};
}

describe.each([
	["mosquitto", mosquitto],
	["rabbitmq", rabbitmq],
] as const)("%s", (form, start) => {
	let broker: Secured;
	const open: MqttClient[] = [];
	beforeAll(async () => {
		broker = await start();
	}, 120_000);
	afterAll(async () => {
		for (const client of open) client.end(true);
		await broker?.stop();
	});

	async function as(user: string, clientId: string, password?: string): Promise<MqttClient> {
		const { lamps, roles } = content();
		const lamp = lamps.find(({ nodes }) => nodes.at(-1) === user);
		const own = lamp?.settings?.brokerPassword ?? roles?.[user] ?? "";
		const options = {
			...{ ca: city.ca, protocolVersion: 4 as const, reconnectPeriod: 0, clientId },
			...{ username: user, password: password ?? own },
		};
		const client = await connectAsync(`mqtts://localhost:${broker.port}`, options);
		client.on("error", () => {});
		open.push(client);
		return client;
	}

	/** Whether a message of `from` reaches `to`. */
	async function passes(from: MqttClient, to: MqttClient, topic: string): Promise<boolean> {
		const body = `${Math.random()}`;
		let isSeen = false;
		to.on("message", (_topic, payload) => {
			isSeen ||= String(payload) === body;
		});
		const isClosed = new Promise<void>((resolve) => from.once("close", () => resolve())); // RabbitMQ's refusal
		const isSent = from.publishAsync(topic, body, { qos: 1 }).catch(() => {});
		await Promise.race([isSent, isClosed, pause(WITHIN)]);
		for (let waited = 0; waited < 500 && !isSeen; waited += 20) await pause(20);
		return isSeen;
	}

	async function isGranted(client: MqttClient, filter: string): Promise<boolean> {
		const grants = client.subscribeAsync(filter, { qos: 1 }).catch(() => [{ qos: 128 }]);
		const [grant] = await Promise.race([grants, pause(WITHIN).then(() => [{ qos: 128 }])]);
		return grant!.qos <= 2;
	}

	test("a lamp reports and receives its orders; the operator reads and orders", async () => {
		const lamp = await as("pole-00001", "L00001");
		const desk = await as("desk", "desk");
		for (const filter of [
			`${SITE}/pole-00001/command`,
			`${SITE}/pole-00001/settings/desired/+`,
			`${SITE}/pole-00001/settings/desired/light`,
			`${SITE}/group/quay/command`,
			`${SITE}/all/emergency`,
		])
			expect([filter, await isGranted(lamp, filter)]).toEqual([filter, true]);
		expect(await isGranted(desk, `${SITE}/+/state`)).toBe(true);
		expect(await passes(lamp, desk, `${SITE}/pole-00001/state`)).toBe(true);
		for (const topic of ["pole-00001", "group/quay"].map((one) => `${SITE}/${one}/command`))
			expect([topic, await passes(desk, lamp, topic)]).toEqual([topic, true]);
	});

	const strangers: [user: string, clientId: string, password: string][] = [
		["pole-00001", "L00001", "guessed"],
		["stranger", "L00009", "guessed"],
		["", "L00009", ""],
		["pole-00003", "L00003", "not in the vault yet"],
	];
	test("strangers are refused", async () => {
		const isIn = ([user, clientId, password]: (typeof strangers)[number]) =>
			as(user, clientId, password).then(
				() => true,
				() => false,
			);
		// at once: RabbitMQ waits three seconds before a refusal
		expect(await Promise.all(strangers.map(isIn))).toEqual(strangers.map(() => false));
	});

	const denied: [user: string, clientId: string, writes: string][] = [
		["pole-00001", "L00001", `${SITE}/pole-00002/state`],
		["pole-00001", "L00001", `${SITE}/pole-00001/command`],
		["desk", "desk", `${SITE}/all/emergency`],
		["alarm", "alarm", `${SITE}/pole-00001/command`],
		["reader", "reader", `${SITE}/pole-00001/command`],
	];
	test.each(denied)("%s (%s) may not write to %s", async (user, clientId, topic) => {
		const ear = await as("desk", "ear");
		await isGranted(ear, `${SITE}/#`);
		expect(await passes(await as(user, clientId), ear, topic)).toBe(false);
	});
	test("a lamp may not read another lamp's orders", async () => {
		const other = await as("pole-00002", "L00002");
		const isSilent =
			!(await isGranted(other, `${SITE}/pole-00001/command`)) ||
			!(await passes(await as("desk", "desk-2"), other, `${SITE}/pole-00001/command`));
		expect(isSilent).toBe(true);
	});
	if (form === "rabbitmq")
		test("a lamp may not take the session of another by its client identifier", async () => {
			const thief = await as("pole-00002", "L00001").catch(() => undefined);
			expect(thief !== undefined && (await isGranted(thief, `${SITE}/pole-00002/command`))).toBe(
				false,
			);
		});

	test("an increment admits a new lamp; a revoked one is thrown out and refused", async () => {
		const gone = await as("pole-00002", "L00002");
		const isClosed = new Promise((resolve) => gone.once("close", () => resolve(true)));
		Vault.open(vaultPath, PHRASE).update((all) => ({ ...all, lamps: [...all.lamps, LAMPS[2]!] }));
		await book("--broker", form, join(folder, form), "--revoke", "pole-00002");
		await broker.reload();
		expect(await Promise.race([isClosed, pause(WITHIN)])).toBe(true);
		await expect(as("pole-00002", "L00002")).rejects.toThrow();
		await as("pole-00003", "L00003");
		await as("pole-00001", "L00001");
		// the vault as it was, for the other broker
		Vault.open(vaultPath, PHRASE).update((all) => ({ ...all, lamps: LAMPS.slice(0, 2) }));
	}, 60_000);
});

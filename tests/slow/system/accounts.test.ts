/**
 * Accounts: files that `npx luminode vault --broker` writes, loaded by a mosquitto and a RabbitMQ over
 * TLS from the ready files: each account may do its own work and nothing else.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { connect, connectAsync, type MqttClient } from "mqtt";
import { pause } from "../../support/until.js";
import { City, lampSecrets, type Secured } from "../support/city.js";
import { CityReader, passwordsOf } from "../support/cityreader.js";
import { simulator } from "../support/programs.js";

const WITHIN = 4_000; // ms for a message, which comes within some
const SITE = "luminode/1/liege";

describe.each([
	["mosquitto", (city: City) => city.mosquitto()],
	["rabbitmq", (city: City) => city.rabbitmq()],
] as const)("%s", (form, start) => {
	const city = new City([1, 2, 3, 4, 5, 6, 7, 8].map(lampSecrets));
	let broker: Secured;
	const open: MqttClient[] = [];
	let bodies = 0;
	beforeAll(async () => {
		broker = await start(city);
	});
	afterAll(async () => {
		for (const client of open) client.end(true);
		await broker?.stop();
		city.dispose();
	});

	async function as(user: string, clientId: string, password?: string): Promise<MqttClient> {
		const options = {
			ca: city.authority.ca,
			protocolVersion: 4 as const,
			reconnectPeriod: 0,
			clientId,
			username: user,
			password: password ?? city.password(user),
		};
		const client = await connectAsync(`mqtts://localhost:${broker.ports[0]}`, options);
		client.on("error", () => {});
		open.push(client);
		return client;
	}

	/** Whether a message of `from` reaches `to`. */
	async function passes(from: MqttClient, to: MqttClient, topic: string): Promise<boolean> {
		const body = `${++bodies}`;
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

	test("two parts of a city, two streets each: all lamps online, each event once", async () => {
		const url = `mqtts://localhost:${broker.ports[0]}`;
		const reader = await CityReader.at(url, city);
		const passwords = join(city.folder, "plain");
		writeFileSync(passwords, passwordsOf(city));
		const args = "--headless --streets 4 --lamps 2 --seed 9 --speed 60 --duration 3m".split(" ");
		const account = ["--user", "{node}", "--password-file", passwords, "--watch-user", "desk"];
		const parts = ["1", "2"].map((index) => {
			const part = ["--shard", `${index}/2`, "--summary", join(city.folder, `${index}.json`)];
			return simulator(...args, "--broker", url, "--ca", city.caPath, ...account, ...part);
		});
		const ends = await Promise.all(parts.map((part) => part.ended()));
		expect([ends, parts.map(({ output }) => output)]).toEqual([[0, 0], expect.anything()]);
		for (const index of ["1", "2"]) {
			const { totals } = JSON.parse(readFileSync(join(city.folder, `${index}.json`), "utf8"));
			expect([totals.lamps, totals.online]).toEqual([4, 4]);
		}
		expect([reader.online.size, reader.repeated]).toEqual([8, 0]);
		expect([reader.lives, reader.misnamed, reader.gaps]).toEqual([8, [], []]);
		await reader.close();
	});

	test("no program reports under its own name, and no lamp under another's serial number", async () => {
		const desk = await as("desk", "desk-0");
		for (const topic of [
			`${SITE}/reader/status`,
			`${SITE}/+/status`,
			"luminode/1/unassigned/+/status",
		])
			expect(await isGranted(desk, topic)).toBe(true);
		for (const [user, client, topic] of [
			["reader", "reader-0", `${SITE}/reader/status`],
			["pole-00002", "L00001", "luminode/1/unassigned/L00001/status"],
		] as const)
			expect([topic, await passes(await as(user, client), desk, topic)]).toEqual([topic, false]);
		const lamp = await as("pole-00002", "L00002");
		expect(await passes(lamp, desk, "luminode/1/unassigned/L00002/status")).toBe(true);
	});

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
		for (const topic of ["pole-00001", "group/quay"].map((target) => `${SITE}/${target}/command`))
			expect([topic, await passes(desk, lamp, topic)]).toEqual([topic, true]);
	});

	const strangers: [user: string, clientId: string, password: string][] = [
		["pole-00001", "L00001", "guessed"],
		["stranger", "L00009", "guessed"],
		["", "L00009", ""],
		["pole-00009", "L00009", "not in the vault yet"],
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

	test("of two communes none reads or orders the other's lamps, whose names are the same", async () => {
		const communes = ["seraing", "huy"].map((site, n) => {
			const lamp = { ...lampSecrets(1), serial: `L9000${n}` };
			return new City([lamp], site);
		});
		const account = async (commune: City, name: string, clientId: string, more: object = {}) => {
			const client = await connectAsync(`mqtts://localhost:${broker.ports[0]}`, {
				ca: city.authority.ca,
				protocolVersion: 4,
				reconnectPeriod: 0,
				clientId,
				username: `${commune.site}.${name}`,
				password: commune.password(name),
				...more,
			});
			client.on("error", () => {});
			open.push(client);
			return client;
		};
		for (const commune of communes) {
			await commune.book("--broker", form, commune.files(form), "--commune");
			await broker.add(commune.files(form));
			await pause(form === "mosquitto" ? 500 : 0); // it says that it reloads, then it does
		}
		const [ownCity, other] = communes as [City, City];
		const all = communes.map(({ site }, n) => ({
			topic: `luminode/1/${site}`,
			serial: `L9000${n}`,
		}));
		const [mine, theirs] = all as [(typeof all)[0], (typeof all)[0]];
		let count = 0;
		/** Whether a message of one account reaches another's subscription. */
		const reaches = async (
			[from, sender]: readonly [City, string],
			[to, reader]: readonly [City, string],
			topic: string,
			filter = topic,
		) => {
			const id = (commune: City, name: string) =>
				name === "pole-00001"
					? commune === ownCity
						? mine.serial
						: theirs.serial
					: `${commune.site}.${name}-${++count}`;
			const ear = await account(to, reader, id(to, reader));
			const isSubscribed = await isGranted(ear, filter);
			const result =
				isSubscribed && (await passes(await account(from, sender, id(from, sender)), ear, topic));
			for (const client of open.splice(-2)) client.end(true);
			return result;
		};
		const lamp = "pole-00001";
		// each of its own, so that a refusal below is one
		for (const [from, to, topic] of [
			[[ownCity, lamp], [ownCity, "desk"], `${mine.topic}/${lamp}/state`],
			[[ownCity, "desk"], [ownCity, lamp], `${mine.topic}/${lamp}/command`],
			[[ownCity, "desk"], [ownCity, lamp], `${mine.topic}/all/command`],
			[[ownCity, lamp], [ownCity, "desk"], `luminode/1/unassigned/${mine.serial}/status`],
			[[other, lamp], [other, "reader"], `${theirs.topic}/${lamp}/event`],
		] as const)
			expect([topic, await reaches(from, to, topic)]).toEqual([topic, true]);
		for (const [from, to, topic, filter] of [
			[[other, lamp], [ownCity, "desk"], `${theirs.topic}/${lamp}/state`],
			[[other, lamp], [ownCity, "reader"], `${theirs.topic}/${lamp}/event`, `${theirs.topic}/#`],
			[[other, lamp], [ownCity, "traffic"], `${theirs.topic}/${lamp}/traffic`],
			[[other, lamp], [ownCity, "citizens"], `${theirs.topic}/${lamp}/state`],
			[[other, lamp], [ownCity, lamp], `${theirs.topic}/${lamp}/state`],
			[[other, lamp], [ownCity, "reader"], `luminode/1/unassigned/${theirs.serial}/status`],
			[[ownCity, "desk"], [other, lamp], `${theirs.topic}/${lamp}/command`],
			[[ownCity, "desk"], [other, lamp], `${theirs.topic}/all/command`],
			[[ownCity, "desk"], [other, lamp], `luminode/1/unassigned/${theirs.serial}/command`],
			[[ownCity, "alarm"], [other, lamp], `${theirs.topic}/all/emergency`],
			[[ownCity, lamp], [other, "desk"], `${theirs.topic}/${lamp}/state`],
		] as const)
			expect([from[1], topic, await reaches(from, to, topic, filter)]).toEqual([
				from[1],
				topic,
				false,
			]);
		// a kept session, gone on with by its client identifier: by its own account, and by the other's
		const id = `luminode-traffic-${other.site}`;
		for (const [reader, expected] of [
			[other, "secret"],
			[ownCity, ""],
		] as const) {
			const keeper = await account(other, "traffic", id, { clean: false });
			await keeper.subscribeAsync(`${theirs.topic}/+/traffic`, { qos: 1 });
			await keeper.endAsync();
			const sender = await account(other, lamp, theirs.serial);
			await sender.publishAsync(`${theirs.topic}/${lamp}/traffic`, "secret", { qos: 1 });
			await sender.endAsync();
			let got = "";
			const options = {
				clean: false,
				username: `${reader.site}.traffic`,
				password: reader.password("traffic"),
			};
			const prepared = connect(`mqtts://localhost:${broker.ports[0]}`, {
				...options,
				ca: city.authority.ca,
				protocolVersion: 4,
				reconnectPeriod: 0,
				clientId: id,
			});
			open.push(prepared);
			prepared.on("error", () => {}).on("message", (_topic, payload) => void (got += payload));
			await pause(1_500);
			expect([reader.site, got]).toEqual([reader.site, expected]);
			await prepared.endAsync(true);
		}
		for (const commune of communes) commune.dispose();
	});

	test("an increment admits a new lamp; a revoked one is thrown out and refused", async () => {
		const gone = await as("pole-00002", "L00002");
		const isClosed = new Promise((resolve) => gone.once("close", () => resolve(true)));
		city.change((all) => ({ ...all, lamps: [...all.lamps, lampSecrets(9)] }));
		await city.book("--broker", form, city.files(form), "--revoke", "pole-00002");
		await broker.reload();
		expect(await Promise.race([isClosed, pause(WITHIN)])).toBe(true);
		await expect(as("pole-00002", "L00002")).rejects.toThrow();
		await as("pole-00009", "L00009");
		await as("pole-00001", "L00001");
	});
});

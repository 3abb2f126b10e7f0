/**
 * Broker: Debian's mosquitto on this computer, plain and over TLS 1.3 with a client certificate; an order.
 */
import { LAMP } from "../../../tools/emulator/image.js";
import { Mosquitto } from "../support/brokers.js";
import { Authority } from "../support/certificates.js";
import { Program } from "../support/programs.js";
import { type Bench, HERE, NODE, SECTIONS, SERIAL, stored } from "./bench.js";
import { claim, onBench, type Place, type Step } from "./steps.js";

/** Level of the order, per cent, and its duty by the curve of IEC 62386-102. */
const LEVEL = 55;

export const link = (port: number, tls: boolean) => ({
	brokerHost: HERE,
	brokerPort: port,
	brokerTls: tls,
	reconnectSpread: 5,
	keepAlive: 30,
	telemetryInterval: 60,
});

/** Listens to all that the lamps publish, on a plain port. */
export class Hall {
	readonly #port: number;
	readonly ear: Program;

	constructor(port: number) {
		this.#port = port;
		this.ear = new Program("mosquitto_sub", [...this.#where, "-v", "-t", "luminode/#"]);
	}

	get #where(): string[] {
		return ["-h", "127.0.0.1", "-p", String(this.#port), "-q", "1"];
	}

	async publish(topic: string, text: string, ...more: string[]): Promise<void> {
		const program = new Program("mosquitto_pub", [
			...this.#where,
			"-t",
			topic,
			"-m",
			text,
			...more,
		]);
		claim((await program.ended()) === 0, `mosquitto_pub: ${program.output}`);
	}

	async order(id: string, ahead: number, fields: object): Promise<void> {
		const issued = new Date(Date.now() + ahead).toISOString();
		await this.publish(`${NODE}/command`, JSON.stringify({ id, issued, validFor: 60, ...fields }));
	}
}

async function online(bench: Bench, hall: Hall, since: number): Promise<number> {
	await hall.ear.says(new RegExp(`${NODE}/status .*"online":true`));
	await hall.ear.says(new RegExp(`${NODE}/birth .*${SERIAL}`));
	await hall.ear.says(new RegExp(`${NODE}/state .*"actualLightState"`));
	claim(!bench.controller.hasEnded, "the emulator ended");
	return Math.round(performance.now() - since);
}

/** Low-water of the heap, bytes, as the lamp reports it. */
export async function leastFree(bench: Bench): Promise<number> {
	const line = await bench.openConsole();
	const { body } = await line.do("status");
	await line.close();
	return JSON.parse(body.find((part) => part.includes('"machine"'))!).free_bytes;
}

/** Runs `act` with a lamp that was started to connect to a mosquitto without TLS. */
export async function atBroker(
	bench: Bench,
	act: (hall: Hall) => Promise<string>,
): Promise<string> {
	const broker = new Mosquitto();
	try {
		await broker.start(["allow_anonymous true", "persistence false"]);
		const hall = new Hall(broker.port);
		try {
			bench.flashWith(stored({ ...SECTIONS, link: link(broker.port, false) }));
			await bench.controller.start();
			return await act(hall);
		} finally {
			await hall.ear.stop();
		}
	} finally {
		await broker.stop();
	}
}

export const plainBroker: Step = {
	name: "mosquitto",
	claim: "online at mosquitto without TLS; an order is obeyed and answered",
	run: (place) =>
		onBench(place, (bench) => {
			place.ahead = 0;
			return atBroker(bench, (hall) => ordered(place, bench, hall));
		}),
};

async function ordered(place: Place, bench: Bench, hall: Hall): Promise<string> {
	const since = performance.now();
	const took = await online(bench, hall, since);
	await dated(place, bench);
	const end = new Date(Date.now() + 20_000).toISOString();
	const override = { command: "override", level: LEVEL, inhibitSensors: true, expiration: end };
	const before = bench.life.duties.length;
	const asked = performance.now();
	await hall.order("proof-1", 0, override);
	await hall.ear.says(/reply .*"id":"proof-1","status":"accepted"/);
	const answered = Math.round(performance.now() - asked);
	await hall.ear.says(
		new RegExp(`${NODE}/state .*"feedbackLightCommand":${LEVEL}.*"reason":"override"`),
	);
	const wanted = Math.round((LEVEL / 100) * ((1 << LAMP.resolution) - 1));
	const { duty } = await bench.until(() =>
		bench.life.duties.slice(before).find((each) => Math.abs(each.duty - wanted) <= 1),
	);
	await hall.ear.says(/"type":"override","startEndFlag":"end"/);
	const free = await leastFree(bench);
	claim(bench.lives === 1, `the lamp restarted: ${bench.life.reset}`);
	const share = Math.round((100 * duty) / ((1 << LAMP.resolution) - 1));
	return `online after ${took} ms; answer after ${answered} ms, duty ${share} %; least free heap ${free} bytes`;
}

/** The lamp has a date: of a time server, else from the technician. */
export async function dated(place: Place, bench: Bench): Promise<void> {
	const line = await bench.openConsole();
	if (place.noTime !== undefined) await line.do(`time ${new Date().toISOString()} confirm`);
	for (const until = performance.now() + 90_000; ; ) {
		const { body } = await line.do("time");
		if (!body[0]?.includes('"clockSource":"none"')) break;
		claim(performance.now() < until, "the lamp has no date");
		await new Promise((later) => setTimeout(later, 1_000));
	}
	await line.close();
}

/** mosquitto with one listener over TLS 1.3 that demands a certificate, and a plain one for the city. */
export async function securedBroker(city: Authority): Promise<Mosquitto> {
	const broker = new Mosquitto();
	const port = await broker.reserve();
	const { cert, key } = city.sign("broker", { san: `IP:${HERE}` });
	const files = {
		certfile: broker.write("shown.pem", `${cert}\n${city.ca}`),
		keyfile: broker.write("shown.key", key),
		cafile: broker.write("city.pem", city.ca),
	};
	await broker.start([
		"allow_anonymous true",
		"persistence false",
		"tls_version tlsv1.3",
		...Object.entries(files).map(([name, file]) => `${name} ${file}`),
		"require_certificate true",
		"use_identity_as_username true",
		`listener ${port + 1} 127.0.0.1`,
		"allow_anonymous true",
	]);
	return broker;
}

/** Keys of the store for a lamp of that city. */
export function identity(city: Authority): Record<string, string> {
	const { cert, key } = city.sign("lamp", {});
	return { "tls.ca": city.ca, "tls.cert": cert, "tls.key": key };
}

export const securedLink: Step = {
	name: "tls",
	claim: "online at mosquitto over TLS 1.3 with the lamp's own certificate",
	run: (place) => onBench(place, (bench) => overTls(place, bench)),
};

async function overTls(place: Place, bench: Bench): Promise<string> {
	place.ahead = 0;
	const city = new Authority(bench.folder, "city");
	const broker = await securedBroker(city);
	const hall = new Hall(broker.port + 1);
	try {
		const keys = stored({ ...SECTIONS, link: link(broker.port, true) });
		bench.flashWith({ ...keys, ...identity(city) });
		await bench.controller.start();
		const since = performance.now();
		const took = await online(bench, hall, since);
		await dated(place, bench);
		const line = await bench.openConsole();
		const { body } = await line.do("broker");
		await line.close();
		const free = await leastFree(bench);
		claim(/u'lamp'/.test(broker.output), "mosquitto saw no certificate of the lamp");
		claim(bench.lives === 1, `the lamp restarted: ${bench.life.reset}`);
		const { connection } = JSON.parse(body[0]!);
		return `online after ${took} ms, connection ${connection}; least free heap ${free} bytes`;
	} finally {
		await hall.ear.stop();
		await broker.stop();
	}
}

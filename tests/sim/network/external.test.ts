/** External broker: how long the street's clock runs on, and when it is held, for an answer. */
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import mqtt from "mqtt-packet";
import { LampStreams } from "../../../sim/network/streams.js";
import { ExternalBroker } from "../../../sim/ports/external.js";

const GRACE = 2_000;
const PING = mqtt.generate({ cmd: "pingreq" });
const ANSWER = mqtt.generate({ cmd: "pingresp" });
let server: Server;
let sockets: Socket[];
let side: ExternalBroker;
let now: number;

beforeEach(async () => {
	sockets = [];
	now = 0;
	server = createServer((socket) => void sockets.push(socket));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
	await side.close();
	for (const socket of sockets) socket.destroy();
	server.close();
});

const turn = () => new Promise((resolve) => setTimeout(resolve, 1));
async function until(what: () => boolean): Promise<void> {
	while (!what()) await turn();
}

/** Lamps 1 to `lamps`, connected. */
async function connected(lamps: number, grace?: number) {
	const { port } = server.address() as { port: number };
	const ways = new LampStreams(7);
	const host = "127.0.0.1";
	const ears = { onReport: () => {}, onOrder: () => {} };
	const about = { ways, ears, host, port, orderFilters: [], hold: 60_000, now: () => now };
	side = new ExternalBroker({ ...about, ...(grace === undefined ? {} : { grace }) });
	const all = Array.from({ length: lamps }, (_, n) => ways.open(n + 1, 0));
	for (const way of all) side.onOpen(way, now, { host, port });
	await until(() => side.nextDue() === Infinity && sockets.length === lamps);
	return all;
}

/** Whether the clock is held now. */
const isHeld = () => side.quiet() !== undefined;

describe("the clock of a street at a broker outside", () => {
	test.each([
		["without a grace it is held at once", undefined, 0, true],
		["it runs on for the grace", GRACE, GRACE - 1, false],
		["it is held at the end of the grace", GRACE, GRACE, true],
	])("%s", async (_what, grace, later, held) => {
		const [way] = await connected(1, grace);
		side.onBytes(way!, now, PING);
		expect(side.nextDue()).toBe(grace ?? 0); // no window passes the instant at which it is held
		now = later;
		expect(isHeld()).toBe(held);
	});

	test("it goes on with the answer", async () => {
		const [way] = await connected(1, GRACE);
		side.onBytes(way!, now, PING);
		now = GRACE;
		const quiet = side.quiet();
		sockets[0]!.write(ANSWER);
		await quiet;
		expect([isHeld(), side.nextDue()]).toEqual([false, Infinity]);
	});

	test("it goes on with all answers that have arrived", async () => {
		const ways = await connected(8, GRACE);
		for (const way of ways) {
			side.onBytes(way, now, PING);
			now += 1;
		}
		now = GRACE; // due is the answer to the first alone
		const quiet = side.quiet();
		for (const socket of sockets) socket.write(ANSWER);
		await quiet;
		expect(side.nextDue()).toBe(Infinity);
	});

	test("of two answers on a line the second has a grace of its own", async () => {
		const [way] = await connected(1, GRACE);
		side.onBytes(way!, now, Buffer.concat([PING, PING]));
		now = GRACE;
		const quiet = side.quiet();
		sockets[0]!.write(ANSWER);
		await quiet;
		expect([isHeld(), side.nextDue()]).toEqual([false, 2 * GRACE]);
	});

	test("a connection that ends holds no clock", async () => {
		const [way] = await connected(1, GRACE);
		side.onBytes(way!, now, PING);
		now = GRACE;
		const quiet = side.quiet();
		sockets[0]!.destroy();
		await quiet;
		expect(side.nextDue()).toBe(Infinity);
	});
});

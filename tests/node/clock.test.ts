/** One clock a turn: every input sets the instant that all rooms of the turn go by. */
import { describe, expect, test } from "@jest/globals";
import mqtt from "mqtt-packet";
import type { Inputs } from "../../src/host.js";
import type { Lux, Millis, UtcMillis } from "../../src/units.js";
import { bootLamp, type Lamp } from "../support/lamp.js";
import { KEPT, KEPT_AS, SECRET } from "../support/technician.js";

const NIGHT = Date.parse("2026-11-24T23:30:00Z") as UtcMillis; // the program asks 40 %
const QUIET: Millis = 200_000;
const STALL: Millis = 40_000; // so long nothing can be written

function atNight(settings: Readonly<Record<string, object>> = {}): Lamp {
	return bootLamp({ stored: [[KEPT_AS, KEPT]], settings, lux: 0, utc: NIGHT, until: QUIET });
}

const INPUTS: Readonly<Record<keyof Inputs, (inputs: Inputs, now: Millis) => void>> = {
	tick: (inputs, now) => inputs.tick(now),
	onMovement: (inputs, now) => inputs.onMovement(now),
	onStillness: (inputs, now) => inputs.onStillness(now),
	onIlluminance: (inputs, now) => inputs.onIlluminance(now, 1 as Lux),
	onTemperature: (inputs, now) => inputs.onTemperature(now, 20),
	onTime: (inputs, now) => inputs.onTime(now, (NIGHT + now) as UtcMillis),
	onNetwork: (inputs, now) => inputs.onNetwork(now, true),
	onStreamReached: (inputs, now) => inputs.onStreamReached(now, 0),
	onStreamOpen: (inputs, now) => inputs.onStreamOpen(now, 0),
	onStreamReadable: (inputs, now) => inputs.onStreamReadable(now, 0, 1),
	onStreamWritable: (inputs, now) => inputs.onStreamWritable(now, 0),
	onStreamClosed: (inputs, now) => inputs.onStreamClosed(now, 0, "closedByPeer"),
	onDatagram: (inputs, now) => inputs.onDatagram(now),
	onSerialReadable: (inputs, now) => inputs.onSerialReadable(now, 1),
	onSerialWritable: (inputs, now) => inputs.onSerialWritable(now),
	onFault: (inputs, now) => inputs.onFault(now, new Error("a test's")),
};

test.each(Object.entries(INPUTS))("%s sets the clock of its turn", (_name, call) => {
	const { node } = atNight();
	const now = QUIET + STALL;
	call(node, now);
	expect(node.now).toBe(now); // before any tick follows
});

describe("what waited for room runs by the clock of the turn in which it runs", () => {
	/** The level from when it ran, for the minute that was ordered, and after it. */
	const expectMinuteOf = (level: number, { host, node }: ReturnType<typeof atNight>) => {
		const ran = host.now;
		expect(ran).toBe(QUIET + STALL);
		host.run(ran + 59_000);
		expect(node.view.light.feedback).toBe(level);
		host.run(ran + 60_000);
		expect(node.view.light.feedback).toBe(40);
	};

	test("a command that was typed ahead", () => {
		const lamp = atNight();
		const { host } = lamp;
		const type = (text: string) => {
			host.serialIn.push(...Buffer.from(text));
			host.deliver((inputs, now) => inputs.onSerialReadable(now, text.length));
		};
		type(`\u0003plain\r`);
		type(`login ${SECRET}\r`);
		const { write } = host.serialPort;
		host.serialPort.write = () => 0; // the cable takes nothing
		type("help\roverride 70 1\r"); // more than is held: what follows waits
		host.run(QUIET + STALL);
		expect(lamp.node.view.light.feedback).toBe(40);
		host.serialPort.write = write;
		host.deliver((inputs, now) => inputs.onSerialWritable(now));
		expectMinuteOf(70, lamp);
	});

	test("an order on a stream that took nothing for a while", () => {
		const lamp = atNight({ link: { brokerHost: "broker", brokerTls: false } });
		const { host } = lamp;
		const packets = mqtt.parser();
		const sent: mqtt.Packet[] = [];
		packets.on("packet", (packet) => sent.push(packet));
		const receive = (packet: mqtt.Packet) => host.incoming.push(...mqtt.generate(packet));
		const deliver = (input: (inputs: Inputs, now: Millis) => void) => {
			host.deliver(input);
			packets.parse(Buffer.from(host.written.splice(0)));
		};
		host.run(QUIET - 1000);
		lamp.node.link.connectNow(host.now);
		deliver((inputs, now) => inputs.onNetwork(now, true));
		host.arrive((now) => lamp.node.link.connectNow(now));
		deliver((inputs, now) => inputs.tick(now));
		deliver((inputs, now) => inputs.onStreamOpen(now, 0));
		receive({ cmd: "connack", returnCode: 0, sessionPresent: false });
		deliver((inputs, now) => inputs.onStreamReadable(now, 0, 4));
		const subscribe = sent.find((packet) => packet.cmd === "subscribe");
		expect(subscribe).toBeDefined();
		const { messageId, subscriptions } = subscribe as mqtt.ISubscribePacket;
		receive({ cmd: "suback", messageId: messageId!, granted: subscriptions.map(() => 1) });
		deliver((inputs, now) => inputs.onStreamReadable(now, 0, 9));
		expect(lamp.node.link.state).toBe("online");
		host.run(QUIET);
		host.streams.writable = () => 0;
		receive({
			cmd: "publish",
			topic: "luminode/1/unassigned/fake-0001/command",
			payload: JSON.stringify({
				id: "o-1",
				command: "override",
				issued: new Date(NIGHT + QUIET + STALL).toISOString(),
				level: 70,
				expiration: new Date(NIGHT + QUIET + STALL + 60_000).toISOString(),
			}),
			qos: 1,
			messageId: 9,
			dup: false,
			retain: false,
		});
		deliver((inputs, now) => inputs.onStreamReadable(now, 0, 200));
		host.now = QUIET + STALL;
		expect(lamp.node.view.light.feedback).toBe(40);
		host.streams.writable = () => 8192;
		deliver((inputs, now) => inputs.onStreamWritable(now, 0));
		expectMinuteOf(70, lamp);
	});
});

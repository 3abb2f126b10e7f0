/** The esp32 host's network, streams, datagrams, time and flash on a controller that misbehaves. */
import { describe, expect, test } from "@jest/globals";
import type { NetworkInterface } from "../../../hosts/esp32/interface.js";
import type { UtcMillis } from "../../../src/units.js";
import { Controller, power } from "./controller.js";
import { online, type Rig, rigOf } from "./rig.js";

const pem = (label: string, bytes: string) =>
	`-----BEGIN ${label}-----\n${Buffer.from(bytes).toString("base64")}\n-----END ${label}-----\n`;
const DATE = Date.UTC(2026, 10, 24) as UtcMillis;
const TLS = { serverName: "broker.city", date: DATE };

describe("the network", () => {
	test("is joined as the lamp names it, once, and never again by itself", () => {
		const { controller, received } = online();
		expect(controller.joins).toEqual([{ SSID: "city" }]);
		controller.change(200);
		controller.pass(3_600_000);
		expect(controller.joins).toHaveLength(1);
		expect(received().filter((word) => word.startsWith("network"))).toEqual(["network false"]);
	});

	test("has the channels and the power of the board's country, whatever is announced, and never sleeps", () => {
		const { order } = online().controller;
		expect(order.slice(order.indexOf("wifi"), order.indexOf("wifi") + 3)).toEqual([
			"wifi",
			"country FR 0",
			"power save 0",
		]);
	});

	// security: Wi-Fi never joins again
	test("that says nothing when it is left is reported as gone, and joined again", () => {
		const { controller, pole, received } = online();
		expect(pole.network.rejoin()).toBe(true);
		expect(received()).toEqual([]); // not before the door returns
		controller.pass(0);
		expect(received()).toContain("network false");
		expect([controller.leaves, controller.joins.length]).toEqual([1, 2]);
		controller.change(500);
		controller.pass(0);
		expect(received()).toContain("network true");
	});

	test("that is joining already is no fault", () => {
		const { controller, pole } = online();
		controller.canConnect = false;
		expect(pole.network.rejoin()).toBe(true);
		expect(controller.restarts).toEqual([]);
	});

	test("of another name is left for it, and joined by its password", () => {
		const { controller, pole, received } = online();
		pole.network.useWifi("quay", "correct horse");
		expect(received()).toEqual([]); // not before the door returns
		controller.pass(0);
		expect([received(), controller.leaves]).toEqual([["network false"], 1]);
		expect(controller.joins.at(-1)).toEqual({ SSID: "quay", password: "correct horse" });
	});

	test("without a name is not available, and none is joined", () => {
		const { controller, pole } = rigOf(undefined, undefined, ["", "correct horse"]);
		expect([pole.network.rejoin(), controller.joins]).toEqual(["notAvailable", []]);
	});

	const failures: [
		what: string,
		states: number[],
		radio: string[] | undefined,
		reasons: string[],
	][] = [
		["a name that is nowhere", [300, 200], ["quay"], ["wifiNotFound"]],
		["a name that does not admit it", [300, 200], ["quay", "city"], ["wifiRefused"]],
		["no address", [300, 400], [], ["noAddress"]],
		["a radio that cannot look", [300, 200], undefined, []],
		["nothing wrong", [300, 500], [], []],
	];
	test.each(failures)("reports why it is not joined: %s", (_what, states, radio, reasons) => {
		const { controller, received } = rigOf();
		controller.radio = radio;
		for (const state of states) controller.change(state);
		for (const end of controller.scans.splice(0)) controller.call(end);
		controller.pass(0);
		const why = received().filter((word) => word.startsWith("network false "));
		expect(why).toEqual(reasons.map((word) => `network false ${word}`));
	});

	test("gives its address and strength, and lists what is in reach", () => {
		const { controller, pole } = online();
		expect(pole.network.facts()).toEqual({
			address: "192.168.1.7",
			mac: "30:ae:a4:00:00:07",
			rssi: -61,
			channel: 6,
		});
		controller.radio = ["quay", "city"];
		expect(pole.network.scan()).toBe(true);
		expect(pole.network.found(0)).toBeNull();
		for (const end of controller.scans.splice(0)) controller.call(end);
		expect([0, 1, 2].map((index) => pole.network.found(index)?.name)).toEqual([
			"quay",
			"city",
			undefined,
		]);
		controller.radio = undefined;
		expect([pole.network.scan(), pole.network.found(0)]).toEqual(["notAvailable", undefined]);
	});

	test("at the end of a cable has no name", async () => {
		const cable = await import("../../../hosts/esp32/ethernet.js");
		expect([cable.hasWifi, rigOf().pole.network.hasWifi]).toEqual([false, true]);
	});

	// security: Ethernet that is left
	test("at the end of a cable is left and joined again, and comes back with an address", async () => {
		const { openInterface } = await import("../../../hosts/esp32/ethernet.js");
		const controller = new Controller();
		power.on = controller;
		const states: boolean[] = [];
		const isUp = () => door.connection >= 500;
		const door: NetworkInterface = openInterface(() => void states.push(isUp()));
		expect(door.join("", "")).toBe(true);
		controller.plug(true);
		controller.lease();
		expect([states, isUp()]).toEqual([[false, true], true]);
		for (let index = 0; index < 2; index += 1) {
			door.leave();
			expect([door.join("", ""), isUp()]).toEqual([true, false]);
			controller.lease();
			expect(isUp()).toBe(true);
		}
		controller.plug(false);
		door.leave();
		door.join("", ""); // into the air
		controller.plug(true);
		controller.lease();
		expect([isUp(), controller.restarts]).toEqual([true, []]);
	});

	// security: without a radio the chip's random numbers
	test("at the end of a cable has chance of its own before anything is sent: no radio gives any", async () => {
		const { openInterface } = await import("../../../hosts/esp32/ethernet.js");
		power.on = new Controller();
		openInterface(() => {});
		expect(power.on.order).toEqual(["noise", "ethernet"]);
	});
});

describe("a stream", () => {
	const opened = (target: object = {}, prepare?: (controller: Controller) => void): Rig => {
		const rig = online((controller) => {
			controller.names.set("broker.city", "10.0.0.7");
			prepare?.(controller);
		});
		expect(rig.pole.streams.open({ host: "broker.city", port: 8883, ...target })).toBe(0);
		rig.controller.answerNames();
		rig.controller.pass(0);
		return rig;
	};
	const trusting = ({ nvs }: Controller): void => void nvs.set("tls.ca", pem("CERTIFICATE", "ca"));

	test("over TCP opens, takes what there is room for, gives what came, and is closed", () => {
		const { controller, pole, received } = opened();
		const [wire] = controller.wires;
		expect([wire!.address, pole.streams.writable(0)]).toEqual(["10.0.0.7", 0]);
		wire!.onWritable(8);
		expect([received(), pole.streams.writable(0)]).toEqual([["streamOpen 0"], 8]);
		expect(pole.streams.write(0, Uint8Array.of(9, 1, 2, 9), 1, 2)).toBe(true);
		expect(pole.streams.write(0, new Uint8Array(9), 0, 9)).toBe(false);
		expect(wire!.sent).toEqual([1, 2]);
		wire!.received.push(1, 2, 3);
		wire!.onReadable(3);
		wire!.received.push(4);
		wire!.onReadable(4);
		expect(received()).toEqual(["streamReadable 0 3", "streamReadable 0 1"]);
		const into = new Uint8Array(3);
		expect([1, 2, 3].map(() => pole.streams.read(0, into))).toEqual([3, 1, 0]);
		wire!.onError();
		expect(received()).toEqual(["streamClosed 0 closedByPeer"]);
		expect(pole.streams.open({ host: "broker.city", port: 1883 })).toBe(0);
	});

	const ends: [what: string, end: string, target: object, act: (rig: Rig) => void][] = [
		["whose name is unknown", "nameUnknown", { host: "nobody" }, () => {}],
		["that nobody takes", "unreachable", {}, ({ controller }) => controller.wires[0]!.onError()],
		["that nobody answers", "timedOut", {}, ({ controller }) => controller.pass(30_000)],
		["over TLS without a CA in the store", "tlsRefused", { tls: TLS }, () => {}],
	];
	test.each(ends)("%s ends as %s", (_what, end, target, act) => {
		const rig = opened(target);
		act(rig);
		expect(rig.received()).toContain(`streamClosed 0 ${end}`);
		expect(rig.controller.restarts).toEqual([]);
	});

	test("without a network ends in a turn of its own", () => {
		const { controller, pole, received } = rigOf();
		received();
		expect(pole.streams.open({ host: "broker.city", port: 1883 })).toBe(0);
		expect(received()).toEqual([]);
		controller.pass(0);
		expect(received()).toContain("streamClosed 0 noNetwork");
	});

	test("whose name cannot even be asked for ends so, its place free again", () => {
		const rig = online((controller) => void controller.broken.add("resolver"));
		expect(rig.pole.streams.open({ host: "broker.city", port: 1883 })).toBe(0);
		rig.controller.pass(0);
		expect(rig.received()).toContain("streamClosed 0 nameUnknown");
		expect(rig.pole.streams.open({ host: "broker.city", port: 1883 })).toBe(0);
	});

	test.each<[host: string, isLiteral: boolean]>([
		["192.0.2.7", true],
		["2001:db8::7", true],
		["fe80::7", true],
		["broker.city", false],
		["broker2", false],
		["7.city", false],
		["cafe", false],
	])("to %s asks no resolver where that is an address: %s", (host, isLiteral) => {
		const rig = online();
		rig.controller.lookups.length = 0;
		expect(rig.pole.streams.open({ host, port: 1883 })).toBe(0);
		expect(rig.controller.wires).toEqual([]); // in a later turn
		rig.controller.pass(0);
		expect(rig.controller.lookups.map(([name]) => name)).toEqual(isLiteral ? [] : [host]);
		expect(rig.controller.wires.map(({ address }) => address)).toEqual(isLiteral ? [host] : []);
	});

	/** A handshake that was asked for, and what the peer sends first. */
	const shaking = (prepare?: (controller: Controller) => void, how: object = {}): Rig => {
		const rig = opened({ tls: { ...TLS, ...how } }, (controller) => {
			trusting(controller);
			prepare?.(controller);
		});
		rig.controller.wires[0]!.onWritable(8000);
		expect(rig.received()).toEqual(["streamReached 0"]);
		rig.pole.streams.secure(0);
		return rig;
	};
	const come = ({ controller }: Rig, ...bytes: number[]): void => {
		const [wire] = controller.wires;
		wire!.received.push(...bytes);
		wire!.onReadable(wire!.received.length);
		controller.pass(0);
	};

	// security: 5.5-1
	test("over TLS that is refused ends, and nothing restarts", () => {
		const rig = shaking((controller) => {
			controller.refusal = true;
		});
		come(rig, 22);
		expect(rig.received()).toEqual(["streamClosed 0 tlsRefused"]);
		expect(rig.controller.restarts).toEqual([]);
		expect(rig.controller.wires[0]!.isClosed).toBe(true);
		expect(rig.controller.links[0]!.isClosed).toBe(true);
	});

	test("over TLS without memory for it ends, and nothing restarts", () => {
		const rig = shaking((controller) => void controller.broken.add("memory"));
		rig.controller.pass(0);
		expect(rig.received()).toEqual(["streamClosed 0 tlsRefused"]);
		expect(rig.controller.restarts).toEqual([]);
	});

	// security: 5.5-1
	// security: 5.5-6, 5.5-7
	test("over TLS trusts the city's CA alone, shows who we are, and goes by the lamp's date", () => {
		const rig = shaking((chip) => {
			chip.nvs.set("tls.cert", pem("CERTIFICATE", "me"));
			chip.nvs.set("tls.key", pem("PRIVATE KEY", "secret"));
		});
		const { controller, pole, received } = rig;
		const text = (bytes: unknown) => Buffer.from(bytes as ArrayBuffer).toString();
		const { authority, certificate, key, ...rest } = controller.links[0]!.trust;
		expect(rest).toEqual({ name: "broker.city", date: DATE });
		expect([authority, certificate, key].map(text)).toEqual(["ca", "me", "secret"]);
		come(rig, 22);
		expect(received()).toEqual(["streamOpen 0"]);
		expect(pole.streams.write(0, Uint8Array.of(1, 2, 3), 1, 2)).toBe(true);
		expect(controller.wires[0]!.sent).toEqual([2, 3]);
	});

	test.each([
		["ca", ["new ca", "me", "secret"]],
		["cert key", ["ca", "new cert", "new key"]],
	])("over TLS reads those that are tried, %s, from keys of their own", (tried, texts) => {
		const trial = (chip: Controller) => {
			chip.nvs.set("tls.cert", pem("CERTIFICATE", "me"));
			chip.nvs.set("tls.key", pem("PRIVATE KEY", "secret"));
			for (const [name, label] of [
				["ca", "CERTIFICATE"],
				["cert", "CERTIFICATE"],
				["key", "PRIVATE KEY"],
			] as const)
				chip.nvs.set(`try.${name}`, pem(label, `new ${name}`));
		};
		const { authority, certificate, key } = shaking(trial, { tried }).controller.links[0]!.trust;
		const text = (bytes: unknown) => Buffer.from(bytes as ArrayBuffer).toString();
		expect([authority, certificate, key].map(text)).toEqual(texts);
	});

	/** A stream over TLS that is open. */
	const secured = (): Rig => {
		const rig = shaking();
		come(rig, 22);
		expect(rig.received()).toEqual(["streamOpen 0"]);
		return rig;
	};

	test("over TLS gives one record after the other, all that came", () => {
		const rig = secured();
		const { pole, controller, received } = rig;
		come(rig, 2, 7, 8, 1, 9);
		const into = new Uint8Array(4);
		expect(received()).toEqual(["streamReadable 0 2"]);
		expect([pole.streams.read(0, into), into[0], into[1]]).toEqual([2, 7, 8]);
		controller.pass(0);
		expect(received()).toEqual(["streamReadable 0 1"]);
		expect([pole.streams.read(0, into), into[0]]).toEqual([1, 9]);
		controller.pass(0);
		expect([received(), controller.restarts]).toEqual([[], []]);
	});

	// security: a peer that is cut off, drips
	test("over TLS takes from TCP what there is room for, and the rest when it was read", () => {
		const rig = secured();
		const { pole, controller, received } = rig;
		const records = Array.from({ length: 200 }, (_none, index) => [20, ...Array(20).fill(index)]);
		come(rig, ...records.flat());
		expect(controller.wires[0]!.received.length).toBeGreaterThan(0);
		const read: number[] = [];
		const into = new Uint8Array(20);
		for (let turn = 0; turn < 400; turn += 1) {
			const count = pole.streams.read(0, into);
			read.push(...into.subarray(0, count));
			controller.pass(0);
		}
		expect(read).toEqual(records.flatMap(([, ...bytes]) => bytes));
		expect(controller.wires[0]!.received).toEqual([]);
		expect(received().every((word) => word === "streamReadable 0 20")).toBe(true);
	});

	test("over TLS whose record does not decrypt ends after what came before, and nothing restarts", () => {
		const rig = secured();
		const { pole, controller, received } = rig;
		come(rig, 2, 7, 8, 255);
		expect(received()).toEqual(["streamReadable 0 2"]);
		expect(pole.streams.read(0, new Uint8Array(4))).toBe(2);
		controller.pass(0);
		expect(received()).toEqual(["streamClosed 0 closedByPeer"]);
		expect(controller.restarts).toEqual([]);
	});

	test("over TLS whose peer ends after its last bytes gives them first", () => {
		const rig = secured();
		const { pole, controller, received } = rig;
		come(rig, 2, 7, 8, 1, 9);
		controller.wires[0]!.onError();
		expect([received(), pole.streams.writable(0)]).toEqual([["streamReadable 0 2"], 0]);
		const into = new Uint8Array(4);
		expect([pole.streams.read(0, into), into[0], into[1]]).toEqual([2, 7, 8]);
		controller.pass(0);
		expect(received()).toEqual(["streamReadable 0 1"]);
		expect([pole.streams.read(0, into), into[0]]).toEqual([1, 9]);
		controller.pass(0);
		expect([received(), controller.restarts]).toEqual([["streamClosed 0 closedByPeer"], []]);
	});

	test("over TLS that is closed announces it, and says nothing more", () => {
		const rig = secured();
		const { pole, controller, received } = rig;
		come(rig, 2, 7, 8, 255);
		pole.streams.read(0, new Uint8Array(4));
		received();
		pole.streams.close(0);
		expect(controller.wires[0]!.sent).toEqual([0]);
		controller.links[0]!.onNews(); // as a message that was on its way
		controller.pass(1000);
		expect([received().filter((word) => word.startsWith("stream")), controller.restarts]).toEqual([
			[],
			[],
		]);
	});

	test("over TLS takes no more than TCP has room for with its record around it", () => {
		const rig = secured();
		const { pole, controller, received } = rig;
		const [wire] = controller.wires;
		wire!.onWritable(100);
		expect([pole.streams.writable(0), received()]).toEqual([68, ["streamWritable 0"]]);
		expect(pole.streams.write(0, new Uint8Array(69), 0, 69)).toBe(false);
		expect(pole.streams.write(0, new Uint8Array(68), 0, 68)).toBe(true);
		expect(pole.streams.writable(0)).toBe(0);
		wire!.onWritable(8000);
		expect(pole.streams.writable(0)).toBe(2560);
	});

	test("over TLS waits for its handshake as long as it must, and carries nothing before", () => {
		const { controller, pole, received } = opened({ tls: TLS }, trusting);
		const [wire] = controller.wires;
		pole.streams.secure(0); // not yet
		wire!.onWritable(8000);
		wire!.onWritable(8000);
		controller.pass(120_000);
		expect(received()).toEqual(["streamReached 0"]);
		expect(pole.streams.writable(0)).toBe(0);
		expect(pole.streams.write(0, Uint8Array.of(1), 0, 1)).toBe(false);
		expect([controller.links, wire!.sent]).toEqual([[], []]);
		pole.streams.secure(0);
		pole.streams.secure(0); // once
		expect(controller.links).toHaveLength(1);
		controller.pass(29_999);
		expect(received()).toEqual([]);
		controller.pass(1);
		expect([received(), wire!.isClosed]).toEqual([["streamClosed 0 timedOut"], true]);
		expect(controller.links[0]!.isClosed).toBe(true);
	});

	test("over TLS whose TCP ends before or in its handshake is reported, and its place is free", () => {
		const { controller, pole, received } = opened({ tls: TLS }, trusting);
		const [wire] = controller.wires;
		wire!.onWritable(8000);
		wire!.onError();
		expect(received()).toEqual(["streamReached 0", "streamClosed 0 unreachable"]);
		expect(pole.streams.open({ host: "broker.city", port: 1883 })).toBe(0);
		expect(controller.restarts).toEqual([]);
		const rig = shaking();
		rig.controller.wires[0]!.onError();
		expect(rig.received()).toEqual([]);
		rig.controller.pass(0);
		expect(rig.received()).toEqual(["streamClosed 0 unreachable"]);
	});

	test("that was closed says nothing more, whatever comes", () => {
		const { controller, pole, received } = opened();
		pole.streams.close(0);
		const [wire] = controller.wires;
		wire!.onWritable(8);
		wire!.onReadable(3);
		wire!.onError();
		controller.pass(60_000);
		expect(received().filter((word) => word.startsWith("stream"))).toEqual([]);
	});

	test("is one of two at most", () => {
		const { pole } = opened();
		const target = { host: "broker.city", port: 1883 };
		expect([pole.streams.open(target), pole.streams.open(target)]).toEqual([1, "notAvailable"]);
	});
});

describe("datagrams", () => {
	// security: 5.6-1, 5.6-5
	// security: a socket before there is an interface throws
	test("asked for before there is an interface are bound when the network comes", () => {
		const rig = rigOf((controller) => {
			controller.broken.add("wifi");
		});
		expect(rig.pole.datagrams.bind(5683)).toBe(true);
		expect(rig.pole.datagrams.send(Uint8Array.of(1), 1)).toBe(false);
		rig.controller.hasInterface = true;
		rig.pole.datagrams.join();
		expect(rig.pole.datagrams.send(Uint8Array.of(1, 2), 1)).toBe(true);
		expect(rig.controller.datagrams).toEqual([[Uint8Array.of(1), "255.255.255.255", 5683]]);
	});

	// security: bounded load
	test("that come in a flood are let go but for the latest 32", () => {
		const { controller, pole, received } = online();
		pole.datagrams.bind(5683);
		const socket = controller.udp.at(-1)!;
		for (let index = 1; index <= 100; index += 1) {
			socket.in.push(Uint8Array.of(index));
			socket.onReadable(socket.in.length); // as the SDK has it: all that wait
		}
		const into = new Uint8Array(1);
		expect([pole.datagrams.read(into), into[0], socket.in.length]).toEqual([1, 69, 31]);
		expect([new Set(received()), controller.restarts]).toEqual([new Set(["datagram"]), []]);
	});

	test("are reported once, wait to be read, and are cut to what they are read into", () => {
		const { controller, pole, received } = online();
		pole.datagrams.bind(5683);
		const socket = controller.udp.at(-1)!;
		socket.in.push(Uint8Array.of(1, 2, 3), Uint8Array.of(4));
		socket.onReadable(2);
		const into = new Uint8Array(2);
		expect(received()).toEqual(["datagram"]);
		expect([1, 2, 3].map(() => pole.datagrams.read(into))).toEqual([2, 1, 0]);
	});
});

describe("a time server", () => {
	/** The question, as a good server gives it back at `utc`. */
	const answer = (question: Uint8Array, utc: number): Uint8Array => {
		const bytes = new Uint8Array(48);
		bytes.set([0x24, 2]); // version 4, mode 4, stratum 2
		bytes.set(question.subarray(40, 48), 24);
		const view = new DataView(bytes.buffer);
		const seconds = utc / 1000 + 2_208_988_800;
		view.setUint32(40, Math.floor(seconds) % 2 ** 32);
		view.setUint32(44, (seconds % 1) * 2 ** 32);
		return bytes;
	};
	const asked = (): Rig => {
		const rig = rigOf(({ nvs, names }) => {
			nvs.set("time.server", "ntp.city");
			names.set("ntp.city", "10.0.0.1");
		});
		rig.controller.change(500);
		rig.controller.answerNames();
		rig.controller.pass(0);
		rig.received();
		return rig;
	};
	const say = (rig: Rig, bytes: Uint8Array): void => {
		const socket = rig.controller.udp.at(-1)!;
		socket.in.push(bytes);
		socket.onReadable(1);
	};
	const times = (rig: Rig) => rig.received().filter((word) => word.startsWith("time"));

	test("is asked when the network comes, and each hour after an answer", () => {
		const rig = asked();
		const [[question, address, port]] = rig.controller.datagrams as [[Uint8Array, string, number]];
		expect([question.length, address, port]).toEqual([48, "10.0.0.1", 123]);
		rig.controller.pass(100);
		say(rig, answer(question, DATE + 250));
		expect(times(rig)).toEqual([`time ${DATE + 300}`]); // and half of the 100 ms
		rig.controller.pass(3_599_000);
		expect(rig.controller.lookups).toHaveLength(0);
		rig.controller.pass(1000);
		expect(rig.controller.lookups).toHaveLength(1);
	});

	test("of 2036 and later is understood", () => {
		const rig = asked();
		say(rig, answer(rig.controller.datagrams[0]![0], Date.UTC(2036, 5, 1)));
		expect(times(rig)).toEqual([`time ${Date.UTC(2036, 5, 1)}`]);
	});

	const garbage: [what: string, spoil: (bytes: Uint8Array) => Uint8Array][] = [
		["a short packet", (bytes) => bytes.subarray(0, 47)],
		["nothing", () => new Uint8Array(0)],
		["a client's packet", (bytes) => bytes.fill(0x23, 0, 1)],
		["an unsynchronised server's", (bytes) => bytes.fill(0xe4, 0, 1)],
		["a kiss of death", (bytes) => bytes.fill(0, 1, 2)],
		["an answer to another question", (bytes) => bytes.fill(0, 24, 32)],
	];
	// security: 5.13-1
	// security: the SDK's time client
	test.each(garbage)(
		"that sends %s is not trusted, and asked again in a minute",
		(_what, spoil) => {
			const rig = asked();
			say(rig, spoil(answer(rig.controller.datagrams[0]![0], DATE)));
			expect(times(rig)).toEqual([]);
			rig.controller.pass(60_000);
			expect(rig.controller.lookups).toHaveLength(1);
			expect(rig.controller.restarts).toEqual([]);
		},
	);

	test("that answers twice, or late, is received once, or not", () => {
		const rig = asked();
		const packet = answer(rig.controller.datagrams[0]![0], DATE);
		say(rig, packet);
		say(rig, packet);
		expect(times(rig)).toHaveLength(1);
		const late = asked();
		late.controller.pass(2001);
		say(late, answer(late.controller.datagrams[0]![0], DATE));
		expect(times(late)).toEqual([]);
	});
});

describe("flash", () => {
	const failures: [error: string, result: string][] = [
		["ESP_ERR_NVS_NOT_ENOUGH_SPACE", "full"],
		["0x1105", "full"],
		["ESP_ERR_NVS_INVALID_STATE", "failed"],
	];
	// security: NVS throws on another type
	test.each(failures)("NVS that throws %s answers %s", (error, result) => {
		const { controller, pole } = rigOf();
		controller.nvsError = error;
		expect([pole.store.write("life", "1"), pole.store.read("life")]).toEqual([result, undefined]);
	});

	test("NVS with a number where text is due reads as nothing, and takes text", () => {
		const { pole } = rigOf(({ nvs }) => void nvs.set("life", 7));
		expect(pole.store.read("life")).toBeUndefined();
		expect([pole.store.write("life", "8"), pole.store.read("life")]).toEqual(["ok", "8"]);
	});

	test("without the journal's partition has no sectors", () => {
		const { pole } = rigOf((controller) => void (controller.hasJournal = false));
		expect([pole.flashLog.sectors, pole.flashLog.read(0, new Uint8Array(1))]).toEqual([0, false]);
	});
});

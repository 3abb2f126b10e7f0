/**
 * An evening of twelve lamps: every packet at the broker against the contract document.
 *
 * Promise: Every packet that a street sends is described by the contract.
 */
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { IPublishPacket } from "mqtt-packet";
import { nameOf, schemasOf } from "../../lib/firmware/contractdoc.js";
import type { Passed } from "../../sim/network/wiretap.js";
import { scaled } from "../support/scale.js";
import { channelOf, currentContract, validators } from "./judge.js";
import { evening, LAMPS } from "./street.js";

const document = currentContract();
const validator = validators(document);
let passed: readonly Passed[];
let bytes: number;

interface Said {
	readonly channel: string | undefined;
	readonly topic: string;
	readonly payload: unknown;
	readonly qos: number;
	readonly retain: boolean;
}

function* messages(): Iterable<Said> {
	for (const { isUp, packet } of passed) {
		if (!isUp) continue;
		const message =
			packet.cmd === "publish" ? packet : packet.cmd === "connect" ? packet.will : undefined;
		if (!message) continue;
		const { topic, payload, qos, retain = false } = message as IPublishPacket;
		if (payload.length === 0) continue; // removes what was retained
		const json = JSON.parse(payload.toString());
		yield { channel: channelOf(document, topic), topic, payload: json, qos: qos!, retain };
	}
}

/** The schema of a channel that a payload fits; undefined: none. */
const fitting = (channel: string, payload: unknown) =>
	schemasOf(document, channel).find((name) => validator(name)(payload));

beforeAll(async () => {
	const watched = await evening(scaled(2, 3));
	passed = watched.passed;
	bytes = watched.tap.bytes;
});

describe("an evening", () => {
	test("every payload that a lamp sent fits the schema of its topic", () => {
		let count = 0;
		for (const { channel, topic, payload } of messages()) {
			count += 1;
			const name = channel && fitting(channel, payload);
			expect([topic, payload, typeof name]).toEqual([topic, payload, "string"]);
		}
		expect(count).toBeGreaterThan(50 * LAMPS);
	});

	test("every schema of what a lamp says was met, but events that need a broken machine", () => {
		const met = new Set<string>();
		for (const { channel, payload } of messages()) {
			const name = fitting(channel!, payload)!;
			met.add(name);
			for (const variant of document.components.schemas[name]!.oneOf ?? [])
				if (validator(nameOf(variant))(payload)) met.add(nameOf(variant));
		}
		const names = Object.entries(document.operations)
			.filter(([, { action }]) => action === "send")
			.flatMap(([, { channel }]) => schemasOf(document, nameOf(channel)));
		const variants = names.flatMap((name) =>
			(document.components.schemas[name]!.oneOf ?? []).map(nameOf),
		);
		const missed = [...new Set([...names, ...variants])].filter((name) => !met.has(name));
		expect(missed.sort()).toEqual([
			"EventCertificateChanged",
			"EventClockAtOddsEnd",
			"EventClockAtOddsStart",
			"EventClockFailure",
			"EventClockJump",
			"EventCyclingFailure",
			"EventDatagramsForged",
			"EventDimmingFailure",
			"EventDriverFailure",
			"EventDriverReplaced",
			"EventDriverReset",
			"EventEventsCappedEnd",
			"EventEventsCappedStart",
			"EventEventsLost",
			"EventFault",
			"EventHeapLow",
			"EventInvalidCalendar",
			"EventInvalidProgram",
			"EventLampFailure",
			"EventLampUnexpectedOn",
			"EventLightSensorFailure",
			"EventLogin",
			"EventLoginFailed",
			"EventPresenceSensorFailure",
			"EventSecretChanged",
			"EventSensorReplaced",
			"EventSettingsRejected",
			"EventSettingsReverted",
			"EventStoreFailure",
			"EventThermalDeratingEnd",
			"EventThermalDeratingStart",
			"EventUpdateActivated",
			"EventUpdateFailed",
			"EventUpdateKept",
			"EventUpdateKeys",
			"EventUpdateOffered",
			"EventUpdateReverted",
			"EventUpdateStarted",
		]);
	});

	test("the city's answers for the clock fit their schema, at QoS 0 and not retained", () => {
		const answers = passed.flatMap(({ isUp, packet }) =>
			!isUp && packet.cmd === "publish" && packet.topic.endsWith("/clock/answer") ? [packet] : [],
		);
		expect(answers.length).toBeGreaterThan(0);
		for (const { payload, qos, retain } of answers)
			expect([fitting("clockAnswer", JSON.parse(payload.toString())), qos, retain]).toEqual([
				"ClockAnswer",
				0,
				false,
			]);
	});

	test("topics, QoS and retain flags are those of the operations, and no other", () => {
		const seen = new Set<string>();
		for (const { channel, qos, retain } of messages()) seen.add(`send ${channel} ${qos} ${retain}`);
		for (const { isUp, packet } of passed)
			if (isUp && packet.cmd === "subscribe")
				for (const { topic, qos } of packet.subscriptions)
					seen.add(`receive ${channelOf(document, topic)} ${qos}`);
		const written = Object.values(document.operations).map(({ action, channel, bindings }) => {
			const { qos, retain } = bindings.mqtt;
			const rest = action === "send" ? [qos, retain] : [qos];
			return [action, nameOf(channel), ...rest].join(" ");
		});
		expect([...seen].sort()).toEqual(written.sort());
	});

	test("no payload is over 2,048 bytes, and the tap has counted every byte", () => {
		let total = 0;
		for (const { packet, bytes: count } of passed) {
			total += count;
			if (packet.cmd === "publish" && packet.payload.length !== 3_000)
				expect(packet.payload.length).toBeLessThanOrEqual(2_048);
		}
		expect(total).toBeLessThanOrEqual(bytes);
		expect(total).toBeGreaterThan(0.999 * bytes); // what was under way at a cut is no packet
	});

	test("orders that fit the schema were accepted or done, the others rejected", () => {
		const fits = new Map<string, boolean>();
		for (const { isUp, packet } of passed) {
			if (isUp || packet.cmd !== "publish" || packet.payload.length === 0) continue;
			const channel = channelOf(document, packet.topic)!;
			if (channel === "clockAnswer") continue; // no order
			try {
				const order = JSON.parse(packet.payload.toString());
				fits.set(order.id, fitting(channel, order) !== undefined);
			} catch {} // no JSON; its reply has no id
		}
		const answers = new Map<string, Set<string>>();
		for (const { channel, payload } of messages()) {
			const { id, status } = payload as { id?: string; status: string };
			if (!/reply$/i.test(channel!) || id === undefined) continue;
			answers.set(id, (answers.get(id) ?? new Set()).add(status));
		}
		expect([...fits.keys()].length).toBeGreaterThan(15);
		const late = new Set(["b5"]); // a schema does not compare the dates of an order
		for (const [id, fit] of fits) {
			const good = fit && !late.has(id);
			const statuses = [...(answers.get(id) ?? [])];
			expect([id, statuses.length, statuses[0] !== "rejected"]).toEqual([id, 1, good]);
		}
	});
});

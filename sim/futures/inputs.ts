/**
 * Inputs: the sixteen things that happen to a lamp in all sequences, and how long each is given.
 */
import { INPUT } from "../../hosts/virtual/protocol.js";
import { HOUR, MINUTE } from "../../lib/spans.js";
import { type FutureLamp, NODE } from "./futurelamp.js";

const SECOND = 1000;
export const EPOCH = Date.UTC(2026, 10, 24, 14);

/** Something that happens; the lamp then runs on for a time of its own. */
export interface FutureInput {
	readonly name: string;
	act(lamp: FutureLamp): void;
	/** ms */
	readonly span: number;
}

export function publish(lamp: FutureLamp, payload: object, topic = "command"): void {
	lamp.send({
		cmd: "publish",
		topic: `${NODE}/${topic}`,
		payload: JSON.stringify(payload),
		qos: 1,
		messageId: 77,
		dup: false,
		retain: false,
	});
}

/** An order; its `id` names the instant, so that a repeat of the sequence is another order. */
export function order(
	lamp: FutureLamp,
	command: string,
	parameters: object = {},
	validFor?: number, // s
): void {
	const dateOf = (at: number) => new Date(EPOCH + at).toISOString();
	const ends = validFor === undefined ? {} : { expiration: dateOf(lamp.now + validFor * SECOND) };
	const id = `${command}-${lamp.now}`;
	const topic = command === "emergency" ? "emergency" : "command";
	publish(lamp, { id, issued: dateOf(lamp.now), command, ...ends, ...parameters }, topic);
}

export const INPUTS: readonly FutureInput[] = [
	{ name: "movement", act: (lamp) => lamp.post(INPUT.movement), span: SECOND },
	{ name: "stillness", act: (lamp) => lamp.post(INPUT.stillness), span: SECOND },
	{ name: "night", act: (lamp) => lamp.post(INPUT.illuminance, 2), span: SECOND },
	{ name: "day", act: (lamp) => lamp.post(INPUT.illuminance, 4000), span: SECOND },
	{
		name: "override",
		act: (lamp) => order(lamp, "override", { level: 80, rampToLevelTime: 5 }, 600),
		span: SECOND,
	},
	{
		name: "dark override",
		act: (lamp) => order(lamp, "override", { level: 0, belowFloor: true }, 60),
		span: SECOND,
	},
	{ name: "clear", act: (lamp) => order(lamp, "clearOverride"), span: SECOND },
	{
		name: "emergency",
		act: (lamp) => order(lamp, "emergency", {}, 300),
		span: SECOND,
	},
	{
		name: "time",
		act: (lamp) => lamp.post(INPUT.time, EPOCH + lamp.now),
		span: SECOND,
	},
	{
		name: "wrong time",
		act: (lamp) => lamp.post(INPUT.time, EPOCH + lamp.now + 5 * HOUR),
		span: SECOND,
	},
	{ name: "network down", act: (lamp) => lamp.post(INPUT.network, 0), span: SECOND },
	{ name: "network up", act: (lamp) => lamp.post(INPUT.network, 1), span: 15 * SECOND },
	{ name: "20 s", act: () => {}, span: 20 * SECOND },
	{ name: "10 min", act: () => {}, span: 10 * MINUTE },
	{
		name: "power cut",
		act: (lamp) => {
			lamp.cut();
			lamp.boot("powerOn");
		},
		span: SECOND,
	},
	{ name: "crash", act: (lamp) => lamp.crash(), span: SECOND },
];

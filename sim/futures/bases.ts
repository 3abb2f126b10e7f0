/**
 * Bases: the eight states from which all sequences of inputs are run.
 */
import { INPUT } from "../../hosts/virtual/protocol.js";
import { HOUR, MINUTE } from "../../lib/spans.js";
import type { FutureLamp } from "./futurelamp.js";
import { EPOCH, order, publish } from "./inputs.js";

const SECOND = 1000;
const SETTINGS: Readonly<Record<string, object>> = Object.freeze({
	identity: { site: "liege", node: "pole-00001" },
	light: { floorLevel: 20, presenceLevel: 90, lingerLevel: 50, hold: 15, linger: 30, fallTime: 8 },
	calendar: {
		program: "sunset 60; 22:00 40; 00:00 out; 05:00 60; sunrise 0",
		zone: "CET-1CEST,M3.5.0,M10.5.0/3",
		latitude: 50.6,
		longitude: 5.6,
	},
	link: {
		brokerHost: "broker",
		brokerPort: 1883,
		brokerTls: false,
		reconnectSpread: 1,
		telemetryInterval: 86_400,
	},
});

/** What a test must give: a key of images, and the header of one that it signed. */
export interface Signed {
	readonly key: string;
	readonly header: string;
}

interface BaseState {
	readonly name: string;
	/** From the lamp in its socket, without power, to the state. */
	reach(lamp: FutureLamp, signed: Signed): void;
	/** Whether it was reached, by the words of the second lamp that explains its light. */
	isReached(words: string): boolean;
}

function install(lamp: FutureLamp, { key }: Signed): void {
	for (const [section, values] of Object.entries(SETTINGS))
		lamp.install(`set.${section}`, JSON.stringify(values));
	lamp.install("update.key", key);
}

/** The lights go out by the program three minutes later, at 00:00 on the wall clock. */
const LATE = Date.UTC(2026, 10, 24, 22, 57) - EPOCH;

/** It has been switched on by day, and has the date from a time server. */
function byDay(lamp: FutureLamp, signed: Signed): void {
	install(lamp, signed);
	lamp.boot("powerOn");
	lamp.run(SECOND);
	lamp.post(INPUT.illuminance, 3000);
	lamp.run(lamp.now + 20 * MINUTE);
	join(lamp);
}

/** The network comes up, then its time server answers. */
function join(lamp: FutureLamp): void {
	lamp.post(INPUT.network, 1);
	lamp.run(lamp.now + 5 * SECOND);
	lamp.post(INPUT.time, EPOCH + lamp.now);
	lamp.run(lamp.now + SECOND);
}

/** The dusk of the photocell vouches for its date. `until`: ms from the begin. */
function intoTheNight(lamp: FutureLamp, signed: Signed, until = LATE): void {
	byDay(lamp, signed);
	lamp.run(Date.UTC(2026, 10, 24, 15, 35) - EPOCH);
	for (let lux = 1000; lux > 1; lux *= 0.7) {
		lamp.post(INPUT.illuminance, lux);
		lamp.run(lamp.now + MINUTE);
	}
	lamp.run(until);
}

/** Power fails by night, so that no witness has spoken since. */
function afterACut(lamp: FutureLamp, signed: Signed): void {
	intoTheNight(lamp, signed, LATE - 10 * MINUTE);
	lamp.cut();
	lamp.boot("powerOn");
	lamp.run(lamp.now + SECOND);
	lamp.post(INPUT.illuminance, 2);
}

export const BASES: readonly BaseState[] = [
	{
		name: "dark, with a program",
		reach: (lamp, signed) => intoTheNight(lamp, signed),
		isReached: (words) =>
			words.includes("it is dark") && words.includes("program: program (22:00 40)"),
	},
	{
		name: "an order in force",
		reach(lamp, signed) {
			intoTheNight(lamp, signed, LATE - MINUTE);
			order(lamp, "override", { level: 75, rampToLevelTime: 2 }, 7200);
			lamp.run(LATE);
		},
		isReached: (words) => words.includes("override (override-") && !words.includes("fading"),
	},
	{
		name: "a fade under way",
		reach(lamp, signed) {
			intoTheNight(lamp, signed, LATE - MINUTE);
			order(lamp, "override", { level: 95, rampToLevelTime: 600 }, 7200);
			lamp.run(LATE);
		},
		isReached: (words) => words.includes("heads for 95 %, fading"),
	},
	{
		name: "the date lost",
		reach(lamp, signed) {
			afterACut(lamp, signed);
			lamp.run(LATE - 5 * MINUTE);
			lamp.post(INPUT.network, 1);
			lamp.run(LATE);
		},
		isReached: (words) => words.includes("No program runs") && words.includes("it is dark"),
	},
	{
		name: "a date that nobody vouches for",
		reach(lamp, signed) {
			afterACut(lamp, signed);
			lamp.run(LATE - 5 * MINUTE);
			join(lamp);
			lamp.run(LATE);
		},
		isReached: (words) => words.includes("program (22:00 40)"),
	},
	{
		name: "an image loading",
		reach(lamp, signed) {
			intoTheNight(lamp, signed, LATE - MINUTE);
			const notBefore = new Date(EPOCH + LATE - HOUR).toISOString();
			const offer = { id: "image", url: "https://images/next.bin", header: signed.header };
			publish(lamp, { ...offer, notBefore, spread: 0, whileOccupied: true }, "update");
			lamp.run(LATE);
		},
		isReached: (words) => words.includes("heads for"),
	},
	{
		name: "a doubt in the PIR",
		reach(lamp, signed) {
			intoTheNight(lamp, signed, LATE - HOUR - MINUTE);
			lamp.post(INPUT.movement);
			lamp.run(LATE);
		},
		isReached: (words) => words.includes("sensor (doubt)"),
	},
	{
		name: "a flash that takes nothing",
		reach(lamp, signed) {
			intoTheNight(lamp, signed, LATE - MINUTE);
			lamp.wear();
			order(lamp, "override", { level: 75 }, 7200);
			lamp.run(LATE);
		},
		isReached: (words) => words.includes("override (override-"),
	},
];

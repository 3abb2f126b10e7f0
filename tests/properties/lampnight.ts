/**
 * Lamp night: one lamp lives through a night; what happens in it is done to its world.
 */

import { MINUTE } from "../../lib/spans.js";
import type { UtcMillis } from "../../src/units.js";
import type { FakeHost } from "../support/fakehost.js";
import { datagramOf, KEY, SITE } from "../support/neighbour.js";
import type { Happening } from "./happenings.js";
import { serveImages } from "./imageserver.js";
import { HOURS, type Night } from "./night.js";
import { POLE } from "./nightsettings.js";
import { elevation } from "./sky.js";
import { type Firmware, type Sample, type Shone, signed, World } from "./world.js";

export type { Firmware } from "./world.js";

/** Beyond these the sky is plainly day or night, and the sensor need not be asked each minute. */
const DUSK_DEGREES = 9;
/** Datagrams of a flood: more than the lamp may prove, and read, in a second. */
const FLOOD = 200;
/** How old the counter of an overtaken word is, ms. */
const OVERTAKEN = 10 * MINUTE;

export interface Lived {
	/** What shines, at each change. */
	readonly light: Shone;
	/** The fades that were ordered of the dimmer. */
	readonly fades: FakeHost["fades"];
	readonly samples: readonly Sample[];
	/** Starts after the first, whoever wanted them. */
	readonly boots: World["boots"];
	/** When the contact was moved. */
	readonly contacts: readonly (readonly [at: number, closed: boolean])[];
	/** When images began to be fetched. */
	readonly fetches: readonly number[];
	/** Orders that were taken. */
	readonly taken: ReadonlySet<Happening>;
	readonly faults: readonly unknown[];
}

export function runNight(night: Night, Node: Firmware): Lived {
	const world = new World(night, Node);
	const taken = new Set<Happening>();
	for (const happening of night.happenings) enact(happening, world, taken);
	const fetches = serveImages(world);
	if (night.photocell)
		for (let minute = 0; minute < HOURS * 60; minute += 1)
			if (Math.abs(elevation(night.start + minute * MINUTE)) < DUSK_DEGREES)
				world.at(minute * MINUTE, () => world.look());
	for (let hour = 1; hour <= HOURS; hour += 1) world.at(hour * 60 * MINUTE, () => world.sample());
	world.run();
	const { light, samples, boots, faults, host } = world;
	const { fades, contacts } = host;
	return { light, fades, samples, boots, contacts, fetches, taken, faults };
}

function enact(happening: Happening, world: World, taken: Set<Happening>): void {
	const { host } = world;
	const { at } = happening;
	/** From its beginning to its end. */
	const span = (length: number, begin: () => void, end: () => void) => {
		world.at(at, begin);
		world.at(at + length, end);
	};
	switch (happening.what) {
		case "stay":
			span(
				happening.length,
				() => {
					world.active += 1;
					if (world.active === 1) edge(world);
				},
				() => {
					world.active -= 1;
					if (world.active === 0) edge(world);
				},
			);
			break;
		case "chatter":
			for (let n = 0; n < happening.count; n += 1)
				world.at(at + n * happening.gap, () => chatter(world));
			break;
		case "flash":
			span(
				happening.length,
				() => {
					world.flashes.push(happening.lux);
					world.look();
				},
				() => {
					world.flashes.splice(world.flashes.indexOf(happening.lux), 1);
					world.look();
				},
			);
			break;
		case "sensor":
			span(
				happening.length,
				() => {
					world.nonsense.push(happening);
					world.look();
				},
				() => {
					world.nonsense.splice(world.nonsense.indexOf(happening), 1);
					world.look();
				},
			);
			break;
		case "time":
			world.at(at, () =>
				world.deliver((lamp) => lamp.onTime(host.now, (world.utc + happening.error) as UtcMillis)),
			);
			break;
		case "order":
		case "clear":
		case "emergency":
		case "action":
			world.at(at, () => order(happening, world, taken));
			break;
		case "restart":
			world.at(at, () => world.restart(happening.cause));
			break;
		case "cut":
			span(
				happening.length,
				() => world.cut(),
				() => world.feed(),
			);
			break;
		case "storeFails":
			span(
				happening.length,
				() => breakFlash(world, true),
				() => breakFlash(world, false),
			);
			break;
		case "heat":
			span(
				happening.length,
				() => warm(world, happening.celsius),
				() => warm(world, happening.after),
			);
			break;
		case "word":
			world.at(at, () => {
				if (!world.isFed || host.boundPort === undefined) return;
				host.datagramsIn.push(...bytesOf(happening, world.night));
				world.deliver((lamp) => lamp.onDatagram(host.now));
			});
			break;
		case "edit":
			if (Object.keys(happening.values).length === 0) break;
			world.at(at, () => {
				for (const [name, value] of Object.entries(happening.values))
					world.type(`set ${name} ${value}`);
				world.type("apply");
			});
			if (happening.ends !== "leave")
				world.at(at + happening.after, () => world.type(happening.ends));
			break;
		case "update":
			world.at(at, () => offer(world, `u${at}`));
	}
}

/** The PIR says what it sees. */
function edge(world: World): void {
	const { now } = world.host;
	world.deliver((lamp) => (world.active > 0 ? lamp.onMovement(now) : lamp.onStillness(now)));
}

/** Edges beside the truth, and doubled, and then the truth. */
function chatter(world: World): void {
	const { now } = world.host;
	const isActive = world.active > 0;
	world.deliver((lamp) => (isActive ? lamp.onStillness(now) : lamp.onMovement(now)));
	edge(world);
	edge(world);
}

/** An identifier that no stream has. */
const NO_STREAM = -1;

function warm(world: World, celsius: number): void {
	world.celsius = celsius;
	world.deliver((lamp) => lamp.onTemperature(world.host.now, celsius));
}

function breakFlash({ host }: World, fails: boolean): void {
	host.storeFails = fails;
	(host.flashLog as { isBroken?: boolean }).isBroken = fails;
}

function offer(world: World, id: string): void {
	const { header } = signed();
	const notBefore = new Date(world.night.start - 60 * MINUTE).toISOString();
	const url = "http://images.example:8080/a.bin";
	const text = JSON.stringify({ id, url, header, notBefore, spread: 0 });
	world.deliver((lamp) => {
		lamp.onStreamReadable(world.host.now, NO_STREAM, 0); // the packet with the offer
		lamp.updater.onOffer(text, world.host.now);
	});
}

/** The datagrams of a word as they come. Counters follow the clock, so that they rise. */
export function bytesOf(word: Happening & { what: "word" }, night: Night): Uint8Array[] {
	const message = { pole: POLE + word.place, life: 1, counter: word.at, age: word.age };
	const genuine = datagramOf(message);
	switch (word.flaw) {
		case "none":
			return [genuine];
		case "overtaken":
			return [datagramOf({ ...message, counter: Math.max(0, word.at - OVERTAKEN) })];
		case "otherKey":
			return [datagramOf({ ...message, key: [...KEY].reverse().join("") })];
		case "otherSite":
			return [datagramOf({ ...message, site: `${SITE}2` })];
		case "otherRow":
			return [datagramOf({ ...message, group: 9 })];
		case "short":
			return [genuine.subarray(0, 35)];
		case "long":
			return [Buffer.concat([genuine, genuine])];
		case "replayed": {
			const before = genuineBefore(word, night);
			return before ? bytesOf(before, night) : [];
		}
		default: {
			const count = word.flaw === "flood" ? FLOOD : 1;
			return Array.from({ length: count }, (_, n) => {
				const forged = datagramOf({ ...message, counter: word.at + n });
				forged[35]! ^= 1;
				return forged;
			});
		}
	}
}

/** The last genuine word before this one. */
export function genuineBefore(
	word: Happening,
	{ happenings }: Night,
): (Happening & { what: "word" }) | undefined {
	return happenings
		.filter((h): h is Happening & { what: "word" } => h.what === "word" && h.flaw === "none")
		.filter(({ at }) => at < word.at)
		.sort((a, b) => a.at - b.at)
		.at(-1);
}

let orders = 0;

function order(
	happening: Happening & { what: "order" | "clear" | "emergency" | "action" },
	world: World,
	taken: Set<Happening>,
): void {
	world.deliver((lamp) => {
		const text = orderText(happening, world.utc);
		const via = happening.what === "emergency" ? "emergency" : "console";
		const envelope = { via, retained: false, toMany: false } as const;
		const reply = lamp.takeOrder(text, envelope, world.host.now);
		if (reply.status === "accepted") taken.add(happening);
	});
}

function orderText(
	happening: Happening & { what: "order" | "clear" | "emergency" | "action" },
	utc: number,
): string {
	orders += 1;
	const id = `p${orders}`;
	if (happening.what === "action") return JSON.stringify({ id, ...happening.fields });
	if (happening.what === "clear") return JSON.stringify({ id, command: "clearOverride" });
	if (happening.what === "emergency")
		return JSON.stringify({ id, command: "emergency", issued: new Date(utc).toISOString() });
	const { level, belowFloor, inhibitSensors, duration, ramp } = happening.order;
	return JSON.stringify({
		id,
		command: "override",
		level,
		belowFloor,
		inhibitSensors,
		duration: duration / 1000,
		...(ramp === undefined ? {} : { rampToLevelTime: ramp }),
	});
}

/**
 * Firmware bench: the cost of one turn, counted by the engine and so equal on every machine.
 *
 * Computrons are XS's own measure: byte codes executed and work done in native functions.
 * Allocation is the decrease of free memory over the turn, slots (16 bytes each) and chunks
 * together, without a garbage collection in between.
 */

import { POINT, pathOf } from "../hosts/moddable/carrier.js";
import type { Fleet, Image } from "../hosts/virtual/fleet/fleet.js";
import { createFleet } from "../hosts/virtual/fleet/wasmfleet.js";
import { EFFECT, INPUT } from "../hosts/virtual/protocol.js";
import { HOUR } from "../lib/spans.js";
import { createNetwork } from "../sim/ports/streetports.js";
import { nodeOf, ROOT, SITE } from "../sim/run/install.js";
import { Clock } from "../sim/street/clock.js";
import { LOOKAHEAD } from "../sim/street/network.js";
import { Street } from "../sim/street/street.js";
import { Agenda } from "../sim/util/agenda.js";
import type { Edits, Print } from "./lamp.js";
import {
	bareImage,
	DUSK_UTC,
	EMPTY_HANDLER,
	edit,
	firmware,
	PWM_HANDLER,
	run,
	setUp,
	theEngine,
} from "./lamp.js";

/** 00:40 local time: the program requests 30 %, presence 100 %, and no hourly task is due. */
const AT = 8 * HOUR + 10 * 60_000;
const EPOCH = DUSK_UTC;
const SLOT_BYTES = 16;
export const AIM_COMPUTRONS = 1500; // the whole fade, of five segments, is ordered in it
const AIM_SLOTS = 20;

/** Logs after each turn the memory it allocated; the log itself is not counted. */
const METERED = `return (kind, now, value, channel, more) => {
		const before = native.freeBytes();
		deliver(kind, now, value, channel, more);
		native.log(String(before - native.freeBytes()));
	};`;
const metered = edit("return deliver;", METERED);
/** The image with the light alone: the tasks after the duty in the same turn are left out. */
const lightAndLog = edit(
	"if (now >= this.backgroundAt) this.runBackground(now);",
	"this.backgroundAt = Infinity;",
);
const NOTE = "this.lighting = false;\n\t\tif (this.edge) this.noteEdge();";
const WRITE =
	"if (light.writeLog(now)) this.background.isLightOther = true;\n\t\tthis.backgroundAt = areOther ? 0 : Math.min(this.backgroundAt, now);";
const lightOnly = (source: string) =>
	edit(NOTE, "this.lighting = false;")(edit(WRITE)(lightAndLog(source)));

interface Turn {
	readonly computrons: number;
	/** Orders to the dimmer, and the end of a fade. */
	readonly duties: number;
	readonly endsAt: number;
	/** Bytes allocated; NaN if the image does not log them. */
	readonly bytes: number;
}

/** One input on an otherwise idle lamp. */
function turn(fleet: Fleet, at: number, kind: number, value: number): Turn {
	const before = fleet.statistics(1)!;
	fleet.post(1, at, kind as typeof INPUT.movement, value);
	run(fleet, at);
	let duties = 0;
	let endsAt = NaN;
	let bytes = NaN;
	fleet.effects((effect, _at, _lamp, _value, _channel, text) => {
		if (effect === EFFECT.duty || effect === EFFECT.fade) duties++;
		if (effect === EFFECT.fade) endsAt = at + (pathOf(text).at(-POINT) ?? 0);
		if (effect === EFFECT.log) bytes = Number(Buffer.from(text));
	});
	const after = fleet.statistics(1)!;
	if (after.collections !== before.collections) throw new Error("bench: collected in the turn");
	return { computrons: after.computrons - before.computrons, duties, endsAt, bytes };
}

/** A lamp with a synchronised clock, on a vacant street after midnight, dark for hours. */
async function settled(image: Image, online: boolean): Promise<Fleet> {
	const fleet = createFleet(
		{ image, first: 1, count: 1, seed: 7, epochUtc: EPOCH },
		await theEngine(),
	);
	setUp(fleet, EPOCH, online);
	const clock = new Clock(Infinity);
	const network = await createNetwork({
		lamps: 1,
		seed: 7,
		epochUtc: EPOCH,
		broker: "embedded",
		port: 0,
		root: ROOT,
		site: SITE,
		nodeOf,
		now: () => clock.now(),
		print() {},
	});
	const world = { onBoot() {}, onEnd() {}, onDuty() {} };
	const parts = { fleet, network, clock, world, agenda: new Agenda(), witness: {} };
	const street = new Street({ ...parts, lookahead: LOOKAHEAD, listeners: [] });
	street.powerOn(0, 1 - fleet.first);
	fleet.post(1, 1000, INPUT.illuminance, 2);
	fleet.post(1, 2000, INPUT.network, 1);
	fleet.post(1, 3000, INPUT.time, EPOCH + 3000);
	await street.run(AT);
	await network.close();
	if (network.published > 0 !== online) throw new Error("bench: link is not as it should be");
	return fleet;
}

async function edge(image: Image, online: boolean): Promise<Turn> {
	const fleet = await settled(image, online);
	try {
		return turn(fleet, AT, INPUT.movement, 0);
	} finally {
		fleet.dispose();
	}
}

async function bareTurn(handler: string): Promise<Turn> {
	const fleet = createFleet(
		{ image: bareImage(handler), first: 1, count: 1, seed: 7, epochUtc: EPOCH },
		await theEngine(),
	);
	fleet.boot(1, 0, "powerOn");
	run(fleet, 0);
	return turn(fleet, 1, INPUT.movement, 0);
}

function costLine(what: string, computrons: number, bytes: number): string {
	const taken = bytes === 0 ? "0 slots, 0 bytes" : `${bytes} bytes = ${bytes / SLOT_BYTES} slots`;
	return `  ${what.padEnd(58)} ${String(computrons).padStart(6)} computrons, ${taken}`;
}

const LIGHT = { "luminode/node": lightOnly } as const;
const LIGHT_AND_BOOKS = { "luminode/node": lightAndLog } as const;

/** Computrons of the turn in which a rise ends, less those of an empty call. */
export async function endCost(online: boolean, edits: Edits = {}): Promise<number> {
	const fleet = await settled(firmware(edits), online);
	try {
		const { endsAt } = turn(fleet, AT, INPUT.movement, 0);
		const before = fleet.statistics(1)!;
		run(fleet, endsAt);
		const after = fleet.statistics(1)!;
		if (after.turns !== before.turns + 1) throw new Error("bench: not one turn");
		return after.computrons - before.computrons - (await emptyCall());
	} finally {
		fleet.dispose();
	}
}

/** Computrons of a call of a handler that does nothing. */
async function emptyCall(): Promise<number> {
	return (await bareTurn(EMPTY_HANDLER)).computrons;
}

/** Computrons of a turn in which nothing is due, and of one for a reading of the light sensor. */
export async function idleCosts(online: boolean): Promise<{ idle: number; reading: number }> {
	const empty = await emptyCall();
	const fleet = await settled(firmware(), online);
	turn(fleet, AT, INPUT.stillness, 0); // ends a silence, which is stored
	const idle = turn(fleet, AT + 1, INPUT.tick, 0).computrons - empty;
	const reading = turn(fleet, AT + 2, INPUT.illuminance, 2).computrons - empty;
	fleet.dispose();
	return { idle, reading };
}

/** Computrons of the whole turn of an edge online: light, records, the state report. */
export async function onlineEdgeCost(): Promise<number> {
	return (await edge(firmware(), true)).computrons - (await emptyCall());
}

/** Costs of an edge that raises the light, without a broker, less those of an empty call. */
export async function edgeCosts(): Promise<{ light: number; books: number; total: number }> {
	const empty = await emptyCall();
	const cost = async (edits: Edits) => {
		const { computrons, duties } = await edge(firmware(edits), false);
		if (duties !== 1) throw new Error(`bench: ${duties} duties in the turn`);
		return computrons - empty;
	};
	const light = await cost(LIGHT);
	const total = await cost({});
	return { light, books: (await cost(LIGHT_AND_BOOKS)) - light, total };
}

/** From the edge of the PIR to the changed duty. */
export async function benchEdge(print: Print): Promise<void> {
	print(`PIR edge to first changed duty, 30 % to 100 % at 00:40, net of an empty call`);
	print(`  aims: ${AIM_COMPUTRONS} computrons, ${AIM_SLOTS} slots, alarm included`);
	const empty = await emptyCall();
	const line = async (what: string, edits: Edits, online: boolean) => {
		const { computrons, duties } = await edge(firmware(edits), online);
		if (duties !== 1) throw new Error(`bench: ${duties} duties in the turn`);
		const { bytes } = await edge(firmware({ ...edits, "host/main": metered }), online);
		print(costLine(what, computrons - empty, bytes));
	};
	await line("light and alarm: what follows the duty left out", LIGHT, false);
	await line("the same, and its books", LIGHT_AND_BOOKS, false);
	await line("whole turn, no broker configured", {}, false);
	await line("whole turn, online: link looks, and writes the state", {}, true);
	for (const online of [false, true])
		print(
			`  ${`the end of the rise, ${online ? "online" : "no broker"}`.padEnd(58)} ${String(await endCost(online)).padStart(6)} computrons`,
		);
	print(
		`  ${"bare handler that writes the PWM".padEnd(58)} ${String((await bareTurn(PWM_HANDLER)).computrons - empty).padStart(6)} computrons`,
	);
	print(`  (an empty call: ${empty} computrons)`);
}

/** Turns without any work. */
export async function benchIdle(print: Print): Promise<void> {
	print("idle turn: an alarm or input that changes nothing; aim: 0 slots, 0 chunk bytes");
	const empty = await emptyCall();
	for (const online of [false, true]) {
		const [plain, meteredLamp] = [
			await settled(firmware(), online),
			await settled(firmware({ "host/main": metered }), online),
		];
		const idle: [what: string, kind: number, value: number][] = [
			["alarm", INPUT.tick, 0],
			["stillness again", INPUT.stillness, 0],
			["network up again", INPUT.network, 1],
			["temperature", INPUT.temperature, 7],
			["a reading of the light sensor (no idle turn)", INPUT.illuminance, 2],
		];
		// The first input of a PIR after a silence stores the end of the silence: that turn is not
		// idle.
		for (const lamp of [plain, meteredLamp]) turn(lamp, AT, INPUT.stillness, 0);
		for (const [index, [what, kind, value]] of idle.entries()) {
			const at = AT + 1 + index;
			const computrons = turn(plain, at, kind, value).computrons - empty;
			const { bytes } = turn(meteredLamp, at, kind, value);
			print(costLine(`${what}, ${online ? "online" : "no broker"}`, computrons, bytes));
		}
		plain.dispose();
		meteredLamp.dispose();
	}
}

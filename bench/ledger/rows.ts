/**
 * Rows: the ledger of cost: what one turn, boot and night of a lamp cost, in exact counts.
 *
 * Every figure is a count by the engine, or a sum in a fixed order, and is the same on every
 * machine. Computrons of a single turn are less those of an empty call.
 */
import type { Fleet, RootFigures } from "../../hosts/virtual/fleet/fleet.js";
import { createFleet } from "../../hosts/virtual/fleet/wasmfleet.js";
import { EFFECT } from "../../hosts/virtual/protocol.js";
import { rehearse } from "../../sim/files/stage.js";
import { Run } from "../../sim/run/run.js";
import { edgeCosts, endCost, idleCosts, onlineEdgeCost } from "../firmware.js";
import { firmware, theEngine } from "../lamp.js";
import { bootCosts, secondTurnCost } from "../many.js";
import { neighbourCosts } from "../neighbours.js";

export interface Row {
	/** Unique; a commit message names the row by it. */
	readonly name: string;
	readonly value: number;
	readonly unit: string;
}

/** The street of the night: 16 h from 16:00 in November, with its own traffic and broker. */
const NIGHT = {
	lamps: 6,
	seed: 7,
	start: "2026-11-24T16:00:00+01:00",
	hours: 16,
} as const;

/** Measures all rows; about fifteen seconds. */
export async function measure(): Promise<Row[]> {
	const rows: Row[] = [];
	const add = (unit: string, figures: Readonly<Record<string, number>>) => {
		for (const [name, value] of Object.entries(figures)) rows.push({ name, value, unit });
	};
	const { light, books, total } = await edgeCosts();
	add("computrons", {
		"edge to duty": light,
		"light log of an edge": books,
		"turn of an edge, no broker": total,
		"turn of an edge, online": await onlineEdgeCost(),
		"end of a fade, no broker": await endCost(false),
		"end of a fade, online": await endCost(true),
	});
	for (const [how, online] of [
		["no broker", false],
		["online", true],
	] as const) {
		const { idle, reading } = await idleCosts(online);
		add("computrons", { [`idle turn, ${how}`]: idle, [`light reading, ${how}`]: reading });
	}
	const { received, movement } = await neighbourCosts();
	add("computrons", {
		"datagram received and forwarded": received,
		"movement with its datagram": movement,
		"boot, factory state": await bootCosts("nothing"),
		"boot, sealed settings": await bootCosts("own"),
		"boot, validated settings": await bootCosts("depot"),
		"second turn of a life": await secondTurnCost(),
	});
	return rows.concat(await night());
}

/** A night of the street; figures of a lamp are means, memory is the largest of all. */
async function night(): Promise<Row[]> {
	const { lamps, seed, start, hours } = NIGHT;
	const args = ["--lamps", String(lamps), "--seed", String(seed)];
	const rehearsal = await rehearse([...args, "--start", start, "--duration", `${hours}h`]);
	const { fleet, network } = rehearsal;
	const counts = { turns: 0, computrons: 0, duties: 0 };
	const street = new Run({ ...rehearsal, fleet: counting(fleet, counts) });
	const why = await street.go();
	if (why !== undefined) throw new Error(why);
	const { published, energy_kWh, deaths, checks } = street.summary();
	if (deaths > 0) throw new Error("ledger: a lamp died");
	for (const [name, { ok }] of Object.entries(checks)) if (!ok) throw new Error(`ledger: ${name}`);
	let [slots, chunks] = [0, 0];
	for (let lamp = 1; lamp <= lamps; lamp++) {
		const { computrons, turns, slotsLive, chunksLive_bytes } = fleet.statistics(lamp)!;
		counts.computrons += computrons;
		counts.turns += turns;
		slots = Math.max(slots, slotsLive);
		chunks = Math.max(chunks, chunksLive_bytes);
	}
	await network.close();
	fleet.dispose();
	const root = await rootFigures();
	const mean = (count: number) => Math.round(count / lamps);
	const row = (name: string, value: number, unit: string): Row => ({ name, value, unit });
	return [
		row("night of a lamp", mean(counts.computrons), "computrons"),
		row("turns of that night", mean(counts.turns), "turns"),
		row("duties of that night", mean(counts.duties), "duties"),
		row("messages of that night", mean(published), "messages"),
		row("live slots after it", slots, "slots"),
		row("live chunks after it", chunks, "bytes"),
		row("energy of six lamps, seed 7", energy_kWh, "kWh"),
		row("preloaded slots, with the engine's", root.slots, "slots"),
		row("byte code", root.codeBytes, "bytes"),
	];
}

async function rootFigures(): Promise<RootFigures> {
	const about = { image: firmware(), first: 1, count: 1, seed: 1, epochUtc: 0 };
	const fleet = createFleet(about, await theEngine());
	fleet.dispose();
	return fleet.root();
}

/** The fleet, with its duties counted as they are read. */
function counting(fleet: Fleet, counts: { duties: number }): Fleet {
	const effects: Fleet["effects"] = (visit) =>
		fleet.effects((kind, at, lamp, value, channel, bytes) => {
			if (kind === EFFECT.duty) counts.duties++;
			visit(kind, at, lamp, value, channel, bytes);
		});
	return Object.assign(Object.create(fleet) as Fleet, { effects });
}

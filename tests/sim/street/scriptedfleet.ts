/**
 * Scripted fleet: lamps that cause given effects at given instants, and a street around them that
 * notes each event of their light.
 */
import type { EffectVisitor, Fleet } from "../../../hosts/virtual/fleet/fleet.js";
import { EFFECT } from "../../../hosts/virtual/protocol.js";
import { createNoNetwork } from "../../../sim/network/offline.js";
import { Clock } from "../../../sim/street/clock.js";
import { LOOKAHEAD } from "../../../sim/street/network.js";
import { Street } from "../../../sim/street/street.js";
import { Agenda } from "../../../sim/util/agenda.js";

/** An order to the light of a lamp, or the end of its machine. */
export interface Act {
	readonly at: number;
	readonly lamp: number;
	readonly kind: "write" | "fade" | "stop" | "relay" | "death" | "cut";
	/** Duty; of the relay 1 closed, 0 open. */
	readonly value?: number;
	/** ms from now and duty, in turn. */
	readonly path?: readonly number[];
}

export interface Piece {
	readonly at: number;
	readonly lamp: number;
	readonly duty: number;
	readonly to: number;
	readonly until: number;
	/** All events up to here had been reported before. */
	readonly reported: number;
}

const NOTHING = new Uint8Array(0);
const KINDS = {
	write: EFFECT.duty,
	fade: EFFECT.fade,
	stop: EFFECT.fade,
	relay: EFFECT.relay,
	death: EFFECT.death,
} as const;

/** The bytes of EFFECT.fade. */
export function bytesOf(path: readonly number[]): Uint8Array {
	return new Uint8Array(Uint32Array.from(path).buffer);
}

function scriptedFleet(count: number, acts: readonly Act[]): Fleet {
	const waiting = acts.filter(({ kind }) => kind !== "cut");
	waiting.sort((a, b) => a.at - b.at || a.lamp - b.lamp);
	let due: Act[] = [];
	const none = {
		boot() {},
		cut() {},
		armPowerCut() {},
		setWorn() {},
		scrawl() {},
		setLuck() {},
		observe() {},
	};
	return {
		...none,
		post() {},
		branchesTaken: () => new Uint8Array(),
		first: 1,
		count,
		statistics: () => undefined,
		memoryBytes: () => 0,
		dispose() {},
		storeRead: () => undefined,
		storeWrite() {},
		run(until) {
			const later = waiting.findIndex(({ at }) => at > until);
			due = waiting.splice(0, later < 0 ? waiting.length : later);
		},
		effects(visit: EffectVisitor) {
			for (const { at, lamp, kind, value = 0, path } of due)
				if (kind !== "cut")
					visit(KINDS[kind], at, lamp + 1, value, 0, path ? bytesOf(path) : NOTHING);
		},
		nextDue: () => waiting[0]?.at ?? Infinity,
	};
}

/** All events of the light of some lamps up to `end`; a machine that ends is a piece at 0. */
export async function piecesOf(
	count: number,
	acts: readonly Act[],
	end: number,
	lookahead: number = LOOKAHEAD,
): Promise<readonly Piece[]> {
	const pieces: Piece[] = [];
	let reported = -1;
	const onDuty = (at: number, lamp: number, duty: number, to: number, until: number) =>
		void pieces.push({ at, lamp, duty, to, until, reported });
	const street = new Street({
		fleet: scriptedFleet(count, acts),
		network: createNoNetwork(),
		agenda: new Agenda(),
		clock: new Clock(Infinity),
		listeners: [],
		lookahead,
		world: { onBoot() {}, onEnd() {}, onDuty() {} },
		witness: {
			onDuty,
			onEnd: (at, lamp) => onDuty(at, lamp, 0, 0, at),
			advance: (at) => {
				reported = at;
			},
		},
	});
	for (const { at, lamp, kind } of acts) if (kind === "cut") street.powerOff(at, lamp);
	await street.run(end);
	return pieces;
}

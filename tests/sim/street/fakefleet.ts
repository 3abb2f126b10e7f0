/**
 * Fake fleet: lamps with one simple rule, to try street and checks without an engine.
 *
 * By night (35 and 70 lx, no delays) they shine at the floor, at full for `hold` after movement;
 * by day they are off. Levels change at once. `bend` breaks the rule on purpose.
 */
import type { EffectVisitor, Fleet } from "../../../hosts/virtual/fleet/fleet.js";
import { EFFECT, INPUT } from "../../../hosts/virtual/protocol.js";

export interface Bend {
	/** The duty a lamp is about to write; what comes back is written, undefined: nothing. */
	duty?(duty: number, at: number, lamp: number): number | undefined;
	/** Dies of its first movement. */
	mortal?: boolean;
}

interface FakeLamp {
	on: boolean;
	night: boolean;
	movingUntil: number;
	duty: number;
	due: number;
}

interface Effect {
	kind: (typeof EFFECT)[keyof typeof EFFECT];
	at: number;
	lamp: number;
	value: number;
	bytes: Uint8Array;
}

type Input = readonly [at: number, lamp: number, kind: number, value: number];

const FULL = 4095;
const HOLD = 60_000;
const NOTHING = new Uint8Array(0);

export function createFakeFleet(count: number, bend: Bend = {}, floorDuty = 819): Fleet {
	const lamps: FakeLamp[] = Array.from({ length: count }, () => ({
		on: false,
		night: true,
		movingUntil: -1,
		duty: 0,
		due: Infinity,
	}));
	const inputs: Input[] = [];
	let effects: Effect[] = [];
	const stores = lamps.map(() => new Map<string, string>());
	const push = (kind: Effect["kind"], at: number, lamp: number, value: number, bytes = NOTHING) =>
		effects.push({ kind, at, lamp, value, bytes });
	const decide = (at: number, n: number) => {
		const lamp = lamps[n - 1]!;
		const moving = at < lamp.movingUntil;
		lamp.due = moving && lamp.movingUntil < Infinity ? lamp.movingUntil : Infinity;
		const wanted = lamp.night ? (moving ? FULL : floorDuty) : 0;
		const duty = bend.duty ? bend.duty(wanted, at, n - 1) : wanted;
		if (duty === undefined || (duty === lamp.duty && !bend.duty)) return;
		lamp.duty = duty;
		push(EFFECT.duty, at, n, duty);
		const shown = new Float32Array([moving ? 1 : 0, lamp.night ? 2 : 1, 1, duty / 40.95, 0]);
		push(EFFECT.indicate, at, n, 0, new Uint8Array(shown.buffer));
	};
	const take = ([at, n, kind, value]: Input) => {
		const lamp = lamps[n - 1]!;
		if (kind === -1) Object.assign(lamp, { on: true, night: true, movingUntil: -1, duty: 0 });
		if (!lamp.on) return;
		if (kind === INPUT.movement && bend.mortal) {
			bend.mortal = false;
			lamp.on = false;
			lamp.due = Infinity;
			push(EFFECT.death, at, n, 0, Buffer.from("no more slots"));
			return;
		}
		if (kind === INPUT.movement) lamp.movingUntil = Infinity;
		if (kind === INPUT.stillness) lamp.movingUntil = at + HOLD;
		if (kind === INPUT.illuminance) lamp.night = value < (lamp.night ? 70 : 35);
		decide(at, n);
	};
	return {
		first: 1,
		count,
		boot: (lamp, at) => inputs.push([at, lamp, -1, 0]),
		cut() {},
		armPowerCut() {},
		setWorn() {},
		scrawl() {},
		branchesTaken: () => new Uint8Array(),
		setLuck() {},
		observe() {},
		post: (lamp, at, kind, value = 0) => inputs.push([at, lamp, kind, value]),
		run(until) {
			effects = [];
			for (;;) {
				inputs.sort((a, b) => a[0] - b[0]);
				let alarm = 0;
				lamps.forEach((lamp, i) => {
					if (lamp.on && lamp.due < (lamps[alarm - 1]?.due ?? Infinity)) alarm = i + 1;
				});
				const alarmAt = lamps[alarm - 1]?.due ?? Infinity;
				const inputAt = inputs[0]?.[0] ?? Infinity;
				if (Math.min(alarmAt, inputAt) > until) break;
				if (inputAt <= alarmAt) take(inputs.shift()!);
				else decide(alarmAt, alarm);
			}
			effects.sort((a, b) => a.at - b.at || a.lamp - b.lamp);
		},
		effects(visit: EffectVisitor) {
			for (const { kind, at, lamp, value, bytes } of effects)
				visit(kind, at, lamp, value, 0, bytes);
		},
		nextDue: () =>
			Math.min(
				inputs.reduce((least, [at]) => Math.min(least, at), Infinity),
				...lamps.map(({ on, due }) => (on ? due : Infinity)),
			),
		statistics: (lamp) =>
			lamps[lamp - 1]!.on
				? {
						computrons: 0,
						turns: 0,
						slotsLive: 100,
						slotsPeak: 100 + lamp,
						chunksLive_bytes: 0,
						chunksPeak_bytes: 1000,
						stackPeak_slots: 50,
						collections: 2,
						flashErases: 0,
						flashBytesWritten: 0,
						storeWrites: 0,
					}
				: undefined,
		storeRead: (lamp, key) => stores[lamp - 1]!.get(key),
		storeWrite: (lamp, key, value) => stores[lamp - 1]!.set(key, value),
		memoryBytes: () => 0,
		dispose() {},
	};
}

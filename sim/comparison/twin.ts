/**
 * Twin: one lamp of a street and the second lamp beside it, compared after each turn.
 *
 * The second lamp hears what the firmware heard. Between two turns of the firmware it is asked when its
 * own light changes by time alone, so a turn that the firmware missed is a difference, too.
 */
import type { EffectKind } from "../../hosts/virtual/protocol.js";
import { DOOR, EFFECT, HANDSHAKE } from "../../hosts/virtual/protocol.js";
import type { StreamId } from "../../src/host.js";
import type { Heard, Light, Reply, SecondLamp } from "../second/heard.js";
import { FirmwareLight } from "./firmwarelight.js";
import type { Tap } from "./tap.js";

/** Of the things that are compared the first ones are words for the indicator. */
const WORDS = 3;
/** Duties that differ by one are equal: the two round at other places. */
const SAME_DUTY = 1;
/** The level is told as a float32. */
const SAME_LEVEL = 1e-4;
/** What was heard in this time stands in a difference, ms. */
const REMEMBERED = 60_000;
/** What a lamp sent before its life ended comes to the broker within this time, ms: the slowest link. */
const UNDER_WAY = 60_000;

/** When an alarm was due, and when it comes, in its life. */
type LateAlarm = readonly [due: number, comes: number];
const NO_ALARM: LateAlarm = [0, 0];

/** Where the two lamps differ. */
export interface Difference {
	/** On the clock of the street, ms. */
	readonly at: number;
	/** From 0. */
	readonly lamp: number;
	readonly what: "reason" | "level" | "presence" | "duty" | "relay" | "fade" | "reply" | "instant";
	readonly firmware: string;
	readonly second: string;
	/** Why the second lamp says so. */
	readonly because: string;
	/** What both heard in the last minute. */
	readonly heard: readonly string[];
}

export class Twin<State> {
	readonly #lamp: number;
	readonly #second: SecondLamp<State>;
	#state: State;
	readonly #tap: Tap;
	#firmware = new FirmwareLight();
	readonly #report: (difference: Difference) => void;
	readonly #onCompared: () => void;
	readonly #heard: [at: number, heard: Heard][] = [];
	#owed: Reply[] = [];
	#lastReply = ""; // that reached the broker
	#repeated = ""; // the one that may come again with this connection, without its acknowledgement
	readonly #securing = new Set<StreamId>(); // streams whose handshake is not over
	#busySince = 0; // in this life: the machine was at work from then to the turn under way
	#lateAlarm = NO_ALARM; // the last one before this turn that comes late
	#nextAlarm = NO_ALARM; // the same with those of this turn
	#late: readonly Reply[] = []; // of the life before, which may still be under way
	#lateUntil = 0;
	#differs = ""; // what differed in the turn before: it is reported once
	#dueAt = Infinity; // the instant that is to be compared
	#fadeIsNew = false;
	#turns = 0; // of this life

	/** `tap`: a new one, or one between two turns, which is copied. */
	constructor(
		lamp: number,
		tap: Tap,
		second: SecondLamp<State>,
		report: (difference: Difference) => void,
		onCompared: () => void = () => {},
	) {
		this.#lamp = lamp;
		this.#second = second;
		this.#state = second.fresh();
		this.#tap = tap.copy();
		this.#report = report;
		this.#onCompared = onCompared;
	}

	/** A copy between two turns, for another future of the lamp. */
	copy(): Twin<State> {
		const copy = new Twin(this.#lamp, this.#tap, this.#second, this.#report, this.#onCompared);
		copy.#state = structuredClone(this.#state);
		copy.#firmware = this.#firmware.copy();
		copy.#heard.push(...this.#heard);
		copy.#owed.push(...this.#owed);
		copy.#lastReply = this.#lastReply;
		copy.#repeated = this.#repeated;
		copy.#late = this.#late;
		for (const stream of this.#securing) copy.#securing.add(stream);
		copy.#lateAlarm = this.#lateAlarm;
		copy.#nextAlarm = this.#nextAlarm;
		copy.#lateUntil = this.#lateUntil;
		copy.#differs = this.#differs;
		copy.#dueAt = this.#dueAt;
		copy.#fadeIsNew = this.#fadeIsNew;
		copy.#turns = this.#turns;
		return copy;
	}

	/** Before the first boot: a value of the lamp's store. */
	install(key: string, value: string): void {
		this.#second.step(this.#state, { kind: "installed", key, value });
	}

	onEffect(kind: EffectKind, at: number, value: number, channel: number, bytes: Uint8Array): void {
		if (at > this.#dueAt) this.compare();
		if (kind === EFFECT.refused && DOOR[value] === "alarm") {
			const [due = 0, comes = 0] = new Float64Array(bytes.slice().buffer);
			this.#nextAlarm = [due, comes];
			return;
		}
		this.#firmware.onEffect(kind, at, value, bytes);
		if (kind === EFFECT.duty || kind === EFFECT.fade) this.#fadeIsNew = true;
		const heard = this.#tap.onEffect(kind, at, value, channel, bytes);
		if (heard === undefined) return;
		this.#busySince = at - this.#tap.bootAt - this.#workBefore(heard);
		for (const thing of heard) this.#hear(at, thing);
		this.#lateAlarm = this.#nextAlarm;
		if (kind === EFFECT.verdicts) {
			this.#dueAt = at;
			return;
		}
		this.#firmware.end(at);
		this.#dueAt = Infinity;
		this.#late = this.#owed;
		this.#lateUntil = at + UNDER_WAY;
		this.#owed = [];
	}

	/** Compares the two lamps at the last instant at which there were turns, now that all are over. */
	compare(): void {
		const at = this.#dueAt;
		if (at === Infinity) return;
		this.#dueAt = Infinity;
		this.#onCompared();
		this.#compare(at);
	}

	/** A reply of the lamp reached its broker. */
	onReply(at: number, topic: string, payload: Record<string, unknown>): void {
		const isReply = topic === "reply";
		const says = JSON.stringify(payload);
		if (isReply) {
			const isRepeated = says === this.#repeated;
			this.#repeated = "";
			if (isRepeated) return;
			this.#lastReply = says;
		}
		const isIt = (owed: Reply) =>
			owed.topic === topic && (isReply ? owed.payload.id === payload.id : agrees(owed, payload));
		let index = this.#owed.findIndex((owed) => isIt(owed) && agrees(owed, payload));
		if (index < 0) index = this.#owed.findIndex(isIt);
		const owed = this.#owed[index] ?? this.#owed.filter((owed) => owed.topic === topic).at(-1);
		if (index < 0 && at < this.#lateUntil) {
			const late = this.#late.find(isIt);
			if (late && agrees(late, payload)) return;
		}
		if (topic !== "reply" && !owed) return; // a section is reported with each birth, too
		if (index < 0) {
			this.#differ(at, "reply", says, topic !== "reply" ? JSON.stringify(owed!.payload) : "none");
			return;
		}
		// Replies may overtake each other or be dropped. A report of settings may come again, but none
		// comes that tells of an earlier moment.
		const isPast = (other: Reply, place: number) =>
			isReply ? place === index : place < index && other.topic === topic;
		this.#owed = this.#owed.filter((owed, place) => !isPast(owed, place));
		if (!agrees(owed!, payload)) this.#differ(at, "reply", says, JSON.stringify(owed!.payload));
	}

	/** The state of the second lamp in words. */
	explain(): string {
		return this.#second.explain(this.#state);
	}

	#hear(at: number, heard: Heard): void {
		if (heard.kind === "boot") {
			this.#turns = 0;
			this.#lateAlarm = NO_ALARM;
		} else if (heard.kind !== "installed") this.#awaits(at, heard.now);
		if (heard.kind === "sent" && heard.packet === "connect") this.#repeated = this.#lastReply;
		if (heard.kind === "turn") this.#turns++;
		else this.#remember(at, heard);
		this.#owed.push(...this.#second.step(this.#state, heard));
	}

	/** The second lamp would have changed its light before the firmware had a turn. */
	#awaits(at: number, now: number): void {
		const due = this.#second.dueAt(this.#state);
		if (due >= now || due >= this.#busySince) return; // a turn comes late after blocking work
		const [asked, comes] = this.#lateAlarm;
		if (due >= asked && now <= comes) return; // or with an alarm that is late
		const turn: Heard = { kind: "turn", now: due };
		const before = this.#second.lightAt(this.#state, due);
		this.#owed.push(...this.#second.step(this.#state, turn));
		const after = this.#second.lightAt(this.#state, due);
		if (before.reason === after.reason && before.level === after.level) return;
		this.#differ(
			at,
			"instant",
			`no turn before ${now} ms of the life`,
			`${say(after)} at ${due} ms`,
		);
	}

	/** How long the machine was at work before it heard these: the end of a handshake is among them. */
	#workBefore(heard: readonly Heard[]): number {
		let work = 0;
		for (const one of heard) {
			if (one.kind === "boot") this.#securing.clear();
			else if (one.kind === "opened" && one.isTls) this.#securing.add(one.stream);
			else if (one.kind === "connected" || one.kind === "closed")
				if (this.#securing.delete(one.stream)) work = HANDSHAKE;
		}
		return work;
	}

	#remember(at: number, heard: Heard): void {
		const list = this.#heard;
		list.push([at, heard]);
		while (list[0] && list[0][0] < at - REMEMBERED) list.shift();
	}

	#compare(at: number): void {
		const now = at - this.#tap.bootAt;
		const light = this.#second.lightAt(this.#state, now);
		const firmware = this.#firmware;
		const duty = firmware.dutyAt(at);
		// the first turn of a life decides the light, and the second one tells its words
		const isTold = this.#turns > 1;
		const differences: [Difference["what"], string | number, string | number, boolean][] = [
			["reason", firmware.reason ?? "none", light.reason, firmware.reason === light.reason],
			["level", firmware.level, light.level, Math.abs(firmware.level - light.level) < SAME_LEVEL],
			[
				"presence",
				firmware.presence ?? "none",
				light.presence,
				firmware.presence === light.presence,
			],
			[
				"relay",
				String(firmware.isRelayClosed),
				String(light.isRelayClosed),
				this.#tap.hasBus || firmware.isRelayClosed === light.isRelayClosed,
			],
			["duty", duty, light.duty, this.#tap.hasBus || Math.abs(duty - light.duty) <= SAME_DUTY],
		];
		const compared = isTold ? differences : differences.slice(WORDS);
		const wrong = compared.filter(([, , , isEqual]) => !isEqual);
		const names = wrong.map(([what]) => what).join(" ");
		if (names !== this.#differs && wrong[0]) {
			const [what, theirs, ours] = wrong[0];
			this.#differ(at, what, String(theirs), String(ours));
		}
		this.#differs = names;
		if (this.#fadeIsNew && names === "") this.#compareFade(at, light);
		this.#fadeIsNew = false;
	}

	/** A fade that begins goes the same way to the same end, if nothing happens before. */
	#compareFade(at: number, light: Light): void {
		const { fadeEndsAt } = this.#firmware;
		if (fadeEndsAt <= at) return;
		const end = fadeEndsAt - this.#tap.bootAt;
		if (light.fadeEndsAt !== 0 && Math.abs(light.fadeEndsAt - end) > 1)
			this.#differ(at, "fade", `ends at ${end} ms`, `ends at ${light.fadeEndsAt} ms`);
	}

	#differ(at: number, what: Difference["what"], firmware: string, second: string): void {
		const heard = this.#heard.map(([when, one]) => `${at - when} ms before: ${sayHeard(one)}`);
		const because = this.explain();
		this.#report({ at, lamp: this.#lamp, what, firmware, second, because, heard });
	}
}

/** All members that are owed are there; the lamp says more, such as the time. */
function agrees(owed: Reply, payload: Record<string, unknown>): boolean {
	return Object.entries(owed.payload).every(
		([name, value]) => JSON.stringify(payload[name]) === JSON.stringify(value),
	);
}

function say({ reason, level }: Light): string {
	return `${reason} ${level} %`;
}

const text = new TextDecoder();

function sayHeard(heard: Heard): string {
	return JSON.stringify(heard, (_key, value: unknown) =>
		value instanceof Uint8Array ? text.decode(value).replace(/[^\x20-\x7e]+/g, ".") : value,
	);
}

/**
 * Promises: requirements beside the light, under any set of faults: a lamp comes back online, reports
 * the settings in force, loses no event of a life, and wears its flash within the budget.
 *
 * Read from the packets at the broker and the figures of the machine, by the contract in
 * docs/broker.md and docs/wear.md.
 */
import type { Statistics } from "../../hosts/virtual/fleet/fleet.js";
import { HOUR, MINUTE } from "../../lib/spans.js";
import { FAULTS } from "../faults/faults.js";
import type { Witness } from "../street/witness.js";
import { type Fields, fieldsIn, instant, number, text as textOf } from "../util/fields.js";
import { Rollouts, type VacancySettings } from "./rollouts.js";
import { type Desired, nothingSeen, type Seen } from "./seen.js";

/** Once power and link are back a lamp is online by then (docs/broker.md): its back-off. */
const ONLINE_WITHIN = 75 * MINUTE;
/** Waiting events and samples are delivered by then: five a second. */
const DRAINED_WITHIN = 15 * MINUTE;
/** Revisions are judged at this interval. */
const LOOK = 10 * MINUTE;
/** Key writes: saved credit and the loan, a rate (docs/wear.md), those of each life and typed line. */
const WRITES_SAVED = 24 + 20 + 12;
const WRITES_HOUR = 8;
const WRITES_TYPED = 12;
const WRITES_LIFE = 6;
/** Erases: the first ones of flash and tally with the credit, and their rates (docs/wear.md). */
const ERASES_SAVED = 40;
const ERASES_HOUR = (2_000 + 948) / 8_760;
/** A write in which power failed closes its sector of the store, or is an erase that is repeated. */
const ERASES_CUT = 1;
/** A flood of orders and revisions spends the credit of flash, and a revision is refused. */
const INPUTS_MOST = 15;
/** An image is kept no sooner after its boot (docs/update.md). */
const PROBATION = 10 * MINUTE - 1_000;
/** Between the instant of a message and its arrival, ms. */
const ARRIVAL = 1_000;
/** No order of a street is older. */
const LONG_AGO = Date.UTC(2000, 0, 1);
/** Live slots after a collection, as a share of the machine's. */
const SLOTS_SHARE = 0.92;

export interface Broken {
	readonly name: string;
	readonly at: number;
	/** From 1. */
	readonly lamp: number;
	readonly what: string;
}

/** Of events that are read here. */
interface Attributes {
	readonly reason?: unknown;
	readonly from?: number;
	readonly to?: number;
}

/** Since then power and link are in order. */
function quietFrom({ poweredAt, troubledAt }: Seen): number {
	return Math.max(poweredAt, troubledAt);
}

export class Promises implements Witness {
	readonly broken: Broken[] = [];
	/** Chances to fail, by name. */
	readonly tried: Record<string, number> = {
		online: 0,
		events: 0,
		settings: 0,
		wear: 0,
		memory: 0,
		images: 0,
		stale: 0,
	};
	readonly #seen: Seen[];
	readonly #rollouts: Rollouts;
	#lookAt = 0;
	/** While the broker is gone no message reaches it; Infinity: it is gone still. */
	readonly #gone: { readonly from: number; to: number }[] = [];

	constructor(
		private readonly lamps: number,
		configured: VacancySettings,
	) {
		this.#rollouts = new Rollouts(lamps, configured);
		this.#seen = Array.from({ length: lamps }, nothingSeen);
	}

	onBoot(at: number, lamp: number, restarted: boolean): void {
		const seen = this.#seen[lamp]!;
		if (seen.flashCuts > 0 && !restarted) seen.cutWrites++;
		seen.powered = true;
		seen.poweredAt = at;
		seen.boots++;
	}

	onEnd(_at: number, lamp: number): void {
		this.#seen[lamp]!.powered = false;
	}

	onEnter(at: number, lamp: number): void {
		this.#rollouts.onPresence(at, lamp, true);
	}

	onLeave(at: number, lamp: number): void {
		this.#rollouts.onPresence(at, lamp, false);
	}

	onFault(at: number, lamp: number, name: string, on: boolean): void {
		const seen = this.#seen[lamp]!;
		const { disturbs, drops, forgets } = FAULTS[name]!;
		this.#rollouts.onFault(at, lamp, name, on);
		if (name === "flashCut") seen.flashCuts += on ? 1 : -1;
		const isDate = name.startsWith("clock");
		if (disturbs === undefined && !isDate) return;
		seen.troubles += on ? 1 : -1;
		seen.troubledAt = at;
		if (lamp === 0 && drops) this.#lose(at, on);
		if (forgets) seen.worn = true;
		if (disturbs === "store") seen.worn = true;
	}

	/** A line was typed at it, or a message given to it; lamps from 0. */
	onInput(at: number, lamp: number, kind: string, text: string): void {
		const seen = this.#seen[lamp]!;
		this.#rollouts.onInput(at, lamp, kind, text);
		seen.inputs.push(at);
		if (kind === "type") seen.typed++;
		const given = fieldsIn(Buffer.from(text.slice(text.indexOf("{"))));
		if (given?.command === "nodeReplaced")
			seen.givenLife = Math.min(seen.givenLife, number(given.life) ?? Infinity);
		const [id, issued] = [textOf(given?.id), instant(given?.issued)];
		if (id !== undefined && issued !== undefined && issued < LONG_AGO) seen.stale.add(id);
		const section = /^settings\/desired\/(\w+) /.exec(text)?.[1];
		const revision = number(fieldsIn(Buffer.from(text.replace(/^\S+ /, "")))?.revision);
		if (kind !== "retained" || section === undefined || revision === undefined) return;
		seen.desired.push({ at, section, revision });
	}

	/** The broker is gone, or back; two of these faults may overlap, and each end brings it back. */
	#lose(at: number, on: boolean): void {
		const open = this.#gone.find(({ to }) => to === Infinity);
		if (on) for (const seen of this.#seen) seen.online = false; // its connection ended
		if (on && !open) this.#gone.push({ from: at, to: Infinity });
		else if (!on && open) open.to = at;
	}

	/** The greatest revision that had reached the broker by then: only that one must stand. */
	#wanted({ desired }: Seen, now: number): Desired | undefined {
		const reached = desired.filter(
			({ at }) =>
				at <= now && !this.#gone.some(({ from, to }) => at >= from - ARRIVAL && at <= to + ARRIVAL),
		);
		return reached.reduce<Desired | undefined>(
			(most, candidate) => (candidate.revision > (most?.revision ?? 0) ? candidate : most),
			undefined,
		);
	}

	/** A PUBLISH of lamp `lamp` (from 0) reached the broker. */
	onReport(at: number, lamp: number, suffix: string, payload: Uint8Array): void {
		const seen = this.#seen[lamp];
		const fields = fieldsIn(payload);
		if (!seen || !fields) return;
		const life = number(fields.life) ?? 0;
		if (suffix === "status") {
			seen.online = fields.online === true;
			if (seen.online) seen.onlineAt = at;
			seen.life = Math.max(seen.life, life);
		} else if (suffix === "event") {
			this.#event(at, lamp, life, fields);
			const isSoon = fields.type === "updateKept" && at < seen.poweredAt + PROBATION;
			if (isSoon) this.#break("images", at, lamp, "an image was kept before its ten minutes");
			this.#rollouts.onEvent(at, lamp, String(fields.type));
		} else if (suffix === "reply") this.#reply(at, lamp, textOf(fields.id), fields.status);
		else if (suffix.startsWith("settings/reported/"))
			seen.reported.set(suffix.slice("settings/reported/".length), `${Buffer.from(payload)}`);
	}

	#reply(at: number, lamp: number, id: string | undefined, status: unknown): void {
		if (id === undefined || !this.#seen[lamp]!.stale.has(id)) return;
		this.tried.stale!++;
		if (status === "accepted") this.#break("stale", at, lamp, `order ${id} of 1970 was accepted`);
	}

	advance(at: number): void {
		if (at < this.#lookAt) return;
		this.#lookAt = at + LOOK;
		for (let lamp = 0; lamp < this.lamps; lamp++) this.#judgeSettings(at, lamp);
	}

	/** The end of the run. `figures`: of a lamp (from 0). */
	finishWith(end: number, slots: number, figures: (lamp: number) => Statistics | undefined): void {
		for (let lamp = 0; lamp < this.lamps; lamp++) {
			this.#judgeLink(end, lamp);
			this.#judgeEvents(end, lamp);
			const isShort = slots === Infinity; // of memory: a signature may not be verified
			const rollout = isShort ? undefined : this.#rollouts.judge(end, lamp);
			if (rollout !== undefined) this.#break("images", end, lamp, rollout);
			const now = figures(lamp);
			if (now) this.#judgeMachine(end, lamp, now, slots);
		}
		this.tried.images = this.#rollouts.tried;
	}

	#event(at: number, lamp: number, life: number, fields: Fields): void {
		const seen = this.#seen[lamp]!;
		const seq = number(fields.seq);
		if (seq === undefined) return;
		let numbers = seen.events.get(life);
		if (!numbers) {
			numbers = new Set();
			seen.events.set(life, numbers);
		}
		numbers.add(seq);
		const { reason, from, to } = Object(fields.attributes) as Attributes;
		if (reason === "nodeReplaced" && life <= seen.givenLife && seen.givenLife < Infinity)
			this.#break("events", at, lamp, `life ${life} after nodeReplaced with ${seen.givenLife}`);
		if (fields.type !== "eventsLost") return;
		for (let lostSeq = from ?? seq; lostSeq <= (to ?? seq); lostSeq++) numbers.add(lostSeq);
	}

	#judgeLink(end: number, lamp: number): void {
		const seen = this.#seen[lamp]!;
		if (!seen.powered || seen.troubles > 0 || end < quietFrom(seen) + ONLINE_WITHIN) return;
		this.tried.online!++;
		if (!seen.online) this.#break("online", end, lamp, "not online though nothing hinders it");
		this.#judgeSettings(end, lamp);
	}

	/** Each revision once, as soon as its time is over, unless a later one or trouble came before. */
	#judgeSettings(now: number, lamp: number): void {
		const seen = this.#seen[lamp]!;
		if (!seen.powered || seen.troubles > 0 || seen.worn) return; // a refused one is not asked again
		const wanted = this.#wanted(seen, now);
		if (!wanted || wanted === seen.judged) return;
		if (seen.inputs.filter((at) => at <= now).length > INPUTS_MOST) return; // refused without credit
		const { at, section, revision } = wanted;
		if (now < Math.max(at, quietFrom(seen)) + ONLINE_WITHIN + DRAINED_WITHIN) return;
		seen.judged = wanted;
		this.tried.settings!++;
		const reported = seen.reported.get(section);
		if (!reported?.includes(`"revision":${revision},`))
			// in force, or rejected
			this.#break("settings", now, lamp, `${section}: ${revision} wanted, ${reported} reported`);
	}

	/** Numbers have no gaps within a life; of one that is over what was not stored may be missing. */
	#judgeEvents(end: number, lamp: number): void {
		const seen = this.#seen[lamp]!;
		if (seen.worn) return;
		for (const [life, numbers] of seen.events) {
			this.tried.events!++;
			const last = Math.max(...numbers);
			for (let seq = Math.min(...numbers); seq < last; seq++)
				if (!numbers.has(seq)) {
					this.#break("events", end, lamp, `life ${life}: event ${seq} of ${last} never came`);
					break;
				}
		}
	}

	#judgeMachine(end: number, lamp: number, now: Statistics, slots: number): void {
		const { boots, typed, cutWrites } = this.#seen[lamp]!;
		const most =
			WRITES_SAVED + WRITES_LIFE * boots + (WRITES_HOUR * end) / HOUR + WRITES_TYPED * typed;
		this.tried.wear!++;
		if (now.storeWrites > most)
			this.#break(
				"wear",
				end,
				lamp,
				`${now.storeWrites} writes of keys, ${Math.floor(most)} at most`,
			);
		const erases = Math.floor(ERASES_SAVED + (ERASES_HOUR * end) / HOUR + ERASES_CUT * cutWrites);
		if (now.flashErases > erases)
			this.#break("wear", end, lamp, `${now.flashErases} erases, ${erases} at most`);
		this.tried.memory!++;
		if (now.slotsLive > SLOTS_SHARE * slots)
			this.#break("memory", end, lamp, `${now.slotsLive} live slots of ${slots}`);
	}

	#break(name: string, at: number, lamp: number, what: string): void {
		this.broken.push({ name, at, lamp: lamp + 1, what });
	}
}

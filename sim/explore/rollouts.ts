/**
 * Rollouts: an image that is offered is installed and kept, or refused with a reason, where nothing
 * hinders it (docs/update.md).
 */

import { HOUR, MINUTE } from "../../lib/spans.js";
import { type Configured, longestHold } from "../checks/configured.js";
import { FAULTS } from "../faults/faults.js";
import { RELEASE } from "../world/pir.js";
import { WHOLE } from "./images.js";

/** Its turn, a vacant street, the download, a restart and ten minutes of probation. */
const WITHIN = 90 * MINUTE;
/** Within this time after the offer the place must be vacant for so long, beyond the hold, in all. */
const VACANT_WITHIN = HOUR;
const VACANT_LEAST = 3 * MINUTE;
/** A lamp looks once a minute: road users at a steady pace may hide each shorter vacancy from it. */
const LOOK = MINUTE;
/** Inputs that leave a rollout alone; any other may postpone or end it. */
const HARMLESS = [
	/^order .*"command":"(override|clearOverride|identify|report|explain|preview|log|trafficVolume)"/,
	/^type (state|explain|settings|log|link|light|preview|time|help|meter)$/,
	/^raw \/?\S*command .*"command":"(override|clearOverride|identify)"/,
	/^retained settings\/desired\/(console|sensing) /,
];
/** An input, or a fault that is over, may hinder one that is offered so long after it. */
const LASTS = 4.5 * HOUR;

interface Rollout {
	/** The first message on its topic of updates. */
	first: { readonly at: number; readonly image: string | undefined } | undefined;
	/** Virtual ms; of a fault until its end, Infinity: it is on. */
	readonly hindrances: { readonly name: string; readonly from: number; to: number }[];
	readonly results: { readonly at: number; readonly type: string }[];
	/** Road users in its cone, in a row in any; departure of the last; vacant time that counts, ms. */
	inside: number;
	vacantFrom: number;
	vacant: number;
}

/** Settings that decide when a place counts as vacant. */
export type VacancySettings = Pick<
	Configured,
	"hold" | "program" | "nights" | "neighbours" | "autoClear"
>;

export class Rollouts {
	tried = 0;
	readonly #lamps: Rollout[];

	constructor(
		lamps: number,
		private readonly configured: VacancySettings,
	) {
		this.#lamps = Array.from({ length: lamps }, () => ({
			first: undefined,
			hindrances: [],
			results: [],
			inside: 0,
			vacantFrom: 0,
			vacant: 0,
		}));
	}

	onInput(at: number, lamp: number, kind: string, text: string): void {
		const rollout = this.#lamps[lamp]!;
		if (kind === "offer" || text.startsWith("update ")) {
			const image = kind === "offer" ? text.split(" ")[0] : undefined;
			if (at < (rollout.first?.at ?? Infinity)) {
				if (rollout.first) this.#hinder(rollout.first.at, lamp);
				rollout.first = { at, image };
			} else this.#hinder(at, lamp);
		} else if (!HARMLESS.some((pattern) => pattern.test(`${kind} ${text}`))) this.#hinder(at, lamp);
	}

	onFault(at: number, lamp: number, name: string, on: boolean): void {
		const { disturbs, breaks, switched } = FAULTS[name]!;
		if (!disturbs && breaks !== "pir" && !switched && !name.startsWith("clock")) return;
		const { hindrances } = this.#lamps[lamp]!;
		if (on) hindrances.push({ name, from: at, to: Infinity });
		for (const hindrance of on ? [] : hindrances)
			if (hindrance.name === name && hindrance.to === Infinity) hindrance.to = at;
	}

	/** A road user came into a cone, or left it. */
	onPresence(at: number, lamp: number, isHere: boolean): void {
		const seen = this.configured.neighbours ? this.#lamps : [this.#lamps[lamp]!];
		for (const rollout of seen) {
			if (isHere && rollout.inside++ === 0) this.#count(at, rollout);
			if (!isHere && --rollout.inside === 0) rollout.vacantFrom = at;
		}
	}

	/** Adds the vacancy that ends. */
	#count(at: number, rollout: Rollout): void {
		const { first, vacantFrom } = rollout;
		if (!first) return;
		const { neighbours, autoClear } = this.configured;
		const held = longestHold(this.configured) + RELEASE + (neighbours ? autoClear : 0);
		const from = Math.max(vacantFrom + held, first.at);
		const span = Math.min(at, first.at + VACANT_WITHIN) - from;
		if (span >= LOOK) rollout.vacant += span;
	}

	onEvent(at: number, lamp: number, type: string): void {
		if (/^update(Kept|Failed|Reverted)$/.test(type)) this.#lamps[lamp]!.results.push({ at, type });
	}

	/** The end of the run; returns the broken promise. */
	judge(end: number, lamp: number): string | undefined {
		const rollout = this.#lamps[lamp]!;
		const { first, hindrances, results } = rollout;
		if (first?.image === undefined) return undefined;
		const until = first.at + WITHIN;
		if (rollout.inside === 0) this.#count(end, rollout);
		const isHindered = hindrances.some(({ from, to }) => from < until && to + LASTS > first.at);
		if (end < until || isHindered || rollout.vacant < VACANT_LEAST) return undefined;
		this.tried++;
		const wanted = first.image === WHOLE ? "updateKept" : "updateFailed";
		const result = results.find(({ at }) => at <= until)?.type;
		if (result === wanted) return undefined;
		return `${first.image} offered, ${wanted} due within 90 min, ${result ?? "nothing"} reported`;
	}

	#hinder(at: number, lamp: number): void {
		this.#lamps[lamp]!.hindrances.push({ name: "input", from: at, to: at });
	}
}

/**
 * Rollouts: an image that is offered is installed and kept, or refused with a reason, where nothing
 * hinders it (docs/update.md).
 */
import { FAULTS } from "../faults/faults.js";
import { MINUTE } from "../util/spans.js";
import { WHOLE } from "./images.js";

/** Its turn, a vacant street, the download, a restart and ten minutes of probation. */
const WITHIN = 90 * MINUTE;
/** Orders that leave a rollout alone; any other input may postpone or end it. */
const HARMLESS = /"command":"(override|clearOverride|identify|report|explain|preview|log)"/;

interface Rollout {
	/** The first message on its topic of updates. */
	first: { readonly at: number; readonly image: string | undefined } | undefined;
	/** The earliest hindrance, virtual ms. */
	hinderedAt: number;
	readonly results: { readonly at: number; readonly type: string }[];
}

export class Rollouts {
	tried = 0;
	readonly #lamps: Rollout[];

	constructor(lamps: number) {
		this.#lamps = Array.from({ length: lamps }, () => ({
			...{ first: undefined, hinderedAt: Infinity, results: [] },
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
		} else if (kind !== "order" || !HARMLESS.test(text)) this.#hinder(at, lamp);
	}

	onFault(at: number, lamp: number, name: string): void {
		const { disturbs, breaks, switched } = FAULTS[name]!;
		if (disturbs || breaks === "pir" || switched || name.startsWith("clock"))
			this.#hinder(at, lamp);
	}

	onEvent(at: number, lamp: number, type: string): void {
		if (/^update(Kept|Failed|Reverted)$/.test(type)) this.#lamps[lamp]!.results.push({ at, type });
	}

	/** The end of the run; returns the broken promise. */
	judge(end: number, lamp: number): string | undefined {
		const { first, hinderedAt, results } = this.#lamps[lamp]!;
		if (first?.image === undefined) return undefined;
		const until = first.at + WITHIN;
		if (end < until || hinderedAt < until) return undefined;
		this.tried++;
		const wanted = first.image === WHOLE ? "updateKept" : "updateFailed";
		const result = results.find(({ at }) => at <= until)?.type;
		if (result === wanted) return undefined;
		return `${first.image} offered, ${wanted} due within 90 min, ${result ?? "nothing"} reported`;
	}

	#hinder(at: number, lamp: number): void {
		const rollout = this.#lamps[lamp]!;
		rollout.hinderedAt = Math.min(rollout.hinderedAt, at);
	}
}

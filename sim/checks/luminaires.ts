/**
 * Luminaires: when each lamp got a new light source or a new node, by what was sent and what came back.
 *
 * An order `luminaireReplaced` is carried out between its earliest arrival and its accepted reply or
 * its event, which states the instant; without either it may be carried out at any time, or never. An
 * order `nodeReplaced` gives the hours that the source was lit in the run of the node before; it is
 * carried out at the restart after its accepted reply.
 */
import type { OrderSent } from "../street/network.js";
import type { Witness } from "../street/witness.js";
import { fieldsIn, number, text } from "../util/fields.js";

export interface Renewal {
	readonly id: string | undefined;
	/** It was carried out between the two; Infinity: not for certain. */
	from: number;
	to: number;
}

/** A change of the hours that a light source counts: a new one, or those that a new node is given. */
interface Change extends Renewal {
	readonly given: number | undefined;
	isAccepted?: true;
}

interface Lamp {
	changes: Change[];
	bootAt: number;
	/** Of the latest connection. */
	life: number;
}

export class Luminaires implements Witness {
	readonly #lamps: Lamp[];

	constructor(count: number) {
		this.#lamps = Array.from({ length: count }, () => ({ changes: [], bootAt: NaN, life: NaN }));
	}

	/** Those that may lie after `from`, up to `to`. */
	between(from: number, to: number, lamp: number): readonly Renewal[] {
		return this.#lamps[lamp]!.changes.filter(
			(change) => change.given === undefined && change.from <= to && change.to > from,
		);
	}

	mayBeNew(lamp: number): boolean {
		return this.#lamps[lamp]!.changes.some(({ given }) => given === undefined);
	}

	/** All hours that the source may have, without those of the run; `before` it began. */
	hoursOf(lamp: number, before: number): readonly number[] {
		let all = [{ before, counted: 0 }];
		for (const { given, to } of this.#lamps[lamp]!.changes) {
			const after = all.map((hours) =>
				given === undefined ? { before: 0, counted: 0 } : { ...hours, counted: given },
			);
			all = to < Infinity ? after : [...all, ...after];
		}
		return all.map(({ before, counted }) => before + counted);
	}

	onBoot(at: number, lamp: number, restarted: boolean): void {
		const luminaire = this.#lamps[lamp]!;
		luminaire.bootAt = at;
		// a power cut leaves the node as it was, or in its new place
		const taken = luminaire.changes.find(({ isAccepted, to }) => isAccepted && to === Infinity);
		if (restarted && taken) taken.to = at;
	}

	onOrder({ at, lamp, command, id, hours }: OrderSent): void {
		if (command !== "luminaireReplaced" && command !== "nodeReplaced") return;
		if (command === "nodeReplaced" && hours === undefined) return;
		const { changes } = this.#lamps[lamp]!;
		const isRepeat = id !== undefined && changes.some((change) => change.id === id);
		const given = command === "nodeReplaced" ? hours : undefined;
		if (!isRepeat) changes.push({ id, from: at, to: Infinity, given });
	}

	onReport(at: number, lamp: number, suffix: string, payload: Uint8Array): void {
		const luminaire = this.#lamps[lamp]!;
		if (suffix === "status") luminaire.life = number(fieldsIn(payload)?.life) ?? NaN;
		if (suffix === "reply") this.#reply(at, luminaire, payload);
		if (suffix === "event") this.#event(at, luminaire, payload);
	}

	#reply(at: number, luminaire: Lamp, payload: Uint8Array): void {
		const fields = fieldsIn(payload);
		const [id, status] = [text(fields?.id), text(fields?.status)];
		const change = luminaire.changes.find((other) => id !== undefined && other.id === id);
		if (change?.to !== Infinity) return;
		if (status === "rejected")
			luminaire.changes = luminaire.changes.filter((other) => other !== change);
		if (status !== "accepted") return;
		if (change.given === undefined) change.to = at;
		else change.isAccepted = true;
	}

	#event(at: number, luminaire: Lamp, payload: Uint8Array): void {
		const fields = fieldsIn(payload);
		if (fields?.type !== "luminaireReplaced") return;
		const orderId = text((Object(fields.attributes) as { id?: unknown }).id);
		const renewal = luminaire.changes.find(({ id }) => id === orderId);
		if (!renewal) return;
		const instant = luminaire.bootAt + (number(fields.uptime_ms) ?? NaN);
		const isOfThisLife = number(fields.life) === luminaire.life && instant <= at;
		if (isOfThisLife) renewal.from = instant;
		renewal.to = Math.min(renewal.to, isOfThisLife ? instant : at);
	}
}

/**
 * Luminaires: when each lamp got a new light source, by what was sent and what came back.
 *
 * An order `luminaireReplaced` is carried out between its earliest arrival and its accepted reply or
 * its event, which states the instant; without either it may be carried out at any time, or never.
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

interface Lamp {
	renewals: Renewal[];
	bootAt: number;
	/** Of the latest connection. */
	life: number;
}

export class Luminaires implements Witness {
	readonly #lamps: Lamp[];

	constructor(count: number) {
		this.#lamps = Array.from({ length: count }, () => ({ renewals: [], bootAt: NaN, life: NaN }));
	}

	/** Those that may lie after `from`, up to `to`. */
	between(from: number, to: number, lamp: number): readonly Renewal[] {
		return this.#lamps[lamp]!.renewals.filter((one) => one.from <= to && one.to > from);
	}

	/** Whether the source that the run began with must be gone. */
	mustBeNew(lamp: number): boolean {
		return this.#lamps[lamp]!.renewals.some(({ to }) => to < Infinity);
	}

	mayBeNew(lamp: number): boolean {
		return this.#lamps[lamp]!.renewals.length > 0;
	}

	onBoot(at: number, lamp: number): void {
		this.#lamps[lamp]!.bootAt = at;
	}

	onOrder({ at, lamp, command, id }: OrderSent): void {
		if (command !== "luminaireReplaced") return;
		const { renewals } = this.#lamps[lamp]!;
		const isRepeat = id !== undefined && renewals.some((one) => one.id === id);
		if (!isRepeat) renewals.push({ id, from: at, to: Infinity });
	}

	onReport(at: number, lamp: number, suffix: string, payload: Uint8Array): void {
		const one = this.#lamps[lamp]!;
		if (suffix === "status") one.life = number(fieldsIn(payload)?.life) ?? NaN;
		if (suffix === "reply") this.#reply(at, one, payload);
		if (suffix === "event") this.#event(at, one, payload);
	}

	#reply(at: number, one: Lamp, payload: Uint8Array): void {
		const fields = fieldsIn(payload);
		const [id, status] = [text(fields?.id), text(fields?.status)];
		const renewal = one.renewals.find((other) => id !== undefined && other.id === id);
		if (renewal?.to !== Infinity) return;
		if (status === "accepted") renewal.to = at;
		if (status === "rejected") one.renewals = one.renewals.filter((other) => other !== renewal);
	}

	#event(at: number, one: Lamp, payload: Uint8Array): void {
		const fields = fieldsIn(payload);
		if (fields?.type !== "luminaireReplaced") return;
		const said = text((Object(fields.attributes) as { id?: unknown }).id);
		const renewal = one.renewals.find(({ id }) => id === said);
		if (!renewal) return;
		const instant = one.bootAt + (number(fields.uptime_ms) ?? NaN);
		const isOfThisLife = number(fields.life) === one.life && instant <= at;
		if (isOfThisLife) renewal.from = instant;
		renewal.to = Math.min(renewal.to, isOfThisLife ? instant : at);
	}
}

/**
 * Comparison: the second lamp beside each lamp of a street, and where the two differ.
 *
 * It observes the run and never affects it: with it and without it the trace of a street is the same.
 * It stands among the checks, so that what tells of them tells of it; but it is none: checks judge by the
 * world, the second lamp by what the lamp hears.
 */
import type { Fleet } from "../../hosts/virtual/fleet/fleet.js";
import { Tally } from "../checks/check.js";
import type { SecondLamp } from "../second/heard.js";
import type { EffectListener } from "../street/street.js";
import { Tap } from "./tap.js";
import { type Difference, Twin } from "./twin.js";

/** Differences that are kept whole; the rest are counted. */
const KEPT = 100;

/** Makes the second lamps of a run that wants them (`--second`); absent: there are none. */
export type Compare = (fleet: Fleet, hasBus: boolean) => Comparison;

export class Comparison extends Tally {
	readonly name = "second";
	/** The first ones, in order. */
	readonly differences: Difference[] = [];
	readonly #twins: readonly Twin<unknown>[];
	readonly #decoder = new TextDecoder();

	constructor(fleet: Fleet, hasBus: boolean, second: SecondLamp<unknown>) {
		super();
		const onCompared = () => this.judge();
		this.#twins = Array.from({ length: fleet.count }, (_, lamp) => {
			const number = fleet.first + lamp;
			fleet.observe(number);
			const serial = `L${String(number).padStart(5, "0")}`;
			const person = { serial, hardware: "virtual/1", hasBus };
			const tap = new Tap(person, (key) => fleet.storeRead(number, key));
			return new Twin(lamp, tap, second, (difference) => this.#take(difference), onCompared);
		});
	}

	/** Before the first boot: a value in the store of a lamp, from 0. */
	install(lamp: number, key: string, value: string): void {
		this.#twins[lamp]!.install(key, value);
	}

	/** A PUBLISH of a lamp reached its broker; `suffix`: its topic behind the lamp's name. */
	onReport(at: number, lamp: number, suffix: string, payload: Uint8Array): void {
		if (suffix !== "reply" && !suffix.startsWith("settings/reported/")) return;
		this.#twins[lamp]!.onReply(at, suffix, JSON.parse(this.#decoder.decode(payload)));
	}

	/** The run is over. */
	finish(): void {
		for (const twin of this.#twins) twin.compare();
	}

	readonly onEffect: EffectListener = (kind, at, lamp, value, bytes, channel) => {
		this.#twins[lamp]!.onEffect(kind, at, value, channel, bytes);
	};

	#take(difference: Difference): void {
		const { at, lamp, what, firmware, second, because } = difference;
		if (this.differences.length < KEPT) this.differences.push(difference);
		this.offend(at, lamp, `${what}: the lamp ${firmware}, the second lamp ${second} (${because})`);
	}
}

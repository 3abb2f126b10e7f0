/**
 * counted: between two readings of telemetry of one life the reported energy, hours and switch-ons
 * grow as the light of the world did, and the road users as the movements of the PIR.
 *
 * A chance is a reading after another of its life. After a power cut the counters may stand still
 * until the true values have caught up (docs/broker.md, telemetry).
 */
import { HOUR, MINUTE } from "../../lib/spans.js";
import { FAULTS } from "../faults/faults.js";
import { fieldsIn, number } from "../util/fields.js";
import { Tally } from "./check.js";
import type { Lamps } from "./lamps.js";
import { LightHistory } from "./lighthistory.js";

/** Counters are reported in such steps; the integral of a fade is not exact. */
const ENERGY_APART = 0.0003;
const ENERGY_SHARE = 0.02;
const HOURS_APART = 0.021;
const SWITCHES_APART = 1;
const USERS_APART = 1;
/** A movement within so long of the last one is the same road user's, ms. */
const DEAD_TIME = 5_000;
/** Movements without such a rest for a day count as those of a noisy PIR (docs/sensing.md). */
const REST = 5 * MINUTE;
const RESTLESS = 23 * HOUR;

interface Reading {
	readonly at: number;
	readonly life: number;
	readonly energy: number | undefined;
	readonly hours: number | undefined;
	readonly switches: number | undefined;
}

interface Seen {
	bootAt: number;
	/** Of the latest connection. */
	life: number;
	boots: number;
	/** Power failed in this run, or a boot lost counts; a revision changed the luminaire. */
	isCut: boolean;
	isChanged: boolean;
	/** Events of a replaced luminaire, and readings in which the hours had become fewer. */
	renewed: number;
	/** The instant of the latest of them, in this life. */
	renewedAt: number;
	readonly setBack: number[];
	last: Reading | undefined;
	/** Road users that a trusted PIR detected, with the instant of each; the last movement. */
	users: number[];
	movedAt: number;
	/** The last movement after a rest, or the boot. */
	restedAt: number;
	doubtedAt: number;
	accumulated: { readonly at: number; readonly count: number; readonly life: number } | undefined;
}

export class Counted extends Tally {
	readonly name = "counted";
	readonly #seen: Seen[];
	readonly #history: LightHistory;

	constructor(private readonly lamps: Lamps) {
		super();
		const {
			ledPower_W = 37,
			standbyPower_W = 0.5,
			controllerPower_W = 0.5,
			hasPowerPoints,
		} = lamps.configured;
		this.#history = new LightHistory(lamps.count, {
			ledPower_W,
			standbyPower_W,
			controllerPower_W,
		});
		this.#seen = Array.from({ length: lamps.count }, () => ({
			bootAt: NaN,
			life: NaN,
			boots: 0,
			isCut: false,
			isChanged: hasPowerPoints === true,
			renewed: 0,
			renewedAt: NaN,
			setBack: [],
			last: undefined,
			users: [],
			movedAt: -Infinity,
			restedAt: -Infinity,
			doubtedAt: -Infinity,
			accumulated: undefined,
		}));
	}

	onBoot(at: number, lamp: number, restarted: boolean): void {
		const seen = this.#seen[lamp]!;
		if (!restarted && !Number.isNaN(seen.bootAt)) seen.isCut = true;
		seen.bootAt = at;
		seen.boots++;
		seen.last = undefined;
		seen.renewedAt = NaN;
		seen.accumulated = undefined;
		seen.movedAt = -Infinity;
		seen.restedAt = at;
		seen.doubtedAt = at + this.lamps.configured.startTime;
	}

	onEnd(at: number, lamp: number): void {
		this.#history.onEnd(at, lamp);
	}

	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		this.#history.onDuty(at, lamp, duty, to, until);
	}

	onEdge(at: number, lamp: number, moving: boolean): void {
		if (!moving) return;
		const seen = this.#seen[lamp]!;
		if (at - seen.movedAt >= REST) seen.restedAt = at;
		const isRestless = at - seen.restedAt >= RESTLESS;
		if (isRestless || !this.lamps.movement.isSound(at, lamp) || this.lamps.movement.isEchoed(lamp))
			seen.doubtedAt = at;
		const { trafficDeadTime = DEAD_TIME } = this.lamps.configured;
		if (at - seen.movedAt >= trafficDeadTime) seen.users.push(at);
		seen.movedAt = at;
	}

	onFault(at: number, lamp: number, name: string): void {
		const seen = this.#seen[lamp]!;
		seen.doubtedAt = Math.max(at, seen.doubtedAt);
		if (FAULTS[name]!.forgets) seen.isChanged = true; // its report of a revision may be gone
		if (FAULTS[name]!.disturbs === "store") seen.isCut = true; // no more than is stored is reported
	}

	onReport(_arrived: number, lamp: number, suffix: string, payload: Uint8Array): void {
		if (suffix === "event") this.#renew(lamp, payload);
		if (suffix === "status") this.#seen[lamp]!.life = number(fieldsIn(payload)?.life) ?? NaN;
		if (suffix !== "telemetry" && suffix !== "traffic" && suffix !== "settings/reported/power")
			return;
		const fields = fieldsIn(payload);
		const [uptime, life] = [number(fields?.uptime_ms), number(fields?.life)];
		const seen = this.#seen[lamp]!;
		if (!fields || uptime === undefined || life !== seen.life) return; // of a life before
		const at = seen.bootAt + uptime;
		if (suffix === "settings/reported/power") {
			const { ledPower_W } = Object(fields.settings) as { ledPower_W?: number };
			if (ledPower_W !== (this.lamps.configured.ledPower_W ?? 37)) seen.isChanged = true;
		} else if (suffix === "traffic")
			this.#users(at, lamp, life, number(fields.accumulatedRoadUserNumber));
		else
			this.#reading(lamp, {
				at,
				life,
				energy: number(fields.activeEnergy_kWh),
				hours: number(fields.operatingHours),
				switches: number(fields.switchOnCounter),
			});
	}

	/** A luminaire was replaced: its hours begin anew, and another power may have been given. */
	#renew(lamp: number, payload: Uint8Array): void {
		const fields = fieldsIn(payload);
		if (fields?.type !== "luminaireReplaced") return;
		const seen = this.#seen[lamp]!;
		if (number(fields.life) === seen.life)
			seen.renewedAt = seen.bootAt + (number(fields.uptime_ms) ?? NaN);
		seen.renewed++;
		seen.isChanged = true;
	}

	#reading(lamp: number, now: Reading): void {
		const seen = this.#seen[lamp]!;
		const { last } = seen;
		seen.last = now;
		const since = (now.at - seen.renewedAt) / HOUR;
		if (since > 0 && (now.hours ?? 0) > since + HOURS_APART)
			this.offend(now.at, lamp, `${now.hours} h, ${since.toFixed(2)} h after a new luminaire`);
		if (!last) this.#first(lamp, now);
		if (!last || last.life !== now.life || !(now.at > last.at)) return;
		const [from, to] = [this.#history.sumsAt(last.at, lamp), this.#history.sumsAt(now.at, lamp)];
		if (seen.isCut || !from || !to) {
			this.leave(seen.isCut ? "counters that catch up after a boot" : "too long ago");
			return;
		}
		this.judge();
		const energy = to.energy_kWh - from.energy_kWh;
		const compare = (what: string, said: number, true_: number, apart: number) => {
			const isBehind = said < true_ && seen.boots > 1; // its bound may not have been stored
			if (isBehind || Math.abs(said - true_) <= apart) return;
			this.offend(now.at, lamp, `${what}: ${said.toFixed(4)} more, in truth ${true_.toFixed(4)}`);
		};
		if (!seen.isChanged && now.energy !== undefined && last.energy !== undefined) {
			const apart = ENERGY_APART + ENERGY_SHARE * energy;
			compare("activeEnergy_kWh", now.energy - last.energy, energy, apart);
		}
		if (now.hours !== undefined && last.hours !== undefined && now.hours < last.hours)
			seen.setBack.push(now.at); // its event may come later
		else if (now.hours !== undefined && last.hours !== undefined)
			compare("operatingHours", now.hours - last.hours, to.lit_h - from.lit_h, HOURS_APART);
		if (now.switches !== undefined && last.switches !== undefined) {
			const more = to.switchOns - from.switchOns;
			compare("switchOnCounter", now.switches - last.switches, more, SWITCHES_APART);
		}
	}

	/** After a boot that lost the latest counts they stand still above the true values. */
	#first(lamp: number, { at, energy = 0, hours = 0 }: Reading): void {
		const sums = this.#history.sumsAt(at, lamp);
		if (!sums) return;
		const isAhead =
			hours > sums.lit_h + HOURS_APART || energy > sums.energy_kWh * (1 + ENERGY_SHARE) + 0.001;
		const seen = this.#seen[lamp]!;
		if (seen.boots > 1 && isAhead) seen.isCut = true;
	}

	#users(at: number, lamp: number, life: number, count: number | undefined): void {
		const seen = this.#seen[lamp]!;
		const before = seen.accumulated;
		if (count === undefined) return;
		seen.accumulated = { at, count, life };
		if (!before || before.life !== life || !(at > before.at)) return;
		if (seen.doubtedAt >= before.at || this.lamps.configured.pirFitted === false) {
			this.leave("a sensor that is or was broken");
			return;
		}
		this.judge();
		const users = seen.users.filter((one) => one > before.at && one <= at).length;
		seen.users = seen.users.filter((one) => one > before.at);
		if (Math.abs(count - before.count - users) > USERS_APART)
			this.offend(at, lamp, `${count - before.count} road users reported, ${users} detected`);
	}

	finish(): void {
		for (const [lamp, { setBack, renewed }] of this.#seen.entries())
			for (const at of setBack.slice(renewed)) this.offend(at, lamp, "operatingHours became fewer");
	}
}

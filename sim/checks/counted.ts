/**
 * counted: energy, hours, switch-ons and road users grow as in the world; the hours begin anew with
 * a new luminaire.
 *
 * A chance is a reading after another of its life. After a power cut the counters may stand still
 * until the true values have caught up (docs/broker.md, telemetry). A new luminaire begins at nought
 * hours, between two readings at an instant of its own (luminaires.ts).
 */
import { HOUR } from "../../lib/spans.js";
import { FAULTS } from "../faults/faults.js";
import { fieldsIn, number } from "../util/fields.js";
import { Tally } from "./check.js";
import type { Lamps } from "./lamps.js";
import { LightHistory } from "./lighthistory.js";
import type { Renewal } from "./luminaires.js";

/** Counters are reported in such steps; the integral of a fade is not exact. */
const ENERGY_APART = 0.0003;
const ENERGY_SHARE = 0.02;
const HOURS_APART = 0.021;
const SWITCHES_APART = 1;
const USERS_APART = 1;
/** A movement within so long of the last one is the same road user's, ms. */
const DEAD_TIME = 5_000;
/** A sensor in the lower socket holds a movement for 1 s, and is asked each 0.5 s: a shorter rest may go unseen. */
const REST_UNSEEN = 1_500;

interface Reading {
	readonly at: number;
	readonly life: number;
	readonly energy: number | undefined;
	readonly hours: number | undefined;
	readonly switches: number | undefined;
}

/** Instants of road users, and the last movement. */
class Users {
	#at: number[] = [];
	movedAt = -Infinity;

	move(at: number, deadTime: number): void {
		if (at - this.movedAt >= deadTime) this.#at.push(at);
		this.movedAt = at;
	}

	/** From then on those until `from` are forgotten. */
	between(from: number, to: number): number {
		this.#at = this.#at.filter((at) => at > from);
		return this.#at.filter((at) => at <= to).length;
	}
}

interface Seen {
	bootAt: number;
	/** Of the latest connection. */
	life: number;
	boots: number;
	/** Power failed in this run, or a boot lost counts; a revision changed the luminaire. */
	isCut: boolean;
	isChanged: boolean;
	last: Reading | undefined;
	/** Road users that a trusted PIR detected; those with each rest that may go unseen left out. */
	users: Users;
	merged: Users;
	stillAt: number;
	doubtedAt: number;
	/** The driver's light need not have been the lamp's. */
	otherAt: number;
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
			last: undefined,
			users: new Users(),
			merged: new Users(),
			stillAt: -Infinity,
			doubtedAt: -Infinity,
			otherAt: -Infinity,
			accumulated: undefined,
		}));
	}

	onBoot(at: number, lamp: number, restarted: boolean): void {
		const seen = this.#seen[lamp]!;
		if (!restarted && !Number.isNaN(seen.bootAt)) seen.isCut = true;
		seen.bootAt = at;
		seen.boots++;
		seen.last = undefined;
		seen.accumulated = undefined;
		seen.users.movedAt = seen.merged.movedAt = -Infinity;
		seen.doubtedAt = at + this.lamps.configured.startTime;
	}

	onEnd(at: number, lamp: number): void {
		this.#history.onEnd(at, lamp);
	}

	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		if (this.lamps.driven.mayBeBright(at, lamp)) this.#seen[lamp]!.otherAt = at;
		this.#history.onDuty(at, lamp, duty, to, until);
	}

	onEdge(at: number, lamp: number, moving: boolean): void {
		const seen = this.#seen[lamp]!;
		if (!moving) {
			seen.stillAt = at;
			return;
		}
		const { movement } = this.lamps;
		const isSound = movement.isSound(at, lamp) && !movement.isEchoed(lamp);
		if (!isSound || movement.isRestless(at, lamp)) seen.doubtedAt = at;
		const { trafficDeadTime = DEAD_TIME, hasLowerSensor } = this.lamps.configured;
		seen.users.move(at, trafficDeadTime);
		if (!hasLowerSensor || at - seen.stillAt > REST_UNSEEN) seen.merged.move(at, trafficDeadTime);
	}

	onFault(at: number, lamp: number, name: string): void {
		const seen = this.#seen[lamp]!;
		seen.doubtedAt = Math.max(at, seen.doubtedAt);
		if (FAULTS[name]!.forgets) seen.isChanged = true; // its report of a revision may be gone
		if (FAULTS[name]!.disturbs === "store") seen.isCut = true; // no more than is stored is reported
	}

	onReport(_arrived: number, lamp: number, suffix: string, payload: Uint8Array): void {
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

	#reading(lamp: number, now: Reading): void {
		const seen = this.#seen[lamp]!;
		const { last } = seen;
		seen.last = now;
		this.#sinceNew(lamp, now);
		if (!last) this.#first(lamp, now);
		if (!last || last.life !== now.life || !(now.at > last.at)) return;
		const [from, to] = [this.#history.sumsAt(last.at, lamp), this.#history.sumsAt(now.at, lamp)];
		if (seen.isCut || !from || !to) {
			this.leave(seen.isCut ? "counters that catch up after a boot" : "too long ago");
			return;
		}
		if (seen.otherAt >= last.at || this.lamps.driven.mayBeBright(now.at, lamp)) {
			this.leave("a driver that need not obey");
			return;
		}
		this.judge();
		const energy = to.energy_kWh - from.energy_kWh;
		const compare = (what: string, reported: number, true_: number, apart: number) => {
			if (isSame(reported, true_, apart, seen.boots)) return;
			this.offend(
				now.at,
				lamp,
				`${what}: ${reported.toFixed(4)} more, in truth ${true_.toFixed(4)}`,
			);
		};
		const isSameLamp = !seen.isChanged && !this.lamps.luminaires.mayBeNew(lamp); // of another power
		if (isSameLamp && now.energy !== undefined && last.energy !== undefined) {
			const apart = ENERGY_APART + ENERGY_SHARE * energy;
			compare("activeEnergy_kWh", now.energy - last.energy, energy, apart);
		}
		if (now.hours !== undefined && last.hours !== undefined) {
			const more = now.hours - last.hours;
			const [renewal] = this.lamps.luminaires.between(last.at, now.at, lamp).slice(-1);
			const isSure = renewal !== undefined && renewal.to <= now.at;
			const lit = to.lit_h - from.lit_h;
			const isOld = isSame(more, lit, HOURS_APART, seen.boots);
			const isCaughtUp = seen.boots > 1 && now.hours <= to.lit_h + HOURS_APART;
			if (renewal) {
				if (isSure || !isOld) this.#anew(now.at, lamp, now.hours, to.lit_h, renewal);
			} else if (more < 0) this.offend(now.at, lamp, "operatingHours became fewer");
			else if (!isCaughtUp) compare("operatingHours", more, lit, HOURS_APART);
		}
		if (now.switches !== undefined && last.switches !== undefined) {
			const more = to.switchOns - from.switchOns;
			compare("switchOnCounter", now.switches - last.switches, more, SWITCHES_APART);
		}
	}

	/** No more hours than have passed, of any reading of the life in which it was put in. */
	#sinceNew(lamp: number, { at, hours = 0 }: Reading): void {
		const renewals = this.lamps.luminaires.between(this.#seen[lamp]!.bootAt, at, lamp);
		const sure = renewals.filter(({ to }) => to <= at).at(-1);
		const since = sure ? (at - sure.from) / HOUR : Infinity;
		if (hours > since + HOURS_APART)
			this.offend(at, lamp, `${hours} h, ${since.toFixed(2)} h after a new luminaire`);
	}

	/** A new luminaire has the hours since it was put in, at some instant between the two. */
	#anew(at: number, lamp: number, hours: number, now: number, renewal: Renewal): void {
		const litSince = (then: number) => now - (this.#history.sumsAt(then, lamp)?.lit_h ?? 0);
		const most = litSince(renewal.from);
		const least = renewal.to <= at ? litSince(renewal.to) : 0;
		const isBehind = isSame(hours, least, HOURS_APART, this.#seen[lamp]!.boots);
		if ((hours >= least || isBehind) && hours <= most + HOURS_APART) return;
		this.offend(at, lamp, `${hours} h, ${most.toFixed(2)} h since a new luminaire`);
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
		const more = count - before.count;
		const [users, merged] = [seen.users, seen.merged].map((of) => of.between(before.at, at));
		const [least, most] = [Math.min(users!, merged!), Math.max(users!, merged!)];
		if (more < least - USERS_APART || more > most + USERS_APART)
			this.offend(at, lamp, `${more} road users reported, ${users} detected`);
	}
}

/**
 * After a boot a count may be behind, because its bound may not have been stored; stored, it catches
 * up with the truth.
 */
function isSame(reported: number, true_: number, apart: number, boots: number): boolean {
	return (reported < true_ && boots > 1) || Math.abs(reported - true_) <= apart;
}

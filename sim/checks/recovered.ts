/**
 * recovered: from 27 h after the last fault and boot on, a vacant lamp is at its program at night
 * and off by day, its time is right, and no fault of sensor or clock is reported.
 *
 * The other checks leave open what a fault may have left behind: a doubt in a sensor, a wrong date, a
 * night that is taken for a day. This one asks none of them. From 27 h after the last fault and the
 * last boot on a vacant lamp is at its program at night and off by day, its reports have the right
 * time, and no failure of a sensor or of the clock is reported any more.
 *
 * The bound: a light sensor is doubted for 24 h at most, a PIR for 4 h, a date for 14 h after a right
 * answer, which an hour brings; each of them is over at the end of the next night at the latest, in
 * which a dusk was seen. A clock that was set ahead is refused until then: up to 40 h more.
 */
import { HOUR, MINUTE } from "../../lib/spans.js";
import { fieldsIn, instant, text } from "../util/fields.js";
import { Tally } from "./check.js";
import type { ProgramOracle } from "./configured.js";
import type { Lamps } from "./lamps.js";
import { returnTime } from "./required.js";
import { VacantReturn } from "./vacantreturn.js";

const BOUND = 27 * HOUR;
/** A clock may have been ahead by so much (sim/faults). */
const AHEAD = 40 * HOUR;
/** A PIR that its radio disturbed is trusted again after so many road users (docs/sensing.md). */
const USERS = 30;
/** Work at full class, and a busy row, take a share of the minutes, or a few of a short run. */
const SHARE = 0.02;
const FEW = 4;
/** Error of a right date, ms. */
const DATE_ERROR = 10_000;
const FAILURES = ["presenceSensorFailure", "lightSensorFailure", "clockFailure", "clockConflict"];
const EACH = MINUTE;

interface Seen {
	/** Faults that are on. */
	on: number;
	/** Of the last fault, or boot. */
	lastAt: number;
	hadFault: boolean;
	users: number;
	bootAt: number;
	/** Failures that were reported and have not ended. */
	readonly standing: Set<string>;
	isJudged: boolean;
}

export class Recovered extends Tally {
	readonly name = "recovered";
	readonly #seen: Seen[];
	readonly #back: number;
	#strict = 0;
	#next = EACH;

	constructor(
		private readonly lamps: Lamps,
		private readonly program: ProgramOracle,
		private readonly epochUtc: number,
	) {
		super();
		this.#back = returnTime(lamps.configured);
		this.#seen = Array.from({ length: lamps.count }, () => ({
			on: 0,
			lastAt: 0,
			hadFault: false,
			users: 0,
			bootAt: NaN,
			standing: new Set<string>(),
			isJudged: false,
		}));
	}

	override get ok(): boolean {
		return this.#strict === 0 && this.count <= Math.max(FEW, SHARE * this.tried);
	}

	onBoot(at: number, lamp: number): void {
		const seen = this.#seen[lamp]!;
		seen.bootAt = at;
		seen.lastAt = Math.max(seen.lastAt, at);
	}

	onEnd(at: number, lamp: number): void {
		this.#seen[lamp]!.lastAt = Math.max(this.#seen[lamp]!.lastAt, at);
	}

	onFault(at: number, lamp: number, name: string, on: boolean): void {
		const seen = this.#seen[lamp]!;
		seen.on += on ? 1 : -1;
		seen.hadFault = true;
		seen.users = 0;
		seen.isJudged = false;
		seen.lastAt = Math.max(seen.lastAt, at + (name === "clockErratic" ? AHEAD : 0));
	}

	onEdge(at: number, lamp: number, moving: boolean, real: boolean): void {
		const seen = this.#seen[lamp]!;
		if (!moving) return;
		if (real) seen.users++;
		if (this.lamps.movement.isRestless(at, lamp)) seen.lastAt = at; // a PIR without rest seems noisy
	}

	/** Every fault that it had is over for long. */
	#isOver(at: number, lamp: number): boolean {
		const { on, lastAt, hadFault, users } = this.#seen[lamp]!;
		return hadFault && on === 0 && at >= lastAt + BOUND && users >= USERS;
	}

	onReport(_arrived: number, lamp: number, suffix: string, payload: Uint8Array): void {
		const fields = fieldsIn(payload);
		const seen = this.#seen[lamp]!;
		const type = text(fields?.type);
		if (suffix === "event" && type !== undefined) note(type, fields?.startEndFlag, seen.standing);
		const at = seen.bootAt + Number(fields?.uptime_ms);
		if (suffix !== "state" || !this.#isOver(at, lamp)) return;
		const reported = instant(fields?.time);
		const error = reported === undefined ? Infinity : Math.abs(reported - this.epochUtc - at);
		this.judge();
		if (error > DATE_ERROR) this.#fail(at, lamp, `time ${text(fields?.time)} after all faults`);
	}

	advance(at: number): void {
		for (; this.#next <= at; this.#next += EACH)
			for (let lamp = 0; lamp < this.lamps.count; lamp++)
				if (this.lamps.runsSince[lamp]! <= this.#next && this.#isOver(this.#next, lamp))
					this.#look(this.#next, lamp);
	}

	#look(at: number, lamp: number): void {
		const { lamps } = this;
		const seen = this.#seen[lamp]!;
		if (!seen.isJudged) {
			seen.isJudged = true;
			this.judge();
			if (seen.standing.size > 0) this.#fail(at, lamp, `${[...seen.standing]} still reported`);
		}
		if (lamps.isOrdered(at, lamp, this.#back) || lamps.downloads.isUnderWay(at, lamp, this.#back))
			return;
		if (lamps.skylight.isBroadDay(at)) {
			if (lamps.configured.photocell === false && !lamps.vouched.isPossible(lamp)) return;
			this.judge();
			if (!lamps.isAtMost(at, lamp, 0)) this.#offendBy(at, lamp, "off by day");
		} else if (lamps.skylight.isSkyDark(at - this.#back) && this.#isEmpty(at)) {
			this.judge();
			const { least, most } = VacantReturn.rangeOf(lamps, this.program, at, lamp);
			if (!lamps.isAtLeast(at, lamp, least) || !lamps.isAtMost(at, lamp, most))
				this.#offendBy(at, lamp, `${most} %, with nobody there`);
		}
	}

	#offendBy(at: number, lamp: number, wanted: string): void {
		const level = this.lamps.level(at, lamp).toFixed(1);
		this.offend(at, lamp, `${level} % instead of ${wanted}, after all faults`);
	}

	/** Not one of these is permitted. */
	#fail(at: number, lamp: number, what: string): void {
		this.#strict++;
		this.offend(at, lamp, what);
	}

	/** Nobody was near any lamp for as long as light may remain. */
	#isEmpty(at: number): boolean {
		const { vacantSince, stillSince, configured } = this.lamps;
		const since = at - this.#back - (configured.neighbours ? configured.autoClear : 0);
		return vacantSince.every((start) => start <= since) && stillSince.every((one) => one <= since);
	}
}

/** A new life clears what stood before (docs/integrators.md): it begins it anew, if it stands. */
function note(type: string, flag: unknown, standing: Set<string>): void {
	if (type === "started" || type === "restarted") standing.clear();
	else if (flag === "end") standing.delete(type);
	else if (FAILURES.includes(type)) standing.add(type);
}

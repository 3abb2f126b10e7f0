/**
 * overrideEnds: every override that was sent ends, by its time or when it is cleared.
 *
 * Checked by the light: once the override must be over, with the place vacant, no false trigger of
 * a PIR and no other order in force, the lamp shines as its program asks, or not at all by day.
 */

import { MINUTE } from "../../lib/spans.js";
import type { OrderSent } from "../street/network.js";
import { Tally } from "./check.js";
import type { ProgramOracle } from "./configured.js";
import type { Lamps } from "./lamps.js";
import { VacantReturn } from "./vacantreturn.js";

/** Latency of the network, processing of the order, and the next tick, ms. */
const GRACE = 5_000;

/** A lamp verifies an image at its class, and the fall after it. */
const VERIFYING = 2 * MINUTE;

interface Pending {
	readonly order: OrderSent;
	/** When it was cleared or replaced, which a lamp without network does not receive; Infinity. */
	cleared: number;
	/** Since when the light is not the program's; Infinity: it was not judged yet. */
	wrongFrom: number;
}

export class OverrideEnds extends Tally {
	readonly name = "overrideEnds";
	readonly #pending: Pending[] = [];
	readonly #back: number;

	constructor(
		private readonly lamps: Lamps,
		private readonly program: ProgramOracle,
		private readonly epochUtc: number,
	) {
		super();
		this.#back = VacantReturn.returnTime(lamps.configured);
	}

	onOrder(order: OrderSent): void {
		if (order.typed) return; // it may be refused
		if (order.command !== "override" && order.command !== "clearOverride") return;
		for (const pending of this.#pending)
			if (pending.order.lamp === order.lamp) pending.cleared = Math.min(pending.cleared, order.at);
		if (order.command === "override")
			this.#pending.push({ order, cleared: Infinity, wrongFrom: Infinity });
	}

	advance(at: number): void {
		const back = this.#back + GRACE;
		for (let i = this.#pending.length - 1; i >= 0; i--) {
			const pending = this.#pending[i]!;
			const { order, cleared } = pending;
			const { standing } = this.lamps;
			const isReached = standing.isReceived(cleared, order.lamp);
			const last = standing.endOf(order, at);
			const ends = isReached ? Math.min(last, cleared) : last;
			if (at < ends + back || !this.#check(at, pending)) continue;
			this.#pending.splice(i, 1);
		}
	}

	/** Whether the order is judged; it is not during presence or another order. */
	#check(at: number, pending: Pending): boolean {
		const { lamps } = this;
		const { order } = pending;
		const { lamp } = order;
		if (!lamps.isStill(at, lamp, this.#back)) return false;
		if (lamps.standing.isAnother(at, order, this.#back)) return false;
		if (!lamps.hasProgram(at, lamp)) return false;
		if (lamps.downloads.isUnderWay(at, lamp, this.#back)) return false;
		const level = lamps.level(at, lamp);
		const { least, most } = VacantReturn.rangeOf(lamps, this.program, this.epochUtc, at, lamp);
		const isDark = lamps.isDark(at, lamp);
		if (!isDark && !lamps.isBright(at, lamp)) return false; // twilight: both levels are right
		const isRight = isDark
			? lamps.isAtLeast(at, lamp, least) && lamps.isAtMost(at, lamp, most)
			: level === 0;
		pending.wrongFrom = isRight ? Infinity : Math.min(pending.wrongFrom, at);
		if (!isRight && at < pending.wrongFrom + VERIFYING) return false;
		this.tried++;
		const when = isDark ? "after" : "by day after";
		if (!isRight) this.offend(at, lamp, `${level.toFixed(1)} % ${when} the override's end`);
		return true;
	}
}

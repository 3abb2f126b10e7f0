/**
 * Actions: what an order does once, beyond the light: a restart, other names, a replacement; and the
 * lamp's test of itself.
 *
 * What would cut the lamp off from who ordered it is done when the answer has arrived, or when it
 * cannot any more: ANSWER_WAIT after it was due.
 */
import type { LevelSequence } from "../../command/levelsequence.js";
import type { ActionOrder, AssignOrder, RejectionReason } from "../../command/orders.js";
import type { Host, Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import { changedSections, prepare } from "../../settings/store.js";
import { withValues } from "../../settings/table.js";
import type { Millis } from "../../units.js";
import type { View } from "../../view.js";
import type { SettingsManager } from "../settings/manager.js";
import { tellStored } from "../storage/counterwriter.js";
import type { Task } from "../task.js";
import { eraseAll, RESET_REASON } from "./factoryreset.js";
import type { OrderEnvelope } from "./intake.js";
import { replaceNode } from "./replacement.js";
import type { SelfTest } from "./selftest.js";

/** An answer takes a round trip, or the console's 500 characters at 115200 bit/s: less than that. */
export const ANSWER_WAIT: Millis = 2000;
/**
 * A life that an order began lasts so long before the operator may end it: whoever has the right to order
 * could else wear out the flash, which each boot writes, in weeks. At the pole no one can do it that often.
 */
export const RESTART_GAP: Millis = 10 * 60_000;

export interface DeedsOwner {
	readonly host: Pick<Host, "powerCause" | "flashLog" | "restart">;
	readonly store: Store;
	readonly flash: { hasCredit(writeClass: "action", now: Millis): boolean };
	readonly settingsManager: Pick<SettingsManager, "settings" | "bank" | "doors" | "change">;
	readonly view: View;
	readonly link: {
		readonly owesAnswer: boolean;
		answerDueAt(now: Millis, toMany: boolean): Millis;
	};
	/** The lamp has a new light source; false: the store did not take it. */
	renewLuminaire(
		id: string,
		ledPower_W: number | undefined,
		by: "broker" | "console",
		now: Millis,
	): boolean;
	/** Validators the lamp while it runs through `exercise`. */
	selfTestOf(sequence: LevelSequence, now: Millis): SelfTest;
	emit(event: LampEvent, now: Millis): void;
	restart(reason: string, now: Millis): void;
}

/** What waits for its answer to arrive. */
interface Waiting {
	/** At the latest. */
	readonly at: Millis;
	/** The answer goes to the broker, which says when it has it. */
	readonly isAcknowledged: boolean;
	readonly act: (now: Millis) => void;
}

export class Actions implements Task {
	private readonly lamp: DeedsOwner;
	private waiting: Waiting | undefined;
	private selfTest: SelfTest | undefined;

	constructor(lamp: DeedsOwner) {
		this.lamp = lamp;
	}

	get dueAt(): Millis {
		const due = this.selfTest?.dueAt ?? Infinity;
		if (!this.waiting) return due;
		const { at, isAcknowledged } = this.waiting;
		return isAcknowledged && !this.lamp.link.owesAnswer ? -Infinity : Math.min(due, at);
	}

	/** Does what is ordered once the answer is out; or says why not. */
	do(order: ActionOrder, envelope: OrderEnvelope, now: Millis): RejectionReason | undefined {
		const { lamp } = this;
		const by = envelope.via === "console" ? "console" : "broker";
		if (this.waiting) return "rateExceeded"; // one at a time
		if (order.kind === "assign") return this.assign(order, envelope, now);
		if (by === "broker" && !lamp.flash.hasCredit("action", now)) return "storeFailure"; // each of them writes
		if (order.kind === "luminaireReplaced")
			return lamp.renewLuminaire(order.id, order.ledPower_W, by, now) ? undefined : "storeFailure";
		if (order.kind === "factoryReset") {
			this.afterAnswer(envelope, now, (then) => reset(lamp, then));
			return undefined;
		}
		const { powerCause } = lamp.host;
		if (by === "broker" && powerCause === "restart" && now < RESTART_GAP) return "rateExceeded";
		if (order.kind === "nodeReplaced" && !replaceNode(lamp, order.counters)) return "storeFailure";
		const why = order.kind === "restart" ? "ordered" : order.kind;
		this.afterAnswer(envelope, now, (then) => lamp.restart(why, then));
		return undefined;
	}

	/** The names are stored now and go by once the answer is out: the lamp connects anew under them. */
	private assign(
		{ site, node, group }: AssignOrder,
		envelope: OrderEnvelope,
		now: Millis,
	): RejectionReason | undefined {
		const { settingsManager, flash } = this.lamp;
		const { settings: before, bank, doors } = settingsManager;
		const after = withValues(before, { site, node, group });
		if (changedSections(before, after) === 0) return undefined; // they are its names already
		if (!flash.hasCredit("action", now)) return "storeFailure";
		if (typeof prepare(bank, before, after, doors) === "string") return "storeFailure";
		this.afterAnswer(envelope, now, (then) => {
			const { settings } = settingsManager; // others may have come meanwhile
			const named = withValues(settings, { site, node, group });
			if (settingsManager.change(settings, named, "broker", then)) return;
			tellStored(this.lamp, "bank", "failed", then);
		});
		return undefined;
	}

	/** Watches the lamp run through its levels and judges what can be judged. */
	test(sequence: LevelSequence, now: Millis): void {
		this.selfTest = this.lamp.selfTestOf(sequence, now);
	}

	tick(now: Millis): void {
		const { selfTest, waiting } = this;
		if (selfTest && now >= selfTest.dueAt && !selfTest.look(now)) this.selfTest = undefined;
		if (!waiting || (now < waiting.at && this.dueAt > -Infinity)) return;
		this.waiting = undefined;
		waiting.act(now);
	}

	private afterAnswer(
		{ via, toMany }: OrderEnvelope,
		now: Millis,
		act: (now: Millis) => void,
	): void {
		const isAcknowledged = via !== "console";
		const answeredAt = isAcknowledged ? this.lamp.link.answerDueAt(now, toMany) : now;
		this.waiting = { at: answeredAt + ANSWER_WAIT, isAcknowledged, act };
	}
}

/**
 * Erased and started in one turn: no room may store anything between. Where something is left, an event
 * says so in place of a restart, which would pass for a reset that is done.
 */
function reset(lamp: DeedsOwner, now: Millis): void {
	const left = eraseAll(lamp.store, lamp.host.flashLog);
	if (left === undefined) lamp.host.restart(RESET_REASON);
	else tellStored(lamp, left, "failed", now);
}

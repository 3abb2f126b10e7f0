/**
 * Actions: carries out orders that act once, beyond the light.
 *
 * These are restart, new names, replacement, factory reset and self-test. Actions that end the
 * connection run once the reply is acknowledged, or ANSWER_WAIT after it was due.
 */
import type { LevelSequence } from "../../command/levelsequence.js";
import type { ActionOrder, AssignOrder, RejectionReason } from "../../command/orders.js";
import { RESTART_GAP } from "../../command/table.js";
import type { Host, Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import { changedSections, prepare } from "../../settings/store.js";
import { withValues } from "../../settings/table.js";
import type { Millis } from "../../units.js";
import type { View } from "../../view.js";
import type { SettingsManager } from "../settings/manager.js";
import { reportRefusedWrite } from "../storage/counterwriter.js";
import type { Task } from "../task.js";
import { eraseAll, RESET_REASON } from "./factoryreset.js";
import type { OrderEnvelope } from "./intake.js";
import { replaceNode } from "./replacement.js";
import type { SelfTest } from "./selftest.js";

/** Longer than a reply takes: a round trip, or 500 characters on the console at 115200 bit/s. */
export const ANSWER_WAIT: Millis = 2000;

interface ActionsOwner {
	readonly host: Pick<Host, "powerCause" | "flashLog" | "restart">;
	readonly store: Store;
	readonly flash: { hasCredit(writeClass: "action", now: Millis): boolean };
	readonly settingsManager: Pick<
		SettingsManager,
		"settings" | "bank" | "doors" | "change" | "mayChange"
	>;
	readonly view: View;
	readonly link: {
		readonly owesAnswer: boolean;
		answerDueAt(now: Millis, toMany: boolean, spread: Millis | undefined): Millis;
	};
	/** Registers a new light source, power in W; false: it could not be stored. */
	renewLuminaire(
		id: string,
		ledPower_W: number | undefined,
		by: "broker" | "console",
		now: Millis,
	): boolean;
	/** The self-test of the lamp while it runs through `sequence`. */
	selfTestOf(sequence: LevelSequence, now: Millis): SelfTest;
	emit(event: LampEvent, now: Millis): void;
	restart(reason: string, now: Millis): void;
}

/** An action that waits until its reply has arrived. */
interface Waiting {
	/** The latest instant of the action. */
	readonly at: Millis;
	/** The reply goes to the broker, which acknowledges it. */
	readonly isAcknowledged: boolean;
	readonly act: (now: Millis) => void;
}

export class Actions implements Task {
	private readonly lamp: ActionsOwner;
	private waiting: Waiting | undefined;
	private selfTest: SelfTest | undefined;

	constructor(lamp: ActionsOwner) {
		this.lamp = lamp;
	}

	get dueAt(): Millis {
		const due = this.selfTest?.dueAt ?? Infinity;
		if (!this.waiting) return due;
		const { at, isAcknowledged } = this.waiting;
		return isAcknowledged && !this.lamp.link.owesAnswer ? -Infinity : Math.min(due, at);
	}

	/** Carries out an action, some of them after the reply; returns the reason of a rejection. */
	do(order: ActionOrder, envelope: OrderEnvelope, now: Millis): RejectionReason | undefined {
		const { lamp } = this;
		const by = envelope.via === "console" ? "console" : "broker";
		if (this.waiting) return "rateExceeded"; // one action at a time
		if (order.kind === "assign") return this.assign(order, envelope, now);
		if (by === "broker" && !lamp.flash.hasCredit("action", now)) return "storeFailure"; // each action writes
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

	/** Checks new names now and stores them after the reply; the lamp then reconnects with them. */
	private assign(
		{ site, node, group }: AssignOrder,
		envelope: OrderEnvelope,
		now: Millis,
	): RejectionReason | undefined {
		const { settingsManager, flash } = this.lamp;
		const { settings: before, doors } = settingsManager;
		const after = withValues(before, { site, node, group });
		if (changedSections(before, after) === 0) return undefined; // the names are unchanged
		if (!flash.hasCredit("action", now)) return "storeFailure";
		if (!settingsManager.mayChange("broker", now)) return "storeFailure";
		if (typeof prepare(settingsManager.bank, before, after, doors) === "string")
			return "storeFailure";
		this.afterAnswer(envelope, now, (then) => {
			const { settings } = settingsManager; // settings may have changed meanwhile
			const named = withValues(settings, { site, node, group });
			if (settingsManager.change(settings, named, "broker", then)) return;
			reportRefusedWrite(this.lamp, "bank", "failed", then);
		});
		return undefined;
	}

	/** Begins the self-test of a lamp that runs through `sequence`. */
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
		{ via, toMany, spread }: OrderEnvelope,
		now: Millis,
		act: (now: Millis) => void,
	): void {
		const isAcknowledged = via !== "console";
		const answeredAt = isAcknowledged ? this.lamp.link.answerDueAt(now, toMany, spread) : now;
		this.waiting = { at: answeredAt + ANSWER_WAIT, isAcknowledged, act };
	}
}

/**
 * Erases and restarts in one turn, so that no room stores anything between. If a key is left, an
 * event reports it instead of a restart, which would pass for a completed reset.
 */
function reset(lamp: ActionsOwner, now: Millis): void {
	const left = eraseAll(lamp.store, lamp.host.flashLog);
	if (left === undefined) lamp.host.restart(RESET_REASON);
	else reportRefusedWrite(lamp, left, "failed", now);
}

/**
 * Asks: questions and orders to lamps over the broker, and their answers, as any other client of the
 * broker would send them.
 */
import type { StreetNetwork } from "../../run/streetnetwork.js";
import { type Fields, fieldsIn, isFields } from "../../util/fields.js";
import type { LampReply, OrderAnswer, OrderForm, StreetView } from "../messages.js";
import { type Answer, json, status } from "./answers.js";
import type { Feed } from "./feed.js";
import type { SettingsDesk } from "./settingsdesk.js";

/** Wait of the page for a lamp's answer, ms of wall clock, and ms of the street's time. */
const REPLY_PATIENCE = 4_000;
const REPLY_SPAN = 5_000;
/** Likewise for many lamps, whose answers are spread over SPREAD_S of that time unless said. */
const SPREAD_S = 10;
const SPREAD_PATIENCE = 15_000;
const SPREAD_SPAN = 20_000;
/**
 * The longest wait for a street that runs slowly, or for a lamp that has started and is not connected
 * yet, and the time between two looks, ms of wall clock.
 */
const LONGEST = 60_000;
const LOOK = 250;
/** Groups of one order, and their names (docs/broker.md). */
const GROUPS_MOST = 64;
const GROUP = /^[\w-]{1,32}$/;
/** A query expires after this, seconds. */
const QUESTION_VALID = 600;

const NO_ANSWER = json({ error: "noAnswer" }, 504);

/** A wait for answers, and their use. */
interface Waiting<T> {
	readonly wanted: number;
	/** Ends when both have passed: ms of wall clock, and of the street's time. */
	readonly patience: number;
	readonly span: number;
	read(reply: LampReply, lamp: number, payload: Uint8Array): T;
	/** The answer for the page, of one reply or more. */
	write(answers: T[]): unknown;
}

export class Asks {
	#orders = 0;

	constructor(
		private readonly view: StreetView,
		private readonly network: StreetNetwork,
		private readonly feed: Feed,
		private readonly settings: SettingsDesk,
		private readonly forms: readonly OrderForm[],
	) {}

	/** Asks the lamp itself, over the broker, and returns its answer. */
	ask(lamp: number, question: Fields, signal: AbortSignal): Promise<Answer> {
		const topic = this.network.topicOf(lamp, "command");
		const waiting: Waiting<LampReply> = {
			wanted: 1,
			patience: REPLY_PATIENCE,
			span: REPLY_SPAN,
			read: (reply) => reply,
			write: ([reply]) => reply,
		};
		return this.#give([topic], question, signal, waiting, (to, payload) =>
			this.network.publish(to, payload),
		);
	}

	/**
	 * Sends an order of the contract, with the fields that a person filled in, to a lamp, to each
	 * group of a list, or to all; the lamps validate the fields.
	 */
	async order(
		lamp: number,
		{ to, name, groups, fields }: Fields,
		signal: AbortSignal,
	): Promise<Answer> {
		const { network, view } = this;
		const form = this.forms.find((orderForm) => orderForm.to === to && orderForm.name === name);
		const names = to === "group" ? namesIn(groups) : [];
		if (!form || !isFields(fields) || !names) return status(400);
		const topics =
			to === "lamp"
				? [network.topicOf(lamp, form.suffix)]
				: to === "group"
					? names.map((group) => network.topicOfMany(group, form.suffix))
					: [network.topicOfMany(undefined, form.suffix)];
		const spread = to === "lamp" ? {} : { spread_s: SPREAD_S };
		const order = { ...spread, ...fields, ...form.fixed, command: form.command };
		return this.#give(
			topics,
			order,
			signal,
			{
				wanted: to === "lamp" ? 1 : to === "group" ? this.#lampsIn(names) : view.lamps,
				patience: to === "lamp" ? REPLY_PATIENCE : SPREAD_PATIENCE,
				span: to === "lamp" ? REPLY_SPAN : SPREAD_SPAN,
				read: (_reply, from, payload) => ({
					lamp: from,
					reply: fieldsIn(payload) ?? {},
				}),
				write: (answers: OrderAnswer[]) => answers.sort((a, b) => a.lamp - b.lamp),
			},
			view.publish,
		);
	}

	/** Lamps that reported to be in these groups; a group that nobody reported may have any number. */
	#lampsIn(names: readonly string[]): number {
		const known = this.settings.groups.filter(({ name }) => names.includes(name));
		if (known.length < names.length) return this.view.lamps;
		return known.reduce((sum, { lamps }) => sum + lamps.length, 0);
	}

	/**
	 * Publishes an order to these topics under one id of its own; answers when all awaited replies have come, or at
	 * the time limit. To one lamp it is published as soon as that lamp is connected: a broker keeps nothing for
	 * a session that has never been.
	 */
	#give<T>(
		topics: readonly string[],
		fields: Fields,
		signal: AbortSignal,
		waiting: Waiting<T>,
		send: (topic: string, payload: string) => void,
	): Promise<Answer> {
		const { view } = this;
		const id = `page-${++this.#orders}-${view.seed}`;
		let [wall, at] = [performance.now(), view.now()];
		let isSent = false;
		const answers: T[] = [];
		const publish = () => {
			if (isSent || topics.some((topic) => this.#isStarting(topic))) return;
			[wall, at, isSent] = [performance.now(), view.now(), true];
			const issued = new Date(view.epochUtc + at).toISOString();
			const payload = JSON.stringify({ ...fields, id, issued, validFor: QUESTION_VALID });
			for (const topic of topics) send(topic, payload);
		};
		return new Promise((resolve, reject) => {
			const bounded = (act: () => void) => {
				try {
					act();
				} catch (error) {
					stop();
					reject(error);
				}
			};
			const answer = () => {
				stop();
				resolve(answers.length > 0 ? json(waiting.write(answers)) : NO_ANSWER);
			};
			const look = () => {
				publish();
				const waited = performance.now() - wall;
				const isPassed = (isSent && view.now() - at >= waiting.span) || view.speed() === 0;
				if (waited >= (isPassed ? waiting.patience : LONGEST)) answer();
			};
			const late = setInterval(() => bounded(look), LOOK);
			const giveUp = this.feed.awaitReply(id, (reply, lamp, payload) =>
				bounded(() => {
					answers.push(waiting.read(reply, lamp, payload));
					if (answers.length >= waiting.wanted) answer();
				}),
			);
			const stop = () => {
				clearInterval(late);
				giveUp();
			};
			signal.addEventListener("abort", stop);
			bounded(publish);
		});
	}

	/** Whether it is the topic of one lamp that has not connected since the street began. */
	#isStarting(topic: string): boolean {
		const lamp = this.network.lampOf(topic);
		return lamp !== undefined && !this.feed.hasReported(lamp);
	}
}

/** The names of a list of groups, each once; undefined if it is none. */
function namesIn(groups: unknown): readonly string[] | undefined {
	if (!Array.isArray(groups) || groups.length === 0 || groups.length > GROUPS_MOST)
		return undefined;
	const isName = (name: unknown): name is string => typeof name === "string" && GROUP.test(name);
	return groups.every(isName) ? [...new Set(groups)] : undefined;
}

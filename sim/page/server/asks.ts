/**
 * Asks: questions and orders to lamps over the broker, and their answers, as any other client of the
 * broker would send them.
 */
import type { ServerResponse } from "node:http";
import type { StreetNetwork } from "../../run/streetnetwork.js";
import { type Fields, fieldsIn, isFields } from "../../util/fields.js";
import type { LampReply, OrderAnswer, OrderForm, StreetView } from "../messages.js";
import type { Feed } from "./feed.js";
import { bounded, end, json } from "./responses.js";

/** Longest wait of the page for a lamp's answer, ms of wall clock. */
const REPLY_PATIENCE = 4_000;
/**
 * Likewise for many lamps, whose answers are spread over `replySpread` (10 s) of the street's time.
 */
const SPREAD_PATIENCE = 15_000;
/** A query expires after this, seconds. */
const QUESTION_VALID = 600;

/** A wait for answers, and their use. */
interface Waiting<T> {
	readonly wanted: number;
	/** Milliseconds of wall clock. */
	readonly patience: number;
	read(reply: LampReply, lamp: number, payload: Uint8Array): T;
	/** The response's body, for one answer or more. */
	write(told: T[]): unknown;
}

export class Asks {
	#orders = 0;

	constructor(
		private readonly view: StreetView,
		private readonly network: StreetNetwork,
		private readonly feed: Feed,
		private readonly forms: readonly OrderForm[],
	) {}

	/** Asks the lamp itself, over the broker, and returns its answer. */
	ask(lamp: number, question: Fields, response: ServerResponse): void {
		const topic = this.network.topicOf(lamp, "command");
		const waiting: Waiting<LampReply> = {
			wanted: 1,
			patience: REPLY_PATIENCE,
			read: (reply) => reply,
			write: ([reply]) => reply,
		};
		this.#give(topic, question, response, waiting);
	}

	/**
	 * Sends an order of the contract, with the fields that a person filled in; the lamps validate
	 * them.
	 */
	order(lamp: number, { to, name, group, fields }: Fields, response: ServerResponse): void {
		const { network, view } = this;
		const form = this.forms.find((one) => one.to === to && one.name === name);
		const isGroup = typeof group === "string" && /^[\w-]{1,32}$/.test(group);
		if (!form || !isFields(fields) || (to === "group" && !isGroup)) {
			end(response, 400);
			return;
		}
		const topic =
			to === "lamp"
				? network.topicOf(lamp, form.suffix)
				: network.topicOfMany(isGroup ? group : undefined, form.suffix);
		this.#give(topic, { ...fields, ...form.fixed, command: form.command }, response, {
			wanted: to === "lamp" ? 1 : view.lamps,
			patience: to === "lamp" ? REPLY_PATIENCE : SPREAD_PATIENCE,
			read: (_reply, from, payload) => ({
				lamp: from,
				reply: fieldsIn(Buffer.from(payload)) ?? {},
			}),
			write: (answers: OrderAnswer[]) => answers.sort((a, b) => a.lamp - b.lamp),
		});
	}

	/**
	 * Publishes an order under an id of its own; answers when all awaited replies have come, or at
	 * the time limit.
	 */
	#give<T>(topic: string, fields: Fields, response: ServerResponse, waiting: Waiting<T>): void {
		const { view, network } = this;
		const id = `page-${++this.#orders}-${view.seed}`;
		const issued = new Date(view.epochUtc + view.now()).toISOString();
		const told: T[] = [];
		const stop = () => {
			clearTimeout(late);
			giveUp();
		};
		const answer = () => {
			stop();
			if (response.writableEnded) return;
			bounded(response, write);
		};
		const write = () => {
			if (told.length > 0) json(response, waiting.write(told));
			else json(response, { error: "noAnswer" }, 504);
		};
		const giveUp = this.feed.awaitReply(id, (reply, lamp, payload) => {
			bounded(response, () => told.push(waiting.read(reply, lamp, payload)));
			if (told.length >= waiting.wanted) answer();
		});
		const late = setTimeout(answer, waiting.patience);
		response.on("close", stop);
		network.publish(topic, JSON.stringify({ ...fields, id, issued, validFor: QUESTION_VALID }));
	}
}

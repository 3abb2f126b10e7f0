/**
 * Requests: residents' reports on disk, and the orders that they become.
 *
 * A report about a lamp becomes the orders explain and selfTest of that lamp, once: a second report
 * while the first is open is another request with the same orders. No name or address of a resident is
 * stored.
 */
import { existsSync } from "node:fs";
import { addToFile, textOfFile } from "../../lib/files.js";
import { objectOf } from "../contract.js";
import { type Answer, answerOf } from "./answer.js";
import type { FactBook } from "./facts.js";

export interface Request {
	readonly id: string;
	readonly node: string;
	/** The lamp's name on its pole. */
	readonly lamp: string;
	readonly description: string;
	readonly requested: string;
	readonly updated: string;
	readonly status: "open" | "closed";
	readonly notes: Readonly<{ en: string; fr: string }>;
	/** Whether an answer has been made since the orders were sent. */
	readonly isAnswered: boolean;
}

interface Orders {
	/** Sends an order to a lamp; resolves when the broker has it. */
	send(node: string, body: { readonly id: string; readonly command: string }): Promise<void>;
}

interface RequestOptions {
	readonly path: string;
	readonly facts: FactBook;
	readonly orders: Orders;
	readonly zone: string;
	/** ms for the answer of a lamp. */
	readonly patience: number;
	now(): number;
}

const WAITING = {
	en: "The lamp is being tested; the result follows within two minutes.",
	fr: "La lampe est en cours d'essai ; le résultat suit dans les deux minutes.",
};

export class Requests {
	readonly #options: RequestOptions;
	readonly #requests = new Map<string, Request>();
	readonly #timers = new Map<string, NodeJS.Timeout>();

	constructor(options: RequestOptions) {
		this.#options = options;
		const { path, facts } = options;
		if (existsSync(path))
			for (const line of textOfFile(path).split("\n")) {
				const request = objectOf<Request>(line);
				if (request?.id) this.#requests.set(request.id, request);
			}
		facts.onChange = (node) => {
			for (const request of this.#requests.values())
				if (request.node === node && request.status === "open") this.#look(request);
		};
	}

	/** Sends the orders of requests that were cut by an end of the program. */
	async resume(): Promise<void> {
		for (const request of this.#requests.values())
			if (request.status === "open" && !request.isAnswered) await this.#order(request);
	}

	get all(): readonly Request[] {
		return [...this.#requests.values()];
	}

	get(id: string): Request | undefined {
		return this.#requests.get(id);
	}

	async add(node: string, lamp: string, description: string): Promise<Request> {
		const at = new Date(this.#options.now()).toISOString();
		const id = `${at.slice(0, 10)}-${String(this.#requests.size + 1).padStart(4, "0")}`;
		const request: Request = {
			id,
			node,
			lamp,
			description,
			requested: at,
			updated: at,
			status: "open",
			notes: WAITING,
			isAnswered: false,
		};
		this.#write(request);
		await this.#order(request);
		return request;
	}

	close(): void {
		for (const timer of this.#timers.values()) clearTimeout(timer);
	}

	async #order(request: Request): Promise<void> {
		const { orders, patience } = this.#options;
		const { explain, selfTest } = this.#question(request);
		await orders.send(request.node, { id: explain, command: "explain" });
		await orders.send(request.node, { id: selfTest, command: "selfTest" });
		const timer = setTimeout(() => {
			this.#timers.delete(request.id);
			const now = this.#requests.get(request.id)!;
			if (now.status === "open" && !now.isAnswered) this.#answer(now);
		}, patience);
		this.#timers.set(request.id, timer);
	}

	/** After a message of the lamp: an answer when both results are there, or the repair is over. */
	#look(request: Request): void {
		const facts = this.#options.facts.of(request.node);
		const { explain, selfTest } = this.#question(request);
		const isComplete = facts.replies.has(explain) && facts.tests.has(selfTest);
		if (isComplete || request.isAnswered) this.#answer(request);
	}

	#answer(request: Request): void {
		const { text, isClosed } = this.#judge(request);
		if (request.isAnswered && text.en === request.notes.en) return;
		const updated = new Date(this.#options.now()).toISOString();
		const status = isClosed ? "closed" : "open";
		this.#write({ ...request, updated, status, notes: text, isAnswered: true });
	}

	#judge(request: Request): Answer {
		const facts = this.#options.facts.of(request.node);
		return answerOf(facts, this.#question(request));
	}

	#question({ id, lamp, isAnswered }: Request) {
		return {
			lamp,
			isAnswered,
			explain: `c${id}-e`,
			selfTest: `c${id}-t`,
			zone: this.#options.zone,
		};
	}

	#write(request: Request): void {
		// a line that was cut has no end: the new one begins with its own
		addToFile(this.#options.path, `\n${JSON.stringify(request)}\n`);
		this.#requests.set(request.id, request);
	}
}

/** Worker channel: to a simulation that the page carries itself, in a Web Worker. */
import type { FromWorker, ToWorker, WorkerTask } from "../../../browser/protocol.js";
import type { Channel } from "../../channel.js";
import type { Answer } from "../../server/answers.js";

type Listeners = Readonly<Record<string, ((message?: unknown) => void) | undefined>>;
type Begin = Extract<ToWorker, { kind: "begin" }>;

export class WorkerChannel implements Channel {
	readonly #worker: Worker;
	readonly #waiting = new Map<number, (answer: Answer | undefined) => void>();
	readonly #followed = new Map<number, Listeners>();
	/** Workers that make something for another one. */
	readonly #helpers = new Map<Worker, Worker>();
	#last = 0;

	/** `script`: of the worker; `onFailed`: the street cannot begin, or has failed. */
	constructor(
		private readonly script: string,
		private readonly begin: Omit<Begin, "kind">,
		onFailed: (why: string) => void,
	) {
		this.#worker = this.#begin({ kind: "begin", ...begin }, (data) => {
			if (data.kind === "failed") onFailed(data.why);
			else this.#take(data);
		});
	}

	read: Channel["read"] = async (path, fields) => valueIn(await this.answer("read", path, fields));

	act: Channel["act"] = async (path, fields) => valueIn(await this.answer("act", path, fields));

	follow: Channel["follow"] = (path, fields, listeners) => {
		const id = ++this.#last;
		this.#followed.set(id, listeners as Listeners);
		this.#post({ kind: "follow", id, path, fields });
		return () => {
			this.#followed.delete(id);
			this.#post({ kind: "leave", id });
		};
	};

	/** Undefined: between two runs nobody answers. */
	answer(kind: "read" | "act", path: string, fields: object): Promise<Answer | undefined> {
		const id = ++this.#last;
		this.#post({ kind, id, path, fields: JSON.parse(JSON.stringify(fields)) as object });
		return new Promise((resolve) => this.#waiting.set(id, resolve));
	}

	/** Ends the simulation. */
	end(): void {
		this.#drop(this.#worker);
		this.#worker.terminate();
	}

	#post(message: ToWorker): void {
		this.#worker.postMessage(message);
	}

	/** A worker with its first message; it may need others, which the page begins for it. */
	#begin(first: ToWorker, take: (data: FromWorker) => void): Worker {
		const worker = new Worker(this.script);
		worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
			if (data.kind === "need") this.#help(worker, data.id, data.task);
			else if (data.kind === "drop") this.#drop(worker);
			else take(data);
		};
		worker.onerror = ({ message }) => take({ kind: "failed", why: message });
		worker.postMessage(first);
		return worker;
	}

	#help(whom: Worker, id: number, task: WorkerTask): void {
		const { town: _, ...kit } = this.begin.kit;
		const helper = this.#begin({ kind: "make", kit, task }, (data) => {
			const got: ToWorker | false =
				(data.kind === "made" && { kind: "got", id, text: data.text }) ||
				(data.kind === "failed" && { kind: "got", id, why: data.why });
			if (!got) return;
			whom.postMessage(got);
			this.#end(helper);
		});
		this.#helpers.set(helper, whom);
	}

	/** Ends all that work for a worker. */
	#drop(whom: Worker): void {
		for (const [helper, forWhom] of this.#helpers) if (forWhom === whom) this.#end(helper);
	}

	#end(helper: Worker): void {
		helper.terminate();
		this.#helpers.delete(helper);
		this.#drop(helper);
	}

	#take(data: FromWorker): void {
		if (data.kind === "answer") {
			this.#waiting.get(data.id)?.(data.answer);
			this.#waiting.delete(data.id);
		} else if (data.kind === "joined") this.#joined(data.id);
		else if (data.kind === "message")
			this.#followed.get(data.id)?.[data.name]?.(JSON.parse(data.message));
	}

	/** The first time; the streams of later runs follow by themselves. */
	#joined(id: number): void {
		const { open, ...listeners } = this.#followed.get(id) ?? {};
		this.#followed.set(id, listeners);
		open?.();
	}
}

/** The value in an answer; undefined: there is none, or it refuses. */
async function valueIn(answer: Answer | undefined): Promise<never> {
	return (await parsed(answer)) as never;
}

async function parsed(answer: Answer | undefined): Promise<unknown> {
	if (!answer || answer.status >= 300) return undefined;
	const { type, body, isPacked } = answer;
	if (type === "") return true;
	return JSON.parse(isPacked ? await unpacked(body as Uint8Array<ArrayBuffer>) : String(body));
}

/** The text behind compressed bytes (RFC 1952). */
export async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	return new Response(stream(bytes)).text();
}

/** Likewise as bytes. */
export async function unpackedBytes(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
	return new Uint8Array(await new Response(stream(bytes)).arrayBuffer());
}

const stream = (bytes: Uint8Array<ArrayBuffer>) =>
	new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));

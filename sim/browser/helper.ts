/** Helper: has comparisons and decisions made by other workers, which the page begins beside this one. */
import type { Helper, ReportTask } from "../report/comparisons.js";
import type { FromWorker, ToWorker } from "./protocol.js";

type Got = Extract<ToWorker, { kind: "got" }>;

export class PageHelper implements Helper {
	readonly #waiting = new Map<number, (got: Got) => void>();
	#last = 0;

	constructor(private readonly post: (message: FromWorker) => void) {}

	make(task: ReportTask): Promise<string> {
		const id = ++this.#last;
		this.post({ kind: "need", id, task });
		return new Promise((resolve, reject) =>
			this.#waiting.set(id, ({ text, why = "ended" }) =>
				text === undefined ? reject(new Error(why)) : resolve(text),
			),
		);
	}

	/** The page has it. */
	take(got: Got): void {
		this.#waiting.get(got.id)?.(got);
		this.#waiting.delete(got.id);
	}

	stop(): void {
		for (const id of this.#waiting.keys()) this.take({ kind: "got", id });
		this.post({ kind: "drop" });
	}
}

/**
 * Record: the operator's progress on disk, one JSON object a line, so that a run that was killed goes
 * on where it stood. A line is on the disk before the order that it names is sent.
 */
import { existsSync } from "node:fs";
import { addToFile, textOfFile } from "../../lib/files.js";

export type Outcome = "done" | "failed" | "silent";

/** One step of one lamp. */
export interface Entry {
	/** `assign`, `configure`, `update`. */
	readonly task: string;
	/** The lamp by its node. */
	readonly node: string;
	readonly step: "sent" | Outcome;
	/** Digest of the content that is sent: another plan is another task. */
	readonly content: string;
	/** Identifier of the order. */
	readonly id?: string;
	readonly revision?: number;
	readonly why?: string;
	readonly at: string;
}

export class Record {
	readonly #path: string;
	/** The latest entry by task and node. */
	readonly #latest = new Map<string, Entry>();
	/** Greatest revision given to a node. */
	readonly #revisions = new Map<string, number>();

	constructor(path: string) {
		this.#path = path;
		if (!existsSync(path)) return;
		for (const line of textOfFile(path).split("\n")) {
			let entry: Entry;
			try {
				entry = JSON.parse(line) as Entry;
			} catch {
				continue; // the end, or a line that was cut by a loss of power
			}
			this.#take(entry);
		}
	}

	add(entry: Entry): void {
		// a line that was cut has no end: the new one begins with its own
		addToFile(this.#path, `\n${JSON.stringify(entry)}\n`);
		this.#take(entry);
	}

	latest(task: string, node: string): Entry | undefined {
		return this.#latest.get(`${task} ${node}`);
	}

	revision(node: string): number {
		return this.#revisions.get(node) ?? 0;
	}

	#take(entry: Entry): void {
		this.#latest.set(`${entry.task} ${entry.node}`, entry);
		const revision = entry.revision ?? 0;
		if (revision > this.revision(entry.node)) this.#revisions.set(entry.node, revision);
	}
}

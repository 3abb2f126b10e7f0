/** Protocol: messages between a page and its worker, which carry the channel (sim/page/channel.ts). Types only. */
import type { Values } from "../options/values.js";
import type { Answer } from "../page/server/answers.js";
import type { ReportTask } from "../report/comparisons.js";
import type { Kit } from "./kit.js";

/** The engine as a file holds it; the worker compiles it. */
export type PackedKit = Omit<Kit, "engine"> & { readonly engine: Uint8Array | WebAssembly.Module };

/** `id`: of a request or a stream; chosen by the page, never twice. */
export type ToWorker =
	/** First: begins the street of the page, with the options of its address. */
	| {
			readonly kind: "begin";
			readonly kit: PackedKit;
			readonly values: Values;
			readonly address: Values;
	  }
	/** Instead: makes one task, and nothing else. */
	| { readonly kind: "make"; readonly kit: PackedKit; readonly task: WorkerTask }
	| {
			readonly kind: "read" | "act" | "follow";
			readonly id: number;
			readonly path: string;
			readonly fields: object;
	  }
	| { readonly kind: "leave"; readonly id: number }
	/** What was needed is made; or why it cannot be, a sentence. */
	| { readonly kind: "got"; readonly id: number; readonly text?: string; readonly why?: string };

/** A report's task; or a run to its end, for its trace. */
export type WorkerTask = ReportTask | { readonly kind: "trace"; readonly values: Values };

export type FromWorker =
	/** Undefined: between two runs nobody answers. */
	| { readonly kind: "answer"; readonly id: number; readonly answer: Answer | undefined }
	| { readonly kind: "joined"; readonly id: number }
	/** A message of a stream, as JSON. */
	| {
			readonly kind: "message";
			readonly id: number;
			readonly name: string;
			readonly message: string;
	  }
	/** A task to be made by another worker, beside this one. */
	| { readonly kind: "need"; readonly id: number; readonly task: ReportTask }
	/** Nothing of what was needed is needed any more. */
	| { readonly kind: "drop" }
	/** The task is made. */
	| { readonly kind: "made"; readonly text: string }
	/** The street cannot begin, or the task cannot be made: a sentence. */
	| { readonly kind: "failed"; readonly why: string };

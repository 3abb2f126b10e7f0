/** Worker: the simulation's side of the channel, in a Web Worker. */
import { made } from "../report/tasks.js";
import { PageHelper } from "./helper.js";
import { Host } from "./host.js";
import { type Kit, sourcesOf } from "./kit.js";
import type { FromWorker, PackedKit, ToWorker, WorkerTask } from "./protocol.js";
import { stageOf } from "./stage.js";
import { traceOf } from "./traced.js";

const post = (message: FromWorker): void => postMessage(message);
const fail = (error: unknown): void =>
	post({ kind: "failed", why: error instanceof Error ? error.message : String(error) });

const helper = new PageHelper(post);
type Begin = Extract<ToWorker, { kind: "begin" }>;

let host: Host | undefined;
/** Messages that came before the engine was compiled. */
const early: ToWorker[] = [];

addEventListener("error", ({ message }) => fail(message));
addEventListener("unhandledrejection", ({ reason }) => fail(reason));
addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
	if (data.kind === "begin") begin(data).catch(fail);
	else if (data.kind === "make") make(data.kit, data.task).catch(fail);
	else if (data.kind === "got") helper.take(data);
	else if (host) void host.take(data);
	else early.push(data);
});

async function begin({ kit: packed, values, address }: Begin): Promise<void> {
	const kit = await unpacked(packed);
	host = new Host(kit, helper, post);
	for (const message of early.splice(0)) void host.take(message);
	await host.play(values, address);
}

async function make(packed: PackedKit, task: WorkerTask): Promise<void> {
	const kit = await unpacked(packed);
	if (task.kind === "trace") {
		post({ kind: "made", text: await traceOf(kit, task.values) });
		return;
	}
	const text = await made(task, {
		sources: sourcesOf(kit),
		makeStage: (options, scenario) => stageOf(kit, options, scenario),
		press: kit.press,
		beside: (other) => helper.make(other),
	});
	post({ kind: "made", text });
}

async function unpacked({ engine, ...kit }: PackedKit): Promise<Kit> {
	if (engine instanceof WebAssembly.Module) return { ...kit, engine };
	return { ...kit, engine: await WebAssembly.compile(engine as Uint8Array<ArrayBuffer>) };
}

/**
 * Rollout: progress of offered images, lamp by lamp, by the lamps' own events.
 */
import type { LampReport, ServedBytes, UpdateStep } from "../messages.js";
import { byId, element } from "./dom.js";
import type { Model } from "./model.js";
import type { Speech } from "./words.js";

/** Lamps that are listed; the count is of all. */
const ROWS_MOST = 100;
const STAGES = [
	...(["waiting", "fetching", "again", "restarting", "probation"] as const),
	...(["kept", "failed", "reverted"] as const),
];
type Stage = (typeof STAGES)[number];

interface Row {
	readonly box: HTMLDetailsElement;
	readonly said: HTMLElement;
	readonly progress: HTMLProgressElement;
	readonly story: HTMLOListElement;
}

export class Rollout {
	readonly #rows = new Map<number, Row>();
	readonly #list = byId("rollout");

	constructor(
		readonly model: Model,
		readonly speech: () => Speech,
	) {}

	/** Another street: the simulator was started anew. */
	clear(): void {
		this.#rows.clear();
		this.#list.replaceChildren();
	}

	/** Renders all texts again: another language. */
	translate(): void {
		this.refresh(this.#rows.keys());
	}

	/** `lamps`: those with a new report. */
	refresh(lamps: Iterable<number>): void {
		for (const lamp of lamps) {
			const told = this.model.told[lamp];
			if (!told?.steps || told.steps.length === 0) continue;
			const row = this.#rows.get(lamp) ?? this.#make(lamp);
			if (row) this.#fill(row, lamp, told);
		}
		this.#count();
	}

	#make(lamp: number): Row | undefined {
		if (this.#rows.size >= ROWS_MOST) return undefined;
		const item = document.createElement("li");
		const box = document.createElement("details");
		const summary = document.createElement("summary");
		const said = document.createElement("span");
		const progress = document.createElement("progress");
		const story = document.createElement("ol");
		summary.append(said, progress);
		box.append(summary, story);
		item.append(box);
		item.dataset.lamp = String(lamp);
		const row = { box, said, progress, story };
		this.#rows.set(lamp, row);
		const next = [...this.#list.children].find(
			(other) => other instanceof HTMLElement && Number(other.dataset.lamp) > lamp,
		);
		this.#list.insertBefore(item, next ?? null);
		return row;
	}

	#fill(row: Row, lamp: number, told: LampReport): void {
		const speech = this.speech();
		const { steps = [], served } = told;
		const stage = stageOf(told);
		const last = steps.at(-1)!;
		const isServed = served !== undefined && isUnderWay(last, served);
		const text = isServed ? sayServed(served, speech) : sayStep(last, speech);
		row.box.dataset.stage = stage;
		row.said.textContent = speech.say("lampTells", { lamp, text });
		row.progress.hidden = !isServed;
		if (isServed) {
			row.progress.max = served.of;
			row.progress.value = served.bytes;
		}
		row.story.replaceChildren(...steps.map((step) => line(step, speech)));
	}

	/** Number of lamps at each stage. */
	#count(): void {
		const speech = this.speech();
		const counts = new Map<Stage, number>();
		let telling = 0;
		for (const told of this.model.told) {
			if (!told.steps || told.steps.length === 0) continue;
			const stage = stageOf(told);
			counts.set(stage, (counts.get(stage) ?? 0) + 1);
			telling++;
		}
		const parts = STAGES.flatMap((stage) => {
			const count = counts.get(stage);
			return count === undefined ? [] : [speech.say(`stage.${stage}`, { count })];
		});
		const more = telling - this.#rows.size;
		const note = more > 0 ? ` ${speech.say("rolloutMore", { more })}` : "";
		const text = parts.length > 0 ? `${parts.join(" · ")}.${note}` : speech.say("rolloutNone");
		const box = byId("stages");
		if (box.textContent !== text) box.textContent = text;
	}
}

/**
 * Stage of a lamp, by its last event, and after the restart by its birth. During the download the
 * lamp is away from its broker, and `updateStarted` waits: then the image server's count is newer.
 * A lamp that rolled back is offered the same image again, because an offer is retained, and
 * reports it.
 */
function stageOf({ steps = [], served }: LampReport): Stage {
	const latest = steps.at(-1);
	if (latest && served && isUnderWay(latest, served)) return "fetching";
	const events = steps.filter(({ type }) => type !== "booted");
	const last = events.filter(({ reason }) => reason !== "failedBefore").at(-1) ?? events.at(-1);
	if (last?.type === "updateOffered") return "waiting";
	if (last?.type === "updateStarted") return "fetching";
	if (last?.type === "updateKept") return "kept";
	if (last?.type === "updateReverted") return "reverted";
	if (last?.type === "updateFailed") return last.final === false ? "again" : "failed";
	return latest?.onProbation ? "probation" : "restarting";
}

/** The server sent it bytes after the lamp's last report. */
function isUnderWay(latest: UpdateStep, served: ServedBytes): boolean {
	return served.utc > latest.utc;
}

function line(step: UpdateStep, speech: Speech): HTMLElement {
	const made = document.createElement("li");
	made.append(element("time", speech.clock(step.utc)), " ", sayStep(step, speech));
	return made;
}

function sayStep(step: UpdateStep, speech: Speech): string {
	const { type, version = "?", counter = 0, bytes = 0, reason = "?", received = 0 } = step;
	const why = speech.knows(`why.${reason}`) ? speech.say(`why.${reason}`) : reason;
	const fill = {
		version,
		counter,
		why,
		bytes: sizeOf(bytes, speech),
		received: sizeOf(received, speech),
	};
	if (type === "booted")
		return speech.say(step.onProbation ? "step.bootedOnProbation" : "step.booted", fill);
	if (type !== "updateFailed") return speech.say(`step.${type}`, fill);
	const how = step.final === false ? "Once" : received > 0 ? "After" : "";
	const text = speech.say(`step.updateFailed${how}`, fill);
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function sayServed({ bytes, of }: ServedBytes, speech: Speech): string {
	return speech.say("served", { bytes: speech.number(bytes, 0), of: sizeOf(of, speech) });
}

export function sizeOf(bytes: number, speech: Speech): string {
	return speech.number(bytes, 0, speech.language === "fr" ? "octets" : "bytes");
}

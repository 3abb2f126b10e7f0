/** Rollout: progress of offered images, lamp by lamp, by the lamps' own events. */
import type { JSX } from "preact";
import type { LampReport, ServedBytes, UpdateStep } from "../../messages.js";
import { useModel, useSpeech } from "../state/street.js";
import type { Speech } from "../words.js";

/** Lamps that are listed; the count is of all. */
const ROWS_MOST = 100;
const STAGES = [
	"waiting",
	"fetching",
	"again",
	"restarting",
	"probation",
	"kept",
	"failed",
	"reverted",
] as const;
type Stage = (typeof STAGES)[number];

export function Rollout(): JSX.Element {
	const speech = useSpeech();
	// a report replaces the update's object, so this follows all of them
	const latest = useModel(
		({ update, reports }) => (update ? [...reports.entries()] : []).length && update,
	);
	const reports = useModel((model) => (latest ? model.reports : []));
	const updating = reports.flatMap((report, lamp) =>
		report.steps?.length ? [{ lamp, report }] : [],
	);
	const counts = new Map<Stage, number>();
	for (const { report } of updating) {
		const stage = stageOf(report);
		counts.set(stage, (counts.get(stage) ?? 0) + 1);
	}
	const parts = STAGES.flatMap((stage) => {
		const count = counts.get(stage);
		return count === undefined ? [] : [speech.say(`stage.${stage}`, { count })];
	});
	const more = updating.length - ROWS_MOST;
	const note = more > 0 ? ` ${speech.say("rolloutMore", { more })}` : "";
	return (
		<div>
			<h3>{speech.say("rollout")}</h3>
			<p id="stages" role="status">
				{parts.length > 0 ? `${parts.join(" · ")}.${note}` : speech.say("rolloutNone")}
			</p>
			<ol id="rollout">
				{updating.slice(0, ROWS_MOST).map(({ lamp, report }) => (
					<Row key={lamp} lamp={lamp} report={report} />
				))}
			</ol>
		</div>
	);
}

function Row({
	lamp,
	report,
}: {
	readonly lamp: number;
	readonly report: LampReport;
}): JSX.Element {
	const speech = useSpeech();
	const { steps = [], served } = report;
	const last = steps.at(-1)!;
	const isServed = served !== undefined && isUnderWay(last, served);
	const text = isServed ? sayServed(served, speech) : sayStep(last, speech);
	return (
		<li data-lamp={lamp}>
			<details data-stage={stageOf(report)}>
				<summary>
					<span>{speech.say("lampStep", { lamp, text })}</span>
					{isServed && <progress max={served.of} value={served.bytes} aria-label={text} />}
				</summary>
				<ol>
					{steps.map((step) => (
						<li key={`${step.life} ${step.seq}`}>
							<time>{speech.clock(step.utc)}</time> {sayStep(step, speech)}
						</li>
					))}
				</ol>
			</details>
		</li>
	);
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

function sayStep(step: UpdateStep, speech: Speech): string {
	const { type, version = "?", counter = 0, bytes = 0, reason = "?", received = 0 } = step;
	const why = speech.known(`why.${reason}`) ?? reason;
	const fill = {
		version,
		counter,
		why,
		bytes: sizeOf(bytes, speech),
		received: sizeOf(received, speech),
	};
	if (type === "booted")
		return speech.say(step.onProbation ? "step.bootedOnProbation" : "step.booted", fill);
	if (type !== "updateFailed") return speech.known(`step.${type}`, fill) ?? type;
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

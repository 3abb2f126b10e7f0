/** Why: the lamp's own explanation of its level, now or at an instant, beside what it reported. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { LampReply, LampReport } from "../../messages.js";
import { causeOf, contradiction } from "../state/causes.js";
import { ask } from "../state/requests.js";
import { model, useModel, useSpeech } from "../state/street.js";
import type { Speech, Word } from "../words.js";

interface WhyProps {
	readonly lamp: number;
	readonly time: number | undefined;
}

/** A number from a report that is older than this shows its age, ms: telemetry's usual interval. */
const INTERVAL = 15 * 60_000;
/** The age of a report is shown in steps of so many ms. */
const AGE_STEP = 5_000;

export function Why({ lamp, time }: WhyProps): JSX.Element {
	const speech = useSpeech();
	const [reply, setReply] = useState<LampReply | "asking" | "noAnswer">("asking");
	const [index, again] = useState(0);
	const run = useModel(({ welcome }) => welcome);
	const isPast = useModel(({ update }) => time === undefined || (update?.utc ?? 0) > time);
	useEffect(() => {
		let isOver = false;
		setReply("asking");
		if (!run) return; // nobody answers before the street begins
		const question = time === undefined ? { lamp } : { lamp, at: new Date(time).toISOString() };
		void ask("/explain", question).then((answer) => {
			if (!isOver) setReply(answer ?? "noAnswer");
		});
		return () => {
			isOver = true;
		};
	}, [lamp, time, index, run, isPast]);
	const head =
		time === undefined ? speech.say("whyNow") : speech.say("whyAt", { time: speech.clock(time) });
	return (
		<div class="two">
			<div>
				<h3>
					{head}{" "}
					<button type="button" class="small" onClick={() => again(index + 1)}>
						{speech.say("again")}
					</button>
				</h3>
				<div class="reasons" role="status">
					<Reasons reply={reply} />
				</div>
			</div>
			<Facts lamp={lamp} />
		</div>
	);
}

function Reasons({ reply }: { readonly reply: LampReply | "asking" | "noAnswer" }): JSX.Element {
	const speech = useSpeech();
	if (typeof reply === "string") return <p class="hint">{speech.say(reply)}</p>;
	if (reply.status === "rejected")
		return (
			<p class="hint">{speech.say("refused", { reason: sayRefusal(reply.reason, speech) })}</p>
		);
	return (
		<ol>
			{reply.chain?.map((link, n) => (
				<li key={`${n} ${link.by}`}>{speech.sentence(link)}</li>
			))}
		</ol>
	);
}

/** The reason of a refusal in words, never as it stands on the wire. */
export function sayRefusal(reason: string | undefined, speech: Speech): string {
	return speech.known(`reject.${reason ?? ""}`) ?? speech.say("reject.other");
}

type Row = readonly [name: Word, value: string];

function Rows({ rows }: { readonly rows: readonly Row[] }): JSX.Element {
	const speech = useSpeech();
	return (
		<dl class="facts">
			{rows.map(([name, value]) => (
				<div key={name}>
					<dt>{speech.say(name)}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}

/** Each list is of one instant: the world's now, the latest status, and the meters, which are read more rarely. */
function Facts({ lamp }: { readonly lamp: number }): JSX.Element {
	const speech = useSpeech();
	const text = useModel(({ reports, light, update }) =>
		JSON.stringify([
			reports[lamp],
			Math.round(100 * (light[lamp] ?? 0)),
			Math.floor((update?.utc ?? 0) / AGE_STEP),
		]),
	);
	const [report, light, step] = JSON.parse(text) as [LampReport | undefined, number, number];
	if (!report) return <p />;
	const cause = causeOf(report);
	const odd = contradiction(report, model.light[lamp] ?? 0);
	const of = (value: number | undefined, decimals: number, unit: string) =>
		value === undefined ? "–" : speech.number(value, decimals, unit);
	const age = step * AGE_STEP - (report.lightAt ?? 0);
	const status: readonly Row[] = [
		["asked", of(report.level, 0, "%")],
		["actual", of(report.actual, 0, "%")],
		["reason", cause === undefined ? "–" : speech.say(cause)],
		["photocell", speech.known(report.photocell ?? "") ?? "–"],
		["ownLight", of(report.lightLevel_lx, 1, "lx")],
	];
	const metered: readonly Row[] = [
		["power", of(report.power_W, 1, "W")],
		["energy", of(report.energy_kWh, 3, "kWh")],
		["hours", of(report.hours, 1, "h")],
	];
	return (
		<div>
			<Rows rows={[["shines", light < 0 ? speech.say("noPower") : speech.percent(light)]]} />
			{report.lightAt !== undefined && (
				<>
					<h4 class={age > INTERVAL ? "old" : undefined}>
						{speech.say("status", { age: speech.span(age) })}
					</h4>
					<Rows rows={status} />
				</>
			)}
			{report.meteredAt !== undefined && (
				<>
					<h4>{speech.say("metered", { time: speech.clock(report.meteredAt) })}</h4>
					<Rows rows={metered} />
				</>
			)}
			{odd && <p class="warning">! {speech.say(odd, { level: of(report.actual, 0, "%") })}</p>}
			{report.standing?.map((type) => (
				<p class="warning" key={type}>
					! {speech.known(`event.${type}`) ?? speech.say("event.unknown")}
				</p>
			))}
		</div>
	);
}

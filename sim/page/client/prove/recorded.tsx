/**
 * Recorded: a night that was recorded at a pole: its levels above those of the replay, and the first
 * difference.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { line, steps as stepsOf } from "../../../../lib/plot/path.js";
import { linear, type Scale } from "../../../../lib/plot/scale.js";
import type { RecordedNight, RecordedStep } from "../../../replay/recordednight.js";
import { read } from "../state/requests.js";
import { useSpeech } from "../state/street.js";
import type { Speech } from "../words.js";

/** The replay is read again this often, ms. */
const READ_EVERY = 2_500;
/** Of the drawing: width, height of a line's field, gap between both. */
const WIDTH = 1_000;
const HEIGHT = 40;
const GAP = 10;

export function Recorded(): JSX.Element {
	const speech = useSpeech();
	const [night, setNight] = useState<RecordedNight>();
	useEffect(() => {
		let isOver = false;
		const load = async () => {
			const fresh = await read("/recorded", {});
			if (!isOver && fresh) setNight(fresh);
		};
		void load();
		const timer = setInterval(() => void load(), READ_EVERY);
		return () => {
			isOver = true;
			clearInterval(timer);
		};
	}, []);
	const { node, serial, swVersion: version } = night ?? {};
	return (
		<section class="recorded" aria-label={speech.say("recorded")}>
			<h2>{speech.say("recorded")}</h2>
			{night && (
				<>
					<p>{speech.say("recorded.of", { node: node!, serial: serial!, version: version! })}</p>
					{notesOf(night, speech).map((note) => (
						<p class="hint" key={note}>
							{note}
						</p>
					))}
					<p role="status">{verdictOf(night, speech)}</p>
					<Lines night={night} />
				</>
			)}
		</section>
	);
}

function notesOf({ isBlurred, lives }: RecordedNight, speech: Speech): string[] {
	const notes = isBlurred ? [speech.say("recorded.blurred")] : [];
	for (const { from, comparedFrom, lost } of lives) {
		if (comparedFrom > from)
			notes.push(speech.say("recorded.begins", { time: speech.clock(comparedFrom) }));
		if (lost > 0) notes.push(speech.say("recorded.lost", { count: lost }));
	}
	return notes;
}

function verdictOf({ difference, isOver }: RecordedNight, speech: Speech): string {
	if (!difference) return speech.say(isOver ? "recorded.over" : "recorded.same");
	const stepText = (step: RecordedStep | null) =>
		step
			? speech.say("recorded.level", {
					level: speech.percent(step.level),
					who: speech.known(`who.${step.who}`) ?? step.who,
					time: speech.clock(step.utc),
				})
			: speech.say("recorded.none");
	const { utc, recorded, replayed } = difference;
	const parts = { recorded: stepText(recorded), replayed: stepText(replayed) };
	return speech.say("recorded.parts", { time: speech.clock(utc), ...parts });
}

function Lines({ night }: { readonly night: RecordedNight }): JSX.Element {
	const speech = useSpeech();
	const { lives, recorded, replayed, difference } = night;
	const from = lives[0]!.from;
	const until = lives.at(-1)!.until;
	const x = linear([from, until], [0, WIDTH]);
	const both = [
		["recorded.line", recorded, until],
		["replayed.line", replayed, night.isOver ? until : (replayed.at(-1)?.utc ?? from)],
	] as const;
	return (
		<figure>
			<svg
				viewBox={`0 0 ${WIDTH} ${2 * HEIGHT + GAP}`}
				preserveAspectRatio="none"
				role="img"
				aria-label={speech.say("recorded.chart")}
			>
				{both.map(([name, steps, end], index) => (
					<path
						key={name}
						class={name === "recorded.line" ? "then" : "again"}
						d={pathOf(steps, x, end, index * (HEIGHT + GAP))}
					/>
				))}
				{difference && (
					<line
						class="parts"
						x1={x(difference.utc)}
						x2={x(difference.utc)}
						y1={0}
						y2={2 * HEIGHT + GAP}
					/>
				)}
			</svg>
			<figcaption>
				<span class="then">{speech.say("recorded.line")}</span>{" "}
				<span class="again">{speech.say("replayed.line")}</span> {speech.clock(from)} –{" "}
				{speech.clock(until)}
			</figcaption>
		</figure>
	);
}

/** Steps as a line from the first one to `end`. */
function pathOf(steps: readonly RecordedStep[], x: Scale, end: number, top: number): string {
	const y = linear([0, 100], [top + HEIGHT, top]);
	const levels = steps.map(({ utc, level }) => [x(utc), y(level)] as const);
	return line(stepsOf(levels, x(end)));
}

/**
 * Between poles: the light on the road between the chosen lamp and a neighbour, at an instant beside
 * the class that was required then, and through the night.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { limitsOf } from "../../../../lib/roadgrid.js";
import type { FieldInstant, FieldPage, NoField } from "../../fieldmessages.js";
import { Icon } from "../parts/icons.js";
import { read } from "../state/requests.js";
import { useModel, useSpeech } from "../state/street.js";
import type { Speech } from "../words.js";
import { FieldChart } from "./fieldchart.js";
import { instantAt, type Minutes, minutesOf } from "./fieldminutes.js";
import { FieldTable } from "./fieldtable.js";

/** The field is read again this often, ms. */
const READ_EVERY = 2_500;

interface BetweenProps {
	readonly lamp: number;
	/** UTC, ms, of a chosen instant. */
	readonly time: number | undefined;
}

interface Shown {
	readonly page: FieldPage;
	readonly minutes: Minutes;
}

export function BetweenPoles({ lamp, time }: BetweenProps): JSX.Element {
	const speech = useSpeech();
	const lamps = useModel(({ welcome }) => welcome?.lamps ?? 0);
	const [isBefore, setBefore] = useState(false);
	const [shown, setShown] = useState<Shown | NoField>();
	const first = (isBefore && lamp > 1) || lamp === lamps ? lamp - 1 : lamp;
	useEffect(() => {
		let isOver = false;
		const load = async () => {
			const page = await read("/field", { lamp: Math.max(1, first) });
			if (isOver || !page) return;
			setShown("why" in page ? page : { page, minutes: minutesOf(page) });
		};
		setShown(undefined);
		void load();
		const timer = setInterval(() => void load(), READ_EVERY);
		return () => {
			isOver = true;
			clearInterval(timer);
		};
	}, [first]);
	if (!shown) return <p class="hint">{speech.say("grid.asking")}</p>;
	if ("why" in shown) return <p class="hint">{speech.say(`grid.${shown.why}`)}</p>;
	const { page, minutes } = shown;
	const pair = { first: page.first, second: page.first + 1 };
	const { spacing_m, width_m, height_m } = page;
	const size = {
		spacing: speech.number(spacing_m, 0, "m"),
		width: speech.number(width_m, 1, "m"),
		height: speech.number(height_m, 1, "m"),
	};
	return (
		<div class="between">
			<header>
				<h3>{speech.say("grid.pair", pair)}</h3>
				{lamp > 1 && lamp < lamps && (
					<fieldset class="choice">
						<legend class="unseen">{speech.say("grid.neighbour")}</legend>
						{[lamp - 1, lamp + 1].map((other) => (
							<button
								type="button"
								key={other}
								aria-pressed={isBefore === other < lamp}
								onClick={() => setBefore(other < lamp)}
							>
								{speech.say("lamp", { lamp: other })}
							</button>
						))}
					</fieldset>
				)}
			</header>
			<Instant page={page} minutes={minutes} time={time} />
			<FieldChart minutes={minutes} pair={pair} time={time} />
			<FieldTable minutes={minutes} family={page.family} />
			<p class="how">{speech.say("grid.note", size)}</p>
		</div>
	);
}

interface InstantProps extends Shown {
	readonly time: number | undefined;
}

/** The figures of now, or of the chosen instant, beside those of the class. */
function Instant({ page, minutes, time }: InstantProps): JSX.Element {
	const speech = useSpeech();
	const at = time === undefined ? undefined : instantAt(minutes, time);
	const head =
		time === undefined
			? speech.say("grid.now", { time: speech.clock(page.utc) })
			: speech.say("grid.at", { time: speech.time(at?.utc ?? time) });
	const field = time === undefined ? page.now : at?.field;
	if (!field)
		return (
			<>
				<h4>{head}</h4>
				<p class="hint">{speech.say(field === null ? "grid.day" : "grid.notKept")}</p>
			</>
		);
	const limits = (field.required && limitsOf(field.required)) || {};
	const lux = (value: number | undefined) =>
		value === undefined ? "–" : speech.number(value, 2, "lx");
	const part = (value: number | undefined) => (value === undefined ? "–" : speech.number(value, 2));
	const rows = [
		["grid.mean", lux(field.mean_lx), lux(limits.mean_lx)],
		["grid.min", lux(field.min_lx), lux(limits.min_lx)],
		["grid.uniformity", part(field.uniformity), part(limits.uniformity)],
	] as const;
	return (
		<>
			<h4>{head}</h4>
			<Verdict field={field} family={page.family} />
			<table class="grid">
				<caption class="unseen">{speech.say("grid.figures")}</caption>
				<thead>
					<tr>
						<td />
						<th scope="col">{speech.say("grid.modelled")}</th>
						{page.family !== "M" && (
							<th scope="col">
								{field.required
									? speech.say("grid.required", { class: field.required })
									: speech.say("grid.requiredNone")}
							</th>
						)}
					</tr>
				</thead>
				<tbody>
					{rows.map(([name, value, least]) => (
						<tr key={name}>
							<th scope="row">{speech.say(name)}</th>
							<td>{value}</td>
							{page.family !== "M" && <td>{least}</td>}
						</tr>
					))}
				</tbody>
			</table>
		</>
	);
}

interface VerdictProps {
	readonly field: FieldInstant;
	readonly family: string;
}

function Verdict({ field, family }: VerdictProps): JSX.Element {
	const speech = useSpeech();
	const { required, reached } = field;
	if (family === "M") return <p class="verdict none">{speech.say("grid.m")}</p>;
	if (required === null || reached === null)
		return (
			<p class="verdict none">
				<Icon name="none" /> {speech.say("grid.noClass")}
			</p>
		);
	return (
		<p class={`verdict ${reached ? "met" : "below"}`}>
			<Icon name={reached ? "met" : "below"} /> {sayVerdict(field, speech)}
		</p>
	);
}

function sayVerdict({ required, reached, someone }: FieldInstant, speech: Speech): string {
	const because = speech.say(someone ? "grid.someone" : "grid.vacant");
	return speech.say(reached ? "grid.met" : "grid.below", { class: required ?? "", because });
}

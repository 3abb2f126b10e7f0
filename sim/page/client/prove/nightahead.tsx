/**
 * Night ahead: the lamp's forecast as a line, and what happened as an area by cause, with axes, and
 * the forecast in words.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { line, steps } from "../../../../lib/plot/path.js";
import { linear, type Scale, ticks } from "../../../../lib/plot/scale.js";
import { HOUR } from "../../../../lib/spans.js";
import type { LogEntry } from "../../../results/logentry.js";
import type { ForecastPage, ForecastPiece, LampGroup, LampReply } from "../../messages.js";
import { ask } from "../state/requests.js";
import { model, useModel, useSpeech } from "../state/street.js";
import { fetchNight, type Night } from "./history.js";
import { HUES } from "./palette.js";
import { sayRefusal } from "./why.js";

/** Units of the drawing; the page scales it. */
const WIDTH = 720;
const HEIGHT = 150;
const LEFT = 44;
const TOP = 8;
const FOOT = 22;

export interface Forecast {
	readonly pieces: readonly ForecastPiece[];
	readonly last: ForecastPage;
}

type Answer = Forecast | LampReply | "asking" | "noAnswer";

export function NightAhead({ lamp }: { readonly lamp: number }): JSX.Element {
	const speech = useSpeech();
	const [answer, setAnswer] = useState<Answer>("asking");
	const [done, setDone] = useState<Night>();
	const run = useModel(({ welcome }) => welcome);
	useEffect(() => {
		let isOver = false;
		setAnswer("asking");
		if (!run) return; // nobody answers before the street begins
		void fetchForecast(lamp).then((found) => !isOver && setAnswer(found));
		void fetchNight(0, Number.MAX_SAFE_INTEGER / 1000, false).then(
			(night) => !isOver && setDone(night),
		);
		return () => {
			isOver = true;
		};
	}, [lamp, run]);
	if (typeof answer === "string") return <p class="hint">{speech.say(answer)}</p>;
	if (!("pieces" in answer))
		return (
			<p class="hint">{speech.say("refused", { reason: sayRefusal(answer.reason, speech) })}</p>
		);
	return (
		<>
			<h3>{speech.say("ahead")}</h3>
			<ForecastView lamp={lamp} forecast={answer} done={done} />
		</>
	);
}

interface ViewProps {
	readonly lamp: number;
	readonly forecast: Forecast;
	readonly done: Night | undefined;
}

export function ForecastView({ lamp, forecast, done }: ViewProps): JSX.Element {
	const speech = useSpeech();
	const { pieces, last } = forecast;
	if (pieces.length === 0) return <p class="hint">{speech.say("aheadNone")}</p>;
	const hours = speech.number(last.burning_h, 1, "h");
	const energy = speech.number(last.energy_kWh, 2, "kWh");
	return (
		<div class="ahead">
			<Chart lamp={lamp} forecast={forecast} done={done} />
			<p class="how">{speech.say("aheadNote", { hours, energy })}</p>
			<table>
				<caption class="unseen">{speech.say("aheadTable")}</caption>
				<thead>
					<tr>
						<th scope="col">{speech.say("until")}</th>
						<th scope="col">{speech.say("level")}</th>
						<th scope="col">{speech.say("because")}</th>
					</tr>
				</thead>
				<tbody>
					{pieces.map(({ from, level, by, source }) => {
						const winner = by.at(-1) ?? "";
						const link = { by: winner, level, ...(source && by.length === 1 ? { source } : {}) };
						return (
							<tr key={from}>
								<th scope="row">{speech.time(from)}</th>
								<td>{speech.percent(level)}</td>
								<td>{speech.sentence(link)}</td>
							</tr>
						);
					})}
					<tr>
						<th scope="row">{speech.time(last.until)}</th>
						<td>{speech.percent(0)}</td>
						<td>{speech.say("aheadUntil")}</td>
					</tr>
				</tbody>
			</table>
		</div>
	);
}

function Chart({ lamp, forecast, done }: ViewProps): JSX.Element {
	const speech = useSpeech();
	const now = useModel(({ update }) => Math.floor((update?.utc ?? 0) / 60_000) * 60_000);
	const log = useModel((all) => all.log);
	const { pieces, last } = forecast;
	const start = pieces[0]!.from;
	const x = linear([start, last.until], [LEFT, WIDTH - 8]);
	const y = linear([0, 100], [TOP + HEIGHT, TOP]);
	const levels = pieces.map(({ from, level }) => [x(from), y(level)] as const);
	const between = { from: speech.time(start), until: speech.time(last.until) };
	const groups = useModel((all) => all.groups);
	const orders = spansOf(log, lamp, groups).filter(
		({ from, until }) => until > start && from < last.until,
	);
	return (
		<svg
			class="nightchart"
			viewBox={`0 0 ${WIDTH} ${HEIGHT + TOP + FOOT}`}
			role="img"
			aria-label={speech.say("aheadChart", between)}
		>
			{[0, 50, 100].map((level) => (
				<g key={level}>
					<line class="grid" x1={LEFT} x2={WIDTH - 8} y1={y(level)} y2={y(level)} />
					<text x={LEFT - 8} y={y(level) + 4} text-anchor="end">
						{speech.percent(level)}
					</text>
				</g>
			))}
			{done && <Done lamp={lamp} done={done} start={start} until={last.until} x={x} y={y} />}
			<path class="forecast" d={line(steps(levels, x(last.until)))} />
			{orders.map(({ id, from, until }) => {
				const [left, right] = [x(Math.max(from, start)), x(Math.min(until, last.until))];
				const wide = Math.max(3, right - left).toFixed(1);
				return <path key={id} class="bracket" d={`M${left.toFixed(1)} ${TOP + 6}v-6h${wide}v6`} />;
			})}
			{ticks(start, last.until, 2 * HOUR, HOUR).map((hour) => (
				<text key={hour} x={x(hour)} y={HEIGHT + TOP + 16} text-anchor="middle">
					{speech.time(hour)}
				</text>
			))}
			{now >= start && now < last.until && (
				<line class="now" x1={x(now)} x2={x(now)} y1={TOP} y2={TOP + HEIGHT} />
			)}
		</svg>
	);
}

interface OrderSpan {
	readonly id: number;
	/** UTC, ms. */
	readonly from: number;
	readonly until: number;
}

/** From when until when orders to a lamp lasted: to its own end, or to the order that ends it. */
function spansOf(
	log: readonly LogEntry[],
	lamp: number,
	groups: readonly LampGroup[],
): readonly OrderSpan[] {
	const isMine = (logEntry: LogEntry) =>
		logEntry.type.startsWith("order.") &&
		(logEntry.lamp === lamp ||
			(logEntry.lamp === null &&
				(groups.find(({ name }) => name === logEntry.group)?.lamps.includes(lamp) ?? true)));
	const mine = log.filter(isMine);
	return mine
		.filter(({ type }) => type !== "order.clearOverride")
		.map(({ id, type, utc, until = utc }) => {
			const ends = type === "order.override" ? ["order.override", "order.clearOverride"] : [type];
			const next =
				mine.find((logEntry) => logEntry.utc > utc && ends.includes(logEntry.type))?.utc ?? until;
			return { id, from: utc, until: Math.min(until, next) };
		});
}

interface DoneProps {
	readonly lamp: number;
	readonly done: Night;
	readonly start: number;
	readonly until: number;
	readonly x: Scale;
	readonly y: Scale;
}

/** What happened, a bar a minute in the hue of its cause; a tick below where someone was there. */
function Done({ lamp, done, start, until, x, y }: DoneProps): JSX.Element {
	const { times, rows, lampsPerRow, levels, cause, causes, step_s } = done;
	const row = Math.floor((lamp - 1) / lampsPerRow);
	const paths = new Map<string, string>();
	let ticks = "";
	for (let n = 0; n < times.length; n++) {
		const utc = times[n]! * 1000;
		const level = levels[n * rows + row]!;
		if (utc < start || utc > until || level > 100 || level === 0) continue;
		const name = causes[cause[n * rows + row]!]!;
		const wide = x(utc + step_s * 1000) - x(utc);
		const bar = `M${x(utc).toFixed(1)} ${y(0)}V${y(level).toFixed(1)}h${wide.toFixed(2)}V${y(0)}z`;
		paths.set(name, (paths.get(name) ?? "") + bar);
		if (name === "presence") ticks += `M${x(utc).toFixed(1)} ${y(0) + 1}v4`;
	}
	return (
		<g>
			{[...paths].map(([name, d]) => (
				<path key={name} d={d} fill={HUES[name]} opacity="0.55" />
			))}
			<path d={ticks} stroke={HUES.presence} stroke-width="1" />
		</g>
	);
}

async function fetchForecast(lamp: number): Promise<Forecast | LampReply | "noAnswer"> {
	const pieces: ForecastPiece[] = [];
	for (let page = 1; ; page++) {
		const reply = await ask("/preview", { lamp, page });
		if (!reply || model.isLost) return "noAnswer";
		if (!reply.night) return reply;
		pieces.push(...reply.night.pieces);
		if (page >= reply.night.pages) return { pieces, last: reply.night };
	}
}

/**
 * Timeline: the night on one axis of local time: sky, lamps, power and traffic, with one cursor.
 *
 * Drag zooms all of them; a double click goes to an hour and then to ten minutes, where a walker is
 * a diagonal; a click chooses lamp and instant.
 */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { model, useModel, useSpeech } from "../state/street.js";
import type { Speech } from "../words.js";
import { Charts, type Read } from "./charts.js";
import { fetchNight, KINDS, type Night } from "./history.js";
import { NightTable } from "./nighttable.js";
import { HUES, USER_HUES } from "./palette.js";
import type { Range } from "./shown.js";

/** The history is read again this often while it grows, ms. */
const READ_EVERY = 2_500;
/** Up to this span a second is a sample, s. */
const FINE_SPAN = 3_700;
const HOUR = 3_600;
const TEN_MINUTES = 600;

interface TimelineProps {
	readonly chosen: number | undefined;
	/** UTC, ms. */
	readonly instant: number | undefined;
	readonly onChoose: (lamp: number | undefined, utc: number) => void;
}

export function Timeline({ chosen, instant, onChoose }: TimelineProps): JSX.Element {
	const speech = useSpeech();
	const box = useRef<HTMLDivElement>(null);
	const charts = useRef<Charts | undefined>(undefined);
	const [range, setRange] = useState<Range>();
	const [night, setNight] = useState<Night>();
	const [read, setRead] = useState<Read>();
	const run = useModel(({ welcome }) => welcome);
	const log = useModel((all) => all.log);
	const choose = useRef(onChoose);
	choose.current = onChoose;
	useEffect(() => {
		let isOver = false;
		const load = async () => {
			const utc = (model.update?.utc ?? 0) / 1000;
			const [from, to] = range ?? [0, utc + 60];
			const isFine = range !== undefined && to - from <= FINE_SPAN;
			const fresh = await fetchNight(from, to, isFine);
			if (isOver || !fresh) return;
			const isKept = !isFine || fresh.times.length > 0;
			setNight(isKept ? fresh : await fetchNight(from, to, false));
		};
		void load();
		const timer = setInterval(() => void load(), READ_EVERY);
		return () => {
			isOver = true;
			clearInterval(timer);
		};
	}, [range, run]);
	useEffect(() => {
		const made = new Charts(box.current!, {
			onRange: setRange,
			onRead: setRead,
			onChoose: (lamp, utc) => choose.current(lamp, utc * 1000),
			onDouble: (utc) =>
				setRange((now) => {
					const span = now === undefined || now[1] - now[0] > HOUR + 60 ? HOUR : TEN_MINUTES;
					return [utc - span / 2, utc + span / 2];
				}),
		});
		charts.current = made;
		return () => made.destroy();
	}, []);
	useEffect(() => {
		charts.current?.show({ night, speech, range, log, chosen, instant });
	}, [night, speech, range, log, chosen, instant]);
	const zoom = (span: number | undefined) => {
		const utc = (model.update?.utc ?? 0) / 1000;
		const middle = instant === undefined ? utc - (span ?? 0) / 2 : instant / 1000;
		setRange(span === undefined ? undefined : [middle - span / 2, middle + span / 2]);
	};
	const span = range && range[1] - range[0];
	return (
		<section class="timeline" aria-label={speech.say("timeline")}>
			<header>
				<h2>{speech.say("timeline")}</h2>
				<fieldset class="choice">
					<legend class="unseen">{speech.say("timeline")}</legend>
					{(
						[
							["night", undefined],
							["hour", HOUR],
							["ten", TEN_MINUTES],
						] as const
					).map(([name, wide]) => (
						<button
							type="button"
							key={name}
							aria-pressed={wide === undefined ? range === undefined : span === wide}
							onClick={() => zoom(wide)}
						>
							{speech.say(`timeline.${name}`)}
						</button>
					))}
				</fieldset>
				<p class="readout" aria-hidden="true">
					{read ? sayRead(read, night, speech) : speech.say("timeline.hint")}
				</p>
			</header>
			<Legend causes={night?.causes ?? []} />
			<div class="charts" ref={box} aria-hidden="true" />
			{night && night.times.length < 2 && <p class="hint">{speech.say("timeline.empty")}</p>}
			<NightTable />
		</section>
	);
}

function sayRead(
	{ utc, lamp, level, cause, lux, power }: Read,
	night: Night | undefined,
	speech: Speech,
): string {
	const time = speech.clock(utc * 1000);
	const sky = `${speech.number(lux, lux < 10 ? 1 : 0, "lx")} · ${speech.number(power, 0, "W")}`;
	if (lamp === undefined || !night) return `${time} · ${sky}`;
	const last = lamp + night.lampsPerRow - 1;
	const row =
		night.lampsPerRow === 1
			? speech.say("lamp", { lamp })
			: speech.say("timeline.row", { first: lamp, last });
	const text = level > 100 ? speech.say("noPower") : speech.percent(level);
	return `${speech.say("timeline.read", { time, row, level: text, cause: speech.known(cause) ?? cause })} · ${sky}`;
}

function Legend({ causes }: { readonly causes: readonly string[] }): JSX.Element {
	const speech = useSpeech();
	return (
		<ul class="legend" aria-hidden="true">
			{causes
				.filter((cause) => cause !== "none" && cause !== "fault")
				.map((cause) => (
					<li key={cause}>
						<span style={{ background: HUES[cause] }} /> {speech.known(cause) ?? cause}
					</li>
				))}
			<li>
				<span class="line" /> {speech.say("timeline.old")}
			</li>
			{KINDS.map((kind, n) => (
				<li key={kind}>
					<span class="line" style={{ background: USER_HUES[n] }} /> {speech.say(kind)}
				</li>
			))}
			<li class="marks">
				▲ {speech.say("marker.fault")} ● {speech.say("marker.order")} ◆{" "}
				{speech.say("marker.restart")}
			</li>
		</ul>
	);
}

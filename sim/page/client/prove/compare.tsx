/**
 * Compare: two options for lighting this street, with the same seed and traffic, beside the options of
 * `docs/energy.md`.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { KNOWN_OPTIONS } from "../../../../lib/lightingoptions/knownoptions.js";
import type { ComparedOption } from "../../../../lib/lightingoptions/options.js";
import { OURS, optionOf, TODAY } from "../../../../lib/lightingoptions/options.js";
import { linear } from "../../../../lib/plot/scale.js";
import type { Outcome } from "../../../results/optionnight.js";
import { ask } from "../state/requests.js";
import { useSpeech } from "../state/street.js";
import type { Word } from "../words.js";
import { POINT, placesOf } from "./scatternames.js";

const COMPARED_OPTIONS: readonly ComparedOption[] = ["street", ...TODAY, ...OURS];
const HUES = ["#ffc168", "#6ea8ff"] as const;
const SIZE = { width: 460, height: 290, left: 54, foot: 40 };
/** Radius of a point of this street. */
const DOT = 7;

export function Compare(): JSX.Element {
	const speech = useSpeech();
	const [options, setOptions] = useState<readonly [ComparedOption, ComparedOption]>([
		"profile",
		"neighbours",
	]);
	const [outcomes, setOutcomes] = useState<readonly (Outcome | undefined)[]>([]);
	const [busy, setBusy] = useState<number>();
	const [wrong, setWrong] = useState("");
	const run = async () => {
		setWrong("");
		const made: Outcome[] = [];
		for (const [n, option] of options.entries()) {
			setBusy(n);
			const answer = await ask("/compare", { option });
			if (!answer || "why" in answer) {
				setWrong(answer?.why ?? speech.say("lostAtAll"));
				break;
			}
			made.push(answer);
			setOutcomes([...made]);
		}
		setBusy(undefined);
	};
	return (
		<section class="compare" aria-label={speech.say("compare")}>
			<header>
				<h2>{speech.say("compare")}</h2>
				<p class="how">{speech.say("compare.what")}</p>
			</header>
			<div class="two">
				<div>
					<div class="row">
						{([0, 1] as const).map((n) => (
							<label class="field" key={n}>
								<span>{speech.say(n === 0 ? "compare.a" : "compare.b")}</span>
								<select
									value={options[n]}
									onChange={({ currentTarget }) => {
										const option = currentTarget.value as ComparedOption;
										setOptions(n === 0 ? [option, options[1]] : [options[0], option]);
										setOutcomes([]);
									}}
								>
									{COMPARED_OPTIONS.map((option) => (
										<option value={option} key={option}>
											{speech.say(`option.${option}`)}
										</option>
									))}
								</select>
							</label>
						))}
						<button
							type="button"
							class="main"
							disabled={busy !== undefined}
							onClick={() => void run()}
						>
							{speech.say("compare.run")}
						</button>
					</div>
					<p role="status">
						{busy !== undefined && speech.say("compare.busy", { done: busy })}
						{wrong && speech.say("compare.failed", { why: wrong })}
					</p>
					{outcomes.length > 0 && <Table options={options} outcomes={outcomes} />}
				</div>
				<Scatter options={options} outcomes={outcomes} />
			</div>
		</section>
	);
}

interface Made {
	readonly options: readonly ComparedOption[];
	readonly outcomes: readonly (Outcome | undefined)[];
}

function Table({ options, outcomes }: Made): JSX.Element {
	const speech = useSpeech();
	const row = (name: Word, cell: (outcome: Outcome) => string) => (
		<tr>
			<th scope="row">{speech.say(name)}</th>
			{outcomes.map((outcome, n) => (
				<td key={options[n]}>{outcome ? cell(outcome) : ""}</td>
			))}
		</tr>
	);
	return (
		<table class="outcomes">
			<thead>
				<tr>
					<td />
					{outcomes.map((_, n) => (
						<th scope="col" key={options[n]}>
							<span class="dot" style={{ background: HUES[n] }} />{" "}
							{speech.say(`option.${options[n]!}`)}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{row("compare.energy", ({ energy_kWh }) => speech.number(energy_kWh, 3))}
				{row("compare.old", ({ energy_kWh, old_kWh }) =>
					old_kWh > 0 ? speech.number((100 * energy_kWh) / old_kWh, 1, "%") : "–",
				)}
				{row("compare.below", ({ person_s, below_s }) =>
					person_s > 0
						? `${speech.span(below_s * 1000)} (${speech.number((100 * below_s) / person_s, 1, "%")})`
						: "–",
				)}
				{row("compare.unlit", ({ passed, unlit }) =>
					speech.say("compare.of", {
						part: speech.number(sumOf(unlit), 0),
						all: speech.number(sumOf(passed), 0),
					}),
				)}
				{row("compare.dark", ({ dark_h, unlit_h }) =>
					speech.say("compare.of", {
						part: speech.number(unlit_h, 1, "h"),
						all: speech.number(dark_h, 1, "h"),
					}),
				)}
				{row("compare.checks", ({ failed }) =>
					failed.length === 0
						? speech.say("compare.checksOk")
						: speech.say("compare.checksNot", {
								names: failed.map((name) => speech.known(`check.${name}`) ?? name).join(", "),
							}),
				)}
			</tbody>
		</table>
	);
}

/** Road users of all kinds. */
function sumOf({ pedestrian, bicycle, car }: Outcome["passed"]): number {
	return pedestrian + bicycle + car;
}

/** Energy of full light against the share of time below full class, both per cent. */
function Scatter({ options, outcomes }: Made): JSX.Element {
	const speech = useSpeech();
	const { width, height, left, foot } = SIZE;
	const x = linear([0, 50], [left, width - 24]);
	const y = linear([0, 100], [height - foot, 20]);
	const mine = outcomes.flatMap((outcome, n) =>
		outcome && outcome.person_s > 0
			? [
					{
						n,
						name: `option.${options[n]}`,
						x: x((100 * outcome.below_s) / outcome.person_s),
						y: y((100 * outcome.energy_kWh) / outcome.today.full.energy_kWh),
					},
				]
			: [],
	);
	const known = KNOWN_OPTIONS.map(({ option, energy, below }) => ({
		option,
		name: speech.text(optionOf(option).short),
		x: x(below),
		y: y(energy),
	}));
	const within = { left, right: width, top: 0, bottom: height - foot };
	const places = placesOf(
		known,
		mine.map((dot) => ({ ...dot, radius: DOT })),
		within,
	);
	return (
		<figure>
			<svg
				viewBox={`0 0 ${width} ${height}`}
				role="img"
				class="scatter"
				aria-label={`${speech.say("compare.scatter")}. ${KNOWN_OPTIONS.map(
					({ option, energy, below }) =>
						`${speech.say(`option.${option}`)}: ${speech.number(energy, 1, "%")}, ${speech.number(below, 1, "%")}`,
				).join("; ")}`}
			>
				{[0, 25, 50, 75, 100].map((share) => (
					<g key={share}>
						<line class="grid" x1={left} x2={width - 24} y1={y(share)} y2={y(share)} />
						<text x={left - 8} y={y(share) + 4} text-anchor="end">
							{speech.percent(share)}
						</text>
					</g>
				))}
				{[0, 10, 20, 30, 40, 50].map((share) => (
					<text key={share} x={x(share)} y={height - foot + 16} text-anchor="middle">
						{speech.percent(share)}
					</text>
				))}
				<text x={(width + left) / 2} y={height - 6} text-anchor="middle">
					{speech.say("compare.below")}
				</text>
				{known.map((point, n) => (
					<g key={point.option}>
						<circle class="known" cx={point.x} cy={point.y} r={POINT} />
						<text x={places[n]!.x} y={places[n]!.y} text-anchor={places[n]!.anchor}>
							{point.name}
						</text>
					</g>
				))}
				{mine.map((dot) => (
					<circle key={dot.name} cx={dot.x} cy={dot.y} r={DOT} fill={HUES[dot.n]} />
				))}
			</svg>
			<figcaption class="how">
				{speech.say("compare.scatter")}. {speech.say("compare.scatterNote")}
			</figcaption>
		</figure>
	);
}

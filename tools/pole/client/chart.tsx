/**
 * Chart: tonight's forecast as a line over the hours.
 */

import type { JSX } from "preact";
import { line, steps } from "../../../lib/plot/path.js";
import { linear, ticks } from "../../../lib/plot/scale.js";
import { HOUR } from "../../../lib/spans.js";
import type { Language } from "../../../lib/text/bilingual.js";
import type { Night } from "./forecast.js";
import { say } from "./words.js";

const WIDTH = 640;
const HEIGHT = 120;
const LEFT = 44;
const FOOT = 20;

interface ChartProps {
	readonly night: Night;
	readonly language: Language;
}

export function Chart({ night, language }: ChartProps): JSX.Element {
	const { pieces, lines } = night;
	const start = pieces[0]?.from ?? 0;
	const end = pieces.at(-1)?.until ?? 1;
	const x = linear([start, end], [LEFT, WIDTH - 8]);
	const y = linear([0, 100], [8 + HEIGHT, 8]);
	const forecast = pieces.map(({ from, level }) => [x(from), y(level)] as const);
	return (
		<figure>
			<svg
				viewBox={`0 0 ${WIDTH} ${HEIGHT + 8 + FOOT}`}
				role="img"
				aria-label={say(language, "chart")}
			>
				{[0, 50, 100].map((level) => (
					<g key={level}>
						<line class="grid" x1={LEFT} x2={WIDTH - 8} y1={y(level)} y2={y(level)} />
						<text x={LEFT - 6} y={y(level) + 4} text-anchor="end">
							{level} %
						</text>
					</g>
				))}
				<path class="level" d={line(steps(forecast, x(end)))} />
				{ticks(start, end, 2 * HOUR, HOUR).map((at) => (
					<text key={at} x={x(at)} y={HEIGHT + 8 + 15} text-anchor="middle">
						{night.hourOf(at)}
					</text>
				))}
			</svg>
			<figcaption>
				{lines.map((line) => (
					<div key={line}>{line}</div>
				))}
			</figcaption>
		</figure>
	);
}

/**
 * Chart: tonight's forecast as a line over the hours.
 */

import type { JSX } from "preact";
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
	const x = (utc: number) => LEFT + ((utc - start) * (WIDTH - LEFT - 8)) / Math.max(1, end - start);
	const y = (level: number) => 8 + HEIGHT - (HEIGHT * level) / 100;
	const path = pieces
		.map(({ from, until, level }, nth) => {
			return `${nth === 0 ? "M" : "L"}${x(from).toFixed(1)} ${y(level)}H${x(until).toFixed(1)}`;
		})
		.join("");
	const hours: number[] = [];
	for (let at = Math.ceil(start / HOUR) * HOUR; at < end; at += 2 * HOUR) hours.push(at);
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
				<path class="level" d={path} />
				{hours.map((at) => (
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

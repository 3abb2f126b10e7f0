/** Field table: the light between two poles hour by hour, for those who do not see charts. */
import type { JSX } from "preact";
import { HOUR } from "../../../../lib/spans.js";
import { useSpeech } from "../state/street.js";
import { fieldAt, type Minutes } from "./fieldminutes.js";

interface Row {
	/** UTC, ms. */
	readonly utc: number;
	readonly mean: number;
	readonly min: number;
	readonly uniformity: number;
	/** Share of the judged minutes; undefined: none was. */
	readonly reached: number | undefined;
}

interface TableProps {
	readonly minutes: Minutes;
	readonly family: string;
}

export function FieldTable({ minutes, family }: TableProps): JSX.Element {
	const speech = useSpeech();
	const isJudged = family !== "M";
	return (
		<details>
			<summary>{speech.say("grid.table")}</summary>
			<table>
				<thead>
					<tr>
						<th scope="col">{speech.say("hour")}</th>
						<th scope="col">{speech.say("grid.mean")}</th>
						<th scope="col">{speech.say("grid.min")}</th>
						<th scope="col">{speech.say("grid.uniformity")}</th>
						{isJudged && <th scope="col">{speech.say("grid.reached")}</th>}
					</tr>
				</thead>
				<tbody>
					{rowsOf(minutes).map(({ utc, mean, min, uniformity, reached }) => (
						<tr key={utc}>
							<th scope="row">{speech.moment(utc)}</th>
							<td>{speech.number(mean, 2, "lx")}</td>
							<td>{speech.number(min, 2, "lx")}</td>
							<td>{speech.number(uniformity, 2)}</td>
							{isJudged && <td>{reached === undefined ? "–" : speech.percent(100 * reached)}</td>}
						</tr>
					))}
				</tbody>
			</table>
		</details>
	);
}

/** Means over the dark minutes of each hour. */
function rowsOf(minutes: Minutes): readonly Row[] {
	const { from, step, marks } = minutes;
	const rows: Row[] = [];
	for (let n = 0; n < marks.length; ) {
		const utc = Math.floor((from + n * step) / HOUR) * HOUR;
		let [dark, mean, min, uniformity, judged, reached] = [0, 0, 0, 0, 0, 0];
		for (; n < marks.length && from + n * step < utc + HOUR; n++) {
			const field = fieldAt(minutes, n);
			if (!field) continue;
			dark++;
			mean += field.mean_lx;
			min += field.min_lx;
			uniformity += field.uniformity;
			if (field.reached === null) continue;
			judged++;
			if (field.reached) reached++;
		}
		if (dark > 0)
			rows.push({
				utc,
				mean: mean / dark,
				min: min / dark,
				uniformity: uniformity / dark,
				reached: judged > 0 ? reached / judged : undefined,
			});
	}
	return rows;
}

/** Night table: the timeline hour by hour in words, for those who do not see charts. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useSpeech } from "../state/street.js";
import { fetchNight, KINDS, type Night } from "./history.js";

const HOUR = 3_600;

interface Hour {
	readonly utc: number;
	readonly energy_kWh: number;
	readonly level: number;
	readonly users: number;
}

export function NightTable(): JSX.Element {
	const speech = useSpeech();
	const [hours, setHours] = useState<readonly Hour[]>([]);
	const load = async (isOpen: boolean) => {
		if (!isOpen) return;
		const night = await fetchNight(0, Number.MAX_SAFE_INTEGER / 1000, false);
		if (night) setHours(hoursOf(night));
	};
	return (
		<details onToggle={({ currentTarget }) => void load(currentTarget.open)}>
			<summary>{speech.say("timeline.table")}</summary>
			<table>
				<thead>
					<tr>
						{(["hour", "energyOf", "meanLevel", "users"] as const).map((name) => (
							<th scope="col" key={name}>
								{speech.say(name)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{hours.map(({ utc, energy_kWh, level, users }) => (
						<tr key={utc}>
							<th scope="row">{speech.moment(utc * 1000)}</th>
							<td>{speech.number(energy_kWh, 3)}</td>
							<td>{speech.percent(level)}</td>
							<td>{users}</td>
						</tr>
					))}
				</tbody>
			</table>
		</details>
	);
}

function hoursOf(night: Night): Hour[] {
	const { times, step_s, power, causes, levels, rows, users } = night;
	const hours: Hour[] = [];
	for (let from = 0; from < times.length; ) {
		const utc = Math.floor(times[from]! / HOUR) * HOUR;
		let to = from;
		let [watts, level, count] = [0, 0, 0];
		for (; to < times.length && times[to]! < utc + HOUR; to++) {
			for (let n = 0; n < causes.length; n++) watts += power[to * causes.length + n]!;
			for (let row = 0; row < rows; row++) {
				const lampLevel = levels[to * rows + row]!;
				level += lampLevel > 100 ? 0 : lampLevel;
			}
			for (let n = 0; n < KINDS.length; n++) count += users[to * KINDS.length + n]!;
		}
		hours.push({
			utc,
			users: count,
			level: level / ((to - from) * rows),
			energy_kWh: (watts * step_s) / HOUR / 1000,
		});
		from = to;
	}
	return hours;
}

/** Town bottom: the bottom line of the town or of a district, with the prices that this browser holds. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { BottomWords } from "../../lib/lightingoptions/bottomwords.js";
import type { Baseline } from "../../lib/lightingoptions/options.js";
import { Bottom } from "../../sim/page/client/decide/bottom.js";
import {
	type Inputs,
	keepInputs,
	pricesOf,
	readInputs,
} from "../../sim/page/client/decide/inputs.js";
import { TenYears } from "../../sim/page/client/decide/tenyears.js";
import { useSpeech } from "../../sim/page/client/state/street.js";
import { lampYearOf, OLD_HOW, todayOf } from "../lampyear.js";
import { rowOfNight } from "./townstate.js";
import { useTown } from "./usetown.js";

const WHOLE = -1;

export function TownBottom(): JSX.Element | null {
	const speech = useSpeech();
	const shownTown = useTown((state) => state.town);
	const nights = useTown((state) => state.nights);
	useTown((state) => state.version);
	const [district, setDistrict] = useState(WHOLE);
	const [inputs, setInputs] = useState(readInputs);
	const found = lampYearOf((option) => rowOfNight(nights.get(option), district));
	if (!shownTown || !found) return null;
	const { year, lamps } = found;
	const change = (next: Inputs) => {
		setInputs(next);
		keepInputs(next);
	};
	const known = todayOf(year);
	const today = known.includes(inputs.today) ? inputs.today : "full";
	const isOld = today === "sodium";
	const words = new BottomWords(
		{ year, lamps, today, prices: pricesOf(inputs), vat: inputs.vat },
		speech,
	);
	return (
		<section class="card bottomline" aria-labelledby="bottomline">
			<h3 id="bottomline">{speech.say("q.fit").replace(/^\d+\. /, "")}</h3>
			<label class="field">
				<span>{speech.say("town.col.name")}</span>
				<select
					value={district}
					onChange={({ currentTarget }) => setDistrict(Number(currentTarget.value))}
				>
					<option value={WHOLE}>{speech.say("town.whole.row")}</option>
					{shownTown.served.districts.map((name, index) => (
						<option value={index} key={name}>
							{name}
						</option>
					))}
				</select>
			</label>
			<label class="field">
				<span>{speech.say("decide.today")}</span>
				<select
					value={today}
					onChange={({ currentTarget }) =>
						change({ ...inputs, today: currentTarget.value as Baseline })
					}
				>
					{known.map((name) => (
						<option value={name} key={name}>
							{speech.say(`option.${name}`)}
						</option>
					))}
				</select>
			</label>
			{isOld && <p class="how">{speech.text(OLD_HOW)}</p>}
			<Bottom words={words} inputs={inputs} onChange={change} />
			<TenYears
				year={year}
				names={year.options.map(({ name }) => name).filter((name) => isOld || name !== "sodium")}
				lamps={lamps}
				inputs={inputs}
			/>
		</section>
	);
}

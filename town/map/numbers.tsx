/**
 * Numbers: energy, passages and hours without light of the town with the option right of the edge, each
 * with its range, its word, and its difference from the option on the left. Euros need watts and a price.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Ends } from "../../lib/lightingoptions/money.js";
import { type OptionName, optionOf } from "../../lib/lightingoptions/options.js";
import { spanOf, three } from "../../sim/page/client/decide/figuretext.js";
import {
	type Inputs,
	isAsked,
	keepInputs,
	pricesOf,
	readInputs,
} from "../../sim/page/client/decide/inputs.js";
import { PriceField } from "../../sim/page/client/decide/pricefield.js";
import { useSpeech } from "../../sim/page/client/state/street.js";
import type { Speech } from "../../sim/page/client/words.js";
import type { NightRow } from "../townmessages.js";
import { rowOfNight } from "./townstate.js";
import { useTown } from "./usetown.js";

const KWH = 1000;

export function Numbers(): JSX.Element | null {
	const speech = useSpeech();
	const shownTown = useTown((state) => state.town);
	const right = useTown((state) => state.rightNight);
	const left = useTown((state) => state.leftNight);
	const row = rowOfNight(right, -1);
	const before = rowOfNight(left, -1);
	if (!shownTown || !row || !before || !left || !right) return null;
	const isSame = left === right;
	const against = (text: string) =>
		isSame ? "" : speech.say("town.against", { text, option: shortOf(left.served.option, speech) });
	return (
		<section class="numbers" aria-label={speech.say("town.numbers")}>
			<Energy row={row} before={before} against={against} />
			<Plate
				value={three(row.passagesDark.mid, speech)}
				name={speech.say("town.passages")}
				range={rangeText(row.passagesDark, speech)}
				origin={row.origin}
				against={against(three(before.passagesDark.mid, speech))}
			/>
			<Plate
				value={three(row.darkHours.mid, speech, "h")}
				name={speech.say("town.darkHours")}
				range={rangeText(row.darkHours, speech)}
				origin={row.origin}
				against={against(three(before.darkHours.mid, speech, "h"))}
			/>
		</section>
	);
}

const shortOf = (option: OptionName, speech: Speech) => speech.text(optionOf(option).short);

interface EnergyProps {
	readonly row: NightRow;
	readonly before: NightRow;
	readonly against: (text: string) => string;
}

/** MWh with watts; else the mean level, of which the energy follows. */
function Energy({ row, before, against }: EnergyProps): JSX.Element {
	const speech = useSpeech();
	const hasWatts = useTown((state) => state.town?.hasWatts ?? false);
	const { mwhYear } = row;
	if (!mwhYear)
		return (
			<Plate
				value={speech.percent(Math.round(row.meanLevel))}
				name={speech.say("town.mean")}
				range=""
				origin={row.origin}
				against={against(speech.percent(Math.round(before.meanLevel)))}
			>
				<p class="how">{speech.say(hasWatts ? "town.yearWait" : "town.noWatts")}</p>
			</Plate>
		);
	return (
		<Plate
			value={three(mwhYear.mid, speech, "MWh")}
			name={speech.say("town.mwh")}
			range={rangeText(mwhYear, speech)}
			origin={row.yearOrigin}
			against={against(before.mwhYear ? three(before.mwhYear.mid, speech, "MWh") : "–")}
		>
			<Price energy={mwhYear} />
		</Plate>
	);
}

function Price({ energy }: { readonly energy: Ends }): JSX.Element {
	const speech = useSpeech();
	const [inputs, setInputs] = useState(readInputs);
	const change = (next: Inputs) => {
		setInputs(next);
		keepInputs(next);
	};
	const price = isAsked(inputs) ? undefined : pricesOf(inputs).price;
	return (
		<div class="price-of">
			{price && (
				<p class="euro">{speech.say("town.euro", { range: euroText(energy, price, speech) })}</p>
			)}
			<details>
				<summary>{speech.say("inputs")}</summary>
				<PriceField name="price" inputs={inputs} onChange={change} />
				<p class="how">{speech.say("inputsNote")}</p>
			</details>
		</div>
	);
}

/** Energy of a year times a price of a kWh, both with their range. */
export function euroText(energy_MWh: Ends, price: Ends, speech: Speech): string {
	const low = energy_MWh.low * KWH * price.low;
	return spanOf({ low, high: energy_MWh.high * KWH * price.high }, speech, "€");
}

export function rangeText(range: Ends, speech: Speech): string {
	return range.low === range.high ? "" : spanOf(range, speech);
}

interface PlateProps {
	readonly value: string;
	readonly name: string;
	readonly range: string;
	readonly origin: NightRow["origin"];
	readonly against: string;
	readonly children?: JSX.Element;
}

function Plate({ value, name, range, origin, against, children }: PlateProps): JSX.Element {
	const speech = useSpeech();
	return (
		<div class="number">
			<p class="value">
				{value} <OriginMark origin={origin} />
			</p>
			<p class="name">{name}</p>
			<p class="how">{[range, against].filter(Boolean).join(" · ") || speech.say("town.exact")}</p>
			{children}
		</div>
	);
}

/** How a figure came about, in one word. */
export function OriginMark({ origin }: { readonly origin: NightRow["origin"] }): JSX.Element {
	const speech = useSpeech();
	return (
		<span class="origin" title={speech.say(`town.origin.${origin}.what`)}>
			{speech.say(`town.origin.${origin}`)}
		</span>
	);
}

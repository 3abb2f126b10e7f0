/**
 * Figures: what the street saved so far, what it owed, and what is wrong with it.
 *
 * Energy and light are the simulated world's; alarms and lamps online are the lamps' reports. Money is
 * stated with the price that a person gave: none is guessed.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { StreetYear } from "../../../../lib/lightingoptions/year.js";
import { middle, spanOf } from "../decide/figuretext.js";
import { type Inputs, isAsked, keepInputs, pricesOf, readInputs } from "../decide/inputs.js";
import { PriceField } from "../decide/pricefield.js";
import { savingBetween, useYear, yearOf } from "../decide/year.js";
import { useModel, useSpeech } from "../state/street.js";
import type { Speech } from "../words.js";

/** Below this the share would jump from second to second: five minutes of the old lamps. */
const ENOUGH_H = 1 / 12;

export function Figures(): JSX.Element {
	const speech = useSpeech();
	const [inputs, setInputs] = useState(readInputs);
	const [energy = 0, old = 0, full = 0, person = 0, below = 0] = useModel(({ update }) =>
		update
			? [
					update.world.energy_kWh.toFixed(3),
					update.world.old_kWh.toFixed(3),
					update.world.today.full.energy_kWh.toFixed(3),
					Math.round(update.world.person_s),
					Math.round(update.world.below_s),
				].join()
			: "",
	)
		.split(",")
		.map(Number);
	const burning_W = useModel(({ welcome }) => (welcome ? welcome.oldPower_W * welcome.lamps : 0));
	const isEnough = old > 0 && old * 1000 >= ENOUGH_H * burning_W;
	const saved = full - energy;
	const nothing = speech.say("fig.nothing");
	const change = (next: Inputs) => {
		setInputs(next);
		keepInputs(next);
	};
	const { year } = useYear();
	const given = pricesOf(inputs).price;
	const price = given && middle(given);
	return (
		<section class="figures" aria-label={speech.say("fig.saved")}>
			<Figure
				value={isEnough ? lessText((100 * saved) / full, speech) : nothing}
				name={speech.say("fig.saved")}
				how={speech.say("fig.used", {
					used: speech.number(energy, 2, "kWh"),
					full: speech.number(full, 2, "kWh"),
					old: speech.number(old, 2, "kWh"),
				})}
				share={isEnough ? energy / full : undefined}
			/>
			<Figure
				value={year ? yearText(year, price, speech) : nothing}
				name={speech.say(price === undefined ? "fig.year" : "fig.money")}
				how={
					price === undefined
						? priceless(year, isAsked(inputs), speech)
						: speech.say("fig.moneyHow", { price: speech.number(price, 2, "€") })
				}
			>
				<details>
					<summary>{speech.say("inputs")}</summary>
					<PriceField name="price" inputs={inputs} onChange={change} />
					<p class="how">{speech.say("inputsNote")}</p>
				</details>
			</Figure>
			<Figure
				value={person === 0 ? nothing : speech.span(below * 1000)}
				name={speech.say("fig.below")}
				how={
					person === 0
						? speech.say("fig.belowWait")
						: below === 0
							? speech.say("fig.belowNone")
							: speech.say("fig.belowHow", {
									all: speech.span(person * 1000),
									share: speech.number((100 * below) / person, 1, "%"),
								})
				}
			/>
			<Reported />
		</section>
	);
}

/** Alarms and lamps online as reported; nothing is known of them while the simulator is lost. */
function Reported(): JSX.Element {
	const speech = useSpeech();
	const [online, offline, alarms, lamps] = useModel(({ update, welcome }) => {
		const { online = 0, offline = 0, alarms = 0 } = update?.totals ?? {};
		return [online, offline, alarms, welcome?.lamps ?? 0].join();
	})
		.split(",")
		.map(Number) as [number, number, number, number];
	const isLost = useModel((model) => model.isLost && !model.ended);
	const lost = useModel((model) => model.lost);
	if (isLost || lamps === 0)
		return (
			<Figure
				value={speech.say("fig.nothing")}
				name={speech.say("fig.alarms")}
				how={
					lost === undefined
						? speech.say("fig.alarmsUnknown")
						: speech.say("fig.alarmsLost", { time: speech.time(lost), online, lamps })
				}
			/>
		);
	return (
		<Figure
			value={String(alarms)}
			name={speech.say(alarms === 1 ? "fig.alarm" : "fig.alarms")}
			how={
				online === lamps
					? speech.say("fig.alarmsFine", { lamps })
					: speech.say("fig.alarmsHow", { online, offline, lamps })
			}
			isBad={alarms > 0 || offline > 0}
		/>
	);
}

/** `−55 %` for 55 % less; at dusk in a busy street it may be more. */
function lessText(share: number, speech: Speech): string {
	return `${share < 0 ? "+" : "−"}${speech.percent(Math.abs(share))}`;
}

/** Of a lamp and year: per cent, or euros with their range. */
function yearText(year: StreetYear, price: number | undefined, speech: Speech): string {
	const saving = savingBetween(year, "profile", "neighbours");
	if (price === undefined) {
		const share = (100 * saving.mid) / yearOf(year, "profile").energy_kWh.mid;
		return lessText(share, speech);
	}
	return spanOf({ low: saving.low * price, high: saving.high * price }, speech, "€");
}

/** Below the year's figure while no price is known. */
function priceless(year: StreetYear | undefined, isAsked: boolean, speech: Speech): string {
	if (isAsked) return speech.say("fig.money.asked");
	if (!year) return speech.say("decide.wait");
	const range = spanOf(savingBetween(year, "profile", "neighbours"), speech);
	return speech.say("fig.yearHow", { range });
}

interface FigureProps {
	readonly value: string;
	readonly name: string;
	readonly how: string;
	/** A bar of this share, 0 to 1. */
	readonly share?: number | undefined;
	readonly isBad?: boolean;
	readonly children?: JSX.Element;
}

function Figure({ value, name, how, share, isBad, children }: FigureProps): JSX.Element {
	return (
		<div class={`figure${isBad ? " bad" : ""}`}>
			<p class="value">{value}</p>
			<p class="name">{name}</p>
			{share !== undefined && (
				<p class="share" aria-hidden="true">
					<span style={{ width: `${Math.min(100, 100 * share)}%` }} />
				</p>
			)}
			<p class="how">{how}</p>
			{children}
		</div>
	);
}

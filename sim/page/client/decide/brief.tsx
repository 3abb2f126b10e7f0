/** Brief: four figures of a lamp and year, before the questions: ours, lights out, people, darkness. */
import type { JSX } from "preact";
import { savingOf } from "../../../../lib/lightingoptions/range.js";
import { useSpeech } from "../state/street.js";
import { spanOf, three } from "./figuretext.js";
import { type Decided, yearOf } from "./year.js";

export function Brief({ year }: Pick<Decided, "year">): JSX.Element {
	const speech = useSpeech();
	const today = yearOf(year, "profile");
	const [neighbours, off] = [yearOf(year, "neighbours"), yearOf(year, "off")];
	const energyOf = (optionYear: typeof neighbours) => {
		const saving = savingOf(today.energy_kWh, optionYear.energy_kWh);
		const share = (100 * saving.mid) / today.energy_kWh.mid;
		const isMore = saving.mid < 0;
		const { low, high } = isMore ? { low: -saving.high, high: -saving.low } : saving;
		const kWh = speech.say(isMore ? "brief.more" : "brief.less", {
			kWh: three(Math.abs(saving.mid), speech, "kWh"),
			range: spanOf({ low, high }, speech),
		});
		return { share: `${isMore ? "+" : "−"}${speech.percent(Math.abs(share))}`, kWh };
	};
	const energies = { own: energyOf(neighbours), off: energyOf(off) };
	const unlit = three(off.unlit.mid, speech);
	return (
		<div class="figures brief">
			<Tile value={energies.own.share} name={speech.say("brief.own")} how={energies.own.kWh} />
			<Tile value={energies.off.share} name={speech.say("brief.off")} how={energies.off.kWh} />
			<Tile
				value={speech.say("brief.against", { own: "0", off: unlit })}
				name={speech.say("brief.unlit")}
				how={speech.say("brief.unlitHow", { range: spanOf(off.unlit, speech) })}
			/>
			<Tile
				value={speech.say("brief.against", {
					own: "0",
					off: speech.number(off.unlit_h, 0, "h"),
				})}
				name={speech.say("brief.dark")}
				how={speech.say("brief.darkHow", { all: speech.number(off.dark_h, 0, "h") })}
			/>
		</div>
	);
}

interface TileProps {
	readonly value: string;
	readonly name: string;
	readonly how: string;
}

function Tile({ value, name, how }: TileProps): JSX.Element {
	return (
		<div class="figure">
			<p class="value">{value}</p>
			<p class="name">{name}</p>
			<p class="how">{how}</p>
		</div>
	);
}

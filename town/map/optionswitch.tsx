/** Option switch: the options of the two sides of the edge; an option whose night is not ready shows its progress. */
import type { JSX } from "preact";
import { type OptionName, optionOf } from "../../lib/lightingoptions/options.js";
import { useSpeech } from "../../sim/page/client/state/street.js";
import { sweep } from "./mapview.js";
import { town, useTown } from "./usetown.js";

export function OptionSwitch(): JSX.Element {
	const speech = useSpeech();
	const options = useTown((state) => state.options);
	const nights = useTown((state) => state.nights.size);
	const left = useTown((state) => state.left);
	const right = useTown((state) => state.right);
	const title = (option: OptionName) => speech.text(optionOf(option).short);
	const waiting = options.filter(({ option }) => !town.nights.has(option));
	const choose = (option: OptionName) => {
		town.change({ right: option });
		sweep();
	};
	return (
		<div class="optionswitch" data-nights={nights}>
			<fieldset class="choice">
				<legend class="unseen">{speech.say("town.right")}</legend>
				{options.map(({ option }) => (
					<label key={option}>
						<input
							type="radio"
							name="option"
							checked={right === option && town.nights.has(option)}
							disabled={!town.nights.has(option)}
							onChange={() => choose(option)}
						/>
						<span title={speech.text(optionOf(option).title)}>{title(option)}</span>
					</label>
				))}
			</fieldset>
			<label class="field">
				<span>{speech.say("town.left")}</span>
				<select
					value={left}
					onChange={({ currentTarget }) => town.change({ left: currentTarget.value as OptionName })}
				>
					{options.map(({ option }) => (
						<option key={option} value={option} disabled={!town.nights.has(option)}>
							{title(option)}
						</option>
					))}
				</select>
			</label>
			{waiting.length > 0 && (
				<Waiting ready={options.length - waiting.length} all={options.length} />
			)}
		</div>
	);
}

interface WaitingProps {
	/** Nights that are there, of all. */
	readonly ready: number;
	readonly all: number;
}

/** Nights that are simulated still: the share that is done, and the time left. */
function Waiting({ ready, all }: WaitingProps): JSX.Element {
	const speech = useSpeech();
	const done = useTown(({ options, nights }) => {
		const sum = options.reduce(
			(all, { option, progress = 0 }) => all + (nights.has(option) ? 1 : progress),
			0,
		);
		return Math.floor((100 * sum) / Math.max(1, options.length));
	});
	const left = useTown(({ options }) =>
		options.reduce((longest, { seconds = 0 }) => Math.max(longest, seconds), 0),
	);
	return (
		<div class="waiting">
			<progress max="100" value={done} aria-label={speech.say("town.waiting", { ready, all })} />
			<p class="how" role="status">
				{speech.say("town.waiting", { ready, all })}{" "}
				{left > 0 && speech.say("town.waitingLeft", { left: speech.span(left * 1000) })}
			</p>
		</div>
	);
}

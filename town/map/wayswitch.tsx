/** Way switch: the ways of the two sides of the edge; a way whose night is not ready shows its progress. */
import type { JSX } from "preact";
import { type WayName, wayOf } from "../../lib/ways/ways.js";
import { useSpeech } from "../../sim/page/client/state/street.js";
import { sweep } from "./townmap.js";
import { town, useTown } from "./usetown.js";

export function WaySwitch(): JSX.Element {
	const speech = useSpeech();
	const ways = useTown((state) => state.ways);
	const nights = useTown((state) => state.nights.size);
	const left = useTown((state) => state.left);
	const right = useTown((state) => state.right);
	const title = (way: WayName) => speech.text(wayOf(way).short);
	const waiting = ways.filter(({ way }) => !town.nights.has(way));
	const choose = (way: WayName) => {
		town.change({ right: way });
		sweep();
	};
	return (
		<div class="wayswitch" data-nights={nights}>
			<fieldset class="choice">
				<legend class="unseen">{speech.say("town.right")}</legend>
				{ways.map(({ way }) => (
					<label key={way}>
						<input
							type="radio"
							name="way"
							checked={right === way && town.nights.has(way)}
							disabled={!town.nights.has(way)}
							onChange={() => choose(way)}
						/>
						<span title={speech.text(wayOf(way).title)}>{title(way)}</span>
					</label>
				))}
			</fieldset>
			<label class="field">
				<span>{speech.say("town.left")}</span>
				<select
					value={left}
					onChange={({ currentTarget }) => town.change({ left: currentTarget.value as WayName })}
				>
					{ways.map(({ way }) => (
						<option key={way} value={way} disabled={!town.nights.has(way)}>
							{title(way)}
						</option>
					))}
				</select>
			</label>
			{waiting.length > 0 && <Waiting ready={ways.length - waiting.length} all={ways.length} />}
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
	const done = useTown(({ ways, nights }) => {
		const sum = ways.reduce(
			(all, { way, progress = 0 }) => all + (nights.has(way) ? 1 : progress),
			0,
		);
		return Math.floor((100 * sum) / Math.max(1, ways.length));
	});
	const left = useTown(({ ways }) =>
		ways.reduce((longest, { seconds = 0 }) => Math.max(longest, seconds), 0),
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

/**
 * Scrubber: the light of the town over the night with both options, and the instant that the map
 * shows.
 */
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { optionOf } from "../../lib/lightingoptions/options.js";
import { area } from "../../lib/plot/path.js";
import { linear } from "../../lib/plot/scale.js";
import { Icon } from "../../sim/page/client/parts/icons.js";
import { useSpeech } from "../../sim/page/client/state/street.js";
import type { Night, Town } from "./decoded.js";
import { NIGHT_S } from "./nightclock.js";
import { curveOf } from "./saving.js";
import { town, useTown } from "./usetown.js";

/** Columns of the curve, and the height of its drawing. */
const COLUMNS = 180;
const TALL = 100;
/** A step by key, s. */
const STEP_S = 300;

export function Scrubber(): JSX.Element | null {
	const speech = useSpeech();
	const shownTown = useTown((state) => state.town);
	const left = useTown((state) => state.leftNight);
	const right = useTown((state) => state.rightNight);
	const isPlaying = useTown(({ clock }) => clock.isPlaying, true);
	const minute = useTown(({ utc }) => Math.floor(utc / 60_000), true);
	const input = useRef<HTMLInputElement>(null);
	useEffect(
		() =>
			town.onTime(() => {
				if (input.current) input.current.value = String(town.clock.at);
			}),
		[],
	);
	if (!shownTown || !left || !right) return null;
	const [begin, end] = town.clock.span;
	const time = speech.time(minute * 60_000);
	return (
		<div class="scrubber">
			<button
				type="button"
				class="main"
				title={speech.say("town.playWhat", { s: NIGHT_S })}
				onClick={() => town.playOrPause()}
			>
				<Icon name={isPlaying ? "pause" : "play"} />
				{speech.say(isPlaying ? "pause" : "town.play")}
			</button>
			<div class="track">
				<Curves shownTown={shownTown} left={left} right={right} />
				<input
					ref={input}
					type="range"
					min={begin}
					max={end}
					step={STEP_S}
					value={town.clock.at}
					aria-label={speech.say("town.instant")}
					aria-valuetext={time}
					onInput={({ currentTarget }) => {
						town.clock.pause();
						town.seek(currentTarget.valueAsNumber);
					}}
				/>
			</div>
			<output class="instant">{time}</output>
		</div>
	);
}

interface CurvesProps {
	readonly shownTown: Town;
	readonly left: Night;
	readonly right: Night;
}

function Curves({ shownTown, left, right }: CurvesProps): JSX.Element {
	const speech = useSpeech();
	const { span } = town.clock;
	const paths = useMemo(
		() => [left, right].map((night) => pathOf(curveOf(night, shownTown, span, COLUMNS))),
		[shownTown, left, right, span],
	);
	return (
		<svg viewBox={`0 0 ${COLUMNS - 1} ${TALL}`} preserveAspectRatio="none" aria-hidden="true">
			<title>{speech.text(optionOf(right.served.option).short)}</title>
			<path class="before" d={paths[0]} />
			<path class="after" d={paths[1]} />
		</svg>
	);
}

function pathOf(curve: Float32Array): string {
	const y = linear([0, 1], [TALL, 0]);
	const points = Array.from(curve, (level, column) => [column, y(level)] as const);
	return area(points, [
		[0, TALL],
		[COLUMNS - 1, TALL],
	]);
}

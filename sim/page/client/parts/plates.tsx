/**
 * Plates: one button under each lamp in sight, with its number, the light itself and the cause that
 * the lamp reported. One of them is in the order of Tab; arrow keys go from lamp to lamp.
 */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Scene } from "../scene/scene.js";
import { plateOf, type Plate as Shown } from "../state/plate.js";
import { useModel, useSpeech } from "../state/street.js";
import { Icon } from "./icons.js";

interface PlatesProps {
	readonly scene: Scene;
	/** Lamps in sight. */
	readonly first: number;
	readonly last: number;
	readonly pitch: number;
	readonly chosen: number | undefined;
	readonly onChoose: (lamp: number) => void;
}

export function Plates(props: PlatesProps): JSX.Element {
	const speech = useSpeech();
	const { first, last, chosen, pitch, onChoose } = props;
	const lamps = useModel(({ welcome }) => welcome?.lamps ?? 0);
	const list = useRef<HTMLUListElement>(null);
	const wanted = useRef<number | undefined>(undefined);
	useEffect(() => {
		if (wanted.current === undefined) return;
		const button = list.current?.querySelector<HTMLElement>(`[data-lamp="${wanted.current}"]`);
		if (!button) return;
		wanted.current = undefined;
		button.focus();
	});
	const stop = chosen !== undefined && chosen >= first && chosen <= last ? chosen : first;
	const onKeyDown = (event: KeyboardEvent) => {
		const at = Number(
			(event.target as HTMLElement).closest("[data-lamp]")?.getAttribute("data-lamp"),
		);
		const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 1, End: lamps }[event.key];
		if (!at || to === undefined || to < 1 || to > lamps) return;
		event.preventDefault();
		wanted.current = to;
		onChoose(to);
	};
	const numbers = [];
	for (let lamp = first; lamp <= last; lamp++) numbers.push(lamp);
	return (
		<ul class="plates" ref={list} aria-label={speech.say("plates")} onKeyDown={onKeyDown}>
			{numbers.map((lamp) => (
				<Plate
					key={lamp}
					lamp={lamp}
					pitch={pitch}
					onChoose={onChoose}
					isChosen={lamp === chosen}
					isStop={lamp === stop}
				/>
			))}
		</ul>
	);
}

interface PlateProps {
	readonly lamp: number;
	readonly pitch: number;
	readonly isChosen: boolean;
	readonly isStop: boolean;
	readonly onChoose: (lamp: number) => void;
}

function Plate({ lamp, pitch, isChosen, isStop, onChoose }: PlateProps): JSX.Element {
	const speech = useSpeech();
	// as a text, so that it is rendered again only when it changes
	const text = useModel((model) =>
		JSON.stringify(plateOf(model.reports[lamp] ?? {}, model.light[lamp] ?? 0)),
	);
	const { cause, level, reported, isOff, odd, at, isNewer } = JSON.parse(text) as Shown;
	const time = at === null ? "" : speech.time(at);
	const why =
		isOff === "noPower"
			? speech.say("noPower")
			: cause === null
				? speech.say(isNewer ? "newer" : "silent")
				: speech.say(cause);
	const also = odd ? `, ${speech.say(odd, { level: speech.percent(reported ?? 0) })}` : "";
	const colon = speech.language === "fr" ? "\u00a0: " : ": ";
	return (
		<li style={{ left: `${(lamp - 1) * pitch}px`, width: `${pitch}px` }}>
			<button
				type="button"
				data-lamp={lamp}
				data-cause={isOff ?? cause ?? "none"}
				tabIndex={isStop ? 0 : -1}
				aria-pressed={isChosen}
				onClick={() => onChoose(lamp)}
			>
				<span class="number">
					<span class="unseen">{speech.say("lamp", { lamp: "" })}</span>
					{lamp}
					{odd && (
						<span class="odd" aria-hidden="true">
							{" "}
							!
						</span>
					)}
					<span class="unseen">{colon}</span>
				</span>
				<span class="level">
					{speech.percent(level)}
					<span class="unseen">, </span>
				</span>
				<span class="bar" aria-hidden="true">
					<span style={{ width: `${level}%` }} />
				</span>
				<span class="why">
					<Icon name={isOff ?? cause ?? "none"} />
					{isOff === "offline" ? (
						<span>
							<span class="unseen">{speech.say("offline", { time: "" })}</span>
							{time}
						</span>
					) : (
						<span>{why}</span>
					)}
					<span class="unseen">{also}</span>
				</span>
			</button>
		</li>
	);
}

/** Street field: a name is typed, streets are proposed, and the map goes there. */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { Icon } from "../../sim/page/client/parts/icons.js";
import { useSpeech } from "../../sim/page/client/state/street.js";
import { streetsLike } from "./search.js";
import { town, useTown } from "./usetown.js";

const MOST = 7;

export function StreetField(): JSX.Element | null {
	const speech = useSpeech();
	const shownTown = useTown((state) => state.town);
	const [text, setText] = useState("");
	const [isOpen, setOpen] = useState(false);
	const [marked, setMarked] = useState(0);
	const names = useMemo(() => shownTown?.served.streets.map(({ name }) => name) ?? [], [shownTown]);
	const found = useMemo(() => streetsLike(text, names, MOST), [text, names]);
	if (!shownTown) return null;
	const choose = (place: number | undefined) => {
		if (place === undefined) return;
		setText(names[place]!);
		setOpen(false);
		town.change({ street: place, light: undefined });
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (step !== undefined) {
			setOpen(true);
			setMarked(Math.max(0, Math.min(found.length - 1, marked + step)));
		} else if (event.key === "Enter") choose(found[marked]);
		else if (event.key === "Escape") setOpen(false);
		else return;
		event.preventDefault();
	};
	const isListed = isOpen && text.trim() !== "";
	return (
		<div class="streetfield over">
			<label class="field">
				<span>{speech.say("town.street")}</span>
				<Icon name="search" />
				<input
					type="text"
					role="combobox"
					autocomplete="off"
					spellcheck={false}
					maxLength={80}
					placeholder={speech.say("town.streetSuch")}
					value={text}
					aria-expanded={isListed && found.length > 0}
					aria-controls="streets"
					aria-autocomplete="list"
					aria-activedescendant={isListed && found.length > 0 ? `street-${marked}` : undefined}
					onInput={({ currentTarget }) => {
						setText(currentTarget.value);
						setMarked(0);
						setOpen(true);
					}}
					onKeyDown={onKeyDown}
					onBlur={() => setOpen(false)}
				/>
			</label>
			<div
				id="streets"
				role="listbox"
				aria-label={speech.say("town.streets")}
				hidden={!isListed || found.length === 0}
			>
				{found.map((place, index) => (
					<div
						key={place}
						id={`street-${index}`}
						role="option"
						tabIndex={-1}
						aria-selected={index === marked}
						onMouseDown={(event) => {
							event.preventDefault(); // the field keeps the focus until the choice
							choose(place);
						}}
					>
						<span>{names[place]}</span>
						<small>
							{[
								shownTown.served.districts[shownTown.served.streets[place]!.district],
								speech.say("town.lights", { n: shownTown.lightsOf[place]!.length }),
							]
								.filter(Boolean)
								.join(" · ")}
						</small>
					</div>
				))}
			</div>
			{isListed && found.length === 0 && (
				<p class="none" role="status">
					{speech.say("town.noStreet", { name: text.trim() })}
				</p>
			)}
		</div>
	);
}

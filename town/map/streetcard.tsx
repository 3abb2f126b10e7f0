/**
 * Street card: the chosen street with a button that runs its lamps, and the chosen pole with the
 * cause of its level.
 */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { optionOf } from "../../lib/lightingoptions/options.js";
import { Icon } from "../../sim/page/client/parts/icons.js";
import { ask } from "../../sim/page/client/state/requests.js";
import { useSpeech } from "../../sim/page/client/state/street.js";
import { lightNow } from "./maplabels.js";
import { town, useTown } from "./usetown.js";

interface CardProps {
	/** Opens *Show* at an address; undefined: of this page. */
	readonly onShow: (url: string | undefined) => void;
}

export function StreetCard({ onShow }: CardProps): JSX.Element | null {
	const street = useTown((state) => state.street);
	const light = useTown((state) => state.light);
	if (light !== undefined) return <Pole light={light} onShow={onShow} />;
	return street === undefined ? null : <Street street={street} onShow={onShow} />;
}

function Street({ street, onShow }: CardProps & { readonly street: number }): JSX.Element | null {
	const speech = useSpeech();
	const shownTown = useTown((state) => state.town);
	if (!shownTown) return null;
	const { name, district, typical, spacing_m } = shownTown.served.streets[street]!;
	const { streets = 0 } = shownTown.served.typicalStreets[typical] ?? {};
	const lights = shownTown.lightsOf[street]!;
	return (
		<section class="townCard" aria-label={name}>
			<Head title={name} />
			<p>
				{[
					shownTown.served.districts[district],
					speech.say("town.lights", { n: speech.number(lights.length, 0) }),
					spacing_m > 0 && speech.say("town.apart", { m: speech.number(spacing_m, 0, "m") }),
				]
					.filter(Boolean)
					.join(" · ")}
			</p>
			<p class="how">{speech.say("town.streetHow", { n: speech.number(streets, 0) })}</p>
			<Poles lights={lights} light={undefined} />
			<ShowButton street={street} onShow={onShow} />
		</section>
	);
}

interface PolesProps {
	readonly lights: Int32Array;
	readonly light: number | undefined;
}

/** The way to a street's poles by key: the first one, or those beside the chosen one. */
function Poles({ lights, light }: PolesProps): JSX.Element {
	const speech = useSpeech();
	const at = light === undefined ? -1 : lights.indexOf(light);
	const steps = light === undefined ? [0] : [at - 1, at + 1];
	const paragraph = useRef<HTMLParagraphElement>(null);
	useEffect(() => {
		const isLost = light !== undefined && document.activeElement === document.body;
		if (isLost) paragraph.current?.querySelector<HTMLButtonElement>("button:last-child")?.focus();
	}, [light]); // the button that was pressed has gone
	return (
		<p class="poles" ref={paragraph}>
			{steps
				.filter((place) => place >= 0 && place < lights.length)
				.map((place) => (
					<button
						type="button"
						key={place < at ? "before" : "after"}
						onClick={() => town.change({ light: lights[place]! })}
					>
						{speech.say("town.pole", { n: place + 1 })}
					</button>
				))}
		</p>
	);
}

function Head({ title }: { readonly title: string }): JSX.Element {
	const speech = useSpeech();
	return (
		<header>
			<h2>{title}</h2>
			<button
				type="button"
				class="round"
				aria-label={speech.say("close")}
				onClick={() =>
					town.change(town.light === undefined ? { street: undefined } : { light: undefined })
				}
			>
				<Icon name="close" />
			</button>
		</header>
	);
}

/** Starts the street's own poles in real machines. */
function ShowButton({ street, onShow }: CardProps & { readonly street: number }): JSX.Element {
	const speech = useSpeech();
	const [stage, setStage] = useState<"" | "starting" | "failed">("");
	const show = async () => {
		setStage("starting");
		const answer = await ask("/town/street", { street });
		if (answer) onShow(new URL(answer.url, location.href).href);
		setStage(answer ? "" : "failed");
	};
	return (
		<>
			<button
				type="button"
				class="main"
				disabled={stage === "starting"}
				onClick={() => void show()}
			>
				<Icon name="play" /> {speech.say("town.show")}
			</button>
			{stage !== "" && (
				<p class="how" role="status">
					{speech.say(`town.show.${stage}`)}
				</p>
			)}
		</>
	);
}

function Pole({ light, onShow }: CardProps & { readonly light: number }): JSX.Element | null {
	const speech = useSpeech();
	const shownTown = useTown((state) => state.town);
	const night = useTown((state) => state.rightNight);
	const before = useTown((state) => state.leftNight);
	const at = useTown(({ clock }) => clock.at, true);
	useTown((state) => state.version); // a feeder was cut or mended
	if (!shownTown || !night) return null;
	const { streets, typicalStreets, cabinets } = shownTown.served;
	const street = shownTown.street[light]!;
	const cabinet = shownTown.feeder[light]!;
	const typicalStreet = typicalStreets[streets[street]?.typical ?? -1];
	const isOut = town.isOut(light);
	const { level, cause, since } = lightNow(night, light, at);
	const lights = shownTown.lightsOf[street] ?? new Int32Array(0);
	const number = lights.indexOf(light) + 1;
	const why = isOut ? "noPower" : level === 0 && cause !== "daylight" ? "none" : cause;
	return (
		<section class="townCard" aria-label={speech.say("town.pole", { n: number || light + 1 })}>
			<Head title={speech.say("town.pole", { n: number || light + 1 })} />
			<p>{streets[street]?.name || speech.say("town.noName")}</p>
			<p class="reason" data-cause={why}>
				<Icon name={why} /> <b>{speech.percent(isOut ? 0 : Math.round(100 * level))}</b>{" "}
				{speech.known(why) ?? why}
			</p>
			<p class="how">
				{speech.known(`town.why.${why}`)}{" "}
				{since !== undefined &&
					!isOut &&
					speech.say("town.since", { time: speech.clock(night.start + 1000 * since) })}
			</p>
			<p class="how">
				{speech.say("town.taken", {
					option: speech.text(optionOf(night.served.option).short),
					n: typicalStreet?.streets ?? 0,
					shift: speech.span(1000 * Math.abs(night.shift[light]!)),
				})}
			</p>
			{before && before !== night && !isOut && (
				<p class="how">
					{speech.say("town.other", {
						option: speech.text(optionOf(before.served.option).short),
						level: speech.percent(Math.round(100 * lightNow(before, light, at).level)),
					})}
				</p>
			)}
			<Poles lights={lights} light={light} />
			{cabinet >= 0 ? (
				<Feeder cabinet={cabinet} name={cabinets[cabinet] ?? String(cabinet)} />
			) : (
				<p class="how">{speech.say("town.noCabinet")}</p>
			)}
			{street >= 0 && <ShowButton street={street} onShow={onShow} />}
		</section>
	);
}

/** A cabinet's power is cut, and comes back. */
function Feeder({
	cabinet,
	name,
}: {
	readonly cabinet: number;
	readonly name: string;
}): JSX.Element {
	const speech = useSpeech();
	const isOut = useTown(({ cabinets, clock }) => cabinets.outAt(clock.at).includes(cabinet), true);
	const lights = useTown(
		(state) => state.town?.feeder.filter((feeder) => feeder === cabinet).length ?? 0,
	);
	const act = () => {
		const { cabinets, clock } = town;
		if (isOut) cabinets.mend(cabinet, clock.at);
		else cabinets.cut(cabinet, clock.at);
		town.changed();
	};
	return (
		<>
			<button type="button" onClick={act}>
				<Icon name={isOut ? "repair" : "noPower"} />
				{speech.say(isOut ? "town.mend" : "town.cut", { cabinet: name })}
			</button>
			<p class="how" role="status">
				{speech.say(isOut ? "town.isOut" : "town.cutHow", { n: speech.number(lights, 0) })}
			</p>
		</>
	);
}

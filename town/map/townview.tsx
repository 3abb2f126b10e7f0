/**
 * Town view: a town drawn by its lamps, one night with two options, and a field that finds a
 * street.
 */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { SpeechProvider, useModel, useSpeech } from "../../sim/page/client/state/street.js";
import { Speech } from "../../sim/page/client/words.js";
import { AccountView } from "./accountview.js";
import { ColourChoice } from "./colourchoice.js";
import { Districts } from "./districts.js";
import { ACCEPTED, ImportView } from "./importview.js";
import { MapView } from "./mapview.js";
import { Numbers } from "./numbers.js";
import { OptionSwitch } from "./optionswitch.js";
import { Scrubber } from "./scrubber.js";
import { StreetCard } from "./streetcard.js";
import { StreetField } from "./streetfield.js";
import { TownBottom } from "./townbottom.js";
import { town, useTown } from "./usetown.js";

interface TownProps {
	/** Opens *Show*, of another address if the street runs there. */
	readonly onShow: (url: string | undefined) => void;
}

export function TownView({ onShow }: TownProps): JSX.Element {
	const speech = useSpeech();
	const stage = useTown((state) => state.stage);
	const zone = useTown((state) => state.town?.served.zone ?? speech.zone);
	const townSpeech = useMemo(() => new Speech(speech.language, zone), [speech, zone]);
	/** A person brings a file: this one, or one that is still to be chosen. */
	const [brought, setBrought] = useState<File | "none">();
	const hasTown = useModel(({ welcome }) => welcome?.hasTown);
	/** A page that carries its simulation simulates the nights of no other town. */
	const isCarried = useModel(({ welcome }) => welcome?.about !== undefined);
	useEffect(() => {
		if (hasTown && town.stage !== "here") void town.load();
		return () => town.clock.pause();
	}, [hasTown]);
	if (stage === "none" || hasTown === false) return <None onShow={() => onShow(undefined)} />;
	if (stage === "asking")
		return (
			<main id="content" class="town empty">
				<p role="status">{speech.say("town.asking")}</p>
			</main>
		);
	if (brought)
		return (
			<main id="content" class="town empty">
				<ImportView
					file={brought === "none" ? undefined : brought}
					onClose={() => setBrought(undefined)}
				/>
			</main>
		);
	const onDrop = (event: DragEvent) => {
		const [file] = event.dataTransfer?.files ?? [];
		if (!file || isCarried) return;
		event.preventDefault();
		setBrought(file);
	};
	return (
		<SpeechProvider value={townSpeech}>
			<main
				id="content"
				class="town"
				onDragOver={(event) => isCarried || event.preventDefault()}
				onDrop={onDrop}
			>
				<div class="sight">
					<div class="stage">
						<MapView>
							<StreetField />
							<StreetCard onShow={onShow} />
						</MapView>
						<ColourChoice />
						<Scrubber />
					</div>
					<aside class="beside" aria-label={speech.say("town.numbers")}>
						<Title />
						{isCarried || <OwnFile onFile={setBrought} />}
						<OptionSwitch />
						<Numbers />
					</aside>
				</div>
				<div class="below">
					<Districts />
					<TownBottom />
					<AccountView onImport={isCarried ? undefined : () => setBrought("none")} />
					<p class="how">{speech.say("town.privacy")}</p>
				</div>
			</main>
		</SpeechProvider>
	);
}

/** The page was written without a town: who writes it can put one in. */
function None({ onShow }: { readonly onShow: () => void }): JSX.Element {
	const speech = useSpeech();
	return (
		<main id="content" class="town empty">
			<h2>{speech.say("town.none")}</h2>
			<p>
				<code>npx luminode page --out street.html --town {speech.say("town.none.name")}</code>
			</p>
			<button type="button" onClick={onShow}>
				{speech.say("town.none.street")}
			</button>
		</main>
	);
}

/** One field: a commune's own file in the place of the example. */
function OwnFile({ onFile }: { readonly onFile: (file: File) => void }): JSX.Element | null {
	const speech = useSpeech();
	const kind = useTown((state) => state.town?.served.kind);
	if (kind === "file") return null;
	return (
		<label class="ownfile">
			<span>{speech.say("town.ownFile")}</span>
			<input
				type="file"
				accept={ACCEPTED}
				onChange={({ currentTarget }) => {
					const [file] = currentTarget.files ?? [];
					if (file) onFile(file);
				}}
			/>
			<small>{speech.say("town.ownFile.stays")}</small>
		</label>
	);
}

function Title(): JSX.Element | null {
	const speech = useSpeech();
	const shownTown = useTown((state) => state.town);
	if (!shownTown) return null;
	const { served, count } = shownTown;
	const streets = served.typicalStreets.reduce((sum, { simulated }) => sum + simulated, 0);
	return (
		<header>
			<h2>{served.name}</h2>
			<p class="how">
				{[
					speech.say("town.night", { date: speech.date(Date.parse(`${served.date0}T12:00Z`)) }),
					speech.say("town.lights", { n: speech.number(count, 0) }),
					served.typicalStreets.length > 0 &&
						speech.say(
							served.typicalStreets.length === 1 ? "town.playedFrom1" : "town.playedFrom",
							{
								types: speech.number(served.typicalStreets.length, 0),
								n: speech.number(streets, 0),
							},
						),
				]
					.filter(Boolean)
					.join(" · ")}
			</p>
			{served.kind === "made" && <p class="invented">{speech.say("town.made")}</p>}
		</header>
	);
}

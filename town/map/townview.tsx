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
import { ImportView } from "./importview.js";
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
	const [isImport, setImport] = useState(false);
	const hasTown = useModel(({ welcome }) => welcome?.hasTown);
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
	if (isImport)
		return (
			<main id="content" class="town empty">
				<ImportView onClose={() => setImport(false)} />
			</main>
		);
	return (
		<SpeechProvider value={townSpeech}>
			<main id="content" class="town">
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
						<OptionSwitch />
						<Numbers />
					</aside>
				</div>
				<div class="below">
					<Districts />
					<TownBottom />
					<AccountView onImport={() => setImport(true)} />
					<p class="how">{speech.say("town.privacy")}</p>
				</div>
			</main>
		</SpeechProvider>
	);
}

/** The simulator was started, or the page written, without a town: the three ways to have one. */
function None({ onShow }: { readonly onShow: () => void }): JSX.Element {
	const speech = useSpeech();
	const isCarried = useModel(({ welcome }) => welcome?.about !== undefined);
	const command = isCarried ? "npx luminode page --out street.html" : "npm start --";
	return (
		<main id="content" class="town empty">
			<h2>{speech.say(isCarried ? "town.none.carried" : "town.none")}</h2>
			<dl>
				{(["example", "made", "file"] as const).map((kind) => (
					<div key={kind}>
						<dt>{speech.say(`town.none.${kind}`)}</dt>
						<dd>
							<code>
								{command} --town {kind === "file" ? speech.say("town.none.name") : kind}
							</code>
						</dd>
					</div>
				))}
			</dl>
			<button type="button" onClick={onShow}>
				{speech.say("town.none.street")}
			</button>
		</main>
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

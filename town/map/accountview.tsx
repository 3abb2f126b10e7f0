/** Account view: the page that says what was read, what was left out and what is assumed. */
import type { JSX } from "preact";
import { useSpeech } from "../../sim/page/client/state/street.js";
import { sentenceText } from "../reading/importtexts.js";
import type { ReadSentence } from "../reading/sentence.js";
import type { ServedTown } from "../townmessages.js";
import { useTown } from "./usetown.js";

/** Errors shown by line; a file of another kind has one in each line. */
const ERRORS_MOST = 20;

interface AccountProps {
	/** Undefined where no other town can be opened. */
	readonly onImport: (() => void) | undefined;
}

export function AccountView({ onImport }: AccountProps): JSX.Element | null {
	const speech = useSpeech();
	const shownTown = useTown((state) => state.town);
	if (!shownTown) return null;
	return (
		<section class="card account" aria-labelledby="account">
			<h3 id="account">{speech.say("town.account")}</h3>
			<Source served={shownTown.served} />
			<Sentences read={shownTown.served.read} />
			{onImport && (
				<p>
					<button type="button" onClick={onImport}>
						{speech.say("town.import")}
					</button>
				</p>
			)}
		</section>
	);
}

function Source({ served }: { readonly served: ServedTown }): JSX.Element | null {
	const { source, licence, date } = served;
	if (!source) return null;
	const dataDate = date && source.includes(date) ? undefined : date;
	return <p>{[source, dataDate, licence].filter(Boolean).join(" · ")}</p>;
}

export function Sentences({ read }: { readonly read: readonly ReadSentence[] }): JSX.Element {
	const speech = useSpeech();
	return (
		<>
			{(["read", "left", "assumed", "error"] as const).map((about) => {
				const sentences = read.filter((readSentence) => readSentence.about === about);
				if (sentences.length === 0) return null;
				return (
					<div key={about} class={`sentences ${about}`}>
						<h4>{speech.say(`town.read.${about}`)}</h4>
						<ul>
							{sentences.slice(0, ERRORS_MOST).map((sentence) => (
								<li key={`${sentence.key} ${sentence.line ?? ""} ${sentence.text ?? ""}`}>
									{speech.text(sentenceText(sentence))}
								</li>
							))}
						</ul>
						{sentences.length > ERRORS_MOST && (
							<p class="how">{speech.say("town.more", { n: sentences.length - ERRORS_MOST })}</p>
						)}
					</div>
				);
			})}
		</>
	);
}

/** Next: what a visitor can do now, in the order in which it persuades. */
import type { JSX } from "preact";
import { middle } from "../decide/figuretext.js";
import { pricesOf, readInputs } from "../decide/inputs.js";
import { Icon } from "../parts/icons.js";
import type { View } from "../state/address.js";
import { startScenario } from "../state/run.js";
import { useModel, useSpeech } from "../state/street.js";

export function Next({ onGo }: { readonly onGo: (view: View) => void }): JSX.Element {
	const speech = useSpeech();
	const scenarios = useModel(({ welcome }) => welcome?.scenarios);
	const { language } = speech;
	return (
		<section class="next" aria-label={speech.say("next")}>
			<div>
				<h2>{speech.say("next")}</h2>
				<p>{speech.say("welcome")}</p>
				<p>
					<a
						class="button"
						href={`/report?lang=${language}`}
						target="_blank"
						rel="noopener"
						onClick={({ currentTarget }) => {
							currentTarget.href = reportOf(language); // with the price of now
						}}
					>
						<Icon name="print" /> {speech.say("next.report")}
					</a>
					<button type="button" onClick={() => onGo("prove")}>
						{speech.say("next.prove")}
					</button>
				</p>
				<p class="how">{speech.say("next.why")}</p>
			</div>
			<div>
				<h2>{speech.say("scenarios")}</h2>
				<ul class="cards">
					{scenarios
						?.filter(({ isPlayed }) => isPlayed)
						.map(({ name, title, what }) => (
							<li key={name}>
								<button type="button" onClick={() => void startScenario(name)}>
									<b>
										<Icon name="play" /> {title[language]}
									</b>
									<span>{what[language]}</span>
								</button>
							</li>
						))}
				</ul>
			</div>
		</section>
	);
}

/** The report's address, with the price that this browser holds; one that is asked about stays out. */
function reportOf(language: "en" | "fr"): string {
	const { price } = pricesOf(readInputs());
	return `/report?lang=${language}${price ? `&price=${middle(price)}` : ""}`;
}

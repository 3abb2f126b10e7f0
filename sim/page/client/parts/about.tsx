/** About: what a page that carries its simulation is made of, its licences, and an exchange of its engine. */
import type { JSX } from "preact";
import { useEngine } from "../carried/exchange.js";
import { LICENCES } from "../carried/pieces.js";
import { useModel, useSpeech } from "../state/street.js";

/** Hexadecimal digits that tell two of them apart. */
const SHORT = 12;

/** A commit whose files were changed keeps its mark. */
const short = (hash: string): string => hash.slice(0, SHORT) + (hash.endsWith("+") ? "+" : "");

export function About(): JSX.Element | null {
	const speech = useSpeech();
	const about = useModel(({ welcome }) => welcome?.about);
	if (!about) return null;
	const { version, commit, image } = about;
	return (
		<details class="about">
			<summary>
				{speech.say("about", {
					version,
					commit: short(commit),
					image: short(image),
				})}
			</summary>
			<p>{speech.say("about.metered")}</p>
			<p>
				{speech.say("about.engine")}{" "}
				<a href={LICENCES} target="_blank" rel="noopener">
					{speech.say("about.licences")}
				</a>
			</p>
			<label class="field">
				<span>{speech.say("about.exchange")}</span>
				<input
					type="file"
					accept=".wasm"
					onChange={({ currentTarget }) => {
						const [file] = currentTarget.files ?? [];
						if (file) void useEngine(file);
					}}
				/>
			</label>
		</details>
	);
}

/**
 * Watch: prints the lamp's state, a line for each change, until a key.
 *
 * A line that the port does not accept is lost; the lamp waits for none.
 */
import { type Language, levelText } from "../explain/chaintext.js";
import { secondsText } from "../explain/clocktext.js";
import type { View } from "../view.js";
import { type Answer, LATER } from "./answer.js";
import { type Command, command, type Talk } from "./command.js";
import { decimal, spanText } from "./print.js";
import { member, object } from "./printjson.js";
import { numeral, say, wordOf } from "./texts.js";

export const WATCH: Command = command(
	"watch",
	"each change of the state; any key ends it",
	"chaque changement d'état ; une touche y met fin",
	(_rest, talk) => watch(talk),
);

function watch({ owner }: Talk): Answer {
	const changed = (print: (view: View) => string, stamped: (text: string) => string) => {
		let last = "";
		return () => {
			const text = print(owner.view);
			if (text === last) return LATER;
			last = text;
			return stamped(text);
		};
	};
	return {
		lines: changed(
			(view) => lineOf(view, owner.language),
			(text) => `${whenOf(owner.view, owner.language)}  ${text}`,
		),
		json: changed(
			objectOf,
			(text) => `{"uptime_ms":${Math.floor(owner.view.time.now)},${text.slice(1)}`,
		),
		flow: "live",
	};
}

function whenOf({ time: { utc, now }, plan }: View, language: Language): string {
	return utc === undefined ? say(language, "up", spanText(now)) : secondsText(plan.zone, utc);
}

function lineOf({ light, sensing, link }: View, language: Language): string {
	const word = (text: string) => wordOf(language, text);
	const { lightLevel, presence, photocell } = sensing;
	const lux = lightLevel === undefined ? "" : `, ${numeral(language, decimal(lightLevel, 1))} lx`;
	const level = levelText(light.feedback, language);
	const [seen, sky, state] = [word(presence), word(photocell), word(link.state)];
	return say(language, "watched", level, word(light.reason), seen, sky, lux, state);
}

function objectOf({ light, sensing, link }: View): string {
	const lux =
		sensing.lightLevel === undefined ? "" : `"lightLevel":${decimal(sensing.lightLevel, 1)}`;
	return object(
		`"feedbackLightCommand":${decimal(light.feedback, 1)}`,
		member("reason", light.reason),
		member("presence", sensing.presence),
		member("photocellOutput", sensing.photocell),
		lux,
		member("link", link.state),
	);
}

/**
 * Watch: prints the lamp's state, a line for each change, until a key.
 *
 * A line that the port does not accept is lost; the lamp waits for none.
 */
import { formatInstant } from "../command/instant.js";
import { levelText } from "../explain/chaintext.js";
import { frozen } from "../frozen.js";
import type { View } from "../view.js";
import { type Answer, LATER } from "./answer.js";
import type { Command, Talk } from "./command.js";
import { decimal, spanText } from "./print.js";
import { member, object } from "./printjson.js";

export const WATCH: Command = frozen({
	name: "watch",
	usage: "watch",
	about: {
		en: "what changes, as it changes; any key ends it",
		fr: "ce qui change, en direct ; une touche y met fin",
	},
	run: (_rest, talk) => watch(talk),
});

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
		lines: changed(lineOf, (text) => `${whenOf(owner.view)}  ${text}`),
		json: changed(
			objectOf,
			(text) => `{"uptime_ms":${Math.floor(owner.view.time.now)},${text.slice(1)}`,
		),
		flow: "live",
	};
}

function whenOf({ time: { utc, now } }: View): string {
	return utc === undefined ? `up ${spanText(now)}` : formatInstant(utc).slice(11, 19);
}

function lineOf({ light, sensing, link }: View): string {
	const lux = sensing.lightLevel === undefined ? "" : `, ${decimal(sensing.lightLevel, 1)} lx`;
	return (
		`${levelText(light.feedback)}, ${light.reason}, presence ${sensing.presence}, ` +
		`photocell ${sensing.photocell}${lux}, link ${link.state}`
	);
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

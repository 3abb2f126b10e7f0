/** Tonight: road users of the run so far, and the time with less than the full class. */
import type { JSX } from "preact";
import { useModel, useSpeech } from "../state/street.js";

export function Tonight(): JSX.Element | null {
	const speech = useSpeech();
	const text = useModel(({ update }) => {
		if (!update) return "";
		const { own, today } = update.world;
		const passed = own.passed.pedestrian + own.passed.bicycle + own.passed.car;
		return [passed, own.below_s, own.person_s, today.profile.below_s].map(Math.round).join();
	});
	const [passed = 0, below = 0, all = 0, profile = 0] = text.split(",").map(Number);
	if (all === 0) return null;
	const span = (seconds: number) => speech.span(seconds * 1000);
	return (
		<p>
			{speech.say("ans.tonight", {
				passed: speech.number(passed, 0),
				below: span(below),
				all: span(all),
				profile: span(profile),
			})}
		</p>
	);
}

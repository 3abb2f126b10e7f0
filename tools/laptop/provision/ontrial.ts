/**
 * On trial: waits until the lamp keeps settings of its connection, with a countdown.
 *
 * A lamp that was online keeps a new broker or Wi-Fi only after it has reached it, and else returns
 * to the one before (docs/console.md). Where no broker is tested, as at a depot, nothing could be
 * reached: the person there keeps them by a second `confirm`.
 */
import type { Text } from "../../../lib/text/bilingual.js";
import { Trouble } from "../../../lib/text/trouble.js";
import type { Trial } from "../../../src/console/owner.js";
import type { Plain } from "../line/plain.js";
import { text } from "../text/texts.js";

/** ms between two questions; the countdown is printed at each step of seconds, and when it changes. */
const LOOK_EACH = 500;
const STEP_S = 30;

interface TrialPart extends Pick<Trial, "isProving" | "before"> {
	readonly part: string;
	readonly left_s: number;
}

/** @param wanted the broker of the site file. @param tests names of the console's tests that were asked for */
export async function awaitTrial(
	talk: Plain,
	wanted: string | undefined,
	tests: readonly string[],
	say: (line: Text) => void,
): Promise<void> {
	const first = await trialOf(talk);
	if (!first) return;
	const broker = wanted ?? (await brokerOf(talk));
	if (!tests.includes("broker") && !tests.includes("all")) {
		await talk.do("confirm");
		return say(text("keptUntested", broker));
	}
	await talk.ask("connect");
	let shown = "";
	for (let trial: TrialPart | undefined = first; trial; trial = await trialOf(talk)) {
		const step = Math.ceil(trial.left_s / STEP_S);
		if (shown !== `${trial.isProving} ${step}`)
			say(text(trial.isProving ? "proving" : "onTrial", broker, spanOf(trial.left_s)));
		shown = `${trial.isProving} ${step}`;
		await new Promise((later) => setTimeout(later, LOOK_EACH));
	}
	if ((await brokerOf(talk)) !== broker) throw new Trouble(text("tookBack", broker, first.before));
}

async function brokerOf(talk: Plain): Promise<string> {
	const { body } = await talk.do("show brokerHost");
	return JSON.parse(body[0]!).value;
}

async function trialOf(talk: Plain): Promise<TrialPart | undefined> {
	const { body } = await talk.do("status");
	return body.map((line) => JSON.parse(line) as TrialPart).find(({ part }) => part === "trial");
}

/** `9:30`, minutes and seconds. */
function spanOf(seconds: number): string {
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

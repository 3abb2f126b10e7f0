/**
 * Run bar: name, views, time, jumps, speed, scenario and language.
 */
import type { JSX } from "preact";
import { VIEWS, type View } from "../state/address.js";
import { go, jumpTo, startScenario, step } from "../state/run.js";
import { useModel, useSpeech } from "../state/street.js";
import { Icon } from "./icons.js";
import { useJump } from "./jump.js";

/** Speeds offered, virtual seconds per second; `null`: unlimited. */
export const SPEEDS: readonly (number | null)[] = [1, 2, 10, 60, 600, null];
/** Below this share of the speed that was chosen, both are shown. */
const KEPT = 0.85;

interface RunBarProps {
	readonly view: View;
	readonly onView: (view: View) => void;
	readonly onLanguage: (language: "en" | "fr") => void;
	readonly onHelp: () => void;
}

export function RunBar({ view, onView, onLanguage, onHelp }: RunBarProps): JSX.Element {
	const speech = useSpeech();
	return (
		<header class={`bar of-${view}`}>
			<h1>
				<span>lumi</span>node
			</h1>
			<nav aria-label={speech.say("views")}>
				{VIEWS.map((name) => (
					<button
						type="button"
						key={name}
						aria-current={name === view ? "page" : undefined}
						title={speech.say(`view.${name}.what`)}
						onClick={() => onView(name)}
					>
						{speech.say(`view.${name}`)}
					</button>
				))}
			</nav>
			{view !== "town" && (
				<>
					<Clock />
					<Controls />
					<ScenarioChoice />
				</>
			)}
			<fieldset class="choice language">
				<legend class="unseen">{speech.say("language")}</legend>
				{(["en", "fr"] as const).map((language) => (
					<label key={language} lang={language}>
						<input
							type="radio"
							name="language"
							checked={speech.language === language}
							onChange={() => onLanguage(language)}
							aria-label={language === "en" ? "English" : "Français"}
						/>
						<span>{language}</span>
					</label>
				))}
			</fieldset>
			<button type="button" class="round" onClick={onHelp} aria-label={speech.say("help")}>
				<Icon name="help" />
			</button>
		</header>
	);
}

function Clock(): JSX.Element {
	const speech = useSpeech();
	const utc = useModel(({ update }) => update && Math.floor(update.utc / 1000) * 1000);
	return (
		<p class="clock">
			<time id="clock" dateTime={utc === undefined ? undefined : new Date(utc).toISOString()}>
				{utc === undefined ? "--:--:--" : speech.clock(utc)}
			</time>
			<span class="date">{utc === undefined ? "" : speech.date(utc)}</span>
			<Pace />
		</p>
	);
}

/** The speed that the street reaches, where it is not the one that was chosen. */
function Pace(): JSX.Element {
	const speech = useSpeech();
	const state = useModel(({ update }) => {
		if (!update) return "";
		if (update.goal !== null) return "jumping";
		if (update.speed === 0) return "paused";
		const { speed, reached } = update;
		if (speed !== null && reached >= speed * KEPT) return "";
		return `${speed ?? ""} ${reached < 10 ? reached.toFixed(1) : Math.round(reached)}`;
	});
	if (state === "jumping") return <JumpPace />;
	if (state === "" || state === "paused")
		return <span class="pace">{state === "" ? "" : speech.say(state)}</span>;
	const [wanted, reached] = state.split(" ");
	const fill = {
		wanted: wanted ? `${wanted}×` : speech.say("max"),
		reached: `${speech.number(Number(reached), Number(reached) < 10 ? 1 : 0)}×`,
	};
	return <span class="pace">{speech.say("pace", fill)}</span>;
}

/** Where a jump leads to, and how long it takes still. */
function JumpPace(): JSX.Element {
	const speech = useSpeech();
	const jump = useJump();
	const { time = "", left } = jump ?? {};
	return (
		<span class="pace">
			{left === undefined
				? jump && speech.say("jumping", { time })
				: speech.say("jumping.left", { time, left })}
		</span>
	);
}

function Controls(): JSX.Element {
	const speech = useSpeech();
	const speed = useModel(({ update }) => update?.speed);
	const mayRush = useModel(({ welcome }) => welcome?.maxSpeedAllowed ?? false);
	const isPaused = speed === 0;
	return (
		<fieldset class="controls">
			<legend class="unseen">{speech.say("run")}</legend>
			<button
				type="button"
				class="round main"
				aria-label={speech.say(isPaused ? "play" : "pause")}
				onClick={() => void go(isPaused ? undefined : 0)}
			>
				<Icon name={isPaused ? "play" : "pause"} />
			</button>
			<button
				type="button"
				class="round"
				disabled={!isPaused || !mayRush}
				aria-label={speech.say("step")}
				onClick={() => void step()}
			>
				<Icon name="step" />
			</button>
			<fieldset class="choice speeds">
				<legend class="unseen">{speech.say("speed")}</legend>
				{SPEEDS.map((factor) => (
					<label key={String(factor)}>
						<input
							type="radio"
							name="speed"
							value={String(factor)}
							checked={speed === factor}
							disabled={factor === null && !mayRush}
							onChange={() => void go(factor)}
						/>
						<span>{factor === null ? speech.say("max") : `${factor}×`}</span>
					</label>
				))}
			</fieldset>
			<fieldset class="choice jumps" disabled={!mayRush}>
				<legend class="unseen">{speech.say("jump")}</legend>
				{(["dusk", "22", "02", "dawn"] as const).map((where) => (
					<button
						type="button"
						key={where}
						aria-label={speech.say("jump.to", { where: speech.say(`jump.${where}`) })}
						onClick={() => void jumpTo(where)}
					>
						{speech.say(`jump.${where}`)}
					</button>
				))}
			</fieldset>
		</fieldset>
	);
}

function ScenarioChoice(): JSX.Element {
	const speech = useSpeech();
	const scenarios = useModel(({ welcome }) => welcome?.scenarios);
	const running = useModel(({ welcome, starting }) => starting ?? welcome?.scenario?.name ?? "");
	return (
		<label class="scenario">
			<span class="unseen">{speech.say("scenario")}</span>
			<select
				value={running}
				onChange={({ currentTarget }) => void startScenario(currentTarget.value)}
			>
				<option value="">{speech.say("scenario.own")}</option>
				{scenarios
					?.filter(({ isPlayed, name }) => isPlayed || name === running)
					.map(({ name, title }) => (
						<option value={name} key={name}>
							{title[speech.language]}
						</option>
					))}
			</select>
		</label>
	);
}

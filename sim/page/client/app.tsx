/**
 * App: the page as a whole: run bar, the view that the address names, and the notices above
 * both.
 */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { DAY } from "../../../lib/spans.js";
import { TownView } from "../../../town/map/townview.js";
import { town } from "../../../town/map/usetown.js";
import { Break } from "./break/break.js";
import { Decide } from "./decide/decide.js";
import { About } from "./parts/about.js";
import { Help } from "./parts/help.js";
import { RunBar, SPEEDS } from "./parts/runbar.js";
import { Prove } from "./prove/prove.js";
import { Show } from "./show/show.js";
import {
	inputsOf,
	type Place,
	readAddress,
	VIEWS,
	type View,
	writeAddress,
} from "./state/address.js";
import { instantOf } from "./state/localtime.js";
import { ask } from "./state/requests.js";
import { go, step } from "./state/run.js";
import { model, SpeechProvider, useModel, useSpeech } from "./state/street.js";
import { preferredLanguage, Speech } from "./words.js";

/** State of the entries of the history that the page made since it was loaded. */
const ENTRY = performance.timeOrigin;

export function App(): JSX.Element {
	const lamps = useModel(({ welcome }) => welcome?.lamps);
	const zone = useModel(({ welcome }) => welcome?.zone ?? "UTC");
	const [hash, setHash] = useState(location.hash);
	const [isHelp, setHelp] = useState(false);
	const first = useModel(({ welcome }) => (welcome?.isTownFirst ? "town" : "show"));
	const { place, wrong } = useMemo(() => readAddress(hash, lamps, first), [hash, lamps, first]);
	const language = place.language ?? preferredLanguage(navigator.language);
	const speech = useMemo(() => new Speech(language, zone), [language, zone]);
	const { view, lamp, time } = place;
	const utc = useModel(({ update }) => (time === undefined ? undefined : update && true));
	const instant = useMemo(() => {
		if (!time || !utc) return undefined;
		const at = instantOf(time, model.update?.utc ?? 0, zone);
		return at < (model.welcome?.epochUtc ?? 0) ? at + DAY : at;
	}, [time, zone, utc]);
	const [exact, setExact] = useState<number>();
	const moveTo = (next: Partial<Place>) => {
		// A person may have changed the address since this was drawn; its event comes later.
		const { place: now } = readAddress(location.hash, lamps, first);
		const address = writeAddress({ ...now, ...next });
		const isOtherView = next.view !== undefined && next.view !== now.view;
		history[isOtherView ? "pushState" : "replaceState"](ENTRY, "", address);
		setHash(address);
		if (isOtherView) scrollTo(0, 0); // another view begins at its top
	};
	const inputs = useModel((all) => all.inputs);
	const ran = useRef(place.inputs);
	if (inputs) ran.current = inputsOf(inputs);
	// Before the page is painted: an address pasted from then on is another street than the one that begins.
	useLayoutEffect(() => {
		// What is typed or pasted has no state; what was opened before in this tab has that of another load.
		history.replaceState(ENTRY, "");
		const onHash = () => {
			const { inputs: typed } = readAddress(location.hash, undefined).place;
			if (history.state !== ENTRY && typed.length > 0 && `${typed}` !== `${ran.current}`)
				return location.reload();
			history.replaceState(ENTRY, "");
			setHash(location.hash);
		};
		addEventListener("hashchange", onHash);
		return () => removeEventListener("hashchange", onHash);
	}, []);
	useEffect(() => {
		if (!inputs || history.state !== ENTRY) return; // the event of a typed address comes later
		// An address that has them already is kept as it was typed, with its wrong words.
		if (`${ran.current}` !== `${place.inputs}`) moveTo({ inputs: ran.current });
	}, [inputs]);
	const opened = useRef(false);
	useEffect(() => {
		if (!inputs || opened.current) return;
		opened.current = true; // its street began with the page: it goes to the instant of the address
		const ms = (instant ?? 0) - (model.update?.utc ?? 0);
		if (ms > 0) void ask("/jump", { ms });
	}, [inputs, instant]);
	const name = useModel(({ welcome }) => welcome?.name);
	useEffect(() => {
		document.documentElement.lang = language;
		const title = [name, "luminode", speech.say(`view.${view}`)];
		document.title = title.filter(Boolean).join(" · ");
	}, [language, view, speech, name]);
	useKeys({
		isTown: view === "town",
		onView: (next) => moveTo({ view: next }),
		onHelp: () => setHelp((is) => !is),
	});
	const showStreet = (url: string | undefined) => {
		if (url !== undefined && new URL(url).origin !== location.origin) location.assign(url);
		else {
			model.onChoice(""); // until its run sends its welcome
			moveTo({ view: "show", lamp: undefined, time: undefined });
		}
	};
	const choose = (chosen: number | undefined) => moveTo({ lamp: chosen, time: undefined });
	const chooseAt = (chosen: number | undefined, at: number | undefined) => {
		setExact(at);
		moveTo({
			view: "prove",
			lamp: chosen,
			time: at === undefined ? undefined : speech.time(at),
		});
	};
	const shownInstant = exact !== undefined && time === speech.time(exact) ? exact : instant;
	return (
		<SpeechProvider value={speech}>
			<button type="button" class="skip" onClick={skip}>
				{speech.say("skip")}
			</button>
			<RunBar
				view={view}
				onView={(next) => moveTo({ view: next })}
				onLanguage={(next) => moveTo({ language: next })}
				onHelp={() => setHelp(true)}
			/>
			<Notices
				wrong={wrong && speech.say(`wrong.${wrong.what}`, { word: wrong.word, lamps: lamps ?? "" })}
			/>
			{view !== "town" && name && <Named name={name} onTown={() => moveTo({ view: "town" })} />}
			{view === "show" && (
				<Show chosen={lamp} onChoose={choose} onGo={(next) => moveTo({ view: next })} />
			)}
			{view === "decide" && <Decide onShow={() => moveTo({ view: "show" })} />}
			{view === "prove" && <Prove chosen={lamp} instant={shownInstant} onChoose={chooseAt} />}
			{view === "town" && <TownView onShow={showStreet} />}
			{view === "break" && <Break chosen={lamp} onChoose={choose} onJump={chooseAt} />}
			{view !== "town" && <Footer />}
			{isHelp && (
				<Help
					onClose={() => setHelp(false)}
					onLamp={(chosen) => moveTo({ lamp: chosen, time: undefined })}
				/>
			)}
		</SpeechProvider>
	);
}

/** By a button: the address holds the state, not a place. */
function skip(): void {
	const content = document.getElementById("content");
	content?.setAttribute("tabindex", "-1");
	content?.focus();
}

interface NamedProps {
	readonly name: string;
	readonly onTown: () => void;
}

/** The name of the street, and the way back to its town. */
function Named({ name, onTown }: NamedProps): JSX.Element {
	const speech = useSpeech();
	const hasTown = useModel(({ welcome }) => welcome?.hasTown);
	return (
		<section class="named" aria-label={name}>
			<h2>{name}</h2>
			{hasTown && (
				<button type="button" onClick={onTown}>
					{speech.say("town.back")}
				</button>
			)}
		</section>
	);
}

/** Without the options of the address, of which one is wrong. */
function openAnew(): void {
	location.hash = "";
	location.reload();
}

/** What must be seen from everywhere: a lost simulator, the end of the run, a wrong address. */
function Notices({ wrong }: { readonly wrong: string | undefined }): JSX.Element {
	const speech = useSpeech();
	const isLost = useModel((all) => all.isLost);
	const ended = useModel((all) => all.ended);
	const lost = useModel((all) => all.lost);
	const hasBegun = useModel(({ welcome }) => welcome !== undefined);
	const starting = useModel(({ starting, welcome }) => {
		if (starting === undefined) return undefined;
		const named = welcome?.scenarios.find(({ name }) => name === starting);
		return named?.title[speech.language] ?? speech.say("scenario.own");
	});
	return (
		<div class="notices">
			{starting !== undefined && (
				<p role="status" class="over">
					{speech.say("scenario.start", { title: starting })}
				</p>
			)}
			{ended && !ended.next && ended.why !== null && !hasBegun && (
				<p role="alert" class="failed">
					{speech.say("cannotBegin", { why: ended.why })}{" "}
					<button type="button" class="small" onClick={openAnew}>
						{speech.say("leaveOut")}
					</button>
				</p>
			)}
			{ended && !ended.next && (ended.why === null || hasBegun) && (
				<p role="alert" class={ended.why === null ? "over" : "failed"}>
					{ended.why === null ? speech.say("ended") : speech.say("failed", { why: ended.why })}
				</p>
			)}
			{isLost && !ended && (
				<p role="alert" class="failed">
					{lost === undefined
						? speech.say("lostAtAll")
						: speech.say("lost", { time: speech.clock(lost) })}
				</p>
			)}
			{wrong && (
				<p role="alert" class="over">
					{wrong}
				</p>
			)}
		</div>
	);
}

function Footer(): JSX.Element {
	const speech = useSpeech();
	const welcome = useModel((all) => all.welcome);
	const sky = useModel(({ update }) =>
		update
			? `${update.sun.toFixed(1)} ${update.lux < 10 ? update.lux.toFixed(1) : Math.round(update.lux)}`
			: "",
	);
	if (!welcome) return <footer />;
	const { broker, consolePort, seed } = welcome;
	const [degrees, lux] = sky.split(" ").map(Number);
	const fill = { broker: broker ?? "", port: consolePort ?? "", seed };
	return (
		<footer>
			<p>{speech.say(broker && consolePort ? "where" : "whereSilent", fill)}</p>
			<About />
			{sky && (
				<p>
					{speech.say("sun", { degrees: speech.number(degrees!, 1) })} ·{" "}
					{speech.say("lux", { lux: speech.number(lux!, lux! < 10 ? 1 : 0) })}
				</p>
			)}
		</footer>
	);
}

interface KeyActs {
	/** Keys of the run are those of the night that the map plays. */
	readonly isTown: boolean;
	readonly onView: (view: View) => void;
	readonly onHelp: () => void;
}

function useKeys(given: KeyActs): void {
	const acts = useMemo(() => ({ ...given }), []);
	Object.assign(acts, given);
	useEffect(() => {
		const onKey = (event: KeyboardEvent) => {
			const { target, key } = event;
			if (event.ctrlKey || event.metaKey || event.altKey) return;
			const isField =
				target instanceof HTMLElement && target.closest("input, textarea, select, pre");
			if (isField && !(target instanceof HTMLInputElement && target.type === "radio")) return;
			const isButton = target instanceof HTMLElement && target.closest("button, a, summary");
			const speed = model.update?.speed;
			if (/^[1-5]$/.test(key)) acts.onView(VIEWS[Number(key) - 1]!);
			else if (key === "?" || key === "/") acts.onHelp();
			else if (acts.isTown) {
				if (key !== " " || isButton) return;
				town.playOrPause();
			} else if (key === " " && !isButton) void go(speed === 0 ? undefined : 0);
			else if (key === "." && speed === 0) void step();
			else if (key === "+" || key === "-") void go(nextSpeed(speed, key === "+" ? 1 : -1));
			else return;
			event.preventDefault();
		};
		addEventListener("keydown", onKey);
		return () => removeEventListener("keydown", onKey);
	}, [acts]);
}

function nextSpeed(speed: number | null | undefined, by: number): number | null {
	const at = SPEEDS.indexOf(speed as number | null);
	const most = SPEEDS.length - (model.welcome?.maxSpeedAllowed ? 1 : 2);
	return SPEEDS[Math.min(most, Math.max(0, (at < 0 ? 1 : at) + by))]!;
}

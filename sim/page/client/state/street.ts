/**
 * Street: the page's one state, its connection to the simulator, and hooks by which parts of the
 * page follow what they show.
 */
import { createContext } from "preact";
import { useContext, useEffect, useReducer, useRef } from "preact/hooks";
import type { LogEntry } from "../../../results/logentry.js";
import type { Ended, Update, Welcome } from "../../messages.js";
import type { Speech } from "../words.js";
import { Model } from "./model.js";

export const model = new Model();

/** Two updates, ms: updates under way when a speed was chosen must not revert the choice. */
const SETTLE = 250;
let choosing = 0;

/** Holds back the speed of updates while a choice is on its way. */
export async function whileChoosing(act: () => Promise<unknown>): Promise<void> {
	choosing++;
	await act();
	setTimeout(() => choosing--, SETTLE);
}

/** Opens the stream of updates; the browser joins again by itself. */
export function connect(): void {
	const events = new EventSource("/events");
	const on = <T>(name: string, act: (data: T) => void) =>
		events.addEventListener(name, (event) => act(JSON.parse((event as MessageEvent<string>).data)));
	on<Welcome>("welcome", (welcome) => model.onWelcome(welcome));
	on<Update>("update", (update) => {
		const speed = choosing > 0 && model.update ? model.update.speed : update.speed;
		model.onUpdate({ ...update, speed }, performance.now());
	});
	on<LogEntry[]>("log", (entries) => model.onLog(entries));
	on<Ended>("ended", (ended) => {
		model.ended = ended;
		model.changed();
	});
	events.addEventListener("error", () => {
		if (!model.ended?.next) {
			model.lost = model.update?.utc;
			model.isLost = true;
		}
		model.changed();
	});
}

/** A part of the state; the component is rendered again when it is another one. */
export function useModel<T>(select: (model: Model) => T): T {
	const [, again] = useReducer((n: number) => n + 1, 0);
	const chosen = useRef(select);
	chosen.current = select;
	const value = select(model);
	const shown = useRef(value);
	shown.current = value;
	useEffect(
		() =>
			model.subscribe(() => {
				if (!Object.is(chosen.current(model), shown.current)) again(0);
			}),
		[],
	);
	return value;
}

const SpeechContext = createContext<Speech | undefined>(undefined);
export const SpeechProvider = SpeechContext.Provider;

/** The texts in the chosen language. */
export function useSpeech(): Speech {
	return useContext(SpeechContext)!;
}

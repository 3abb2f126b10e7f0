/**
 * Street: the page's one state, its connection to the simulator, and hooks by which parts of the
 * page follow what they show.
 */
import { createContext } from "preact";
import { useContext, useEffect, useReducer, useRef } from "preact/hooks";
import type { Speech } from "../words.js";
import { Model } from "./model.js";
import { follow } from "./requests.js";

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

/** Joins the stream of updates. */
export function connect(): void {
	follow(
		"/events",
		{},
		{
			welcome: (welcome) => model.onWelcome(welcome),
			update(update) {
				const speed = choosing > 0 && model.update ? model.update.speed : update.speed;
				model.onUpdate({ ...update, speed }, performance.now());
			},
			log: (entries) => model.onLog(entries),
			ended(ended) {
				model.ended = ended;
				model.changed();
			},
			lost() {
				if (!model.ended?.next) {
					model.lost = model.update?.utc;
					model.isLost = true;
				}
				model.changed();
			},
		},
	);
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

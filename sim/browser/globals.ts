/** Globals of Node that the broker's libraries use; the bundle puts them in their place (sim/pack/bundle.ts). */
import { TURNS } from "./turns.js";

export { Buffer } from "node:buffer";

type Act<T extends unknown[]> = (...given: T) => void;

export const process = {
	env: {},
	nextTick: <T extends unknown[]>(act: Act<T>, ...given: T) => queueMicrotask(() => act(...given)),
	emitWarning: (text: string) => console.warn(text),
};

export const setImmediate = <T extends unknown[]>(act: Act<T>, ...given: T) =>
	TURNS.soon(() => act(...given));

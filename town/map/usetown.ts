/** Use town: the page's one town, and hooks by which parts of the view follow it. */
import { useEffect, useReducer, useRef } from "preact/hooks";
import { TownState } from "./townstate.js";

export const town = new TownState();

/** A part of the state; rendered again when it is another one. `isTimed`: with each frame too. */
export function useTown<T>(select: (state: TownState) => T, isTimed = false): T {
	const [, again] = useReducer((n: number) => n + 1, 0);
	const chosen = useRef(select);
	chosen.current = select;
	const value = select(town);
	const shown = useRef(value);
	shown.current = value;
	useEffect(() => {
		const look = () => {
			if (!Object.is(chosen.current(town), shown.current)) again(0);
		};
		const ends = [town.subscribe(look), ...(isTimed ? [town.onTime(look)] : [])];
		return () => {
			for (const end of ends) end();
		};
	}, [isTimed]);
	return value;
}

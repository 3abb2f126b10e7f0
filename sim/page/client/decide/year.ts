/** Year: a lamp's year with each option, as the server calculates it for the street of a run. */
import { useEffect, useState } from "preact/hooks";
import { savingOf } from "../../../../lib/lightingoptions/range.js";
import type { OptionYear, StreetYear } from "../../../../lib/lightingoptions/year.js";
import { read } from "../state/requests.js";
import { useModel } from "../state/street.js";
import type { Inputs } from "./inputs.js";

/** Parts of the view that show the same year and the same inputs. */
export interface Decided {
	readonly year: StreetYear;
	readonly inputs: Inputs;
}

interface YearState {
	readonly year: StreetYear | undefined;
	/** Why there is none; empty: it is being calculated, or the simulator is lost. */
	readonly why: string;
	readonly isLost: boolean;
}

const NOTHING: YearState = { year: undefined, why: "", isLost: false };

export function useYear(): YearState {
	const run = useModel(({ welcome }) => welcome);
	const [state, setState] = useState(NOTHING);
	useEffect(() => {
		if (!run) return undefined;
		let isOver = false;
		void read("/ways", {}).then((answer) => {
			if (isOver) return;
			if (!answer) setState((before) => ({ ...before, isLost: before.year === undefined }));
			else if ("options" in answer) setState({ year: answer, why: "", isLost: false });
			else setState({ year: undefined, why: answer.why, isLost: false });
		});
		return () => {
			isOver = true;
		};
	}, [run]);
	return state;
}

export const yearOf = ({ options }: StreetYear, wanted: string): OptionYear =>
	options.find(({ name }) => name === wanted)!;

/** Energy of a lamp and year that one option uses less than another. */
export function savingBetween(year: StreetYear, from: string, to: string) {
	return savingOf(yearOf(year, from).energy_kWh, yearOf(year, to).energy_kWh);
}

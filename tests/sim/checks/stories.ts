/** Stories: what a lamp and its world do, written by hand, and put to all checks. */
import { Zone } from "../../../lib/zone.js";
import { createChecks } from "../../../sim/checks/all.js";
import { type Configured, STREET_VALUES } from "../../../sim/checks/configured.js";
import { together, type Witness } from "../../../sim/street/witness.js";

export const SECOND = 1000;
/** A winter night, an hour after 22:00: the program asks 40 %. */
export const EPOCH = Date.UTC(2026, 10, 24, 22);
export const FULL = 4095;

export const STREET: Configured = {
	...STREET_VALUES,
	zone: Zone.of("Europe/Brussels")!,
	latitude: 50.645,
	longitude: 5.573,
};

export type Story = (
	witness: Required<Witness>,
	light: (at: number, level: number, lamp?: number) => void,
	/** The light moves from one level to another. */
	move: (at: number, level: number, to: number, until: number, lamp?: number) => void,
) => void;

export const dutyOf = (level: number) => Math.round((FULL * level) / 100);

/** Offences by check, of those that had any; and how often a check was tried. */
export function judge(
	story: Story,
	until: number,
	more: Partial<Configured> = {},
	lamps = 1,
	epoch = EPOCH,
) {
	const { checks, witnesses } = createChecks(lamps, { ...STREET, ...more }, epoch);
	const witness = together(witnesses);
	witness.onDaylight(0, 0);
	for (let lamp = 0; lamp < lamps; lamp += 1) {
		witness.onBoot(0, lamp, false);
		witness.onTime(5 * SECOND, lamp, 0);
		witness.onDuty(0, lamp, dutyOf(40), dutyOf(40), 0);
	}
	const line: Parameters<Story>[2] = (at, level, to, until, lamp = 0) =>
		witness.onDuty(at, lamp, dutyOf(level), dutyOf(to), until);
	const move: typeof line = (at, ...rest) => {
		witness.advance(at - 1); // a piece begins a window
		line(at, ...rest);
	};
	story(witness, (at, level, lamp) => line(at, level, level, at, lamp), move);
	witness.advance(until);
	return {
		offences: checks.filter(({ count }) => count > 0).map(({ name }) => name),
		tried: Object.fromEntries(checks.map(({ name, tried }) => [name, tried])),
	};
}

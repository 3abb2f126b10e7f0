/** Page town: the town of which the street is one, as its page uses it (town/townmessages.ts). Types only. */
import type { Fields } from "../../util/fields.js";

export interface PageTown {
	/** The page opens with it, and not with the street. */
	readonly isFirst: boolean;
	/** Compressed JSON. */
	readonly town: Uint8Array;
	readonly progress: object;
	night(option: string): Uint8Array | undefined;
	/** `begin`: of the run that serves the page. */
	attend(begin: (street: number) => void): void;
	/** Begins a street. @returns whether there is such a street */
	start(street: number): boolean;
	/** Tries a file; an answer for the page. */
	read(order: Fields): object | undefined;
	/** Opens a file in the place of this town. */
	open(order: Fields): object | undefined;
}

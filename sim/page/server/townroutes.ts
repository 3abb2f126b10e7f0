/**
 * Town routes: answers about the town that the page shows (town/townmessages.ts).
 *
 * GET `/town/town.json`, `/town/progress.json`, `/town/night/OPTION.json`; POST `/town/street`,
 * `/town/read`, `/town/start`. A file that is posted may be large; it is read in this process, which
 * answers nothing else for a second of each 20,000 lights.
 */
import type { ServerResponse } from "node:http";
import type { Fields } from "../../util/fields.js";
import { end, json } from "./responses.js";

/** Largest file that a page may post, bytes. */
export const FILE_MOST = 100_000_000;

/** The part of a town that the page uses. */
export interface PageTown {
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

/** Answers if the path is one of a town. */
export function getTown(town: PageTown, path: string, response: ServerResponse): boolean {
	const night = /^\/town\/night\/([a-z]{1,16})\.json$/.exec(path)?.[1];
	if (path === "/town/town.json") compressed(response, town.town);
	else if (path === "/town/progress.json") json(response, town.progress);
	else if (night !== undefined) {
		const body = town.night(night);
		if (body) compressed(response, body);
		else end(response, 404);
	} else return false;
	return true;
}

/** By path; the fields are those of the posted JSON. */
export const POSTS: Readonly<
	Record<string, (town: PageTown, fields: Fields, response: ServerResponse) => void>
> = {
	"/town/street": (town, { street }, response) => {
		const isKnown = typeof street === "number" && town.start(street);
		if (isKnown) json(response, { url: "/" });
		else end(response, 400);
	},
	"/town/read": (town, fields, response) => answer(town.read(fields), response),
	"/town/start": (town, fields, response) => answer(town.open(fields), response),
};

function answer(body: object | undefined, response: ServerResponse): void {
	if (body) json(response, body);
	else end(response, 400);
}

/** Every browser takes gzip (RFC 9110, 8.4.1.3). */
function compressed(response: ServerResponse, body: Uint8Array): void {
	const headers = { "Content-Type": "application/json", "Content-Encoding": "gzip" };
	response.writeHead(200, headers).end(body);
}

/**
 * Presence: the state of the place, by edges of the PIR and by time, and what the sensors ask for.
 *
 * Follows docs/light.md, "Presence" ("The state of the place", "Other requests of sensors").
 */
import type { Levels } from "./levels.js";

export interface Place {
	state: "settling" | "settlingMoving" | "vacant" | "arriving" | "moving" | "holding" | "lingering";
	/** Until when the state holds by time; Infinity: until an edge. */
	until: number;
}

/** The spans that are in force when a state begins, ms. */
export interface Spans {
	readonly hold: number;
	readonly linger: number;
	readonly clearToBusy: number;
}

export function settle(place: Place, until: number): void {
	place.state = "settling";
	place.until = until;
}

export function vacate(place: Place): void {
	place.state = "vacant";
	place.until = Infinity;
}

function move(place: Place): void {
	place.state = "moving";
	place.until = Infinity;
}

function beginHold(place: Place, now: number, spans: Spans): void {
	place.state = "holding";
	place.until = now + spans.hold;
	if (spans.hold === 0) endHold(place, now, spans);
}

/** The linger counts from the end of the hold, also in a late turn. */
function endHold(place: Place, now: number, spans: Spans): void {
	place.state = "lingering";
	place.until += spans.linger;
	if (place.until <= now) vacate(place);
}

export function hearMovement(place: Place, now: number, spans: Spans): void {
	const isDue = now >= place.until;
	switch (place.state) {
		case "settling":
			if (isDue) move(place);
			else place.state = "settlingMoving";
			return;
		case "settlingMoving":
		case "arriving":
			if (isDue) move(place);
			return;
		case "vacant":
			if (spans.clearToBusy === 0) {
				move(place);
			} else {
				place.state = "arriving";
				place.until = now + spans.clearToBusy;
			}
			return;
		case "moving":
			return;
		case "holding":
		case "lingering":
			move(place);
			return;
	}
}

export function hearStillness(place: Place, now: number, spans: Spans): void {
	const isDue = now >= place.until;
	switch (place.state) {
		case "settling":
		case "lingering":
			if (isDue) vacate(place);
			return;
		case "settlingMoving":
			if (isDue) beginHold(place, now, spans);
			else place.state = "settling";
			return;
		case "vacant":
			return;
		case "arriving":
			if (isDue) beginHold(place, now, spans);
			else vacate(place);
			return;
		case "moving":
			beginHold(place, now, spans);
			return;
		case "holding":
			if (isDue) endHold(place, now, spans);
			return;
	}
}

/** The state's instant has come, perhaps. */
export function passTime(place: Place, now: number, spans: Spans): void {
	if (now < place.until) return;
	switch (place.state) {
		case "settling":
		case "lingering":
			vacate(place);
			return;
		case "settlingMoving":
		case "arriving":
			move(place);
			return;
		case "holding":
			endHold(place, now, spans);
			return;
	}
}

/** The word of the host's indicator. */
export function shownPresence(place: Place): string {
	switch (place.state) {
		case "settling":
		case "settlingMoving":
			return "settling";
		case "moving":
			return "moving";
		case "holding":
			return "holding";
		default:
			return "vacant";
	}
}

export interface SensorRequest {
	readonly level: number;
	readonly source: "presence" | "lowerSensor" | "linger" | "neighbours" | "doubt" | "blocked";
}

/** `presence`: the presence level under the point in force. */
export function sensorRequest(
	place: Place,
	levels: Levels,
	presence: number,
	sensors: {
		readonly hasEffect: boolean;
		readonly isDoubted: boolean;
		readonly isBlocked: boolean;
		readonly isComing: boolean;
		readonly isLowerAlone: boolean;
	},
): SensorRequest | undefined {
	if (!sensors.hasEffect) return undefined;
	const surest = Math.max(presence, levels.presence, levels.full);
	if (sensors.isDoubted) return { level: surest, source: "doubt" };
	if (sensors.isBlocked) return { level: surest, source: "blocked" };
	const own = placeRequest(place, levels, presence, sensors.isLowerAlone);
	if (!sensors.isComing) return own;
	const neighbours = Math.min(presence, levels.neighbour);
	if (own !== undefined && own.level >= neighbours) return own;
	return { level: neighbours, source: "neighbours" };
}

function placeRequest(
	place: Place,
	levels: Levels,
	presence: number,
	isLowerAlone: boolean,
): SensorRequest | undefined {
	switch (place.state) {
		case "settling":
		case "settlingMoving":
		case "moving":
		case "holding":
			return { level: presence, source: isLowerAlone ? "lowerSensor" : "presence" };
		case "lingering":
			return { level: Math.min(presence, levels.linger), source: "linger" };
		default:
			return undefined;
	}
}

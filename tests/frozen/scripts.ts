/** Scripts: what comes to a lamp in several cases; minutes from the script's own beginning. */
import { datagramOf } from "../support/neighbour.js";
import type { Pole } from "./pole.js";
import { HEADER } from "./signed.js";

export const HOUR = 60;
const OWN = "luminode/1/liege/pole-1";

/** The sky, the time servers and people, each `every` minutes for 40 s; 0: nobody. */
export function world(pole: Pole, until: number, every = 50): void {
	for (let minute = 10; minute < until; minute += 10) pole.at(minute, () => pole.look());
	for (let hour = 1; hour * HOUR < until; hour += 1) pole.at(hour * HOUR, () => pole.answerTime());
	if (every === 0) return;
	for (let minute = every; minute < until; minute += every) {
		pole.at(minute, () => pole.move(true));
		pole.at(minute + 40 / 60, () => pole.move(false));
	}
}

export const iso = (pole: Pole, minutes: number) =>
	new Date(pole.now + minutes * 60_000).toISOString();
export const desired = (
	pole: Pole,
	section: string,
	revision: number,
	count: number,
	settings: object,
) =>
	pole.broker.publish(
		`${OWN}/settings/desired/${section}`,
		JSON.stringify({ revision, count, settings }),
		true,
	);
/** An order, which ends `lasts` minutes later if that is given. */
export function orderAt(
	pole: Pole,
	minute: number,
	order: object,
	lasts?: number,
	to?: string,
): void {
	const end = () => (lasts === undefined ? {} : { expiration: iso(pole, lasts) });
	pole.at(minute, () => pole.order({ ...order, ...end() }, to));
}

/** An evening from 15:00 UTC in which nothing else happens. */
export const evening = (pole: Pole) => world(pole, 6 * HOUR);

/** The same without an answer of a time server. */
export function eveningWithoutClock(pole: Pole): void {
	pole.hasClock = false;
	evening(pole);
}

/** Three hours, in which a restart ends the life. */
export function untilRestart(pole: Pole): void {
	pole.staysDown = true;
	world(pole, 3 * HOUR);
}

/** A night from 15:00 UTC whose broker is away from 19:00 on. */
export function withoutBroker(pole: Pole): void {
	world(pole, 13 * HOUR, 25);
	pole.at(4 * HOUR, () => pole.loseBroker());
}

/** An image is offered, taken by day and activated. */
export function offered(pole: Pole): void {
	pole.staysDown = true;
	world(pole, 22 * HOUR);
	pole.at(60, () => {
		const url = "http://images.example:8080/a.bin";
		const offer = { id: "u-1", url, header: HEADER, notBefore: iso(pole, 19 * HOUR), spread: 0 };
		pole.broker.publish(`${OWN}/update`, JSON.stringify(offer), true);
	});
}

/** So many nights of a feeder, from dusk on, and half of the next. */
export function fed(pole: Pole, nights: number): void {
	world(pole, (nights + 1) * 24 * HOUR);
	for (let night = 0; night < nights; night += 1) {
		const dusk = night * 24 * HOUR + 40 + night;
		pole.at(dusk + 15 * HOUR - 2 * night, () => pole.cut());
		const next = dusk + 24 * HOUR + 1;
		pole.at(next - 1, () => pole.begin({ cause: "powerOn", away: next }));
	}
}

export function forged(index: number): Buffer {
	const bytes = datagramOf({ pole: 9, counter: 100 + index });
	bytes[35]! ^= 1;
	return bytes;
}

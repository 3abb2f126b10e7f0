/**
 * Causes: the events of the world without which no lamp may report a fault (docs/broker.md,
 * event; docs/sensing.md, Unreliable sensors).
 */
import { DAY, HOUR } from "../../lib/spans.js";

/** The facts of the world about one lamp at an instant. */
export interface Past {
	/** One of these faults is on at the lamp, or was until `within` ms ago. */
	hadFault(names: RegExp, within: number): boolean;
	/** Its PIR need not be trusted, or moved so often that it seems unreliable. */
	readonly isPirDoubtful: boolean;
	/** A time server's answer was wrong in this run. */
	readonly wasLiedTo: boolean;
	/** The longest time without an answer of one, of those that are not over for long, ms. */
	readonly unanswered: number;
	readonly isSwitched: boolean;
	/** Power came back in this run; any restart did. */
	readonly wasCut: boolean;
	readonly wasRestarted: boolean;
	/** It was connected to the image server within the last hour. */
	readonly wasUpdating: boolean;
	/** Its link loses segments all the time. */
	readonly isLossy: boolean;
	/** The lamp's own light on its sensor is above its `onLevel`, and may hide a dusk. */
	readonly isDazzled: boolean;
}

const LIGHT =
	/^(bus|sensor|lux|foreign|dimmed|head|bill|lightn|facing|snow|cloud|fog|driver|dayB|lampD)/;
const BUS = /^(bus|driver)/;
const LINK = /^(network|broker|power|flash|feeder|clock|chanceStreams)/;
const STORE = /^(flash|chance(Store|Flash))/;

/** Whether an event that begins has a cause, by its type; absent: none is needed. */
export const CAUSES: Readonly<Record<string, (past: Past) => boolean>> = {
	presenceSensorFailure: (past) =>
		past.isPirDoubtful || past.hadFault(/^(pir|sensor|busShorted)/, DAY),
	lightSensorFailure: (past) => past.wasLiedTo || past.isDazzled || past.hadFault(LIGHT, 2 * DAY),
	driverFailure: (past) => past.hadFault(BUS, DAY),
	driverReset: (past) => past.hadFault(BUS, DAY),
	// the bytes of an identity may be those of two drivers
	driverReplaced: (past) => past.hadFault(/^driver(Two|Other)/, DAY),
	sensorReplaced: (past) => past.hadFault(/^sensorOther/, DAY),
	lampFailure: (past) => past.hadFault(LIGHT, DAY),
	dimmingFailure: (past) => past.hadFault(LIGHT, DAY),
	lampUnexpectedOn: (past) => past.hadFault(LIGHT, DAY),
	clockFailure: (past) => past.unanswered >= (past.isSwitched ? 3.9 * HOUR : 23.9 * HOUR),
	clockJump: (past) => past.wasLiedTo,
	clockConflict: (past) => past.wasLiedTo || past.hadFault(LIGHT, 4 * DAY),
	datagramsForged: (past) => past.hadFault(/^datagramForged/, HOUR),
	communicationFailure: (past) =>
		past.wasRestarted || past.wasUpdating || past.isLossy || past.hadFault(LINK, 3 * HOUR),
	storeFailure: (past) => past.hadFault(STORE, DAY),
	cyclingFailure: (past) => past.wasRestarted || past.hadFault(LIGHT, DAY),
	supplyLoss: (past) => past.wasCut,
	fault: (past) => past.hadFault(STORE, DAY),
};

/**
 * Bus: the DALI bus of a lamp (bus.c). A frame's answer is asked for each 5 ms while one is owed.
 *
 * While a frame is armed a timer of the event loop beats. Without a beat for 1.5 s the host sends that
 * frame: a fall that JavaScript does not finish ends lit. A crash restarts the controller; the driver
 * keeps its level meanwhile, and the boot sends the level before it.
 */
import type { Turn } from "host/turn";
import type { Bus, BusInputs } from "luminode/host";
import Timer from "timer";
import type { BusPins } from "./board";
import { idf } from "./machine";

const ASK_EVERY_ms = 5;
/** A third of the time after which a beat is missing. */
const BEAT_EVERY_ms = 500;
/** Of exchange.h. */
const PENDING = -4;

export interface PoleBus extends Bus {
	/** Sends a frame as soon as the bus rests, before any other, until it has left. */
	insist(frame: number): void;
}

export function openBus(turn: Turn, pins: BusPins): PoleBus {
	const { transmit, receive, transmitInverted, receiveInverted } = pins;
	const wire = idf(); // one for all calls
	wire.luminode_bus_open(transmit, receive, transmitInverted ? 1 : 0, receiveInverted ? 1 : 0);
	let asks: Timer | undefined;
	let beats: Timer | undefined;
	const ask = turn.guarded(() => {
		const answer = wire.luminode_bus_take();
		if (answer === PENDING) return;
		Timer.clear(asks);
		asks = undefined;
		turn.post("bus", (lamp, now) => (lamp as BusInputs).onBusAnswered(now, answer));
	});
	return {
		send(frame, twice) {
			const isAccepted = wire.luminode_bus_send(frame, twice ? 1 : 0) !== 0;
			if (isAccepted) asks ??= Timer.repeat(ask, ASK_EVERY_ms);
			return isAccepted;
		},
		arm(frame) {
			wire.luminode_bus_arm(frame);
			if (frame >= 0) beats ??= Timer.repeat(() => wire.luminode_bus_beat(), BEAT_EVERY_ms);
			else if (beats) {
				Timer.clear(beats);
				beats = undefined;
			}
		},
		insist: (frame) => wire.luminode_bus_insist(frame),
	};
}

/**
 * Witness: events for checks, trace and summary: the PWM and the world, nothing else.
 *
 * Instants are virtual ms. In each window the world's events come first, then the lamps', so the
 * two are a window apart at most; `advance` states that all events up to an instant have been
 * reported.
 */
import type { RoadUser } from "../world/roadusers.js";
import type { UserKind } from "../world/timetable.js";
import type { OrderSent } from "./network.js";

export interface Witness {
	/** The machine starts; `restarted`: it had power all the while, so its clock ran on. */
	onBoot?(at: number, lamp: number, restarted: boolean): void;
	/** The machine ended: its PWM pin is low. */
	onEnd?(at: number, lamp: number): void;
	/**
	 * The driver receives a new value: that of the PWM, or 0 while the relay is open. From `at` on it
	 * moves linearly from `duty` to `to`, reached at `until`; a written duty is held, `to` the same and
	 * `until` the instant itself. A fade has an event for each of its pieces and one at its end, so
	 * each extreme of the light is the `duty` of an event.
	 */
	onDuty?(at: number, lamp: number, duty: number, to: number, until: number): void;
	/** A road user entered the cone; `seen`: the PIR detects it (it misses one in a hundred). */
	onEnter?(at: number, lamp: number, seen: boolean, user: RoadUser): void;
	onLeave?(at: number, lamp: number, seen: boolean, user: RoadUser): void;
	/** An edge of the PIR, as the lamp receives it; `real`: a road user is in the cone. */
	onEdge?(at: number, lamp: number, moving: boolean, real: boolean): void;
	/** A reading of the light sensor, as the lamp receives it, lux. */
	onIlluminance?(at: number, lamp: number, lux: number): void;
	/** The daylight on the poles has a new value, lux. */
	onDaylight?(at: number, lux: number): void;
	/** A road user entered the street. */
	onArrival?(at: number, kind: UserKind): void;
	onOrder?(order: OrderSent): void;
	/** A PUBLISH of the lamp reached the broker; `suffix`: its topic behind the lamp's name. */
	onReport?(at: number, lamp: number, suffix: string, payload: Uint8Array): void;
	/** A fault of the world (sim/faults) begins or ends at that lamp. */
	onFault?(at: number, lamp: number, fault: string, on: boolean): void;
	/** A time server's answer reached the lamp, `error` ms from the truth. */
	onTime?(at: number, lamp: number, error: number): void;
	/** The radio of the lamp sent something. */
	onTransmission?(at: number, lamp: number): void;
	/** The lamp's connection to the image server opens or ends. */
	onConnection?(at: number, lamp: number, isOpen: boolean): void;
	/** All events up to `at` have been reported. */
	advance?(at: number): void;
	/** The run ends at `at`. */
	finish?(at: number): void;
}

/** Several witnesses as one; each receives only the events that it handles. */
export function together(witnesses: readonly Witness[]): Required<Witness> {
	const who = <K extends keyof Witness>(name: K) => witnesses.filter((witness) => witness[name]);
	const [boot, end, duty, enter] = [who("onBoot"), who("onEnd"), who("onDuty"), who("onEnter")];
	const [leave, edge, daylight] = [who("onLeave"), who("onEdge"), who("onDaylight")];
	const [order, advance, finish] = [who("onOrder"), who("advance"), who("finish")];
	const [fault, arrival] = [who("onFault"), who("onArrival")];
	const [time, transmission] = [who("onTime"), who("onTransmission")];
	const illuminance = who("onIlluminance");
	const [connection, report] = [who("onConnection"), who("onReport")];
	return {
		onBoot(at, lamp, restarted) {
			for (const witness of boot) witness.onBoot!(at, lamp, restarted);
		},
		onEnd(at, lamp) {
			for (const witness of end) witness.onEnd!(at, lamp);
		},
		onDuty(at, lamp, value, to, until) {
			for (const witness of duty) witness.onDuty!(at, lamp, value, to, until);
		},
		onEnter(at, lamp, seen, user) {
			for (const witness of enter) witness.onEnter!(at, lamp, seen, user);
		},
		onLeave(at, lamp, seen, user) {
			for (const witness of leave) witness.onLeave!(at, lamp, seen, user);
		},
		onEdge(at, lamp, moving, real) {
			for (const witness of edge) witness.onEdge!(at, lamp, moving, real);
		},
		onIlluminance(at, lamp, lux) {
			for (const witness of illuminance) witness.onIlluminance!(at, lamp, lux);
		},
		onDaylight(at, lux) {
			for (const witness of daylight) witness.onDaylight!(at, lux);
		},
		onArrival(at, kind) {
			for (const witness of arrival) witness.onArrival!(at, kind);
		},
		onOrder(sent) {
			for (const witness of order) witness.onOrder!(sent);
		},
		onFault(at, lamp, name, on) {
			for (const witness of fault) witness.onFault!(at, lamp, name, on);
		},
		onTime(at, lamp, error) {
			for (const witness of time) witness.onTime!(at, lamp, error);
		},
		onTransmission(at, lamp) {
			for (const witness of transmission) witness.onTransmission!(at, lamp);
		},
		onReport(at, lamp, suffix, payload) {
			for (const witness of report) witness.onReport!(at, lamp, suffix, payload);
		},
		onConnection(at, lamp, isOpen) {
			for (const witness of connection) witness.onConnection!(at, lamp, isOpen);
		},
		advance(at) {
			for (const witness of advance) witness.advance!(at);
		},
		finish(at) {
			for (const witness of finish) witness.finish!(at);
		},
	};
}

/**
 * Rig: the esp32 host on the misbehaving controller, with a lamp that records its inputs.
 */
import "./sdk/globals.js";
import { board as devkit } from "host/pins";
import type { Board } from "../../../hosts/esp32/board.js";
import { fullOf, openDimmer } from "../../../hosts/esp32/dimmer.js";
import { powerCause, workOn } from "../../../hosts/esp32/machine.js";
import { Esp32Host } from "../../../hosts/esp32/pole.js";
import { Turn } from "../../../hosts/moddable/turn.js";
import type { Inputs } from "../../../src/host.js";
import type { Duty } from "../../../src/units.js";
import { Controller, power } from "./controller.js";

/** Inputs as words: `movement`, `illuminance 12`, `streamClosed 0 tlsRefused`, `fault ...`. */
export class Witness implements Inputs {
	readonly inputs: string[] = [];
	ticks = 0;
	/** Thrown by the next input named so. */
	breaks = "";
	private note(...parts: unknown[]): void {
		this.inputs.push(parts.join(" "));
		if (parts[0] === this.breaks) throw new Error(`no ${parts[0]}`);
	}
	tick = (): void => {
		this.ticks += 1;
	};
	onMovement = (): void => this.note("movement");
	onStillness = (): void => this.note("stillness");
	onIlluminance = (_now: number, lux: number): void => this.note("illuminance", lux);
	onTemperature = (_now: number, celsius: number): void => this.note("temperature", celsius);
	onTime = (_now: number, utc: number): void => this.note("time", utc);
	onNetwork = (_now: number, up: boolean, why?: string): void =>
		this.note("network", up, ...(why === undefined ? [] : [why]));
	onStreamReached = (_now: number, id: number): void => this.note("streamReached", id);
	onStreamOpen = (_now: number, id: number): void => this.note("streamOpen", id);
	onStreamReadable = (_now: number, id: number, count: number): void =>
		this.note("streamReadable", id, count);
	onStreamWritable = (_now: number, id: number): void => this.note("streamWritable", id);
	onStreamClosed = (_now: number, id: number, end: string): void =>
		this.note("streamClosed", id, end);
	onSerialReadable = (_now: number, count: number): void => this.note("serialReadable", count);
	onSerialWritable = (): void => this.note("serialWritable");
	onDatagram = (): void => this.note("datagram");
	onFault = (_now: number, error: unknown): void => this.note("fault", String(error));
}

export interface Rig {
	readonly controller: Controller;
	readonly turn: Turn;
	readonly pole: Esp32Host;
	readonly lamp: Witness;
	/** Inputs since the last call. */
	received(): string[];
}

/** A controller that has power, as `main.ts` starts it. */
export function rigOf(
	prepare: (controller: Controller) => void = () => {},
	board: Board = devkit,
	wifi: readonly [name: string, password: string] = ["city", ""],
): Rig {
	const controller = new Controller();
	power.on = controller;
	prepare(controller);
	const dimmer = openDimmer(board.lamp);
	const turn = new Turn({
		lightUp: () => dimmer.write(fullOf(board.lamp) as Duty),
		restart: () => void controller.restarts.push("rescue"),
		at: (input) => workOn(input, "input"),
	});
	const pole = new Esp32Host(turn, board, powerCause(), dimmer);
	pole.network.useWifi(...wifi);
	const lamp = new Witness();
	turn.begin(lamp);
	pole.listen();
	return { controller, turn, pole, lamp, received: () => lamp.inputs.splice(0) };
}

/** A rig whose network is up; its questions for the time are forgotten. */
export function online(prepare?: (controller: Controller) => void): Rig {
	const rig = rigOf((controller) => {
		prepare?.(controller);
	});
	rig.controller.change(500);
	rig.controller.pass(1000); // sensors have measured
	rig.controller.lookups.length = 0;
	rig.received();
	return rig;
}

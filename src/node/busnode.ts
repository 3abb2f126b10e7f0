/**
 * Bus node: a lamp whose driver is on a bus (DALI) in place of a PWM pin.
 *
 * Only the entry of a board with a bus imports it, so that no other image holds a byte of it. Levels
 * leave while the light path runs; all else on the bus follows the turn.
 */
import { BusDimmer } from "../dali/dimmer.js";
import type { BusInputs, Host } from "../host.js";
import { Node } from "../node.js";
import type { Settings } from "../settings/table.js";
import type { Lux, Millis } from "../units.js";
import { Gear } from "./gear.js";
import { LowerSocket } from "./lowersocket.js";

export { BusDimmer };

export class BusNode extends Node implements BusInputs {
	override readonly gear: Gear;
	private readonly dimmer: BusDimmer;
	private readonly lowerSocket: LowerSocket;

	/** `dimmer`: also the host's. */
	constructor(host: Host, dimmer: BusDimmer) {
		super(host);
		this.dimmer = dimmer;
		this.lowerSocket = new LowerSocket(this, dimmer);
		this.gear = new Gear(this, dimmer, this.lowerSocket);
		this.lowerSocket.configure();
	}

	override onMovement(now: Millis): void {
		this.lowerSocket.onPin(true, now);
	}

	override onStillness(now: Millis): void {
		this.lowerSocket.onPin(false, now);
	}

	override onIlluminance(now: Millis, lux: Lux): void {
		this.lowerSocket.onPinLux(lux, now);
	}

	/** An edge of all movement sensors together. */
	sense(isMoving: boolean, now: Millis): void {
		if (isMoving) super.onMovement(now);
		else super.onStillness(now);
	}

	/** The lowest illuminance of all light sensors. */
	see(lux: Lux, now: Millis): void {
		super.onIlluminance(now, lux);
	}

	override tick(now: Millis): void {
		super.tick(now);
		const { dimmer } = this;
		dimmer.tick(now);
		this.host.alarm(Math.min(this.alarmAt, this.backgroundAt, dimmer.dueAfter(now)));
	}

	override configure(settings: Settings, now: Millis): void {
		super.configure(settings, now);
		this.gear.configure();
		this.lowerSocket.configure();
	}

	onBusAnswered(now: Millis, answer: number): void {
		this.now = now;
		this.dimmer.answered(answer, now);
		this.gear.answered(now);
	}
}

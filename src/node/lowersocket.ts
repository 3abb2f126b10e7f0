/**
 * Lower socket: the sensor there, beside the sensors of this controller or in place of them (setting
 * `lowerSensor`): movement of either is movement, and of two illuminances the lower one counts.
 *
 * A sensor that is lost, or one of two that has missed what the other saw LIMIT times in a row, is a
 * doubt as of a PIR (sensors/sensorhealth.ts): the lamp is lit as if somebody were there.
 */
import { type BlockBytes, identityOf } from "../dali/banks.js";
import type { BusDimmer } from "../dali/dimmer.js";
import { InputDevice, type InputOwner } from "../dali/inputdevice.js";
import type { Store } from "../host.js";
import type { LampEvent } from "../journal/events.js";
import { decimal } from "../link/writer.js";
import { SENSOR_KEY } from "../storekeys.js";
import type { Lux, Millis } from "../units.js";
import type { SensorHealth } from "./sensors/sensorhealth.js";

interface LowerSocketOwner {
	readonly store: Pick<Store, "read" | "write">;
	readonly now: Millis;
	readonly settings: { readonly lowerSensor: string; readonly lowerSensorLux: number };
	readonly light: { nameMovement(isLower: boolean): void };
	readonly sensorHealth: Pick<SensorHealth, "doubtLower" | "pir">;
	/** Movement of all sensors, or the lowest illuminance. */
	sense(isMoving: boolean, now: Millis): void;
	see(lux: Lux, now: Millis): void;
	requestDecision(): void;
	emit(event: LampEvent, now: Millis): void;
}

/** Movements in a row that one of two sensors has missed; both look at the same place. */
const LIMIT = 20;
/** The other one may see the same road user so much earlier or later; a group counts as one. */
const TOGETHER: Millis = 30_000;
/** Dead band of a light sensor: half a lux, a tenth above 5 lx. */
const DEAD_BAND = 0.5;
const DEAD_SHARE = 0.1;

/** One of the two movement sensors. */
class Eye {
	isMoving = false;
	/** Movements of the other one in a row that it did not see. */
	missed = 0;
	private movedAt: Millis = -Infinity;
	private aloneAt: Millis = 0; // its last movement, of which the other one's next movement tells

	/** It sees a movement, which shows whether the `other` one saw the one before. */
	see(other: Eye, now: Millis): void {
		this.movedAt = now;
		this.missed = 0;
		if (now - this.aloneAt <= TOGETHER) return;
		if (this.aloneAt > 0) other.miss(this.aloneAt - TOGETHER);
		this.aloneAt = now;
	}

	/** The other one saw a movement; this one did not if it has not moved since. */
	private miss(since: Millis): void {
		if (!this.isMoving && this.movedAt < since) this.missed += 1;
	}
}

export class LowerSocket implements InputOwner {
	private device: InputDevice | undefined;
	private readonly pin = new Eye();
	private readonly lower = new Eye();
	private isMoving = false;
	private isLower = false; // the movement is that of the lower sensor alone
	private pinLux = Number.NaN;
	private lowerLux = Number.NaN;
	private isFound = true;
	private identity: string | undefined;
	private doubtful: string | undefined; // another identity, read once

	constructor(
		private readonly lamp: LowerSocketOwner,
		private readonly dimmer: BusDimmer,
	) {
		this.identity = lamp.store.read(SENSOR_KEY);
		const { lower } = lamp.sensorHealth.pir; // of the life before
		this.isFound = lower !== "lost";
		if (lower === "disagreement") this.pin.missed = this.lower.missed = LIMIT;
		if (this.mode === "none") lamp.sensorHealth.doubtLower(undefined, lamp.now);
	}

	/** The setting may be another one. */
	configure(): void {
		const { lamp, dimmer } = this;
		const isFitted = this.mode !== "none";
		if (isFitted === (this.device !== undefined)) return;
		const { speakers } = dimmer;
		if (isFitted) {
			this.device = dimmer.sensor = new InputDevice(this, !this.isFound, lamp.now);
			speakers.splice(1, 0, this.device); // behind the level
			return;
		}
		speakers.splice(1, 1);
		this.device = dimmer.sensor = undefined;
		this.lower.isMoving = false;
		this.lowerLux = Number.NaN;
		this.isFound = true;
		lamp.sensorHealth.doubtLower(undefined, lamp.now);
		this.merge(lamp.now);
	}

	private get mode(): string {
		return this.lamp.settings.lowerSensor;
	}

	/** An edge of the PIR. */
	onPin(isMoving: boolean, now: Millis): void {
		this.pin.isMoving = isMoving;
		if (isMoving) this.compare(this.pin, this.lower, now);
		this.merge(now);
	}

	onPinLux(lux: Lux, now: Millis): void {
		this.pinLux = lux;
		if (this.mode !== "instead") this.lamp.see(this.darker(lux), now);
	}

	onSensed(isMoving: boolean, now: Millis): void {
		if (isMoving === this.lower.isMoving) return;
		this.lower.isMoving = isMoving;
		if (isMoving) this.compare(this.lower, this.pin, now);
		this.merge(now);
	}

	onShare(share: number, now: Millis): void {
		const { lowerSensorLux } = this.lamp.settings;
		const lux = (share * lowerSensorLux) as Lux;
		const before = this.lowerLux;
		if (lowerSensorLux === 0) return;
		if (Math.abs(lux - before) <= Math.max(DEAD_BAND, DEAD_SHARE * before)) return;
		this.lowerLux = lux;
		this.lamp.see(this.darker(lux), now);
	}

	onFound(isFound: boolean, now: Millis): void {
		this.isFound = isFound;
		if (!isFound) {
			this.lower.isMoving = false;
			this.lowerLux = Number.NaN;
			this.merge(now);
			if (this.pinLux >= 0) this.onPinLux(this.pinLux as Lux, now);
		}
		this.judge(now);
	}

	/** The sensor is the known one, or another one, or its identity cannot be read. */
	onIdentity(bytes: BlockBytes, now: Millis): void {
		const { lamp, identity: before, doubtful } = this;
		const sensor = identityOf(bytes);
		this.doubtful = undefined;
		if (sensor === undefined || sensor === before) return;
		if (sensor !== doubtful) {
			this.doubtful = sensor; // a byte may have been lost
			this.device?.begin(now);
			return;
		}
		this.identity = sensor;
		lamp.store.write(SENSOR_KEY, sensor);
		this.device?.renew(now);
		if (before !== undefined)
			lamp.emit({ type: "sensorReplaced", attributes: { sensor, before } }, now);
	}

	/** What is known of it, as members of a JSON object; undefined: none is fitted. */
	members(): string | undefined {
		if (!this.device) return undefined;
		const { identity, lowerLux } = this;
		let text = `"isLost":${!this.isFound}`;
		if (identity) text += `,"identity":"${identity}"`;
		return lowerLux >= 0 ? `${text},"illuminance_lx":${decimal(lowerLux, 1)}` : text;
	}

	/** The lower of two illuminances, which leads to light; `lux` is one of them. */
	private darker(lux: Lux): Lux {
		const other = this.mode === "instead" ? this.lowerLux : Math.min(this.pinLux, this.lowerLux);
		return (other >= 0 ? other : lux) as Lux;
	}

	/** Movement of either is movement; of the lower sensor alone it has a name of its own. */
	private merge(now: Millis): void {
		const { pin, lower, lamp, mode } = this;
		const byPin = pin.isMoving && mode !== "instead";
		const isMoving = byPin || lower.isMoving;
		const isLower = isMoving ? !byPin && (!this.isMoving || this.isLower) : this.isLower;
		if (isLower !== this.isLower) {
			this.isLower = isLower;
			lamp.light.nameMovement(isLower);
			lamp.requestDecision();
		}
		if (isMoving === this.isMoving) return;
		this.isMoving = isMoving;
		lamp.sense(isMoving, now);
	}

	private compare(seer: Eye, other: Eye, now: Millis): void {
		if (this.mode !== "beside") return;
		seer.see(other, now);
		this.judge(now);
	}

	private judge(now: Millis): void {
		const isMissed = this.pin.missed >= LIMIT || this.lower.missed >= LIMIT;
		this.lamp.sensorHealth.doubtLower(
			this.isFound ? (isMissed ? "disagreement" : undefined) : "lost",
			now,
		);
	}
}

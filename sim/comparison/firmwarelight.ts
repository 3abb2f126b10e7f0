/**
 * Firmware light: what one observed lamp shows at its doors, read from its effects.
 */
import { Carrier, POINT, pathOf } from "../../hosts/moddable/carrier.js";
import { EFFECT, type EffectKind } from "../../hosts/virtual/protocol.js";
import { PRESENCE, REASON } from "../../src/indication.js";

export class FirmwareLight {
	/** Undefined: the firmware has not said it in this life. */
	presence: string | undefined;
	reason: string | undefined;
	level = 0;
	isRelayClosed = true;
	/** When the fade under way ends, on the clock of the street; 0: none has begun. */
	fadeEndsAt = 0;
	#carrier = new Carrier();

	constructor() {
		this.end(0);
	}

	/** The life has ended: the PWM is low, the relay's contact closes. */
	end(at: number): void {
		this.#carrier.write(0, at);
		this.fadeEndsAt = 0;
		this.isRelayClosed = true;
		this.presence = this.reason = undefined;
	}

	onEffect(kind: EffectKind, at: number, value: number, bytes: Uint8Array): void {
		if (kind === EFFECT.duty) {
			this.#reach(at).write(value, at);
			this.fadeEndsAt = 0;
		} else if (kind === EFFECT.fade) {
			const path = pathOf(bytes);
			const carrier = this.#reach(at);
			if (path.length > 0) carrier.fade(path, path.length / POINT, at);
			else carrier.stop(at);
			this.fadeEndsAt = path.length > 0 ? at + path[path.length - POINT]! : 0;
		} else if (kind === EFFECT.relay) {
			this.isRelayClosed = value !== 0;
		} else if (kind === EFFECT.indicate) {
			const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
			const number = (index: number) => view.getFloat32(index * 4, true);
			this.presence = PRESENCE[number(0)];
			this.reason = REASON[number(2)];
			this.level = number(3);
		}
	}

	/** Duty of the PWM; `at` never falls. */
	dutyAt(at: number): number {
		return this.#reach(at).dutyAt(at);
	}

	/** A copy, for another future. */
	copy(): FirmwareLight {
		const copy = new FirmwareLight();
		const { presence, reason, level, isRelayClosed, fadeEndsAt } = this;
		Object.assign(copy, { presence, reason, level, isRelayClosed, fadeEndsAt });
		copy.#carrier = this.#carrier.copy();
		return copy;
	}

	#reach(at: number): Carrier {
		while (this.#carrier.nextAt <= at) this.#carrier.advance();
		return this.#carrier;
	}
}

/** Rig: one driver on a bus, and a master that sends frames and waits for the answers. */
import { random } from "../../../../lib/random.js";
import { Bus } from "../../../../sim/world/driver/bus.js";
import { FIRST_LIGHT, Gear, type GearOptions } from "../../../../sim/world/driver/gear.js";
import { identityOf } from "../../../../sim/world/driver/identity.js";

export const SEED = 62_386;
export const PHYSICAL_MINIMUM = 85;

export function gearOf(seed = SEED, options: Partial<GearOptions> = {}): Gear {
	const contents = identityOf(random(seed, "identity"));
	return new Gear({ physicalMinimum: PHYSICAL_MINIMUM, contents, ...options });
}

export class Rig {
	now = 0;
	readonly gear: Gear;
	readonly bus = new Bus(random(SEED, "bus"));

	constructor(options: Partial<GearOptions> = {}) {
		this.gear = gearOf(SEED, options);
		this.bus.add(this.gear);
		this.bus.power(-FIRST_LIGHT, true); // lit from 0 on
	}

	/** Sends a frame and waits for its answer. */
	send(frame: number, twice = false): number {
		const sent = this.bus.send(this.now, frame, twice);
		const { at, answer } = this.bus.receive(sent.at);
		this.now = at;
		return answer;
	}

	/** Frames in hexadecimal: `a3 05`, `ff 2e x2`. The answers. */
	run(...frames: string[]): number[] {
		return frames.map((text) => {
			const [address, data, twice] = text.split(" ");
			return this.send(Number.parseInt(`${address}${data}`, 16), twice === "x2");
		});
	}

	wait(span: number): void {
		this.now += span;
	}

	/** Light in per cent. */
	get light(): number {
		return 100 * this.gear.lightAt(this.now);
	}

	/** Bytes of a memory bank from an address on. */
	read(bank: number, from: number, bytes: number): number[] {
		this.send(0xc300 | bank);
		this.send(0xa300 | from);
		return Array.from({ length: bytes }, () => this.send(0xffc5));
	}

	/** The number at an address. */
	value(bank: number, from: number, bytes: number): number {
		return this.read(bank, from, bytes).reduce((sum, byte) => sum * 256 + byte, 0);
	}

	/** Writes a byte of a memory bank; its answer. */
	write(bank: number, at: number, byte: number): number {
		this.send(0xc300 | bank);
		this.send(0xff81, true);
		this.send(0xa300 | at);
		return this.send(0xc700 | byte);
	}
}

/**
 * Gate: the checks of inputs before a machine is called.
 */
import { bytesOf } from "../../../lib/bytes.js";
import { STAGED_BYTES } from "../protocol.js";
import type { FleetOptions } from "./fleet.js";
import { MachineError } from "./fleet.js";

/** The longest value the store takes (STORE_VALUE_BYTES of machine/store.h). */
const VALUE_BYTES = 3900;

export class Gate {
	until = 0;

	constructor(private readonly options: FleetOptions) {}

	lamp(lamp: number): void {
		const { first, count } = this.options;
		if (!Number.isInteger(lamp) || lamp < first || lamp >= first + count)
			throw new MachineError("noSuchLamp", `lamp ${lamp}: ${first} to ${first + count - 1}`);
	}

	instant(at: number): void {
		if (Number.isNaN(at)) throw new MachineError("badArgument", "an instant is a number");
		if (at < this.until)
			throw new MachineError("pastInstant", `instant ${at} lies before ${this.until}`);
	}

	bytes(bytes: Uint8Array | undefined): void {
		if (bytes !== undefined && bytes.length > STAGED_BYTES)
			throw new MachineError("badArgument", `an input carries at most ${STAGED_BYTES} bytes`);
	}

	stored(key: string, value: string): void {
		if (!/^[\x20-\x7e]{1,15}$/.test(key))
			throw new MachineError("badArgument", `store key "${key}": 1-15 characters of ASCII`);
		if (bytesOf(value).length > VALUE_BYTES)
			throw new MachineError("badArgument", `store value: at most ${VALUE_BYTES} bytes`);
	}

	armed(bytes: number): void {
		if (!Number.isInteger(bytes) || bytes < 0)
			throw new MachineError("badArgument", `bytes before the cut: ${bytes}`);
	}
}

/** Refuses options from which no machine can be created, with the reason. */
export function checkOptions({ image, first, count }: FleetOptions): void {
	const isInteger = (value: number, least: number) => Number.isInteger(value) && value >= least;
	if (!isInteger(first, 0) || !isInteger(count, 1))
		throw new MachineError("badArgument", `lamps ${first} + ${count}`);
	const { chunkBytes, slots, stackSlots, keys } = image.creation;
	if (
		!isInteger(chunkBytes, 256) ||
		!isInteger(slots, 16) ||
		!isInteger(stackSlots, 64) ||
		!isInteger(keys, 0)
	)
		throw new MachineError("badArgument", `creation ${JSON.stringify(image.creation)}`);
	if (!(image.computronBudget >= 1 && image.computronBudget < 2 ** 32))
		throw new MachineError("badArgument", `computron budget ${image.computronBudget}`);
	if (!image.modules.some(({ specifier }) => specifier === image.main))
		throw new MachineError("imageBroken", `no module "${image.main}"`);
}

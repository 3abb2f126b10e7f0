/** Update: a slot of firmware; what is not whole is refused at the end. */
import { power } from "../controller.js";

/** Of a slot in partitions.csv. */
const SLOT_BYTES = 0x1e_0000;
/** ESP_ERR_OTA_ROLLBACK_INVALID_STATE: the slot is needed to go back to. */
const PENDING_VERIFY = 1;

export default {
	open: ({ byteLength }: { byteLength: number }) => {
		power.on.fail("update");
		if (byteLength > SLOT_BYTES) throw new RangeError("invalid byteLength");
		if (power.on.otaState === PENDING_VERIFY) throw new Error("begin failed");
		const written: number[] = [];
		power.on.image = written;
		return {
			write: (bytes: Uint8Array) => {
				power.on.fail("flash");
				written.push(...bytes);
			},
			complete: () => {
				if (written.length !== byteLength) throw new Error("end failed");
				power.on.images.push("activated");
			},
			close: () => void power.on.images.push("closed"),
		};
	},
};

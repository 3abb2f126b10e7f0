/** Update: a slot of firmware; what is not whole is refused at the end. */
import { power } from "../controller.js";

export default {
	open: ({ byteLength }: { byteLength: number }) => {
		power.on.fail("update");
		const written: number[] = [];
		power.on.image = written;
		return {
			write: (bytes: Uint8Array) => void written.push(...bytes),
			complete: () => {
				if (written.length !== byteLength) throw new Error("end failed");
				power.on.images.push("activated");
			},
			close: () => void power.on.images.push("closed"),
		};
	},
};

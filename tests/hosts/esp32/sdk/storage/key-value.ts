/** NVS: throws on a value of another type, on a full and on a worn partition. */
import { power } from "../../controller.js";

const MOST_KEY = 15;

function checked(key: string): string {
	if (key.length > MOST_KEY) throw new Error("ESP_ERR_NVS_KEY_TOO_LONG");
	if (power.on.nvsError) throw new Error(power.on.nvsError);
	return key;
}

export default {
	open: () => {
		power.on.order.push("nvs");
		return {
			read: (key: string) => {
				const value = power.on.nvs.get(checked(key));
				if (typeof value === "number") throw new TypeError("mismatch");
				return value;
			},
			write: (key: string, value: string) => void power.on.nvs.set(checked(key), value),
			delete: (key: string) => void power.on.nvs.delete(checked(key)),
		};
	},
};

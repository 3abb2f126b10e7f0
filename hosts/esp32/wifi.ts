/**
 * Wi-Fi: the name of the network and its password stand in the store alone, never in an image.
 */
import WiFi from "embedded:network/interface/wifi";
import { HAS_ADDRESS, type OpenInterface } from "./interface";

export const openInterface: OpenInterface = (store, onChanged) => {
	const wifi = new WiFi({ onChanged });
	return {
		isUp: () => wifi.connection >= HAS_ADDRESS,
		leave: () => wifi.disconnect(),
		join: () => {
			const SSID = store.read("wifi.ssid");
			const password = store.read("wifi.password");
			if (SSID === undefined) return false;
			wifi.connect(password === undefined ? { SSID } : { SSID, password });
			return true;
		},
	};
};

/**
 * Wi-Fi: connects with the name and password of the settings, which are stored in flash and never
 * in an image.
 */
import WiFi from "embedded:network/interface/wifi";
import { HAS_ADDRESS, type OpenInterface } from "./interface";

export const hasWifi = true;

export const openInterface: OpenInterface = (onChanged) => {
	const wifi = new WiFi({ onChanged });
	return {
		isUp: () => wifi.connection >= HAS_ADDRESS,
		leave: () => wifi.disconnect(),
		join: (SSID, password) => {
			if (SSID === "") return false;
			wifi.connect(password === "" ? { SSID } : { SSID, password });
			return true;
		},
	};
};

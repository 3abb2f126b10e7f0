/**
 * Wi-Fi: joined by the name and the password that the lamp tells. Both are settings: in flash they
 * stand among these alone, never in an image.
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

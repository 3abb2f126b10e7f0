/**
 * Wi-Fi: connects with the name and password of the settings, which are stored in flash and never
 * in an image.
 */
import WiFi from "embedded:network/interface/wifi";
import { board } from "host/pins";
import type { WifiRow } from "luminode/host";
import type { OpenInterface } from "./interface";
import { idf } from "./machine";

export const hasWifi = true;
/** More would not fit on a screen. */
const FOUND_MAX = 20;

export const openInterface: OpenInterface = (onChanged) => {
	const wifi = new WiFi({ onChanged });
	// RED, EN 300 328: of the place; an access point may announce another
	if (board.country) idf().esp_wifi_set_country_code(board.country, 0);
	return {
		get connection() {
			return wifi.connection;
		},
		leave: () => wifi.disconnect(),
		join: (SSID, password) => {
			if (SSID === "") return false;
			wifi.connect(password === "" ? { SSID } : { SSID, password });
			return true;
		},
		facts: () => ({
			address: wifi.address,
			mac: wifi.MAC,
			rssi: wifi.RSSI,
			channel: wifi.channel,
		}),
		scan: (onDone) => {
			const found: WifiRow[] = [];
			wifi.scan({
				onFound: ({ SSID: name, RSSI: rssi, channel }) => {
					if (found.length < FOUND_MAX) found.push({ name, rssi, channel });
				},
				onComplete: () => onDone(found),
			});
		},
	};
};

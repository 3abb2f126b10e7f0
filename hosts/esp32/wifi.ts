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

/**
 * WIFI_PS_NONE of ESP-IDF: the radio never sleeps. Its usual modem sleep makes a neighbour's message wait
 * for the access point's beacons, 100 to 1,000 ms (docs/carriers.md); it would save about 0.2 W.
 */
const NO_SLEEP = 0;

export const openInterface: OpenInterface = (onChanged) => {
	const wifi = new WiFi({ onChanged });
	// RED, EN 300 328: of the place; an access point may announce another
	if (board.country) idf().esp_wifi_set_country_code(board.country, 0);
	idf().esp_wifi_set_ps(NO_SLEEP);
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

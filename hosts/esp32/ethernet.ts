/**
 * Ethernet: the cable up the pole; which PHY and where stands in the board's manifest.
 *
 * Told to leave, the SDK forgets the address; told to connect, it asks for none where one was asked for
 * before, and waits for an answer that never comes. So leaving gives the address back and asks anew.
 */
import Ethernet from "embedded:network/interface/ethernet";
import { HAS_ADDRESS, type OpenInterface } from "./interface";
import { idf } from "./machine";

export const hasWifi = false;

export const openInterface: OpenInterface = (onChanged) => {
	idf().bootloader_random_enable(); // no radio runs here, and without a source chance can be foretold
	const ethernet = new Ethernet({ onChanged });
	return {
		isUp: () => ethernet.connection >= HAS_ADDRESS,
		leave: () => {
			ethernet.disconnect();
			askAnew();
		},
		join: () => {
			ethernet.connect();
			return true;
		},
	};
};

/** Of DHCP, which begins by itself when a cable is plugged in. */
function askAnew(): void {
	const cable = idf().esp_netif_get_handle_from_ifkey("ETH_DEF");
	idf().esp_netif_dhcpc_stop(cable);
	idf().esp_netif_dhcpc_start(cable);
}

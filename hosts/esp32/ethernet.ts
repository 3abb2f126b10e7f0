/**
 * Ethernet: the cable up the pole; PHY and pins are in the board's manifest.
 *
 * On leaving, the SDK discards the address; on connecting, it does not ask DHCP again if it asked
 * before, and waits for an answer that never comes. So leaving releases the address and asks again.
 */
import Ethernet from "embedded:network/interface/ethernet";
import type { OpenInterface } from "./interface";
import { idf } from "./machine";

export const hasWifi = false;

export const openInterface: OpenInterface = (onChanged) => {
	idf().bootloader_random_enable(); // no radio runs, and without it random numbers are predictable
	const ethernet = new Ethernet({ onChanged });
	return {
		get connection() {
			return ethernet.connection;
		},
		facts: () => ({ address: ethernet.address, mac: ethernet.MAC }),
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

/** By DHCP, which starts by itself when a cable is plugged in. */
function askAnew(): void {
	const cable = idf().esp_netif_get_handle_from_ifkey("ETH_DEF");
	idf().esp_netif_dhcpc_stop(cable);
	idf().esp_netif_dhcpc_start(cable);
}

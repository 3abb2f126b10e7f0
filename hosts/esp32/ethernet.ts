/**
 * Ethernet: the cable up the pole; which PHY and where stands in the board's manifest.
 */
import Ethernet from "embedded:network/interface/ethernet";
import { HAS_ADDRESS, type OpenInterface } from "./interface";

export const hasWifi = false;

export const openInterface: OpenInterface = (onChanged) => {
	const ethernet = new Ethernet({ onChanged });
	return {
		isUp: () => ethernet.connection >= HAS_ADDRESS,
		leave: () => ethernet.disconnect(),
		join: () => {
			ethernet.connect();
			return true;
		},
	};
};

/**
 * Interface: Wi-Fi or Ethernet, as the network sees them. Types only; the board's manifest chooses.
 */
import type { Store } from "luminode/host";

export interface NetworkInterface {
	/** It has an address. */
	isUp(): boolean;
	/** Asks to be let in; may throw. False where nothing is known to ask for. */
	join(): boolean;
	/** May throw, and tells nobody. */
	leave(): void;
}

export type OpenInterface = (store: Store, onChanged: () => void) => NetworkInterface;

/** ECMA-419: an interface with an IPv4 and a link-local IPv6 address. */
export const HAS_ADDRESS = 500;

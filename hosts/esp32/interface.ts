/**
 * Interface: Wi-Fi or Ethernet, as the network sees them. Types only; the board's manifest chooses.
 */
export interface NetworkInterface {
	/** It has an address. */
	isUp(): boolean;
	/** Asks to be let in; may throw. False where it takes the name of a Wi-Fi and there is none. */
	join(name: string, password: string): boolean;
	/** May throw, and tells nobody. */
	leave(): void;
}

export type OpenInterface = (onChanged: () => void) => NetworkInterface;

/** ECMA-419: an interface with an IPv4 and a link-local IPv6 address. */
export const HAS_ADDRESS = 500;

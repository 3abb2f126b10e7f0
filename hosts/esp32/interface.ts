/**
 * Interface: Wi-Fi or Ethernet, as network.ts uses them. Types only; the board's manifest chooses.
 */
export interface NetworkInterface {
	/** It has an address. */
	isUp(): boolean;
	/** Starts to connect; may throw. False if a Wi-Fi name is needed and there is none. */
	join(name: string, password: string): boolean;
	/** May throw; calls no callback. */
	leave(): void;
}

export type OpenInterface = (onChanged: () => void) => NetworkInterface;

/** ECMA-419: an interface with an IPv4 and a link-local IPv6 address. */
export const HAS_ADDRESS = 500;

/**
 * Interface: Wi-Fi or Ethernet, as network.ts uses them. Types only; the board's manifest chooses.
 */
import type { NetworkState, WifiRow } from "luminode/host";

export interface NetworkInterface {
	/** ECMA-419: from 200, not connected, to 500, with an address. */
	readonly connection: number;
	/** Starts to connect; may throw. False if a Wi-Fi name is needed and there is none. */
	join(name: string, password: string): boolean;
	/** May throw; calls no callback. */
	leave(): void;
	facts(): NetworkState;
	/** Looks for Wi-Fi networks; may throw. Absent on a cable. */
	scan?(onDone: (found: readonly WifiRow[]) => void): void;
}

export type OpenInterface = (onChanged: () => void) => NetworkInterface;

/** ECMA-419: an interface with an IPv4 and a link-local IPv6 address. */
export const HAS_ADDRESS = 500;
/** The same without an address; below it connects, or does not. */
export const IS_LINKED = 400;
export const CONNECTS = 300;

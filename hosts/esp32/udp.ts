/**
 * UDP: one socket, which holds its packets until they are read. Throws without an interface.
 */
import UDP from "embedded:io/socket/udp";
import type { Turn } from "host/turn";

/** The SDK does not declare `close`. */
export type Socket = UDP & { close(): void };

/**
 * `port` undefined: any. `onPackets` receives the number waiting now, those of earlier calls
 * included.
 */
export function openUdp(
	turn: Turn,
	port: number | undefined,
	onPackets: (count: number) => void,
): Socket {
	const onReadable = turn.guarded(onPackets);
	return new UDP(port === undefined ? { onReadable } : { port, onReadable }) as Socket;
}

export function closeUdp(socket: Socket | undefined): void {
	try {
		socket?.close();
	} catch {
		// it was closed already
	}
}

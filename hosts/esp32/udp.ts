/**
 * UDP: one socket, whose packets wait in it until they are read. Throws before there is an interface.
 */
import UDP from "embedded:io/socket/udp";
import type { Turn } from "host/turn";

/** The SDK does not declare `close`. */
export type Socket = UDP & { close(): void };

/** `port` undefined: any. `onPackets` is told how many wait now, also those it was told of before. */
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
		// it was gone already
	}
}

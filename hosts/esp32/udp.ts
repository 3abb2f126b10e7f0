/**
 * UDP: one socket, whose packets are told one by one. Throws before there is an interface.
 */
import UDP from "embedded:io/socket/udp";
import type { Turn } from "host/turn";

/** The SDK does not declare `close`. */
export type Socket = UDP & { close(): void };

/** `port` undefined: any. */
export function openUdp(turn: Turn, port: number | undefined, onPacket: () => void): Socket {
	const onReadable = turn.guarded((count: number) => {
		for (let nth = 0; nth < count; nth += 1) onPacket();
	});
	return new UDP(port === undefined ? { onReadable } : { port, onReadable }) as Socket;
}

export function closeUdp(socket: Socket | undefined): void {
	try {
		socket?.close();
	} catch {
		// it was gone already
	}
}

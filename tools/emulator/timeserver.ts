/**
 * Time server: answers SNTP (RFC 4330) on the loopback with this computer's date, for lamps in an emulator.
 *
 * Slirp passes packets for 10.0.2.2 to the loopback at the same port. Port 123 needs the rights of an
 * administrator, so it may be refused.
 */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

const PORT = 123;
const PACKET = 48;
const SECONDS_TO_1970 = 2_208_988_800;
const TWO_TO_32 = 2 ** 32;
const SERVER = 0x24; // no warning, version 4, mode 4
const STRATUM = 2;

/** The answer to a question at `now` (UTC, ms). */
export function answerTo(question: Uint8Array, now: number): Buffer {
	const answer = Buffer.alloc(PACKET);
	answer[0] = SERVER;
	answer[1] = STRATUM;
	answer.set(question.subarray(40, 48), 24); // the client's own time comes back
	const seconds = now / 1000 + SECONDS_TO_1970;
	for (const place of [16, 32, 40]) {
		answer.writeUInt32BE(Math.floor(seconds) % TWO_TO_32, place);
		answer.writeUInt32BE(Math.floor((seconds % 1) * TWO_TO_32), place + 4);
	}
	return answer;
}

/** The server, or why there is none. `now`: the date (UTC, ms). */
export async function serveTime(now: () => number = Date.now): Promise<Socket | string> {
	const socket = createSocket("udp4");
	socket.on("message", (question, { port, address }) => {
		if (question.length >= PACKET) socket.send(answerTo(question, now()), port, address);
	});
	const bound = once(socket, "listening");
	socket.bind(PORT, "127.0.0.1");
	try {
		await bound;
		return socket;
	} catch (error) {
		socket.close();
		return (error as Error).message;
	}
}

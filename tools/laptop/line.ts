/**
 * Line: a lamp's serial line as bytes both ways: a device of this computer, 115200 8N1, or
 * `tcp:HOST:PORT`, as printed by the simulator.
 */
import { connect, type Socket } from "node:net";
import { SerialPort } from "serialport";
import { type Line, type LineListener, Trouble } from "./trouble.js";

export { type Line, type LineListener, Trouble } from "./trouble.js";

const BAUD = 115_200;
/** ms for the other end of a TCP connection; the simulator is on this computer. */
const CONNECT_WITHIN = 10_000;

/** Opens the line named `port`; rejects with `Trouble`. */
export function openLine(port: string, ears: LineListener): Promise<Line> {
	return port.startsWith("tcp:") ? openTcp(port, ears) : openDevice(port, ears);
}

/** A fault of the name that shows before anything is opened; undefined: none. */
export function faultOfPort(port: string): string | undefined {
	if (!port.startsWith("tcp:")) return port === "" ? "--port is empty" : undefined;
	return tcpOf(port) ? undefined : `--port ${port}: not tcp:HOST:PORT`;
}

function tcpOf(port: string): { host: string; port: number } | undefined {
	const [, host, number] = /^tcp:([^\s]+):(\d{1,5})$/.exec(port) ?? [];
	const chosen = Number(number);
	return host && chosen >= 1 && chosen <= 65_535 ? { host, port: chosen } : undefined;
}

function openTcp(name: string, ears: LineListener): Promise<Line> {
	const where = tcpOf(name);
	if (!where) return Promise.reject(new Trouble(`${name}: not tcp:HOST:PORT`));
	return new Promise((resolve, reject) => {
		const socket = connect({ ...where, noDelay: true, timeout: CONNECT_WITHIN });
		const fail = (why: string) => {
			socket.destroy();
			reject(new Trouble(`${name}: ${why}`));
		};
		socket.once("timeout", () => fail("does not answer"));
		socket.once("error", (error: NodeJS.ErrnoException) => fail(wordsOf(error)));
		socket.once("connect", () => {
			socket.setTimeout(0).removeAllListeners("error");
			resolve(tcpLine(socket, ears));
		});
	});
}

function tcpLine(socket: Socket, ears: LineListener): Line {
	let isOpen = true;
	socket.on("error", () => {}); // `close` follows
	socket.on("data", (bytes: Buffer) => ears.onBytes(bytes));
	socket.on("close", () => isOpen && ears.onGone());
	return {
		write: (bytes) => void socket.write(bytes),
		close: () =>
			new Promise((closed) => {
				isOpen = false;
				if (socket.destroyed) return closed();
				socket.once("close", () => closed()).end(() => socket.destroy());
			}),
	};
}

function openDevice(path: string, ears: LineListener): Promise<Line> {
	return new Promise((resolve, reject) => {
		const device = new SerialPort({ path, baudRate: BAUD, autoOpen: false });
		device.open((error) => {
			if (error) return reject(new Trouble(`${path}: ${wordsOf(error)}`));
			resolve(deviceLine(device, ears));
		});
	});
}

function deviceLine(device: SerialPort, ears: LineListener): Line {
	let isOpen = true;
	const gone = () => {
		if (isOpen) ears.onGone();
		isOpen = false;
	};
	device.on("data", (bytes: Buffer) => ears.onBytes(bytes));
	device.on("close", gone);
	device.on("error", () => device.isOpen || gone()); // an open device may be written to
	return {
		write: (bytes) => void (isOpen && device.write(Buffer.from(bytes as Uint8Array))),
		close: () =>
			new Promise((closed) => {
				isOpen = false;
				if (!device.isOpen) return closed();
				device.drain(() => device.close(() => closed()));
			}),
	};
}

/** The system's error in words that help. */
function wordsOf(error: Error): string {
	const text = `${(error as NodeJS.ErrnoException).code ?? ""} ${error.message}`;
	for (const [sign, words] of WORDS) if (sign.test(text)) return words;
	return error.message;
}

const WORDS: readonly (readonly [RegExp, string])[] = [
	[/ENOENT|No such file|File not found/i, "no such port; --list shows those that there are"],
	[/EACCES|EPERM|Permission denied/i, "not allowed; on Linux add yourself to the group dialout"],
	[/Access denied/i, "not allowed, or open in another program"], // Windows gives no more detail
	[/EBUSY|EAGAIN|Cannot lock|temporarily unavailable/i, "is open in another program"],
	[/ENOTTY|Inappropriate ioctl|ENOTDIR|EISDIR/i, "is no serial port"],
	[/ECONNREFUSED/, "nobody listens there; is the simulator running with --serial?"],
	[/ENOTFOUND|EAI_AGAIN/, "no such computer"],
];

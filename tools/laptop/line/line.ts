/**
 * Line: a lamp's serial line as bytes both ways: a device of this computer, 115200 8N1, or
 * `tcp:HOST:PORT`, as printed by the simulator.
 */
import { connect, type Socket } from "node:net";
import { SerialPort } from "serialport";
import type { Text } from "../../../lib/text/bilingual.js";
import { Trouble } from "../../../lib/text/trouble.js";
import { type TextName, text } from "../text/texts.js";
import type { Line, LineListener } from "./serial.js";

const BAUD = 115_200;
/** ms for the other end of a TCP connection; the simulator is on this computer. */
const CONNECT_WITHIN = 10_000;

/** Opens the line named `port`; rejects with `Trouble`. */
export function openLine(port: string, ears: LineListener): Promise<Line> {
	return port.startsWith("tcp:") ? openTcp(port, ears) : openDevice(port, ears);
}

/** A fault of the name that shows before anything is opened; undefined: none. */
export function faultOfPort(port: string): Text | undefined {
	if (!port.startsWith("tcp:")) return port === "" ? text("emptyPort") : undefined;
	return tcpOf(port) ? undefined : text("badPort", port);
}

function tcpOf(port: string): { host: string; port: number } | undefined {
	const [, host, number] = /^tcp:([^\s]+):(\d{1,5})$/.exec(port) ?? [];
	const chosen = Number(number);
	return host && chosen >= 1 && chosen <= 65_535 ? { host, port: chosen } : undefined;
}

function openTcp(name: string, ears: LineListener): Promise<Line> {
	const where = tcpOf(name);
	if (!where) return Promise.reject(new Trouble(text("badPort", name)));
	return new Promise((resolve, reject) => {
		const socket = connect({ ...where, noDelay: true, timeout: CONNECT_WITHIN });
		const fail = (why: Text) => {
			socket.destroy();
			reject(new Trouble(why));
		};
		socket.once("timeout", () => fail(text("noAnswer", name)));
		socket.once("error", (error: NodeJS.ErrnoException) => fail(faultOf(name, error)));
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
			if (error) return reject(new Trouble(faultOf(path, error)));
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
function faultOf(port: string, error: Error): Text {
	const message = `${(error as NodeJS.ErrnoException).code ?? ""} ${error.message}`;
	for (const [sign, name] of FAULTS) if (sign.test(message)) return text(name, port);
	return text("otherFault", port, error.message);
}

const FAULTS: readonly (readonly [RegExp, TextName])[] = [
	[/ENOENT|No such file|File not found/i, "noPort"],
	[/EACCES|EPERM|Permission denied/i, "notAllowed"],
	[/Access denied/i, "deniedOrOpen"], // Windows gives no more detail
	[/EBUSY|EAGAIN|Cannot lock|temporarily unavailable/i, "portBusy"],
	[/ENOTTY|Inappropriate ioctl|ENOTDIR|EISDIR/i, "noSerialPort"],
	[/ECONNREFUSED/, "nobodyThere"],
	[/ENOTFOUND|EAI_AGAIN/, "noComputer"],
];

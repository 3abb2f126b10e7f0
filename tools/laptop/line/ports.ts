/**
 * Ports: the serial ports of this computer, by the names of their plugs.
 */
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { SerialPort } from "serialport";

/** Links of udev to serial ports, by the device plugged in; read if udevadm is missing. */
const BY_ID = "/dev/serial/by-id";

interface Found {
	readonly path: string;
	/** Maker, product, serial number, as far as the plug gives them. */
	readonly name: string;
}

/** All ports, those with a plugged-in device first. */
export async function listPorts(): Promise<Found[]> {
	// without udevadm the library ends the program
	if (process.platform === "linux" && !isInstalled("udevadm")) return linked(BY_ID);
	const ports = await SerialPort.list();
	const found = ports.map(({ path, manufacturer, pnpId, serialNumber, vendorId, productId }) => {
		const ids = vendorId && productId ? `${vendorId}:${productId}` : undefined;
		const parts = [manufacturer, pnpId ?? serialNumber, ids];
		return { path, name: parts.filter((word) => word !== undefined).join(", ") };
	});
	return found.sort(byName);
}

/** The ports behind the links of a folder. */
export function linked(folder: string): Found[] {
	if (!existsSync(folder)) return [];
	const found = readdirSync(folder).map((name) => {
		return { path: realpathSync(join(folder, name)), name };
	});
	return found.sort(byName);
}

function byName(port: Found, other: Found): number {
	return (
		Number(port.name === "") - Number(other.name === "") || port.path.localeCompare(other.path)
	);
}

function isInstalled(program: string): boolean {
	const folders = (process.env.PATH ?? "").split(delimiter);
	return folders.some((folder) => existsSync(join(folder, program)));
}

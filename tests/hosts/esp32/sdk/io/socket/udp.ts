/** UDP: no interface, no socket. */
import { power } from "../../../controller.js";

export default class UDP {
	private readonly packets: Uint8Array[] = [];
	constructor(options: { port?: number; onReadable(count: number): void }) {
		if (!power.on.hasInterface) throw new Error("no network");
		const onReadable = (count: number) => power.on.call(() => options.onReadable(count));
		power.on.udp.push({ port: options.port, in: this.packets, onReadable });
	}
	read(): ArrayBuffer | undefined {
		return this.packets.shift()?.slice().buffer as ArrayBuffer | undefined;
	}
	write(bytes: Uint8Array, address: string, port: number): void {
		power.on.fail("udp");
		power.on.datagrams.push([bytes.slice(), address, port]);
	}
	close(): void {}
}

/** TCP: no interface, no socket; a read of more than there is, and a write of too much, throw. */
import { power, type Wire } from "../../../controller.js";

const ROOM = 8192; // TCP_SND_BUF

interface Options {
	address: string;
	port: number;
	onReadable?: (count: number) => void;
	onWritable?: (count: number) => void;
	onError?: () => void;
}

export default class TCP {
	private held: Wire | undefined;
	constructor(options: Options) {
		if (!power.on.hasInterface) throw new Error("no network");
		const callbacks: Pick<Wire, "onReadable" | "onWritable" | "onError"> = {
			onReadable: (count) => power.on.call(() => options.onReadable?.call(this, count)),
			onWritable: (count) => power.on.call(() => options.onWritable?.call(this, count)),
			onError: () => power.on.call(() => options.onError?.call(this)),
		};
		this.held = {
			address: options.address,
			port: options.port,
			sent: [],
			received: [],
			isClosed: false,
			...callbacks,
		};
		power.on.wires.push(this.held);
	}
	get wire(): Wire {
		if (!this.held) throw new Error("no host data");
		return this.held;
	}
	read(into: Uint8Array): number {
		if (into.length === 0 || into.length > this.wire.received.length) throw new Error("invalid");
		into.set(this.wire.received.splice(0, into.length));
		return into.length;
	}
	write(bytes: Uint8Array | ArrayBuffer): number {
		const all = new Uint8Array(bytes instanceof ArrayBuffer ? bytes : bytes.slice());
		if (this.wire.isClosed) throw new Error("not ready");
		if (all.length > ROOM - this.wire.sent.length) throw new Error("would block");
		this.wire.sent.push(...all);
		return ROOM - this.wire.sent.length;
	}
	close(): void {
		if (this.held) this.held.isClosed = true; // twice does no harm
	}
}

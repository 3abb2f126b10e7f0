/** TCP: no interface, no socket; a read of more than there is, and a write of too much, throw. */
import { power, type Wire } from "../../../controller.js";

const ROOM = 8192; // TCP_SND_BUF

interface Options {
	address: string;
	port: number;
	/** Taken over; one that failed meanwhile throws, and so does all that its old owner does with it. */
	from?: TCP;
	onReadable?: (count: number) => void;
	onWritable?: (count: number) => void;
	onError?: () => void;
}

export default class TCP {
	private held: Wire | undefined;
	constructor(options: Options) {
		if (!power.on.hasInterface) throw new Error("no network");
		const { from } = options;
		const callbacks: Pick<Wire, "onReadable" | "onWritable" | "onError"> = {
			onReadable: (count) => power.on.call(() => options.onReadable?.call(this, count)),
			onWritable: (count) => power.on.call(() => options.onWritable?.call(this, count)),
			onError: () => power.on.call(() => options.onError?.call(this)),
		};
		if (from) {
			if (!from.held || from.held.isClosed) throw new Error("invalid from");
			this.held = Object.assign(from.held, callbacks);
			from.held = undefined;
			return;
		}
		this.held = {
			...{ address: options.address, port: options.port, sent: [], received: [] },
			...{ isClosed: false, refusal: undefined, secure: undefined },
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

/** Digital: an edge reports that something changed; a pin in use is refused. */
import { type Pin, power } from "../../controller.js";

interface Options {
	pin: number;
	mode: number;
	edge?: number;
	initialValue?: 0 | 1;
	onReadable?: () => void;
}

export default class Digital {
	static readonly Input = 0;
	static readonly InputPullUp = 1;
	static readonly InputPullDown = 2;
	static readonly Output = 8;
	static readonly Rising = 1;
	static readonly Falling = 2;
	private readonly pin: Pin;
	constructor(options: Options) {
		power.on.fail("digital");
		this.pin = power.on.pin(options.pin);
		this.pin.opened += 1;
		this.pin.onReadable = options.onReadable;
		if (options.initialValue !== undefined) this.pin.written.push(options.initialValue);
	}
	read(): 0 | 1 {
		return this.pin.level;
	}
	write(value: 0 | 1): void {
		this.pin.written.push(value);
	}
	close(): void {
		this.pin.onReadable = undefined;
		this.pin.isSilent = false;
	}
}

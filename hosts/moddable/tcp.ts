/**
 * TCP that does not throw out of its callbacks.
 *
 * The SDK's TLS runs inside the callbacks of the TCP socket below it, and throws there on a wrong
 * name, an unknown CA, a record it does not understand: each would restart the controller. Here it
 * becomes `onRefused`.
 *
 * Where more than one record has come, TLS goes on after a read by a timer of its own, outside of those
 * callbacks. It does so as long as it finds `readable` above zero: who reads hides that, and calls `goOn`.
 */
import TCP, { type Options } from "embedded:io/socket/tcp";
import { Records } from "./records";

export type GuardedOptions = Options & {
	readonly onRefused?: () => void;
	/** Under TLS, which makes it: the socket itself. */
	readonly onMade?: (tcp: GuardedTCP) => void;
};
type Callback = (this: TCP, count: number) => void;

export class GuardedTCP extends TCP {
	/** Under TLS: bytes that came and were not taken, as TLS counts them. */
	readable = 0;
	private readonly onReadable: Callback;
	private readonly records: Records | undefined;

	constructor(options: GuardedOptions) {
		const { onReadable, onWritable, onError, onRefused, onMade } = options;
		const guarded = (callback: Callback | undefined): Callback =>
			function (this: TCP, count: number) {
				try {
					callback?.call(this, count);
				} catch {
					onRefused?.();
				}
			};
		const guardedReadable = guarded(onReadable);
		super({
			...options,
			onReadable: guardedReadable,
			onWritable: guarded(onWritable),
			onError: guarded(onError as Callback | undefined),
		} as Options);
		this.onReadable = guardedReadable;
		this.records = onMade && new Records();
		onMade?.(this);
	}

	/** All ways to read that the SDK declares; TLS reads into views. */
	override read(into?: unknown): never {
		const read = super.read(into as Uint8Array) as never;
		if (this.records?.follow(into as Uint8Array) === false) throw new Error("record refused");
		return read;
	}

	/** Tells TLS what waits. */
	goOn(): void {
		if (this.readable > 0) this.onReadable(this.readable);
	}
}

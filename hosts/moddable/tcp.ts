/**
 * TCP: a socket without exceptions in its callbacks.
 *
 * The SDK's TLS runs inside the callbacks of the TCP socket below it, and throws there on a wrong
 * name, an unknown CA, an invalid record: each would restart the controller. Here the exception
 * becomes `onRefused`.
 *
 * If more than one record has come, TLS continues after a read by a timer of its own, outside those
 * callbacks, while `readable` is above zero. So the reader hides that count, and calls `goOn`.
 */
import TCP, { type Options } from "embedded:io/socket/tcp";
import { Records } from "./records";

export type GuardedOptions = Options & {
	readonly onRefused?: () => void;
	/** Under TLS, which creates it: the socket itself. */
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

	/** All signatures of `read` that the SDK declares; TLS reads into views. */
	override read(into?: unknown): never {
		const read = super.read(into as Uint8Array) as never;
		if (this.records?.follow(into as Uint8Array) === false) throw new Error("record refused");
		return read;
	}

	/** Passes the waiting bytes to TLS. */
	goOn(): void {
		if (this.readable > 0) this.onReadable(this.readable);
	}
}

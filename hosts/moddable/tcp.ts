/**
 * TCP that does not throw out of its callbacks.
 *
 * The SDK's TLS runs inside the callbacks of the TCP socket below it, and throws there on a wrong
 * name, an unknown CA, a record it does not understand: each would restart the controller. Here it
 * becomes `onRefused`.
 */
import TCP, { type Options } from "embedded:io/socket/tcp";

export type GuardedOptions = Options & { readonly onRefused?: () => void };
type Callback = (this: TCP, count: number) => void;

export class GuardedTCP extends TCP {
	constructor(options: GuardedOptions) {
		const { onReadable, onWritable, onError, onRefused } = options;
		const guarded = (callback: Callback | undefined): Callback =>
			function (this: TCP, count: number) {
				try {
					callback?.call(this, count);
				} catch {
					onRefused?.();
				}
			};
		super({
			...options,
			onReadable: guarded(onReadable),
			onWritable: guarded(onWritable),
			onError: guarded(onError as Callback | undefined),
		} as Options);
	}
}

/**
 * Resolver: resolves host names with the DNS server that DHCP announced (lwIP). An image names no
 * server: the broker's name may exist in the commune's network only, and outside servers may be
 * blocked.
 */
// biome-ignore lint/style/useNodejsImportProtocol: the SDK's own module of that name
import Net from "net";

/** Calls `done` in a later turn, with undefined if the name is unknown. Throws if the queue is full. */
export function resolve(name: string, done: (address: string | undefined) => void): void {
	Net.resolve(name, (_name: string, address?: string) => done(address));
}

/**
 * Resolver: names by the server that DHCP gave (lwIP), not by one in an image: the name of the
 * broker may exist in the commune's network only, and outside servers may be blocked.
 */
// biome-ignore lint/style/useNodejsImportProtocol: the SDK's own module of that name
import Net from "net";

/** `done` is called later, with undefined for an unresolved name. May throw: the queue is short. */
export function resolve(name: string, done: (address: string | undefined) => void): void {
	Net.resolve(name, (_name: string, address?: string) => done(address));
}

/**
 * Resolver: names by the server that DHCP gave (lwIP), not by one in an image: a city's network knows
 * its broker, and may not let anybody ask the outside.
 */
// biome-ignore lint/style/useNodejsImportProtocol: the SDK's own module of that name
import Net from "net";

/** `done` is called later, with undefined where nobody knows the name. May throw: the queue is short. */
export function resolve(name: string, done: (address: string | undefined) => void): void {
	Net.resolve(name, (_name: string, address?: string) => done(address));
}

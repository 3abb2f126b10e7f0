/**
 * Resolver: resolves host names with the DNS server that DHCP announced (lwIP). An image names no
 * server: the broker's name may exist in the commune's network only, and outside servers may be
 * blocked.
 */
import { lookUp } from "native/names";
import Timer from "timer";

/** A host name contains no colon, and not digits and points alone (RFC 1123, 2.1). */
const ADDRESS = /:|^[\d.]+$/;

/**
 * Calls `done` in a later turn, with undefined if the name is unknown. Throws if the queue is full.
 *
 * An address is its own answer: lwIP would give it at once, and the SDK would then post into the
 * queue of the very machine that waits for the post.
 */
export function resolve(name: string, done: (address: string | undefined) => void): void {
	if (ADDRESS.test(name)) Timer.set(() => done(name), 0);
	else lookUp(name, (_name, address) => done(address));
}

/**
 * Names: the DNS client of the SDK in C (modResolve.c). Its own module for it, `net`, also reads the
 * state of Wi-Fi, so it would bring Wi-Fi into the image of a board without a radio.
 */
type Answer = (name: string, address?: string) => void;

/** Answers in a later turn, without an address if the name is unknown. Throws without memory. */
export function lookUp(name: string, answer: Answer): void {
	native("xs_net_resolve").call(undefined, name, answer);
}

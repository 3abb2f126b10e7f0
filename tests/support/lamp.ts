/**
 * Lamp: the one way in which a test boots the whole firmware on a fake host.
 */
import type { Host, Inputs } from "../../src/host.js";
import { Node } from "../../src/node.js";
import type { Lux, Millis, UtcMillis } from "../../src/units.js";
import { FakeHost } from "./fakehost.js";

export interface Lamp {
	readonly host: FakeHost;
	readonly node: Node;
}

export interface Start {
	/** A host that is prepared already, or had a life before; absent: a new one. */
	readonly host?: FakeHost;
	/** Sections of settings, in the units outside, as a depot stores them. */
	readonly settings?: Readonly<Record<string, object>>;
	/** Makes the node; absent: the firmware without a bus. */
	readonly firmware?: (host: FakeHost) => Node;
	/** Entries of the store: those of the life before. */
	readonly stored?: Iterable<readonly [key: string, value: string]>;
	/** The light sensor's first sample, lux; absent: it sends none. */
	readonly lux?: number;
	/** The time server's first answer, UTC ms; absent: it does not answer. */
	readonly utc?: number;
	/** The city authenticates that date at once. */
	readonly isVouched?: boolean;
	/** The lamp runs until this instant; absent: it stands at the instant of its boot. */
	readonly until?: Millis;
}

/** Makes the node on its host and gives it the inputs; the first turn is the caller's. */
export function attach<N extends Inputs>(host: FakeHost, Firmware: new (host: Host) => N): N {
	const node = new Firmware(host);
	host.inputs = node;
	return node;
}

/** The city authenticates the date `utc`; the light follows with the next turn. */
export function vouch({ host, node }: Lamp, utc: number): void {
	node.time.onAuthenticatedTime(utc as UtcMillis, 0, host.now);
	node.sensorHealth.onTime(host.now);
	node.requestDecision();
	node.tick(host.now);
}

/** Begins a life at the host's instant: boot, first turn, light sensor, time server, time until `until`. */
export function bootLamp(start: Start = {}): Lamp {
	const { host = new FakeHost(), settings = {}, stored = [], lux, utc, until } = start;
	const { isVouched = false } = start;
	for (const [key, value] of stored) host.stored.set(key, value);
	host.configure(settings);
	const node = start.firmware?.(host) ?? new Node(host);
	host.inputs = node;
	node.tick(host.now);
	if (lux !== undefined) host.deliver((inputs, now) => inputs.onIlluminance(now, lux as Lux));
	if (utc !== undefined) host.deliver((inputs, now) => inputs.onTime(now, utc as UtcMillis));
	if (isVouched) vouch({ host, node }, utc!);
	if (until !== undefined) host.run(until);
	return { host, node };
}

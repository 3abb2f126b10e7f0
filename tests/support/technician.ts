/** Technician: one who knows the lamp's secret, for tests that type at the pole. */
import { sealed } from "../../src/console/secret.js";
import { SECRET_KEY } from "../../src/storekeys.js";
import { FakeHost } from "./fakehost.js";

export const SECRET = "HQ7KXW2MPB4ZTNCE";
/** What a lamp's store holds of it, and under which key. */
export const KEPT = sealed(SECRET, new FakeHost());
export const KEPT_AS = SECRET_KEY;
/** The same of one round instead of 256, for tests of anything but the secret. */
export const KEPT_QUICKLY = sealed(SECRET, new FakeHost(), 1);

/** The keys for a line, whoever is logged in or not. */
export function keysFor(line: string): string {
	return `login ${SECRET}\r${line}\r`;
}

/** Types it at a lamp that is in a fake host, in one turn. */
export function typeAt(host: FakeHost, line: string): void {
	host.stored.set(KEPT_AS, KEPT_QUICKLY);
	const bytes = Buffer.from(keysFor(line));
	host.serialIn.push(...bytes);
	host.deliver((inputs, now) => inputs.onSerialReadable(now, bytes.length));
}

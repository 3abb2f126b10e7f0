/**
 * Memory of the controller's TLS: the C heap at its worst moments and the stack of a handshake, counted with
 * Debian's Mbed TLS, whose records take 16 KB each way (ESP-IDF: 4 KB to the peer). docs/measured.md has the
 * figures, in 32 bits, too.
 */
import { spawnSync } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Authority, type Identity } from "../support/certificates.js";
import { hex, Native } from "../support/native.js";

/** Bytes; ESP32: the stack that hosts/esp32/port.c reserves. */
const MOST = { handshake: 68_000, open: 57_000, both: 123_000, stack: 10_240 };

const native = new Native();
const folder = mkdtempSync(join(tmpdir(), "luminode-"));
const city = new Authority(folder, "city");
const broker = city.sign("broker", { san: "DNS:localhost" });
let program: string;
beforeAll(() => {
	program = native.build("memory");
});
afterAll(() => {
	native.remove();
	rmSync(folder, { recursive: true });
});

const rawOf = ({ cert }: Pick<Identity, "cert">): string => hex(new X509Certificate(cert).raw);
const keyOf = ({ key }: Identity): string =>
	hex(createPrivateKey(key).export({ format: "der", type: "pkcs8" }));

const kinds: [version: string, own: string, make: () => Identity | undefined][] = [
	"12",
	"13",
].flatMap((version): [string, string, () => Identity | undefined][] => [
	[version, "none", () => undefined],
	[version, "P-256", () => city.sign("lamp")],
	[version, "RSA 2048", () => city.sign("rsa-lamp", { rsa: 2048 })],
]);
test.each(kinds)("TLS %s, own certificate: %s: within its bounds", (version, what, make) => {
	const identity = make();
	const shown = identity ? [rawOf(identity), keyOf(identity)] : ["-", "-"];
	const args = [rawOf({ cert: city.ca }), rawOf(broker), keyOf(broker), ...shown];
	const how = { encoding: "utf8" } as const;
	const all = [...args, "localhost", String(Date.now()), version];
	const { stdout, stderr, status } = spawnSync(program, all, how);
	expect([status, stderr]).toEqual([0, ""]);
	const [handshake, open, both, stack] = stdout.trim().split(" ").map(Number) as number[];
	process.stdout.write(`TLS ${version}, ${what}: ${stdout}`);
	expect(handshake).toBeGreaterThan(30_000); // it was counted
	expect(handshake).toBeLessThan(MOST.handshake);
	expect(open).toBeLessThan(MOST.open);
	expect(both).toBeLessThan(MOST.both);
	expect(stack).toBeGreaterThan(2000);
	expect(stack).toBeLessThan(MOST.stack);
});

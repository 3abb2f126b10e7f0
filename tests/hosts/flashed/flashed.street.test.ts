/**
 * The module that is flashed, of each board, compressed and with all of hosts/esp32 in it, in a real XS
 * machine: its light, its line, its network, its restarts and a night. One file, so that the images are
 * built once.
 *
 * Promise: The bytes that are flashed light first, obey, update and survive each kind of restart,
 * on every board.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import type { Image } from "../../../hosts/virtual/fleet/fleet.js";
import { EFFECT, INPUT, POWER_CAUSE } from "../../../hosts/virtual/protocol.js";
import { MINUTE } from "../../../lib/spans.js";
import { hasWifi } from "../../../tools/toolchain/esp32.js";
import { broken, updateStreet } from "../../sim/images/updatestreet.js";
import { recordStreet } from "../../sim/run/recording.js";
import { BOARDS, flashedImage } from "../../support/flashed/image.js";
import { imageOf as imageBytes } from "../../support/images.js";
import { scaled } from "../../support/scale.js";
import { EPOCH, NODE, publish, XsLamp } from "../../support/xslamp.js";
import { Street } from "../../support/xsstreet.js";

const images = new Map<string, Promise<Image>>();
const imageOf = (board: string): Promise<Image> => {
	const image = images.get(board) ?? flashedImage(board);
	images.set(board, image);
	return image;
};
const FULL = 4095;
/** One with Wi-Fi and one with Ethernet: what is dear is run on these, and on each board in the soak. */
const DEAR = scaled(["esp32-c3", "wt32-eth01"], BOARDS);
/** As much of a certificate as this host looks at: that it is DER. */
const AUTHORITY = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";

test("the stand-ins have each function in C that a manifest names", () => {
	const manifests = readdirSync("hosts/esp32").filter(
		(name) => name.endsWith(".json") && name !== "bus.json",
	);
	const names = manifests.flatMap((name) => {
		const { ffi } = JSON.parse(readFileSync(`hosts/esp32/${name}`, "utf8"));
		return Object.keys(ffi?.functions ?? {});
	});
	const text = readFileSync("tests/support/flashed/sdk.ts", "utf8");
	expect(names.length).toBeGreaterThan(15);
	expect(names.filter((name) => !text.includes(`\t${name} = `))).toEqual([]);
});

describe.each(BOARDS)("the image of %s", (board) => {
	const nthBoard = BOARDS.indexOf(board);

	test("lights first, and lives", async () => {
		const street = await Street.of(await imageOf(board), { epochUtc: EPOCH });
		street.bootAll();
		const seen = street.run(3 * MINUTE);
		expect(seen[0]).toMatchObject({ kind: EFFECT.duty, value: FULL, at: 0 });
		const ends: number[] = [EFFECT.restart, EFFECT.death, EFFECT.relay];
		expect(seen.filter(({ kind }) => ends.includes(kind))).toEqual([]);
	});

	test("dims by night where nobody is, and an edge lights it in its turn", async () => {
		const lamp = await XsLamp.with(await imageOf(board));
		lamp.hasPeople = false;
		lamp.boot();
		lamp.run(10 * MINUTE);
		const before = lamp.light.length;
		const [, dimmed] = lamp.light.at(-1)!.split(" ").map(Number);
		expect(dimmed).toBeLessThan(FULL / 2);
		lamp.post(lamp.now + 1000, INPUT.movement);
		lamp.run(lamp.now + 2500);
		expect(lamp.light[before]!.split(" ")[0]).toBe(String(10 * MINUTE + 1000));
		expect(lamp.light.at(-1)).toMatch(/ 4095$/);
		expect(lamp.deaths).toEqual([]);
	});

	test("connects, obeys an order of the broker and reports", async () => {
		const lamp = await XsLamp.with(await imageOf(board));
		lamp.boot().untilOnline();
		expect(lamp.online).toBe(true);
		const order = { id: "a", command: "override", level: 50 };
		const issued = new Date(EPOCH + lamp.now).toISOString();
		const expiration = new Date(EPOCH + lamp.now + 20 * MINUTE).toISOString();
		lamp.send(publish(JSON.stringify({ ...order, issued, expiration })));
		lamp.run(lamp.now + MINUTE);
		expect(lamp.reasonOf("a")).toBe("accepted");
		const birth = lamp.published.find(({ topic }) => topic === `${NODE}/birth`);
		expect(birth?.payload).toContain(`"${board}/1"`);
		expect(lamp.deaths).toEqual([]);
	});

	test("answers at the serial line after a login", async () => {
		const lamp = await XsLamp.with(await imageOf(board));
		lamp.boot();
		lamp.run(5000);
		lamp.type("status");
		lamp.run(lamp.now + 30_000);
		expect(lamp.serial).toContain(board);
		expect(lamp.serial).toMatch(/level|light/i);
	});

	test("verifies the broker over TLS before it connects", async () => {
		const lamp = await XsLamp.with(await imageOf(board));
		lamp.store("link", { brokerHost: "broker", brokerPort: 8883, brokerTls: true });
		lamp.boot();
		lamp.run(20 * MINUTE);
		expect(lamp.flights).toEqual([]); // no authority is trusted
		lamp.fleet.storeWrite(1, "tls.ca", AUTHORITY);
		lamp.untilOnline();
		expect([lamp.flights.length, lamp.online, lamp.deaths]).toEqual([1, true, []]);
	});

	const causes = POWER_CAUSE.filter((_cause, index) =>
		scaled(index % BOARDS.length === nthBoard, true),
	);
	test.each(causes)("lives after %s", async (cause) => {
		const lamp = await XsLamp.with(await imageOf(board));
		lamp.hasPeople = false;
		lamp.boot();
		lamp.run(10 * MINUTE);
		const [, dimmed] = lamp.light.at(-1)!.split(" ").map(Number);
		const before = lamp.light.length;
		lamp.powerCut();
		lamp.fleet.boot(1, lamp.now, cause);
		lamp.run(lamp.now + 1000);
		const isCold = cause === "powerOn" || cause === "brownout";
		expect(Number(lamp.light[before]!.split(" ")[1])).toBe(isCold ? FULL : dimmed);
		lamp.run(lamp.now + 10 * MINUTE);
		expect(lamp.deaths).toEqual([]);
	});

	test("joins the Wi-Fi of its settings, on a board with a radio", async () => {
		const lamp = await XsLamp.with(await imageOf(board));
		lamp.store("link", {
			brokerHost: "broker",
			brokerTls: false,
			wifiName: "city",
			wifiPassword: "long enough",
		});
		lamp.boot();
		lamp.run(5000);
		expect(lamp.wifis).toEqual(hasWifi(board) ? ["city\nlong enough"] : []);
	});
});

test.each(DEAR)("%s fetches an image, keeps it, and is the same lamp after it", async (board) => {
	const hasLight = readFileSync(`hosts/esp32/boards/${board}/pins.ts`, "utf8").includes(
		"\tlight: ",
	);
	const sensor = hasLight ? "" : " --set sensing.photocell=false";
	const line = `--lamps 1 --seed 3 --start 2026-11-24T13:00:00+01:00 --duration ${2 * 60}m${sensor}`;
	const firmware = { image: await imageOf(board), hardware: `${board}/1` };
	const run = await updateStreet(
		line,
		(street) => {
			street.fleet.storeWrite(1, "tls.ca", AUTHORITY);
			street.plan(10 * MINUTE, () => street.offer(1, imageBytes(20_000)));
		},
		firmware,
	);
	const story = ["updateOffered", "updateStarted", "updateActivated", "updateKept"];
	expect([run.story(1), broken(run), run.summary.deaths]).toEqual([story, [], 0]);
});

test("a definition that is gone is found: no lamp is created, and full light restarts", async () => {
	const edit = (text: string, specifier: string) =>
		specifier === "luminode/all" ? text.replace(/(const|function) random\b/, "$1 gone") : text;
	const image = await flashedImage("esp32-c3", { isAsWritten: true, edit });
	const street = await Street.of(image, { epochUtc: EPOCH });
	street.bootAll();
	const seen = street.run(3 * MINUTE);
	expect(seen.map(({ kind, value }) => [kind, value])).toEqual([
		[EFFECT.duty, FULL],
		[EFFECT.restart, 0],
	]);
});

/** esp_reset_reason_t of ESP-IDF 6.0. */
const REASONS = Array.from({ length: 17 }, (_, reason) => reason);
/** Causes of which the host keeps its memory: an image has a reason of the chip for each. */
const LATER = ["restart", "watchdog", "crash", "update"] as const;
const withReasons = new Map<number, Promise<Image>>();

/** The image of which these causes are the reasons from `first` on. */
function imageFrom(first: number): Promise<Image> {
	const given = (cause: (typeof POWER_CAUSE)[number]) =>
		first + (LATER as readonly string[]).indexOf(cause);
	const reasons = [1, ...POWER_CAUSE.slice(1).map((cause) => Math.max(first, given(cause)))];
	const edit = (text: string, specifier: string) =>
		specifier === "sdk" ? text.replace("[1, 3, 6, 4, 9, 3]", `[${reasons}]`) : text;
	const image = withReasons.get(first) ?? flashedImage("esp32-c3", { edit });
	withReasons.set(first, image);
	return image;
}

test.each(REASONS)("a board lives after the reset reason %i", async (reason) => {
	const index = reason % LATER.length;
	const lamp = await XsLamp.with(await imageFrom(reason - index));
	lamp.hasPeople = false;
	lamp.boot();
	lamp.run(10 * MINUTE);
	const [, dimmed] = lamp.light.at(-1)!.split(" ").map(Number);
	const before = lamp.light.length;
	lamp.powerCut();
	lamp.fleet.boot(1, lamp.now, LATER[index]!);
	lamp.run(lamp.now + 10 * MINUTE);
	const first = Number(lamp.light[before]!.split(" ")[1]);
	expect([FULL, dimmed]).toContain(first);
	expect(lamp.deaths).toEqual([]);
	expect(lamp.light.length).toBeGreaterThan(before + 1);
});

/** A night of a street, compressed and as it is written. */
const STREET_OPTIONS = `--lamps ${scaled(3, 6)} --duration ${scaled("20m", "16h")} --neighbours`;
const FAULTS = "--fault powerCut@5m+30s/1 --fault pirStuckOn@2m/2 --fault clockLost@9m/3";
const NIGHT = `--seed 11 --start 2026-11-24T17:30:00+01:00 ${STREET_OPTIONS} ${FAULTS}`.split(" ");

test.each(DEAR)("a night's light and messages of %s are those of its sources", async (board) => {
	const compressed = await recordStreet(NIGHT, await imageOf(board));
	const written = await recordStreet(NIGHT, await flashedImage(board, { isAsWritten: true }));
	expect(compressed.deaths).toBe(0);
	expect(compressed.lightCount).toBeGreaterThan(scaled(8, 400));
	expect(compressed.messageCount).toBeGreaterThan(scaled(20, 50));
	const { light, lightCount, content, messageCount } = written;
	expect(compressed).toMatchObject({ light, lightCount, content, messageCount });
	expect(compressed.computrons).toBeLessThan(written.computrons);
});

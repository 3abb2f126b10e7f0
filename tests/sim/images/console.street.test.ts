/**
 * The serial line of a lamp in a street with an image server, where the lamp runs one of its
 * images.
 *
 * Promise: A terminal at a lamp of the street is answered before an update, and by the new image
 * after it.
 */
import { afterEach, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import { IMAGE_KEYS, IMAGES, WHOLE } from "../../../sim/explore/images.js";
import { rehearse } from "../../../sim/files/stage.js";
import { ForwardingNetwork } from "../../../sim/network/forwarding.js";
import { runOf } from "../../../sim/run/made.js";
import { Run } from "../../../sim/run/run.js";
import type { Stage } from "../../../sim/run/stage.js";
import type { StreetNetwork } from "../../../sim/run/streetnetwork.js";

const SECOND = 1_000;
const LAMP = 1;
const SHELF = { images: IMAGES, keys: IMAGE_KEYS };
let stage: Stage | undefined;
afterEach(async () => {
	await stage?.network.close();
	stage?.fleet.dispose();
	stage = undefined;
});

test("a terminal is read and answered before the offer and after the lamp runs the image", async () => {
	const day = "--lamps 2 --seed 11 --duration 40m --start 2026-11-24T13:00:00+01:00";
	stage = await rehearse([...day.split(" "), "--input", `offer@3m/${LAMP}:${WHOLE} {"spread":0}`]);
	const { network } = stage;
	const { run, images } = runOf(stage, SHELF, undefined);
	let screen = "";
	const type = (at: number, line: string) =>
		run.schedule(at, () => network.type(LAMP, Buffer.from(`${line}\r`)));
	run.schedule(SECOND, () => {
		network.serial.listen(LAMP, (bytes) => {
			screen += Buffer.from(bytes).toString("latin1");
		});
	});
	type(2 * MINUTE, "");
	type(2 * MINUTE + SECOND, "secret LEFT-OPEN-BY-A-COLLEAGUE");
	type(2 * MINUTE + 5 * SECOND, "status");
	for (let minute = 25; minute < 35; minute += 1) {
		type(minute * MINUTE, "login LEFT-OPEN-BY-A-COLLEAGUE");
		type(minute * MINUTE + 10 * SECOND, "status");
		type(minute * MINUTE + 20 * SECOND, "help");
	}
	expect(await run.go()).toBeUndefined();
	expect(images!.server.requests.map(({ lamp, path }) => [lamp, path])).toEqual([
		[LAMP, `/${WHOLE}`],
	]);
	const slots = [...screen.matchAll(/^image .* slot (\d)/gm)].map(([, slot]) => slot);
	expect([slots[0], new Set(slots.slice(1))]).toEqual(["0", new Set(["1"])]);
	expect(run.street.reached).toBe(40 * MINUTE - 1);
});

/** Plugs a terminal in, or out, whenever the street waits for its broker in the middle of a window. */
class RestlessTerminal extends ForwardingNetwork {
	screen = "";
	#unplug: (() => void) | undefined;

	constructor(private readonly street: StreetNetwork) {
		super(street);
	}

	override quiet(): Promise<void> | undefined {
		this.#unplug?.();
		const listen = (bytes: Uint8Array) => {
			this.screen += Buffer.from(bytes).toString("latin1");
		};
		this.#unplug = this.#unplug ? undefined : this.street.serial.listen(LAMP, listen);
		return super.quiet();
	}
}

test("a terminal may be plugged in and out while the street waits for its broker", async () => {
	const evening = "--lamps 4 --seed 12 --duration 20m --start 2026-11-24T18:00:00+01:00";
	const typed = ["secret LEFT-OPEN-BY-A-COLLEAGUE", "watch", ...Array(15).fill("status")];
	const inputs = typed.flatMap((line, index) => ["--input", `type@${index + 1}m:${line}`]);
	stage = await rehearse([...evening.split(" "), ...inputs]);
	const terminal = new RestlessTerminal(stage.network);
	const run = new Run({ ...stage, network: terminal });
	expect(await run.go()).toBeUndefined();
	expect([terminal.screen.length > 0, run.street.reached]).toEqual([true, 20 * MINUTE - 1]);
});

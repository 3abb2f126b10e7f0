/**
 * The station's half of a console: the firmware itself at the other end of the line.
 *
 * Promise: The flash station meets a controller by its serial number, and leaves no test setting in
 * it.
 */
import { afterEach, expect, test } from "@jest/globals";
import { Desk, type DeskAsked } from "../../../tools/factory/desk.js";
import { sealedSecret } from "../../../tools/factory/identity.js";
import { openLine } from "../../../tools/laptop/line/line.js";
import { Plain } from "../../../tools/laptop/line/plain.js";
import { LampOnLine } from "../laptop/lamponline.js";

const SECRET = "HQ7KXW2MPB4ZTNCE";
let lamp: LampOnLine;
afterEach(() => lamp.unplug());

async function desk(more: Partial<DeskAsked> = {}, hasSecret = true): Promise<Desk> {
	lamp = new LampOnLine("L-0017");
	if (hasSecret) lamp.host.store.write("secret", sealedSecret(SECRET));
	await lamp.plug();
	const now = () => new Date("2026-11-24T21:00:00Z");
	return new Desk({ port: lamp.line.name, openLine, settings: [], tests: ["light"], now, ...more });
}
const secretOf = (serial: string): string | undefined => (serial === "L-0017" ? SECRET : undefined);

test("a lamp is met by its serial number, with its lives", async () => {
	const met = await (await desk()).meet(secretOf);
	expect(met).toEqual({ serial: "L-0017", life: 1 });
});

test("its tests run under the settings of the bench, which it does not keep", async () => {
	const settings = [["pirFitted", "false"]] as const;
	const station = await desk({ settings, tests: ["light", "pir"] });
	await station.meet(secretOf);
	const verdicts = await station.test();
	expect(verdicts.light).toMatch(/^fail, no reading/); // nobody feeds the sensor here
	expect(verdicts.pir).toMatch(/^unknown, /);
	const talk = await Plain.open(lamp.line.name, openLine);
	await talk.do(`login ${SECRET}`);
	const { body } = await talk.do("show pirFitted");
	await talk.close();
	expect(JSON.parse(body[0]!)).toMatchObject({ name: "pirFitted", value: true });
});

test("a test begins when the PIR has warmed up, and the person at the bench is asked before it", async () => {
	const asked: [name: string, presence: string][] = [];
	const station = await desk({
		tests: ["light", "pir"],
		onTest: (name) => void asked.push([name, lamp.node.view.sensing.presence]),
	});
	await station.meet(secretOf);
	await station.test();
	expect(asked).toEqual([
		["light", "vacant"],
		["pir", "vacant"],
	]);
});

test.each([
	["2026-06-21T00:00:00Z", 0],
	["2026-06-21T10:00:00Z", -150],
	["2026-06-21T12:00:00Z", -180],
	["2026-06-21T18:00:00Z", 90],
	["2026-06-21T23:58:00Z", 0],
])("at %s the bench is where it is midnight, longitude %d", async (utc, longitude) => {
	let seen: unknown;
	const station = await desk({
		settings: [["onDelay", "0"]],
		now: () => new Date(utc),
		onTest: () => {
			seen = lamp.node.settings;
		},
	});
	await station.meet(secretOf);
	await station.test();
	expect(seen).toMatchObject({ latitude: 0, longitude });
	expect(lamp.node.settings.latitude).not.toBe(0); // it is taken back
});

test.each<[why: string, secret: boolean, of: typeof secretOf, says: RegExp]>([
	["without a secret", false, secretOf, /has no secret: it did not read its identity/],
	["of another name", true, () => undefined, /the lamp at the console is L-0017/],
	["with another secret", true, () => "AAAABBBBCCCCDDDD234567", /login/],
])("a lamp %s is not met", async (_why, hasSecret, of, says) => {
	await expect((await desk({}, hasSecret)).meet(of)).rejects.toThrow(says);
});

/**
 * Access point: a lamp in an XS machine that gets the Wi-Fi at its serial line, on a street with a
 * broker. That the light does not wait is judged from the PWM.
 *
 * Promise: A lamp joins the Wi-Fi that a technician types, and its light does not wait for it.
 */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import { WIFI_NAME, WIFI_PASSWORD } from "../../../sim/network/accesspoint.js";
import { Run } from "../../../sim/run/run.js";
import { rehearse } from "../../../sim/run/stage.js";

const SECRET = "HQ7KXW2MPB4ZTNCE";
/** The right one, so that nothing but the password differs. */
const WRONG = `${WIFI_PASSWORD}!`;
const set = (password: string) =>
	`set wifiName ${WIFI_NAME}\rset wifiPassword ${password}\rapply\rconfirm\r`;
/** What is typed at the lamp, at which minute. */
const TYPED: readonly (readonly [minute: number, text: string])[] = [
	[1, `secret ${SECRET}\rplain\rnetwork\r${set(WIFI_PASSWORD)}`],
	[4, "\u0003network\rbroker\rlogout\r"],
	[5, `login ${SECRET}\rplain\r${set(WRONG)}`],
	[7, "network\rbroker\rlogout\r"],
	[26, `login ${SECRET}\rplain\rnetwork\rbroker\revents 9\r`],
];

let said: string[];
let run: Run;
let reports: string;

beforeAll(async () => {
	const words = "--lamps 1 --seed 7 --start 2026-11-24T23:00:00+01:00 --duration 30m";
	const { options, scenario, fleet, clock, network } = await rehearse(words.split(" "));
	said = TYPED.map(() => "");
	reports = "";
	network.onReport((_at, topic, payload) => {
		reports += `${topic} ${payload}\n`;
	});
	let nth = 0;
	network.serial.listen(1, (bytes) => {
		said[nth - 1] += Buffer.from(bytes).toString();
	});
	const typed = {
		nextDue: network.nextDue.bind(network),
		deliver: network.deliver.bind(network),
	};
	const at = () => (TYPED[nth]?.[0] ?? Infinity) * MINUTE;
	network.nextDue = () => Math.min(typed.nextDue(), at());
	network.deliver = (until, post) => {
		for (; at() <= until; nth += 1) network.serial.type(1, Buffer.from(TYPED[nth]![1]));
		typed.deliver(until, post);
	};
	run = new Run({ options, scenario, fleet, network, clock });
	expect(await run.go()).toBeUndefined();
	await network.close();
	fleet.dispose();
});

describe("a lamp that gets the Wi-Fi at its serial line", () => {
	test("hangs on the cable before, and joins it", () => {
		expect(said[0]).toMatch(/\{"network":true,"wifi":""\}/);
		expect(said[1]).toContain(`{"network":true,"wifi":"${WIFI_NAME}"}`);
		expect(said[1]).toContain('"state":"online"');
	});
	test("is out of it with a wrong password, and back by itself", () => {
		expect(said[3]).toContain(`{"network":false,"wifi":"${WIFI_NAME}","networkEnd":"wifiRefused"}`);
		expect(said[3]).toContain('"state":"off"');
		expect(said[4]).toContain(`{"network":true,"wifi":"${WIFI_NAME}"}`);
		expect(said[4]).toContain('"state":"online"');
		expect(said[4]).toMatch(/settingsReverted.*noBroker/);
	});
	test("lights as if nothing had happened", () => {
		const { checks, deaths } = run.summary();
		const failed = Object.entries(checks).filter(([, { ok }]) => !ok);
		expect([failed, deaths]).toEqual([[], 0]);
	});
	test("says the name to the CMS, and the password to nobody", () => {
		expect(reports).toContain(`"wifiName":"${WIFI_NAME}"`);
		expect(said.join("") + reports).not.toContain(WIFI_PASSWORD);
	});
});

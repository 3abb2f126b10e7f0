/**
 * Access point: a lamp in an XS machine that gets the Wi-Fi at its serial line, on a street with a
 * broker. That the light does not wait is judged from the PWM.
 *
 * Promise: A lamp joins the Wi-Fi that a technician types, and its light does not wait for it.
 */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { textOf } from "../../../lib/bytes.js";
import { MINUTE } from "../../../lib/spans.js";
import { rehearse } from "../../../sim/files/stage.js";
import { WIFI_NAME, WIFI_PASSWORD } from "../../../sim/network/accesspoint.js";
import { Run } from "../../../sim/run/run.js";

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

let outputs: string[];
let run: Run;
let reports: string;

beforeAll(async () => {
	const commandLine = "--lamps 1 --seed 7 --start 2026-11-24T23:00:00+01:00 --duration 30m";
	const { options, scenario, fleet, clock, network } = await rehearse(commandLine.split(" "));
	outputs = TYPED.map(() => "");
	reports = "";
	network.onReport((_at, topic, payload) => {
		reports += `${topic} ${textOf(payload)}\n`;
	});
	let index = 0;
	network.serial.listen(1, (bytes) => {
		outputs[index - 1] += Buffer.from(bytes).toString();
	});
	const typed = {
		nextDue: network.nextDue.bind(network),
		deliver: network.deliver.bind(network),
	};
	const at = () => (TYPED[index]?.[0] ?? Infinity) * MINUTE;
	network.nextDue = () => Math.min(typed.nextDue(), at());
	network.deliver = (until, post) => {
		for (; at() <= until; index += 1) network.serial.type(1, Buffer.from(TYPED[index]![1]));
		typed.deliver(until, post);
	};
	run = new Run({ options, scenario, fleet, network, clock });
	expect(await run.go()).toBeUndefined();
	await network.close();
	fleet.dispose();
});

describe("a lamp that gets the Wi-Fi at its serial line", () => {
	test("hangs on the cable before, and joins it", () => {
		expect(outputs[0]).toMatch(/\{"network":true,"wifi":""\}/);
		expect(outputs[1]).toContain(`{"network":true,"wifi":"${WIFI_NAME}"}`);
		expect(outputs[1]).toContain('"state":"online"');
	});
	test("is out of it with a wrong password, and back by itself", () => {
		expect(outputs[3]).toContain(
			`{"network":false,"wifi":"${WIFI_NAME}","networkEnd":"wifiRefused"}`,
		);
		expect(outputs[3]).toContain('"state":"off"');
		expect(outputs[4]).toContain(`{"network":true,"wifi":"${WIFI_NAME}"}`);
		expect(outputs[4]).toContain('"state":"online"');
		expect(outputs[4]).toMatch(/settingsReverted.*noBroker/);
	});
	test("lights as if nothing had happened", () => {
		const { checks, deaths } = run.summary();
		const failed = Object.entries(checks).filter(([, { ok }]) => !ok);
		expect([failed, deaths]).toEqual([[], 0]);
	});
	test("says the name to the CMS, and the password to nobody", () => {
		expect(reports).toContain(`"wifiName":"${WIFI_NAME}"`);
		expect(outputs.join("") + reports).not.toContain(WIFI_PASSWORD);
	});
});

/** A page and a street that run overnight keep a bounded amount, and a large street reaches its page. */
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { Terminal } from "../../../lib/terminal.js";
import type { ReportListener } from "../../../sim/network/broker/broker.js";
import { Model } from "../../../sim/page/client/state/model.js";
import type { StreetView, Update, Welcome } from "../../../sim/page/messages.js";
import { Feed, type FeedParts } from "../../../sim/page/server/feed.js";
import { SettingsDesk } from "../../../sim/page/server/settingsdesk.js";
import { Findings } from "../../../sim/results/findings.js";
import { Happenings } from "../../../sim/results/happenings.js";
import { History, ROWS_MOST } from "../../../sim/results/history.js";
import type { LogEntry } from "../../../sim/results/logentry.js";
import { METER_VALUES } from "../../../sim/results/meter.js";
import { NO_FIGURES } from "./pageparts.js";

describe("after two nights and more", () => {
	test("the history has a second for an hour and a minute for two nights, in rows of any street", () => {
		for (const [lamps, span, seconds, minutes] of [
			[3, 50 * HOUR, 3_600, 48 * 60],
			[5_000, 3 * MINUTE, 181, 3],
		] as const) {
			const history = new History({ ...METER_VALUES, lamps, onLevel: 35, offLevel: 70 });
			history.onDaylight(0, 0);
			history.advance(span);
			const all = history.slice(0, Infinity, MINUTE);
			expect([history.slice(0, Infinity, 1_000).count, all.count]).toEqual([seconds, minutes]);
			expect(all.rows).toBeLessThanOrEqual(ROWS_MOST);
			expect(all.rows * all.lampsPerRow).toBeGreaterThanOrEqual(lamps);
		}
	});
	test("log and findings have the latest, and a page receives what is new alone", () => {
		const findings = new Findings();
		const happenings = new Happenings(0, findings);
		for (let n = 0; n < 3_000; n++) {
			happenings.onFault(n * MINUTE, n % 12, "pirDead", true);
			happenings.onFault(n * MINUTE + 1, n % 12, "pirDead", false);
		}
		expect(happenings.all).toHaveLength(1_000);
		expect(findings.all.length).toBeLessThanOrEqual(500);
		happenings.take();
		happenings.onPut(0, "car");
		expect(happenings.take()).toHaveLength(1);
	});
	test("a terminal has its last 400 lines of 1,000 characters", () => {
		const terminal = new Terminal();
		for (let n = 0; n < 2_000; n++) terminal.write(`${"x".repeat(n === 1_999 ? 3_000 : 3)}\r\n`);
		expect(terminal.text.split("\n")).toHaveLength(400);
		expect(Math.max(...terminal.text.split("\n").map((line) => line.length))).toBe(1_000);
	});
	test("the page's state holds this street's lamps, and those who are there now", () => {
		const model = new Model();
		model.onWelcome({ lamps: 12 } as Welcome);
		let calls = 0;
		const leave = model.subscribe(() => calls++);
		for (let n = 0; n < 5_000; n++) {
			model.onUpdate(
				{
					glow: [[1 + (n % 12), n % 1_000]],
					reports: [],
					users: [[n, "p", 0, 1]],
				} as unknown as Update,
				n * 100,
			);
			if (n % 10 === 0) model.onLog([1, 2, 3].map((more) => ({ id: 3 * n + more }) as LogEntry));
		}
		leave();
		model.changed();
		expect([model.walkers.size, model.log.length, model.reports.length, calls]).toEqual([
			1, 1_000, 13, 5_500,
		]);
	});
});

describe("a street of 5,000 lamps", () => {
	const LAMPS = 5_000;
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	function feed() {
		const listeners: ReportListener[] = [];
		const network = {
			onReport: (listener: ReportListener) => {
				listeners.push(listener);
				return () => {};
			},
			onWill: () => () => {},
			lampOf: (topic: string) => Number(topic.split("/")[2]),
			published: 0,
		};
		const view = {
			lamps: LAMPS,
			epochUtc: 0,
			now: () => 0,
			wall: () => 0,
			speed: () => 1,
			goal: () => undefined,
			light: () => 0.5,
			isPowered: () => true,
			isDark: () => true,
			sky: () => ({ sunElevation: -10, illuminance: 1, cloud: 0, fog: 0 }),
			users() {},
			acts: () => 0,
			inputs: () => undefined,
			faults: () => [],
			figures: () => NO_FIGURES,
		};
		const made = new Feed({
			view: view as unknown as StreetView,
			network: network as unknown as FeedParts["network"],
			happenings: new Happenings(0, new Findings()),
			settings: new SettingsDesk({}, () => {}),
			welcome: { lamps: LAMPS } as FeedParts["welcome"],
		});
		const chain = Array.from({ length: 5 }, () => ({
			by: "program",
			level: 60,
			source: "sunset 60",
		}));
		const state = JSON.stringify({ reason: "program", feedbackLightCommand: 60, chain });
		for (let lamp = 1; lamp <= LAMPS; lamp++)
			for (const listen of listeners) listen(0, `root/site/${lamp}/state`, Buffer.from(state));
		return made;
	}

	/** A page that reads nothing. */
	function page() {
		const written: string[] = [];
		const made = {
			written,
			isGone: false,
			backlog: 0,
			send(_name: string, message: string) {
				made.written.push(message);
				made.backlog += message.length;
			},
			end() {},
			drop() {
				made.isGone = true;
			},
		};
		return made;
	}

	test("is sent as a whole, whatever its size; a page that never reads is let go later", () => {
		const street = feed();
		const slow = page();
		street.add(slow);
		expect(slow.backlog).toBeGreaterThan(1 << 20);
		jest.advanceTimersByTime(1_000);
		expect([slow.isGone, slow.written.length]).toEqual([false, 13]); // welcome, street, log, ten
		slow.backlog += 1 << 20;
		jest.advanceTimersByTime(100);
		expect(slow.isGone).toBe(true);
		street.close();
	});
});

/**
 * Newcomer: what somebody wants to see first, in one file. The firmware of this checkout boots in a real XS
 * machine. A street of twelve lives through an evening in which an order is obeyed and an update is
 * installed, and every check of the simulator holds. A browser's first request gets the page.
 *
 * The tests in depth of streets, machines and programs are run by `npm run test:street`.
 */
import { describe, expect, test } from "@jest/globals";
import { readImage } from "../hosts/virtual/engine/image.js";
import { EFFECT } from "../hosts/virtual/protocol.js";
import { projectRoot } from "../lib/root.mjs";
import { HOUR, MINUTE } from "../lib/spans.js";
import { broken, type UpdateRun, updateStreet } from "./sim/images/updatestreet.js";
import { freePort, simulator } from "./slow/support/programs.js";
import { imageOf } from "./support/images.js";
import { Street } from "./support/xsstreet.js";

const FULL = 4095;

test("the firmware boots in an XS machine, and the first thing that it does is light", async () => {
	const street = await Street.of(readImage(projectRoot()));
	street.bootAll();
	const [first] = street.run(MINUTE);
	expect(first).toMatchObject({ kind: EFFECT.duty, value: FULL, at: 0 });
});

describe("an evening of twelve lamps, from daylight into the night", () => {
	const LAMPS = 12;
	const ORDER =
		'order@240m:{"command":"override","level":30,"expiration":"+40m","inhibitSensors":true}';
	const UPDATED = 5;
	let evening: UpdateRun;

	test("every check of the simulator holds, and no machine dies", async () => {
		const line = `--lamps ${LAMPS} --neighbours --seed 7 --start 2026-11-24T15:00:00+01:00 --duration 5h --input ${ORDER}`;
		evening = await updateStreet(line, (street) =>
			street.plan(HOUR, () => street.offer(UPDATED, imageOf(20_000))),
		);
		expect(broken(evening)).toEqual([]);
		expect(evening.summary.deaths).toBe(0);
	});
	test.each(["floor", "sensorRise", "vacantReturn", "lightAhead", "dayOff", "reported"])(
		"the check %s had chances to judge",
		(name) => {
			expect(evening.summary.checks[name]!.judged).toBeGreaterThan(0);
		},
	);
	test("an update that is offered to one lamp is fetched, verified, started and kept", () => {
		const story = ["updateOffered", "updateStarted", "updateActivated", "updateKept"];
		expect(evening.story(UPDATED)).toEqual(story);
		expect(evening.server.requests.map(({ lamp }) => lamp)).toEqual([UPDATED]);
	});
});

test("the page's first request is answered, and the page's scripts and styles too", async () => {
	const port = await freePort();
	const start = ["--start", "2026-11-24T22:30:00+01:00", "--port", String(port)];
	const street = simulator("--lamps", "12", "--neighbours", ...start);
	try {
		const [, url] = await street.says(/page: (http:\S+)/);
		const page = await fetch(url!);
		expect([page.status, page.headers.get("content-type")]).toEqual([
			200,
			"text/html; charset=utf-8",
		]);
		const text = await page.text();
		const parts = [...text.matchAll(/(?:src|href)="(?!data:|#)([^"]+)"/g)].map(([, path]) => path!);
		expect(parts.length).toBeGreaterThan(0);
		for (const path of parts) {
			const part = await fetch(new URL(path, url));
			expect([path, part.status]).toEqual([path, 200]);
			expect((await part.text()).length).toBeGreaterThan(0);
		}
	} finally {
		await street.stop("SIGINT");
	}
});

/** Check in an XS machine: the longest calendar is tried in pieces, within the lamp's own memory. */
import { expect, test } from "@jest/globals";
import { INPUT } from "../../../../hosts/virtual/protocol.js";
import { MINUTE } from "../../../../lib/spans.js";
import { SECRET } from "../../../support/technician.js";
import { XsLamp } from "../../../support/xslamp.js";

/** Some 45 ms of the controller, as modelled (docs/measured.md); computrons. */
const LONGEST_PIECE = 55_000;
/** Pause between two pieces, ms. */
const PAUSE = 20;

test("sixteen rules, holidays, four programs: light never waits for the work", async () => {
	const pole = await XsLamp.of();
	const points = Array.from(
		{ length: 14 },
		(_, n) => `${String((18 + n) % 24).padStart(2, "0")}:30 ${20 + n} min 80`,
	);
	const program = ["sunset 100", ...points, "sunrise 0"].join("; ");
	const short = points.map((point) => point.slice(0, 8)).join(";");
	const rules = ["Fri,Sat,eve:a", "holiday:b", "easter-49..easter-47:c", "Mon Tue:a"];
	const ranges = Array.from(
		{ length: 11 },
		(_, n) => `${String(n + 1).padStart(2, "0")}-0${(n % 9) + 1}:b`,
	);
	const calendar = [...rules, ...ranges, "Mon..Sun:a"].join(";");
	const holidays = "01-01,easter+1,05-01,easter+39,easter+50,07-21,08-15,11-01,11-11,12-25";
	pole.store("calendar", {
		...{ program, program2: `a:${short}`, program3: `b:${short}`, program4: `c:${short}` },
		...{ calendar, holidays, zone: "CET-1CEST,M3.5.0,M10.5.0/3", latitude: 50.6, longitude: 5.6 },
	});
	pole.boot();
	pole.run(30 * MINUTE);
	for (const line of ["\u0003plain", `login ${SECRET}`, "check"]) {
		pole.post(pole.now + 1, INPUT.serialReadable, line.length + 1, Buffer.from(`${line}\r`));
		pole.run(pole.now + 2);
	}
	const before = pole.statistics;
	let longest = 0;
	pole.serial = "";
	while (!/^ok/m.test(pole.serial) && pole.now < 60 * MINUTE) {
		const { computrons } = pole.statistics;
		pole.run(pole.now + PAUSE / 2);
		longest = Math.max(longest, pole.statistics.computrons - computrons);
	}
	const [never, shadowed, end] = pole.serial.trim().split("\r\n");
	expect(JSON.parse(never!).text).toBe('note: rule "Mon Tue:a" fits no night until 2069');
	expect(JSON.parse(shadowed!).text).toMatch(/^note: rule "01-01:b" has no night left/);
	expect(end).toBe("ok");
	expect(pole.deaths).toEqual([]);
	expect(longest).toBeLessThan(LONGEST_PIECE);
	expect(pole.statistics.slotsPeak - before.slotsLive).toBeLessThan(260);
	pole.fleet.dispose();
});

/** Print: lines of energy and of the recorder. */
import { describe, expect, test } from "@jest/globals";
import { endSentence, energyLines } from "../../src/console/print.js";
import { RECORD } from "../../src/console/record.js";
import { Decisions } from "../../src/explain/decisions.js";
import { Recorder } from "../../src/journal/recorder.js";
import { VIEW } from "../support/view.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const EVENING = Date.UTC(2026, 10, 24, 21);

describe("energy", () => {
	const meter = {
		night: (index: number) =>
			[
				{ day: EVENING / DAY, energy_Wh: 345.6, oldLamp_Wh: 1162 },
				{ day: EVENING / DAY - 1, energy_Wh: 0, oldLamp_Wh: 0 },
			].map((night) => ({ ...night, day: Math.floor(night.day) }))[index],
		hour_Wh: (index: number) => [12.34, 5][index],
		hourEndedAt: 5 * HOUR,
	};
	const linesOf = (time: object) => {
		const line = energyLines({ meter, time, plan: VIEW.plan } as never, "en");
		return Array.from({ length: 5 }, (_, index) => line(index));
	};
	const nights = [
		"night 2026-11-24  0.346 kWh, old lamp 1.162 kWh",
		"night 2026-11-23  0.000 kWh, old lamp 0.000 kWh",
	];
	test("nights, then hours newest first, with a date where the clock has one", () => {
		expect(linesOf({ utc: EVENING, now: 5.5 * HOUR })).toEqual([
			...nights,
			"hour to 2026-11-24T21:30  12.3 Wh",
			"hour to 2026-11-24T20:30  5.0 Wh",
			undefined,
		]);
	});
	test("without a clock the hours are those since the boot", () => {
		const [, , first, second] = linesOf({ utc: undefined, now: 5.5 * HOUR });
		expect([first, second]).toEqual([
			"hour to up 05:00:00  12.3 Wh",
			"hour to up 04:00:00  5.0 Wh",
		]);
	});
});

describe("the recorder", () => {
	const recorder = new Recorder(0);
	recorder.illuminance(1000, 2.25);
	recorder.temperature(2000, -4.5);
	recorder.network(3000, true);
	recorder.stream(4000, true);
	recorder.stream(5000, false);
	recorder.reached(6000);
	recorder.edge(false, 7000);
	const view = { identity: { life: 3 }, light: { decisions: new Decisions() } };
	const answer = RECORD.run("", { owner: { recorder, view } } as never) as {
		lines(index: number): string | undefined;
	};
	test("prints lux and degrees with decimals, and each kind by its name", () => {
		expect(Array.from({ length: 9 }, (_, index) => answer.lines(index))).toEqual([
			"record 1, life 3, 7 inputs, 0 before",
			"00:00:01.000 illuminance 2.250",
			"00:00:02.000 temperature -4.500",
			"00:00:03.000 network 1",
			"00:00:04.000 streamOpen",
			"00:00:05.000 streamClosed",
			"00:00:06.000 streamReached",
			"00:00:07.000 stillness",
			undefined,
		]);
	});
});

describe("how the life before ended", () => {
	const ends: [ended: string, english: string, french: string][] = [
		[
			"memoryFull; serial background; 0x42001234",
			". The life before ended: memory full, at work on serial (background), 0x42001234",
			". Le précédent s'est terminé par une mémoire pleine, pendant : ligne série (arrière-plan), 0x42001234",
		],
		[
			"exception TypeError no function; stream input; 0x42001234",
			". The life before ended: exception (TypeError no function), at work on stream (input), 0x42001234",
			". Le précédent s'est terminé par une exception non interceptée (TypeError no function), pendant : liaison (entrée), 0x42001234",
		],
		[
			"hung main; ; ",
			". The life before ended: hung (main)",
			". Le précédent s'est terminé par une tâche bloquée (main)",
		],
		[
			"; alarm light; ",
			". The life before ended: a reset of the hardware, at work on alarm (light)",
			". Le précédent s'est terminé par une réinitialisation du matériel, pendant : échéance (lumière)",
		],
		[
			"",
			". The life before ended: a reset of the hardware",
			". Le précédent s'est terminé par une réinitialisation du matériel",
		],
	];
	test.each(ends)("%s", (ended, english, french) => {
		expect([endSentence(ended, "en"), endSentence(ended, "fr")]).toEqual([english, french]);
	});
});

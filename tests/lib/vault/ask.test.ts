/** What is asked for unseen, and the names of ports where udev's own program is missing. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { hidden, passphrase } from "../../../lib/vault/ask.js";
import { linked } from "../../../tools/laptop/line/ports.js";
import { newSecret, SECRET_FORM } from "../../../tools/laptop/vault/secret.js";
import { until } from "../../support/until.js";
import { TestSeat } from "../../tools/laptop/lampline.js";

const seatWith = (environment: Record<string, string> = {}) =>
	Object.assign(new TestSeat(), { environment });

describe("a secret that is typed", () => {
	const cases: [why: string, keys: string, typed: string][] = [
		["is not shown, and ends with Return", "hunter2\r", "hunter2"],
		["may be mended with Backspace, character by character", "hé\u007f\u007fhunter2\n", "hunter2"],
		["may be begun anew with Ctrl-U", "wrong\u0015hunter2\r", "hunter2"],
	];
	test.each(cases)("%s", async (_why, keys, typed) => {
		const seat = seatWith();
		const answer = hidden(seat, "secret: ");
		await until("it asks", () => seat.raw.length > 0);
		seat.keys.write(keys);
		expect(await answer).toBe(typed);
		expect([seat.stdout.text, seat.stderr.text, seat.raw]).toEqual([
			"",
			"secret: \n",
			[true, false],
		]);
	});

	test("is given up with Ctrl-C, and the keyboard is as it was", async () => {
		const seat = seatWith();
		const answer = hidden(seat, "secret: ");
		seat.keys.write("hun\u0003");
		await expect(answer).rejects.toThrow("nothing was done");
		expect(seat.raw).toEqual([true, false]);
	});

	test("is asked for twice where it is new, and both must agree", async () => {
		const seat = seatWith();
		const answer = passphrase(seat, "city.vault", true);
		expect(seat.stderr.text).toMatch(/\(12 characters or more; four random words are good\): $/);
		seat.keys.write("one long phrase\r");
		await until("it asks again", () => seat.stderr.text.includes("once more"));
		seat.keys.write("two long phrases\r");
		await expect(answer).rejects.toThrow("the two passphrases differ");
	});

	test("that is too short is refused at once", async () => {
		const seat = seatWith();
		const answer = passphrase(seat, "city.vault", true);
		seat.keys.write("short\r");
		await expect(answer).rejects.toThrow("a passphrase has 12 characters or more");
		expect(seat.stderr.text).not.toContain("once more");
	});

	test("is not asked for where a script gives it", async () => {
		const seat = seatWith({ LUMINODE_PASSPHRASE: "of a script" });
		expect(await passphrase(seat, "city.vault", true)).toBe("of a script");
		expect(seat.stderr.text).toBe("");
	});
});

test("a lamp's secret has 100 bits by its form, and no two are alike", () => {
	const made = Array.from({ length: 500 }, newSecret);
	expect(new Set(made).size).toBe(500);
	for (const secret of made) expect(secret.replace(SECRET_FORM, "")).toBe("");
	expect(made[0]!.length * Math.log2(32)).toBe(100);
	const places = Array.from(
		{ length: 20 },
		(_, at) => new Set(made.map((secret) => secret[at])).size,
	);
	expect(Math.min(...places)).toBe(32); // 500 throws of 32 miss one in fewer than 1 of 1,000 runs
});

test("ports by the links that udev made, sorted by path", () => {
	const folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	try {
		mkdirSync(join(folder, "by-id"));
		for (const name of ["ttyUSB1", "ttyUSB0"]) writeFileSync(join(folder, name), "");
		symlinkSync(join(folder, "ttyUSB1"), join(folder, "by-id", "usb-Silicon_Labs_CP2102-if00"));
		symlinkSync(join(folder, "ttyUSB0"), join(folder, "by-id", "usb-FTDI_TTL232R-3V3-if00"));
		expect(linked(join(folder, "by-id"))).toEqual([
			{ path: join(folder, "ttyUSB0"), name: "usb-FTDI_TTL232R-3V3-if00" },
			{ path: join(folder, "ttyUSB1"), name: "usb-Silicon_Labs_CP2102-if00" },
		]);
		expect(linked(join(folder, "none"))).toEqual([]);
	} finally {
		rmSync(folder, { recursive: true });
	}
});

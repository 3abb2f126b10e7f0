/** A file that several programs change: none overwrites what it has not read. */
import {
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { changeFile, locked } from "../../lib/files.js";

let folder: string;
let path: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	path = join(folder, "city.vault");
	writeFileSync(path, "a");
});
afterEach(() => rmSync(folder, { recursive: true }));
const text = () => readFileSync(path, "utf8");
const aged = (name: string, ms: number) => {
	const then = new Date(Date.now() - ms);
	utimesSync(name, then, then);
};

describe("the work of a change", () => {
	test("has the text, and runs again where another program has changed it meanwhile", () => {
		const seen: (string | undefined)[] = [];
		changeFile(path, (before) => {
			seen.push(before);
			if (seen.length === 1) writeFileSync(path, "ab");
			return `${before}c`;
		});
		expect([seen, text(), readdirSync(folder)]).toEqual([["a", "ab"], "abc", ["city.vault"]]);
	});
	test("has undefined where there is no file, and sees one that appears meanwhile", () => {
		rmSync(path);
		const seen: (string | undefined)[] = [];
		changeFile(path, (before) => {
			seen.push(before);
			if (seen.length === 1) writeFileSync(path, "b");
			return `${before ?? ""}c`;
		});
		expect([seen, text()]).toEqual([[undefined, "b"], "bc"]);
	});
	test("leaves the file with undefined, and with an exception", () => {
		changeFile(path, () => undefined);
		const no = () => {
			throw new Error("no");
		};
		expect(() => changeFile(path, no)).toThrow("no");
		expect([text(), readdirSync(folder)]).toEqual(["a", ["city.vault"]]);
	});
	test("ends with an error where another program changes the file each time", () => {
		let count = 0;
		const work = () => {
			writeFileSync(path, `${(count += 1)}`);
			return "mine";
		};
		expect(() => changeFile(path, work, 50)).toThrow("another program holds it");
		expect([text(), readdirSync(folder)]).toEqual([`${count}`, ["city.vault"]]);
	});
});

describe("a browser's swap file beside the file", () => {
	test.each([".crswap", ".1.crswap"])("%s: the change waits, then says who holds it", (end) => {
		writeFileSync(path + end, "");
		const work = () => {
			throw new Error("done all the same");
		};
		expect(() => changeFile(path, work, 50)).toThrow(`if none does, delete ${path}${end}`);
		expect([text(), existsSync(path + end)]).toEqual(["a", true]);
	});
	test("that appears during the work: the file is not replaced", () => {
		const work = () => {
			writeFileSync(`${path}.crswap`, "");
			return "mine";
		};
		expect(() => changeFile(path, work, 50)).toThrow("another program holds it");
		expect([text(), readdirSync(folder).sort()]).toEqual([
			"a",
			["city.vault", "city.vault.crswap"],
		]);
	});
	test("that was left behind by a crash is no writer, and stays", () => {
		writeFileSync(`${path}.crswap`, "");
		aged(`${path}.crswap`, 60_000);
		changeFile(path, (before) => `${before}b`);
		expect([text(), existsSync(`${path}.crswap`)]).toEqual(["ab", true]);
	});
	test("of another file is none of this one", () => {
		writeFileSync(join(folder, "other.vault.crswap"), "");
		changeFile(path, (before) => `${before}b`);
		expect(text()).toBe("ab");
	});
});

describe("a lock", () => {
	const lock = () => `${path}.lock`;
	test("names its program and its computer", () => {
		let owner = "";
		locked(path, () => {
			owner = readFileSync(lock(), "utf8");
		});
		expect([owner, existsSync(lock())]).toEqual([`${process.pid} ${hostname()}`, false]);
	});
	test("of another computer on a shared folder is waited for, whatever runs here", () => {
		writeFileSync(lock(), "2147483646 another-computer");
		expect(() => locked(path, () => {}, 50)).toThrow("another program holds it");
		aged(lock(), 120_000);
		locked(path, () => {}, 50);
		expect(existsSync(lock())).toBe(false);
	});
	test("of a program here that is no more is taken over at once", () => {
		writeFileSync(lock(), `2147483646 ${hostname()}`);
		locked(path, () => {}, 50);
		expect(existsSync(lock())).toBe(false);
	});
});

/** The tests of docs/security.md are there and assert; the checker sees those that do not; no key lies about. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { breachesOf, namedIn, verdictsOf } from "../../../tools/docs/securitytable.js";
import { securityTests, type Tests } from "../../../tools/docs/securitytests.js";
import { testsIn } from "../../../tools/docs/testlist.js";

const page = readFileSync("docs/security.md", "utf8");
const files = execFileSync("git", ["ls-files"], { encoding: "utf8" }).trim().split("\n");

const tests = securityTests(".");

describe("docs/security.md", () => {
	test("has a test that asserts, or a reason, in every row", () => {
		expect(namedIn(tests).length).toBeGreaterThan(50);
		expect(breachesOf(page, tests, (path) => readFileSync(path, "utf8"))).toEqual([]);
	});

	const A = "tests/a.test.ts";
	const HELPERS = "const check = () => expect(1).toBe(1);\nconst idle = () => {};\n";
	const MARK = "// security: 5.1\n";
	const pageWith = (shown: string) =>
		`| provision | what | shown |\n|---|---|---|\n| 5.1 a row | x | ${shown} |\n\n`;
	const seen: [source: string, title: string, why: string | undefined][] = [
		[`${MARK}test("sound", () => expect(1).toBe(1));`, "sound", undefined],
		[
			`describe("a group", () => {\n${MARK}test("in it", check);\n});`,
			"a group > in it",
			undefined,
		],
		[`${MARK}test.each([1])("helped %s", () => check());`, "helped %s", undefined],
		[`${MARK}test(\`drawn (seed \${1})\`, () => check());`, "drawn (seed %s)", undefined],
		[`// why\n${MARK}// security: 5.2\ntest("two", () => check());`, "two", undefined],
		[`${MARK}test.skip("off", () => check());`, "off", "off: skipped"],
		[`describe.skip("gone", () => {\n${MARK}test("in", check);\n});`, "gone > in", "in: skipped"],
		[`${MARK}test("empty", () => idle());`, "empty", "empty: asserts nothing"],
		[`test("other", check);\n${MARK}`, "other", "a mark that stands directly above no test"],
	];
	test.each(seen)("%s: %s", (source, title, why) => {
		const text = HELPERS + source;
		const marked = testsIn(text).filter(({ marks }) => marks.includes("5.1"));
		if (!why?.includes("no test")) expect(marked.map((each) => each.title)).toEqual([title]);
		const found = breachesOf(pageWith(`\`${A}\``), { "5.1": { [A]: [title] } }, () => text);
		expect(found).toEqual(why ? [expect.stringMatching(new RegExp(`${why}$`))] : []);
	});
	const sound = { [A]: ["sound"] };
	const B = "tests/b.test.ts";
	const unlike: [shown: string, tests: Tests, why: string | undefined][] = [
		["maker: a promise", {}, undefined],
		[`\`${B}\`, \`${A}\``, { "5.1": { ...sound, [B]: ["sound"] } }, undefined],
		["maker: a promise", { "5.1": sound }, `its marked tests are in ${A}`],
		[`\`${A}\``, {}, "its marked tests are in no file"],
		[`\`${A}\`, \`${B}\``, { "5.1": sound }, `its marked tests are in ${A}`],
		[`\`${A}\``, { "5.1": sound, "5.2": sound }, "begins no row, or several"],
		["well known", {}, "neither a test nor a reason"],
		["", {}, "neither a test nor a reason"],
	];
	test.each(unlike)("a row shown by %s, with the tests %j: %s", (shown, list, why) => {
		const found = breachesOf(pageWith(shown), list, () => "");
		expect(found).toEqual(why ? [expect.stringMatching(new RegExp(`${why}$`))] : []);
	});

	const result = (title: string, status: string, numPassingAsserts: number) => [
		{
			name: "/here/tests/a.test.ts",
			assertionResults: [{ ancestorTitles: ["a group"], title, status, numPassingAsserts }],
		},
	];
	const runs: [what: string, ran: ReturnType<typeof result>, why: string | undefined][] = [
		["that passed", result("helped 1", "passed", 1), undefined],
		["that failed", result("helped 1", "failed", 1), "failed"],
		["that was skipped", result("helped 1", "pending", 0), "pending"],
		["that asserted nothing", result("helped 1", "passed", 0), "asserted nothing"],
		["that did not run", result("another", "passed", 1), "did not run"],
	];
	test.each(runs)("a run with a test %s", (_what, ran, why) => {
		const named = namedIn({ "5.1": { [A]: ["a group > helped %s"] } });
		const found = verdictsOf(named, ran);
		expect(found).toEqual(why === undefined ? [] : [expect.stringContaining(why)]);
	});
});

// security: 5.4-3
test("no key, certificate or password lies in the repository", () => {
	const begins = /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}/;
	const found = files.filter((path) => begins.test(readFileSync(path, "utf8")));
	expect(files.length).toBeGreaterThan(300);
	expect(files.filter((path) => /\.(key|pem|der|p12|csr)$/.test(path))).toEqual([]);
	expect(found.filter((path) => !path.startsWith("tests/"))).toEqual([]);
});

// security: 5.6-1, 5.6-5
test("the image of a pole controller has no listener and no server", () => {
	const manifest = readFileSync("hosts/esp32/manifest.json", "utf8");
	const sources = files.filter((path) => /^(src|hosts\/(esp32|moddable))\/.*\.ts$/.test(path));
	const listening = sources.filter((path) =>
		/socket\/listener|httpserver|http\/server|telnet/.test(readFileSync(path, "utf8")),
	);
	expect(sources.length).toBeGreaterThan(150);
	expect(manifest).not.toMatch(/httpserver|telnet|websocket/);
	expect(listening).toEqual([]);
});

describe("sdkconfig", () => {
	const lines = (path: string) => readFileSync(`hosts/esp32/${path}`, "utf8").split("\n");
	const all = files.filter((path) => /sdkconfig.*defaults$/.test(path));

	// security: lines of sdkconfig
	test("says what is off by =n: the SDK leaves out every line that begins with #", () => {
		expect(all.length).toBeGreaterThan(2);
		for (const path of all)
			expect(readFileSync(path, "utf8")).not.toMatch(/^# CONFIG_.* is not set/m);
		expect(lines("sdkconfig/development.esp32.defaults")).toContain(
			"CONFIG_BOOTLOADER_SKIP_VALIDATE_ALWAYS=n",
		);
	});

	// security: 5.6-4
	test.each([
		"CONFIG_SECURE_BOOT=y",
		"CONFIG_SECURE_BOOT_V2_ENABLED=y",
		"CONFIG_SECURE_BOOT_BUILD_SIGNED_BINARIES=n",
		"CONFIG_SECURE_FLASH_ENC_ENABLED=y",
		"CONFIG_SECURE_FLASH_ENCRYPTION_MODE_RELEASE=y",
		"CONFIG_NVS_ENCRYPTION=y",
		"CONFIG_NVS_SEC_KEY_PROTECT_USING_FLASH_ENC=y",
		"CONFIG_SECURE_DISABLE_ROM_DL_MODE=y",
		"CONFIG_ESP_CONSOLE_NONE=y",
		"CONFIG_ESP_SYSTEM_PANIC_SILENT_REBOOT=y", // a panic prints the stack
		"CONFIG_ESP_COREDUMP_ENABLE_TO_NONE=y", // the SDK's own writes memory to UART0
	])("the release profile turns on %s", (line) => {
		expect(lines("sdkconfig/release.defaults")).toContain(line);
		expect(lines("sdkconfig/sdkconfig.defaults")).not.toContain(line);
	});

	test.each([
		// without it an ESP32 gets version 1, and keeps its download mode
		["esp32", "CONFIG_ESP32_REV_MIN_3=y"],
		["esp32c3", "CONFIG_ESP_CONSOLE_SECONDARY_NONE=y"], // a panic would print to USB
	])("the release profile of an %s turns on %s", (chip, line) => {
		expect(lines(`sdkconfig/release.${chip}.defaults`)).toContain(line);
	});
});

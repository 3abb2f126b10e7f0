/** Units: the services of the city as Debian's systemd-analyze reads and rates them. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { ROOT } from "../support/programs.js";

/** Of 10.0, in tenths: docs/city.md. */
const EXPOSURE_MOST = 11;
const folder = mkdtempSync(join(tmpdir(), "luminode-"));
afterAll(() => rmSync(folder, { recursive: true }));
const ready = readFileSync(join(ROOT, "city/files/luminode@.service"), "utf8").replace(
	"/usr/bin/node",
	process.execPath,
);

/** Throws with what the program wrote. */
function analyzed(text: string, ...args: string[]): string {
	const path = join(folder, "luminode@citizens.service");
	writeFileSync(path, text);
	const all = ["--no-pager", ...args, path];
	return execFileSync("systemd-analyze", all, { encoding: "utf8", stdio: "pipe" });
}
const rated = (text: string) =>
	analyzed(text, "security", "--offline=true", `--threshold=${EXPOSURE_MOST}`);

test("the unit is valid, and its exposure within its bound", () => {
	expect(analyzed(ready, "verify", "--man=no")).toBe("");
	expect(rated(ready)).toMatch(/Overall exposure level .*: 1\.1 OK/);
});
test.each(["NoNewPrivileges=yes", "ProtectSystem=strict", "SystemCallFilter=@system-service"])(
	"without %s it is beyond the bound",
	(line) => {
		expect(ready).toContain(line);
		expect(() => rated(ready.replace(line, ""))).toThrow();
	},
);
test("the account is one line of sysusers.d", () => {
	const line = readFileSync(join(ROOT, "city/files/luminode.sysusers"), "utf8");
	const path = join(folder, "luminode.conf");
	const dry = (text: string) => {
		writeFileSync(path, text);
		return execFileSync("systemd-sysusers", ["--dry-run", path], { stdio: "pipe" });
	};
	expect(String(dry(line))).toBe("");
	expect(() => dry(line.replace("u luminode", "q luminode"))).toThrow();
});

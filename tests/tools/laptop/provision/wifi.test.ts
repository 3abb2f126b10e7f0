/** The Wi-Fi of a site: its name from the file, its password from the vault, to the lamps that join it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Vault } from "../../../../lib/vault/vault.js";
import { provision } from "../../../../tools/laptop/provision/provision.js";
import { TestSeat } from "../lampline.js";
import { LampOnLine } from "../lamponline.js";

const PHRASE = "correct horse battery";
const WIFI_PASSWORD = "one lamp, one night";
const SITE = "pole,node,wifiName\nQ7,quai-7,city lights\nQ8,quai-8,\n";

let folder: string;
let pole: LampOnLine;
const file = (name: string) => join(folder, name);

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	writeFileSync(file("site.csv"), SITE);
	const shared = { wifiPassword: WIFI_PASSWORD };
	Vault.open(file("vault"), PHRASE, { N: 2 ** 8, r: 8, p: 1 }).update((content) => ({
		...content,
		shared,
	}));
	pole = await new LampOnLine("fake-7").plug();
});
afterEach(async () => {
	await pole.unplug();
	rmSync(folder, { recursive: true });
});

async function run(...args: string[]): Promise<string> {
	const { stdin, stdout, stderr, now } = new TestSeat();
	const files = ["--site", file("site.csv"), "--vault", file("vault")];
	const more = ["--protocol", file("protocol.csv"), "--tests", "none"];
	const environment = { LUMINODE_PASSPHRASE: PHRASE };
	await provision([...files, ...more, ...args], { stdin, stdout, stderr, now, environment });
	return stdout.text + stderr.text;
}

test("a lamp that has a name in the file gets both, and nothing written down holds the password", async () => {
	const output = await run("--port", pole.line.name, "--pole", "Q7");
	expect(output).toMatch(/^PASS pole Q7$/m);
	expect(pole.host.wifis).toEqual([`city lights/${WIFI_PASSWORD}`]);
	const written = ["protocol.csv", "vault"].map((name) => readFileSync(file(name), "utf8"));
	expect(`${output}${written.join()}${pole.output}`).not.toContain(WIFI_PASSWORD);
});

test("a lamp without one is sent neither", async () => {
	expect(await run("--port", pole.line.name, "--pole", "Q8")).toMatch(/^PASS pole Q8$/m);
	expect([pole.host.wifis, pole.node.settings.wifiPassword]).toEqual([[], ""]);
});

test("a controller on a cable is no lamp for a pole with a Wi-Fi, and the reason is reported", async () => {
	pole.host.hasWifi = false;
	const output = await run("--port", pole.line.name, "--pole", "Q7");
	expect(output).toMatch(/^FAIL pole Q7: .*set wifiName.*is wired and has no Wi-Fi$/m);
});

test("what is to be pasted holds both for the one, neither for the other", async () => {
	const texts: string[] = [];
	for (const name of ["Q7", "Q8"]) {
		await run("--pole", name, "--to-text", file(`${name}.txt`));
		texts.push(readFileSync(file(`${name}.txt`), "utf8"));
	}
	expect(texts[0]).toContain(`set wifiName city lights\nset wifiPassword ${WIFI_PASSWORD}\n`);
	expect(texts[1]).not.toContain("wifiPassword");
});

/** Beside the vault: what a command need not name, and the keys of a first pole. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Vault } from "../../../../lib/vault/vault.js";
import { CONFIGURATION, foundBeside } from "../../../../tools/laptop/provision/beside.js";
import { provision } from "../../../../tools/laptop/provision/provision.js";
import { TestSeat } from "../lampline.js";
import { LampOnLine } from "../lamponline.js";

const PHRASE = "correct horse battery";
const SITE = "pole,node,site\n*,,liege\nQ7,quai-7,\nQ8,quai-8,\n";
const COMMAND = "npx luminode pr\r";
let folder: string;
const before = process.cwd();
const file = (name: string) => join(folder, name);

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	process.chdir(folder);
});
afterEach(() => {
	process.chdir(before);
	rmSync(folder, { recursive: true });
});

/** A seat at which `keys` are pressed, one at each question; counts them. */
function seatOf(...keys: string[]) {
	const seat = new TestSeat();
	const left = [...keys];
	let pressed = 0;
	const write = seat.stderr.write.bind(seat.stderr);
	Object.assign(seat.stderr, {
		write: (text: string) => {
			const key = /[?:] $|\[.\/n\] $/.test(text) ? left.shift() : undefined;
			if (key !== undefined) setTimeout(() => seat.keys.write(key), 5);
			pressed += key?.length ?? 0;
			return write(text);
		},
	});
	return { seat: Object.assign(seat, { environment: {} }), left, count: () => pressed };
}

test.each(["en", "fr"])("a first pole takes 40 keys at most (%s)", async (language) => {
	writeFileSync(file("site.csv"), SITE);
	Vault.open(file("city.vault"), PHRASE, { N: 2 ** 8, r: 8, p: 1 }).update((content) => ({
		...content,
		shared: { brokerPassword: "x" },
	}));
	const pole = await new LampOnLine("fake-7").plug();
	pole.host.deliver((inputs, now) => inputs.onTime(now, pole.host.wall!));
	writeFileSync(file(CONFIGURATION), JSON.stringify({ port: pole.line.name, tests: "lamp" }));
	const { seat, left, count } = seatOf("\r", `${PHRASE}\r`, language === "fr" ? "o" : "y");
	try {
		expect(await provision(["--lang", language], seat)).toBe(0);
	} finally {
		await pole.unplug();
	}
	expect([left, pole.node.settings.node]).toEqual([[], "quai-7"]);
	expect(COMMAND.length + count()).toBeLessThanOrEqual(40);
	expect(readFileSync(file("protocol.csv"), "utf8")).toMatch(/,pass,liege,Q7,quai-7,/);
});

describe("files and port", () => {
	const ports = async () => [
		{ path: "/dev/ttyS0", name: "" },
		{ path: "/dev/ttyUSB0", name: "FTDI" },
	];
	const found = (given: object = {}, ...keys: string[]) =>
		foundBeside({ ...given }, seatOf(...keys).seat, "en", ports);
	test("the one of each is found; a protocol and a table without nodes are no site file", async () => {
		writeFileSync(file("quay.csv"), `sep=;\n${SITE.replaceAll(",", ";")}`);
		writeFileSync(file("protocol.csv"), "time,result,site,pole,node\n");
		writeFileSync(file("other.csv"), "street,length\n");
		writeFileSync(file("city.vault"), "");
		expect(await found()).toEqual({ site: "quay.csv", vault: "city.vault", port: "/dev/ttyUSB0" });
		expect(existsSync(CONFIGURATION)).toBe(false);
		expect(await found({ site: "a", vault: "b", port: "c" })).toEqual({});
		expect(await found({ summary: true })).toEqual({ site: "quay.csv" });
		expect(await found({ "to-text": "x" })).not.toHaveProperty("port");
	});
	test("of several one is chosen by one key, and the next run has it", async () => {
		for (const name of ["a.csv", "b.csv"]) writeFileSync(file(name), SITE);
		writeFileSync(file("city.vault"), "");
		expect(await found({}, "2")).toMatchObject({ site: "b.csv" });
		expect(JSON.parse(readFileSync(CONFIGURATION, "utf8"))).toEqual({ site: "b.csv" });
		expect(await found()).toMatchObject({ site: "b.csv" });
	});
	test("nobody to choose: the names are listed", async () => {
		for (const name of ["a.csv", "b.csv"]) writeFileSync(file(name), SITE);
		const seat = Object.assign(seatOf().seat, {
			stdin: Object.assign(seatOf().seat.stdin, { isTTY: false }),
		});
		await expect(foundBeside({}, seat, "en", ports)).rejects.toThrow(
			"--site is missing, and several are there: a.csv, b.csv",
		);
	});
	test("the configuration is beside the vault, and its paths begin there", async () => {
		writeFileSync(file(CONFIGURATION), '{"site":"in/site.csv","label":"labels","port":"tcp:h:1"}');
		process.chdir(before);
		const given = await found({ vault: file("city.vault") });
		expect(Object.keys(given)).toEqual(["site", "label", "port"]);
		expect(given.site).toMatch(/luminode-test-.*in.site\.csv$/);
	});
	test("a port that is not plugged in today gives way to the one that is", async () => {
		writeFileSync(file(CONFIGURATION), '{"port":"/dev/ttyUSB99"}');
		expect(await found()).toMatchObject({ port: "/dev/ttyUSB0" });
	});
	test.each(["{", "[]", '{"colour":"red"}', '{"site":7}', '{"site":""}'])(
		"%s is refused",
		async (text) => {
			writeFileSync(file(CONFIGURATION), text);
			await expect(found()).rejects.toThrow(/luminode\.json: must be a JSON object of texts/);
		},
	);
});

test("Ctrl-C at a question ends the run, and nothing is recorded", async () => {
	writeFileSync(file("site.csv"), SITE);
	Vault.open(file("city.vault"), PHRASE, { N: 2 ** 8, r: 8, p: 1 }).update((content) => ({
		...content,
		shared: { brokerPassword: "x" },
	}));
	const pole = await new LampOnLine("fake-7").plug();
	pole.host.deliver((inputs, now) => inputs.onTime(now, pole.host.wall!));
	const { seat } = seatOf(`${PHRASE}\r`, "\u0003");
	const args = ["--next", "--port", pole.line.name, "--tests", "lamp"];
	try {
		expect(await provision(args, seat)).not.toBe(0);
	} finally {
		await pole.unplug();
	}
	expect(seat.stderr.text).toContain("interrupted");
	expect(seat.stdout.text).not.toMatch(/FAIL|Is the next controller/);
	expect(readFileSync(file("protocol.csv"), "utf8")).toBe("");
});

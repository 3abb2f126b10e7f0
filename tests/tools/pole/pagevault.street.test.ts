/**
 * The page's vault beside other programs: what each of them stores stays, or nothing is written.
 *
 * Promise: Secrets are not lost when several programs write one vault.
 */
import { scryptSync } from "node:crypto";
import {
	copyFileSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type Content, Vault, withLamp } from "../../../lib/vault/vault.js";
import { vaultBook } from "../../../tools/laptop/vault/vaultbook.js";
import { PageVault } from "../../../tools/pole/client/pagevault.js";
import {
	Downloads,
	InPlace,
	pickedInPlace,
	type VaultPlace,
} from "../../../tools/pole/client/vaultplace.js";
import { TestSeat } from "../laptop/lampline.js";
import { DiskFile, type Step } from "./diskfile.js";

const PHRASE = "correct horse battery";
/** A guess a millisecond. */
const CHEAP = { N: 2 ** 8, r: 8, p: 1 };
const lamp = (index: number) => ({
	serial: `fake-${index}`,
	nodes: [`quai-${index}`],
	secret: `ABCDEFGHJKLMNPQRST${index}`,
	made: "2026-11-24T21:00:00.000Z",
});
const added = (index: number) => (content: Content) => withLamp(content, lamp(index), undefined);
const shared = (name: string, value: string) => (content: Content) => ({
	...content,
	shared: { ...content.shared, [name]: value },
});

let folder: string;
let path: string;
const onDisk = () => Vault.open(path, PHRASE).read();
const serials = ({ lamps }: Content) => lamps.map(({ serial }) => serial);

/** A browser's worker, with the derivation of keys alone. */
class FakeWorker {
	onmessage: (event: { readonly data: Uint8Array }) => void = () => {};

	postMessage(job: {
		phrase: string;
		salt: Uint8Array;
		N: number;
		r: number;
		p: number;
		bytes: number;
	}) {
		const { phrase, salt, N, r, p, bytes } = job;
		const options = { N, r, p, maxmem: 2 ** 30 };
		this.onmessage({ data: new Uint8Array(scryptSync(phrase, salt, bytes, options)) });
	}

	terminate(): void {}
}

beforeAll(() => void Object.assign(globalThis, { Worker: FakeWorker, VAULT_WORKER: "" }));
afterAll(() => {
	for (const name of ["Worker", "VAULT_WORKER"]) Reflect.deleteProperty(globalThis, name);
});
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	path = join(folder, "city.vault");
	Vault.open(path, PHRASE, CHEAP).update(shared("siteKey", "the key of the whole site"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const pageAt = (place: VaultPlace) => PageVault.open(place, PHRASE, false);

/** `npx luminode vault` in a terminal. */
async function terminal(commandLine: string, typed: string): Promise<void> {
	const seat = new TestSeat();
	const stdin = Object.assign(seat.keys, { isTTY: false });
	seat.keys.end(typed);
	const { stdout, stderr, now } = seat;
	const environment = { LUMINODE_PASSPHRASE: PHRASE };
	const all = ["--vault", path, ...commandLine.split(" ")];
	expect(await vaultBook(all, { stdin, stdout, stderr, now, environment })).toBe(0);
}

/** What another program stores in one step, whatever the page does: a vault that it has made ready. */
function readyToReplace(change: (content: Content) => Content): () => void {
	const beside = join(folder, "ready");
	copyFileSync(path, beside);
	Vault.open(beside, PHRASE).update(change);
	return () => renameSync(beside, path);
}

describe("in place", () => {
	test("a secret that a terminal put meanwhile stays, and so does the page's lamp", async () => {
		const page = await pageAt(new InPlace(new DiskFile(path)));
		await terminal("--put brokerPassword", "hunter2hunter2\n");
		await page.update(added(1));
		expect(onDisk()).toEqual({
			shared: { siteKey: "the key of the whole site", brokerPassword: "hunter2hunter2" },
			lamps: [lamp(1)],
		});
		expect(page.read()).toEqual(onDisk());
		expect(readdirSync(folder)).toEqual(["city.vault"]);
	});
	test("a program that has the vault open since before keeps the page's lamp", async () => {
		const other = Vault.open(path, PHRASE);
		const page = await pageAt(new InPlace(new DiskFile(path)));
		await page.update(added(1));
		other.update(added(2));
		await page.update(added(3));
		expect(serials(onDisk())).toEqual(["fake-1", "fake-2", "fake-3"]);
		await page.amend(lamp(2), ({ nodes }) => ({ nodes: [...nodes, "quai-9"] }));
		other.amend(lamp(2), { key: "a key" });
		expect(onDisk().lamps.at(-1)).toEqual({
			...lamp(2),
			nodes: ["quai-2", "quai-9"],
			key: "a key",
		});
	});
	test("what a terminal put is read before a lamp is asked for its secret", async () => {
		const page = await pageAt(new InPlace(new DiskFile(path)));
		await terminal("--put secret --lamp fake-7", "its-own-long-secret\n");
		expect(serials(page.read())).toEqual([]);
		await page.refresh();
		expect(serials(page.read())).toEqual(["fake-7"]);
	});
	const late: [step: Step, nth: number][] = [
		["createWritable", 1],
		["getFile", 2], // the first one opened the vault
		["write", 1],
		["getFile", 3],
	];
	test.each(late)(
		"another program replaces it just before %s %i: both are there",
		async (at, index) => {
			const file = new DiskFile(path);
			const page = await pageAt(new InPlace(file));
			const replace = readyToReplace(added(2));
			file.before = (step, count) => void (step === at && count === index && replace());
			await page.update(added(1));
			expect(serials(onDisk()).sort()).toEqual(["fake-1", "fake-2"]);
			expect(readdirSync(folder)).toEqual(["city.vault"]);
		},
	);
	test("of two tabs one waits for the other", async () => {
		const [pageVault, other] = [
			await pageAt(new InPlace(new DiskFile(path))),
			await pageAt(new InPlace(new DiskFile(path))),
		];
		await Promise.all([pageVault.update(added(1)), other.update(added(2))]);
		expect(serials(onDisk()).sort()).toEqual(["fake-1", "fake-2"]);
	});
	test("an older copy in its place is not written over, and the page still has what it knew", async () => {
		const page = await pageAt(new InPlace(new DiskFile(path)));
		const backup = readFileSync(path);
		await page.update(added(1));
		writeFileSync(path, backup);
		await expect(page.update(added(2))).rejects.toThrow(/an older copy has taken its place/);
		expect(readFileSync(path)).toEqual(backup);
		writeFileSync(path, await page.copy());
		expect(serials(onDisk())).toEqual(["fake-1"]);
	});
	const replaced: [what: string, replace: () => void, why: RegExp][] = [
		[
			"another passphrase",
			() => void Vault.open(path, PHRASE).rekey("another long phrase"),
			/has another passphrase or is another vault/,
		],
		[
			"another vault",
			() => {
				rmSync(path);
				Vault.open(path, PHRASE, CHEAP).update(added(9));
			},
			/has another passphrase or is another vault/,
		],
		["an empty file", () => writeFileSync(path, ""), /is not a vault/],
		[
			"a torn file",
			() => writeFileSync(path, readFileSync(path, "utf8").slice(0, -9)),
			/is damaged/,
		],
	];
	test.each(replaced)("with %s nothing is written", async (_what, replace, why) => {
		const page = await pageAt(new InPlace(new DiskFile(path)));
		replace();
		const before = readFileSync(path);
		await expect(page.update(added(1))).rejects.toThrow(why);
		expect(readFileSync(path)).toEqual(before);
		expect(serials(page.read())).toEqual([]);
		expect(readdirSync(folder)).toEqual(["city.vault"]);
	});
	test("an empty file is no new vault", async () => {
		writeFileSync(path, "");
		await expect(pageAt(new InPlace(new DiskFile(path)))).rejects.toThrow("is not a vault");
	});
	test("a file that is gone is named", async () => {
		const page = await pageAt(new InPlace(new DiskFile(path)));
		rmSync(path);
		await expect(page.update(added(1))).rejects.toThrow(/city\.vault: cannot be written/);
		expect(serials(page.read())).toEqual([]);
	});
	test("a change that throws, and one that changes nothing, leave no swap file", async () => {
		const file = new DiskFile(path);
		const page = await pageAt(new InPlace(file));
		const before = readFileSync(path);
		await page.update((content) => content);
		const no = () => {
			throw new Error("no");
		};
		await expect(page.update(no)).rejects.toThrow();
		expect([readFileSync(path), readdirSync(folder)]).toEqual([before, ["city.vault"]]);
	});
	test("without the browser's right to change it, it is not opened in place, nor written", async () => {
		const file = new DiskFile(path);
		const page = await pageAt(new InPlace(file));
		file.permission = "denied";
		await expect(pickedInPlace(async () => [file])).rejects.toThrow(/may not change city\.vault/);
		await expect(page.update(added(1))).rejects.toThrow(/may not change city\.vault/);
		expect(await pickedInPlace(() => Promise.reject(new Error("closed")))).toBeUndefined();
	});
});

describe("as downloads", () => {
	let saved: string[];
	beforeEach(() => {
		saved = [];
	});
	const hand = (_name: string, text: string) => void saved.push(text);
	const picked = () => ({ text: async () => readFileSync(path, "utf8") });
	const lastSaved = () => {
		const copy = join(folder, "saved");
		writeFileSync(copy, saved.at(-1)!);
		return Vault.open(copy, PHRASE).read();
	};

	test("each download has the lamps before, and the file stays as it was", async () => {
		const before = readFileSync(path);
		const page = await pageAt(new Downloads("city.vault", picked(), hand));
		await page.update(added(1));
		await page.update(added(2));
		expect(serials(lastSaved())).toEqual(["fake-1", "fake-2"]);
		expect(readFileSync(path)).toEqual(before);
	});
	test("a new one begins with its first lamp", async () => {
		const page = await PageVault.open(new Downloads("city.vault", undefined, hand), PHRASE, true);
		await page.update(added(1));
		expect(serials(lastSaved())).toEqual(["fake-1"]);
	});
	test("a file that another program has changed meanwhile: nothing is saved, and it says what to do", async () => {
		const page = await pageAt(new Downloads("city.vault", picked(), hand));
		await terminal("--put brokerPassword", "hunter2hunter2\n");
		await expect(page.update(added(1))).rejects.toThrow(
			/city\.vault was changed by another program .* choose it again and open it/,
		);
		expect(saved).toEqual([]);
	});
	test.each([
		["that the browser does not read any more, because it changed", "NotReadableError", true],
		["that was moved away", "NotFoundError", false],
	])("a file %s", async (_what, name, isRefused) => {
		let isGone = false;
		const text = async () => {
			if (isGone) throw new DOMException("", name);
			return readFileSync(path, "utf8");
		};
		const page = await pageAt(new Downloads("city.vault", { text }, hand));
		isGone = true;
		const done = page.update(added(1));
		if (isRefused) await expect(done).rejects.toThrow(/was changed by another program/);
		else await done;
		expect(serials(page.read())).toEqual(isRefused ? [] : ["fake-1"]);
	});
});

/** A vault into which others write while a lamp is commissioned: what they put for that lamp stays. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Content, type LampSecrets, Vault, withLamp } from "../../../../lib/vault/vault.js";
import type { SecretStore } from "../../../../lib/vault/vaultcontent.js";
import { fits } from "../../../../src/console/secret.js";
import { openLine } from "../../../../tools/laptop/line/line.js";
import { Plain } from "../../../../tools/laptop/line/plain.js";
import { newKey, requestOf } from "../../../../tools/laptop/provision/certificate.js";
import { certify } from "../../../../tools/laptop/provision/certify.js";
import { commission, type Job } from "../../../../tools/laptop/provision/commission.js";
import { provision } from "../../../../tools/laptop/provision/provision.js";
import { TestSeat } from "../lampline.js";
import { LampOnLine } from "../lamponline.js";

const PHRASE = "correct horse battery";
const SECRET = "ABCDEFGHJKLMNPQRSTUV";
const LAMP: LampSecrets = {
	serial: "fake-7",
	nodes: ["quai-1"],
	secret: SECRET,
	made: "2026-11-20T21:00:00.000Z",
};
const OWN = { brokerPassword: "of this lamp alone" };
const FACTORY = {
	mac: "aa:bb:cc:dd:ee:ff",
	chip: "esp32-c3",
	revision: "v0.4",
	profile: "release",
	image: "0".repeat(64),
	console: "1 256 00 00",
	done: ["erase", "write", "verify", "test", "label", "keys"],
	station: "desk",
	keys: { flash: "of the flash", nvs: "of nvs" },
	at: "2026-11-20T21:00:00.000Z",
};

let folder: string;
let vault: Vault;
let pole: LampOnLine;
const now = () => new Date("2026-11-24T21:00:00Z");
const inVault = () => Vault.open(join(folder, "city.vault"), PHRASE).read().lamps;

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	vault = Vault.open(join(folder, "city.vault"), PHRASE, { N: 2 ** 8, r: 8, p: 1 });
	vault.update((content) => ({ ...content, shared: { siteKey: "the key of the whole site" } }));
	pole = await new LampOnLine("fake-7").plug();
});
afterEach(async () => {
	await pole.unplug();
	rmSync(folder, { recursive: true });
});

/** A vault into which another program writes just before the nth write here. */
function beside(index: number, other: (content: Content) => Content): SecretStore {
	let writes = 0;
	const meanwhile = () => {
		writes += 1;
		if (writes === index) Vault.open(join(folder, "city.vault"), PHRASE).update(other);
	};
	return {
		read: () => vault.read(),
		update: (change) => {
			meanwhile();
			vault.update(change);
		},
		amend: (lamp, more) => {
			meanwhile();
			return vault.amend(lamp, more);
		},
	};
}

function jobOf(store: SecretStore, more: Partial<Job> = {}): Job {
	return {
		plan: {
			pole: "Q8",
			line: 2,
			values: new Map([
				["node", "quai-8"],
				["site", "liege"],
			]),
		} as unknown as Job["plan"],
		vault: store,
		tests: [],
		certify: undefined,
		keepExport: undefined,
		replaces: undefined,
		protocolled: [],
		now,
		goesOn: async () => true,
		wasSeen: async () => true,
		say: () => {},
		...more,
	};
}

async function commissioned(job: Job) {
	const talk = await Plain.open(pole.line.name, openLine);
	try {
		return await commission(talk, job);
	} finally {
		await talk.close();
	}
}

const put = (content: Content): Content => {
	const stored = content.lamps.find(({ serial }) => serial === "fake-7")!;
	return withLamp(content, { ...stored, settings: OWN, key: "a key" }, stored);
};

test("a lamp that gets its pole's name keeps the password and the key that another program put", async () => {
	vault.update((content) => withLamp(content, LAMP, undefined));
	pole.type(`\rsecret ${SECRET}\rlogout\r`);
	const { why } = await commissioned(jobOf(beside(1, put)));
	expect(why).toBeUndefined();
	expect(inVault()).toEqual([
		{ ...LAMP, nodes: ["quai-1", "quai-8"], settings: OWN, key: "a key" },
	]);
	expect(pole.node.settings.brokerPassword).toBe(OWN.brokerPassword);
});

test("a controller that lost its secret keeps its own password, its key and its record of the flash station", async () => {
	const before = { ...LAMP, settings: OWN, key: "a key", factory: FACTORY, revoked: "2026-11-21" };
	vault.update((content) => withLamp(content, before, undefined));
	const { why } = await commissioned(jobOf(vault));
	expect(why).toBeUndefined();
	const [lamp, ...others] = inVault();
	const { secret, made, ...rest } = lamp!;
	expect([others, rest]).toEqual([
		[],
		{
			serial: "fake-7",
			nodes: ["quai-1", "fake-7", "quai-8"],
			settings: OWN,
			key: "a key",
			factory: FACTORY,
		},
	]);
	expect([secret === SECRET, made]).toEqual([false, now().toISOString()]);
	expect(fits(secret, pole.host.stored.get("secret")!, pole.host)).toBe(true);
	expect(pole.node.settings.brokerPassword).toBe(OWN.brokerPassword);
});

test("secrets that were made for the pole join what the vault has of the controller", async () => {
	const begun = { nodes: ["quai-8"], secret: SECRET, made: LAMP.made };
	const old = { ...LAMP, secret: "BCDEFGHJKLMNPQRSTUVW", settings: OWN, key: "a key" };
	vault.update((content) => ({ ...content, lamps: [old, begun] }));
	pole.type(`\rsecret ${SECRET}\rlogout\r`);
	const { why } = await commissioned(jobOf(vault));
	expect(why).toBeUndefined();
	expect(inVault()).toEqual([
		{ ...begun, serial: "fake-7", nodes: ["quai-1", "quai-8"], settings: OWN, key: "a key" },
	]);
});

test("of two programs that make a lamp's key, the second one takes the first one's", async () => {
	const key = newKey();
	const requests = join(folder, "requests");
	mkdirSync(requests);
	vault.update((content) => withLamp(content, LAMP, undefined));
	pole.type(`\rsecret ${SECRET}\r`);
	const talk = await Plain.open(pole.line.name, openLine);
	const store = beside(1, (content) => withLamp(content, { ...LAMP, key }, LAMP));
	const wanted = { folder: requests, ca: undefined, vault: store, now, say: () => {} };
	try {
		expect(await certify(talk, LAMP, wanted)).toBe("requested");
	} finally {
		await talk.close();
	}
	expect(inVault()).toEqual([{ ...LAMP, key }]);
	const asked = readFileSync(join(requests, "fake-7.csr.pem"), "utf8");
	const publicPart = (request: string) => request.split("\n").slice(1, 3).join("");
	expect(publicPart(asked)).toBe(publicPart(requestOf("fake-7", key)));
});

test("two texts to paste for one pole have one secret", async () => {
	writeFileSync(join(folder, "site.csv"), "pole,node,site\n*,,liege\nQ8,quai-8,\n");
	const toText = (name: string) => {
		const { stdin, stdout, stderr, now } = new TestSeat();
		const environment = { LUMINODE_PASSPHRASE: PHRASE };
		const files = ["--site", join(folder, "site.csv"), "--vault", join(folder, "city.vault")];
		const args = ["--pole", "Q8", ...files, "--to-text", join(folder, name)];
		return provision(args, { stdin, stdout, stderr, now, environment });
	};
	expect(await Promise.all([toText("one.txt"), toText("other.txt")])).toEqual([0, 0]);
	expect(inVault()).toHaveLength(1);
	expect(readFileSync(join(folder, "one.txt"))).toEqual(readFileSync(join(folder, "other.txt")));
});

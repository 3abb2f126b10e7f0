/**
 * Seal: a controller that was made and tested becomes one of release: keys of its own, the signed image
 * and its identity under them, then the fuses, one after the other, each looked at before and after.
 *
 * No fuse is burnt before the flash was read back under the keys in this very run, the boot keys are
 * those that signed the image, the eFuses are as the record says, and a person agreed to this chip.
 */
import { randomBytes } from "node:crypto";
import { Trouble } from "../../lib/text/trouble.js";
import type { FactoryRecord } from "../../lib/vault/factoryrecord.js";
import type { Content, LampSecrets, SecretStore } from "../../lib/vault/vaultcontent.js";
import type { Bench, Place } from "./bench.js";
import {
	bootKeysMost,
	type Fuse,
	fusesOf,
	isBurnt,
	type KeyName,
	NONE,
	type Summary,
	stepOf,
	unexpected,
} from "./fuses.js";
import {
	type Batch,
	checkChip,
	type Made,
	type Recorded,
	recordOf,
	stepped,
	Undone,
	type Work,
} from "./station.js";
import { text } from "./texts.js";

const FLASH_KEY_BYTES = 32;
const KEYS = "keys";
const FLASHED: readonly string[] = ["seal erase", "seal write", "seal verify"];
const START = "start";

export interface Sealing extends Pick<Batch, "chip" | "now" | "say"> {
	/** Digest of the signed files. */
	readonly release: string;
	/** Digests of the keys that signed them. */
	readonly bootKeys: readonly Uint8Array[];
	/** Whether a person agrees to burn the fuses of this lamp. */
	agrees(serial: string, mac: string): Promise<boolean>;
	newNvsKeys(): Uint8Array;
	/** The signed image and the identity, encrypted by the keys of NVS. */
	places(lamp: LampSecrets, nvsKeys: Uint8Array): Promise<readonly Place[]>;
}

/** Seals one controller, or goes on with it. Rejects with `Trouble`; the record says how far it came. */
export async function seal(bench: Bench, sealing: Sealing, store: SecretStore): Promise<Made> {
	const { chip, bootKeys } = sealing;
	if (bootKeys.length === 0) throw new Trouble(text("notSignedAlike"));
	if (bootKeys.length > bootKeysMost(chip))
		throw new Trouble(text("manyBootKeys", bootKeys.length, chip, bootKeysMost(chip)));
	const fuses = fusesOf(chip, bootKeys.length);
	const found = await lampOn(bench, sealing, store, fuses);
	if (found.factory.done.includes(START)) return { lamp: found, isRepeat: true };
	const run = new Run(bench, sealing, store, fuses, found);
	if (!isClosing(found.factory, fuses)) await run.prepare();
	await run.burnAll();
	await run.start();
	return { lamp: run.lamp, isRepeat: false };
}

/** The last fuse was begun: the chip may answer nobody but its own console. */
const isClosing = ({ done, doing }: FactoryRecord, fuses: readonly Fuse[]): boolean => {
	const last = stepOf(fuses.at(-1)!);
	return doing === last || done.includes(last);
};

/** The record of the controller on the cable: by its address, or by the console of one that is closed. */
async function lampOn(
	bench: Bench,
	sealing: Sealing,
	store: SecretStore,
	fuses: readonly Fuse[],
): Promise<Recorded> {
	const content = await store.read();
	const facts = await bench.look();
	if (facts) {
		checkChip(facts, { chip: sealing.chip, profile: "release" });
		const lamp = recordOf(content, facts.mac);
		if (!lamp) throw new Trouble(text("notMade", facts.mac));
		const { done, failed } = lamp.factory;
		if (!done.includes("test") || !done.includes("label"))
			throw new Trouble(text("notTested", lamp.serial ?? "", failed ?? ""));
		return lamp;
	}
	await bench.start();
	const { serial } = await bench.meet((named) => ofSerial(content, named)?.secret);
	const lamp = ofSerial(content, serial);
	if (!lamp || !isClosing(lamp.factory, fuses)) throw new Trouble(text("noChip"));
	return lamp;
}

const ofSerial = ({ lamps }: Content, serial: string): Recorded | undefined =>
	lamps.find((lamp): lamp is Recorded => lamp.serial === serial && lamp.factory !== undefined);

/** One controller between the first key and its start. */
class Run {
	lamp: Recorded;
	readonly #bench: Bench;
	readonly #sealing: Sealing;
	readonly #store: SecretStore;
	readonly #fuses: readonly Fuse[];

	constructor(
		bench: Bench,
		sealing: Sealing,
		store: SecretStore,
		fuses: readonly Fuse[],
		lamp: Recorded,
	) {
		this.#bench = bench;
		this.#sealing = sealing;
		this.#store = store;
		this.#fuses = fuses;
		this.lamp = lamp;
	}

	/** Keys, flash, question: nothing is burnt yet, or the record says what is. */
	async prepare(): Promise<void> {
		const { chip, release, agrees, newNvsKeys } = this.#sealing;
		const { factory, serial = "" } = this.lamp;
		if (factory.keys === undefined)
			await this.#step(KEYS, async () => ({
				keys: { flash: base64(randomBytes(FLASH_KEY_BYTES)), nvs: base64(newNvsKeys()) },
			}));
		const summary = await this.#expected(this.#burnt);
		const isTouched = unexpected(chip, this.#fuses, NONE, summary) !== undefined;
		if (!isTouched) await this.#flash(release, shortened(summary));
		else if (factory.release !== release)
			throw new Trouble(text("otherRelease", serial, factory.release ?? ""));
		if (!(await agrees(serial, factory.mac))) throw new Trouble(text("notAgreed", serial));
	}

	/** Written under the keys, and read back in this run. */
	async #flash(release: string, before: FactoryRecord["before"]): Promise<void> {
		const bench = this.#bench;
		const places = await this.#places();
		const isWritten = this.lamp.factory.release === release;
		const isDone = (step: string) => isWritten && this.lamp.factory.done.includes(step);
		const [erase, write, verify] = FLASHED as [string, string, string];
		if (!isDone(write)) {
			await this.#step(erase, async () => {
				await bench.erase();
				return {};
			});
			await this.#step(write, async () => {
				await bench.write(places);
				return { release };
			});
		}
		await this.#step(verify, async () => {
			if (!(await bench.holds(places))) throw new Undone(FLASHED);
			return before === undefined ? {} : { before };
		});
	}

	async burnAll(): Promise<void> {
		for (const [index, fuse] of this.#fuses.entries()) {
			const step = stepOf(fuse);
			if (this.lamp.factory.done.includes(step)) continue;
			const isLast = index === this.#fuses.length - 1;
			if (isLast && (await this.#bench.look()) === undefined) {
				// begun before, and burnt: the download mode has ended
				await this.#step(step, async () => ({}));
				return;
			}
			await this.#checkChip();
			const summary = await this.#expected(index);
			const key = this.#keyOf(fuse);
			await this.#step(step, async () => {
				if (!isBurnt(fuse, summary, key) || fuse.kind === "value")
					await this.#bench.burn(fuse, key); // bits that are burnt stay burnt
				if (isLast) return { after: shortened(summary) };
				await this.#expected(index + 1);
				return {};
			});
		}
	}

	/**
	 * The proof: the lamp starts from flash that only its own keys open, and names itself; two resets over
	 * the cable count up its lives, so the cable is plugged, and yet no chip answers there.
	 */
	start(): Promise<void> {
		return this.#step(START, async () => {
			const before = await this.#met();
			const after = await this.#met();
			if (after <= before) throw new Trouble(text("noReset"));
			if (await this.#bench.look())
				throw new Undone([stepOf(this.#fuses.at(-1)!)], text("stillOpen"));
			return {};
		});
	}

	/** The life of the lamp after a reset. */
	async #met(): Promise<number> {
		await this.#bench.start();
		const { serial, secret } = this.lamp;
		const met = await this.#bench.meet((named) => (named === serial ? secret : undefined));
		if (met.serial !== serial) throw new Trouble(text("otherLamp", met.serial, serial ?? ""));
		return met.life;
	}

	async #step(name: string, work: Work): Promise<void> {
		this.lamp = await stepped(this.#store, this.#sealing, this.lamp, name, work);
	}

	/** Fuses of the table that are done, by the record. */
	get #burnt(): number {
		const { done } = this.lamp.factory;
		const index = this.#fuses.findIndex((fuse) => !done.includes(stepOf(fuse)));
		return index < 0 ? this.#fuses.length : index;
	}

	/** The eFuses; throws where they are not those of the record. */
	async #expected(burnt: number): Promise<Summary> {
		const { chip } = this.#sealing;
		const summary = await this.#bench.summary();
		const field = unexpected(chip, this.#fuses, burnt, summary, this.#keys);
		if (field !== undefined) throw new Trouble(text("unexpectedFuse", field));
		return summary;
	}

	/** Somebody may have changed the controller on the cable. */
	async #checkChip(): Promise<void> {
		const facts = await this.#bench.look();
		const { mac } = this.lamp.factory;
		if (facts?.mac !== mac) throw new Trouble(text("otherChip", facts?.mac ?? "-", mac));
	}

	get #keys(): Partial<Record<KeyName, Uint8Array>> {
		const { keys } = this.lamp.factory;
		const boot = this.#sealing.bootKeys.map((digest, index) => [`boot${index}`, digest]);
		const flash = keys && { flash: Buffer.from(keys.flash, "base64") };
		return { ...Object.fromEntries(boot), ...flash };
	}

	#keyOf(fuse: Fuse): Uint8Array | undefined {
		return fuse.kind === "key" ? this.#keys[fuse.key] : undefined;
	}

	async #places(): Promise<readonly Place[]> {
		const { flash, nvs } = this.lamp.factory.keys!;
		const [key, nvsKeys] = [flash, nvs].map((each) => Buffer.from(each, "base64")) as [
			Buffer,
			Buffer,
		];
		const plain = await this.#sealing.places(this.lamp, nvsKeys);
		const places: Place[] = [];
		for (const place of plain)
			places.push(place.isEncrypted ? await this.#bench.encrypted(place, key) : place);
		return places;
	}
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

const EMPTY = /^(false|0|(00 ?)+)$/;

/** Fields that say something: neither empty nor open. */
function shortened(summary: Summary): Readonly<Record<string, string>> {
	const rows = Object.entries(summary).filter(
		([, { value, writeable }]) => !EMPTY.test(value) || !writeable,
	);
	return Object.fromEntries(
		rows.map(([name, { value, readable, writeable }]) => [
			name,
			`${value} ${readable ? "R" : "-"}${writeable ? "W" : "-"}`,
		]),
	);
}

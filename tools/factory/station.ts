/**
 * Station: takes a controller through its steps: made (erased, written, read back, tested, labelled),
 * then, for release, sealed (keys, erased, written under them, read back, fuses, started).
 *
 * Each step is in the vault before it begins and after it is done, and may be done twice; a fuse is
 * looked at before it is burnt. So any station goes on where a plug was pulled.
 */
import type { Text } from "../../lib/text/bilingual.js";
import { Trouble } from "../../lib/text/trouble.js";
import { begun, type FactoryRecord, finished } from "../../lib/vault/factoryrecord.js";
import {
	type Content,
	type LampSecrets,
	type SecretStore,
	withLamp,
} from "../../lib/vault/vaultcontent.js";
import { newSecret } from "../laptop/vault/secret.js";
import type { Bench, ChipFacts, Place } from "./bench.js";
import { bootKeysMost, type Chip, fusesOf, NONE, type Summary, unexpected } from "./fuses.js";
import { consoleOf, sealedSecret } from "./identity.js";
import { stepText, text } from "./texts.js";

export interface Batch {
	readonly profile: string;
	readonly chip: Chip;
	readonly station: string;
	/** Digest of the files of the image. */
	readonly image: string;
	/** The serial number for a controller that has none yet; undefined: the list is at its end. */
	serialFor(facts: ChipFacts, content: Content): string | undefined;
	/** All that is written: the image and this lamp's identity. */
	places(lamp: LampSecrets): Promise<readonly Place[]>;
	/** Stores the label of a lamp. */
	label(serial: string): void;
	now(): Date;
	say(line: Text): void;
}

/** Least flash of a controller: the table of partitions takes 4 MB. */
const FLASH_BYTES = 1 << 22;

export interface Made {
	readonly lamp: LampSecrets;
	/** Nothing was left to do. */
	readonly isRepeat: boolean;
}

/** A lamp whose record is there. */
export type Recorded = LampSecrets & { readonly factory: FactoryRecord };

/** The record of a chip; undefined: it was never here. */
export function recordOf({ lamps }: Content, mac: string): Recorded | undefined {
	return lamps.find((lamp): lamp is Recorded => lamp.factory?.mac === mac);
}

/** Writes and proves one controller. Rejects with `Trouble`; the record says how far it came. */
export async function make(bench: Bench, batch: Batch, store: SecretStore): Promise<Made> {
	const facts = await looked(bench, batch);
	const summary = await bench.summary();
	let lamp = await claimed(facts, summary, batch, store);
	const steps = stepsOf(bench, batch, () => lamp);
	const isRepeat = steps.every(([name]) => lamp.factory.done.includes(name));
	for (const [name, work] of steps) {
		if (lamp.factory.done.includes(name)) continue;
		lamp = await stepped(store, batch, lamp, name, work);
	}
	return { lamp, isRepeat };
}

/** The work of a step; resolves with its addition to the record. */
export type Work = () => Promise<Partial<FactoryRecord>>;

function stepsOf(
	bench: Bench,
	batch: Batch,
	lampNow: () => Recorded,
): readonly (readonly [name: string, work: Work])[] {
	let places: readonly Place[] | undefined;
	const ours = async () => (places ??= await batch.places(lampNow()));
	return [
		["erase", done(() => bench.erase())],
		["write", done(async () => bench.write(await ours()))],
		[
			"verify",
			async () => {
				if (!(await bench.holds(await ours()))) throw new Undone(["erase", "write"]);
				return {};
			},
		],
		["test", () => tested(bench, lampNow())],
		["label", done(async () => batch.label(lampNow().serial!))],
	];
}

const done =
	(work: () => Promise<void>): Work =>
	async () => {
		await work();
		return {};
	};

/** Does a step between its two lines in the vault. */
export async function stepped(
	store: SecretStore,
	{ now, say }: Pick<Batch, "now" | "say">,
	lamp: Recorded,
	name: string,
	work: Work,
): Promise<Recorded> {
	say(text("step", lamp.serial ?? "", stepText(name)));
	const record = begun(lamp.factory, name, now().toISOString());
	const before = await amended(store, lamp, record);
	try {
		const more = await work();
		return await amended(store, before, {
			...finished(record, name, now().toISOString()),
			...more,
		});
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		const forgotten = error instanceof Undone ? error.steps : [];
		const done = record.done.filter((step) => !forgotten.includes(step));
		await amended(store, before, { ...record, done, failed: error.text.en });
		throw error;
	}
}

/** The flash is not as it was written: these steps are done again. */
export class Undone extends Trouble {
	constructor(
		readonly steps: readonly string[],
		why = text("notWritten"),
	) {
		super(why);
	}
}

export async function amended(
	store: SecretStore,
	lamp: Recorded,
	factory: FactoryRecord,
): Promise<Recorded> {
	return (await store.amend(lamp, { factory })) as Recorded;
}

async function looked(bench: Bench, batch: Batch): Promise<ChipFacts> {
	const facts = await bench.look();
	if (!facts) throw new Trouble(text("noChip"));
	checkChip(facts, batch);
	return facts;
}

/** Throws for any chip but that of the batch. */
export function checkChip(
	{ chip: found, name, revision, flashBytes }: ChipFacts,
	{ chip, profile }: Pick<Batch, "chip" | "profile">,
): void {
	if (found !== chip) throw new Trouble(text("foreignChip", name, chip));
	if (flashBytes < FLASH_BYTES) throw new Trouble(text("smallFlash", flashBytes));
	// before revision 3 an ESP32 has secure boot 1 alone, and no fuse for its download mode
	if (profile === "release" && chip === "esp32" && Number(revision.slice(1)) < 3)
		throw new Trouble(text("oldChip", revision));
}

/** The lamp of this chip: found by its address, or made. The vault's lock lets one station alone make it. */
async function claimed(
	facts: ChipFacts,
	summary: Summary,
	batch: Batch,
	store: SecretStore,
): Promise<Recorded> {
	const { mac, revision } = facts;
	const { chip, profile, image, station, now, say } = batch;
	const at = now().toISOString();
	const secret = newSecret();
	const console = sealedSecret(secret);
	const fresh = { mac, chip, revision, profile, image, console, done: [], station, at };
	let found: Recorded | undefined;
	await store.update((content) => {
		const known = recordOf(content, mac);
		const state = unexpected(chip, fusesOf(chip, bootKeysMost(chip)), NONE, summary);
		if (known && isSealing(known.factory)) throw new Trouble(text("isSealed", known.serial ?? ""));
		if (state !== undefined) throw new Trouble(text("burntBefore", state));
		if (known && known.factory.image === image && known.factory.profile === profile) {
			found = known;
			return content;
		}
		const serial = known?.serial ?? batch.serialFor(facts, content);
		if (serial === undefined) throw new Trouble(text("listDone"));
		const other = content.lamps.find((lamp) => lamp.serial === serial && lamp !== known);
		if (other) throw new Trouble(text("serialTaken", serial));
		found = known
			? { ...known, factory: { ...fresh, console: consoleOf(known) } }
			: { serial, nodes: [], secret, made: at, factory: fresh };
		return withLamp(content, found, known);
	});
	say(text("lampOf", found!.serial ?? "", mac, chip, revision));
	return found!;
}

/** Whether a fuse was begun: nothing is made anew then. */
export const isSealing = ({ done, doing }: FactoryRecord): boolean =>
	[...done, doing].some((step) => step?.startsWith("fuse "));

/** The lamp starts, is that lamp, and tests itself; a test that fails ends the step. */
async function tested(bench: Bench, lamp: Recorded): Promise<Partial<FactoryRecord>> {
	await bench.start();
	const { serial } = await bench.meet((named) => (named === lamp.serial ? lamp.secret : undefined));
	if (serial !== lamp.serial) throw new Trouble(text("otherLamp", serial, lamp.serial ?? ""));
	const tests = await bench.test();
	const bad = Object.entries(tests).find(([, verdict]) => verdict !== "pass");
	if (bad) throw new Trouble(text("testFailed", ...bad));
	return { tests };
}

/**
 * Factory: `npx luminode factory`: one controller after the other at a flash station (station.ts, seal.ts),
 * a lamp's identity as files, and the list of controllers in the vault.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile, textOfFile } from "../../lib/files.js";
import type { Language, Text } from "../../lib/text/bilingual.js";
import { languageIn } from "../../lib/text/options.js";
import { errorLines, Trouble } from "../../lib/text/trouble.js";
import { type Asking, passphrase, yes } from "../../lib/vault/ask.js";
import { type Content, type LampSecrets, Vault } from "../../lib/vault/vault.js";
import { openLine } from "../laptop/line/line.js";
import { labelFile, labelOf } from "../laptop/site/label.js";
import { Scanner } from "../laptop/site/scanner.js";
import { checkPort } from "../toolchain/idf.js";
import { type Asked, factoryArguments, type StationAsked } from "./arguments.js";
import type { Bench, ChipFacts, Place } from "./bench.js";
import { Desk } from "./desk.js";
import { EsptoolBench } from "./esptool.js";
import { FACTORY_HELP } from "./help.js";
import { type Common, consoleOf, identityOf, updateKeysOf } from "./identity.js";
import { type FlashImage, identityPlaces, imageIn } from "./image.js";
import { newNvsKeys, nvsImage } from "./nvs.js";
import { seal } from "./seal.js";
import { type Batch, type Made, make } from "./station.js";
import { stateText, text } from "./texts.js";
import { Tools } from "./tools.js";

const DONE = 0;
const FAILED = 1;
const WRONG = 2;

/** ESP-IDF's generator of partitions (nvs.ts). */
export interface Generator {
	image(values: Readonly<Record<string, string>>, bytes: number, keys?: Uint8Array): Uint8Array;
	keys(): Uint8Array;
}

/** The process in which the program runs, its bench and its generator; a test has its own. */
export interface Setting {
	readonly seat: Asking;
	readonly generator?: Generator;
	/** The bench of a run's arguments. */
	benchOf?(asked: StationAsked): Bench;
}

interface Run {
	readonly asked: StationAsked;
	readonly vault: Vault;
	readonly bench: Bench;
	readonly image: FlashImage;
	readonly generator: Generator;
	readonly seat: Asking;
	readonly language: Language;
	say(line: Text): void;
}

/** Runs the program. @returns its exit code */
export async function factory(
	args: readonly string[],
	{ seat, benchOf, generator = idfGenerator(seat) }: Setting,
): Promise<number> {
	const language = languageIn(args, seat.environment);
	const say = (line: Text) => void seat.stdout.write(`${line[language]}\n`);
	try {
		const asked = factoryArguments(args);
		if (asked === undefined) {
			seat.stdout.write(FACTORY_HELP[language]);
			return DONE;
		}
		if (asked.kind !== "list") updateKeysOf(asked.common);
		const open = async () => vaultOf(asked, seat, language);
		if (asked.kind === "list") return list((await open()).read(), say);
		if (asked.kind === "identity") return identity(asked, await open(), generator, say);
		const { hardware, common, partitions } = asked;
		const { profile } = common;
		const image = imageIn(asked.image, { chip: asked.chip, hardware, profile }, partitions);
		const bench = (benchOf ?? realBench(seat, language))(asked);
		const vault = await open();
		say(text("imageIs", hardware, image.version, profile));
		const run: Run = { asked, vault, bench, image, generator, seat, language, say };
		return (await oneAfterTheOther(run)) ? DONE : FAILED;
	} catch (error) {
		for (const line of errorLines("factory", error, language)) seat.stderr.write(`${line}\n`);
		if (!(error instanceof Trouble)) throw error;
		return WRONG;
	}
}

async function vaultOf({ vault, kind }: Asked, seat: Asking, language: Language): Promise<Vault> {
	const isThere = existsSync(vault);
	if (!isThere && kind !== "make") throw new Trouble(text("noFile", vault));
	return Vault.open(vault, await passphrase(seat, vault, !isThere, language));
}

/** Tools and ports are looked for before a passphrase is typed. */
const realBench =
	({ environment, now, stdout }: Asking, language: Language) =>
	(asked: StationAsked): Bench => {
		const say = (line: Text) => void stdout.write(`${line[language]}\n`);
		const tools = Tools.found(environment as NodeJS.ProcessEnv);
		checkPort("luminode factory", asked.port);
		const { console: port, settings, tests } = asked;
		const onTest = (name: string) => {
			if (name === "pir") say(text("moveNow"));
		};
		const desk = new Desk({ port, openLine, settings, tests, now, onTest });
		return new EsptoolBench(tools, asked.port, asked.chip, desk);
	};

function idfGenerator({ environment }: Asking): Generator {
	const env = environment as NodeJS.ProcessEnv;
	return {
		image: (values, bytes, keys) => nvsImage(values, bytes, env, keys),
		keys: () => newNvsKeys(env),
	};
}

/** @returns whether none failed */
async function oneAfterTheOther(run: Run): Promise<boolean> {
	const { asked, seat, say, language } = run;
	const scanner = asked.isScan ? new Scanner(seat, language) : undefined;
	let hasFailed = false;
	for (;;) {
		const scanned = await scanner?.line(text("scanSerial"));
		if (scanner && scanned === undefined) break;
		try {
			const { lamp, isRepeat } = await makeOrSeal(run, scanned?.trim());
			say(text(isRepeat ? "wasDone" : "isDone", lamp.serial ?? ""));
		} catch (error) {
			if (!(error instanceof Trouble)) throw error;
			hasFailed = true;
			say(text("failed", error.text));
		}
		if (!scanner && (await yes(seat, text("next"), language)) !== true) break;
	}
	scanner?.close();
	return !hasFailed;
}

function makeOrSeal(run: Run, scanned: string | undefined): Promise<Made> {
	const { asked, vault, bench, image, seat, language, say } = run;
	const { chip, station } = asked;
	const now = () => seat.now();
	if (asked.kind === "make") {
		const batch: Batch = {
			profile: asked.common.profile,
			chip,
			station,
			now,
			say,
			image: image.digest,
			serialFor: (facts, content) => serialFor(asked, facts, content, scanned),
			places: async (lamp) => placesOf(run, lamp, undefined),
			label: (serial) => writeLabel(run, serial),
		};
		return make(bench, batch, vault);
	}
	const sealing = {
		chip,
		now,
		say,
		release: image.digest,
		bootKeys: image.bootKeys,
		newNvsKeys: () => run.generator.keys(),
		places: async (lamp: LampSecrets, keys: Uint8Array) => placesOf(run, lamp, keys),
		agrees: async (serial: string, mac: string) =>
			(await yes(seat, text("burnNow", serial, mac, chip), language)) === true,
	};
	return seal(bench, sealing, vault);
}

function placesOf(
	{ asked, vault, image, generator }: Run,
	lamp: LampSecrets,
	nvsKeys: Uint8Array | undefined,
): readonly Place[] {
	const { partitions, common, certificates } = asked;
	const values = valuesOf(lamp, common, certificates, vault.read());
	const { bytes } = partitions.find(({ name }) => name === "nvs")!;
	const nvs = generator.image(values, bytes, nvsKeys);
	return [...image.places, ...identityPlaces(partitions, nvs, nvsKeys)];
}

function valuesOf(
	lamp: LampSecrets,
	common: Common,
	certificates: string | undefined,
	content: Content,
): Record<string, string> {
	const path = join(certificates ?? "", `${lamp.serial}.crt.pem`);
	const has = certificates !== undefined && existsSync(path);
	const console = consoleOf(lamp);
	const certificate = has ? textOfFile(path) : undefined;
	return identityOf(common, { lamp, console, certificate }, content);
}

/** The scanned number, the next of the list, or the chip's own name (hosts/esp32/machine.ts). */
function serialFor(
	{ serials }: StationAsked,
	{ mac }: ChipFacts,
	{ lamps }: Content,
	scanned: string | undefined,
): string | undefined {
	if (scanned !== undefined) return scanned;
	if (serials === undefined) return `esp32-${mac.replaceAll(":", "")}`;
	const given = new Set(lamps.map(({ serial }) => serial));
	return serials.find((serial) => !given.has(serial));
}

function writeLabel({ asked, language, say }: Run, serial: string): void {
	if (asked.labels === undefined) return;
	const path = join(asked.labels, labelFile(serial).replace(/^pole-/, "controller-"));
	replaceFile(path, labelOf({ serial, pole: "", node: "", site: "" }, language));
	say(text("labelled", path));
}

/** The partitions of a lamp of the vault as files, for a board that is flashed by hand. */
function identity(
	asked: Extract<Asked, { kind: "identity" }>,
	vault: Vault,
	generator: Generator,
	say: (line: Text) => void,
): number {
	const { serial, folder, common, certificates, bytes } = asked;
	const content = vault.read();
	const lamp = content.lamps.find((each) => each.serial === serial);
	if (!lamp) throw new Trouble(text("noLamp", serial));
	const keys = common.profile === "release" ? generator.keys() : undefined;
	const nvs = generator.image(valuesOf(lamp, common, certificates, content), bytes, keys);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const files = [["nvs.bin", nvs] as const, ...(keys ? [["nvs_keys.bin", keys] as const] : [])];
	for (const [name, data] of files) {
		writeFileSync(join(folder, name), data, { mode: 0o600 });
		say(text("written", join(folder, name)));
	}
	return DONE;
}

function list({ lamps }: Content, say: (line: Text) => void): number {
	for (const { serial = "", factory: record } of lamps)
		if (record) say(text("row", serial, record.mac, record.chip, stateText(record), record.at));
	return DONE;
}

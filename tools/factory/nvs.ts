/**
 * NVS: the partitions `nvs` and `nvs_keys`, made by ESP-IDF's generator (nvs_partition_gen).
 *
 * The generator reads files, so each value lies for a moment in a folder that its owner alone reads.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Trouble } from "../../lib/text/trouble.js";
import { text } from "./texts.js";

const GENERATOR = "components/nvs_flash/nvs_partition_generator/nvs_partition_gen.py";
/** As hosts/esp32/nvs.ts has it. */
const NAMESPACE = "luminode";
const NVS_KEYS_FILE = "nvs_keys.bin";

/** Contents of the partition `nvs`; with `keys`, the contents of `nvs_keys`, encrypted. Throws `Trouble`. */
export function nvsImage(
	values: Readonly<Record<string, string>>,
	bytes: number,
	env: NodeJS.ProcessEnv,
	keys?: Uint8Array,
): Buffer {
	return inFolder((folder) => {
		const rows = Object.entries(values).map(([key, value], index) => {
			const file = join(folder, String(index));
			writeFileSync(file, value);
			return `${key},file,string,${file}`;
		});
		const csv = join(folder, "lamp.csv");
		const lines = ["key,type,encoding,value", `${NAMESPACE},namespace,,`, ...rows, ""];
		writeFileSync(csv, lines.join("\n"));
		const out = join(folder, "lamp.bin");
		const args = [csv, out, `0x${bytes.toString(16)}`];
		if (keys === undefined) generate(["generate", ...args], env);
		else {
			const file = join(folder, NVS_KEYS_FILE);
			writeFileSync(file, keys);
			generate(["encrypt", ...args, "--inputkey", file], env);
		}
		return readFileSync(out);
	});
}

/** Contents of the partition `nvs_keys`, drawn anew. Throws `Trouble`. */
export function newNvsKeys(env: NodeJS.ProcessEnv): Buffer {
	return inFolder((folder) => {
		generate(["generate-key", "--keyfile", NVS_KEYS_FILE, "--outdir", folder], env);
		return readFileSync(join(folder, "keys", NVS_KEYS_FILE));
	});
}

/** Why the generator cannot be called; undefined: it can. */
export function generatorTrouble({ IDF_PATH }: NodeJS.ProcessEnv): Trouble | undefined {
	return IDF_PATH ? undefined : new Trouble(text("noIdf"));
}

function inFolder<T>(work: (folder: string) => T): T {
	const folder = mkdtempSync(join(tmpdir(), "luminode-nvs-")); // mode 0700
	try {
		return work(folder);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function generate(args: readonly string[], env: NodeJS.ProcessEnv): void {
	const trouble = generatorTrouble(env);
	if (trouble) throw trouble;
	const script = join(env.IDF_PATH!, GENERATOR);
	const pythonEnv = env.IDF_PYTHON_ENV_PATH; // as its export.sh sets it
	const python = pythonEnv ? join(pythonEnv, "bin/python") : "python3";
	const { status, stdout, stderr, error } = spawnSync(python, [script, ...args], {
		env,
		encoding: "utf8",
	});
	if (status === 0) return;
	const reason = error?.message ?? lastLine(stderr) ?? lastLine(stdout) ?? `exit ${status}`;
	throw new Trouble(text("generatorFailed", reason));
}

const lastLine = (output: string): string | undefined =>
	output.trim().split("\n").at(-1) || undefined;

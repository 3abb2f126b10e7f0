/**
 * Store: the partition `nvs` of a lamp before its installation, made by ESP-IDF's generator
 * (docs/flash.md).
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const GENERATOR = "components/nvs_flash/nvs_partition_generator/nvs_partition_gen.py";

/** Contents of the partition. Throws with the generator's words. */
export function storeOf(
	values: Readonly<Record<string, string>>,
	bytes: number,
	env: NodeJS.ProcessEnv,
): Buffer {
	const folder = mkdtempSync(join(tmpdir(), "luminode-store-"));
	try {
		const rows = Object.entries(values).map(([key, text], nth) => {
			const file = join(folder, String(nth));
			writeFileSync(file, text);
			return `${key},file,string,${file}`;
		});
		const csv = join(folder, "lamp.csv");
		writeFileSync(csv, ["key,type,encoding,value", "luminode,namespace,,", ...rows, ""].join("\n"));
		const out = join(folder, "lamp.bin");
		const words = [join(env.IDF_PATH ?? "", GENERATOR), "generate", csv, out, String(bytes)];
		const { status, stdout, stderr, error } = spawnSync("python3", words, {
			env,
			encoding: "utf8",
		});
		if (status !== 0) throw new Error(`nvs_partition_gen.py: ${error?.message ?? stdout + stderr}`);
		return readFileSync(out);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

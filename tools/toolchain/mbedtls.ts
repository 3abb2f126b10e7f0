/**
 * Mbedtls: the flash that Mbed TLS and hosts/tls take, by a build of both for rv32imc.
 *
 * The library is a folder with the sources of 3.6, as `apt-get source mbedtls` makes it. Only what
 * the functions of hosts/tls reach is counted; the C library is not.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const PREFIX = "riscv64-unknown-elf-";
const OWN = "hosts/tls";
/** Needs the engine; its calls are the roots of what is counted. */
const OF_ENGINE = "native.c";
const CONFIG = "tools/image/mbedtls.h";
const FLAGS = [
	...["--specs=picolibc.specs", "-march=rv32imc_zicsr", "-mabi=ilp32", "-Os", "-w"],
	...["-ffunction-sections", "-fdata-sections"],
];
const PARTS = ["library", "3rdparty/everest/library", "3rdparty/p256-m", "3rdparty/p256-m/p256-m"];
/** Included by another unit. */
const INCLUDED = /legacy|^Hacl_Curve25519\.c$/;

/**
 * Functions of the library by which ESP-IDF's Wi-Fi encrypts (WPA 2 and 3): their bytes are in the
 * allowance for Wi-Fi. Fewer than it calls, so that too little is taken for shared and not too much.
 */
const OF_WIFI = [
	...["sha1", "sha256", "sha1_update", "sha256_update", "sha512_update", "sha512_finish"],
	...["md_setup", "md_info_from_type", "md_hmac_starts", "md_hmac_update", "md_hmac_finish"],
	...["aes_setkey_enc", "aes_setkey_dec", "aes_crypt_ecb", "aes_crypt_ctr"],
	...["mpi_add_mpi", "mpi_sub_mpi", "mpi_mul_mpi", "mpi_div_mpi", "mpi_mod_mpi", "mpi_exp_mod"],
	...["mpi_inv_mod", "mpi_read_binary", "mpi_write_binary", "mpi_fill_random"],
	...["ecp_group_load", "ecp_mul", "ecp_muladd", "ecp_check_pubkey"],
	...["ecp_point_read_binary", "ecp_point_write_binary"],
	...["ctr_drbg_seed", "ctr_drbg_random", "entropy_func"],
].map((name) => `mbedtls_${name}`);

export interface TlsBytes {
	/** Of hosts/tls. */
	readonly own: number;
	/** Of the library, as far as hosts/tls reaches it and Wi-Fi does not. */
	readonly library: number;
	/** Of the library, as far as Wi-Fi reaches it. */
	readonly ofWifi: number;
}

const sourcesIn = (folder: string): string[] =>
	readdirSync(folder)
		.filter((name) => name.endsWith(".c") && name !== OF_ENGINE && !INCLUDED.test(name))
		.map((name) => join(folder, name));

/** Text and constants of an object, by the compiler's own `size`. */
const bytesOf = (object: string, tool: Tool): number => {
	const [, text = 0, data = 0] = /\n\s*(\d+)\s+(\d+)/.exec(tool("size", [object])) ?? [];
	return Number(text) + Number(data);
};

type Tool = (name: string, words: readonly string[]) => string;

/** Throws with one line: no library in the folder, no compiler, or the compiler's first error. */
export function tlsBytes(sources: string): TlsBytes {
	const folder = resolve(sources);
	if (!existsSync(join(folder, "library/ssl_tls.c")))
		throw new Error(`${folder}: no sources of Mbed TLS 3.6, as apt-get source mbedtls makes them`);
	const root = process.cwd();
	const work = mkdtempSync(join(tmpdir(), "luminode-tls-"));
	const tool: Tool = (name, words) => {
		const how = { cwd: work, encoding: "utf8", maxBuffer: 1 << 26 } as const;
		const { status, stdout, stderr, error } = spawnSync(PREFIX + name, words, how);
		if (status === 0) return stdout;
		const line = stderr?.split("\n").find((each) => /error|undefined/.test(each));
		throw new Error(`${PREFIX}${name}: ${line ?? stderr?.split("\n")[0] ?? error?.message}`);
	};
	try {
		const parts = PARTS.map((part) => join(folder, part)).filter((part) => existsSync(part));
		const includes = ["include", "library", ...PARTS, "3rdparty/everest/include"]
			.concat("3rdparty/everest/include/everest")
			.map((part) => `-I${join(folder, part)}`);
		const config = `-DMBEDTLS_USER_CONFIG_FILE="${join(root, CONFIG)}"`;
		const own = sourcesIn(join(root, OWN));
		tool("gcc", [...FLAGS, config, ...includes, "-c", ...parts.flatMap(sourcesIn)]);
		const library = readdirSync(work).filter((name) => name.endsWith(".o"));
		tool("ar", ["rc", "library.a", ...library]);
		for (const name of library) rmSync(join(work, name));
		tool("gcc", [...FLAGS, config, ...includes, "-c", ...own]);
		const objects = readdirSync(work).filter((name) => name.endsWith(".o"));
		const names = tool("nm", ["--defined-only", "-g", ...objects]).matchAll(/ T (\w+)/g);
		const roots = [...names].map(([, name]) => name!);
		const linked = (reached: readonly string[], of: readonly string[]): number => {
			const from = reached.flatMap((name) => ["-u", name]);
			tool("ld", ["-m", "elf32lriscv", "-r", "--gc-sections", ...from, ...of, "-o", "all.elf"]);
			return bytesOf("all.elf", tool);
		};
		const ownBytes = linked(roots, objects);
		const ofWifi = linked(OF_WIFI, ["library.a"]);
		const all = linked([...roots, ...OF_WIFI], [...objects, "library.a"]);
		return { own: ownBytes, library: all - ownBytes - ofWifi, ofWifi };
	} finally {
		rmSync(work, { recursive: true, force: true });
	}
}

/**
 * Packages: a package of the npm registry as files in memory, with a fixed digest.
 *
 * The ordinary client fetches it; npm installs and runs nothing of it. Its digest is checked each
 * time it is opened.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";

export interface Package {
	readonly name: string;
	readonly version: string;
	/** As printed by `npm view NAME@VERSION dist.integrity`. */
	readonly sha512: string;
}

const BLOCK = 512; // bytes, POSIX ustar
const FILE = "0";
const LONG_NAME = "L"; // GNU: the next entry's name
const EXTENDED = "x"; // pax: attributes of the next entry

const zeroTerminated = (bytes: Buffer) => bytes.toString("utf8").replace(/\0[\s\S]*$/, "");

function paxPath(data: Buffer): string | undefined {
	return /\d+ path=([^\n]*)\n/.exec(data.toString("utf8"))?.[1];
}

/**
 * The regular files of a tar archive by their path (POSIX ustar, with long names of GNU and pax).
 */
export function readTar(tar: Buffer): Map<string, Buffer> {
	const files = new Map<string, Buffer>();
	let longName: string | undefined;
	for (let at = 0; at + BLOCK <= tar.length && tar[at]; ) {
		const header = tar.subarray(at, at + BLOCK);
		const size = Number.parseInt(zeroTerminated(header.subarray(124, 136)), 8) || 0;
		const data = tar.subarray(at + BLOCK, at + BLOCK + size);
		const type = String.fromCharCode(header[156] || 48);
		at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
		if (type === LONG_NAME) longName = zeroTerminated(data);
		else if (type === EXTENDED) longName = paxPath(data);
		else {
			const prefix = zeroTerminated(header.subarray(345, 500));
			const name = zeroTerminated(header.subarray(0, 100));
			if (type === FILE) files.set(longName ?? (prefix ? `${prefix}/${name}` : name), data);
			longName = undefined;
		}
	}
	return files;
}

function integrityOf(bytes: Buffer): string {
	return `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
}

function npmPack(spec: string, into: string): Promise<string> {
	const npm = process.platform === "win32" ? "npm.cmd" : "npm";
	const args = ["pack", spec, "--ignore-scripts", "--silent", "--pack-destination", into];
	return new Promise((resolve, reject) => {
		execFile(npm, args, { shell: npm === "npm.cmd" }, (error, stdout) => {
			if (error)
				reject(new Error(`cannot fetch ${spec} from the npm registry; is the network there?`));
			else resolve(join(into, basename(stdout.trim())));
		});
	});
}

/** The files of the package. Throws in one line if the download fails or the digest differs. */
export async function openPackage(
	wanted: Package,
	cache: string,
	progress: (line: string) => void,
): Promise<Map<string, Buffer>> {
	const spec = `${wanted.name}@${wanted.version}`;
	const file = join(cache, `${spec.replace(/[@/]/g, "-").replace(/^-/, "")}.tgz`);
	if (!existsSync(file)) {
		progress(`fetching ${spec} from the npm registry`);
		mkdirSync(cache, { recursive: true });
		const folder = mkdtempSync(join(cache, "fetch-"));
		try {
			renameSync(await npmPack(spec, folder), file);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	}
	const bytes = readFileSync(file);
	if (integrityOf(bytes) !== wanted.sha512) {
		rmSync(file);
		throw new Error(`${spec}: not the bytes that are known (${integrityOf(bytes)})`);
	}
	return readTar(gunzipSync(bytes));
}

/**
 * Record SDK: writes the record of sdkmodules.ts, by the makefile that mcconfig makes for each path.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { PROGRAMS } from "./desktop.js";
import { partsOf, type SdkPath, sdkPathsIn } from "./manifests.js";
import { runTool } from "./sdk.js";
import { includedIn, type Provided, RECORD } from "./sdkmodules.js";

const BOARDS = "hosts/esp32/boards";
/** All of io: no image includes it, and a test plants that. */
const PLANTED: SdkPath = { path: "$(MODDABLE)/modules/io/manifest.json" };

/** By name, so that the order of manifests changes nothing. */
const sorted = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
	Object.fromEntries([...entries].sort(([name], [other]) => (name < other ? -1 : 1)));

/** The lines of a list in a makefile. */
const listIn = (makefile: string, name: string): string[] => {
	const [, lines = ""] =
		new RegExp(`^${name} =\\\\\\n((?:.*\\\\\\n)*.*)`, "m").exec(makefile) ?? [];
	return lines
		.split("\n")
		.map((line) => line.replace(/\\$/, "").trim())
		.filter((line) => line !== "");
};

const headersIn = (folder: string): string[] =>
	readdirSync(folder).filter((name) => name.endsWith(".h"));
const headersBelow = (folder: string): string[] =>
	(readdirSync(folder, { recursive: true }) as string[])
		.filter((name) => name.endsWith(".h"))
		.map((name) => basename(name));

class Recorder {
	private readonly sdk: string;
	/** Headers that an image finds without a manifest, and those of all modules. */
	private readonly base: ReadonlySet<string>;
	private readonly ofModules: ReadonlySet<string>;

	constructor(private readonly env: NodeJS.ProcessEnv) {
		this.sdk = env.MODDABLE!;
		const folders = ["xs", "build/devices/esp32"].map((name) => join(this.sdk, name));
		this.base = new Set(folders.flatMap(headersBelow));
		this.ofModules = new Set(headersBelow(join(this.sdk, "modules")));
	}

	provided(platform: string, { path, key }: SdkPath, build: object): Provided {
		const makefile = this.makefileFor(platform, path, key, build);
		const modules = listIn(makefile, "MODULES").flatMap((line) => {
			const name = /^\$\(MODULES_DIR\)\/(.*)\.xsb$/.exec(line)?.[1];
			return name && name !== "main" && !name.startsWith("mc/") ? [nameOf(name)] : [];
		});
		const folders = listIn(makefile, "DIRECTORIES").map((line) => line.replace(/^-I/, ""));
		const ofSdk = folders.filter((folder) => folder.startsWith(this.sdk));
		const rules = makefile.matchAll(/^\$\(TMP_DIR\)\/\S+\.c\.o: (\S+\.c)\b/gm);
		const files = [...[...rules].map(([, file]) => file!), ...listIn(makefile, "HEADERS")];
		const needs = files
			.filter((file) => file.startsWith(this.sdk))
			.map((file) => [this.named(file), this.neededBy(file)] as const)
			.filter(([, names]) => names.length > 0);
		return {
			modules: modules.sort(),
			headers: [...new Set(ofSdk.flatMap(headersIn))].sort(),
			needs: sorted(needs),
		};
	}

	private named(file: string): string {
		return file.replace(this.sdk, "$(MODDABLE)");
	}

	/** Of a file of C, and of those that it includes by their place. */
	private neededBy(file: string): string[] {
		const needed = includedIn(readFileSync(file, "utf8")).flatMap((name) => {
			const beside = join(dirname(file), name);
			if (existsSync(beside)) return this.neededBy(beside);
			return this.ofModules.has(name) && !this.base.has(name) ? [name] : [];
		});
		return [...new Set(needed)].sort();
	}

	private makefileFor(
		platform: string,
		path: string,
		key: string | undefined,
		build: object,
	): string {
		const folder = mkdtempSync(join(tmpdir(), "luminode-record-"));
		const variables = { BUILD: "$(MODDABLE)/build", MODULES: "$(MODDABLE)/modules", ...build };
		const manifest = {
			build: { ...variables, NAME: "record" },
			creation: { main: "main" },
			modules: { main: "./main", ...(key !== undefined && { [key]: path }) },
			...(key === undefined && { include: path }),
		};
		try {
			writeFileSync(join(folder, "main.js"), "");
			writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
			const args = ["-p", platform, "-o", folder, join(folder, "manifest.json")];
			runTool("mcconfig", args, this.env);
			const made = readdirSync(folder, { recursive: true }) as string[];
			const makefile = made.find((name) => basename(name) === "makefile")!;
			return readFileSync(join(folder, makefile), "utf8");
		} finally {
			rmSync(folder, { recursive: true });
		}
	}
}

/** `~.embedded/io/digital` as the specifier. */
const nameOf = (file: string): string => file.replace(/^~\.([^/]+)\//, "$1:");

/** Each image: its platform, and the manifest of its board or program. */
export const IMAGES: readonly (readonly [platform: string, own: string])[] = [
	...readdirSync(BOARDS).map((board) => ["esp32", join(BOARDS, board, "manifest.json")] as const),
	...Object.entries(PROGRAMS),
];

/** Writes the record; returns the number of paths. */
export function recordSdk(env: NodeJS.ProcessEnv): number {
	const recorder = new Recorder(env);
	const platforms: Record<string, Record<string, Provided>> = {};
	for (const [platform, manifestPath] of IMAGES) {
		const parts = partsOf(manifestPath);
		const build = Object.assign({}, ...parts.map(({ json }) => json.build ?? {}));
		const paths = sdkPathsIn(parts, platform);
		if (platform === "esp32") paths.push(PLANTED);
		const known = (platforms[platform] ??= {});
		for (const each of paths) known[each.path] ??= recorder.provided(platform, each, build);
	}
	const sdk = readFileSync(join(env.MODDABLE!, "tools/VERSION"), "utf8").trim();
	const record = {
		sdk,
		platforms: sorted(
			Object.entries(platforms).map(([name, its]) => [name, sorted(Object.entries(its))]),
		),
	};
	writeFileSync(RECORD, `${JSON.stringify(record, null, "\t")}\n`);
	return Object.values(platforms).flatMap((each) => Object.keys(each)).length;
}

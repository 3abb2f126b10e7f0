/**
 * Components: code of others that enters an image, by version and hash, for docs/components.md.
 *
 * The hash of a folder is that of the list which `sha256sum` prints of its files, in order of path;
 * the page has the commands, so that it can be compared on another machine.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const PAGE_BEGIN = "<!-- ";
const PAGE_END = " -->";

/** Files of the SDK in a makefile of mcconfig, as paths within the SDK, in order. */
export function sdkFilesIn(makefile: string, sdk: string): string[] {
	const files = new Set<string>();
	for (const [word] of makefile.matchAll(/[^\s:=]+\.(?:js|ts|c|h)(?=\s|$)/g))
		if (word.startsWith(`${sdk}/`) && !word.endsWith(".d.ts"))
			files.add(word.slice(sdk.length + 1));
	return [...files].sort();
}

/** Files of the engine itself, which every makefile of the SDK compiles. */
function engineFiles(sdk: string): string[] {
	return ["xs/includes", "xs/sources", "xs/platforms/esp"].flatMap((folder) =>
		readdirSync(join(sdk, folder))
			.filter((name) => /\.[ch]$/.test(name))
			.sort()
			.map((name) => `${folder}/${name}`),
	);
}

/** SHA-256 of the list that `sha256sum FILES` prints. */
export function hashOfList(root: string, files: readonly string[]): string {
	const lines = files.map((file) => `${sha256(readFileSync(join(root, file)))}  ${file}\n`);
	return sha256(lines.join(""));
}

function sha256(bytes: Buffer | string): string {
	return createHash("sha256").update(bytes).digest("hex");
}

/** The rows of the SDK: a folder each, and the engine. */
export function sdkTable(sdk: string, files: readonly string[]): string {
	const rows = [...new Set(files.map(folderOf))].map((folder) => {
		const inside = files.filter((file) => folderOf(file) === folder);
		const names = inside.map((file) => file.slice(folder.length + 1)).join(" ");
		return `| \`${folder}\` | ${names} | \`${hashOfList(sdk, inside)}\` |`;
	});
	const engine = engineFiles(sdk);
	const all = `all ${engine.length} \`.c\` and \`.h\` of \`includes\`, \`sources\`, \`platforms/esp\``;
	rows.push(`| XS: \`xs\` | ${all} | \`${hashOfList(sdk, engine)}\` |`);
	return ["| folder of the SDK | files | SHA-256 of the list |", "|---|---|---|", ...rows].join(
		"\n",
	);
}

/** `modules/io/serial` and the like. */
function folderOf(file: string): string {
	return file.split("/").slice(0, -1).slice(0, 3).join("/");
}

interface Lock {
	readonly packages: Readonly<Record<string, { version: string; integrity?: string }>>;
}

/** The rows of the packages from npm that are compiled into an image. */
export function packageTable(): string {
	const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
		dependencies: Record<string, string>;
	};
	const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lock;
	const rows = Object.keys(dependencies).map((name) => {
		const { version, integrity = "" } = packages[`node_modules/${name}`]!;
		const [licence] = readFileSync(join("node_modules", name, "LICENSE"), "utf8").split("\n");
		return `| ${name} | ${version} | "${licence}" | \`${integrity}\` |`;
	});
	return [
		"| package | version | its file LICENSE begins with | hash in package-lock.json |",
		"|---|---|---|---|",
		...rows,
	].join("\n");
}

/** The page with a block between its marks replaced. */
export function withBlock(page: string, name: string, block: string): string {
	const begin = `${PAGE_BEGIN}${name}${PAGE_END}`;
	const end = `${PAGE_BEGIN}/${name}${PAGE_END}`;
	const [before, rest, ...more] = page.split(begin);
	const [, after] = rest?.split(end) ?? [];
	if (after === undefined || more.length > 0)
		throw new Error(`docs/components.md: no block ${name}`);
	return `${before}${begin}\n${block}\n${end}${after}`;
}

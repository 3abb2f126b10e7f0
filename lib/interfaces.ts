/**
 * Interfaces: the types of the platforms of a tree as one text, which declare their globals.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const DECLARES = /\.d\.ts$/;

/** The texts of the types in `hosts/` below a root. */
export function interfacesOf(root: string): string {
	const hosts = join(root, "hosts");
	if (!existsSync(hosts)) return "";
	const files = (readdirSync(hosts, { recursive: true }) as string[]).filter((name) =>
		DECLARES.test(name),
	);
	return files
		.sort()
		.map((name) => readFileSync(join(hosts, name), "utf8"))
		.join("\n");
}

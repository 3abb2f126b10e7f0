/**
 * Interfaces: all that the platforms of a tree declare or read by name, as one text.
 *
 * A name in it belongs to the SDK or to code in C, and keeps its form (members.ts).
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const DECLARES = /\.(d\.ts|c|h)$/;

/** The texts of `hosts/` below a root, those of types and of C. */
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

/**
 * Desktop: programs of the desktop, built by the SDK of the joined module that an image contains.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeImage } from "./joinedimage.js";
import { runTool } from "./sdk.js";

/** By the platform of the SDK: the manifest of the program. */
export const PROGRAMS = {
	"x-cli-lin": "hosts/desktop/manifest.json",
	lin: "hosts/desktop/panel/manifest.json",
} as const;

type DesktopPlatform = keyof typeof PROGRAMS;

/** Writes the copies for a program into `out/desktop/PLATFORM`; returns the application's manifest. */
export function programFor(platform: DesktopPlatform): Promise<string> {
	return writeImage(PROGRAMS[platform], `out/desktop/${platform}`, platform);
}

/** Builds the program below `out/`, with more words for mcconfig; a failure ends the process. */
export async function buildProgram(
	platform: DesktopPlatform,
	env: NodeJS.ProcessEnv,
	args: readonly string[] = [],
): Promise<void> {
	const out = join(process.cwd(), "out");
	mkdirSync(out, { recursive: true });
	const manifest = await programFor(platform).catch((error: Error) => {
		process.stderr.write(`${error.message}\n`);
		process.exit(1);
	});
	runTool("mcconfig", ["-m", "-p", platform, ...args, "-o", out, manifest], env);
}

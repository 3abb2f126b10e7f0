/**
 * Sdkconfig: the options of ESP-IDF for a board and a profile, put together from files.
 *
 * A later file wins. The SDK adds its own before them; `withoutEffect` compares with the result.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Profile } from "../../lib/profiles.js";
import { projectRoot } from "../../lib/root.mjs";

const HOST = "hosts/esp32";
const FOLDER = "hosts/esp32/sdkconfig";

/** The files for a board, those that exist; its manifest names the chip and the network. */
function settingsFiles(board: string, profile: Profile): string[] {
	const boardFolder = join(HOST, "boards", board);
	const { build, include } = JSON.parse(readFileSync(join(boardFolder, "manifest.json"), "utf8"));
	const network = /(wifi|ethernet)\.json/.exec(include.join())?.[1];
	const chip = build.ESP32_SUBCLASS;
	const shared = (names: string[]) => names.map((name) => join(FOLDER, `${name}.defaults`));
	return [
		...shared(["sdkconfig", "tls", network!, chip]),
		join(boardFolder, "sdkconfig.defaults"),
		...layers(profile).flatMap((layer) => shared([layer, `${layer}.${chip}`])),
	].filter((path) => existsSync(path));
}

/** Bringing up is development with a console and logs. */
const layers = (profile: Profile): readonly Profile[] =>
	profile === "bring-up" ? ["development", "bring-up"] : [profile];

/** Name and revision of a board, as its firmware reports it. */
export function hardwareOf(board: string): string {
	const pins = readFileSync(join(projectRoot(), HOST, "boards", board, "pins.ts"), "utf8");
	return /^\thardware: "([^"]+)",$/m.exec(pins)![1]!;
}

/** The image's descriptor (hosts/esp32/luminode/Kconfig), and its version in that of ESP-IDF. */
function descriptorOf(board: string, profile: Profile): string {
	const { version } = JSON.parse(readFileSync("package.json", "utf8"));
	return `CONFIG_LUMINODE_HARDWARE="${hardwareOf(board)}"
CONFIG_LUMINODE_VERSION="${version}"
CONFIG_LUMINODE_PROFILE="${profile}"
CONFIG_APP_PROJECT_VER="${version}"
`;
}

/** The text of `sdkconfig.defaults` for a board. */
export function settingsFor(board: string, profile: Profile): string {
	return settingsFiles(board, profile)
		.map((path) => readFileSync(path, "utf8"))
		.concat(descriptorOf(board, profile))
		.join("");
}

/** Values by option, the last one of each; an option that is off is `n`. */
export function optionsIn(text: string): Map<string, string> {
	const lines = text.matchAll(/^(?:(CONFIG_\w+)=(.*)|# (CONFIG_\w+) is not set)$/gm);
	return new Map([...lines].map(([, name, value, off]) => [(name ?? off)!, value ?? "n"]));
}

/** Lines of ours that the generated `sdkconfig` does not contain: ESP-IDF ignored them. */
export function withoutEffect(ours: string, generated: string): string[] {
	const found = optionsIn(generated);
	return [...optionsIn(ours)]
		.filter(([name, value]) => found.get(name) !== value)
		.map(([name, value]) => `${name}=${value}`);
}

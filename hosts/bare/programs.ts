/**
 * Programs: Debian's compiler and emulator, found or named as missing.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

export const COMPILER = "riscv64-unknown-elf-gcc";
export const COPIER = "riscv64-unknown-elf-objcopy";
export const EMULATOR = "qemu-system-riscv32";
const PICOLIBC = "/usr/lib/picolibc/riscv64-unknown-elf/picolibc.specs";
/** Debian 13; before it, the emulator is in qemu-system-misc. */
const PACKAGES = [
	"gcc-riscv64-unknown-elf",
	"picolibc-riscv64-unknown-elf",
	"qemu-system-riscv",
] as const;

const isProgram = (name: string) =>
	(process.env.PATH ?? "").split(":").some((dir) => existsSync(join(dir, name)));

/** Names of what is missing; empty: everything is there. */
export function missing(): readonly string[] {
	const programs = [COMPILER, COPIER, EMULATOR].filter((name) => !isProgram(name));
	return existsSync(PICOLIBC) ? programs : [...programs, PICOLIBC];
}

/** The sentence for a person at the terminal. */
export function missingText(names: readonly string[]): string {
	return `${names.join(", ")} missing; on Debian 13: apt-get install ${PACKAGES.join(" ")}`;
}

/** First lines of `--version` of compiler and emulator: figures hold for these. */
export function versions(): string {
	const first = (name: string) =>
		execFileSync(name, ["--version"], { encoding: "utf8" }).split("\n")[0] ?? "";
	return `${first(COMPILER)}; ${first(EMULATOR)}`;
}

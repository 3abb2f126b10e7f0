/**
 * The corpus of hosts/moddable/arithmetic.ts in XS 17, with Mbed TLS below.
 *
 * With WYCHEPROOF, a folder of C2SP/wycheproof (testvectors_v1), all cases of its files.
 */
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import {
	digestOf,
	ECDSA_CASES,
	HMAC_CASES,
	madeCases,
	PBKDF2_CASES,
} from "../../hosts/moddable/arithmetic.js";
import { PATIENCE } from "../../support/until.js";

const PROGRAM = process.env.LUMINODE_HEADLESS ?? "out/bin/lin/release/luminode";

const word = (hex: string): string => hex || "-";
const digest = (message: string): string => Buffer.from(digestOf(message)).toString("hex");

function answersTo(lines: readonly string[]): readonly string[] {
	const input = `${lines.join("\n")}\n`;
	const how = { input, encoding: "utf8", timeout: PATIENCE } as const;
	const { stdout, status } = spawnSync(PROGRAM, ["--judge"], how);
	expect(status).toBe(0);
	return stdout.trimEnd().split("\n");
}

describe("XS 17 judges what strangers send as OpenSSL does", () => {
	test("signatures of P-256", () => {
		const cases = [...madeCases(), ...ECDSA_CASES];
		const answers = answersTo(
			cases.map(({ key, message, signature }) =>
				["ecdsa", word(key), digest(message), word(signature)].join(" "),
			),
		);
		expect(cases.map(({ what }, index) => [what, answers[index]])).toEqual(
			cases.map(({ what, verdict }) => [what, String(verdict)]),
		);
	});
	test("PBKDF2", () => {
		const hex = (rounds: number) => rounds.toString(16).padStart(8, "0");
		const answers = answersTo(
			PBKDF2_CASES.map(({ password, salt, rounds }) =>
				["pbkdf2", word(password), word(salt), hex(rounds)].join(" "),
			),
		);
		const isAsMade = (derived: string, answer: string) =>
			answer.length === 64 && (derived.startsWith(answer) || answer.startsWith(derived));
		expect(
			PBKDF2_CASES.map(({ what, derived }, index) => [what, isAsMade(derived, answers[index]!)]),
		).toEqual(PBKDF2_CASES.map(({ what }) => [what, true]));
	});
	test("HMAC", () => {
		const answers = answersTo(
			HMAC_CASES.map(({ key, message }) => ["hmac", word(key), word(message)].join(" ")),
		);
		const isAsMade = (tag: string, index: number) => answers[index]!.slice(0, tag.length) === tag;
		expect(HMAC_CASES.map(({ what, tag }, index) => [what, isAsMade(tag, index)])).toEqual(
			HMAC_CASES.map(({ what, verdict }) => [what, verdict]),
		);
	});
});

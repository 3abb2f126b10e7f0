/**
 * Certificates: a city's authority and what it signs, by Debian's openssl, P-256, made anew each run.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DAY } from "../../../lib/spans.js";

/** PEM, and where it lies. */
export interface Identity {
	readonly cert: string;
	readonly key: string;
	readonly certPath: string;
	readonly keyPath: string;
}

export interface Wanted {
	/** `DNS:...` or `IP:...`, for a broker. */
	readonly san?: string;
	/** Days from now. */
	readonly from?: number;
	readonly to?: number;
	/** An RSA key of so many bits, instead of one of P-256. */
	readonly rsa?: number;
	/** Who signs, instead of the authority itself. */
	readonly by?: Identity;
	/** Extended key usage, by OpenSSL's names. */
	readonly purpose?: string;
	/** It may sign others. */
	readonly isAuthority?: boolean;
}

export class Authority {
	readonly ca: string;
	readonly caPath: string;
	readonly #keyPath: string;

	constructor(
		readonly folder: string,
		readonly name: string,
		rsa?: number,
	) {
		this.caPath = join(folder, `${name}.pem`);
		this.#keyPath = join(folder, `${name}.key`);
		const key = [...newKey(rsa), "-nodes"];
		const out = ["-keyout", this.#keyPath, "-out", this.caPath];
		openssl("req", "-x509", ...key, "-subj", `/CN=${name}`, ...out, ...validity(-400, 400));
		this.ca = readFileSync(this.caPath, "utf8");
	}

	sign(
		name: string,
		{ san, from = -1, to = 30, rsa, by, isAuthority, purpose }: Wanted = {},
	): Identity {
		const path = (end: string) => join(this.folder, `${this.name}-${name}.${end}`);
		const [keyPath, certPath, request] = [path("key"), path("pem"), path("csr")];
		const key = [...newKey(rsa), "-nodes"];
		openssl("req", "-new", ...key, "-subj", `/CN=${name}`, "-keyout", keyPath, "-out", request);
		const lines = [
			...(san === undefined ? [] : [`subjectAltName=${san}\n`]),
			...(purpose === undefined ? [] : [`extendedKeyUsage=${purpose}\n`]),
			...(isAuthority
				? ["basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n"]
				: []),
		];
		writeFileSync(path("ext"), lines.join(""));
		const [ca, caKey] = [by?.certPath ?? this.caPath, by?.keyPath ?? this.#keyPath];
		const signer = ["-CA", ca, "-CAkey", caKey, "-extfile", path("ext")];
		openssl("x509", "-req", "-in", request, ...signer, "-out", certPath, ...validity(from, to));
		const [cert, secret] = [certPath, keyPath].map((file) => readFileSync(file, "utf8"));
		return { cert: cert!, key: secret!, certPath, keyPath };
	}
}

function newKey(rsa: number | undefined): string[] {
	const p256 = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
	return rsa ? ["-newkey", `rsa:${rsa}`] : p256;
}

function validity(from: number, to: number): string[] {
	const at = (days: number) =>
		new Date(Date.now() + days * DAY).toISOString().replace(/[-:T]|\.\d+/g, "");
	return ["-not_before", at(from), "-not_after", at(to)];
}

function openssl(...args: string[]): void {
	execFileSync("openssl", args, { stdio: ["ignore", "ignore", "pipe"] });
}

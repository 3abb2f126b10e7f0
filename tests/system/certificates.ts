/**
 * Certificates: a city's authority and what it signs, by Debian's openssl, P-256, made anew each run.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DAY = 86_400_000;

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
}

export class Authority {
	readonly ca: string;
	readonly caPath: string;
	readonly #keyPath: string;

	constructor(
		readonly folder: string,
		readonly name: string,
	) {
		this.caPath = join(folder, `${name}.pem`);
		this.#keyPath = join(folder, `${name}.key`);
		const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
		const out = ["-keyout", this.#keyPath, "-out", this.caPath];
		openssl("req", "-x509", ...key, "-subj", `/CN=${name}`, ...out, ...validity(-400, 400));
		this.ca = readFileSync(this.caPath, "utf8");
	}

	sign(name: string, { san, from = -1, to = 30, rsa }: Wanted = {}): Identity {
		const path = (end: string) => join(this.folder, `${this.name}-${name}.${end}`);
		const [keyPath, certPath, request] = [path("key"), path("pem"), path("csr")];
		const p256 = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
		const key = [...(rsa ? ["-newkey", `rsa:${rsa}`] : p256), "-nodes"];
		openssl("req", "-new", ...key, "-subj", `/CN=${name}`, "-keyout", keyPath, "-out", request);
		writeFileSync(path("ext"), san === undefined ? "" : `subjectAltName=${san}\n`);
		const by = ["-CA", this.caPath, "-CAkey", this.#keyPath, "-extfile", path("ext")];
		openssl("x509", "-req", "-in", request, ...by, "-out", certPath, ...validity(from, to));
		const [cert, secret] = [certPath, keyPath].map((file) => readFileSync(file, "utf8"));
		return { cert: cert!, key: secret!, certPath, keyPath };
	}
}

function validity(from: number, to: number): string[] {
	const at = (days: number) =>
		new Date(Date.now() + days * DAY).toISOString().replace(/[-:T]|\.\d+/g, "");
	return ["-not_before", at(from), "-not_after", at(to)];
}

function openssl(...words: string[]): void {
	execFileSync("openssl", words, { stdio: ["ignore", "ignore", "pipe"] });
}

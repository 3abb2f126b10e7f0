/**
 * Native: links whose handshake is done by the first byte that comes, or refused; digests are Node's.
 *
 * A record is a byte with its length and that many more; one of length 255 does not decrypt, and ends the
 * session. A link calls in a turn of its own, as the worker's message does.
 */
import { createHash, createHmac, type Hash } from "node:crypto";
import {
	checkCertificate,
	checkKey,
	isPair as isPairOfPem,
} from "../../../../../hosts/moddable/certificate.js";
import type { Trust } from "../../../../../hosts/tls/native.js";
import { verify } from "../../../../../hosts/virtual/fleet/p256.js";
import { power } from "../../controller.js";
import Timer from "../timer.js";

export const OPEN = 1;
export const REFUSED_ENDED = -6;
const REFUSED = -2;
/** As of the rings of hosts/tls/worker.c. */
const [ROOM, WRITE] = [2048, 2560];

export class Link {
	readonly trust: Trust;
	readonly onNews: () => void;
	readonly in: number[] = [];
	readonly out: number[] = [];
	state = 0;
	isClosed = false;
	private record: number[] = [];
	private isEnded = false;

	constructor(trust: Trust, onNews: () => void) {
		if (power.on.broken.has("memory")) throw new Error("no memory");
		this.trust = trust;
		this.onNews = onNews;
		power.on.links.push(this);
	}
	get version(): number {
		return this.state === OPEN ? 13 : 0;
	}
	get room(): number {
		return ROOM - this.in.length;
	}
	get pending(): number {
		return this.out.length;
	}
	get writable(): number {
		return this.state === OPEN ? WRITE - this.out.length : 0;
	}
	put(bytes: Uint8Array): void {
		if (bytes.length > this.room) throw new Error("no room");
		this.in.push(...bytes);
		if (this.state === 0) this.shake(power.on.refusal ? REFUSED : OPEN);
	}
	cut(): void {
		this.shake(REFUSED_ENDED);
	}
	take(into: Uint8Array): number {
		const bytes = this.out.splice(0, into.length);
		into.set(bytes);
		return bytes.length;
	}
	available(): number {
		if (this.isEnded) return -1;
		if (this.record.length > 0 || this.in.length === 0) return this.record.length;
		const length = this.in[0]!;
		if (length === 255) {
			this.isEnded = true;
			return -1;
		}
		if (this.in.length > length) this.record = this.in.splice(0, 1 + length).slice(1);
		return this.record.length;
	}
	read(into: Uint8Array): number {
		const bytes = this.record.splice(0, into.length);
		into.set(bytes);
		return bytes.length;
	}
	write(bytes: Uint8Array): boolean {
		if (bytes.length > this.writable) return false;
		this.out.push(...bytes);
		return true;
	}
	/** The alert of the end is a byte of 0. */
	end(): void {
		if (this.state === OPEN) this.out.push(0);
	}
	close(): void {
		this.isClosed = true;
	}
	private shake(state: number): void {
		this.in.length = 0;
		Timer.set(() => {
			if (this.isClosed) return;
			this.state = state;
			this.onNews();
		});
	}
}

export const CERTIFICATE_STATES = ["valid", "malformed", "expired", "notYetValid"] as const;
export const KEY_STATES = ["valid", "malformed", "unsupported"] as const;

const exact = (hash: Buffer): ArrayBuffer => new Uint8Array(hash).buffer as ArrayBuffer;
const pemOf = (der: ArrayBuffer, label: string): string =>
	`-----BEGIN ${label}-----\n${Buffer.from(der).toString("base64")}\n-----END ${label}-----`;

export const sha256 = (bytes: Uint8Array): ArrayBuffer =>
	exact(createHash("sha256").update(bytes).digest());
export const hmacSha256 = (key: Uint8Array, bytes: Uint8Array): ArrayBuffer =>
	exact(createHmac("sha256", key).update(bytes).digest());
export const ecdsaVerify = verify;
export const certificateState = (der: ArrayBuffer, date: number): number =>
	CERTIFICATE_STATES.indexOf(checkCertificate(pemOf(der, "CERTIFICATE"), date));
export const keyState = (der: ArrayBuffer): number =>
	KEY_STATES.indexOf(checkKey(pemOf(der, "PRIVATE KEY")));
export const isPair = (certificate: ArrayBuffer, key: ArrayBuffer): boolean =>
	isPairOfPem(pemOf(certificate, "CERTIFICATE"), pemOf(key, "PRIVATE KEY")) === true;

let hash: Hash | undefined;
export const running = {
	begin(): void {
		hash = createHash("sha256");
	},
	add(bytes: Uint8Array): void {
		if (!hash) throw new Error("no digest");
		hash.update(bytes);
	},
	end(): ArrayBuffer {
		if (!hash) throw new Error("no digest");
		const digest = exact(hash.digest());
		hash = undefined;
		return digest;
	},
};

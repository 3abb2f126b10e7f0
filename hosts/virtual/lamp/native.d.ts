/**
 * Native: the functions that the C of `machine/` gives `main.ts`, as a frozen global object.
 *
 * Instants are the lamp's own monotonic milliseconds. No function throws for a value of its type.
 */
declare const native: {
	readonly serial: string;
	readonly hardware: string;
	readonly profile: "bring-up" | "development" | "release";
	powerCause(): number; // position in POWER_CAUSE
	monotonic(): number;
	wallClock(): number | undefined;
	setWallClock(utc: number): void;
	retainedLevel(): number | undefined;
	retainLevel(value: number): void;
	retainedRefusals(): number | undefined;
	retainRefusals(value: number): void;
	alarm(at: number): void;
	restart(reason: string): void;
	duty(value: number): void;
	fade(path: Uint32Array, count: number): void;
	stop(): void;
	relay(closed: boolean): void;
	busSend(frame: number, twice: boolean): boolean; // false: an answer is awaited
	busArm(frame: number): void;
	indicate(presence: number, photocell: number, reason: number, level: number, link: number): void;
	streamOpen(host: string, port: number, tls: boolean): number; // -1: no stream free
	streamSecure(id: number): void;
	streamWritable(id: number): number;
	streamWrite(id: number, bytes: Uint8Array, start: number, count: number): boolean;
	streamRead(id: number, into: Uint8Array): number;
	streamClose(id: number): void;
	wifi(text: string): void;
	serialWrite(bytes: Uint8Array, start: number, count: number): number;
	serialRead(into: Uint8Array): number;
	datagramBind(port: number): boolean; // false: one is bound already
	datagramClose(): void;
	datagramSend(bytes: Uint8Array, count: number): boolean;
	datagramRead(into: Uint8Array): number;
	storeRead(key: string): string | undefined;
	storeWrite(key: string, value: string): number; // 0 ok, 1 full, 2 failed
	storeErase(key: string): number;
	readonly flashSectors: number;
	flashRead(offset: number, into: Uint8Array): boolean;
	flashWrite(offset: number, bytes: Uint8Array, start: number, count: number): boolean;
	flashErase(sector: number): boolean;
	imageSlot(): number; // 0 or 1
	imageState(): number; // 0 kept, 1 on probation
	imageBegin(bytes: number): boolean;
	imageWrite(bytes: Uint8Array, start: number, count: number): boolean;
	imageActivate(): boolean;
	imageKeep(): boolean;
	digestBegin(): void;
	digestAdd(bytes: Uint8Array, start: number, count: number): void;
	digestEnd(): Uint8Array;
	sha256(bytes: Uint8Array): Uint8Array;
	hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array;
	ecdsaVerify(publicKey: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean;
	random(into: Uint8Array): void;
	utf8Encode(text: string, into: Uint8Array, at: number): number; // -1: does not fit whole
	utf8Decode(bytes: Uint8Array, start: number, count: number): string | undefined;
	freeBytes(): number;
	log(text: string): void; // for test modules
	verdicts(...verdicts: number[]): void; // of an observed lamp (judged.ts)
	branchTaken(nth: number): void; // in an instrumented image (sim/explore/branches.ts)
};

/**
 * Key change: a new list of update keys, on trial beside the present one until it is proven.
 *
 * While it is on trial images of both lists are accepted, so a list whose private key is lost takes
 * nothing away. It is proven, and replaces the present one, by a signature of a key that it adds:
 * over an image that was kept, or over the list itself.
 */
import { decodeBase64 } from "../../base64.js";
import type { Host, Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import { LIGHT_LEAD_TIME } from "../../lighting/fade.js";
import { IMAGE_KEYS_KEY, TRIED_KEYS_KEY } from "../../storekeys.js";
import type { Millis } from "../../units.js";
import { keyIdOf } from "../../update/header.js";
import {
	isSameKey,
	isSameList,
	type KeyList,
	type KeyRecord,
	LIST_BYTES_MAX,
	listText,
	parseList,
	refusalOfList,
	storedKeys,
} from "../../update/keylist.js";
import { keyNames, keyOf } from "../../update/keys.js";
import type { OfferRefusal } from "../../update/offer.js";

interface KeyOwner {
	readonly host: Pick<Host, "crypto">;
	readonly store: Store;
	askForLight(source: "update", until: Millis): void;
	emit(event: LampEvent, now: Millis): void;
}

/** A list that waits for the verification of its signature by this key. */
interface Pending {
	readonly list: KeyList;
	readonly key: Uint8Array;
	readonly isProof: boolean;
}

export class KeyChange {
	dueAt: Millis = Infinity;
	private readonly lamp: KeyOwner;
	private pending: Pending | undefined;

	constructor(lamp: KeyOwner) {
		this.lamp = lamp;
	}

	/** A list is stored for a trial; parsed later, since each boot asks. */
	get isTried(): boolean {
		return this.lamp.store.read(TRIED_KEYS_KEY) !== undefined;
	}

	/** The key of an image with this id, or why the image is refused. `kept`: as in `keyOf`. */
	find(id: number, kept: number): ReturnType<typeof keyOf> {
		const { crypto } = this.lamp.host;
		const found = keyOf(this.present.keys, id, kept, crypto);
		return found === "unknownKey" ? keyOf(this.tried?.keys ?? [], id, kept, crypto) : found;
	}

	/** Ids for people; after `+` those of keys on trial. */
	get names(): readonly string[] {
		const { store, host } = this.lamp;
		const tried = this.tried ? keyNames(store.read(TRIED_KEYS_KEY), host.crypto) : [];
		const present = keyNames(store.read(IMAGE_KEYS_KEY), host.crypto);
		return [
			...present,
			...tried.filter((name) => !present.includes(name)).map((name) => `+${name}`),
		];
	}

	/** A list was received; it is verified from `verifyAt` on, at full light. Or why it is refused. */
	take(text: string, kept: number, verifyAt: Millis, now: Millis): OfferRefusal | undefined {
		this.cancel();
		const bytes = decodeBase64(text, LIST_BYTES_MAX);
		const list = bytes && parseList(bytes);
		if (!list) return "malformed";
		const { present, tried } = this;
		if (list.counter === present.counter && isSameList(list.keys, present.keys)) return undefined;
		const isTried = list.counter === tried?.counter && isSameList(list.keys, tried.keys);
		const key = this.find(list.keyId, kept);
		if (typeof key === "string") return key;
		const place = present.keys.findIndex((each) => isSameKey(each, key));
		if (isTried) {
			if (place < 0) this.queue({ list, key, isProof: true }, verifyAt, now);
			return undefined; // else it was delivered again
		}
		if (place < 0) return "unknownKey";
		const why = refusalOfList(list, present, place);
		if (why) return why;
		if (tried && list.counter <= tried.counter) return "olderCounter";
		this.queue({ list, key, isProof: false }, verifyAt, now);
		return undefined;
	}

	/** Another message came before the verification. */
	cancel(): void {
		if (this.pending) this.lamp.askForLight("update", 0);
		this.pending = undefined;
		this.dueAt = Infinity;
	}

	/** Verifies the list. Returns why it is refused. */
	tick(now: Millis): OfferRefusal | undefined {
		const { pending } = this;
		if (!pending) return undefined;
		const { list, key, isProof } = pending;
		const { crypto } = this.lamp.host;
		const isGenuine = crypto.ecdsaVerify(key, crypto.sha256(list.signed), list.signature) === true;
		this.cancel();
		if (!isGenuine) return "wrongSignature";
		if (isProof) this.keep(list, now);
		else if (this.write(TRIED_KEYS_KEY, list, now)) this.report("tried", list, now);
		return undefined;
	}

	/** An image was kept that the key with this id signed. */
	onKept(id: number, now: Millis): void {
		const { tried, present } = this;
		if (!tried || this.has(present.keys, id) || !this.has(tried.keys, id)) return;
		this.keep(tried, now);
	}

	private get present(): KeyRecord {
		return storedKeys(this.lamp.store.read(IMAGE_KEYS_KEY));
	}

	/** Undefined: none is on trial, or it was copied before a loss of power. */
	private get tried(): KeyRecord | undefined {
		const tried = storedKeys(this.lamp.store.read(TRIED_KEYS_KEY));
		return tried.counter > this.present.counter ? tried : undefined;
	}

	private has(keys: readonly Uint8Array[], id: number): boolean {
		return keys.some((key) => keyIdOf(this.lamp.host.crypto.sha256(key)) === id);
	}

	private queue(pending: Pending, verifyAt: Millis, now: Millis): void {
		this.pending = pending;
		this.dueAt = Math.max(now + LIGHT_LEAD_TIME, verifyAt);
		this.lamp.askForLight("update", Infinity);
	}

	private keep(list: KeyRecord, now: Millis): void {
		if (!this.write(IMAGE_KEYS_KEY, list, now)) return;
		this.lamp.store.erase(TRIED_KEYS_KEY);
		this.report("kept", list, now);
	}

	private write(key: string, list: KeyRecord, now: Millis): boolean {
		const result = this.lamp.store.write(key, listText(list));
		if (result === "ok") return true;
		this.lamp.emit({ type: "storeFailure", attributes: { key, result } }, now);
		return false;
	}

	private report(state: "tried" | "kept", list: KeyRecord, now: Millis): void {
		const { counter } = list;
		const keys = keyNames(listText(list), this.lamp.host.crypto).join(" ");
		this.lamp.emit({ type: "updateKeys", attributes: { state, counter, keys } }, now);
	}
}

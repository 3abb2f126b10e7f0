/**
 * Updater: the task that handles offers and trials of images, and emits their events.
 *
 * It has work only between an offer and the end of the image's trial.
 */
import { decodeBase64 } from "../../base64.js";
import type { Host, Store, StreamEnd, StreamId, StreamTarget } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import { positionOf } from "../../ownpart.js";
import { randomStream } from "../../random.js";
import type { Settings } from "../../settings/table.js";
import type { Millis, UtcMillis } from "../../units.js";
import type { DownloadDoors } from "../../update/download.js";
import { HEADER_BYTES_MAX, type ImageHeader, parseHeader } from "../../update/header.js";
import {
	type Installed,
	isInstalled,
	type KeyOffer,
	type Offer,
	type OfferRefusal,
	refusalOf,
	turnOf,
} from "../../update/offer.js";
import { decodeOffer } from "../../update/offerpayload.js";
import { Rollout, type RolloutFault, type RolloutOwner } from "../../update/rollout.js";
import { IMAGE_COUNTER, SW_VERSION } from "../../version.js";
import type { LightPath } from "../light/lightpath.js";
import type { Task } from "../task.js";
import type { Timekeeper } from "../time/timekeeper.js";
import type { ImageTrial } from "./imagetrial.js";
import { KeyChange } from "./keychange.js";

/** Least time between two verifications of a signature; each takes a part of a second. */
const VERIFY_INTERVAL: Millis = 60_000;
/** First window of the back-off between attempts to reach a server. */
const FIRST_WAIT: Millis = 60_000;

interface UpdaterOwner {
	readonly host: DownloadDoors & Pick<Host, "serial" | "hardware" | "profile" | "images">;
	readonly store: Store;
	readonly settings: Settings;
	readonly now: Millis;
	readonly light: Pick<LightPath, "dark" | "isVacantAt" | "settlesAt">;
	readonly orders: { readonly isMaintained: boolean };
	readonly settingsManager: { readonly isOnTrial: boolean };
	readonly link: { close(now: Millis): void; connectNow(now: Millis): void };
	readonly time: Pick<Timekeeper, "dateAt" | "notBefore">;
	askForLight(source: "update", until: Millis): void;
	emit(event: LampEvent, now: Millis): void;
	restart(reason: string, now: Millis): void;
}

/** The wait after `tries` (1 or more) in a row, from a window `first`; `chance`: evenly in 0..1. */
type WaitRule = (tries: number, first: Millis, chance: number) => Millis;

export class Updater implements Task, RolloutOwner {
	dueAt: Millis;
	private readonly lamp: UpdaterOwner;
	private readonly trial: ImageTrial;
	private readonly keys: KeyChange;
	private keptKey = 0; // of the image kept last, as it was looked at
	private rollout: Rollout | undefined;
	private settled = ""; // id of the last offer that ended in this life
	private verifyAt: Millis;
	private readonly waitAfter: WaitRule;
	private random: (() => number) | undefined;

	/**
	 * @param verifyAt no signature is verified before this instant (`crashPause`)
	 * @param waitAfter back-off of the attempts to reach a server
	 */
	constructor(lamp: UpdaterOwner, trial: ImageTrial, verifyAt: Millis, waitAfter: WaitRule) {
		this.lamp = lamp;
		this.trial = trial;
		this.keys = new KeyChange(lamp);
		this.dueAt = this.keys.isTried ? 0 : this.trial.dueAt; // a kept image may have proven them
		this.verifyAt = verifyAt;
		this.waitAfter = waitAfter;
	}

	tick(now: Millis): void {
		const { rollout, trial } = this;
		if (now >= trial.dueAt) trial.tick(now);
		if (trial.record.key !== this.keptKey) {
			this.keptKey = trial.record.key;
			this.keys.onKept(this.keptKey, now);
		}
		if (now >= this.keys.dueAt) this.verifyKeys(now);
		if (rollout && now >= rollout.dueAt) rollout.tick(now);
		this.plan();
	}

	/** The broker accepted the lamp's subscription, under the running image. */
	onSubscribed(now: Millis): void {
		this.trial.onSubscribed(now);
		this.plan();
	}

	/** An offer, or the order to stop. `text`: undefined if the payload has none. */
	onOffer(text: string | undefined, now: Millis): void {
		const decoded = text === undefined ? undefined : decodeOffer(text);
		if (!decoded) this.refuse("malformed", now);
		else if ("stop" in decoded) this.rollout?.stop(now);
		else if ("keys" in decoded) this.takeKeys(decoded, now);
		else this.consider(decoded, now);
		this.plan();
	}

	/**
	 * TCP is connected: starts the handshake at once, because light is requested during the
	 * download.
	 */
	onStreamReached(id: StreamId): void {
		if (this.rollout?.stream?.owns(id)) this.doors.streams.secure(id);
	}

	/** Bytes arrived, or may be sent. Returns whether the stream is of a download. */
	onStream(now: Millis, id: StreamId): boolean {
		const stream = this.rollout?.stream;
		if (!stream?.owns(id)) return false;
		stream.onReady(now);
		this.rollout?.onStream();
		this.plan();
		return true;
	}

	onStreamClosed(now: Millis, id: StreamId, end: StreamEnd): void {
		const stream = this.rollout?.stream;
		if (!stream?.owns(id)) return;
		stream.onClosed(now, end);
		this.rollout?.onStream();
		this.plan();
	}

	get doors(): DownloadDoors {
		return this.lamp.host;
	}

	utcAt(now: Millis): UtcMillis | undefined {
		return this.lamp.time.dateAt(now);
	}

	turnOf(offer: Offer, utc: UtcMillis): UtcMillis {
		const { settings, host } = this.lamp;
		return turnOf(offer, settings.group, positionOf(host.serial), utc);
	}

	isQuiet({ whileOccupied }: Offer): boolean {
		const { light, orders, settingsManager, now } = this.lamp;
		if (this.trial.isOn || orders.isMaintained) return false;
		if (settingsManager.isOnTrial) return false;
		// a dawn ends the wait of an occupied street and begins a fade, which blocking work would halt
		const isOff = !light.dark && light.settlesAt === Infinity;
		return whileOccupied || light.isVacantAt(now) || isOff;
	}

	raise(isRaised: boolean): void {
		this.lamp.askForLight("update", isRaised ? Infinity : 0);
	}

	standAside(isAside: boolean, now: Millis): void {
		if (isAside) this.lamp.link.close(now);
		else this.lamp.link.connectNow(now);
	}

	targetOf({ source }: Offer, now: Millis): StreamTarget {
		const { host, port, tls } = source;
		if (!tls) return { host, port };
		return { host, port, tls: { serverName: host, date: this.lamp.time.notBefore(now) } };
	}

	isGenuine({ keyId, signed, signature }: ImageHeader): boolean {
		const { crypto } = this.lamp.host;
		this.verifyAt = this.lamp.now + VERIFY_INTERVAL;
		const key = this.keys.find(keyId, this.trial.record.key);
		if (typeof key === "string") return false;
		return crypto.ecdsaVerify(key, crypto.sha256(signed), signature) === true;
	}

	backOff(tries: number): Millis {
		this.random ??= randomStream(this.lamp.host.crypto);
		return this.waitAfter(tries, FIRST_WAIT, this.random());
	}

	onOffered({ version, counter }: ImageHeader, now: Millis): void {
		this.lamp.emit({ type: "updateOffered", attributes: { version, counter } }, now);
	}

	onStarted({ version, length }: ImageHeader, now: Millis): void {
		this.lamp.emit({ type: "updateStarted", attributes: { version, bytes: length } }, now);
	}

	onFailed(
		{ version }: ImageHeader,
		reason: RolloutFault,
		received: number,
		isFinal: boolean,
		now: Millis,
	): void {
		const isKnown = reason !== "wrongSignature";
		const what = isKnown ? { reason, version, received_bytes: received } : { reason };
		this.lamp.emit({ type: "updateFailed", attributes: { ...what, final: isFinal } }, now);
		if (isFinal) this.settled = this.rollout?.offer.id ?? "";
	}

	activate(header: ImageHeader, now: Millis): boolean {
		const { lamp, trial } = this;
		const { version } = header;
		if (!trial.announce(header) || lamp.host.images.activate() !== true) {
			trial.withdraw();
			return false;
		}
		lamp.emit({ type: "updateActivated", attributes: { version } }, now);
		lamp.restart("update", now);
		return true;
	}

	private consider(offer: Offer, now: Millis): void {
		const { rollout } = this;
		if (offer.id === this.settled || offer.id === rollout?.offer.id) return;
		rollout?.stop(now);
		this.keys.cancel();
		this.rollout = undefined;
		this.settled = offer.id;
		const bytes = decodeBase64(offer.header, HEADER_BYTES_MAX);
		const header = bytes && parseHeader(bytes);
		const { installed } = this;
		if (header && isInstalled(header, installed)) return;
		const why = header ? this.refusalOf(header, offer, installed) : "malformed";
		if (!header || why) {
			this.refuse(why ?? "malformed", now);
			return;
		}
		this.settled = "";
		this.rollout = new Rollout(this, offer, header, now, Math.max(now, this.verifyAt));
		// Before the light of this turn: else it would fall between the work of two offers.
		if (now >= this.rollout.dueAt) this.rollout.tick(now);
	}

	private refusalOf(
		header: ImageHeader,
		offer: Offer,
		installed: Installed,
	): OfferRefusal | undefined {
		const why = refusalOf(header, offer, installed);
		if (why) return why;
		const key = this.keys.find(header.keyId, this.trial.record.key);
		return typeof key === "string" ? key : undefined;
	}

	/** Ids of the stored keys, for people. */
	get keyNames(): readonly string[] {
		return this.keys.names;
	}

	/** A list of keys takes the place of an offer, as another offer does. */
	private takeKeys({ id, keys }: KeyOffer, now: Millis): void {
		if (id === this.settled) return;
		this.rollout?.stop(now);
		this.settled = id;
		const why = this.keys.take(keys, this.trial.record.key, this.verifyAt, now);
		if (why) this.refuse(why, now);
	}

	/** A list of keys was pasted at the console: ends no offer, and no list before its verification. */
	onPastedKeys(text: string | undefined, now: Millis): OfferRefusal | "updating" | undefined {
		if (this.rollout || this.keys.dueAt < Infinity) return "updating";
		const why = this.keys.take(text ?? "", this.trial.record.key, this.verifyAt, now);
		this.plan();
		return why;
	}

	private verifyKeys(now: Millis): void {
		this.verifyAt = now + VERIFY_INTERVAL;
		const why = this.keys.tick(now);
		if (why) this.refuse(why, now);
	}

	private get installed(): Installed {
		const { trial, lamp } = this;
		const { failed } = trial.record;
		const image = trial.running;
		const counter = Math.max(trial.record.counter, IMAGE_COUNTER);
		const { hardware, profile } = lamp.host;
		return { hardware, profile, version: SW_VERSION, counter, image, failed };
	}

	private refuse(reason: OfferRefusal, now: Millis): void {
		this.lamp.emit({ type: "updateFailed", attributes: { reason, final: true } }, now);
	}

	private plan(): void {
		if (this.rollout?.stage === "over") this.rollout = undefined;
		this.dueAt = Math.min(this.trial.dueAt, this.keys.dueAt, this.rollout?.dueAt ?? Infinity);
	}
}

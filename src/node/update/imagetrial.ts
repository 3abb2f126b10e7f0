/**
 * Image trial: keeps or reverts a new image, and records the result in the store.
 *
 * While an image is on probation, any boot returns to the image before (host.ts), so a revert is a
 * restart.
 */
import type { Host, Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import { UPDATE_KEY } from "../../storekeys.js";
import type { Millis } from "../../units.js";
import { type ImageHeader, imageId } from "../../update/header.js";
import { assess, endingOf, endOf, LEAST, type RevertReason } from "../../update/probation.js";
import {
	parseRecord,
	type Trial,
	textOf,
	type UpdateRecord,
	underVersion,
	withFailed,
} from "../../update/record.js";
import { SW_VERSION } from "../../version.js";

/** Interval of the assessments, from LEAST after the boot on. */
const LOOK: Millis = 60_000;
/** After a write that the store refused. */
const TRY_AGAIN: Millis = 600_000;

interface TrialOwner {
	readonly host: Pick<Host, "images" | "powerCause">;
	readonly store: Store;
	readonly now: Millis;
	readonly settings: { readonly reconnectSpread: Millis };
	readonly faults: { readonly count: number };
	readonly light: { readonly reason: string };
	readonly link: { renewBirth(): void };
	emit(event: LampEvent, now: Millis): void;
	restart(reason: string, now: Millis): void;
}

export class ImageTrial {
	record: UpdateRecord;
	private readonly lamp: TrialOwner;
	private readonly bootAt: Millis;
	private assessAt: Millis = Infinity;
	private storeAt: Millis = Infinity; // the store refused the record
	private endsAt: Millis = Infinity;
	private isSubscribed = false; // the broker accepted the subscription in this life

	/**
	 * At boot the host reports whether the running image is on probation; an ended trial is
	 * settled.
	 */
	constructor(lamp: TrialOwner, now: Millis) {
		this.lamp = lamp;
		this.bootAt = now;
		this.record = parseRecord(lamp.store.read(UPDATE_KEY));
		if (lamp.host.images.state() === "probation") {
			this.endsAt = endOf(now, lamp.settings.reconnectSpread);
			this.assessAt = now + LEAST;
		} else if (this.record.trial) this.settle(this.record.trial, now);
		else this.record = underVersion(this.record, SW_VERSION);
	}

	get dueAt(): Millis {
		return Math.min(this.assessAt, this.storeAt);
	}

	get isOn(): boolean {
		return this.endsAt < Infinity;
	}

	/** Id of the running image, kept or on trial; empty: flashed over the cable. */
	get running(): string {
		const { trial, image } = this.record;
		return this.isOn && trial ? trial.image : image;
	}

	/** The broker accepted the lamp's subscription. */
	onSubscribed(now: Millis): void {
		this.isSubscribed = true;
		if (this.isOn) this.assessAt = Math.max(now, this.bootAt + LEAST);
	}

	tick(now: Millis): void {
		if (now >= this.storeAt) this.keep(this.record);
		if (now >= this.assessAt) this.assessNow(now);
	}

	private assessNow(now: Millis): void {
		const { faults, light, host } = this.lamp;
		const isLit = light.reason !== "systemFailure";
		const conduct = { faults: faults.count, isLit, isSubscribed: this.isSubscribed };
		const verdict = assess(conduct, this.bootAt, this.endsAt, now);
		this.assessAt = Math.min(this.endsAt, now + LOOK);
		if (verdict === "wait") return;
		this.assessAt = Infinity;
		this.endsAt = Infinity;
		if (verdict !== "keep") this.revert(verdict, now);
		else if (host.images.keep() !== true) this.revert("notKept", now);
		else if (this.record.trial) this.kept(this.record.trial, now);
		else this.record = underVersion(this.record, SW_VERSION);
	}

	/**
	 * Stores the trial before the image is activated, for the next life. False: the store refused.
	 */
	announce({ version, counter, keyId: key, digest }: ImageHeader): boolean {
		return this.keep({
			...this.record,
			trial: { image: imageId({ digest }), version, counter, key },
		});
	}

	/**
	 * Removes the stored trial: the image was not activated. If it remained, the next life would
	 * take the image for one that crashed, and never fetch it again.
	 */
	withdraw(): void {
		this.keep({ ...this.record, trial: undefined });
	}

	private kept({ image, version, counter, key }: Trial, now: Millis): void {
		const { record, lamp } = this;
		const failed = record.failed.filter((failedImage) => failedImage !== image);
		const highest = Math.max(record.counter, counter);
		const kept = { counter: highest, key, image, runs: SW_VERSION };
		this.keep({ ...kept, failed, trial: undefined, powerLosses: 0 });
		lamp.emit({ type: "updateKept", attributes: { version } }, now);
		lamp.link.renewBirth();
	}

	private revert(reason: RevertReason, now: Millis): void {
		const { trial } = this.record;
		if (trial) this.reverted(trial, reason, now);
		this.lamp.restart("updateReverted", now);
	}

	/** Records a revert for which the image is to blame: it is not fetched again. */
	private reverted(trial: Trial, reason: RevertReason, now: Millis): void {
		const { record } = this;
		const failed = withFailed(record.failed, trial.image);
		this.notKept({ ...record, failed, trial: undefined, powerLosses: 0 }, trial, reason, now);
	}

	private notKept(left: UpdateRecord, { version }: Trial, reason: RevertReason, now: Millis): void {
		this.keep(left);
		this.lamp.emit({ type: "updateReverted", attributes: { version, reason } }, now);
	}

	/** Settles a trial of an earlier life: the running image is not on probation. */
	private settle(trial: Trial, now: Millis): void {
		const { lamp, record } = this;
		const version = SW_VERSION;
		const powerLosses = record.powerLosses + 1;
		const about = { version, before: record.runs, tried: trial.version, powerLosses };
		const ending = endingOf({ ...about, cause: lamp.host.powerCause });
		if (ending === "kept")
			this.kept(trial, now); // power failed before the record was stored
		else if (ending === "again" || ending === "reflashed") {
			const losses = ending === "again" ? powerLosses : 0;
			const rest = { ...underVersion(record, version), trial: undefined, powerLosses: losses };
			this.notKept(rest, trial, ending === "again" ? "powerLost" : ending, now);
		} else this.reverted(trial, ending, now);
	}

	/** Stores the record; a write that is refused is repeated. */
	private keep(record: UpdateRecord): boolean {
		const { store, now } = this.lamp;
		this.record = record;
		const isStored = store.write(UPDATE_KEY, textOf(record)) === "ok";
		this.storeAt = isStored ? Infinity : now + TRY_AGAIN;
		return isStored;
	}
}

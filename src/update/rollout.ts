/**
 * Rollout: one offer at one lamp, from its signature to the restart into its image.
 *
 * A rollout waits for the lamp's turn and for an empty street, closes the broker's session during
 * the download (two TLS connections do not fit into memory), and retries within bounds. It never
 * switches the lamp. Before a blocking operation it requests light as if the place were occupied,
 * and also during the download, because each piece of the image may erase a sector.
 */
import type { StreamTarget } from "../host.js";
import { LIGHT_LEAD_TIME } from "../lighting/fade.js";
import type { Millis, UtcMillis } from "../units.js";
import { Download, type DownloadDoors, type DownloadFault } from "./download.js";
import type { ImageHeader } from "./header.js";
import type { Offer, OfferRefusal } from "./offer.js";

/** How often a waiting rollout checks whether the street is empty. */
export const LOOK: Millis = 60_000;
/** Longest time between two checks, because the clock may be set meanwhile. */
const LONGEST_LOOK: Millis = 3_600_000;
/** Pause after a connection with progress: the server is there. */
const RESUME: Millis = 5_000;
/** Connections in a row without progress; with the back-off that is some hours. */
const TRIES_MOST = 8;
/** Of all connections of one offer: a server that sends one byte each time is useless. */
const CONNECTIONS_MOST = 32;
/** Time in connections, of one offer: the largest slot takes two hours at the least pace. */
const FETCH_TIME_MAX: Millis = 10_800_000;
/** After so long without the broker's session it is resumed: it may carry the order to stop. */
const ASIDE_TIME_MAX: Millis = 600_000;
/** For the session: a handshake, the subscription and its retained messages. */
const SESSION_PAUSE: Millis = 120_000;
/** Whole images with a wrong digest: a cache may be stale once. */
const WRONG_MOST = 2;

export type RolloutFault = DownloadFault | OfferRefusal | "stopped" | "notActivated";

export interface RolloutOwner {
	readonly doors: DownloadDoors;
	/** Absent without a trusted clock. */
	utcAt(now: Millis): UtcMillis | undefined;
	/** When this lamp's turn is, for an offer that arrived at `utc`; called once. */
	turnOf(offer: Offer, utc: UtcMillis): UtcMillis;
	/** Whether a restart disturbs no road user; `offer` may waive this. */
	isQuiet(offer: Offer): boolean;
	/** Requests light as if the place were occupied, or releases it. */
	raise(isRaised: boolean): void;
	/** Closes the broker's session, or resumes it. */
	standAside(isAside: boolean, now: Millis): void;
	targetOf(offer: Offer, now: Millis): StreamTarget;
	/** Whether the signature is of an accepted key. May block for long. */
	isGenuine(header: ImageHeader): boolean;
	/** The wait after this many attempts in a row without progress. */
	backOff(tries: number): Millis;
	onOffered(header: ImageHeader, now: Millis): void;
	onStarted(header: ImageHeader, now: Millis): void;
	/** `isFinal`: this offer is over. `received`: bytes of the image that came. */
	onFailed(
		header: ImageHeader,
		fault: RolloutFault,
		received: number,
		isFinal: boolean,
		now: Millis,
	): void;
	/** Activates the whole, genuine image and restarts. False: it could not be activated. */
	activate(header: ImageHeader, now: Millis): boolean;
}

type Work = "verify" | "fetch" | "activate";
type Stage = "waiting" | "raising" | "fetching" | "over";

export class Rollout {
	dueAt: Millis;
	readonly offer: Offer;
	stage: Stage = "waiting";
	private next: Work = "verify";
	private readonly header: ImageHeader;
	private readonly owner: RolloutOwner;
	private download: Download | undefined;
	private turn: UtcMillis | undefined;
	private asideAt: Millis = Infinity; // since when the broker's session is closed; Infinity: it is not
	private connectedAt: Millis = 0;
	private fetchTime: Millis = 0;
	private isRaised = false;
	private tries = 0;
	private connections = 0;
	private wrongs = 0;
	private before = 0; // bytes received before this connection

	/** `verifyAt`: earliest instant of the signature check. */
	constructor(
		owner: RolloutOwner,
		offer: Offer,
		header: ImageHeader,
		now: Millis,
		verifyAt: Millis,
	) {
		const utc = owner.utcAt(now);
		if (utc !== undefined) this.turn = owner.turnOf(offer, utc);
		this.owner = owner;
		this.offer = offer;
		this.header = header;
		this.dueAt = verifyAt;
	}

	/** The download with the stream of the image, while there is one. */
	get stream(): Download | undefined {
		return this.download;
	}

	/** The download recorded an input of its stream. */
	onStream(): void {
		if (this.stage === "fetching" && this.download) this.dueAt = this.download.dueAt;
	}

	tick(now: Millis): void {
		switch (this.stage) {
			case "waiting":
				if (this.next === "verify") this.prepare("verify", now);
				else this.wait(now);
				break;
			case "raising":
				this.work(now);
				break;
			case "fetching":
				this.fetch(now);
				break;
			case "over":
				this.dueAt = Infinity;
		}
	}

	/** Ends the rollout: the CMS withdrew the offer or made another one. */
	stop(now: Millis): void {
		if (this.stage !== "over") this.fail("stopped", true, now);
	}

	/** Waits for the lamp's turn and an empty street. */
	private wait(now: Millis): void {
		const { owner, offer } = this;
		const utc = owner.utcAt(now);
		this.dueAt = now + LOOK;
		if (utc !== undefined) {
			this.turn ??= owner.turnOf(offer, utc);
			if (utc < this.turn) this.dueAt = now + Math.min(this.turn - utc, LONGEST_LOOK);
			else if (owner.isQuiet(offer)) {
				this.prepare(this.next, now);
				return;
			}
		}
		this.standAside(false, now); // an occupied street may last all night
	}

	private prepare(work: Work, now: Millis): void {
		this.next = work;
		this.stage = "raising";
		this.dueAt = now + LIGHT_LEAD_TIME;
		this.raise(true);
		if (work !== "fetch") return;
		if (this.connections === 0) this.owner.onStarted(this.header, now);
		this.standAside(true, now);
	}

	private work(now: Millis): void {
		const { owner, header } = this;
		if (this.next === "fetch") this.connect(now);
		else if (this.next === "activate") {
			if (!owner.isQuiet(this.offer)) {
				this.raise(false); // somebody came during the lead
				this.waitFor("activate", now);
			} else if (owner.activate(header, now)) this.finish(now);
			else this.fail("notActivated", true, now);
		} else if (owner.isGenuine(header)) {
			this.raise(false);
			owner.onOffered(header, now);
			this.waitFor("fetch", now);
		} else this.fail("wrongSignature", true, now);
	}

	/** Waits for the right moment for the next step. */
	private waitFor(work: Work, now: Millis): void {
		this.next = work;
		this.stage = "waiting";
		this.dueAt = now;
	}

	private connect(now: Millis): void {
		const { owner, offer, header } = this;
		this.download ??= new Download(owner.doors, offer.source, header.length, header.digest);
		this.before = this.download.received;
		this.connections += 1;
		this.connectedAt = now;
		this.stage = "fetching";
		const fault = this.download.connect(now, owner.targetOf(offer, now));
		if (fault) this.lose(fault, now);
		else this.dueAt = this.download.dueAt;
	}

	private fetch(now: Millis): void {
		const { download } = this;
		if (!download) return;
		const outcome = download.tick(now);
		this.dueAt = download.dueAt;
		if (outcome === "whole") {
			this.raise(false);
			this.download = undefined;
			this.standAside(false, now);
			this.waitFor("activate", now);
		} else if (outcome) this.lose(outcome, now);
	}

	/** A connection ended early. */
	private lose(fault: DownloadFault, now: Millis): void {
		const received = this.download?.received ?? 0;
		const isProgress = received > this.before && fault !== "wrongHash";
		this.tries = isProgress ? 0 : this.tries + 1;
		if (fault === "wrongHash") this.wrongs += 1;
		this.fetchTime += now - this.connectedAt;
		const isFinal =
			this.tries >= TRIES_MOST ||
			this.connections >= CONNECTIONS_MOST ||
			this.wrongs >= WRONG_MOST ||
			this.fetchTime >= FETCH_TIME_MAX;
		this.fail(fault, isFinal, now);
		if (isFinal) return;
		this.stage = "waiting";
		let pause = isProgress ? RESUME : this.owner.backOff(this.tries);
		if (now - this.asideAt >= ASIDE_TIME_MAX) pause = Math.max(pause, SESSION_PAUSE);
		this.dueAt = now + pause;
		if (pause > LOOK) this.standAside(false, now);
	}

	private fail(fault: RolloutFault, isFinal: boolean, now: Millis): void {
		const received = this.download?.received ?? 0;
		this.raise(false);
		if (isFinal) this.finish(now);
		this.owner.onFailed(this.header, fault, received, isFinal, now);
	}

	private finish(now: Millis): void {
		this.download?.close();
		this.download = undefined;
		this.raise(false);
		this.standAside(false, now);
		this.stage = "over";
		this.dueAt = Infinity;
	}

	private raise(isRaised: boolean): void {
		if (isRaised === this.isRaised) return;
		this.isRaised = isRaised;
		this.owner.raise(isRaised);
	}

	private standAside(isAside: boolean, now: Millis): void {
		if (isAside === this.asideAt < Infinity) return;
		this.asideAt = isAside ? now : Infinity;
		this.owner.standAside(isAside, now);
	}
}

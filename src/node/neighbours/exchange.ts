/**
 * Neighbour exchange: what passes between this pole and the others of its row while neighbours are configured.
 *
 * Sends: a movement at once, and again while someone is there, each time after twice as long, because
 * datagrams get lost. Receives: what is new and genuine, within budgets that no flood exceeds; passes it
 * on; lights for who is on the way here.
 */
import type { Host } from "../../host.js";
import { DATAGRAM_BYTES, Datagram, MOVEMENT, SIDES } from "../../link/datagram.js";
import { ReplayGuard } from "../../link/replayguard.js";
import { TokenBucket } from "../../link/tokenbucket.js";
import {
	leftAt,
	lightUntil,
	noteHit,
	passedAt,
	REACH,
	startHits,
} from "../../sensing/neighbours.js";
import { MISSED_LEAVING, MISSED_PASSING } from "../../sensing/pirhealth.js";
import type { Settings } from "../../settings/table.js";
import type { Millis } from "../../units.js";
import type { Forgeries } from "./forgeries.js";

/** Each movement is told so often at least: of five datagrams one may get lost. */
const SENT_LEAST = 2;
/** More doublings make any period longer than the longest. */
const DOUBLED_MOST = 11;
/** Twelve neighbours with copies by six ways each, once a second, are 72. */
const READS = Object.freeze({ burst: 64, perSecond: 100 });
/** Only what seems new is proven, so twelve neighbours need twelve a second: 32 take 2 ms. */
const PROOFS = Object.freeze({ burst: 32, perSecond: 32 });
/** Own movements are one a second at most; the rest is for what is passed on. */
const SENDS = Object.freeze({ burst: 16, perSecond: 12 });
const SENDS_KEPT_FOR_OWN = 4;
/** Read in one turn; then others have theirs. */
const READS_A_TURN = 16;
/** Once the budget of reads is spent: what the host cannot hold meanwhile is lost, ms. */
const PAUSE: Millis = 200;

export interface RowOwner {
	readonly host: Pick<Host, "crypto" | "datagrams">;
	readonly life: number;
	readonly sensorHealth: { onPassedBy(at: Millis, weight: number): void };
	askForLight(source: "neighbours", until: Millis): void;
}

export class NeighbourExchange {
	counter: number;
	private settings: Settings;
	private readonly lamp: RowOwner;
	private readonly forgeries: Forgeries;
	private readonly datagram: Datagram;
	private readonly replayGuard = new ReplayGuard(SIDES * (2 * REACH + 1));
	private readonly hits = startHits();
	private readonly ours = startHits(); // of our side of the street alone
	private readonly reads: TokenBucket;
	private readonly proofs: TokenBucket;
	private readonly sends: TokenBucket;
	private lastMovementAt: Millis = Number.NEGATIVE_INFINITY; // who our PIR saw last
	private isSeen = false; // our PIR sees someone now
	private sentCount = SENT_LEAST; // how often the last movement was
	private sentAt: Millis = Number.NEGATIVE_INFINITY;
	private sendAt: Millis = Infinity;
	private receiveAt: Millis = Infinity;

	/** The port is bound. `counter`: of the last datagram that this life sent. */
	constructor(
		lamp: RowOwner,
		settings: Settings,
		counter: number,
		forgeries: Forgeries,
		now: Millis,
	) {
		this.lamp = lamp;
		this.forgeries = forgeries;
		this.settings = settings;
		this.counter = counter;
		const { siteKey, site, neighbourGroup } = settings;
		this.datagram = new Datagram(lamp.host.crypto, siteKey, site, neighbourGroup);
		this.reads = new TokenBucket(READS, now);
		this.proofs = new TokenBucket(PROOFS, now);
		this.sends = new TokenBucket(SENDS, now);
	}

	get dueAt(): Millis {
		return Math.min(this.sendAt, this.receiveAt, this.forgeries.dueAt);
	}

	tick(now: Millis): void {
		if (now >= this.sendAt) this.send(now);
		if (now >= this.receiveAt) this.receive(now);
		if (now >= this.forgeries.dueAt) this.forgeries.end(now);
	}

	/** Other settings, for the same row of poles. */
	configure(settings: Settings): void {
		this.settings = settings;
	}

	/** Someone came into our own cone. */
	onMovement(now: Millis): void {
		if (!this.settings.pirFitted) return;
		noteHit(this.hits, 0, now);
		this.lastMovementAt = now;
		this.isSeen = true;
		this.sentCount = 0;
		this.sendAt = Math.max(now, this.sentAt + this.settings.minBroadcastPeriod);
	}

	onStillness(): void {
		this.isSeen = false;
		if (this.sentCount >= SENT_LEAST) this.sendAt = Infinity;
	}

	onDatagram(now: Millis): void {
		if (this.receiveAt === Infinity) this.receiveAt = now;
	}

	private send(now: Millis): void {
		const { minBroadcastPeriod, maxBroadcastPeriod, poleNumber, poleSide, hopLimit } =
			this.settings;
		const age = now - this.lastMovementAt;
		if (this.sends.take(now)) {
			this.counter += 1;
			this.datagram.write(poleNumber, poleSide, this.lamp.life, this.counter, hopLimit, age);
			this.transmit();
		}
		this.sentAt = now;
		this.sentCount += 1;
		const wait = minBroadcastPeriod * (1 << Math.min(this.sentCount - 1, DOUBLED_MOST));
		const again = this.isSeen || this.sentCount < SENT_LEAST;
		this.sendAt = again ? now + Math.min(wait, maxBroadcastPeriod) : Infinity;
	}

	private receive(now: Millis): void {
		const { datagrams } = this.lamp.host;
		for (let n = 0; n < READS_A_TURN; n += 1) {
			if (!this.reads.take(now)) {
				this.receiveAt = now + PAUSE;
				return;
			}
			const count = datagrams.read(this.datagram.bytes);
			if (count === 0) {
				this.receiveAt = Infinity;
				return;
			}
			this.take(count, now);
		}
		this.receiveAt = now; // more may wait; an edge comes first
	}

	private take(count: number, now: Millis): void {
		const { datagram, replayGuard } = this;
		if (!datagram.isOurs(count)) return;
		const { poleNumber, poleSide } = this.settings;
		const { pole, side, life, counter } = datagram;
		const place = pole - poleNumber;
		if (place < -REACH || place > REACH || (place === 0 && side === poleSide)) return;
		const sender = (place + REACH) * SIDES + side;
		if (!replayGuard.isNew(sender, life, counter, now) || !this.proofs.take(now)) return;
		if (!datagram.isGenuine()) {
			this.forgeries.note(now);
			return;
		}
		replayGuard.accept(sender, life, counter, now);
		const at = now - datagram.age;
		const isNews = datagram.kind === MOVEMENT && noteHit(this.hits, place, at);
		if (datagram.kind === MOVEMENT && side === poleSide && noteHit(this.ours, place, at))
			this.countPasser(place);
		this.lamp.askForLight("neighbours", lightUntil(this.hits, place, now, this.settings));
		if (isNews) this.passOn(place, now);
	}

	/** Each movement once. Nobody beyond REACH needs it: there another place has seen them. */
	private passOn(place: number, now: Millis): void {
		if (this.datagram.hopsLeft === 0 || place === REACH || place === -REACH) return;
		if (!this.sends.take(now, SENDS_KEPT_FOR_OWN)) return;
		this.datagram.passOn();
		this.transmit();
	}

	/** Whom our own PIR should have seen is told to who judges its health. */
	private countPasser(place: number): void {
		const { ours, lamp } = this;
		const { poleSpacing } = this.settings;
		const passed = passedAt(ours, place, poleSpacing);
		if (passed > Number.NEGATIVE_INFINITY) lamp.sensorHealth.onPassedBy(passed, MISSED_PASSING);
		const left = leftAt(ours, place, poleSpacing);
		if (left > Number.NEGATIVE_INFINITY) lamp.sensorHealth.onPassedBy(left, MISSED_LEAVING);
	}

	private transmit(): void {
		this.lamp.host.datagrams.send(this.datagram.bytes, DATAGRAM_BYTES);
	}
}

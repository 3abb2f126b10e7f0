/**
 * Neighbour exchange: sends and receives movements within the row of poles while it is configured.
 *
 * A movement is sent at once and repeated while the PIR is active, each time after twice the
 * interval, because datagrams get lost. New and genuine datagrams are accepted, within budgets that
 * no flood exceeds, and forwarded; light is requested for a road user on the way to this pole.
 */
import type { Host } from "../../host.js";
import {
	leftAt,
	lightUntil,
	noteHit,
	passedAt,
	REACH,
	startHits,
} from "../../neighbours/approach.js";
import { DATAGRAM_BYTES, Datagram, MOVEMENT, SIDES } from "../../neighbours/datagram.js";
import { ReplayGuard } from "../../neighbours/replayguard.js";
import { TokenBucket } from "../../neighbours/tokenbucket.js";
import { MISSED_LEAVING, MISSED_PASSING } from "../../sensing/pirhealth.js";
import type { Settings } from "../../settings/table.js";
import type { Millis } from "../../units.js";
import { ExpectedArrival } from "./expectedarrival.js";
import type { Forgeries } from "./forgeries.js";

/** Each movement is sent at least this often: of five datagrams one may get lost. */
const SENT_LEAST = 2;
/** Doublings of the interval, at most; more would exceed the longest interval in any case. */
const DOUBLED_MOST = 11;
/** Reads per second: twelve neighbours, each once a second with copies by six ways, make 72. */
const READS = Object.freeze({ burst: 64, perSecond: 100 });
/** Seals checked per second: only new datagrams are, so twelve neighbours need 12. 32 take 2 ms. */
const PROOFS = Object.freeze({ burst: 32, perSecond: 32 });
/** Datagrams sent per second: at most one for own movements, the rest for forwarding. */
const SENDS = Object.freeze({ burst: 16, perSecond: 12 });
const SENDS_KEPT_FOR_OWN = 4;
/** Datagrams read in one turn; further ones wait, so that other work is not held up. */
const READS_A_TURN = 16;
/** Wait after the read budget is spent, ms; datagrams that the host cannot buffer are lost. */
const PAUSE: Millis = 200;

export interface ExchangeOwner {
	readonly host: Pick<Host, "crypto" | "datagrams">;
	readonly life: number;
	readonly sensorHealth: { onPassedBy(at: Millis, weight: number): void };
	askForLight(source: "neighbours", until: Millis): void;
}

export class NeighbourExchange {
	counter: number;
	private settings: Settings;
	private readonly lamp: ExchangeOwner;
	private readonly forgeries: Forgeries;
	private readonly datagram: Datagram;
	private readonly replayGuard = new ReplayGuard(SIDES * (2 * REACH + 1));
	private readonly hits = startHits();
	private readonly ours = startHits(); // of our own side of the street only
	private readonly expected = new ExpectedArrival();
	private readonly reads: TokenBucket;
	private readonly proofs: TokenBucket;
	private readonly sends: TokenBucket;
	private lastMovementAt: Millis = Number.NEGATIVE_INFINITY; // the PIR's last movement
	private isSeen = false; // the PIR is active
	private sentCount = SENT_LEAST; // times the last movement was sent
	private sentAt: Millis = Number.NEGATIVE_INFINITY;
	private sendAt: Millis = Infinity;
	private receiveAt: Millis = Infinity;

	/** Call after the port is bound. `counter`: that of the last datagram sent in this life. */
	constructor(
		lamp: ExchangeOwner,
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
		return Math.min(this.sendAt, this.receiveAt, this.forgeries.dueAt, this.expected.lightAt);
	}

	tick(now: Millis): void {
		if (now >= this.sendAt) this.send(now);
		if (now >= this.receiveAt) this.receive(now);
		if (now >= this.forgeries.dueAt) this.forgeries.end(now);
		if (now >= this.expected.lightAt) this.lamp.askForLight("neighbours", this.expected.begin());
	}

	/** Takes changed settings for the same row of poles. */
	configure(settings: Settings): void {
		this.settings = settings;
	}

	/** A movement at this lamp's own PIR. */
	onMovement(now: Millis): void {
		if (!this.settings.pirFitted) return;
		noteHit(this.hits, 0, now);
		this.lastMovementAt = now;
		this.isSeen = true;
		this.sentCount = 0;
		this.sendAt = Math.max(now, this.sentAt + this.settings.minBroadcastPeriod);
	}

	/** The PIR went inactive: the repeats end, once SENT_LEAST is reached. */
	onStillness(): void {
		this.isSeen = false;
		if (this.sentCount >= SENT_LEAST) this.sendAt = Infinity;
	}

	/** A datagram waits at the host; `tick` reads it. */
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
		this.receiveAt = now; // more may wait; an edge has precedence
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
		const until = lightUntil(this.hits, place, now, this.settings);
		if (until > now) this.lamp.askForLight("neighbours", until);
		else this.expected.onHit(this.hits, place, isNews, now, this.settings);
		if (isNews) this.passOn(place, now);
	}

	/** Forwards each movement once, and none beyond REACH: a nearer pole has detected it there. */
	private passOn(place: number, now: Millis): void {
		if (this.datagram.hopsLeft === 0 || place === REACH || place === -REACH) return;
		if (!this.sends.take(now, SENDS_KEPT_FOR_OWN)) return;
		this.datagram.passOn();
		this.transmit();
	}

	/** Reports a passer-by to sensor health: this lamp's PIR should have detected one, too. */
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

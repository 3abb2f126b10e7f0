/**
 * Live: a lamp on the desktop's own clock and network; its inputs are lines of standard input.
 *
 * `store KEY TEXT` first, then `begin`: power on. Afterwards the inputs of lines.ts as they happen,
 * `network 0|1`, `memory`, and `end`. Events are printed as `AT WORD ...`: `duty N` on each change
 * of the PWM, `link WORD`, `stream reached`, `stream open` and `stream REASON`, `fault TEXT`, `live
 * SLOTS BYTES`.
 *
 * Streams, TLS and turns are those of a pole controller (hosts/moddable). The time comes from the
 * desktop's clock, as if from a time server.
 */

import { carriedDimmer } from "host/carried";
import { desktopHost, type Own } from "host/desktop";
import { noteOf } from "host/lines";
import { shelf } from "host/shelf";
import { NetworkStreams } from "host/streams";
import { Turn } from "host/turn";
import type { Host, StreamEnd, StreamId } from "luminode/host";
import { LINK } from "luminode/indication";
import { Node } from "luminode/node";
import Timer from "timer";

const TIME_EVERY_ms = 3_600_000;

export function runLive(): void {
	const stored = new Map<string, string>();
	let desktop: Desktop | undefined;
	headless.onLine((line = "end") => {
		const [word, second, ...rest] = line.split(" ");
		if (word === "store") stored.set(second!, rest.join(" "));
		else if (word === "begin") desktop ??= new Desktop(stored).begin();
		else if (word === "end") headless.exit(0);
		else if (!desktop?.apply(word!, Number(second))) headless.exit(64); // EX_USAGE
	});
}

/** A random source that the operating system gives. */
function random(into: Uint8Array): void {
	const chance = new ArrayBuffer(into.length);
	headless.random(chance);
	into.set(new Uint8Array(chance));
}

export class Desktop {
	readonly host: Host;
	private readonly turn = new Turn({
		lightUp: () => this.print("duty", 4095),
		restart: () => headless.exit(70), // EX_SOFTWARE, as where XS ends
	});
	private readonly streams: PrintingStreams;
	private shownLink = -1;

	constructor(stored: Map<string, string>) {
		const { turn } = this;
		const print = (...args: (string | number)[]) =>
			headless.print(`${turn.clock.now()} ${args.join(" ")}`);
		this.print = print;
		this.streams = new PrintingStreams(turn, shelf(stored), print);
		const platform: Own = {
			serial: "desktop-00001",
			hardware: "desktop/1",
			monotonic: () => turn.clock.now(),
			date: () => Date.now(),
			alarm: (at) => turn.alarm(at),
			restart: (reason) => {
				print("restart", reason);
				headless.exit(75); // EX_TEMPFAIL
			},
			relay: { write: () => {} },
			dimmer: carriedDimmer(turn.clock, (duty) => print("duty", duty)),
			indicator: { show: (_p, _c, _r, _l, link) => this.showLink(link) },
			streams: this.streams,
			random,
			freeBytes: () => headless.freeBytes(),
		};
		this.host = desktopHost(platform, stored);
	}

	/** Power on. */
	begin(): this {
		const { turn } = this;
		turn.begin(new Node(this.host));
		this.apply("network", 1);
		const sendTime = turn.guarded(() => void this.apply("time", Date.now()));
		Timer.repeat(sendTime, TIME_EVERY_ms);
		Timer.set(sendTime, 0);
		return this;
	}

	/** False for an unknown word. */
	apply(word: string, value: number): boolean {
		if (word === "memory") this.print("live", ...headless.live());
		else if (word === "network") {
			this.streams.isUp = value !== 0;
			this.turn.post("network", (lamp, now) => lamp.onNetwork(now, value !== 0));
		} else {
			const note = noteOf(word, value);
			if (!note) return false;
			this.print(word, ...(Number.isNaN(value) ? [] : [value]));
			this.turn.post("movement", note);
		}
		return true;
	}

	private readonly print: (...args: (string | number)[]) => void;

	private showLink(link: number): void {
		if (link === this.shownLink) return;
		this.shownLink = link;
		this.print("link", LINK[link] ?? link);
	}
}

/** The controller's streams, which also print their progress. */
class PrintingStreams extends NetworkStreams {
	private readonly print: (...args: string[]) => void;

	constructor(
		turn: Turn,
		store: ReturnType<typeof shelf>,
		print: (...args: (string | number)[]) => void,
	) {
		super(turn, store);
		this.print = print;
	}

	override onReached(id: StreamId): void {
		this.print("stream", "reached");
		super.onReached(id);
	}

	override onOpen(id: StreamId): void {
		this.print("stream", "open");
		super.onOpen(id);
	}

	override onClosed(id: StreamId, end: StreamEnd): void {
		this.print("stream", end);
		super.onClosed(id, end);
	}
}

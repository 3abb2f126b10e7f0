/**
 * Trace: one line for each change of a lamp, the same bytes for the same run (docs/street.md).
 *
 * A fade is one line with its points; lines during it state the duty of their instant.
 */
import { Carrier, POINT, pathOf, pathText } from "../../hosts/moddable/carrier.js";
import type { EffectKind } from "../../hosts/virtual/protocol.js";
import { EFFECT } from "../../hosts/virtual/protocol.js";
import { LINK, PHOTOCELL, PRESENCE, REASON } from "../../src/indication.js";

/** Written in pieces of about this many characters. */
const PIECE = 65_536;
const NONE = "-";
export const TRACE_HEADER =
	"#instant                 lamp  presence photocell reason         level duty link       relay  fade\n";
/** Column of a line within a fade that neither begins nor ends it. */
const UNDER_WAY = " +";
/** Width of the columns behind the duty. */
const RIGHT = 17;

interface Shown {
	presence: string;
	photocell: string;
	reason: string;
	level: number;
	link: string;
	relay: string;
}

const off = (): Shown => ({
	presence: NONE,
	photocell: NONE,
	reason: NONE,
	level: 0,
	link: NONE,
	relay: "closed",
});

/**
 * Turns effects into lines; `write` receives the text in pieces, header first. `first`: number of the
 * first lamp.
 */
export class Trace {
	readonly #shown: Shown[];
	readonly #last: string[]; // columns of the last line of each lamp, its light apart
	readonly #ordered: string[]; // the last order to its light
	readonly #light: Carrier[];
	#fade: string | undefined; // points of a fade that begins, "" of a duty; undefined: neither
	#text = TRACE_HEADER;
	#at = -1;
	#lamp = -1; // of the change whose line is not written yet

	constructor(
		lamps: number,
		private readonly epochUtc: number,
		private readonly write: (text: string) => void,
		private readonly first = 1,
	) {
		this.#shown = Array.from({ length: lamps }, off);
		this.#last = this.#shown.map((shown) => left(shown) + right(shown));
		this.#ordered = this.#shown.map(() => "0");
		this.#light = this.#shown.map(() => new Carrier());
		for (const light of this.#light) light.write(0, 0);
	}

	/** Several effects of a lamp in one instant make one line. */
	onEffect(kind: EffectKind, at: number, lamp: number, value: number, bytes: Uint8Array): void {
		if (at !== this.#at || lamp !== this.#lamp) this.#line();
		const shown = this.#shown[lamp]!;
		if (kind === EFFECT.duty || kind === EFFECT.fade) this.#order(kind, at, lamp, value, bytes);
		else if (kind === EFFECT.relay) shown.relay = value ? "closed" : "open";
		else if (kind === EFFECT.indicate) show(shown, bytes);
		else if (kind === EFFECT.restart || kind === EFFECT.death) {
			Object.assign(shown, off());
			this.#order(EFFECT.duty, at, lamp, 0, bytes);
		} else return;
		this.#at = at;
		this.#lamp = lamp;
	}

	#order(kind: EffectKind, at: number, lamp: number, duty: number, bytes: Uint8Array): void {
		const light = this.#lightAt(at, lamp);
		const path = kind === EFFECT.fade ? pathOf(bytes) : undefined;
		if (!path) light.write(duty, at);
		else if (path.length > 0) light.fade(path, path.length / POINT, at);
		else light.stop(at);
		this.#fade = path ? pathText(path, path.length / POINT) : "";
	}

	#lightAt(at: number, lamp: number): Carrier {
		const light = this.#light[lamp]!;
		while (light.nextAt <= at) light.advance();
		return light;
	}

	/** The order in force: a duty, a fade and its begin, or that of the last line. */
	#orderOf(lamp: number, duty: string): string {
		if (this.#fade === undefined) return this.#ordered[lamp]!;
		return this.#fade === "" ? duty : this.#at + this.#fade;
	}

	finish(): void {
		this.#line();
		if (this.#text !== "") this.write(this.#text);
		this.#text = "";
	}

	#line(): void {
		const lamp = this.#lamp;
		if (lamp < 0) return;
		const [before, behind] = [left(this.#shown[lamp]!), right(this.#shown[lamp]!)];
		const light = this.#lightAt(this.#at, lamp);
		const duty = String(light.dutyAt(this.#at));
		const fade = this.#fade || (light.nextAt < Infinity ? UNDER_WAY : "");
		const ordered = this.#orderOf(lamp, duty);
		const shown = before + behind;
		if (shown !== this.#last[lamp] || ordered !== this.#ordered[lamp]) {
			this.#last[lamp] = shown;
			this.#ordered[lamp] = ordered;
			const instant = new Date(Math.floor(this.epochUtc + this.#at)).toISOString();
			const head = `${instant} ${String(this.first + lamp).padStart(5, "0")} ${before}`;
			const tail = fade === "" ? behind : behind.padEnd(RIGHT) + fade;
			this.#text += `${head} ${duty.padStart(4)} ${tail}\n`;
		}
		this.#lamp = -1;
		this.#fade = undefined;
		if (this.#text.length < PIECE) return;
		this.write(this.#text);
		this.#text = "";
	}
}

function show(shown: Shown, bytes: Uint8Array): void {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const number = (place: number) => view.getFloat32(place * 4, true);
	shown.presence = PRESENCE[number(0)] ?? NONE;
	shown.photocell = PHOTOCELL[number(1)] ?? NONE;
	shown.reason = REASON[number(2)] ?? NONE;
	shown.level = number(3);
	shown.link = LINK[number(4)] ?? NONE;
}

/** The columns before the duty, and those behind it. */
function left({ presence, photocell, reason, level }: Shown): string {
	const columns = `${presence.padEnd(8)} ${photocell.padEnd(9)} ${reason.padEnd(13)}`;
	return `${columns} ${level.toFixed(2).padStart(6)}`;
}

function right({ link, relay }: Shown): string {
	return `${link.padEnd(10)} ${relay}`;
}

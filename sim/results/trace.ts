/**
 * Trace: one line for each change of a lamp, the same bytes for the same run (docs/street.md).
 */
import { closeSync, openSync, writeSync } from "node:fs";
import type { EffectKind } from "../../hosts/virtual/protocol.js";
import { EFFECT } from "../../hosts/virtual/protocol.js";
import { LINK, PHOTOCELL, PRESENCE, REASON } from "../../src/indication.js";

/** Written in pieces of about this many characters. */
const PIECE = 65_536;
const NONE = "-";
export const TRACE_HEADER =
	"#instant                 lamp  presence photocell reason         level duty link       relay\n";

interface Shown {
	presence: string;
	photocell: string;
	reason: string;
	level: number;
	duty: number;
	link: string;
	relay: string;
}

const off = (): Shown => ({
	presence: NONE,
	photocell: NONE,
	reason: NONE,
	level: 0,
	duty: 0,
	link: NONE,
	relay: "closed",
});

/** Turns effects into lines; `write` receives the text in pieces, header first. */
export class Trace {
	readonly #shown: Shown[];
	readonly #last: string[]; // text of the last line of each lamp
	#text = TRACE_HEADER;
	#at = -1;
	#lamp = -1; // of the change whose line is not written yet

	constructor(
		lamps: number,
		private readonly epochUtc: number,
		private readonly write: (text: string) => void,
	) {
		this.#shown = Array.from({ length: lamps }, off);
		this.#last = this.#shown.map(columns);
	}

	/** Several effects of a lamp in one instant make one line. */
	onEffect(kind: EffectKind, at: number, lamp: number, value: number, bytes: Uint8Array): void {
		if (at !== this.#at || lamp !== this.#lamp) this.#line();
		const shown = this.#shown[lamp]!;
		if (kind === EFFECT.duty) shown.duty = value;
		else if (kind === EFFECT.relay) shown.relay = value ? "closed" : "open";
		else if (kind === EFFECT.indicate) show(shown, bytes);
		else if (kind === EFFECT.restart || kind === EFFECT.death) Object.assign(shown, off());
		else return;
		this.#at = at;
		this.#lamp = lamp;
	}

	finish(): void {
		this.#line();
		if (this.#text !== "") this.write(this.#text);
		this.#text = "";
	}

	#line(): void {
		if (this.#lamp < 0) return;
		const text = columns(this.#shown[this.#lamp]!);
		if (text !== this.#last[this.#lamp]) {
			this.#last[this.#lamp] = text;
			const instant = new Date(Math.floor(this.epochUtc + this.#at)).toISOString();
			this.#text += `${instant} ${String(this.#lamp + 1).padStart(5, "0")} ${text}\n`;
		}
		this.#lamp = -1;
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

function columns({ presence, photocell, reason, level, duty, link, relay }: Shown): string {
	const words = `${presence.padEnd(8)} ${photocell.padEnd(9)} ${reason.padEnd(13)}`;
	return `${words} ${level.toFixed(2).padStart(6)} ${String(duty).padStart(4)} ${link.padEnd(10)} ${relay}`;
}

/** A file to write to, or the reason why it cannot be opened. */
export function openFile(
	file: string,
): { write(text: string): void; close(): void } | { readonly why: string } {
	try {
		const handle = openSync(file, "w");
		return {
			write: (text) => {
				for (let rest = Buffer.from(text); rest.length > 0; )
					rest = rest.subarray(writeSync(handle, rest));
			},
			close: () => closeSync(handle),
		};
	} catch (error) {
		return { why: `${file}: cannot be written (${(error as NodeJS.ErrnoException).code})` };
	}
}

/**
 * Happenings: the log of the page: on one side what happens in the world, on the other what lamps
 * report of it, with the delay between.
 *
 * It holds the latest entries only; a street that runs overnight does not grow.
 */

import type { OrderSent } from "../street/network.js";
import type { Witness } from "../street/witness.js";
import { type Fields, text } from "../util/fields.js";
import type { Findings } from "./findings.js";
import type { LogEntry } from "./logentry.js";

const MOST = 1_000;
/** Boots before this are those of the start, ms. */
const STARTED = 2_000;
const SEVERITIES = ["safety", "repair", "info"] as const;
/** Faults of the world after which somebody may stand without light. */
const SAFETY = ["lampDead", "powerCut"];

export class Happenings implements Witness {
	readonly #entries: LogEntry[] = [];
	#count = 0;
	/** Entries that no page has received yet begin with this id. */
	#sent = 0;
	readonly #offline = new Set<number>();

	constructor(
		private readonly epochUtc: number,
		private readonly findings: Findings,
	) {}

	get all(): readonly LogEntry[] {
		return this.#entries;
	}

	/** The entries since the last call. */
	take(): readonly LogEntry[] {
		const fresh = this.#entries.filter(({ id }) => id > this.#sent);
		this.#sent = this.#count;
		return fresh;
	}

	/** One of a few entries at the same instant becomes one of the whole street, or of its group. */
	#world(at: number, type: string, lamp: number | null, more: Partial<LogEntry> = {}): void {
		const utc = Math.round(this.epochUtc + at);
		const last = this.#entries.at(-1);
		const flag = more.flag ?? null;
		const isSame = last?.side === "world" && last.type === type && last.utc === utc;
		if (isSame && last.flag === flag && last.group === more.group) {
			this.#entries[this.#entries.length - 1] = { ...last, lamp: null };
			return;
		}
		this.#add({
			utc,
			side: "world",
			type,
			lamp,
			severity: "info",
			delay_s: null,
			detail: null,
			...more,
			flag,
		});
	}

	#add(entry: Omit<LogEntry, "id">): void {
		this.#entries.push({ ...entry, id: ++this.#count });
		if (this.#entries.length > MOST) this.#entries.shift();
	}

	onFault(at: number, lamp: number, name: string, on: boolean): void {
		this.findings.onFault(at, lamp, name, on);
		const severity = SAFETY.includes(name) ? "safety" : "repair";
		this.#world(at, `fault.${name}`, lamp + 1, { flag: on ? "start" : "end", severity });
	}

	onBoot(at: number, lamp: number): void {
		if (at >= STARTED) this.#world(at, "restarted", lamp + 1);
	}

	onOrder({ at, command, lamp, group, until }: OrderSent): void {
		if (command === "luminaireReplaced" || command === "nodeReplaced") return; // its event says so
		this.#world(at, `order.${command}`, lamp + 1, {
			...(group === undefined ? {} : { group }),
			until: Math.round(this.epochUtc + until),
		});
	}

	/** A person put a road user down. */
	onPut(at: number, kind: string): void {
		this.#world(at, "put", null, { detail: kind });
	}

	/** A lamp's event (from 0) arrived at the broker. */
	onEvent(at: number, lamp: number, fields: Fields): void {
		const type = text(fields.type);
		if (type === undefined) return;
		const flag =
			fields.startEndFlag === "start" || fields.startEndFlag === "end" ? fields.startEndFlag : null;
		const severity =
			SEVERITIES.find((knownSeverity) => knownSeverity === fields.severity) ?? "info";
		const delay_s = flag === "end" ? null : this.#found(at, lamp, type);
		this.#report(at, lamp, { type, flag, severity, delay_s });
	}

	/** The broker lost a lamp, or has it again. */
	onStatus(at: number, lamp: number, online: boolean): void {
		if (online && this.#offline.delete(lamp))
			this.#report(at, lamp, { type: "online", flag: null, severity: "info", delay_s: null });
		if (online || this.#offline.has(lamp)) return;
		this.#offline.add(lamp);
		const delay_s = this.#found(at, lamp, "offline");
		this.#report(at, lamp, { type: "offline", flag: null, severity: "repair", delay_s });
	}

	#found(at: number, lamp: number, type: string): number | null {
		const before = this.findings.all.filter(({ found }) => found === undefined);
		this.findings.onReport(at, lamp, type);
		const finding = before.find(({ found }) => found !== undefined);
		return finding ? (at - finding.began) / 1000 : null;
	}

	#report(
		at: number,
		lamp: number,
		more: Pick<LogEntry, "type" | "flag" | "severity" | "delay_s">,
	): void {
		const utc = Math.round(this.epochUtc + at);
		this.#add({ utc, side: "report", lamp: lamp + 1, detail: null, ...more });
	}
}

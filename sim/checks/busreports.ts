/**
 * Bus reports: the events that a lamp owes for the faults of its bus and driver, by the world and the
 * wire alone (docs/dali.md).
 *
 * A fault that stands is a standing event, and a fault that is over is none, WITHIN later. A driver
 * that lost its settings or was replaced is an event once. A disturbed bus or a slow driver permits any
 * answer, and requires none. Of events beyond the cap of an hour, `eventsCapped` tells whether the last
 * one was a begin or an end.
 */
import { DAY, HOUR, MINUTE } from "../../lib/spans.js";
import { type Fields, text } from "../util/fields.js";
import type { Lamps } from "./lamps.js";

/** The status is asked for each minute, and twice more in the next 10 s; a fade may hold it back. */
const WITHIN = 3 * MINUTE;
/** A driver is set up each 10 min at most, and its identity is then read within a minute and a half. */
const SET_UP_WITHIN = 15 * MINUTE;
/** The settings are read each hour. */
const READ_WITHIN = 80 * MINUTE;
/** An hour has 12 events of one type (docs/broker.md, event). */
const FLOODED = HOUR;

const OTHER = "another fault of the bus";
const HINDERED = "a life that was short, or offline";

/** Faults of which `why` in `driverFailure` follows, the strongest first. */
const WHY = { busShorted: "bus", driverMute: "silent", driverTwo: "several" } as const;
const OPEN = ["busNoisy", "driverSlow"];
/** A failure that stands, of which `eventsCapped` tells no `why`. */
const ANY = "any";
/** An event that is owed once, within a time of the begin of a fault or of its end. */
const ONCE: Readonly<Record<string, { type: string; within: number; isAtEnd?: true }>> = {
	driverReset: { type: "driverReset", within: SET_UP_WITHIN },
	driverForgets: { type: "driverReset", within: READ_WITHIN },
	driverOther: { type: "driverReplaced", within: SET_UP_WITHIN, isAtEnd: true },
};

interface Owed {
	readonly type: string;
	readonly since: number;
	readonly within: number;
}

interface Watched {
	readonly on: Set<string>;
	/** A fault that bears on the answers began or ended last. */
	changedAt: number;
	/** The answers were any until then. */
	openUntil: number;
	twoAt: number;
	isJudged: boolean;
	owed: Owed[];
	/** By the wire, in the lamp's present life. */
	life: number;
	readonly whys: Set<string>;
	isLampFailed: boolean;
}

/** A chance that is judged, with the defect if it was broken; or left, with the reason. */
export type Verdict = { readonly broken?: string } | { readonly left: string };

export class BusReports {
	readonly #all: readonly Watched[];

	constructor(
		private readonly lamps: Lamps,
		private readonly lateness: number,
		private readonly runsFor: number,
	) {
		this.#all = Array.from({ length: lamps.count }, () => ({
			on: new Set(),
			changedAt: -Infinity,
			openUntil: -Infinity,
			twoAt: -Infinity,
			isJudged: true, // before any fault nothing is owed
			owed: [],
			life: 0,
			whys: new Set(),
			isLampFailed: false,
		}));
	}

	/** A life that ends may have set the driver up, and its event was not yet made or stored. */
	onEnd(lamp: number): Verdict[] {
		const watched = this.#all[lamp]!;
		const { owed } = watched;
		watched.owed = [];
		return owed.map(() => ({ left: HINDERED }));
	}

	onBoot(lamp: number): void {
		const watched = this.#all[lamp]!;
		watched.whys.clear(); // a restart ends all conditions
		watched.isLampFailed = false;
	}

	onFault(at: number, lamp: number, name: string, isOn: boolean): void {
		const watched = this.#all[lamp]!;
		if (isOn) watched.on.add(name);
		else watched.on.delete(name);
		if (OPEN.includes(name))
			watched.openUntil = OPEN.some((open) => watched.on.has(open)) ? Infinity : at + FLOODED;
		if (name === "driverTwo") watched.twoAt = at;
		const isOther = name === "driverOther";
		if (isOther) watched.owed = watched.owed.filter(({ type }) => type !== "driverReset");
		if (name in WHY || OPEN.includes(name) || name === "lampDead" || isOther) {
			watched.changedAt = at;
			watched.isJudged = false;
		}
		const once = ONCE[name];
		if (!once || isOn === (once.isAtEnd === true)) return;
		const isKnown = at >= this.lamps.runsSince[lamp]! + SET_UP_WITHIN || isOther;
		if (isKnown) watched.owed.push({ type: once.type, since: at, within: once.within });
	}

	/** Those that an event settles. */
	onEvent(lamp: number, type: string, fields: Fields): Verdict[] {
		const watched = this.#all[lamp]!;
		const life = Number(fields.life);
		if (life < watched.life) return []; // it comes late
		watched.life = life;
		const attributes = Object(fields.attributes) as Record<string, unknown>;
		const isStart = fields.startEndFlag === "start";
		if (type === "driverFailure") {
			const why = text(attributes.why) ?? "";
			watched.whys.delete(ANY);
			if (isStart) watched.whys.add(why);
			else watched.whys.delete(why);
		}
		if (type === "eventsCapped" && attributes.of === "driverFailure" && "last" in attributes) {
			watched.whys.clear(); // one stands at a time
			if (attributes.last === "start") watched.whys.add(ANY);
		}
		if (type === "lampFailure" && attributes.inference === false) watched.isLampFailed = isStart;
		const settled = watched.owed.filter((owed) => owed.type === type);
		watched.owed = watched.owed.filter((owed) => owed.type !== type);
		return settled.map(() => ({}));
	}

	look(at: number, lamp: number, isHindered: boolean): Verdict[] {
		const watched = this.#all[lamp]!;
		const since = this.lamps.runsSince[lamp]!;
		const verdicts = this.#lookForOwed(at, watched, since, isHindered);
		const isDue = at >= Math.max(watched.changedAt + WITHIN + this.lateness, since + this.runsFor);
		if (!isDue || at < watched.openUntil) return verdicts;
		const wasJudged = watched.isJudged;
		watched.isJudged = true;
		if (isHindered) return wasJudged ? verdicts : [...verdicts, { left: HINDERED }];
		const broken = this.#mismatch(watched);
		if (broken !== undefined) watched.changedAt = Infinity; // once
		if (broken !== undefined) verdicts.push({ broken });
		else if (!wasJudged) verdicts.push({});
		return verdicts;
	}

	/** The world and the wire differ. */
	#mismatch(watched: Watched): string | undefined {
		const isOn = (name: string) => watched.on.has(name);
		const cause = Object.keys(WHY).find(isOn) as keyof typeof WHY | undefined;
		const why = cause && WHY[cause];
		if (watched.whys.has(ANY)) return why === undefined ? "driverFailure has no end" : undefined;
		for (const each of Object.values(WHY)) {
			if (watched.whys.has(each) === (each === why)) continue;
			return each === why ? `no event of ${cause}` : `driverFailure ${each} has no end`;
		}
		if (why !== undefined || watched.isLampFailed === isOn("lampDead")) return undefined;
		return watched.isLampFailed ? "lampFailure has no end" : "no event of lampDead";
	}

	#lookForOwed(at: number, watched: Watched, since: number, isHindered: boolean): Verdict[] {
		const due = watched.owed.filter(
			(owed) => at >= Math.max(owed.since, since) + owed.within + this.lateness,
		);
		if (due.length === 0) return [];
		watched.owed = watched.owed.filter((owed) => !due.includes(owed));
		return due.map((owed) => {
			if (isHindered) return { left: HINDERED };
			const isMixed =
				at < watched.twoAt + DAY || Object.keys(WHY).some((name) => watched.on.has(name));
			if (isMixed || watched.changedAt > owed.since || at < watched.openUntil)
				return { left: OTHER };
			return { broken: `no event ${owed.type}` };
		});
	}
}

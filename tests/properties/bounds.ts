/**
 * Bounds: which settings may be in force when, and what the heat leaves of the light.
 *
 * Settings follow a technician's keys (docs/console.md): tried until they are confirmed, reverted, ten
 * minutes are over or the lamp starts anew. The heat follows docs/settings.md and ten lines of arithmetic.
 */
import { deadOf } from "./course.js";
import { END, type Night } from "./night.js";
import { holds, type Span } from "./spans.js";

export type Light = Readonly<Record<string, number>>;

/** In [from, to) one of these is in force. */
export interface Phase extends Span {
	readonly lights: readonly Light[];
}

/** In [from, to) the driver may give so much, per cent. */
export interface Cap extends Span {
	readonly most: number;
}

const CONFIRM_WITHIN = 10 * 60_000;
const SPAN_K = 15;
const HYSTERESIS_K = 5;

export function phasesOf(night: Night): Phase[] {
	const isSure = !night.happenings.some(({ what }) => what === "storeFails");
	let stored = night.light as Light;
	let tried: Light | undefined;
	let endsAt = Infinity;
	let all: Light[] = [stored];
	const steps: { from: number; lights: readonly Light[] }[] = [{ from: 0, lights: all }];
	const force = (from: number) => {
		steps.push({ from, lights: isSure ? [tried ?? stored] : [...all] });
	};
	const drop = (from: number) => {
		tried = undefined;
		endsAt = Infinity;
		force(from);
	};
	for (const { at, act, values } of keysOf(night)) {
		if (at >= endsAt) drop(endsAt);
		if (act === "apply") {
			tried = { ...(tried ?? stored), ...values };
			all = [...all, tried];
			endsAt = at + CONFIRM_WITHIN;
			force(at);
		} else if (tried) {
			if (act === "confirm") stored = tried;
			drop(at);
		}
	}
	if (endsAt < END) drop(endsAt);
	return steps.map((step, i) => ({ ...step, to: steps[i + 1]?.from ?? END }));
}

interface Keys {
	readonly at: number;
	readonly act: "apply" | "confirm" | "revert" | "boot";
	readonly values?: Light;
}

function keysOf(night: Night): Keys[] {
	const dead = deadOf(night);
	const keys = night.happenings.flatMap((h): Keys[] => {
		if (h.what === "restart") return [{ at: h.at, act: "boot" }];
		if (h.what !== "edit" || Object.keys(h.values).length === 0) return [];
		const first = { at: h.at, act: "apply", values: h.values as Light } as const;
		return h.ends === "leave" ? [first] : [first, { at: h.at + h.after, act: h.ends }];
	});
	return keys.sort((a, b) => a.at - b.at).filter(({ at }) => at < END && !holds(dead, at));
}

/** What the heat allows; a sensor's nonsense is none, and it lets go only 5 K below. */
export function capsOf({ happenings, heat }: Night): Cap[] {
	const caps: { from: number; most: number }[] = [{ from: 0, most: 100 }];
	let hot = -Infinity;
	let last: number | undefined; // what the sensor says, and says again at a boot
	const readings = happenings
		.flatMap((h): { at: number; celsius?: number }[] => {
			if (h.what === "restart") return [{ at: h.at }];
			if (h.what !== "heat") return [];
			const { at, length, celsius, after } = h;
			return [
				{ at, celsius },
				{ at: at + length, celsius: after },
			];
		})
		.sort((a, b) => a.at - b.at);
	for (const { at, celsius } of readings) {
		if (celsius === undefined) hot = -Infinity;
		else last = celsius;
		if (last !== undefined && last >= -60 && last <= 150)
			hot = last > hot ? last : Math.min(hot, last + HYSTERESIS_K);
		const share = Math.min(1, Math.max(0, (hot - heat.start) / SPAN_K));
		caps.push({ from: Math.min(at, END), most: 100 - (100 - heat.level) * share });
	}
	return caps.map((cap, i) => ({ ...cap, to: caps[i + 1]?.from ?? END }));
}

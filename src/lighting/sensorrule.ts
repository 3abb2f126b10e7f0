/**
 * Sensor rule: the effect of presence in a period of a program (TALQ DynamicControl: effect,
 * holdTime).
 *
 * A point of a program may bound the level and the duration of presence light until the next point:
 * `00:00 40 min 60 hold 20` lights to 60 % at most, for 20 s after the last movement. The effect
 * applies to the level of presence, not of the lamp: presence only raises (arbiter.ts), so no rule
 * undercuts program or floor.
 */
import { frozen } from "../frozen.js";
import type { Millis, Percent } from "../units.js";

type SensorEffect =
	| "set" // presence lights to the rule's level
	| "max" // to the greater of the rule's level and the lamp's presenceLevel
	| "min"; // to the lesser of the two

export interface SensorRule {
	readonly effect: SensorEffect;
	/** 100 if the rule names a class. */
	readonly level: Percent;
	/** The class that stands for the level: the schedule derives its per cent. */
	readonly lightingClass?: string;
	/** The hold, ms; absent: the lamp's own setting. */
	readonly hold: Millis | undefined;
	/** Road users an hour from which traffic raises the point to the full class (adaptive.ts). */
	readonly traffic?: number;
}

/** A class of EN 13201-2. */
export const CLASS = frozen(/^(?:[PM][1-6]|C[0-5])$/);

/** Seconds, as for the setting `hold`: a shorter one would flicker, a longer one is no presence. */
const RULE_HOLD_MIN = 5;
const RULE_HOLD_MAX = 1800;

/** The level of presence light under a rule, where the lamp's own would be `level`. */
export function ruled(rule: SensorRule | undefined, level: Percent): Percent {
	if (!rule) return level;
	switch (rule.effect) {
		case "set":
			return rule.level;
		case "max":
			return rule.level > level ? rule.level : level;
		case "min":
			return rule.level < level ? rule.level : level;
	}
}

/** Parses the words after a point's level: `min 60`, `hold 20`, `traffic 60`, in this order. */
export function parseSensorRule(args: readonly string[]): SensorRule | "notAnEffect" | "notAHold" {
	const last = args[args.length - 1]!;
	if (args[args.length - 2] === "traffic") {
		const others = args.slice(0, -2);
		const before = others.length > 0 ? parseSensorRule(others) : rule("max", 0, undefined);
		if (typeof before === "string") return before;
		return isWhole(last, 1, 9999) ? frozen({ ...before, traffic: Number(last) }) : "notAnEffect";
	}
	const held = args[args.length - 2] === "hold";
	const hold = held ? Number(last) : undefined;
	if (hold !== undefined && !isWhole(last, RULE_HOLD_MIN, RULE_HOLD_MAX)) return "notAHold";
	const span = hold === undefined ? undefined : hold * 1000;
	if (held && args.length === 2) return rule("max", 0, span); // a hold alone
	const effect = args[0];
	if (effect !== "set" && effect !== "max" && effect !== "min") return "notAnEffect";
	const lightingClass = CLASS.test(args[1] ?? "") ? args[1] : undefined;
	if (args.length !== (held ? 4 : 2)) return "notAnEffect";
	if (lightingClass) return frozen({ ...rule(effect, 100, span), lightingClass });
	return isWhole(args[1]!, 0, 100) ? rule(effect, Number(args[1]), span) : "notAnEffect";
}

/** The rule as written in a program, with a leading blank. */
export function printSensorRule(rule: SensorRule): string {
	const { effect, level, lightingClass, hold, traffic } = rule;
	const isPlain = effect === "max" && level === 0 && (hold ?? traffic) !== undefined;
	const bound = isPlain ? "" : ` ${effect} ${lightingClass ?? level}`;
	const held = hold === undefined ? bound : `${bound} hold ${hold / 1000}`;
	return traffic === undefined ? held : `${held} traffic ${traffic}`;
}

function rule(effect: SensorEffect, level: number, hold: Millis | undefined): SensorRule {
	return Object.freeze({ effect, level: level as Percent, hold });
}

function isWhole(word: string, min: number, max: number): boolean {
	return /^\d{1,4}$/.test(word) && Number(word) >= min && Number(word) <= max;
}

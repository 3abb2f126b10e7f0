/**
 * Sensor rule: what a period of a program makes of presence (TALQ DynamicControl: effect, holdTime).
 *
 * A point of a program may bound how far and for how long presence lights until the next point:
 * `00:00 40 min 60 hold 20` lights whoever comes to 60 % at most, for 20 s after the last movement.
 * The effect is on the level of presence, not of the lamp: whatever it says, presence only raises
 * (arbiter.ts), so that no rule undercuts program or floor.
 */
import type { Millis, Percent } from "../units.js";

export type SensorEffect =
	| "set" // presence lights to the rule's level
	| "max" // to the greater of it and the lamp's presenceLevel
	| "min"; // to the lesser of the two

export interface SensorRule {
	readonly effect: SensorEffect;
	readonly level: Percent;
	/** How long the place counts as occupied after the last movement; absent: as the lamp is set. */
	readonly hold: Millis | undefined;
}

/** Seconds, as for the setting `hold`: a shorter one would flicker, a longer one is no presence. */
export const RULE_HOLD_MIN = 5;
export const RULE_HOLD_MAX = 1800;

/** To what presence lights where the lamp would light to `level`. */
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

/** Reads `min 60`, `hold 20` or both; the words of it as they follow a point's level. */
export function parseSensorRule(words: readonly string[]): SensorRule | "notAnEffect" | "notAHold" {
	const held = words[words.length - 2] === "hold";
	const hold = held ? Number(words[words.length - 1]) : undefined;
	if (hold !== undefined && !isWhole(words[words.length - 1]!, RULE_HOLD_MIN, RULE_HOLD_MAX))
		return "notAHold";
	const span = hold === undefined ? undefined : hold * 1000;
	if (held && words.length === 2) return rule("max", 0, span); // nothing but the hold
	const effect = words[0];
	if (effect !== "set" && effect !== "max" && effect !== "min") return "notAnEffect";
	if (words.length !== (held ? 4 : 2) || !isWhole(words[1]!, 0, 100)) return "notAnEffect";
	return rule(effect, Number(words[1]), span);
}

/** As it stands in a program, with a blank before it. */
export function printSensorRule({ effect, level, hold }: SensorRule): string {
	const isPlain = effect === "max" && level === 0 && hold !== undefined;
	return `${isPlain ? "" : ` ${effect} ${level}`}${hold === undefined ? "" : ` hold ${hold / 1000}`}`;
}

function rule(effect: SensorEffect, level: number, hold: Millis | undefined): SensorRule {
	return Object.freeze({ effect, level: level as Percent, hold });
}

function isWhole(word: string, min: number, max: number): boolean {
	return /^\d{1,4}$/.test(word) && Number(word) >= min && Number(word) <= max;
}

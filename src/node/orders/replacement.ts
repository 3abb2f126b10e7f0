/**
 * Replacement: registers a node that replaces a dead one, or a new light source.
 */
import type { InheritedCounters } from "../../command/orders.js";
import type { Store } from "../../host.js";
import { brokenRule } from "../../settings/rules.js";
import { type Changes, withValues } from "../../settings/table.js";
import type { Millis } from "../../units.js";
import type { View } from "../../view.js";
import type { SettingsManager } from "../settings/manager.js";
import { textOf } from "../storage/counters.js";
import { type CountersOwner, storeCounters } from "../storage/counterwriter.js";
import { storeHandover } from "../storage/handover.js";

const HOUR: Millis = 3_600_000;
const PER_KILO = 1000;

interface NodeOwner {
	readonly store: Store;
	readonly view: View;
}

interface LuminaireOwner extends CountersOwner {
	readonly settingsManager: Pick<SettingsManager, "settings" | "change">;
}

/**
 * Stores life and counters of the dead node for the next boot; a counter that is not given
 * continues from this node's. False: the write failed.
 */
export function replaceNode(lamp: NodeOwner, given: InheritedCounters): boolean {
	const { meter, traffic } = lamp.view;
	const active_kWh = given.activeEnergy_kWh ?? meter.activeEnergy_kWh;
	const saved_kWh = given.energySaved_kWh ?? meter.energySaved_kWh;
	const counters = {
		activeEnergy_Wh: active_kWh * PER_KILO,
		oldLampEnergy_Wh: Math.max(0, active_kWh + saved_kWh) * PER_KILO,
		litTime: (given.operatingHours ?? meter.operatingHours) * HOUR,
		switchOnCounter: given.switchOnCounter ?? meter.switchOnCounter,
	};
	const bounds = [
		counters.activeEnergy_Wh,
		Math.round(counters.litTime),
		counters.switchOnCounter,
	] as const;
	const users = given.roadUsers ?? traffic.accumulatedRoadUserNumber;
	const since = given.roadUsers === undefined ? traffic.accumulatedSince : given.roadUsersSince;
	return storeHandover(lamp.store, given.life, textOf(counters, users, since, bounds)) === "ok";
}

/** Resets hours and cleaning, and sets the new power (W) if given. False: not stored. */
export function replaceLuminaire(
	lamp: LuminaireOwner,
	id: string,
	ledPower_W: number | undefined,
	by: "broker" | "console",
	now: Millis,
): boolean {
	const { settingsManager, light, counters } = lamp;
	const before = settingsManager.settings;
	const changes: Changes = { hoursBefore: 0, cleanedAt: 0 };
	if (ledPower_W !== undefined)
		Object.assign(changes, { ledPower_W, ledPower50_W: 0, ledPower25_W: 0, ledPower10_W: 0 });
	const after = withValues(before, changes);
	if (brokenRule(after) || !settingsManager.change(before, after, by, now)) return false;
	const meter = light.meterAt(now);
	const { operatingHours } = meter;
	meter.renew();
	counters.renewLit();
	storeCounters(lamp, now);
	light.age(now);
	const attributes = { id, operatingHours: Math.round(operatingHours) };
	lamp.emit({ type: "luminaireReplaced", attributes }, now);
	return true;
}

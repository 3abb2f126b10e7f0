/** Years: a lamp's year in each way of lighting, for the street of a run. */

import { streetLamp, wayYears } from "../../lib/firmware/wayyear.js";
import { posixOf } from "../../lib/posixzone.js";
import type { StreetYear, WayYear } from "../../lib/ways/year.js";
import type { Options } from "../cli/options.js";
import { METER_VALUES } from "../results/meter.js";
import { configuredOf } from "../run/configured.js";
import { trafficOf } from "./traffic.js";

/** The year of the evening from which the run starts. Other work is done between two ways. */
export async function yearsOf(options: Options, epochUtc: number): Promise<StreetYear> {
	const { latitude, longitude, zone, ledPower_W = METER_VALUES.ledPower_W } = configuredOf(options);
	const year = new Date(zone.localOf(epochUtc)).getUTCFullYear();
	const counted = trafficOf(options, epochUtc);
	const { oldLampPower_W } = METER_VALUES;
	const rule = posixOf(zone, epochUtc);
	const place = { latitude, longitude, ...(rule === undefined ? {} : { zone: rule }) };
	const lamp = streetLamp({ ...place, ledPower_W, oldLampPower_W });
	const ways: WayYear[] = [];
	for (const one of wayYears(lamp, year, counted.traffic)) {
		ways.push(one);
		await new Promise((resolve) => setImmediate(resolve));
	}
	return { year, ledPower_W, oldLampPower_W, ...counted, ways };
}

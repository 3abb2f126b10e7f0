/** Years: a lamp's year with each option, for the street of a run. */

import { optionYears, streetLamp } from "../../lib/firmware/optionyear.js";
import type { OptionYear, StreetYear } from "../../lib/lightingoptions/year.js";
import { posixOf } from "../../lib/posixzone.js";
import type { Options } from "../options/options.js";
import { METER_VALUES } from "../results/meter.js";
import { configuredOf } from "../run/configured.js";
import { trafficOf } from "./traffic.js";

/** The year of the evening from which the run starts. Other work is done between two options. */
export async function yearsOf(options: Options, epochUtc: number): Promise<StreetYear> {
	const { latitude, longitude, zone, ledPower_W = METER_VALUES.ledPower_W } = configuredOf(options);
	const year = new Date(zone.localOf(epochUtc)).getUTCFullYear();
	const counted = trafficOf(options, epochUtc);
	const { oldLampPower_W } = METER_VALUES;
	const rule = posixOf(zone, epochUtc);
	const place = { latitude, longitude, ...(rule === undefined ? {} : { zone: rule }) };
	const lamp = streetLamp({ ...place, ledPower_W, oldLampPower_W });
	const years: OptionYear[] = [];
	for (const optionYear of optionYears(lamp, year, counted.traffic)) {
		years.push(optionYear);
		await new Promise((resolve) => setTimeout(resolve));
	}
	return { year, ledPower_W, oldLampPower_W, ...counted, options: years };
}

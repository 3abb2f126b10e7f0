/** Places: the lamp of a report, by its name, its address, or the nearest position. */
import { flatOf } from "../../lib/plane.js";
import { Fault } from "./fault.js";
import type { Report } from "./georeport.js";

export interface Pole {
	readonly node: string;
	readonly lamp: string;
	readonly lat?: number | undefined;
	readonly long?: number | undefined;
}

/** Metres to the nearest pole. */
const NEAR = 60;

export function poleOf(fields: Report, poles: readonly Pole[]): Pole {
	const name =
		fields["attribute[lamp]"] ||
		fields.attribute?.lamp ||
		fields.address_id ||
		fields.address_string;
	if (name) {
		const found = poles.find(({ node, lamp }) => node === name || lamp === name);
		if (found) return found;
		throw new Fault(404, `no lamp is called ${JSON.stringify(name.slice(0, 40))}`);
	}
	const [lat, long] = [fields.lat, fields.long].map((degrees) =>
		degrees ? Number(degrees) : Number.NaN,
	) as [number, number];
	if (!Number.isFinite(lat) || !Number.isFinite(long))
		throw new Fault(400, "no lamp is named: give attribute[lamp]=6, address_id, or lat and long");
	const flat = flatOf([long, lat]);
	const near = poles
		.map((pole) => {
			const { lat = Number.NaN, long = Number.NaN } = pole;
			return { pole, metres: Math.hypot(...flat([long, lat])) };
		})
		.filter(({ metres }) => metres <= NEAR)
		.sort((a, b) => a.metres - b.metres)[0];
	if (near) return near.pole;
	throw new Fault(404, `no lamp within ${NEAR} m of ${lat}, ${long}; give attribute[lamp]`);
}

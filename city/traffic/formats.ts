/** Formats: the counts as CSV, JSON and GeoJSON (RFC 7946), for publication. */
import type { Plan } from "../../lib/site/sitetable.js";
import type { Bounds, Row } from "./counts.js";

interface Publication extends Bounds {
	/** Licence of the data, as an SPDX identifier or a URL. */
	readonly licence: string;
	readonly publisher: string;
}

const TITLES =
	"hour_start_utc,street,road_users,below_k,coverage_percent,poles,poles_covered,poles_doubtful";

export function csvOf(rows: readonly Row[]): string {
	const lines = rows.map((row) =>
		[
			new Date(row.hour).toISOString(),
			row.street,
			row.roadUsers ?? "",
			row.isBelowK ? "yes" : "",
			percent(row.coverage),
			row.poles,
			row.polesCovered,
			row.polesDoubtful,
		].join(","),
	);
	return `${[TITLES, ...lines].join("\n")}\n`;
}

export function jsonOf(rows: readonly Row[], publication: Publication): object {
	return {
		...about(publication),
		hours: rows.map(({ street, ...row }) => ({ street, ...hourOf(row) })),
	};
}

/** A feature for each street: a line through its poles in the order of the site file. */
export function geojsonOf(
	rows: readonly Row[],
	plans: readonly Plan[],
	publication: Publication,
): object {
	const streets = [...new Set(rows.map(({ street }) => street))];
	return {
		type: "FeatureCollection",
		...about(publication),
		features: streets.map((street) => ({
			type: "Feature",
			id: street,
			geometry: geometryOf(plans.filter(({ values }) => values.get("group") === street)),
			properties: {
				street,
				licence: publication.licence,
				hours: rows.filter((row) => row.street === street).map(hourOf),
			},
		})),
	};
}

function hourOf({ hour, roadUsers, isBelowK, coverage, poles, polesCovered }: Omit<Row, "street">) {
	return {
		hour_start_utc: new Date(hour).toISOString(),
		road_users: roadUsers ?? null,
		...(isBelowK ? { below_k: true } : {}),
		coverage_percent: percent(coverage),
		poles,
		poles_covered: polesCovered,
	};
}

function about({ licence, publisher, k, coverage }: Publication) {
	return {
		licence,
		publisher,
		k,
		least_coverage_percent: percent(coverage),
		method:
			"Road users per hour at a pole, counted by a movement sensor; mean of the poles of the street. " +
			"Hours with less coverage are null; counts below k are null with below_k.",
	};
}

/** Longitude first (RFC 7946, 3.1.1); null: the site file gives no positions. */
function geometryOf(plans: readonly Plan[]): object | null {
	const points = new Map<string, readonly [number, number]>();
	for (const { values } of plans) {
		const [lon, lat] = [Number(values.get("longitude")), Number(values.get("latitude"))];
		const isSet = values.has("longitude") && values.has("latitude");
		if (isSet && Number.isFinite(lon) && Number.isFinite(lat))
			points.set(`${lon} ${lat}`, [lon, lat]);
	}
	const coordinates = [...points.values()];
	if (coordinates.length === 0) return null;
	if (coordinates.length === 1) return { type: "Point", coordinates: coordinates[0] };
	return { type: "LineString", coordinates };
}

function percent(share: number): number {
	return Math.round(100 * share);
}

/** Formats: the counts as CSV, JSON and GeoJSON (RFC 7946), for publication. */
import { rowOf } from "../../lib/csv.js";
import type { Plan } from "../../lib/site/sitetable.js";
import type { Bounds, Row } from "./counts.js";

interface Publication extends Bounds {
	/** Licence of the data, as an SPDX identifier or a URL. */
	readonly licence: string;
	readonly publisher: string;
}

const TITLES =
	"hour_start_utc,street,road_users,below_k,coverage_percent,poles,poles_covered,poles_doubtful";

/** A format in parts: its head, each street, its end. */
export interface Format {
	readonly name: string;
	readonly head: string;
	/** `isFirst`: no street precedes it. */
	street(rows: readonly Row[], plans: readonly Plan[], isFirst: boolean): string;
	readonly end: string;
}

export function formatsOf(publication: Publication): readonly Format[] {
	const open = (before: object, list: string) =>
		`${JSON.stringify({ ...before, ...about(publication), [list]: [] }).slice(0, -2)}\n`;
	const listed = (items: readonly object[], isFirst: boolean) =>
		items.map((item, at) => `${isFirst && at === 0 ? "" : ","}${JSON.stringify(item)}\n`).join("");
	return [
		{
			name: "counts.csv",
			head: `${TITLES}\n`,
			street: (rows) => rows.map((row) => `${csvOf(row)}\n`).join(""),
			end: "",
		},
		{
			name: "counts.json",
			head: open({}, "hours"),
			street: (rows, _plans, isFirst) =>
				listed(
					rows.map(({ street, ...row }) => ({ street, ...hourOf(row) })),
					isFirst,
				),
			end: "]}\n",
		},
		{
			name: "counts.geojson",
			head: open({ type: "FeatureCollection" }, "features"),
			street: (rows, plans, isFirst) => listed([featureOf(rows, plans, publication)], isFirst),
			end: "]}\n",
		},
	];
}

function csvOf(row: Row): string {
	return rowOf([
		new Date(row.hour).toISOString(),
		row.street,
		`${row.roadUsers ?? ""}`,
		row.isBelowK ? "yes" : "",
		`${percent(row.coverage)}`,
		`${row.poles}`,
		`${row.polesCovered}`,
		`${row.polesDoubtful}`,
	]);
}

/** A street: a line through its poles in the order of the site file. */
function featureOf(rows: readonly Row[], plans: readonly Plan[], { licence }: Publication): object {
	const { street } = rows[0]!;
	const hours = rows.map(hourOf);
	const geometry = geometryOf(plans);
	return { type: "Feature", id: street, geometry, properties: { street, licence, hours } };
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

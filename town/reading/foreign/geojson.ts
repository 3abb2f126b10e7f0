/** GeoJSON of features in any system, with the member `crs` of its first edition. */

/** `system`: a code or a definition (WKT). */
export function geojsonOf(
	features: readonly (readonly [geometry: object | null, properties: object])[],
	system: string | undefined,
): string {
	return JSON.stringify({
		type: "FeatureCollection",
		...(system === undefined ? {} : { crs: { type: "name", properties: { name: system } } }),
		features: features.map(([geometry, properties]) => ({ type: "Feature", geometry, properties })),
	});
}

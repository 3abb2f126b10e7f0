/** Service: the one that the endpoint has, street lamps, as its discovery and definition describe it. */
import type { Database } from "../database.js";
import { Fault } from "./fault.js";
import type { Arguments } from "./georeport.js";
import type { Keys } from "./keys.js";
import type { Pole } from "./places.js";
import type { Requests } from "./requests.js";

export interface EndpointOptions {
	readonly db: Database;
	/** The one jurisdiction. */
	readonly site: string;
	readonly requests: Requests;
	readonly poles: readonly Pole[];
	readonly keys: Keys;
	readonly language: "en" | "fr";
	readonly agency: string;
	/** Public address, for the discovery; absent: that of the request. */
	readonly url?: string | undefined;
	/** Whether broker and database answer. */
	isHealthy(): Promise<boolean>;
}

export const SERVICE = "street-lamp";

export type Item = { readonly [field: string]: unknown };

export function jurisdiction(
	{ jurisdiction_id: name }: Arguments,
	{ site }: EndpointOptions,
): void {
	if (name && name !== site) throw new Fault(404, `jurisdiction_id is not ${site}`);
}

/** Instant at which this endpoint was described last. */
const CHANGESET = "2026-11-29T00:00:00Z";

export function discovery({ agency, url }: EndpointOptions, host: string): Item {
	return {
		changeset: CHANGESET,
		contact: agency,
		key_service: `a key is given by ${agency}`,
		endpoints: [
			{
				specification: "http://wiki.open311.org/GeoReport_v2",
				url: url ?? `http://${host}`,
				changeset: CHANGESET,
				type: "production",
				formats: ["text/xml", "application/json"],
			},
		],
	};
}

export function service({ language }: EndpointOptions): Item {
	const texts = {
		en: ["Street lamp", "A street lamp that is out, flickers or burns by day"],
		fr: ["Lampadaire", "Un lampadaire éteint, qui clignote ou allumé de jour"],
	};
	const [service_name, description] = texts[language];
	return {
		service_code: SERVICE,
		service_name,
		description,
		metadata: true,
		type: "realtime",
		keywords: "lamp, light, lampadaire, éclairage",
		group: "lighting",
	};
}

export function definition({ language }: EndpointOptions): Item {
	const description = { en: "Number on the pole", fr: "Numéro sur le mât" }[language];
	return {
		service_code: SERVICE,
		attributes: [
			{
				variable: true,
				code: "lamp",
				datatype: "string",
				required: false,
				order: 1,
				description,
				datatype_description: "e.g. 6 or pole-00006",
				values: [],
			},
		],
	};
}

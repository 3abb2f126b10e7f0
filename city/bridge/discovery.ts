/**
 * Discovery: one lamp as a device of Home Assistant.
 *
 * Keys after "MQTT", sections "Device discovery payload" and "Discovery topic", and "MQTT Light",
 * section "JSON schema" (home-assistant.io/integrations/mqtt, .../light.mqtt, read 2026-11-27):
 * `homeassistant/device/<object_id>/config`, with the maps `device`, `origin` and `components`; each
 * component has a `platform`, and a `unique_id` if it is an entity.
 */
import type { Language } from "../../lib/text/bilingual.js";
import type { Lamp } from "./fleet.js";

interface Discovery {
	readonly topic: string;
	readonly payload: object;
}

const NAMES = {
	en: {
		back: "Back to program",
		reason: "Reason",
		energy: "Energy",
		power: "Power",
		fault: "Fault",
	},
	fr: {
		back: "Retour au programme",
		reason: "Raison",
		energy: "Énergie",
		power: "Puissance",
		fault: "Défaut",
	},
} as const;

/** Topics of the bridge itself for a lamp. */
export function ownTopics(prefix: string, { node }: Pick<Lamp, "node">) {
	const lampPrefix = `${prefix}/${node}`;
	return {
		state: `${lampPrefix}/state`,
		available: `${lampPrefix}/available`,
		set: `${lampPrefix}/set`,
		back: `${lampPrefix}/program`,
	};
}

export function discoveryOf(
	lamp: Lamp,
	prefix: string,
	language: Language,
	version: string,
): Discovery {
	const { node, serial, hardware, version: swVersion, group } = lamp;
	const id = `luminode_${(serial || node).replace(/[^A-Za-z0-9_-]/g, "_")}`;
	const topics = ownTopics(prefix, lamp);
	const names = NAMES[language];
	const value = (field: string) => `{{ value_json.${field} }}`;
	const sensor = (key: string, name: string, more: object) => ({
		platform: "sensor",
		unique_id: `${id}_${key}`,
		name,
		state_topic: topics.state,
		value_template: value(key),
		...more,
	});
	return {
		topic: `homeassistant/device/${id}/config`,
		payload: {
			device: {
				identifiers: [id],
				name: node,
				manufacturer: "luminode",
				model: hardware || "street lamp",
				serial_number: serial,
				sw_version: swVersion,
				suggested_area: group,
			},
			origin: { name: "luminode bridge", sw_version: version },
			availability: [{ topic: `${prefix}/available` }, { topic: topics.available }],
			availability_mode: "all",
			components: {
				[`${id}_light`]: {
					platform: "light",
					schema: "json",
					unique_id: `${id}_light`,
					name: null,
					command_topic: topics.set,
					state_topic: topics.state,
					brightness: true,
					brightness_scale: 100,
					supported_color_modes: ["brightness"],
				},
				[`${id}_back`]: {
					platform: "button",
					unique_id: `${id}_back`,
					name: names.back,
					command_topic: topics.back,
					payload_press: "PRESS",
				},
				[`${id}_reason`]: sensor("reason", names.reason, {}),
				[`${id}_energy`]: sensor("energy", names.energy, {
					device_class: "energy",
					state_class: "total_increasing",
					unit_of_measurement: "kWh",
				}),
				[`${id}_power`]: sensor("power", names.power, {
					device_class: "power",
					state_class: "measurement",
					unit_of_measurement: "W",
				}),
				[`${id}_fault`]: {
					platform: "binary_sensor",
					unique_id: `${id}_fault`,
					name: names.fault,
					device_class: "problem",
					state_topic: topics.state,
					value_template: value("fault"),
				},
			},
			qos: 1,
		},
	};
}

/** The state of a lamp as Home Assistant reads it. */
export function stateOf({ level, reason, energy, power, faults }: Lamp): object {
	return {
		state: (level ?? 0) > 0 ? "ON" : "OFF",
		...(level === undefined ? {} : { brightness: Math.round(level), color_mode: "brightness" }),
		reason,
		energy: energy ?? null,
		power: power ?? null,
		fault: faults.length > 0 ? "ON" : "OFF",
	};
}

/** An order from a command of Home Assistant; undefined: the command cannot be read. */
export function orderOf(
	kind: "set" | "back",
	payload: string,
	now: number,
	minutes: number,
): { readonly command: string; readonly [field: string]: unknown } | undefined {
	const back = { command: "clearOverride" };
	if (kind === "back") return back;
	let asked: { state?: unknown; brightness?: unknown };
	try {
		asked = Object(JSON.parse(payload));
	} catch {
		return undefined;
	}
	if (asked.state === "OFF") return back; // a street lamp goes back to its program, it is not put out
	if (asked.state !== "ON") return undefined;
	const { brightness = 100 } = asked;
	if (typeof brightness !== "number" || !(brightness >= 0 && brightness <= 100)) return undefined;
	const expiration = new Date(now + 60_000 * minutes).toISOString();
	return { command: "override", level: Math.round(brightness), expiration };
}

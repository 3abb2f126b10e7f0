/** Sections: settings of one lamp as they are desired at the broker, and as they were before. */
import type { MqttClient } from "mqtt";
import { send } from "../broker.js";
import type { Lamp, Sections } from "./lamps.js";

/** Settings of the same names before, JSON; null: the lamp has not reported them. */
export function settingsBefore(
	sections: Sections,
	inForce: (section: string) => Readonly<Record<string, unknown>> | undefined,
): string | null {
	const before: { [section: string]: object } = {};
	for (const [section, wanted] of sections) {
		const has = inForce(section);
		const names = Object.keys(wanted);
		if (!has || names.some((name) => has[name] === undefined)) return null;
		before[section] = Object.fromEntries(names.map((name) => [name, has[name]]));
	}
	return JSON.stringify(before);
}

export async function sendSettings(
	{ client }: { readonly client: MqttClient },
	{ topicPrefix, sections }: Lamp,
	revision: number,
): Promise<void> {
	const count = sections.size;
	for (const [section, settings] of sections) {
		const body = { revision, count, settings };
		await send(client, `${topicPrefix}/settings/desired/${section}`, body, true);
	}
}

/** A lamp that comes later keeps its settings. */
export async function clearSettings(
	{ client }: { readonly client: MqttClient },
	{ topicPrefix, sections }: Lamp,
): Promise<void> {
	for (const section of sections.keys())
		await send(client, `${topicPrefix}/settings/desired/${section}`, "", true);
}

/**
 * Store: messages as they came, one JSON object a line, on the disk before the broker has its PUBACK.
 *
 * With a kept session nothing is lost while the program is down; a message that comes twice is one by
 * (`node`, `life`, `uptime_ms` or `seq`).
 */
import { existsSync } from "node:fs";
import type { MqttClient } from "mqtt";
import { addToFile, textOfFile } from "../../lib/files.js";
import { objectOf, type Place, placeOf } from "../contract.js";

/** A message of a lamp. */
export interface Line {
	readonly site: string;
	readonly node: string;
	readonly kind: string;
	readonly body: Readonly<{ [field: string]: unknown }>;
}

/** Reads the messages, each once; a line that was cut by a loss of power is left out. */
export function linesOf(path: string): readonly Line[] {
	if (!existsSync(path)) return [];
	const seen = new Set<string>();
	const lines: Line[] = [];
	for (const text of textOfFile(path).split("\n")) {
		const line = objectOf<Line>(text);
		if (!line?.body) continue;
		const { life, uptime_ms, seq, online } = line.body;
		const isEvent = line.kind === "event";
		const key = `${line.site} ${line.node} ${line.kind} ${life} ${isEvent ? seq : uptime_ms} ${online}`;
		if (line.kind !== "birth" && seen.has(key)) continue;
		seen.add(key);
		lines.push(line);
	}
	return lines;
}

/** Writes every message of `client` that `isWanted` before it is acknowledged. */
export function keep(
	client: MqttClient,
	root: string,
	path: string,
	isWanted: (place: Place) => boolean,
	onKept: (line: Line) => void = () => {},
): void {
	client.handleMessage = ({ topic, payload }, acknowledge) => {
		const place = placeOf(root, topic);
		const body = objectOf<Line["body"]>(payload as Buffer);
		if (!place || !body || !isWanted(place)) {
			acknowledge(); // not a message of this store, or not readable: it must not come again
			return;
		}
		const line: Line = { ...place, body };
		try {
			// a line that was cut has no end: the new one begins with its own
			addToFile(path, `\n${JSON.stringify(line)}\n`);
		} catch (error) {
			acknowledge(error as Error);
			return;
		}
		onKept(line);
		acknowledge();
	};
}

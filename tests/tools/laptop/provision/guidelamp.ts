/** Guide lamp: the lamp of the technician's guide, and somebody who walks past it. */
import { MINUTE } from "../../../../lib/spans.js";
import { KEPT, KEPT_AS, SECRET } from "../../../support/technician.js";
import { LampOnLine } from "../lamponline.js";

export const PAGES = [
	["en", "technician.md"],
	["fr", "technicien.md"],
] as const;
export type Language = (typeof PAGES)[number][0];

/** A lamp by the bridge, at nine minutes past eleven in the evening of 24 November 2026. */
export function lampOf(language: Language, serial = "L-0017"): LampOnLine {
	const pole = new LampOnLine(serial, {
		identity: { site: "liege", node: "quai-7", group: "quay" },
		light: { fullClass: "P4", floorClass: "P6", installedMean: 6.2 },
		calendar: {
			program: "sunset 100; 22:00 60; 00:00 40; 05:30 100; sunrise 0",
			zone: "CET-1CEST,M3.5.0,M10.5.0/3",
			latitude: 50.6452,
			longitude: 5.5735,
		},
		link: { brokerHost: "broker.liege.example" },
		console: { language },
	});
	const { host } = pole;
	host.deliver((inputs, now) => inputs.onTime(now, host.wall!));
	host.deliver((inputs, now) => inputs.onIlluminance(now, 0.3 as never));
	pole.pass(69 * MINUTE);
	return pole;
}

/** Logged in already; the prompt alone is on the screen. */
export function open(pole: LampOnLine): LampOnLine {
	pole.host.stored.set(KEPT_AS, KEPT);
	pole.type("\r");
	pole.type(`${SECRET}\r`);
	return pole;
}

/** Someone walks past. */
export const walk = (pole: LampOnLine) => {
	pole.host.deliver((inputs, now) => inputs.onMovement(now));
	pole.pass(2_000);
	pole.host.deliver((inputs, now) => inputs.onStillness(now));
};

/** The lines of a logged-in lamp's export. */
export function exportOf(pole: LampOnLine): string[] {
	const lines = pole.type("\u0003plain\rexport\r").split("\r\n");
	return lines.filter((line) => line.startsWith("{"));
}

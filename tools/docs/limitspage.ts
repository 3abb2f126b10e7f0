/**
 * Limits page: the limits of a lamp as one table of docs/integrators.md, from the firmware.
 *
 * The rows of the birth have their meaning in the contract document; the others are stated here.
 */

import type { ContractDocument } from "../../lib/firmware/contractdoc.js";
import { REPEATS } from "../../src/command/repeats.js";
import {
	BELOW_FLOOR_MAX_S,
	CLOCK_SKEW,
	EMERGENCY_MAX_S,
	MAINTENANCE_MAX_S,
	OVERRIDE_MAX_S,
	QUERY_SPREAD_S,
	RESTART_GAP,
	SPREAD_MAX_S,
	VALID_FOR_MAX_S,
} from "../../src/command/table.js";
import { FLOOD_PAUSE, STEPS_A_TURN } from "../../src/link/client.js";
import { LIMITS } from "../../src/link/limits.js";
import { DRAIN_GAP } from "../../src/link/outbox.js";
import { SAMPLES } from "../../src/link/samples.js";
import { COLLECT_WITHIN } from "../../src/settings/desired.js";

const BEGIN = "<!-- limits: written by `npm run renew -- contract`; do not edit -->";
const END = "<!-- end of limits -->";
const HOUR_S = 3600;

/** `page` with its table of limits rewritten. Throws if the page has no place for it. */
export function withLimits(page: string, document: ContractDocument): string {
	const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (from < 0 || to < from) throw new Error(`the page has no "${BEGIN}" ... "${END}"`);
	return `${page.slice(0, from)}${BEGIN}\n\n${table(document)}\n\n${page.slice(to)}`;
}

function table(document: ContractDocument): string {
	const { properties = {} } = document.components.schemas.Limits!;
	const birth = Object.entries(JSON.parse(LIMITS) as Record<string, number>).map(
		([name, value]) => `| \`limits.${name}\` | ${value} | ${properties[name]?.description} |`,
	);
	const others: readonly [what: string, value: string, meaning: string][] = [
		[
			"ids",
			`${REPEATS}`,
			"Orders whose `id` is known again, over restarts; such a repeat does not act.",
		],
		[
			"`spread_s`",
			`0 to ${SPREAD_MAX_S} s`,
			`Of an order to many; if absent ${QUERY_SPREAD_S} s for queries, \`replySpread\` for others.`,
		],
		[
			"`validFor`",
			`1 to ${VALID_FOR_MAX_S} s`,
			`60 s if absent; ${CLOCK_SKEW / 1000} s of grace for the sender's clock.`,
		],
		[
			"`expiration` of `override`",
			`${OVERRIDE_MAX_S / HOUR_S} h`,
			`${BELOW_FLOOR_MAX_S / HOUR_S} h with \`belowFloor\`.`,
		],
		["`expiration` of `emergency`", `${EMERGENCY_MAX_S / HOUR_S} h`, "Also if absent."],
		[
			"`expiration` of `maintenanceMode`",
			`${MAINTENANCE_MAX_S / HOUR_S} h`,
			"Longer work needs a new order.",
		],
		["`restart`, `nodeReplaced`", `once in ${RESTART_GAP / 60_000} min`, "Each boot writes flash."],
		[
			"sections of a revision",
			`${COLLECT_WITHIN / 60_000} min`,
			"From the first section to the last; afterwards the revision is refused.",
		],
		[
			"events and readings",
			`${1000 / DRAIN_GAP} a second`,
			"One message is in flight at a time; after an outage a lamp sends no faster.",
		],
		[
			"readings that wait",
			`${SAMPLES}`,
			"Older ones are merged: an outage costs resolution, and no energy or road user.",
		],
		[
			"packets read",
			`${(STEPS_A_TURN * 1000) / FLOOD_PAUSE} a second`,
			"The rest waits in the network.",
		],
	];
	return [
		"| limit | value | meaning |",
		"|---|---|---|",
		...birth,
		...others.map(([what, value, meaning]) => `| ${what} | ${value} | ${meaning} |`),
	].join("\n");
}

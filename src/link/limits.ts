/**
 * Limits: how much a lamp accepts and stores, as the birth reports it to the CMS.
 *
 * `npm run renew -- contract` writes the table of docs/integrators.md from this text.
 */
import { ORDERS_PER_MINUTE, QUERIES_PER_MINUTE } from "../command/limiter.js";
import { PAYLOAD_BYTES } from "./packet.js";

/** Replies that can wait: 30 orders a minute are accepted, and each reply takes a round trip. */
export const REPLIES = 8;
/** Refusals that can wait beside them, so that a flood of bad orders drops no reply. */
export const REFUSALS = 4;
/** Replies to emergencies that can wait beside both. */
export const EMERGENCY_REPLIES = 2;

/** JSON of the member `limits` of a birth. */
export const LIMITS = JSON.stringify({
	ordersPerMinute: ORDERS_PER_MINUTE,
	queriesPerMinute: QUERIES_PER_MINUTE,
	emergenciesPerMinute: ORDERS_PER_MINUTE,
	repliesWaiting: REPLIES,
	refusalsWaiting: REFUSALS,
	emergencyRepliesWaiting: EMERGENCY_REPLIES,
	payload_bytes: PAYLOAD_BYTES,
});

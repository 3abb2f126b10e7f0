/**
 * Excuses: bounds on the reports of a lamp whose link was lost or whose orders are many, for the
 * checks of its reports.
 */
import { MINUTE } from "../../lib/spans.js";

/** After a trouble of the link, and after power on, a lamp may be offline for so long. */
export const BACK_ONLINE = 75 * MINUTE;
/** Each order has two events, of which an hour has twelve of one type (docs/broker.md, event). */
export const ORDERS_AN_HOUR = 5;

/**
 * Promise plants: defects beside the light, each of which `npm run explore` must find within
 * a stated number of streets from seed 1.
 */
import type { Plant } from "./plant.js";

interface PromisePlant extends Plant {
	/** Streets from seed 1 within which it is found, at most. */
	readonly within: number;
}

export const PROMISE_PLANTS: Readonly<Record<string, PromisePlant>> = {
	neverBack: {
		what: "a lost connection is not opened again",
		trips: "online",
		within: 3,
		specifier: "luminode/link/session",
		find: "return this.ownPartOf(reconnectSpread);",
		replace: "return Infinity;",
	},
	oldRevision: {
		what: "the reports of settings contain no revision",
		trips: "settings",
		within: 4,
		specifier: "luminode/node/settings/reporting",
		find: "revision: bank.revision,",
		replace: "revision: 0,",
	},
	skippedEvent: {
		what: "of a backlog each second event is dropped",
		trips: "events",
		within: 1,
		specifier: "luminode/link/outbox",
		find: "this.events.delivered();",
		replace:
			"this.events.delivered();\n\t\t\t\tif (this.events.waits) { this.events.next(); this.events.delivered(); }",
	},
	eachMinute: {
		what: "the counters are stored each minute",
		trips: "wear",
		within: 1,
		specifier: "luminode/node/storage/counters",
		find: "this.dueAt = now + STORE_INTERVAL - past;",
		replace: "this.dueAt = now + 60_000;",
	},
	creep: {
		what: "each hour of the counters leaves 16 objects behind",
		trips: "memory",
		within: 15,
		specifier: "luminode/node/storage/counterwriter",
		find: "counters.closeHour(now, meter, utcAt(time.programClock, now));",
		replace:
			"counters.closeHour(now, meter, utcAt(time.programClock, now));\n\t\tfor (let n = 0; n < 16; n++) (counters as any).left = { before: (counters as any).left };",
	},
	everOld: {
		what: "an order is obeyed however old it is",
		trips: "stale",
		within: 17,
		specifier: "luminode/command/decode",
		find: "checkFreshness(json, context) ??\n",
		replace: "",
	},
	neverKept: {
		what: "no image is kept after its probation",
		trips: "images",
		within: 20,
		specifier: "luminode/node/update/imagetrial",
		find: 'if (verdict !== "keep") this.revert(verdict, now);',
		replace: 'this.revert("notKept", now);\n\t\tif (verdict !== "keep") return;',
	},
	neverIdle: {
		what: "a task is due again at once, for ever",
		trips: "machine",
		within: 1,
		specifier: "luminode/node/storage/counterwriter",
		find: "return Math.min(counters.dueAt, this.keepTimeAt, flash.earnAt);",
		replace: "return 0;",
	},
};

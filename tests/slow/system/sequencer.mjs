/**
 * Sequencer: the files that take longest come first, so that none of them is alone at the end. Jest goes
 * by sizes where it has no durations, as on a fresh clone.
 */
import { basename } from "node:path";

/** The longest first. */
const LONG = [
	"reach",
	"carriedfile",
	"page",
	"carriedtown",
	"traces",
	"firstvisit",
	"factorytty",
	"citystore",
	"images",
	"town",
	"mosquitto",
	"pole",
];
LONG.push(
	"brokercheck",
	"quickstart",
	"citytools",
	"citytoolsrabbit",
	"provisionkills",
	"shards",
	"accounts",
);
LONG.push("citysim", "polecart", "laptop", "cityimages", "citycampaigns", "betweenpoles");

function placeOf({ path }) {
	const place = LONG.indexOf(basename(path, ".test.ts"));
	return place < 0 ? LONG.length : place;
}

export default class {
	sort(tests) {
		return [...tests].sort((a, b) => placeOf(a) - placeOf(b));
	}

	/** A part of the files with as many long ones as the other parts: every `shardCount`-th in order. */
	shard(tests, { shardIndex, shardCount }) {
		return this.sort(tests).filter((_, nth) => nth % shardCount === shardIndex - 1);
	}

	cacheResults() {}
}

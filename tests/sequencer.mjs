/**
 * Sequencer: the longest test files come first, so that two workers end together on a fresh clone, too.
 *
 * Jest itself goes by the durations of the run before, and by the sizes of the files if it has none;
 * a night of a street takes long and stands in a few lines.
 */
import TestSequencer from "@jest/test-sequencer";

/** Files of more than some seconds, longest first. */
const LONGEST = [
	"sim/run/acceptance.test.ts",
	"sim/faults/trust.test.ts",
	"mutants/mutants.test.ts",
	"sim/run/neighbours.test.ts",
	"sim/run/clock.test.ts",
	"properties/night.test.ts",
	"frozen/frozen.test.ts",
	"hosts/virtual/lamp/texts.test.ts",
	"tools/words.test.ts",
	"sim/faults/lampfaults.test.ts",
	"sim/page/person.test.ts",
	"sim/run/nights.test.ts",
	"sim/images/update.test.ts",
	"bench/ledger.test.ts",
	"contract/street.test.ts",
	"contract/away.test.ts",
];

const placeOf = ({ path }) => {
	const place = LONGEST.findIndex((name) => path.endsWith(`/tests/${name}`));
	return place < 0 ? LONGEST.length : place;
};

export default class extends TestSequencer {
	sort(tests) {
		const sorted = [...super.sort(tests)];
		return sorted.sort((one, other) => placeOf(one) - placeOf(other));
	}
}

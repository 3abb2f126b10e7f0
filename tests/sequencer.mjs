/**
 * Sequencer: the longest test files come first, so that two workers end together on a fresh clone, too.
 *
 * Jest itself goes by the durations of the run before, and by the sizes of the files if it has none;
 * a night of a street takes long and stands in a few lines.
 */
import TestSequencer from "@jest/test-sequencer";

/**
 * Files of more than some seconds on a fresh clone, longest first: with the images that they build.
 *
 * The first builds the engine, for half a minute; the four behind it do without.
 */
const LONGEST = [
	"sim/run/acceptance.test.ts",
	"properties/plants.test.ts",
	"properties/night.test.ts",
	"tools/laptop/provision/provision.test.ts",
	"city/desk.test.ts",
	"bench/ledger.test.ts",
	"hosts/virtual/lamp/firmware.test.ts",
	"sim/explore/explore.test.ts",
	"sim/faults/trust.test.ts",
	"frozen/frozen.test.ts",
	"hosts/virtual/lamp/background.test.ts",
	"sim/run/clock.test.ts",
	"sim/page/server.test.ts",
	"contract/street.test.ts",
	"tools/toolchain/esp32.test.ts",
	"tools/toolchain/sdkmodules.test.ts",
	"tools/night/headless.test.ts",
	"tools/laptop/provision/provisioncart.test.ts",
	"hosts/contract.test.ts",
	"sim/run/names.test.ts",
	"node/endless.test.ts",
	"sim/run/planted.test.ts",
	"mutants/mutants.test.ts",
	"sim/run/threads.test.ts",
	"lib/words.test.ts",
	"city/bridge.test.ts",
	"sim/images/update.test.ts",
	"sim/faults/lampfaults.test.ts",
	"sim/run/neighbours.test.ts",
	"contract/bytes.test.ts",
	"sensing/foreignlight.test.ts",
	"mutants/rowmutants.test.ts",
	"sim/page/person.test.ts",
	"contract/away.test.ts",
	"contract/payloads.test.ts",
	"sim/run/nights.test.ts",
	"hosts/virtual/lamp/crashloop.test.ts",
	"tools/compression/generated.test.ts",
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

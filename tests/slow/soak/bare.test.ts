/** Power cut at 1,000 seeded instructions of a story on the bare machine; 16 of them are in the gate. */
import { beforeAll, expect, test } from "@jest/globals";
import { missing, missingText } from "../../../hosts/bare/programs.js";
import { flashedFirmware } from "../../../tools/night/bare.js";
import { CutBoard, cutsOf, refer } from "../support/barecuts.js";
import { judgeAll } from "../support/barejudge.js";

const CUTS = 1000;
const SEED = 1;

beforeAll(() => {
	const absent = missing();
	if (absent.length > 0) throw new Error(missingText(absent));
});

test("always lit, settings of one revision, nothing lost whose write had returned", async () => {
	const say = (line: string) => process.stdout.write(`${line}\n`);
	const board = new CutBoard(await flashedFirmware(say));
	try {
		const reference = await refer(board);
		const cuts = cutsOf(reference, SEED, CUTS);
		const judged = await judgeAll(board, reference, cuts, (done) => {
			if (done % 100 === 0) say(`${done} cuts`);
		});
		say(JSON.stringify(judged));
		expect(judged.faults).toEqual([]);
		expect(judged.inWrites + judged.inBoots).toBeGreaterThanOrEqual(CUTS / 2);
	} finally {
		board.close();
	}
});

/**
 * Background: a turn that does not run it has nothing due there.
 *
 * The image is edited: in each turn in which `Node` skips the background, all tasks and the link
 * are asked when they are due, and a plan that is too late is logged.
 */
import { expect, test } from "@jest/globals";
import { edit, firmware } from "../../../../bench/lamp.js";
import type { Fleet } from "../../../../hosts/virtual/fleet/fleet.js";
import { EFFECT } from "../../../../hosts/virtual/protocol.js";
import { Run } from "../../../../sim/run/run.js";
import { rehearse } from "../../../../sim/run/stage.js";
import { scaled } from "../../../support/scale.js";

const RUN = "if (now >= this.backgroundAt) this.runBackground(now);";
const asking = firmware({
	"luminode/node": edit(
		RUN,
		`${RUN}
		else {
			const late = this.background.earliest();
			native.log(late < this.backgroundAt ? \`late: \${late} \${this.backgroundAt}\` : "skipped");
		}`,
	),
	"luminode/node/background": edit(
		"	pause(now: Millis): Millis {",
		`	earliest(): Millis {
		return Math.min(dueOf(this.tasks, this.tasks.length), this.lamp.link.dueAt);
	}

	pause(now: Millis): Millis {`,
	),
});

async function skippedTurns(
	words: readonly string[],
): Promise<{ skipped: number; late: string[] }> {
	const rehearsal = await rehearse(words, asking);
	const { fleet: plain, network } = rehearsal;
	const late: string[] = [];
	let skipped = 0;
	const effects: Fleet["effects"] = (visit) =>
		plain.effects((kind, at, lamp, value, channel, bytes) => {
			if (kind !== EFFECT.log) visit(kind, at, lamp, value, channel, bytes);
			else if (Buffer.from(bytes).toString() === "skipped") skipped++;
			else late.push(`${at} ${lamp} ${Buffer.from(bytes)}`);
		});
	const fleet = Object.assign(Object.create(plain) as Fleet, { effects });
	const street = new Run({ ...rehearsal, fleet });
	const why = await street.go();
	await network.close();
	plain.dispose();
	if (why !== undefined) throw new Error(why);
	return { skipped, late };
}

test.each<[what: string, words: string]>([
	[
		"a night with orders",
		`--lamps 2 --seed 11 --start 2026-11-24T15:00:00+01:00 --duration ${scaled(6, 20)}h`,
	],
	[
		"neighbours, a PIR that fires at random, one disturbed by its radio, forgeries",
		`--lamps 4 --seed 12 --neighbours --start 2026-06-20T21:00:00+02:00 --duration ${scaled(3.2, 10)}h --fault pirNoisy@1h+1h/2 --fault pirRadio@2h+2h/3 --fault datagramForged@2h+1h`,
	],
	[
		"cuts, a dark light sensor, a lost clock",
		`--lamps 3 --seed 13 --start 2026-01-10T16:00:00+01:00 --duration ${scaled(7, 16)}h --fault powerCut@4h+10s --fault luxDark@5h+2h --fault clockLost@3h+2h`,
	],
])("%s", async (_what, words) => {
	const { skipped, late } = await skippedTurns(words.split(" "));
	expect(late.slice(0, 5)).toEqual([]);
	expect(skipped).toBeGreaterThan(100);
});

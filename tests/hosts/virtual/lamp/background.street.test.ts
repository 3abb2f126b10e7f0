/**
 * Background: a turn that does not run it, or not all of it, has nothing due there.
 *
 * The image is edited: at the end of each turn all tasks and messages are asked when they are due,
 * and a plan that is too late is logged; unless a fact has changed, by which the next turn begins.
 *
 * Promise: Work that is put off is never put off beyond its time.
 */
import { expect, test } from "@jest/globals";
import { edit } from "../../../../bench/lamp.js";
import { readImage } from "../../../../hosts/virtual/engine/image.js";
import type { Fleet } from "../../../../hosts/virtual/fleet/fleet.js";
import { EFFECT } from "../../../../hosts/virtual/protocol.js";
import { projectRoot } from "../../../../lib/root.mjs";
import { rehearse } from "../../../../sim/files/stage.js";
import { Run } from "../../../../sim/run/run.js";
import { scaled } from "../../../support/scale.js";

const RUN = "if (now >= this.backgroundAt) this.runBackground(now);";
const replace = {
	"luminode/node": edit(
		RUN,
		`const runs = now >= this.backgroundAt;
		${RUN}
		if (!this.decisionPending && !this.factsChanged && !this.finishBoot) {
			const late = this.background.earliest();
			const turn = runs ? "ran" : "skipped";
			native.log(late < this.backgroundAt ? \`late: \${late} \${this.backgroundAt}\` : turn);
		}`,
	),
	"luminode/node/background": edit(
		"	pause(now: Millis): Millis {",
		`	earliest(): Millis {
		const { link } = this.lamp;
		const tasks = dueOf(this.tasks, this.tasks.length);
		return Math.min(tasks, link.dueAt, link.mayPublish ? link.messageDueAt() : Infinity);
	}

	pause(now: Millis): Millis {`,
	),
	"luminode/link/link": edit(
		"	/** When the next message is due if",
		`	get mayPublish(): boolean {
		const { session, inFlight } = this;
		return inFlight === undefined && session.isSubscribed && session.client.isReady;
	}

	/** When the next message is due if`,
	),
};
const asking = readImage(projectRoot(), { replace, isAsWritten: true });

async function turnsOf(
	args: readonly string[],
): Promise<{ counts: Map<string, number>; late: string[] }> {
	const rehearsal = await rehearse(args, asking);
	const { fleet: plain, network } = rehearsal;
	const late: string[] = [];
	const counts = new Map<string, number>();
	const effects: Fleet["effects"] = (visit) =>
		plain.effects((kind, at, lamp, value, channel, bytes) => {
			if (kind !== EFFECT.log) {
				visit(kind, at, lamp, value, channel, bytes);
				return;
			}
			const line = Buffer.from(bytes).toString();
			if (line.startsWith("late")) late.push(`${at} ${lamp} ${line}`);
			else counts.set(line, 1 + (counts.get(line) ?? 0));
		});
	const fleet = Object.assign(Object.create(plain) as Fleet, { effects });
	const street = new Run({ ...rehearsal, fleet });
	const why = await street.go();
	await network.close();
	plain.dispose();
	if (why !== undefined) throw new Error(why);
	return { counts, late };
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
])("%s", async (_what, commandLine) => {
	const { counts, late } = await turnsOf(commandLine.split(" "));
	expect(late.slice(0, 5)).toEqual([]);
	for (const turn of ["ran", "skipped"]) expect(counts.get(turn)).toBeGreaterThan(100);
});

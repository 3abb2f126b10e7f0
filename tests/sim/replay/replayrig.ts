/**
 * Replay rig: a street whose lamp has a laptop at its serial line, and a recording that is replayed.
 */
import { readImage } from "../../../hosts/virtual/engine/image.js";
import type { Recording } from "../../../lib/recording/recording.js";
import { recordingIn, textOf } from "../../../lib/recording/recordingfile.js";
import { projectRoot } from "../../../lib/root.mjs";
import { editOf } from "../../../sim/checks/plants.js";
import { readOptions } from "../../../sim/cli/words.js";
import { rehearse, stageOf } from "../../../sim/files/stage.js";
import { planOf } from "../../../sim/replay/plan.js";
import type { Replayed } from "../../../sim/replay/replayed.js";
import { storedSettings } from "../../../sim/replay/settings.js";
import { Run } from "../../../sim/run/run.js";
import { prepare } from "../../../sim/run/scenario.js";
import type { Witness } from "../../../sim/street/witness.js";
import { settingOf } from "../../../src/settings/table.js";
import { Plain } from "../../../tools/laptop/line/plain.js";
import { LISTED_EACH, Saver } from "../../../tools/laptop/record/saver.js";
import { KEPT, KEPT_AS, SECRET } from "../../support/technician.js";

/** A step of the street while an answer is awaited, virtual ms. */
const STEP = 40;

/** Each piece of the light of a lamp: from when, from and to which duty, until when. */
type Piece = readonly [at: number, duty: number, to: number, until: number];

class Light implements Witness {
	readonly pieces: Piece[] = [];
	bootAt = 0;

	constructor(private readonly lamp: number) {}

	onBoot(at: number, lamp: number): void {
		if (lamp === this.lamp && this.pieces.length === 0) this.bootAt = at;
	}

	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		if (lamp === this.lamp) this.pieces.push([at - this.bootAt, duty, to, until - this.bootAt]);
	}
}

export interface Night {
	readonly recording: Recording;
	readonly light: readonly Piece[];
	/** Virtual ms after the boot of the lamp, until which the light was recorded. */
	readonly until: number;
	readonly bytes: number;
}

interface Recorded {
	readonly commandLine: readonly string[];
	/** From 1. */
	readonly lamp?: number;
	/** Virtual ms after the begin when the laptop is plugged in. */
	readonly from?: number;
	readonly until: number;
	readonly each?: number;
	/** A defect of the recorded firmware. */
	readonly plant?: string;
}

/** A street runs, and a laptop saves the recording of one of its lamps. */
export async function recordNight(asked: Recorded): Promise<Night> {
	const { commandLine: args, lamp = 1, from = 5_000, until, each = LISTED_EACH, plant } = asked;
	const stage = await rehearse(
		args,
		plant ? readImage(projectRoot(), { replace: editOf(plant)! }) : undefined,
	);
	const { fleet, network, epochUtc } = stage;
	const light = new Light(lamp - 1);
	const run = new Run({ ...stage, scenario: { ...stage.scenario, end: from }, witnesses: [light] });
	fleet.storeWrite(fleet.first + lamp - 1, KEPT_AS, KEPT);
	await run.go();
	const { street } = run;
	const saver = new Saver(() => epochUtc + street.reached);
	let release: (() => void) | undefined;
	const talk = async () => {
		const opened = await Plain.open("serial", async (_port, ears) => {
			release = network.serial.listen(lamp, (bytes) => ears.onBytes(bytes));
			return {
				write: (bytes) => network.serial.type(lamp, Buffer.from(bytes as string)),
				close: async () => release?.(),
			};
		});
		if (opened.state !== "open") await opened.do(`login ${SECRET}`, "login");
		await saver.list(opened);
		await opened.close();
	};
	for (let at = from; ; at = Math.min(at + each, until)) {
		if (at > street.reached) await street.run(at);
		let isDone = false;
		const listed = talk().finally(() => {
			isDone = true;
		});
		listed.catch(() => {});
		while (!isDone) {
			await street.run(street.reached + STEP);
			await new Promise(setImmediate);
		}
		await listed;
		if (at >= until) break;
	}
	await network.close();
	fleet.dispose();
	const text = textOf(saver.recording);
	const recording = recordingIn("night.recording", text);
	return {
		recording,
		light: light.pieces,
		until: street.reached - light.bootAt,
		bytes: text.length,
	};
}

export interface Replay {
	readonly replayed: Replayed;
	readonly light: readonly Piece[];
}

/** A recording runs; `plant`: a defect of the firmware that replays it. */
export async function replayNight(recording: Recording, plant?: string): Promise<Replay> {
	const args = ["--headless", "--lamps", "1", "--quiet", ...(plant ? ["--plant", plant] : [])];
	const answer = readOptions(args);
	const plan = planOf(recording);
	if (answer.kind !== "run" || !plan) throw new Error("no plan");
	storedSettings(plan.lives[0]!.settings);
	const set = Object.entries(plan.lives[0]!.settings).map(([name, value]) => ({
		section: settingOf(name)!.section,
		name,
		value,
	}));
	const options = { ...answer.options, set, recorded: plan };
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const stage = await stageOf(options, scenario);
	const light = new Light(0);
	const run = new Run({ ...stage, witnesses: [light] });
	await run.go();
	await stage.network.close();
	stage.fleet.dispose();
	return { replayed: run.replayed!, light: light.pieces };
}

/**
 * The light before `until`. A piece that holds its duty has no end of its own: two changes in one
 * millisecond may be one turn or two, which is the same light.
 */
export function lightUntil(pieces: readonly Piece[], until: number): readonly Piece[] {
	const light: Piece[] = [];
	for (const [at, duty, to, end] of pieces) {
		if (at >= until) break;
		const isHeld = duty === to;
		const last = light.at(-1);
		if (isHeld && last?.[2] === to && last[3] <= at) continue;
		light.push([at, duty, to, isHeld ? at : end]);
	}
	return light;
}

/**
 * Night: one street run to its end from the words of its options, with every check and promise.
 */
import type { Image } from "../../hosts/virtual/fleet/fleet.js";
import type { Counted } from "../checks/chances.js";
import { readOptions } from "../cli/words.js";
import { type BoardKind, slotsOfLamp } from "../files/firmware.js";
import { rehearse } from "../files/stage.js";
import { serverOf } from "../images/catalogue.js";
import type { PlannedInput } from "../options/inputs.js";
import { configuredOf } from "../run/configured.js";
import { Run } from "../run/run.js";
import type { Witness } from "../street/witness.js";
import { bitsOf } from "./branches.js";
import { IMAGE_KEYS, IMAGES } from "./images.js";
import { type Broken, Promises } from "./promises.js";

export interface Outcome {
	/** Broken checks and promises; empty: everything held. */
	readonly broken: readonly Broken[];
	/** Chances to fail, by check: those that were judged. */
	readonly tried: Readonly<Record<string, number>>;
	/** All of them, with the reasons of those that were not. */
	readonly chances: Readonly<Record<string, Counted>>;
	readonly epochUtc: number;
	/** Virtual ms. */
	readonly end: number;
	readonly lamps: number;
	/** Branches that were taken, in bits (branches.ts); of an instrumented image alone. */
	readonly taken?: string;
	readonly figures: { readonly writes: number; readonly erases: number; readonly slots: number };
}

/** Promises of any lamp, with any settings. */
const OF_ANY = ["machine", "simulator", "dutyLimits", "evenFade", "wear", "memory"];
/** Of a duty, the bounds that settings make. */
const BY_SETTING = / %$| minimum$| housing$/;

/** A factory reset makes a lamp another one: it has neither the street's settings nor its broker. */
function isOfAnother({ name, at, lamp, what }: Broken, inputs: readonly PlannedInput[]): boolean {
	if (OF_ANY.includes(name) && !BY_SETTING.test(what)) return false;
	return inputs.some(
		(input) => input.text.startsWith("factoryReset") && input.lamp === lamp && input.at <= at,
	);
}

/** The board of a street's lamps, by its options. */
export function boardOf(args: readonly string[]): BoardKind | undefined {
	return args.includes("zhaga") ? "zhaga" : undefined;
}

/** Whether the options are such that the simulator takes them; else the reason. */
export function refused(args: readonly string[]): string | undefined {
	const answer = readOptions(["--headless", ...args]);
	return answer.kind === "wrong" ? answer.why : undefined;
}

/** Runs it; an exception of the simulator is a broken promise of its own. */
export async function runStreet(
	args: readonly string[],
	witnesses: readonly Witness[] = [],
	instrumented?: Image,
): Promise<Outcome> {
	const street = await rehearse(args, instrumented);
	const { options, scenario, epochUtc, fleet, network } = street;
	const { lamps } = options;
	const promises = new Promises(lamps, configuredOf(options));
	network.onReport((at, topic, payload) => {
		const lamp = network.lampOf(topic);
		if (lamp !== undefined)
			promises.onReport(at, lamp - 1, topic.split("/").slice(4).join("/"), payload);
	});
	for (const { at, lamp, kind, text } of options.input)
		for (let n = 1; n <= lamps; n++)
			if (lamp === undefined || lamp === n) promises.onInput(at, n - 1, kind, text);
	const run = new Run({
		...street,
		network: serverOf(IMAGES, network),
		images: IMAGES,
		imageKeys: IMAGE_KEYS,
		witnesses: [promises, ...witnesses],
		listeners: [() => void (isBroken() && run.street.stop())], // its night is no night
	});
	/** A machine ended; for lack of memory only where it has less than it should have. */
	const isBroken = () => {
		const { deaths, firstDeath = "" } = run.street;
		return deaths > 0 && !(options.slots !== undefined && /: notEnoughMemory: /.test(firstDeath));
	};
	const broken: Broken[] = [];
	try {
		const why = await run.go();
		if (why !== undefined) throw new Error(why);
		const end = run.street.reached;
		promises.finishWith(
			end,
			options.slots === undefined ? slotsOfLamp(options.board) : Infinity,
			(lamp) => fleet.statistics(fleet.first + lamp),
		);
		for (const { name, ok, first } of run.checks) if (!ok && first) broken.push({ name, ...first });
		if (isBroken())
			broken.push({ name: "machine", at: end, lamp: 0, what: run.street.firstDeath ?? "" });
	} catch (error) {
		const what = (error as Error).stack ?? String(error);
		broken.push({ name: "simulator", at: run.street.reached, lamp: 0, what });
	} finally {
		await network.close();
	}
	broken.push(...promises.broken);
	const relevant = broken.filter((failure) => !isOfAnother(failure, options.input));
	const all = Array.from({ length: lamps }, (_, n) => fleet.statistics(fleet.first + n));
	const most = (pick: "storeWrites" | "flashErases" | "slotsLive") =>
		Math.max(0, ...all.map((statistics) => statistics?.[pick] ?? 0));
	const figures = {
		writes: most("storeWrites"),
		erases: most("flashErases"),
		slots: most("slotsLive"),
	};
	const taken = instrumented && { taken: bitsOf(fleet.branchesTaken()) };
	fleet.dispose();
	const tried = {
		...Object.fromEntries(run.checks.map(({ name, tried }) => [name, tried])),
		...promises.tried,
	};
	const chances = Object.fromEntries(
		run.checks.map((check) => [check.name, check.chances.counted]),
	);
	return {
		broken: relevant,
		tried,
		chances,
		epochUtc,
		end: scenario.end,
		lamps,
		figures,
		...taken,
	};
}

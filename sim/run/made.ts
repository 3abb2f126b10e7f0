/**
 * Made: a run on its stage, with the image server and what observes it.
 */
import { type Shelf, serverOf } from "../images/catalogue.js";
import type { ImageServer } from "../images/server.js";
import { Counts } from "../results/trafficcounts.js";
import { type Observation, observed } from "./observation.js";
import type { RunParts } from "./parts.js";
import { Run } from "./run.js";
import type { Stage } from "./stage.js";

/** A run with all that observes it. */
export interface Made {
	readonly parts: RunParts;
	readonly run: Run;
	/** For a page. */
	readonly observation: Observation | undefined;
	readonly images: { readonly list: Shelf["images"]; readonly server: ImageServer } | undefined;
	readonly counts: Counts;
}

/** A run on its stage; without a page, only its figures and its trace. */
export function runOf(
	stage: Stage,
	shelf: Shelf | undefined,
	writeTrace: ((text: string) => void) | undefined,
): Made {
	const { options, network } = stage;
	const images = shelf && { list: shelf.images, server: serverOf(shelf.images, network) };
	const parts = {
		...stage,
		network: images?.server ?? network,
		...(shelf ? { imageKeys: shelf.keys, images: shelf.images } : {}),
		...(writeTrace ? { writeTrace } : {}),
	};
	const counts = new Counts();
	network.onReport((_at, topic, payload) => counts.onReport(topic, payload));
	const { run, observation } = options.headless
		? { run: new Run(parts), observation: undefined }
		: observed(parts, network);
	return { parts, run, observation, images, counts };
}

/** Judge: the channel of a topic, and validators of payloads, by docs/broker.asyncapi.yaml. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { ValidateFunction } from "ajv";
import { type ContractDocument, PATH, readContract } from "../../lib/firmware/contractdoc.js";
import { withSettings } from "../../tools/docs/settingsschemas.js";
import { isGolden } from "../support/golden.js";

const SCHEMA = "#/components/schemas/";

/** The document; its schemas must be those of the firmware's settings, or no test of it says why it fails. */
export function currentContract(): ContractDocument {
	isGolden(withSettings(readFileSync(PATH, "utf8")), PATH, "npm run renew");
	return readContract();
}

/** The channel of a topic below `root`; undefined for a topic of no channel. */
export function channelOf(
	document: ContractDocument,
	topic: string,
	root = "luminode/1",
): string | undefined {
	const levels = topic.startsWith(`${root}/`) ? topic.slice(root.length + 1).split("/") : [];
	let found: string | undefined;
	let fixed = -1;
	for (const [name, { address }] of Object.entries(document.channels)) {
		const pattern = address.split("/").slice(1); // without {root}
		const fits = pattern.every((level, index) => level.startsWith("{") || level === levels[index]);
		if (!fits || pattern.length !== levels.length) continue;
		const literalCount = pattern.filter((level) => !level.startsWith("{")).length;
		if (literalCount > fixed) [found, fixed] = [name, literalCount]; // `unassigned`, `all`: no nodes
	}
	return found;
}

/** A validator by the name of its schema; strict, so that a mistake in a schema throws. */
export function validators(document: ContractDocument): (name: string) => ValidateFunction {
	const require = createRequire(import.meta.url);
	const { Ajv } = require("ajv") as typeof import("ajv");
	const addFormats = require("ajv-formats") as typeof import("ajv-formats").default;
	const ajv = new Ajv({
		strict: true,
		strictTypes: true,
		allErrors: true,
		keywords: ["components"],
	});
	addFormats(ajv);
	const { schemas } = document.components;
	ajv.addSchema({ $id: "contract", components: { schemas } });
	return (name) => {
		const validate = ajv.getSchema(`contract${SCHEMA}${name}`);
		if (!validate) throw new Error(`no schema ${name}`);
		return validate;
	};
}

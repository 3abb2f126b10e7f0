/**
 * Transfer: export and import of settings, for backup, comparison and replacement of a node.
 *
 * One JSON object a line: the lamp, its counters, then each setting in the order of the table, last
 * a checksum over all lines. It contains no secrets: a new node gets new ones. An import is
 * accepted whole or not at all, into the candidate that `set` edits; `apply` and `confirm` follow.
 */
import { formatInstant } from "../command/instant.js";
import { isJsonRejection, type JsonObject, parseObject, quote } from "../json.js";
import type { Answer } from "./answer.js";
import type { Talk } from "./command.js";
import { LINE_MAX_BYTES } from "./lineeditor.js";
import { denied, notDone, success } from "./lines.js";
import { ordered } from "./ordercommands.js";
import type { ConsoleOwner } from "./owner.js";
import { decimal } from "./print.js";
import { member, object } from "./printjson.js";
import { say } from "./texts.js";

/** Version of the text; another version is rejected. */
const FORMAT = 1;
const DIGEST_BYTES = 32;
const SUM_BYTES = 8;
/** Members of the lines that are no settings. */
const HEAD: readonly string[] = Object.freeze(["export", "serial", "hardware", "swVersion"]);
/** Counters of the order `nodeReplaced`. */
const COUNTS: readonly string[] = Object.freeze([
	"life",
	"activeEnergy_kWh",
	"energySaved_kWh",
	"operatingHours",
	"switchOnCounter",
	"accumulatedRoadUserNumber",
	"accumulatedSince",
]);
const SUM = "sum";

/**
 * Checksum: SHA-256 over the digest so far (32 zeros at first) and a line with its line feed, line
 * by line; then the first 8 bytes of the last digest. The text is never held as a whole.
 */
class Sum {
	private readonly doors: ConsoleOwner["doors"];
	private readonly bytes = new Uint8Array(DIGEST_BYTES + LINE_MAX_BYTES + 1);

	constructor(doors: ConsoleOwner["doors"]) {
		this.doors = doors;
	}

	add(line: string): void {
		const { bytes, doors } = this;
		const count = doors.utf8.encode(`${line}\n`, bytes, DIGEST_BYTES);
		bytes.set(doors.crypto.sha256(bytes.slice(0, DIGEST_BYTES + Math.max(0, count))));
	}

	get text(): string {
		let text = "";
		for (let at = 0; at < SUM_BYTES; at += 1) text += (256 + this.bytes[at]!).toString(16).slice(1);
		return text;
	}
}

export function exportAll({ owner }: Talk): Answer {
	const sum = new Sum(owner.doors);
	const names = owner.names.filter((name) => !owner.isSecret(name));
	const lines = (index: number) => {
		const line = index === 0 ? headOf(owner) : index === 1 ? countsOf(owner) : settingOf(index - 2);
		if (line !== undefined) sum.add(line);
		else if (index === names.length + 2) return `{"${SUM}":"${sum.text}"}`;
		return line;
	};
	const settingOf = (index: number) => {
		const name = names[index];
		if (name === undefined) return undefined;
		const value = owner.show(name) ?? "";
		return `{"${name}":${owner.isText(name) ? quote(value) : value}}`;
	};
	return { lines, json: lines };
}

function headOf({ view: { identity } }: ConsoleOwner): string {
	const { serial, hardware, swVersion } = identity;
	return object(
		member("export", FORMAT),
		member("serial", serial),
		member("hardware", hardware),
		member("swVersion", swVersion),
	);
}

function countsOf({ view: { identity, meter, traffic } }: ConsoleOwner): string {
	const since = traffic.accumulatedSince;
	return object(
		member("life", identity.life),
		`"activeEnergy_kWh":${decimal(meter.activeEnergy_kWh, 3)}`,
		`"energySaved_kWh":${decimal(meter.energySaved_kWh, 3)}`,
		`"operatingHours":${decimal(meter.operatingHours, 1)}`,
		member("switchOnCounter", meter.switchOnCounter),
		member("accumulatedRoadUserNumber", traffic.accumulatedRoadUserNumber),
		member("accumulatedSince", since === undefined ? undefined : formatInstant(since)),
	);
}

/** Receives lines until the checksum; the first fault is reported then. */
export function importAll(talk: Talk): Answer {
	const { owner } = talk;
	const sum = new Sum(owner.doors);
	const names = owner.names.filter((name) => !owner.isSecret(name));
	const known = [...HEAD, ...COUNTS, SUM, ...names];
	const edit = owner.importing();
	let fault: string | undefined;
	let settings = 0;
	let counts = "";
	const take = (line: string | undefined, index: number): Answer | undefined => {
		const parsed = line === undefined ? undefined : parseObject(line, known);
		const isSum = line?.startsWith(`{"${SUM}"`) === true;
		if (!parsed || isJsonRejection(parsed))
			fault ??= `line ${index}: ${parsed?.name ?? ""} ${parsed?.reason ?? "notText"}`;
		else if (isSum) {
			if (parsed.json[SUM] !== sum.text) fault ??= `line ${index}: ${SUM}`;
		} else {
			const why = read(parsed.json, line as string, index);
			if (why !== undefined) fault ??= `line ${index}: ${why}`;
		}
		if (!isSum) {
			if (line !== undefined) sum.add(line);
			return undefined;
		}
		if (fault === undefined && settings === 0) fault = `line ${index}: ${SUM}`;
		fault ??= edit.done();
		if (fault !== undefined) return notDone(owner, fault);
		talk.counts = counts;
		talk.isImportKept = false;
		return success(owner, "imported", `${settings}`);
	};
	/** The fault of a line; undefined: it is valid. */
	const read = (json: JsonObject, line: string, index: number): string | undefined => {
		if (index === 1) return json.export === FORMAT ? undefined : "export";
		if (index === 2) {
			counts = line.slice(1, -1);
			return typeof json.life === "number" ? undefined : "life";
		}
		for (const name of Object.keys(json)) {
			if (!names.includes(name)) return `${name} unknownSetting`;
			const why = edit.set(name, json[name]);
			if (why !== undefined) return `${name} ${why}`;
			settings += 1;
		}
		return undefined;
	};
	return { take };
}

/**
 * This node replaces the one whose export was imported: its life and counters continue. The lamp
 * restarts, and a candidate that is not stored would be lost, so the import is confirmed first.
 */
export function replaceNode(talk: Talk): Answer {
	const { owner, counts, isImportKept } = talk;
	if (counts === undefined) return notDone(owner, say(owner.language, "nothingImported"));
	if (!isImportKept) return denied("unconfirmed", owner, "importUnconfirmed");
	return ordered(talk, `"command":"nodeReplaced","commandConfirmation":true,${counts}`, "replaced");
}

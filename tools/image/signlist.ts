/**
 * Sign list: a list of update keys for all lamps of a city, signed by a key that they hold, and once
 * more by one that the list adds.
 */
import { sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { keyIdOfPoint, pointOf, readPublic } from "../../lib/firmware/signedimage.js";
import { LIST_AT, LIST_MAGIC, parseList } from "../../src/update/keylist.js";
import { keyName } from "../../src/update/keys.js";

const UINT32_MAX = 0xffff_ffff;

/** Writes `PATH.KEY.list`, with the name of the signing key; returns a report. Throws with a sentence. */
export function signList(path: string, key: Buffer, name: string, counter: string): string {
	if (!/^\d+$/.test(counter) || Number(counter) < 1 || Number(counter) > UINT32_MAX)
		throw new Error(`--counter of a list is a whole number from 1, not ${counter}`);
	const keys = readPublic(path);
	const head = Buffer.alloc(LIST_AT.keys);
	head.writeUInt32BE(LIST_MAGIC, LIST_AT.magic);
	head.writeUInt32BE(keyIdOfPoint(pointOf(key)), LIST_AT.keyId);
	head.writeUInt32BE(Number(counter), LIST_AT.counter);
	head.writeUInt32BE(keys.length, LIST_AT.count);
	const signed = Buffer.concat([head, ...keys]);
	const bytes = Buffer.concat([signed, sign("sha256", signed, key)]);
	const ids = parseList(bytes)!.keys.map((each) => keyName(keyIdOfPoint(each)));
	const file = `${path}.${name}.list`;
	writeFileSync(file, `${bytes.toString("base64")}\n`);
	const isNew = ids.includes(keyName(keyIdOfPoint(pointOf(key))));
	const use = isNew ? "a proof by a key of the list" : "signed by a key before it";
	return `keys ${ids.join(" ")}, counter ${counter}, ${use}\n${file}: the list, for "keys" of a message`;
}

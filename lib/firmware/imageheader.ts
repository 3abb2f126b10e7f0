/**
 * Image header: the bytes to be signed, in the layout of src/update/header.ts.
 */
import { AT, type ImageHeader, MAGIC, parseHeader } from "../../src/update/header.js";

type HeaderFields = Omit<ImageHeader, "signed" | "signature">;

/** A placeholder that is no signature, of a permitted length. */
const NO_SIGNATURE = Buffer.alloc(8);

/** The bytes to be signed; throws for a field that does not fit, with a message for the person. */
export function headerBytes(fields: HeaderFields): Buffer {
	const bytes = Buffer.alloc(AT.end);
	const text = (
		name: "product" | "hardware" | "version" | "profile",
		start: number,
		end: number,
	): void => {
		const value = fields[name];
		if (!/^[A-Za-z0-9._+/-]+$/.test(value) || value.length > end - start)
			throw new Error(`${name} is 1 to ${end - start} of A-Z a-z 0-9 . _ + / -, not "${value}"`);
		bytes.write(value, start, "latin1");
	};
	const number = (name: "keyId" | "counter" | "length", at: number): void => {
		const value = fields[name];
		if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff)
			throw new Error(`${name} is a whole number of 0 to 4294967295, not ${value}`);
		bytes.writeUInt32BE(value, at);
	};
	bytes.writeUInt32BE(MAGIC, AT.magic);
	number("keyId", AT.keyId);
	text("product", AT.product, AT.hardware);
	text("hardware", AT.hardware, AT.version);
	text("version", AT.version, AT.profile);
	text("profile", AT.profile, AT.counter);
	number("counter", AT.counter);
	number("length", AT.length);
	bytes.set(fields.digest, AT.digest);
	if (!parseHeader(Buffer.concat([bytes, NO_SIGNATURE])))
		throw new Error(`no lamp takes an image of ${fields.length} bytes`);
	return bytes;
}

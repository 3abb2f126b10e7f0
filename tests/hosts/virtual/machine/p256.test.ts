/** The simulated lamps' signatures, in Node and in a browser: @noble judges as node:crypto and Wycheproof do. */
import { createHash, verify as verifyInNode } from "node:crypto";
import { expect, test } from "@jest/globals";
import { verify } from "../../../../hosts/virtual/fleet/p256.js";
import { publicKeyOf } from "../../../../lib/firmware/signedimage.js";
import { ECDSA } from "../../../golden/wycheproof.js";

test.each(ECDSA)("case %d: %s", (_id, _what, keyText, message, signature, verdict) => {
	const key = Buffer.from(keyText, "hex").subarray(-64);
	const text = Buffer.from(message, "hex");
	const signed = Buffer.from(signature, "hex");
	const digest = createHash("sha256").update(text).digest();
	expect(verify(key, digest, signed)).toBe(verdict);
	expect(verifyInNode("sha256", text, publicKeyOf(key), signed)).toBe(verdict);
});

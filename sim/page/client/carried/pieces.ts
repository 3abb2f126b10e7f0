/** Pieces: what a page that carries its simulation is made of: within it, or files beside it. */
import { bytesOfBase64, textOf } from "../../../../lib/bytes.js";
import { unpackedBytes } from "../state/workerchannel.js";

/** The engine may be exchanged, so it is a WebAssembly module as any other. */
export const ENGINE = "engine.wasm";
/** Firmware, scenarios, forms, reports; compressed JSON. */
export const KIT = "kit.bin";
/** A town and its nights; likewise. */
export const TOWN = "town.bin";
export const WORKER = "worker.js";
/** Licences and notices, HTML. */
export const LICENCES = "licences.html";

/** Within the page a piece is compressed and in base 64. */
const embedded = (name: string): Promise<Uint8Array> | undefined => {
	const text = document.getElementById(name)?.textContent;
	return text ? unpackedBytes(bytesOfBase64(text)) : undefined;
};

/** Rejects if it is neither within the page nor beside it. */
export async function piece(name: string): Promise<Uint8Array> {
	const bytes = await embedded(name);
	if (bytes) return bytes;
	const response = await fetch(name);
	if (!response.ok) throw new Error(`${name}: ${response.status}`);
	const fetched = new Uint8Array(await response.arrayBuffer());
	return name.endsWith(".bin") ? unpackedBytes(fetched) : fetched;
}

/** Its text, parsed. */
export async function parsed<T>(name: string): Promise<T> {
	return JSON.parse(textOf(await piece(name))) as T;
}

/** An address at which the piece can be opened or run as a script. */
export async function addressOf(name: string, type: string): Promise<string> {
	const bytes = await embedded(name);
	return bytes ? URL.createObjectURL(new Blob([bytes as BlobPart], { type })) : name;
}

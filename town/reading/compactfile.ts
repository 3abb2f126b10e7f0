/**
 * Compact file: a town as the repository keeps it: names as JSON, numbers as differences in
 * a variable number of bytes, both compressed with Brotli.
 */
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { Reader, Writer } from "./bytes.js";
import { placeOf } from "./placename.js";
import type { Town, TownStreet } from "./readtown.js";

const VERSION = 1;

/** Names and everything else that is no row of numbers. */
type Head = Omit<Town, "x" | "y" | "watts" | "isOld" | "feeder" | "streets"> & {
	readonly version: number;
	readonly lights: number;
	readonly names: readonly string[];
};

export function compactOf(town: Town): Uint8Array {
	const { x, y, watts, isOld, feeder, streets, ...others } = town;
	const names = streets.map(({ name }) => name);
	const head: Head = { ...others, version: VERSION, lights: x.length, names };
	const out = new Writer();
	for (const street of streets) writeStreet(street, out);
	for (const axis of [x, y]) out.differences(axis);
	for (const value of watts) out.unsigned(Number.isNaN(value) ? 0 : Math.round(10 * value) + 1);
	for (const flag of isOld) out.unsigned(flag);
	out.differences(feeder);
	const numbers = out.bytes;
	const text = new TextEncoder().encode(JSON.stringify(head));
	const all = new Writer();
	all.unsigned(text.length);
	return compressed(Uint8Array.from([...all.bytes, ...text, ...numbers]));
}

export function townOfCompact(bytes: Uint8Array): Town {
	const reader = new Reader(brotliDecompressSync(bytes));
	const text = reader.take(reader.unsigned());
	const { version, lights, names, ...others } = JSON.parse(new TextDecoder().decode(text)) as Head;
	if (version !== VERSION) throw new Error(`a town of format ${version}, not ${VERSION}`);
	let from = 0;
	const streets = names.map((name) => {
		const street = readStreet(name, from, reader);
		from += street.at_m.length;
		return street;
	});
	const [x, y] = [reader.differences(lights), reader.differences(lights)];
	const watts = Float32Array.from({ length: lights }, () => {
		const value = reader.unsigned();
		return value === 0 ? NaN : (value - 1) / 10;
	});
	const isOld = Uint8Array.from({ length: lights }, () => reader.unsigned());
	const feeder = reader.differences(lights);
	return { ...others, x, y, watts, isOld, feeder, streets };
}

/** As small as Brotli makes it; the same bytes give the same file with one version of Node's zlib. */
export function compressed(bytes: Uint8Array): Uint8Array {
	const params = {
		[constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
		[constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
	};
	return brotliCompressSync(bytes, { params });
}

function writeStreet({ district, at_m, isRoad, vehicles }: TownStreet, out: Writer): void {
	out.unsigned(district + 1);
	out.unsigned(Number(isRoad));
	out.unsigned(Number.isNaN(vehicles) ? 0 : Math.round(vehicles) + 1);
	out.unsigned(at_m.length);
	out.differences(at_m.map((at) => Math.round(10 * at)));
}

function readStreet(name: string, from: number, bytes: Reader): TownStreet {
	const district = bytes.unsigned() - 1;
	const isRoad = bytes.unsigned() === 1;
	const counted = bytes.unsigned();
	const at = bytes.differences(bytes.unsigned());
	return {
		name,
		district,
		from,
		at_m: [...at].map((decimetres) => decimetres / 10),
		place: placeOf(name),
		isRoad,
		vehicles: counted === 0 ? NaN : counted - 1,
	};
}

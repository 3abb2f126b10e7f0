/**
 * Pixel painter: the lights drawn into a field of bytes, where there is no graphics card.
 *
 * A light adds the weights of its radius to the pixels around it; the bytes saturate, which is what
 * makes a crowd of lights white. Nothing here but the last step asks a browser, so that it is tested
 * without one.
 */
import { columnOf, rowOf } from "./camera.js";
import { coreOf, crowdOf, gainOf, NIGHT, type Painter, type Picture, radiusOf } from "./painter.js";

/** Sizes of a light for which weights are made. */
const SIZES = 16;

/** The pixels of a light around its middle, with their weights, 0 to 256. */
export interface Spot {
	readonly radius: number;
	readonly right: Int8Array;
	readonly down: Int8Array;
	/** Bytes from the middle, in a field of that width. */
	readonly offset: Int32Array;
	readonly weights: Uint16Array;
}

export function spotOf(reach: number, core: number, gain: number, width: number): Spot {
	const radius = Math.ceil(reach);
	const most = (2 * radius + 1) ** 2;
	const [right, down, offset] = [new Int8Array(most), new Int8Array(most), new Int32Array(most)];
	const weights = new Uint16Array(most);
	let count = 0;
	for (let y = -radius; y <= radius; y++)
		for (let x = -radius; x <= radius; x++) {
			const away = Math.hypot(x, y);
			const fall = Math.max(0, 1 - away / (reach + 0.5)) ** 2;
			const edge = Math.min(1, Math.max(0, (1.4 * core - away) / (0.8 * core)));
			const full = Math.min(1, 0.5 * fall + 0.75 * edge * edge * (3 - 2 * edge));
			const weight = Math.round(256 * gain * full);
			if (weight === 0) continue;
			right[count] = x;
			down[count] = y;
			offset[count] = 4 * (y * width + x);
			weights[count++] = weight;
		}
	return {
		radius,
		right: right.subarray(0, count),
		down: down.subarray(0, count),
		offset: offset.subarray(0, count),
		weights: weights.subarray(0, count),
	};
}

/** A field of pixels, red, green, blue, opaque. */
export interface Field {
	readonly width: number;
	readonly height: number;
	readonly bytes: Uint8ClampedArray;
}

const OPAQUE_NIGHT = (NIGHT[0] | (NIGHT[1] << 8) | (NIGHT[2] << 16) | (255 << 24)) >>> 0;

export class PixelField {
	#spots: readonly Spot[] = [];
	#made = "";
	readonly #crowd: number;

	constructor(
		readonly x: Float32Array,
		readonly y: Float32Array,
	) {
		this.#crowd = crowdOf(x, y);
	}

	paint(field: Field, { camera, edge, left, right }: Picture): void {
		const { width, height, bytes } = field;
		new Uint32Array(bytes.buffer).fill(OPAQUE_NIGHT);
		const radius = radiusOf(camera.scale, this.x.length, width * height);
		const made = `${radius} ${camera.scale} ${width}`;
		if (made !== this.#made) this.#makeSpots(radius, camera.scale, width);
		this.#made = made;
		for (let light = 0; light < this.x.length; light++) {
			const column = Math.round(columnOf(camera, this.x[light]!));
			const row = Math.round(rowOf(camera, this.y[light]!));
			if (column < -radius || column > width + radius) continue;
			if (row < -radius || row > height + radius) continue;
			const ink = column < edge ? left : right;
			const at = 4 * light;
			const spot = this.#spots[ink[at + 3]! >> 4]!;
			const near = spot.radius;
			const isWhole = column >= near && column < width - near && row >= near && row < height - near;
			if (isWhole) add(bytes, spot, 4 * (row * width + column), ink, at);
			else addPart(field, spot, column, row, ink, at);
		}
	}

	#makeSpots(radius: number, scale: number, width: number): void {
		const core = coreOf(scale);
		const gain = gainOf(scale, this.#crowd, radius, core);
		this.#spots = Array.from({ length: SIZES }, (_, size) =>
			spotOf(Math.max(1.5, (radius * (size + 0.5)) / SIZES), core, gain, width),
		);
	}
}

/** `from`: the byte of its middle; `ink`: of all lights, `light`: the place of its own. */
function add(
	bytes: Uint8ClampedArray,
	{ offset, weights }: Spot,
	from: number,
	ink: Uint8Array,
	light: number,
): void {
	const [red, green, blue] = [ink[light]!, ink[light + 1]!, ink[light + 2]!];
	for (let index = 0; index < offset.length; index++) {
		const at = from + offset[index]!;
		const weight = weights[index]!;
		bytes[at]! += (red * weight) >> 8;
		bytes[at + 1]! += (green * weight) >> 8;
		bytes[at + 2]! += (blue * weight) >> 8;
	}
}

/** Of a light at the rim: the pixels within the field. */
function addPart(
	{ width, height, bytes }: Field,
	{ right, down, weights }: Spot,
	column: number,
	row: number,
	ink: Uint8Array,
	light: number,
): void {
	for (let index = 0; index < weights.length; index++) {
		const [x, y] = [column + right[index]!, row + down[index]!];
		if (x < 0 || x >= width || y < 0 || y >= height) continue;
		const at = 4 * (y * width + x);
		for (let part = 0; part < 3; part++)
			bytes[at + part]! += (ink[light + part]! * weights[index]!) >> 8;
	}
}

export function pixelPainter(
	canvas: HTMLCanvasElement,
	x: Float32Array,
	y: Float32Array,
): Painter | undefined {
	const context = canvas.getContext("2d", { alpha: false });
	if (!context) return undefined;
	const pixels = new PixelField(x, y);
	let field: ImageData | undefined;
	return {
		by: "pixels",
		resize(width, height) {
			canvas.width = Math.max(1, Math.round(width));
			canvas.height = Math.max(1, Math.round(height));
			field = context.createImageData(canvas.width, canvas.height);
		},
		paint(picture) {
			if (!field) return;
			pixels.paint({ width: field.width, height: field.height, bytes: field.data }, picture);
			context.putImageData(field, 0, 0);
		},
		close() {},
	};
}

/**
 * Pixel painter: the lights drawn into a field of bytes, where there is no graphics card.
 *
 * A light adds the weights of its radius to the pixels around it; the bytes saturate, which is what
 * makes a crowd of lights white. Nothing here but the last step asks a browser, so that it is tested
 * without one.
 */
import { columnOf, rowOf } from "./camera.js";
import { coreOf, NIGHT, type Painter, type Picture, radiusOf } from "./painter.js";

/** Sizes of a light for which weights are made. */
const SIZES = 16;

/** The weights of a light, 0 to 256, by row of a square around its middle. */
export interface Spot {
	readonly radius: number;
	readonly weights: Uint16Array;
}

export function spotOf(reach: number, core: number): Spot {
	const radius = Math.ceil(reach);
	const across = 2 * radius + 1;
	const weights = new Uint16Array(across * across);
	for (let nth = 0; nth < weights.length; nth++) {
		const [column, row] = [(nth % across) - radius, Math.floor(nth / across) - radius];
		const away = Math.hypot(column, row);
		const fall = Math.max(0, 1 - away / (reach + 0.5)) ** 2;
		const edge = Math.min(1, Math.max(0, (1.4 * core - away) / (0.8 * core)));
		weights[nth] = Math.round(256 * Math.min(1, 0.5 * fall + 0.75 * edge * edge * (3 - 2 * edge)));
	}
	return { radius, weights };
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
	#radius = 0;

	constructor(
		readonly x: Float32Array,
		readonly y: Float32Array,
	) {}

	paint(field: Field, { camera, edge, left, right }: Picture): void {
		const { width, height, bytes } = field;
		new Uint32Array(bytes.buffer).fill(OPAQUE_NIGHT);
		const radius = radiusOf(camera.scale, this.x.length, width * height);
		if (radius !== this.#radius) this.#makeSpots(radius, coreOf(camera.scale));
		for (let light = 0; light < this.x.length; light++) {
			const column = Math.round(columnOf(camera, this.x[light]!));
			const row = Math.round(rowOf(camera, this.y[light]!));
			if (column < -radius || column > width + radius) continue;
			if (row < -radius || row > height + radius) continue;
			const ink = column < edge ? left : right;
			const at = 4 * light;
			const spot = this.#spots[ink[at + 3]! >> 4]!;
			add(field, spot, column, row, ink[at]!, ink[at + 1]!, ink[at + 2]!);
		}
	}

	#makeSpots(radius: number, core: number): void {
		this.#radius = radius;
		this.#spots = Array.from({ length: SIZES }, (_, size) =>
			spotOf(Math.max(1.5, (radius * (size + 0.5)) / SIZES), core),
		);
	}
}

function add(
	{ width, height, bytes }: Field,
	{ radius, weights }: Spot,
	column: number,
	row: number,
	red: number,
	green: number,
	blue: number,
): void {
	const across = 2 * radius + 1;
	const from = Math.max(0, radius - column);
	const until = Math.min(across, width - column + radius);
	for (let down = Math.max(0, radius - row); down < across; down++) {
		const line = row - radius + down;
		if (line >= height) return;
		let at = 4 * (line * width + column - radius + from);
		for (let along = from; along < until; along++, at += 4) {
			const weight = weights[down * across + along]!;
			if (weight === 0) continue;
			bytes[at]! += (red * weight) >> 8;
			bytes[at + 1]! += (green * weight) >> 8;
			bytes[at + 2]! += (blue * weight) >> 8;
		}
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

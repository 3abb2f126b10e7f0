/**
 * Regions: the parts of the canvas that differ from the frame before, so that only they are painted.
 *
 * Their edges lie between device pixels: a clip there blends nothing, so a picture that is painted
 * by regions has the same pixels as one that is painted as a whole, but for the smoothed edge of a line that a clip cuts.
 */

/** In px of the canvas's box. */
export interface Region {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

interface Size {
	readonly width: number;
	readonly height: number;
	/** Device pixels of a px. */
	readonly ratio: number;
}

/** Beyond this share of the canvas one region is cheaper than several. */
const MOST = 0.6;

/** Within the canvas, widened to whole device pixels, none over another; empty ones left out. */
export function joined(regions: Iterable<Region>, size: Size): readonly Region[] {
	const apart: Region[] = [];
	for (const region of regions) {
		let wide = fitted(region, size);
		if (wide.left >= wide.right || wide.top >= wide.bottom) continue;
		for (let n = apart.length - 1; n >= 0; n--) {
			const other = apart[n]!;
			if (!overlap(other, wide)) continue;
			wide = around(other, wide);
			apart.splice(n, 1);
			n = apart.length; // the wider one may reach others
		}
		apart.push(wide);
	}
	const { width, height } = size;
	const area = apart.reduce((sum, region) => sum + areaOf(region), 0);
	return area > MOST * width * height ? [{ left: 0, top: 0, right: width, bottom: height }] : apart;
}

export function overlap(region: Region, other: Region): boolean {
	return (
		region.left < other.right &&
		other.left < region.right &&
		region.top < other.bottom &&
		other.top < region.bottom
	);
}

export function areaOf({ left, top, right, bottom }: Region): number {
	return (right - left) * (bottom - top);
}

function fitted({ left, top, right, bottom }: Region, { width, height, ratio }: Size): Region {
	return {
		left: Math.max(0, Math.floor(left * ratio) / ratio),
		top: Math.max(0, Math.floor(top * ratio) / ratio),
		right: Math.min(width, Math.ceil(right * ratio) / ratio),
		bottom: Math.min(height, Math.ceil(bottom * ratio) / ratio),
	};
}

function around(region: Region, other: Region): Region {
	return {
		left: Math.min(region.left, other.left),
		top: Math.min(region.top, other.top),
		right: Math.max(region.right, other.right),
		bottom: Math.max(region.bottom, other.bottom),
	};
}

/**
 * Drive: the share of full duty at which a lamp gives the maintained light of level 100, by the
 * settings of its luminaire (docs/architecture.md, An order; EN 13201-2), apart from the firmware.
 */

interface Luminaire {
	/** Per cent of the driver's output that gives level 100. */
	readonly virtualLightOutput?: number;
	/** Hours and light that remains, per cent of new: `0 100; 50000 80`; absent: not compensated. */
	readonly depreciation?: string;
	/** Hours of the LEDs before the run. */
	readonly hoursBefore?: number;
}

/** A run adds so few hours that the curve is a point of them. */
export function driveOf({
	virtualLightOutput = 100,
	depreciation = "",
	hoursBefore = 0,
}: Luminaire): number {
	return (virtualLightOutput / 100) * agedShare(depreciation, hoursBefore);
}

/** Light at the end of the curve by that of now; 1 without a curve and beyond its end. */
function agedShare(curve: string, hours: number): number {
	const points = curve.split(";").map((point) => point.trim().split(" ").map(Number));
	const last = points.at(-1)!;
	if (curve.trim() === "" || hours >= last[0]!) return 1;
	const index = points.findIndex(([at]) => at! > hours);
	const [[from, before], [to, after]] = [points[index - 1], points[index]] as [number[], number[]];
	const now = before! + ((after! - before!) * (hours - from!)) / (to! - from!);
	return last[1]! / now;
}

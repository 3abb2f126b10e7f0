/**
 * Chart paint: the parts of the timeline's charts that are no lines: darkness, lamps as a heat map,
 * power stacked by cause under the old lamps' line, and markers.
 */
import type uPlot from "uplot";
import type { Night } from "./history.js";
import { colourOf, HUES, OLD } from "./palette.js";
import type { Shown } from "./shown.js";

/** Below this daylight the sky counts as dark in the picture, lux. */
const DARK = 35;

/** The sky's light as an area, and the dark hours behind it. */
export function paintSky(plot: uPlot, { times, lux, step_s }: Night): void {
	const { ctx } = plot;
	const { top, height, left, width } = plot.bbox;
	ctx.save();
	ctx.beginPath();
	ctx.rect(left, top, width, height);
	ctx.clip();
	ctx.fillStyle = "rgba(120, 150, 220, 0.1)";
	for (let n = 0; n < times.length; n++) {
		if (lux[n]! >= DARK) continue;
		const from = times[n]!;
		while (n + 1 < times.length && lux[n + 1]! < DARK) n++;
		const x = plot.valToPos(from, "x", true);
		ctx.fillRect(x, top, plot.valToPos(times[n]! + step_s, "x", true) - x, height);
	}
	const fill = ctx.createLinearGradient(0, top, 0, top + height);
	fill.addColorStop(0, "rgba(143, 208, 255, 0.75)");
	fill.addColorStop(1, "rgba(143, 208, 255, 0.08)");
	ctx.fillStyle = fill;
	ctx.beginPath();
	ctx.moveTo(plot.valToPos(times[0]!, "x", true), top + height);
	times.forEach((time, n) => {
		const level = plot.valToPos(Math.max(0.1, lux[n]!), "y", true);
		ctx.lineTo(plot.valToPos(time, "x", true), Math.min(top + height, level));
	});
	ctx.lineTo(plot.valToPos(times.at(-1)!, "x", true), top + height);
	ctx.fill();
	ctx.restore();
}

/** One row a lamp; a column of the picture is a sample. */
export function paintLamps(plot: uPlot, night: Night): void {
	const { times, rows, levels, step_s } = night;
	const image = new ImageData(times.length, rows);
	for (let n = 0; n < times.length; n++)
		for (let row = 0; row < rows; row++) {
			const [red, green, blue] = colourOf(levels[n * rows + row]!);
			const at = (row * times.length + n) * 4;
			image.data[at] = red;
			image.data[at + 1] = green;
			image.data[at + 2] = blue;
			image.data[at + 3] = 255;
		}
	const canvas = document.createElement("canvas");
	canvas.width = times.length;
	canvas.height = rows;
	canvas.getContext("2d")!.putImageData(image, 0, 0);
	const { ctx } = plot;
	const { top, height, left, width } = plot.bbox;
	const from = plot.valToPos(times[0]!, "x", true);
	const to = plot.valToPos(times.at(-1)! + step_s, "x", true);
	ctx.save();
	ctx.beginPath();
	ctx.rect(left, top, width, height);
	ctx.clip();
	ctx.imageSmoothingEnabled = false;
	ctx.drawImage(canvas, from, top, to - from, height);
	if (height / rows > 12) {
		ctx.fillStyle = "rgba(9, 13, 26, 0.9)";
		for (let row = 1; row < rows; row++)
			ctx.fillRect(left, Math.round(top + (row * height) / rows), width, 1);
	}
	ctx.restore();
}

/** Watts by cause on one another, the old lamps' line, and the saving between. */
export function paintStack(plot: uPlot, night: Night): void {
	const { times, power, causes, oldPower, step_s } = night;
	const { ctx } = plot;
	const { top, height, left, width } = plot.bbox;
	const count = times.length;
	const below = new Float64Array(count);
	const x = (n: number) => plot.valToPos(times[n]!, "x", true);
	const endOf = (n: number) => plot.valToPos(times[n]! + step_s, "x", true);
	const y = (watts: number) => plot.valToPos(watts, "y", true);
	ctx.save();
	ctx.beginPath();
	ctx.rect(left, top, width, height);
	ctx.clip();
	const area = (upper: (n: number) => number, lower: (n: number) => number) => {
		ctx.beginPath();
		ctx.moveTo(x(0), y(upper(0)));
		for (let n = 0; n < count; n++) {
			ctx.lineTo(x(n), y(upper(n)));
			ctx.lineTo(endOf(n), y(upper(n)));
		}
		for (let n = count - 1; n >= 0; n--) {
			ctx.lineTo(endOf(n), y(lower(n)));
			ctx.lineTo(x(n), y(lower(n)));
		}
		ctx.fill();
	};
	causes.forEach((cause, index) => {
		const powerAt = (n: number) => power[n * causes.length + index]!;
		let isAny = false;
		for (let n = 0; n < count && !isAny; n++) isAny = powerAt(n) > 0.01;
		if (!isAny) return;
		ctx.fillStyle = HUES[cause] ?? HUES.none!;
		area(
			(n) => below[n]! + powerAt(n),
			(n) => below[n]!,
		);
		for (let n = 0; n < count; n++) below[n]! += powerAt(n);
	});
	ctx.fillStyle = "rgba(255, 157, 77, 0.1)";
	area(
		(n) => Math.max(oldPower[n]!, below[n]!),
		(n) => below[n]!,
	);
	ctx.strokeStyle = OLD;
	ctx.lineWidth = 1.5 * devicePixelRatio;
	ctx.beginPath();
	for (let n = 0; n < count; n++) {
		const height = y(oldPower[n]!);
		ctx.lineTo(x(n), height);
		ctx.lineTo(endOf(n), height);
	}
	ctx.stroke();
	ctx.restore();
}

/** Faults, orders and restarts on the lamps, and lamp and instant that were chosen. */
export function paintMarks(
	plot: uPlot,
	kind: string,
	{ log, chosen, instant, night }: Shown,
): void {
	const { ctx } = plot;
	const { top, height, left, width } = plot.bbox;
	const inside = (x: number) => x >= left && x <= left + width;
	ctx.save();
	if (instant !== undefined) {
		const x = plot.valToPos(instant / 1000, "x", true);
		ctx.fillStyle = "rgba(255, 255, 255, 0.85)";
		if (inside(x)) ctx.fillRect(x - 0.5, top, 1.5 * devicePixelRatio, height);
	}
	if (kind === "lamps" && night) {
		const each = height / night.rows;
		ctx.font = `${Math.round(Math.min(13, each) * devicePixelRatio)}px system-ui, sans-serif`;
		ctx.textAlign = "center";
		ctx.textBaseline = "middle";
		for (const { type, lamp, utc, side, flag } of log) {
			if (side !== "world" || flag === "end") continue;
			const [mark, hue] = type.startsWith("fault.")
				? ["▲", "#ff7f7f"]
				: type.startsWith("order.")
					? ["●", HUES.order!]
					: type === "restarted"
						? ["◆", "#8fd0ff"]
						: ["", ""];
			const x = plot.valToPos(utc / 1000, "x", true);
			if (!mark || !inside(x)) continue;
			const row = lamp === null ? 0 : Math.floor((lamp - 1) / night.lampsPerRow);
			const y = top + (row + 0.5) * each;
			ctx.lineWidth = 3 * devicePixelRatio;
			ctx.strokeStyle = "rgba(9, 13, 26, 0.9)";
			ctx.strokeText(mark, x, y);
			ctx.fillStyle = hue;
			ctx.fillText(mark, x, y);
		}
		if (chosen !== undefined) {
			const row = Math.floor((chosen - 1) / night.lampsPerRow);
			ctx.strokeStyle = "rgba(255, 255, 255, 0.85)";
			ctx.lineWidth = 1.5 * devicePixelRatio;
			ctx.strokeRect(left, top + row * each, width, each);
		}
	}
	ctx.restore();
}

/** Pole: a lamp's pole with its arm and head, marked when it is chosen or has no power. */
import { litBy } from "./colours.js";
import { type Layout, xOf } from "./layout.js";

interface PoleLook {
	readonly day: number;
	/** Light of the lamp, 0 to 1. */
	readonly light: number;
	readonly isChosen: boolean;
	readonly isPowered: boolean;
}

export function drawPole(
	c: CanvasRenderingContext2D,
	layout: Layout,
	lamp: number,
	{ day, light, isChosen, isPowered }: PoleLook,
): void {
	const { foot, head, metre } = layout;
	const x = xOf(layout, lamp);
	const tone = isChosen ? 1 : 0.16 + 0.7 * day + 0.3 * light;
	c.strokeStyle = litBy([158, 168, 186], tone);
	c.lineWidth = isChosen ? 3.5 : 2.5;
	c.lineCap = "round";
	const arm = metre * 0.75;
	c.beginPath();
	c.moveTo(x - arm, foot);
	c.lineTo(x - arm, head + arm * 0.6);
	c.quadraticCurveTo(x - arm, head - 3, x - arm * 0.2, head - 3);
	c.stroke();
	c.fillStyle = litBy([176, 184, 200], tone);
	c.beginPath();
	c.roundRect(x - 9, head - 6, 20, 5, 2.5);
	c.fill();
	if (isPowered) return;
	c.strokeStyle = "rgb(255, 139, 139)";
	c.lineWidth = 2;
	c.beginPath();
	c.moveTo(x - 6, head - 18);
	c.lineTo(x + 6, head - 30);
	c.moveTo(x + 6, head - 18);
	c.lineTo(x - 6, head - 30);
	c.stroke();
}

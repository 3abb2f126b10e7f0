/** Figures: pedestrians, bicycles and cars, drawn at (0, 0) on the ground, looking to the right. */
import { chance, litBy, WARM } from "./colours.js";

type Context = CanvasRenderingContext2D;

const COATS = [
	[196, 92, 84],
	[92, 140, 190],
	[204, 170, 92],
	[120, 164, 120],
	[180, 130, 180],
	[214, 214, 220],
] as const;
const SKIN = [222, 178, 148] as const;
const GREY = [120, 128, 142] as const;
const GLASS = [150, 186, 214] as const;

/** How far a figure, its light and its shadow reach from where it stands, px of the drawing. */
export const FIGURE_REACH: Readonly<Record<string, { back: number; ahead: number; up: number }>> = {
	p: { back: 12, ahead: 12, up: 32 },
	b: { back: 18, ahead: 60, up: 38 },
	c: { back: 40, ahead: 157, up: 34 },
};

/** Draws one road user. `light`: 0 to 1 around it; `night`: 1 with headlights on. */
export function drawUser(
	c: Context,
	kind: string,
	id: number,
	x_m: number,
	light: number,
	night: number,
): void {
	const coat = COATS[Math.floor(chance(id, 3) * COATS.length)]!;
	if (kind === "c") drawCar(c, coat, light, night);
	else if (kind === "b") drawBicycle(c, coat, x_m, light, night);
	else drawPedestrian(c, coat, x_m, light);
}

function drawPedestrian(c: Context, coat: (typeof COATS)[number], x: number, light: number): void {
	const swing = Math.sin(x * 4.2) * 5; // a stride of 1.5 m
	c.lineCap = "round";
	c.lineWidth = 3;
	c.strokeStyle = litBy(GREY, light);
	line(c, 0, -11, swing, 0);
	line(c, 0, -11, -swing, 0);
	c.strokeStyle = litBy(coat, light);
	c.lineWidth = 6;
	line(c, 0, -13, 0.5, -20);
	c.lineWidth = 2.5;
	line(c, 0, -20, -swing * 0.7, -13);
	c.fillStyle = litBy(SKIN, light);
	disc(c, 1, -26, 3.3);
}

function drawBicycle(
	c: Context,
	coat: (typeof COATS)[number],
	x: number,
	light: number,
	night: number,
): void {
	c.lineWidth = 1.6;
	c.strokeStyle = litBy(GREY, light);
	for (const wheel of [-9, 9]) {
		c.beginPath();
		c.arc(wheel, -6, 6, 0, 7);
		c.stroke();
	}
	c.beginPath();
	c.moveTo(-9, -6);
	c.lineTo(-3, -15);
	c.lineTo(6, -15);
	c.lineTo(0, -6);
	c.closePath();
	c.moveTo(5, -17);
	c.lineTo(9, -6);
	c.stroke();
	const turn = x * 1.6;
	c.lineWidth = 2.6;
	c.lineCap = "round";
	line(c, -3, -17, Math.cos(turn) * 3, -6 + Math.sin(turn) * 3);
	c.strokeStyle = litBy(coat, light);
	c.lineWidth = 5.5;
	line(c, -3, -18, 2, -27);
	c.lineWidth = 2.5;
	line(c, 2, -26, 7, -18);
	c.fillStyle = litBy(SKIN, light);
	disc(c, 4, -32, 3.2);
	if (night > 0.2) beam(c, 10, -16, 46, night * 0.5);
}

function drawCar(c: Context, coat: (typeof COATS)[number], light: number, night: number): void {
	c.fillStyle = litBy(coat, light);
	c.beginPath();
	c.roundRect(-34, -17, 68, 12, [6, 8, 4, 4]);
	c.fill();
	c.beginPath();
	c.moveTo(-24, -16);
	c.quadraticCurveTo(-18, -28, -8, -28);
	c.lineTo(6, -28);
	c.quadraticCurveTo(14, -27, 20, -16);
	c.fill();
	c.fillStyle = litBy(GLASS, light * 0.8);
	c.beginPath();
	c.moveTo(-18, -17);
	c.quadraticCurveTo(-14, -25, -8, -25);
	c.lineTo(-3, -25);
	c.lineTo(-3, -17);
	c.moveTo(0, -17);
	c.lineTo(0, -25);
	c.lineTo(6, -25);
	c.quadraticCurveTo(11, -24, 15, -17);
	c.fill();
	for (const wheel of [-20, 20]) {
		c.fillStyle = litBy([34, 36, 42], light);
		disc(c, wheel, -5, 6);
		c.fillStyle = litBy(GREY, light);
		disc(c, wheel, -5, 2.6);
	}
	if (night <= 0.2) return;
	beam(c, 33, -12, 120, night);
	c.fillStyle = "rgba(255, 60, 50, 0.9)";
	disc(c, -33, -13, 2);
}

/** A headlight and its light on the ground. */
function beam(c: Context, x: number, y: number, reach: number, night: number): void {
	c.save();
	c.globalCompositeOperation = "lighter";
	const light = c.createLinearGradient(x, 0, x + reach, 0);
	light.addColorStop(0, `rgba(230, 238, 255, ${0.28 * night})`);
	light.addColorStop(1, "rgba(230, 238, 255, 0)");
	c.fillStyle = light;
	c.beginPath();
	c.moveTo(x, y);
	c.lineTo(x + reach, y - 4);
	c.lineTo(x + reach, 6);
	c.closePath();
	c.fill();
	c.restore();
	c.fillStyle = `rgb(${WARM.join()})`;
	disc(c, x, y, 2);
}

function line(c: Context, x1: number, y1: number, x2: number, y2: number): void {
	c.beginPath();
	c.moveTo(x1, y1);
	c.lineTo(x2, y2);
	c.stroke();
}

function disc(c: Context, x: number, y: number, radius: number): void {
	c.beginPath();
	c.arc(x, y, radius, 0, 7);
	c.fill();
}

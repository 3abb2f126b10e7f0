/**
 * Map labels: over the lights, the names of districts, then of streets, then the poles with level
 * and cause.
 */
import { HUES, SOFT } from "../../sim/page/client/prove/palette.js";
import type { Speech } from "../../sim/page/client/words.js";
import { type Camera, columnOf, POLES_FROM, rowOf, type Size } from "./camera.js";
import { changeAt, FULL, levelOf, type Night, type Town, timeOf } from "./decoded.js";
import type { TownState } from "./townstate.js";

/** Pixels a metre from which names of streets are drawn instead of districts. */
const STREETS_FROM = 0.16;
const NAMES_MOST = 44;
const POLES_MOST = 700;
/** Pixels a metre from which each pole has its level beside it. */
const LEVELS_FROM = 2.6;
const FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
const LIT = "#eaeefa";
const HALO = "rgba(4, 6, 13, 0.85)";

type Rect = readonly [left: number, top: number, right: number, bottom: number];

/** A name with the light at which it stands, the most important first. */
interface Anchor {
	readonly name: string;
	readonly x: number;
	readonly y: number;
}

export class MapLabels {
	readonly #districts: readonly Anchor[];
	readonly #streets: readonly Anchor[];
	#taken: Rect[] = [];

	constructor(readonly town: Town) {
		this.#districts = districtAnchors(town);
		this.#streets = streetAnchors(town);
	}

	/** Poles with their levels are drawn. */
	isTimed({ scale }: Camera, { street }: TownState): boolean {
		return scale >= POLES_FROM || street !== undefined;
	}

	draw(c: CanvasRenderingContext2D, map: Size, camera: Camera, state: TownState, speech: Speech) {
		c.clearRect(0, 0, map.width, map.height);
		this.#taken = [];
		c.textAlign = "center";
		c.textBaseline = "middle";
		c.lineJoin = "round";
		if (state.street !== undefined) this.#chosenStreet(c, camera, state.street);
		if (this.isTimed(camera, state)) this.#poles(c, map, camera, state, speech);
		const anchors = camera.scale < STREETS_FROM ? this.#districts : this.#streets;
		const size = camera.scale < STREETS_FROM ? 13 : 12;
		c.font = `${camera.scale < STREETS_FROM ? 500 : 400} ${size}px ${FONT}`;
		let drawn = 0;
		for (const { name, x, y } of anchors) {
			const [column, row] = [columnOf(camera, x), rowOf(camera, y)];
			if (column < 0 || column > map.width || row < 0 || row > map.height) continue;
			if (this.#write(c, name, column, row - (camera.scale < STREETS_FROM ? 0 : 14), SOFT)) drawn++;
			if (drawn >= NAMES_MOST) break;
		}
	}

	/** @returns false where another name stands already */
	#write(c: CanvasRenderingContext2D, text: string, x: number, y: number, colour: string): boolean {
		const half = c.measureText(text).width / 2 + 5;
		const rect: Rect = [x - half, y - 9, x + half, y + 9];
		const isFree = this.#taken.every(
			([left, top, right, bottom]) =>
				rect[2] < left || rect[0] > right || rect[3] < top || rect[1] > bottom,
		);
		if (!isFree) return false;
		this.#taken.push(rect);
		c.strokeStyle = HALO;
		c.lineWidth = 3.5;
		c.strokeText(text, x, y);
		c.fillStyle = colour;
		c.fillText(text, x, y);
		return true;
	}

	#chosenStreet(c: CanvasRenderingContext2D, camera: Camera, street: number): void {
		const { x, y, lightsOf } = this.town;
		c.beginPath();
		for (const [index, light] of (lightsOf[street] ?? []).entries())
			c[index === 0 ? "moveTo" : "lineTo"](columnOf(camera, x[light]!), rowOf(camera, y[light]!));
		c.strokeStyle = "rgba(234, 238, 250, 0.13)";
		c.lineWidth = Math.min(34, Math.max(10, 9 * camera.scale));
		c.lineCap = "round";
		c.stroke();
	}

	/** Each pole in sight, from afar those of the chosen street: a ring in the hue of its cause, and its level. */
	#poles(
		c: CanvasRenderingContext2D,
		map: Size,
		camera: Camera,
		state: TownState,
		speech: Speech,
	): void {
		const { x, y, count, street } = this.town;
		const edge = (state.split / 100) * map.width;
		const shown: (readonly [column: number, row: number, text: string])[] = [];
		for (let light = 0, drawn = 0; light < count && drawn < POLES_MOST; light++) {
			const isOwn = street[light] === state.street;
			if (!isOwn && camera.scale < POLES_FROM) continue;
			const [column, row] = [columnOf(camera, x[light]!), rowOf(camera, y[light]!)];
			if (column < -9 || column > map.width + 9 || row < -9 || row > map.height + 9) continue;
			drawn++;
			const night = column < edge ? state.leftNight : state.rightNight;
			const isOut = state.isOut(light);
			const { level, cause } = night ? lightNow(night, light, state.clock.at) : DARK;
			const isChosen = light === state.light;
			const isLevel = isChosen || isOwn || camera.scale >= LEVELS_FROM;
			const radius = isChosen ? 9 : isLevel ? 5.5 : 3.5;
			c.beginPath();
			c.arc(column, row, radius, 0, 2 * Math.PI);
			c.lineWidth = isChosen ? 3 : 2;
			c.strokeStyle = HUES[isOut ? "fault" : cause] ?? HUES.none!;
			c.stroke();
			this.#taken.push([column - radius, row - radius, column + radius, row + radius]);
			if (isLevel) shown.push([column, row, speech.percent(isOut ? 0 : Math.round(100 * level))]);
		}
		c.font = `600 11px ${FONT}`;
		for (const [column, row, text] of shown)
			if (!this.#write(c, text, column, row + 17, LIT)) this.#write(c, text, column + 27, row, LIT);
	}
}

const DARK = { level: 0, cause: "none", since: undefined } as const;

interface LightNow {
	/** 0 to 1. */
	readonly level: number;
	readonly cause: string;
	/** Seconds of the night at which it took this cause or level; undefined: before the first. */
	readonly since: number | undefined;
}

export function lightNow(night: Night, light: number, at: number): LightNow {
	const time = timeOf(night, light, at);
	const change = changeAt(night, light, time);
	if (change < 0) return DARK;
	const since = at - (time - night.t[change]!);
	return {
		level: levelOf(night, change, time) / FULL,
		cause: night.served.causes[night.cause[change]!] ?? "none",
		since:
			at >= night.shiftFrom_s
				? Math.max(since, Math.min(at, night.t[change]!, night.shiftFrom_s))
				: since,
	};
}

function districtAnchors({ served, district, x, y, count }: Town): readonly Anchor[] {
	const sums = served.districts.map((name) => ({ name, x: 0, y: 0, lights: 0 }));
	for (let light = 0; light < count; light++) {
		const sum = sums[district[light]!];
		if (!sum) continue;
		sum.x += x[light]!;
		sum.y += y[light]!;
		sum.lights++;
	}
	return sums
		.filter(({ lights }) => lights > 0)
		.sort((a, b) => b.lights - a.lights)
		.map((sum) => ({ name: sum.name, x: sum.x / sum.lights, y: sum.y / sum.lights }));
}

function streetAnchors({ served, lightsOf, x, y }: Town): readonly Anchor[] {
	return served.streets
		.map(({ name }, index) => ({ name, lights: lightsOf[index]! }))
		.filter(({ name, lights }) => name !== "" && lights.length > 2)
		.sort((a, b) => b.lights.length - a.lights.length)
		.map(({ name, lights }) => {
			const middle = lights[lights.length >> 1]!;
			return { name, x: x[middle]!, y: y[middle]! };
		});
}

/**
 * Streets: the lights of a town by street, each in order and with its distances.
 *
 * A street is a name, in one piece: lights of the same name with a gap between them are two streets,
 * because a merged commune has several of a name. Lights without a name take that of the nearest
 * centre line, where there is a file of them. A town without any name is divided into squares.
 */
import type { Account } from "./account.js";
import { along } from "./alongstreet.js";
import type { NamedLines } from "./centrelines.js";
import type { Light } from "./lights.js";

type Point = readonly [x: number, y: number];

/** Gap that ends a street, m: more than an unlit crossing, less than the way to the next village. */
const GAP = 200;
/** Side of a square, m: about a block. */
const SQUARE = 150;

export interface StreetOfLights {
	readonly name: string;
	/** Places of its lights, in order. */
	readonly lights: readonly number[];
	/** Metres of each from the first. */
	readonly at_m: readonly number[];
}

export interface Streets {
	readonly streets: readonly StreetOfLights[];
	/** Places of lights without a street. */
	readonly without: readonly number[];
}

/** `points`: the lights on the ground, m. */
export function streetsOf(
	lights: readonly Light[],
	points: readonly Point[],
	lines: NamedLines | undefined,
	account: Account,
): Streets {
	let named = 0;
	const names = lights.map(({ street }, index) => {
		if (street !== "" || !lines) return street;
		const near = lines.nearest(points[index]!) ?? "";
		if (near !== "") named++;
		return near;
	});
	account.add("assumed", "nearestLine", { count: named });
	const hasNames = names.some((name) => name !== "");
	if (!hasNames && lights.length > 0) account.add("assumed", "squares");
	const byName = new Map<string, number[]>();
	const without: number[] = [];
	for (const [index, nameOfLight] of names.entries()) {
		const name = hasNames ? nameOfLight : squareOf(points[index]!);
		if (name === "") without.push(index);
		else if (byName.has(name)) byName.get(name)!.push(index);
		else byName.set(name, [index]);
	}
	account.add("left", "withoutStreet", { count: without.length });
	const streets = [...byName].flatMap(([name, members]) =>
		piecesOf(members, points).map((piece) => streetOf(name, piece, points)),
	);
	return { streets: sorted(streets, points), without };
}

/** In an order that does not depend on that of the file. */
function sorted(streets: StreetOfLights[], points: readonly Point[]): StreetOfLights[] {
	const first = ({ lights }: StreetOfLights) => points[lights[0]!]!;
	return streets.sort((a, b) => {
		if (a.name !== b.name) return a.name < b.name ? -1 : 1;
		return first(a)[0] - first(b)[0] || first(a)[1] - first(b)[1];
	});
}

function streetOf(name: string, piece: readonly number[], points: readonly Point[]) {
	const { order, at_m } = along(piece.map((index) => points[index]!));
	return { name, lights: order.map((index) => piece[index]!), at_m };
}

const squareOf = ([x, y]: Point): string => `${Math.floor(x / SQUARE)}/${Math.floor(y / SQUARE)}`;

/** Lights in pieces without a gap: cells of a grid that touch, joined. */
function piecesOf(members: readonly number[], points: readonly Point[]): number[][] {
	const cells = new Map<string, number[]>();
	for (const index of members) {
		const [x, y] = points[index]!;
		const key = `${Math.floor(x / GAP)} ${Math.floor(y / GAP)}`;
		const cell = cells.get(key);
		if (cell) cell.push(index);
		else cells.set(key, [index]);
	}
	const pieces: number[][] = [];
	const waiting: string[] = [];
	for (const start of [...cells.keys()]) {
		if (!cells.has(start)) continue;
		const piece: number[] = [];
		waiting.push(start);
		for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
			const cell = cells.get(key);
			if (!cell) continue;
			cells.delete(key);
			piece.push(...cell);
			const [x, y] = key.split(" ").map(Number) as [number, number];
			for (let dx = -1; dx <= 1; dx++)
				for (let dy = -1; dy <= 1; dy++) waiting.push(`${x + dx} ${y + dy}`);
		}
		pieces.push(piece);
	}
	return pieces;
}

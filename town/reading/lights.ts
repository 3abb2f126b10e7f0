/**
 * Lights: the rows of a table as lights on the ground; each fault with its line.
 *
 * A row without a usable position is left out; an unusable value of another field makes that value
 * unknown. The system is the mapping's or the file's, else the one that fits the median position.
 * Rows far from that median are no lights of the town, and the likely reason is named.
 */

import { flatOf } from "../../lib/plane.js";
import type { Account } from "./account.js";
import { amountOf, wattsOf } from "./amounts.js";
import {
	isInEurope,
	isOnLand,
	isSwapped,
	type Position,
	projectionOf,
	systemFor,
} from "./coordinates.js";
import { type Field, type Mapping, SYSTEMS, type SystemName, systemTitle } from "./mapping.js";
import type { Table, TableRow } from "./tablerow.js";

export interface Light {
	readonly line: number;
	/** WGS 84, degrees. */
	readonly lon: number;
	readonly lat: number;
	readonly street: string;
	readonly district: string;
	readonly cabinet: string;
	/** NaN: unknown. */
	readonly watts: number;
	/** The lamp is one that an LED would replace. */
	readonly isOld: boolean;
	/** Motor vehicles a day; NaN: not counted. */
	readonly vehicles: number;
	readonly lightingClass: string;
}

/** Beyond this from the town's middle, m, no light is the town's. */
const FAR = 60_000;
/** No luminaire of a street has more, W. */
const WATTS_MOST = 2_000;
/** No road has more, a day. */
const VEHICLES_MOST = 300_000;
/** Files in millimetres are recognised by it. */
const MILLI = 1_000;

/** Lights that light no carriageway, by the words of their kind. */
const OFF_ROAD: readonly (readonly [RegExp, string])[] = [
	[/projecteur|flood|\bspot|searchlight|proiettore/i, "floodlights"],
	[/borne|bollard|balise/i, "bollards"],
	[/encastr|in-?ground|recessed|\bground\b|incasso/i, "groundLights"],
];
/** Lamps that an LED replaces, by name. */
const OLD_LAMPS =
	/sodi|\bs(ap|hp|bp|on|ox)\b|merc|\bhps?\b|\bhpl|iod|halog|metal|fluo|\bcpo|\bcdo|cosmo/i;
/** A column that numbers the lights: two equal rows are one light entered twice. */
const NUMBER_COLUMN =
	/^(@?id|n[o°]|nr|num|numero|numéro|number|ref|code|recno|objectid|fid|pole|mat|mât)$/i;
const FORMULA = /^#(REF|N\/?A|NAME|VALUE|DIV|NUM|NULL|NOM|VALEUR)/i;

export interface Lights {
	readonly lights: readonly Light[];
	readonly system: SystemName;
}

type Cells = (field: Field, row: TableRow) => string;

/** The lights of a table; the key of a sentence if it holds none. */
export function lightsOf(table: Table, mapping: Mapping, account: Account): Lights | string {
	const { columns } = mapping;
	const places = new Map(
		Object.entries(columns).map(([field, name]) => [field, table.columns.indexOf(name)]),
	);
	if (!((places.get("x") ?? -1) >= 0 && (places.get("y") ?? -1) >= 0)) return "noPosition";
	const cell: Cells = (field, { cells }) => cells[places.get(field) ?? -1] ?? "";
	const completeRows = table.unit === "line" ? wholeRows(table, account) : table.rows;
	const raw = completeRows.map(
		(row): Position => [amountOf(cell("x", row)), amountOf(cell("y", row))],
	);
	const known = raw.filter(([x, y]) => !Number.isNaN(x + y) && (x !== 0 || y !== 0));
	if (known.length === 0) return raw.some(([x, y]) => x === 0 && y === 0) ? "allZero" : "noNumbers";
	const axes = axesOf(medianOf(known), mapping.system);
	if (!axes) return "noSystem";
	const { system, swap } = axes;
	if (swap) account.add("assumed", "swapped");
	const ground = new Ground(system, medianOf(known.map((position) => turned(position, swap))));
	const lights: Light[] = [];
	const seen = new Map<string, number>();
	const off = new Map<string, number>();
	const hasNumbers = table.columns.some((column) => NUMBER_COLUMN.test(column));
	let together = 0;
	for (const [index, row] of completeRows.entries()) {
		const { line } = row;
		const position = turned(raw[index]!, swap);
		const why = faultOf(position, cell, row) ?? ground.faultOf(position);
		if (why) {
			account.error(why.key, line, why.text);
			continue;
		}
		const same = row.cells.join("\t");
		const first = seen.get(same);
		if (first !== undefined && hasNumbers) {
			account.error("double", line, String(first));
			continue;
		}
		if (first === undefined) seen.set(same, line);
		else together++;
		const kind = cell("kind", row);
		const left = OFF_ROAD.find(([pattern]) => pattern.test(kind))?.[1];
		if (left !== undefined) off.set(left, (off.get(left) ?? 0) + 1);
		else lights.push(lightOf(row, ground.place(position), cell, account));
	}
	account.add("assumed", "together", { count: together });
	const count = [...off.values()].reduce((sum, kept) => sum + kept, lights.length);
	account.add("read", "lights", { count });
	for (const [key, count] of off) account.add("left", key, { count });
	return { lights, system };
}

/** Rows with as many cells as columns; one more, empty, is the separator at the end of the line. */
function wholeRows({ rows, columns }: Table, account: Account): readonly TableRow[] {
	return rows.filter(({ line, cells }) => {
		const extra = cells.slice(columns.length).filter((cell) => cell !== "");
		if (cells.length < columns.length) account.error("fewCells", line, String(cells.length));
		else if (extra.length > 0) account.error("manyCells", line, String(cells.length));
		else return true;
		return false;
	});
}

const turned = ([x, y]: Position, swap: boolean): Position => (swap ? [y, x] : [x, y]);

function medianOf(positions: readonly Position[]): Position {
	const middle = (axis: 0 | 1) =>
		Float64Array.from(positions, (position) => position[axis]).sort()[
			Math.floor(positions.length / 2)
		]!;
	return [middle(0), middle(1)];
}

function axesOf(
	median: Position,
	given: SystemName | undefined,
): { readonly system: SystemName; readonly swap: boolean } | undefined {
	const [x, y] = median;
	const system = given ?? systemFor(median) ?? systemFor([y, x]);
	if (!system) return undefined;
	const swap = isSwapped(system, median);
	// a file may state the system of another country: then its numbers need not be of that land
	const isStated = given !== undefined && isInEurope(system, median);
	return swap || isStated || isOnLand(system, median) ? { system, swap } : undefined;
}

interface Fault {
	readonly key: string;
	readonly text?: string;
}

/** Faults of the cells themselves. */
function faultOf([x, y]: Position, cell: Cells, row: TableRow): Fault | undefined {
	for (const [field, value] of [
		["x", x],
		["y", y],
	] as const)
		if (Number.isNaN(value)) {
			const text = cell(field, row);
			return text === "" ? { key: "emptyPosition" } : { key: "notNumber", text };
		}
	return x === 0 && y === 0 ? { key: "zero" } : undefined;
}

/** The town's surroundings, in which positions are judged. */
class Ground {
	readonly #middle: Position;
	readonly #flat: ReturnType<typeof flatOf>;

	constructor(
		private readonly system: SystemName,
		median: Position,
	) {
		this.#middle = projectionOf(system).toWgs84(median);
		this.#flat = flatOf(this.#middle);
	}

	place(position: Position): Position {
		return this.#project(this.system, position);
	}

	faultOf(position: Position): Fault | undefined {
		if (this.#isNear(this.system, position)) return undefined;
		const [x, y] = position;
		if (this.#isNear(this.system, [y, x])) return { key: "swappedRow" };
		const other = SYSTEMS.find((name) => name !== this.system && this.#isNear(name, position));
		if (other) return { key: "otherSystem", text: systemTitle(other) };
		if (this.#isNear(this.system, [x / MILLI, y / MILLI])) return { key: "millimetres" };
		return { key: isOnLand(this.system, position) ? "far" : "outside" };
	}

	#isNear(system: SystemName, position: Position): boolean {
		if (system !== this.system && !isOnLand(system, position)) return false;
		const [east, north] = this.#flat(this.#project(system, position));
		return Math.hypot(east, north) <= FAR;
	}

	readonly #projections = new Map<SystemName, ReturnType<typeof projectionOf>>();
	#project(system: SystemName, position: Position): Position {
		let projection = this.#projections.get(system);
		if (!projection) {
			projection = projectionOf(system);
			this.#projections.set(system, projection);
		}
		return projection.toWgs84(position);
	}
}

function lightOf(row: TableRow, [lon, lat]: Position, cell: Cells, account: Account): Light {
	const { line } = row;
	const name = (field: Field) => nameIn(cell(field, row), line, account);
	const amount = (field: Field, read: (cell: string) => number, most: number) => {
		const text = cell(field, row);
		if (text === "") return NaN;
		const value = read(text);
		if (value >= 0 && value <= most) return value;
		const key = Number.isNaN(value) ? "NotNumber" : value < 0 ? "Negative" : "TooLarge";
		account.error(`${field}${key}`, line, text);
		return NaN;
	};
	return {
		line,
		lon,
		lat,
		street: name("street"),
		district: name("district"),
		cabinet: name("cabinet"),
		watts: amount("watts", wattsOf, WATTS_MOST) || NaN,
		isOld: OLD_LAMPS.test(cell("lamp", row)),
		vehicles: amount("traffic", amountOf, VEHICLES_MOST),
		lightingClass: cell("class", row).toUpperCase(),
	};
}

/** A name; that of a broken formula or encoding is unknown. */
function nameIn(text: string, line: number, account: Account): string {
	if (FORMULA.test(text)) account.error("formula", line, text);
	else if (/[\ufffd\p{Cc}]/u.test(text)) account.error("garbled", line, text);
	else return text;
	return "";
}

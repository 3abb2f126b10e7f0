/** Districts: the figures of each district as a table, sorted as asked; with the light of the instant shown, it says in words what the map shows. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { optionOf } from "../../lib/lightingoptions/options.js";
import type { Range } from "../../lib/lightingoptions/range.js";
import { three } from "../../sim/page/client/decide/figuretext.js";
import { useSpeech } from "../../sim/page/client/state/street.js";
import type { Speech } from "../../sim/page/client/words.js";
import type { NightRow } from "../townmessages.js";
import { changeAt, FULL, levelOf, type Night, type Town, timeOf } from "./decoded.js";
import { OriginMark, rangeText } from "./numbers.js";
import { town, useTown } from "./usetown.js";

const COLUMNS = ["name", "lights", "now", "mwh", "passages", "dark", "below", "faults"] as const;
type Column = (typeof COLUMNS)[number];
/** The light of the instant is computed anew so often while the night plays, ms. */
const FRESH = 500;

interface Row {
	readonly name: string;
	readonly row: NightRow;
	readonly now: Now;
}

/** Of a district at an instant: mean level, 0 to 1, and lights without power. */
interface Now {
	readonly level: number;
	readonly faults: number;
}

export function Districts(): JSX.Element | null {
	const speech = useSpeech();
	const shownTown = useTown((state) => state.town);
	const night = useTown((state) => state.rightNight);
	const [by, setBy] = useState<Column>("lights");
	const [isRising, setRising] = useState(false);
	const now = useNow(shownTown, night);
	const rows = useMemo(
		() =>
			shownTown && night && now ? sorted(rowsOf(shownTown, night, now, speech), by, isRising) : [],
		[shownTown, night, now, by, isRising, speech],
	);
	const columns = COLUMNS.filter(
		(column) => column !== "mwh" || night?.served.figures.some((row) => row.mwhYear),
	);
	const cells = useMemo(
		() => fixedCells(night?.served.figures ?? [], columns, speech),
		[night, columns.length, speech],
	);
	if (!shownTown || !night || rows.length === 0) return null;
	const choose = (column: Column) => {
		if (column === by) setRising(!isRising);
		else {
			setBy(column);
			setRising(column === "name");
		}
	};
	return (
		<section class="card districts" aria-labelledby="districts">
			<h3 id="districts">
				{speech.say("town.districts", { option: speech.text(optionOf(night.served.option).title) })}
			</h3>
			<table>
				<thead>
					<tr>
						{columns.map((column) => (
							<th
								scope="col"
								key={column}
								aria-sort={by === column ? (isRising ? "ascending" : "descending") : undefined}
							>
								<button type="button" class="link sort" onClick={() => choose(column)}>
									{speech.say(`town.col.${column}`)}
									<span aria-hidden="true">{by === column ? (isRising ? " ▴" : " ▾") : ""}</span>
								</button>
							</th>
						))}
						<th scope="col">{speech.say("town.col.origin")}</th>
					</tr>
				</thead>
				<tbody>
					{rows.map((shownRow) => (
						<tr key={shownRow.name} class={shownRow.row.district < 0 ? "all" : ""}>
							{columns.map((column) =>
								column === "name" ? (
									<th scope="row" key={column}>
										{shownRow.name}
									</th>
								) : isTimed(column) ? (
									<td key={column} data-head={speech.say(`town.col.${column}`)}>
										<span>{textNow(shownRow.now, column, speech)}</span>
									</td>
								) : (
									cells.get(shownRow.row)?.get(column)
								),
							)}
							<td data-head={speech.say("town.col.origin")}>
								<OriginMark origin={shownRow.row.origin} />
							</td>
						</tr>
					))}
				</tbody>
			</table>
			<p class="how">{speech.say("town.districtsHow")}</p>
		</section>
	);
}

/** Columns of the instant shown. */
type Timed = "now" | "faults";
const isTimed = (column: Column): column is Timed => column === "now" || column === "faults";

const textNow = ({ level, faults }: Now, column: Timed, speech: Speech): string =>
	column === "now" ? speech.percent(Math.round(100 * level)) : speech.number(faults, 0);

type Cells = ReadonlyMap<Column, JSX.Element>;

/** Cells that stay as they are while the night plays: made once, so that they are not compared again. */
function fixedCells(
	figures: readonly NightRow[],
	columns: readonly Column[],
	speech: Speech,
): ReadonlyMap<NightRow, Cells> {
	const ranged = (range: Range | undefined) =>
		range ? (
			<>
				{three(range.mid, speech)} <small>{rangeText(range, speech)}</small>
			</>
		) : (
			<>–</>
		);
	const cellOf = ({ lights, mwhYear, passagesDark, darkHours, belowClass_h }: NightRow) => ({
		lights: <>{speech.number(lights, 0)}</>,
		mwh: ranged(mwhYear),
		passages: ranged(passagesDark),
		dark: ranged(darkHours),
		below: ranged(belowClass_h),
	});
	return new Map(
		figures.map((row) => {
			const shownCell = cellOf(row);
			const cells = columns.flatMap((column): [Column, JSX.Element][] =>
				column === "name" || isTimed(column)
					? []
					: [
							[
								column,
								<td key={column} data-head={speech.say(`town.col.${column}`)}>
									<span>{shownCell[column]}</span>
								</td>,
							],
						],
			);
			return [row, new Map(cells)];
		}),
	);
}

function rowsOf(
	shownTown: Town,
	night: Night,
	now: ReadonlyMap<number, Now>,
	speech: Speech,
): Row[] {
	return night.served.figures.map((row) => ({
		name: shownTown.served.districts[row.district] ?? speech.say("town.whole.row"),
		row,
		now: now.get(row.district) ?? { level: 0, faults: 0 },
	}));
}

/** The whole town stays last. */
function sorted(rows: Row[], by: Column, isRising: boolean): Row[] {
	const figureOf = ({ row, now }: Row): number =>
		({
			name: 0,
			lights: row.lights,
			now: now.level,
			mwh: row.mwhYear?.mid ?? 0,
			passages: row.passagesDark.mid,
			dark: row.darkHours.mid,
			below: row.belowClass_h.mid,
			faults: now.faults,
		})[by];
	const isTown = ({ row }: Row) => (row.district < 0 ? 1 : 0);
	return rows.sort((a, b) => {
		const rising = by === "name" ? a.name.localeCompare(b.name) : figureOf(a) - figureOf(b);
		return isTown(a) - isTown(b) || (isRising ? rising : -rising);
	});
}

/** Light and faults by district, -1 for the town; anew while time passes, but not in each frame. */
function useNow(shownTown: Town | undefined, night: Night | undefined) {
	const version = useTown((state) => state.version);
	const [now, setNow] = useState<ReadonlyMap<number, Now>>();
	useEffect(() => {
		if (!shownTown || !night) return undefined;
		const look = () => setNow(lightNow(shownTown, night));
		const timer = setTimeout(look, now ? FRESH : 0);
		const fresh = setInterval(() => town.clock.isPlaying && look(), FRESH);
		return () => {
			clearTimeout(timer);
			clearInterval(fresh);
		};
	}, [shownTown, night, version]);
	return now;
}

function lightNow(shownTown: Town, night: Night): ReadonlyMap<number, Now> {
	const sums = shownTown.served.districts.map(() => ({ level: 0, lights: 0, faults: 0 }));
	const all = { level: 0, lights: 0, faults: 0 };
	const { at } = town.clock;
	for (let light = 0; light < shownTown.count; light++) {
		const isOut = town.isOut(light);
		const time = timeOf(night, light, at);
		const change = isOut ? -1 : changeAt(night, light, time);
		const level = change < 0 ? 0 : levelOf(night, change, time) / FULL;
		const isFault = isOut || night.served.causes[night.cause[change] ?? -1] === "fault";
		for (const sum of [all, sums[shownTown.district[light]!]]) {
			if (!sum) continue;
			sum.level += level;
			sum.lights++;
			if (isFault) sum.faults++;
		}
	}
	const mean = ({ level, lights, faults }: typeof all): Now => ({
		level: level / Math.max(1, lights),
		faults,
	});
	return new Map([[-1, mean(all)], ...sums.map((sum, index) => [index, mean(sum)] as const)]);
}

/** Districts: the figures of each district as a table, sorted as asked; with the light of the instant shown, it says in words what the map shows. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Range } from "../../../../lib/ways/range.js";
import { wayOf } from "../../../../lib/ways/ways.js";
import type { NightRow } from "../../../town/served.js";
import { three } from "../decide/figuretext.js";
import { useSpeech } from "../state/street.js";
import type { Speech } from "../words.js";
import { changeAt, FULL, levelOf, type Night, type Town, timeOf } from "./decoded.js";
import { rangeText, SaidMark } from "./numbers.js";
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
	const own = useTown((state) => state.town);
	const night = useTown((state) => state.rightNight);
	const [by, setBy] = useState<Column>("lights");
	const [isRising, setRising] = useState(false);
	const now = useNow(own, night);
	const rows = useMemo(
		() => (own && night && now ? sorted(rowsOf(own, night, now, speech), by, isRising) : []),
		[own, night, now, by, isRising, speech],
	);
	if (!own || !night || rows.length === 0) return null;
	const choose = (column: Column) => {
		if (column === by) setRising(!isRising);
		else {
			setBy(column);
			setRising(column === "name");
		}
	};
	const columns = COLUMNS.filter(
		(column) => column !== "mwh" || rows.some(({ row }) => row.mwhYear),
	);
	return (
		<section class="card districts" aria-labelledby="districts">
			<h3 id="districts">
				{speech.say("town.districts", { way: speech.text(wayOf(night.served.way).title) })}
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
						<th scope="col">{speech.say("town.col.said")}</th>
					</tr>
				</thead>
				<tbody>
					{rows.map((one) => (
						<tr key={one.name} class={one.row.district < 0 ? "all" : ""}>
							{columns.map((column) =>
								column === "name" ? (
									<th scope="row" key={column}>
										{one.name}
									</th>
								) : (
									<td key={column} data-head={speech.say(`town.col.${column}`)}>
										<span>
											<Cell one={one} column={column} speech={speech} />
										</span>
									</td>
								),
							)}
							<td data-head={speech.say("town.col.said")}>
								<SaidMark said={one.row.said} />
							</td>
						</tr>
					))}
				</tbody>
			</table>
			<p class="how">{speech.say("town.districtsHow")}</p>
		</section>
	);
}

interface CellProps {
	readonly one: Row;
	readonly column: Exclude<Column, "name">;
	readonly speech: Speech;
}

function Cell({ one: { row, now }, column, speech }: CellProps): JSX.Element {
	const ranged = (range: Range | undefined) =>
		range ? (
			<>
				{three(range.mid, speech)} <small>{rangeText(range, speech)}</small>
			</>
		) : (
			<>–</>
		);
	switch (column) {
		case "lights":
			return <>{speech.number(row.lights, 0)}</>;
		case "now":
			return <>{speech.percent(Math.round(100 * now.level))}</>;
		case "faults":
			return <>{speech.number(now.faults, 0)}</>;
		case "mwh":
			return ranged(row.mwhYear);
		case "passages":
			return ranged(row.passagesDark);
		case "dark":
			return ranged(row.darkHours);
		case "below":
			return ranged(row.belowClass_h);
	}
}

function rowsOf(own: Town, night: Night, now: ReadonlyMap<number, Now>, speech: Speech): Row[] {
	return night.served.figures.map((row) => ({
		name: own.served.districts[row.district] ?? speech.say("town.whole.row"),
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
function useNow(own: Town | undefined, night: Night | undefined) {
	const version = useTown((state) => state.version);
	const [now, setNow] = useState<ReadonlyMap<number, Now>>();
	useEffect(() => {
		if (!own || !night) return undefined;
		const look = () => setNow(lightNow(own, night));
		const timer = setTimeout(look, now ? FRESH : 0);
		const fresh = setInterval(() => town.clock.isPlaying && look(), FRESH);
		return () => {
			clearTimeout(timer);
			clearInterval(fresh);
		};
	}, [own, night, version]);
	return now;
}

function lightNow(own: Town, night: Night): ReadonlyMap<number, Now> {
	const sums = own.served.districts.map(() => ({ level: 0, lights: 0, faults: 0 }));
	const all = { level: 0, lights: 0, faults: 0 };
	const { at } = town.clock;
	for (let light = 0; light < own.count; light++) {
		const isOut = town.isOut(light);
		const time = timeOf(night, light, at);
		const change = isOut ? -1 : changeAt(night, light, time);
		const level = change < 0 ? 0 : levelOf(night, change, time) / FULL;
		const isFault = isOut || night.served.causes[night.cause[change] ?? -1] === "fault";
		for (const sum of [all, sums[own.district[light]!]]) {
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
	return new Map([[-1, mean(all)], ...sums.map((sum, nth) => [nth, mean(sum)] as const)]);
}

/** Town part: options of a town of lights, and of the report of a decision about it. */
import { INPUTS, type Prices, type Vat } from "../../lib/lightingoptions/money.js";
import { BASELINES, type Baseline, isBaseline } from "../../lib/lightingoptions/options.js";
import { pricesIn, vatIn } from "./prices.js";
import { Wrong } from "./values.js";

/** The report of a decision about a town. */
export interface TownReport {
	/** HTML. */
	readonly file: string;
	/** Today's option, with which the others are compared. */
	readonly from: Baseline;
	/** Without a price of a kWh that of the town's mapping holds. */
	readonly prices: Prices;
	readonly vat: Vat;
}

export interface TownPart {
	/** `example`, `made` or a file of lights; and a file of centre lines for it. */
	readonly town: string | undefined;
	readonly lines: string | undefined;
	/** A district of the town of which every lamp is simulated, and so many lamps of it. */
	readonly whole: string | undefined;
	readonly report: TownReport | undefined;
}

export const TOWN_FLAGS = {
	town: { type: "string" },
	lines: { type: "string" },
	whole: { type: "string" },
	report: { type: "string" },
	from: { type: "string" },
	price: { type: "string" },
	node: { type: "string" },
	connection: { type: "string" },
	maintenance: { type: "string" },
	vat: { type: "string" },
} as const;

export const TOWN_HELP = `  --town T         a town: example (Montpellier), made (an invented commune), or a file
                   of lights, GeoJSON or CSV (docs/town.md); the page opens with its
                   map, and a street of it runs
  --lines FILE     its centre lines, GeoJSON, for lights without a street's name
  --whole NAME[:N] with --headless: every lamp of a district, the first N lamps of its
                   streets, with every option, beside the typical streets
  --report FILE    with --headless: the report of a decision about the town, as npm run
                   report writes it, with its --from, --vat and prices: --price, --node,
                   --connection, --maintenance EUR@DATE
`;

export function readTownPart(
	text: (name: keyof typeof TOWN_FLAGS) => string | undefined,
	headless: boolean,
): TownPart {
	for (const name of ["lines", "whole", "report"] as const)
		if (text(name) !== undefined && text("town") === undefined)
			throw new Wrong(`--${name}: only with --town`);
	for (const name of ["from", "vat", ...INPUTS] as const)
		if (text(name) !== undefined && text("report") === undefined)
			throw new Wrong(`--${name}: only with --report`);
	const file = text("report");
	if (file !== undefined && !headless) throw new Wrong("--report: only with --headless");
	const report =
		file === undefined
			? undefined
			: {
					file,
					from: fromOf(text("from") ?? "full"),
					prices: pricesIn(text),
					vat: vatIn(text("vat") ?? ""),
				};
	return { town: text("town"), lines: text("lines"), whole: text("whole"), report };
}

function fromOf(name: string): Baseline {
	if (isBaseline(name)) return name;
	throw new Wrong(`--from ${name}: not one of today's options, which are ${BASELINES.join(", ")}`);
}

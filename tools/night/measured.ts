/**
 * Measured: `npx luminode measured`: a slip from readings of a lux meter, kept in a file of all slips.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { sheetRowOf } from "../../lib/csv.js";
import { filled } from "../../lib/text/filled.js";
import { languageIn, optionsIn } from "../../lib/text/options.js";
import { errorLines, Trouble } from "../../lib/text/trouble.js";
import { parseDate } from "../../src/command/instant.js";
import { checkOf, type Measurement, type Slip, slipOf, TOLERANCE } from "../plan/measured.js";
import { MEASURED_HELP, nightText } from "./texts.js";

const OPTIONS = {
	pole: { type: "string" },
	readings: { type: "string" },
	instrument: { type: "string" },
	date: { type: "string" },
	level: { type: "string", default: "100" },
	ambient: { type: "string", default: "0" },
	maintenance: { type: "string", default: "1" },
	file: { type: "string", default: "measurements.csv" },
	verify: { type: "boolean" },
} as const;

const COLUMNS = [
	"date",
	"pole",
	"instrument",
	"level",
	"ambient_lx",
	"points",
	"mean_lx",
	"min_lx",
	"uniformity",
	"fresh_lx",
	"maintenance",
	"installedMean",
	"verdict",
];
const LEAST_POINTS = 9;

const TEXTS = {
	en: {
		slip: "Pole {0}, {1}, by {2}: mean {3} lx, minimum {4} lx, uniformity {5} at {6} points and {7} %.",
		set: "Maintained mean at 100 %: set installedMean {0}   (or the column of that name in the site file)",
		constant: "Light is {0} % of that of {1} by {2}: constant within {3} %.",
		less: "Light is {0} % of that of {1} by {2}, less than {3} % below: clean, then check depreciation and hoursBefore, and the lamp.",
		more: "Light is {0} % of that of {1} by {2}, more than {3} % above: check depreciation, hoursBefore and the maximum of the driver.",
	},
	fr: {
		slip: "Mât {0}, {1}, avec {2} : moyenne {3} lx, minimum {4} lx, uniformité {5} en {6} points et à {7} %.",
		set: "Moyenne maintenue à 100 % : set installedMean {0}   (ou la colonne de ce nom dans le fichier de site)",
		constant: "La lumière vaut {0} % de celle du {1} avec {2} : constante à {3} % près.",
		less: "La lumière vaut {0} % de celle du {1} avec {2}, soit plus de {3} % en moins : nettoyer, puis vérifier depreciation, hoursBefore et le luminaire.",
		more: "La lumière vaut {0} % de celle du {1} avec {2}, soit plus de {3} % en plus : vérifier depreciation, hoursBefore et le maximum du driver.",
	},
} as const;

/** Output of the program and its exit status; `today` is a date as `2026-12-01`. */
export function measured(
	args: readonly string[],
	today: string,
	environment: Readonly<Record<string, string | undefined>> = {},
) {
	const lang = languageIn(args, environment);
	try {
		const values = optionsIn(args, OPTIONS);
		if (values.help || args.length === 0) return { status: 0, text: MEASURED_HELP[lang] };
		const { file } = values;
		const measurement = measurementOf(values, today);
		const slip = slipOf(measurement);
		const first = values.verify ? firstIn(file, measurement.pole) : undefined;
		const check = first && checkOf(Number(first.fresh_lx), slip.fresh_lx);
		addTo(file, measurement, slip, check?.verdict ?? "");
		const decimal = (value: number | string) =>
			lang === "fr" ? String(value).replace(".", ",") : String(value);
		const say = (text: string, ...parts: (number | string)[]) =>
			filled(
				text,
				parts.map((part) => (typeof part === "number" ? decimal(part) : part)),
			);
		const texts = TEXTS[lang];
		const { mean_lx, min_lx, uniformity, points, installedMean } = slip;
		const lines = [
			say(
				texts.slip,
				measurement.pole,
				measurement.date,
				measurement.instrument,
				mean_lx,
				min_lx,
				uniformity,
				points,
				measurement.level,
			),
		];
		if (first && check)
			lines.push(say(texts[check.verdict], check.share, first.date!, first.instrument!, TOLERANCE));
		else lines.push(texts.set.replace("{0}", String(installedMean))); // typed: with a point
		return { status: check && check.verdict !== "constant" ? 1 : 0, text: `${lines.join("\n")}\n` };
	} catch (error) {
		const why = errorLines("measured", error, lang).join("\n");
		return { status: 2, text: `${why}${why.includes("--help") ? "" : " (--help)"}\n` };
	}
}

type Values = ReturnType<typeof optionsIn<typeof OPTIONS>>;

function measurementOf(values: Values, today: string): Measurement {
	const { pole = "", instrument = "", date = today } = values;
	if (pole === "") throw new Trouble(nightText("noPole"));
	if (instrument === "") throw new Trouble(nightText("noInstrument"));
	if (parseDate(date) === undefined) throw new Trouble(nightText("dayAs", date));
	const args = (values.readings ?? "").split(",").map((word) => word.trim());
	const readings_lx = args.map((word) => numberOf("readings", word, 0, 1000));
	if (readings_lx.length < LEAST_POINTS)
		throw new Trouble(nightText("fewReadings", LEAST_POINTS, readings_lx.length));
	return {
		pole,
		instrument,
		date,
		readings_lx,
		ambient_lx: numberOf("ambient", values.ambient!, 0, 100),
		level: numberOf("level", values.level!, 10, 100),
		maintenance: numberOf("maintenance", values.maintenance!, 0.5, 1),
	};
}

function numberOf(name: string, text: string, min: number, max: number): number {
	const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
	if (value >= min && value <= max) return value;
	throw new Trouble(nightText("badReading", name, text, min, max));
}

function firstIn(file: string, pole: string): Readonly<Record<string, string>> {
	const text = existsSync(file) ? readFileSync(file, "utf8") : "";
	const rows = parse(text, { columns: true, bom: true }) as Record<string, string>[];
	const first = rows.find((row) => row.pole === pole);
	if (!first) throw new Trouble(nightText("noSlip", file, pole));
	return first;
}

function addTo(file: string, measurement: Measurement, slip: Slip, verdict: string): void {
	const { readings_lx: _, ...fields } = measurement;
	const row: Readonly<Record<string, string | number>> = { ...fields, ...slip, verdict };
	const line = sheetRowOf(COLUMNS.map((name) => String(row[name]!)));
	const before = existsSync(file) ? readFileSync(file, "utf8") : `${COLUMNS.join(",")}\r\n`;
	writeFileSync(file, `${before}${line}\r\n`);
}

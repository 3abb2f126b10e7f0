/** Bottom words: the bottom line in sentences, the same on the page and in the report of one street. */
import { filled, type Parts } from "../text/filled.js";
import {
	type Amount,
	amountOf,
	BOUGHT,
	type BottomLine,
	bottomLine,
	DIMMED,
	type LampYear,
	type Mover,
	SPAN,
	yearNamed,
} from "./bottomline.js";
import { belowIn, belowKnown } from "./knownoptions.js";
import { INPUT_TEXTS, type InputName, type Prices, type Vat } from "./money.js";
import { type Baseline, optionOf } from "./options.js";
import { decimalsOf, savingOf, threeDigits } from "./range.js";
import type { StreetYear } from "./year.js";

const WORDS = {
	never: [
		"Energy alone does not pay for a controller here: not within {span} years, by any of the inputs.",
		"L'énergie seule ne rembourse pas un contrôleur ici : pas en {span} ans, quelles que soient les données.",
	],
	hardly: [
		"Energy alone does not pay for a controller here within {span} years, with all inputs at their middle.",
		"L'énergie seule ne rembourse pas un contrôleur ici en {span} ans, toutes les données étant prises au milieu.",
	],
	maybe: [
		"Energy alone may pay for a controller here within {span} years, but not surely.",
		"L'énergie seule peut rembourser un contrôleur ici en {span} ans, mais ce n'est pas sûr.",
	],
	pays: [
		"Energy alone pays for a controller here within {span} years, by all of the inputs.",
		"L'énergie seule rembourse un contrôleur ici en moins de {span} ans, quelles que soient les données.",
	],
	unknown: [
		"Whether energy alone pays for a controller here cannot be said yet. Missing: {missing}.",
		"On ne peut pas encore dire si l'énergie seule rembourse un contrôleur ici. Il manque : {missing}.",
	],
	less: [
		"Controllers with presence and neighbours save {kWh} kWh a lamp and year ({range}) beside the same LED dimmed by its driver, for which no controller is bought.",
		"Avec des contrôleurs (présence et voisins), un luminaire économise {kWh} kWh par an ({range}) par rapport à la même LED graduée par son driver, qui se passe de contrôleur.",
	],
	more: [
		"Controllers with presence and neighbours use {kWh} kWh a lamp and year more ({range}) than the same LED dimmed by its driver, for which no controller is bought.",
		"Avec des contrôleurs (présence et voisins), un luminaire consomme par an {kWh} kWh de plus ({range}) que la même LED graduée par son driver, qui se passe de contrôleur.",
	],
	yearlyLess: [
		"For {lamps}: {euros} a year less ({range})",
		"Pour {lamps} : {euros} de moins par an ({range})",
	],
	yearlyMore: [
		"For {lamps}: {euros} a year more ({range})",
		"Pour {lamps} : {euros} de plus par an ({range})",
	],
	invest: ["{euros} to invest ({range})", "{euros} à investir ({range})"],
	paid: ["paid back in {years} years ({range})", "amortis en {years} ans ({range})"],
	paidMaybe: [
		"paid back in {years} years with all inputs at their middle, {low} at best; it may never pay back",
		"amortis en {years} ans avec des données moyennes, en {low} au mieux, peut-être jamais",
	],
	paidHardly: [
		"never paid back with all inputs at their middle, in {low} years at best",
		"jamais amortis avec des données moyennes, en {low} ans au mieux",
	],
	paidNever: ["never paid back", "jamais amortis"],
	upkeep: [
		"Connection and maintenance are counted only as far as they are given; missing: {missing}. Each euro a lamp and year takes {euros} a year off.",
		"La connexion et la maintenance ne sont comptées que si elles sont données ; il manque : {missing}. Chaque euro par luminaire et par an retire {euros} par an.",
	],
	movers: ["What moves the years most: {movers}.", "Ce qui pèse le plus sur la durée : {movers}."],
	and: ["{0} and {1}", "{0} et {1}"],
	saved: ["the energy saved", "l'énergie économisée"],
	dimmedLess: [
		"Another line, without any controller: against your lighting today ({today}), the LED dimmed by its driver uses {kWh} kWh a lamp and year less ({range}).",
		"Une autre ligne, sans aucun contrôleur : face à votre éclairage actuel ({today}), la LED graduée par son driver consomme {kWh} kWh de moins par luminaire et par an ({range}).",
	],
	dimmedMore: [
		"Another line, without any controller: against your lighting today ({today}), the LED dimmed by its driver uses {kWh} kWh a lamp and year more ({range}).",
		"Une autre ligne, sans aucun contrôleur : face à votre éclairage actuel ({today}), la LED graduée par son driver consomme {kWh} kWh de plus par luminaire et par an ({range}).",
	],
	sodium: [
		" The price of the new luminaire is not counted.",
		" Le prix du nouveau luminaire n'est pas compté.",
	],
	prices: ["Prices {vat}: {prices}.", "Prix {vat} : {prices}."],
	vat: [
		"(whether with VAT is not stated; give all of them alike)",
		"(TVA non précisée ; donnez-les tous de la même façon)",
	],
	vatwith: ["with VAT", "TVA comprise"],
	vatwithout: ["without VAT", "hors TVA"],
	sumYear: [
		"{kWh} kWh × {price} € = {energy} €; less {upkeep} € of connection and maintenance: {gain} € a lamp and year; × {lamps} = {yearly} € a year.",
		"{kWh} kWh × {price} € = {energy} € ; moins {upkeep} € de connexion et de maintenance : {gain} € par luminaire et par an ; × {lamps} = {yearly} € par an.",
	],
	sumInvest: ["{node} € × {lamps} = {invest} €.", "{node} € × {lamps} = {invest} €."],
	sumYears: ["{invest} € ÷ {yearly} € = {years} years.", "{invest} € ÷ {yearly} € = {years} ans."],
	lamp: ["1 lamp", "1 luminaire"],
	lamps: ["{lamps} lamps", "{lamps} luminaires"],
	to: ["{low} to {high}", "{low} à {high}"],
	light: [
		"Light at full class for whoever passes: in a recorded week of another street, without pedestrians, road users were below class for {own} % of their time with neighbours, and for {driver} % with the program in the driver ({here} % in this street's year).",
		"La pleine classe pour qui passe : pendant une semaine enregistrée dans une autre rue, sans piétons, les usagers étaient sous la classe {own} % de leur temps avec la présence et les voisins, {driver} % avec le programme du driver ({here} % dans l'année de cette rue).",
	],
	faults: [
		"Faults: a lamp without power is reported offline after 7.5 minutes (simulated). Without a controller a patrol or a resident finds it; how long that takes is in your own records.",
		"Les pannes : un luminaire sans courant est signalé hors ligne après 7,5 minutes (simulé). Sans contrôleur, une tournée ou un riverain le découvre ; vos propres registres disent en combien de temps.",
	],
	rest: [
		"Fewer patrols, changes without a ladder, hourly counts, full light for an event: possible, but no amount is claimed here. Ask what you pay for them today.",
		"Moins de tournées, des réglages sans nacelle, des comptages horaires, la pleine lumière pour une fête : c'est possible, mais aucun montant n'est avancé ici. Demandez ce que cela vous coûte aujourd'hui.",
	],
	payer: [
		"Who pays and who saves: whoever pays the electricity saves it, if the bill counts dimming, and the owner of the lights pays for controllers and upkeep. If commune and grid operator share these roles, agree on both sums before buying.",
		"Qui paie, qui économise : l'économie revient à qui paie l'électricité, si la facture tient compte de l'abaissement ; le propriétaire des luminaires paie les contrôleurs et leur entretien. Si la commune et le gestionnaire de réseau se partagent ces rôles, convenez des deux montants avant l'achat.",
	],
} as const;
type Key = keyof typeof WORDS;

/** Language and numbers of whoever shows the sentences. */
interface Voice {
	readonly language: "en" | "fr";
	number(value: number, decimals: number, unit?: string): string;
}

export interface Asked {
	readonly year: LampYear;
	readonly today: Baseline;
	readonly prices: Prices;
	readonly lamps: number;
	readonly vat: Vat;
}

/** The bottom line of a street, once calculated, in one language. */
export class BottomWords {
	readonly line: BottomLine;

	constructor(
		private readonly asked: Asked,
		private readonly voice: Voice,
	) {
		this.line = bottomLine(asked.year, asked.prices, asked.lamps);
	}

	/** The advice. */
	get advice(): string {
		const { years, missing } = this.line;
		const needed = missing.filter((name) => name === "price" || name === "node");
		if (!years) return this.#say("unknown", { missing: this.#names(needed) });
		const { low, mid, high } = years;
		const key = low > SPAN ? "never" : mid > SPAN ? "hardly" : high > SPAN ? "maybe" : "pays";
		return this.#say(key, { span: SPAN });
	}

	/** Energy, euros as far as there are prices, and what needs no controller. */
	get sentences(): readonly string[] {
		const { saved } = this.line;
		const energy = this.#say(saved.mid < 0 ? "more" : "less", this.#sized(saved, "kWh"));
		return [energy, this.#euros(), this.#upkeep(), this.#dimmed()].filter((text) => text !== "");
	}

	/** What is invested and when it is paid back; without prices what is missing. */
	get invested(): string {
		return this.#euros() || this.advice;
	}

	/** What the euros depend on. */
	get conditions(): readonly string[] {
		const named = this.line.movers.map((name) => this.#mover(name));
		const both = named.length > 1 ? this.#say("and", named) : named[0];
		return [both ? this.#say("movers", { movers: both }) : "", this.#prices()].filter(
			(text) => text !== "",
		);
	}

	/** Each step, for a pocket calculator; empty without prices. */
	get arithmetic(): readonly string[] {
		const { saved, yearly, invest, years } = this.line;
		if (!yearly) return [];
		const { prices, lamps } = this.asked;
		const two = (value: number) => this.voice.number(value, 2);
		const mid = (name: InputName) => (prices[name] ? amountOf(prices[name]).mid : 0);
		const upkeep = mid("connection") + mid("maintenance");
		const energy = saved.mid * mid("price");
		const sums = {
			kWh: two(saved.mid),
			price: this.voice.number(mid("price"), 4),
			energy: two(energy),
			upkeep: two(upkeep),
			gain: two(energy - upkeep),
			lamps: this.voice.number(lamps, 0),
			yearly: two(yearly.mid),
			node: two(mid("node")),
			invest: two(invest?.mid ?? 0),
		};
		const lines = [this.#say("sumYear", sums)];
		if (invest) lines.push(this.#say("sumInvest", sums));
		if (years && Number.isFinite(years.mid))
			lines.push(this.#say("sumYears", { ...sums, years: this.voice.number(years.mid, 1) }));
		return lines;
	}

	/** What else a controller brings, with the light of a street's year, and who pays. */
	beyond(street?: StreetYear): readonly string[] {
		const percent = ({ mid }: Amount) => this.voice.number(mid, 1);
		const light = (year: StreetYear) => ({
			own: percent(belowKnown(BOUGHT)),
			driver: percent(belowKnown(DIMMED)),
			here: percent(belowIn(yearNamed(year, DIMMED))),
		});
		return [
			...(street ? [this.#say("light", light(street))] : []),
			this.#say("faults"),
			this.#say("rest"),
			this.#say("payer"),
		];
	}

	/** An amount with its range: `7.3 (5.1 to 9.6)`. */
	span({ low, high }: Pick<Amount, "low" | "high">): string {
		const [from, to] = [this.#three(low), this.#three(high)];
		return from === to ? to : this.#say("to", { low: from, high: to });
	}

	#euros(): string {
		const { yearly, invest } = this.line;
		if (!yearly && !invest) return "";
		const parts = [
			yearly
				? this.#say(yearly.mid < 0 ? "yearlyMore" : "yearlyLess", this.#sized(yearly, "€"))
				: "",
			invest ? this.#say("invest", this.#sized(invest, "€")) : "",
			this.#paid(),
		].filter((text) => text !== "");
		return `${parts.join(", ")}.`;
	}

	#paid(): string {
		const { years } = this.line;
		if (!years) return "";
		const of = (value: number) => this.voice.number(value, value < SPAN ? 1 : 0);
		const { low, mid, high } = years;
		const fill = { years: of(mid), low: of(low), range: this.span(years) };
		if (Number.isFinite(high)) return this.#say("paid", fill);
		if (Number.isFinite(mid)) return this.#say("paidMaybe", fill);
		return this.#say(Number.isFinite(low) ? "paidHardly" : "paidNever", fill);
	}

	#upkeep(): string {
		const { yearly, missing } = this.line;
		const lacks = missing.filter((name) => name === "connection" || name === "maintenance");
		if (!yearly || lacks.length === 0) return "";
		const euros = this.voice.number(this.asked.lamps, 0, "€");
		return this.#say("upkeep", { missing: this.#names(lacks), euros });
	}

	#dimmed(): string {
		const { year, today } = this.asked;
		if (today === DIMMED) return "";
		const saved = savingOf(yearNamed(year, today).energy_kWh, yearNamed(year, DIMMED).energy_kWh);
		const title = optionOf(today).title[this.voice.language];
		const text = this.#say(saved.mid < 0 ? "dimmedMore" : "dimmedLess", {
			...this.#sized(saved, "kWh"),
			today: title.startsWith("LED") ? title : title[0]!.toLowerCase() + title.slice(1),
		});
		return today === "sodium" ? text + this.#say("sodium") : text;
	}

	#prices(): string {
		const { prices, vat } = this.asked;
		const names = (Object.keys(INPUT_TEXTS) as InputName[]).filter((name) => prices[name]);
		if (names.length === 0) return "";
		const given = names.map((name) => {
			const { low, high, dated } = prices[name]!;
			const unit = INPUT_TEXTS[name].unit[this.voice.language];
			return `${this.#names([name])} ${this.span({ low, high })} ${unit} (${dated})`;
		});
		const between = this.voice.language === "fr" ? " ; " : "; ";
		return this.#say("prices", { vat: this.#say(`vat${vat}`), prices: given.join(between) });
	}

	/** A size without its sign, and its range: the word before it says more or less. */
	#sized({ low, mid, high }: Amount, unit: "kWh" | "€"): Parts {
		const size = this.#three(Math.abs(mid));
		const range = this.span(mid < 0 ? { low: -high, high: -low } : { low, high });
		const { lamps } = this.asked;
		const many = lamps === 1 ? "lamp" : "lamps";
		return {
			kWh: size,
			euros: unit === "€" ? `${size}\u00a0€` : size,
			range,
			lamps: this.#say(many, { lamps: this.voice.number(lamps, 0) }),
		};
	}

	#mover(name: Mover): string {
		return name === "saved" ? this.#say("saved") : this.#names([name]);
	}

	#names(names: readonly InputName[]): string {
		return names.map((name) => INPUT_TEXTS[name][this.voice.language].toLowerCase()).join(", ");
	}

	#three(value: number): string {
		return this.voice.number(threeDigits(value), decimalsOf(value)).replace("-", "\u2212");
	}

	#say(key: Key, parts: Parts = {}): string {
		return filled(WORDS[key][this.voice.language === "fr" ? 1 : 0], parts);
	}
}

/**
 * Options: the options for lighting a street that are compared everywhere: on the page, in the report, by
 * `preview` and by `npm run bench -- energy`.
 *
 * Hours are those of the wall clock. The hours of lights out in Wallonia, March 2024: of 198 communes
 * of ORES, 75 out from 0 to 5 each night and 83 on weeknights alone, that is not in the nights of
 * Friday and Saturday nor before a holiday (rtl.be, 2024-03-01); from 1 May to 31 July such lights are
 * not lit again at 5 (rtbf.be, March 2023). Old lamps were switched alike, so the year's table has
 * them all night only.
 */
import type { Text } from "../text/bilingual.js";

export const TODAY = ["full", "profile", "off", "weeknights"] as const;
export const OURS = ["presence", "neighbours", "hourly", "mixed"] as const;
/** An option that a commune has today without controllers: its light follows sun and clock alone. */
export type Today = (typeof TODAY)[number];
export type Ours = (typeof OURS)[number];
/** `sodium`: the lamps that the LED replaces. */
export type OptionName = "sodium" | Today | Ours;
/** What a commune may have today, old lamps included. */
export const BASELINES = ["sodium", ...TODAY] as const;
export type Baseline = (typeof BASELINES)[number];

/** Compared by a simulated night: the street as it is set, or an option. */
export type ComparedOption = "street" | Exclude<OptionName, "sodium">;

/** Nights in which lights are out: each, or not those before a free day. */
export type OutNights = "each" | "weeknights";

export interface LightingOption {
	readonly name: OptionName;
	readonly title: Text;
	/** For a narrow column. */
	readonly short: Text;
	/** A sentence. */
	readonly what: Text;
	/** Where it is the better choice, and where it is not. */
	readonly suits: Text;
	/** It needs a controller on a feed that stays on; otherwise the cabinet switches the feed. */
	readonly hasNode: boolean;
	/** Each lamp needs a movement sensor. */
	readonly hasSensor: boolean;
	/** Level of the LED from these hours on, per cent; from 12 to 12. Absent: not by the clock. */
	readonly steps?: readonly (readonly [hour: number, level: number])[];
	readonly out?: OutNights;
}

/** The hours of lights out. */
export const OUT_FROM = 0;
export const OUT_UNTIL = 5;
/** Evenings, month and day, after which the lights stay out: the mornings of 1 May to 31 July. */
export const NO_RELIGHT = ["04-30", "07-30"] as const;
/** Levels of the classes P3 to P6 where the LED at full gives P3, per cent (EN 13201-2). */
export const CLASS_LEVELS = [100, 67, 40, 27] as const;
/**
 * The least light of every option that is dimmed: P5, two classes below P3. All have the same floor, so
 * none looks better by giving less light; three classes down is for an engineer to justify.
 */
export const FLOOR: number = CLASS_LEVELS[2];
/** Passages from 0:00 to 5:00 on an average night from which *mixed* takes presence. */
export const MIXED_FROM = 3;

const ALL_NIGHT = [[12, 100]] as const;

export const LIGHTING_OPTIONS: readonly LightingOption[] = [
	{
		name: "sodium",
		title: { en: "Old sodium lamps all night", fr: "Anciens luminaires au sodium, toute la nuit" },
		short: { en: "Sodium", fr: "Sodium" },
		what: {
			en: "Sodium 70 W with ballast, 83 W, while it is dark.",
			fr: "Sodium 70 W avec ballast, 83 W, tant qu'il fait nuit.",
		},
		suits: {
			en: "A second baseline: by 2030 every light in Wallonia becomes LED without presence, too.",
			fr: "Seconde référence : d'ici 2030, tout point lumineux wallon passe en LED, même sans présence.",
		},
		hasNode: false,
		hasSensor: false,
	},
	{
		name: "full",
		title: { en: "LED at full class all night", fr: "LED à pleine classe toute la nuit" },
		short: { en: "LED full", fr: "LED plein" },
		what: {
			en: "The LED at 100 % from dusk to dawn, switched by the cabinet.",
			fr: "LED à 100 % du crépuscule à l'aube, commandées par l'armoire.",
		},
		suits: {
			en: "Full light for everybody at any hour; the most energy of all LED options, no hour without light.",
			fr: "Pleine lumière pour tous à toute heure ; le plus d'énergie des solutions LED, aucune heure sans lumière.",
		},
		hasNode: false,
		hasSensor: false,
		steps: ALL_NIGHT,
	},
	{
		name: "profile",
		title: { en: "LED dimmed by program", fr: "LED avec abaissement programmé" },
		short: { en: "Dimmed", fr: "Abaissement" },
		what: {
			en: "100 % to 22:00, 67 % to 0:00, 40 % to 5:00, 67 % to 6:00, then 100 %: by the driver's own program.",
			fr: "100 % jusqu'à 22 h, 67 % jusqu'à 0 h, 40 % jusqu'à 5 h, 67 % jusqu'à 6 h, puis 100 % : programme interne du driver.",
		},
		suits: {
			en: "Saves without any controller; late passers-by have less than the full class.",
			fr: "Économise sans contrôleur ; les passants tardifs ont moins que la pleine classe.",
		},
		hasNode: false,
		hasSensor: false,
		steps: [
			[12, 100],
			[22, 67],
			[0, FLOOR],
			[5, 67],
			[6, 100],
		],
	},
	{
		name: "off",
		title: { en: "Off from 0 to 5, each night", fr: "Éteint de 0 h à 5 h, chaque nuit" },
		short: { en: "Off 0-5", fr: "Éteint 0-5 h" },
		what: {
			en: "The LED at 100 %, out from 0:00 to 5:00; from May to July not lit again at 5.",
			fr: "LED à 100 %, éteintes de 0 h à 5 h ; de mai à juillet, pas de rallumage à 5 h.",
		},
		suits: {
			en: "Best for wildlife and sleepers, and from 0 to 5 no other option uses less; road users of those hours pass without light.",
			fr: "Le meilleur choix pour la faune et le sommeil, et de 0 h à 5 h rien ne consomme moins ; les usagers de ces heures-là passent sans lumière.",
		},
		hasNode: false,
		hasSensor: false,
		steps: ALL_NIGHT,
		out: "each",
	},
	{
		name: "weeknights",
		title: { en: "Off from 0 to 5, weeknights alone", fr: "Éteint de 0 h à 5 h, en semaine" },
		short: { en: "Off weeknights", fr: "Éteint semaine" },
		what: {
			en: "The same, but lit all night on Fridays, Saturdays and the nights before holidays.",
			fr: "De même, mais allumé toute la nuit les vendredis, les samedis et les veilles de jours fériés.",
		},
		suits: {
			en: "The darkness of weeknights is kept and weekends are lit, also where nobody passes.",
			fr: "L'obscurité en semaine, la lumière le week-end, même là où personne ne passe.",
		},
		hasNode: false,
		hasSensor: false,
		steps: ALL_NIGHT,
		out: "weeknights",
	},
	{
		name: "presence",
		title: { en: "Presence at each lamp", fr: "Présence, par luminaire" },
		short: { en: "Presence", fr: "Présence" },
		what: {
			en: `${FLOOR} % while nobody is near; each lamp rises to 100 % by its own movement sensor.`,
			fr: `${FLOOR} % en l'absence de passage ; chaque luminaire monte à 100 % par son propre capteur.`,
		},
		suits: {
			en: "Never without light; each lamp rises only when somebody is under it already.",
			fr: "Jamais sans lumière ; chaque luminaire ne monte que lorsqu'on est déjà dessous.",
		},
		hasNode: true,
		hasSensor: true,
	},
	{
		name: "neighbours",
		title: {
			en: "Presence, shared with neighbours",
			fr: "Présence, transmise aux luminaires voisins",
		},
		short: { en: "Neighbours", fr: "Voisins" },
		what: {
			en: "The same; lamps report movement to each other and the light precedes the road user.",
			fr: "De même ; les luminaires se transmettent le mouvement et la lumière précède l'usager.",
		},
		suits: {
			en: "Best for people where somebody passes; from 0 to 5 its floor in an empty street uses more than lights out.",
			fr: "Le meilleur choix pour les usagers là où l'on passe ; de 0 h à 5 h, dans une rue vide, son plancher consomme plus que l'extinction.",
		},
		hasNode: true,
		hasSensor: true,
	},
	{
		name: "hourly",
		title: { en: "Hourly classes by traffic", fr: "Classes horaires selon le trafic" },
		short: { en: "Hourly", fr: "Horaire" },
		what: {
			en: "The class of the whole street follows the hour's traffic, from P3 down to P5.",
			fr: "La classe de toute la rue suit le trafic de l'heure, de P3 à P5.",
		},
		suits: {
			en: "Suits busy roads of M classes, where presence is not permitted; single passers-by have less than the full class.",
			fr: "Convient aux axes de classes M, où la présence n'est pas admise ; le passant isolé a moins que la pleine classe.",
		},
		hasNode: true,
		hasSensor: false,
	},
	{
		name: "mixed",
		title: {
			en: "Mixed: presence where people pass, off elsewhere",
			fr: "Mixte : présence là où l'on passe, extinction ailleurs",
		},
		short: { en: "Mixed", fr: "Mixte" },
		what: {
			en: "Street by street, by the passages from 0:00 to 5:00: presence with neighbours from 3 a night on, else off from 0 to 5.",
			fr: "Rue par rue, selon les passages de 0 h à 5 h : présence avec voisins à partir de 3 par nuit, sinon extinction de 0 h à 5 h.",
		},
		suits: {
			en: "Fewer controllers, and darkness where nobody passes; until midnight the streets without controllers have full light.",
			fr: "Moins de contrôleurs, et l'obscurité là où personne ne passe ; jusqu'à minuit, les rues sans contrôleurs sont en pleine lumière.",
		},
		hasNode: true,
		hasSensor: true,
	},
];

export function optionOf(name: OptionName): LightingOption {
	return LIGHTING_OPTIONS.find((option) => option.name === name)!;
}

/** An option whose steps go down to another floor. */
export function withFloor(option: LightingOption, floor: number): LightingOption {
	if (!option.steps) return option;
	return { ...option, steps: option.steps.map(([hour, at]) => [hour, at === FLOOR ? floor : at]) };
}

/** The option that *mixed* takes in a street. */
export function mixedOption(passagesOutHours: number): "neighbours" | "off" {
	return passagesOutHours >= MIXED_FROM ? "neighbours" : "off";
}

export function isBaseline(name: string): name is Baseline {
	return (BASELINES as readonly string[]).includes(name);
}

export function isToday(name: string): name is Today {
	return (TODAY as readonly string[]).includes(name);
}

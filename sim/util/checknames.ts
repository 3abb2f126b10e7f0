/** Check names: the promises of the checks in words, in English and French, for page and report. */
export const CHECK_WORDS: Readonly<Record<"en" | "fr", Readonly<Record<string, string>>>> = {
	en: {
		sensorRise: "light at each detection",
		floor: "never below the floor",
		vacantReturn: "back to the program when empty",
		dutyLimits: "levels within limits",
		overrideEnds: "orders end",
		lightAhead: "light ahead of road users",
		dayOff: "off by day",
		doubtLit: "full light in doubt",
	},
	fr: {
		sensorRise: "lumière à chaque détection",
		floor: "jamais sous le plancher",
		vacantReturn: "retour au programme quand la rue est vide",
		dutyLimits: "niveaux dans leurs limites",
		overrideEnds: "fin des ordres",
		lightAhead: "lumière devant les usagers",
		dayOff: "éteinte de jour",
		doubtLit: "pleine lumière dans le doute",
	},
};

/** Check names: the promises of the checks in words, in English and French, for page and report. */
export const CHECK_WORDS = {
	en: {
		sensorRise: "light at each detection",
		floor: "never below the floor",
		vacantReturn: "back to the program when empty",
		dutyLimits: "levels within limits",
		explained: "each light has a reason",
		obeyed: "orders are obeyed",
		ended: "orders end",
		lightAhead: "light ahead of road users",
		dayOff: "off by day",
		doubtLit: "full light in doubt",
		shown: "identify can be seen",
		reported: "reports are true",
		counted: "counters are true",
		alarms: "alarms have causes",
		punctual: "reports come in time",
		evenFade: "even fades",
		bubble: "light around the first movement",
		recovered: "as before, a day after the last fault",
	},
	fr: {
		sensorRise: "lumière à chaque détection",
		floor: "jamais sous le plancher",
		vacantReturn: "retour au programme quand la rue est vide",
		dutyLimits: "niveaux dans leurs limites",
		explained: "chaque lumière a une raison",
		obeyed: "les ordres sont exécutés",
		ended: "fin des ordres",
		lightAhead: "lumière devant les usagers",
		dayOff: "éteint de jour",
		doubtLit: "pleine lumière dans le doute",
		shown: "l'identification se voit",
		reported: "rapports exacts",
		counted: "compteurs exacts",
		alarms: "les alarmes ont une cause",
		punctual: "rapports à temps",
		evenFade: "variations régulières",
		bubble: "lumière autour du premier mouvement",
		recovered: "comme avant, un jour après la dernière panne",
	},
} as const satisfies Readonly<Record<"en" | "fr", Readonly<Record<string, string>>>>;

/** A check in words; its name if it has none. */
export function checkWords(check: string, language: "en" | "fr"): string {
	const words: Readonly<Record<string, string>> = CHECK_WORDS[language];
	return words[check] ?? check;
}

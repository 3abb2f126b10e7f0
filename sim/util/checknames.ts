/** Check names: the promise of each check in a few words, for page and report. */
const CHECKS = {
	sensorRise: { en: "light at each detection", fr: "lumière à chaque détection" },
	floor: { en: "never below the floor", fr: "jamais sous le plancher" },
	vacantReturn: {
		en: "back to the program when empty",
		fr: "retour au programme quand la rue est vide",
	},
	dutyLimits: { en: "levels within limits", fr: "niveaux dans leurs limites" },
	lightAhead: { en: "light ahead of road users", fr: "lumière devant les usagers" },
	dayOff: { en: "off by day", fr: "éteint de jour" },
	doubtLit: { en: "full light in doubt", fr: "pleine lumière dans le doute" },
	reported: { en: "reports are true", fr: "rapports exacts" },
	counted: { en: "counters are true", fr: "compteurs exacts" },
	alarms: { en: "alarms have causes", fr: "les alarmes ont une cause" },
	punctual: { en: "reports come in time", fr: "rapports à temps" },
	evenFade: { en: "even fades", fr: "variations régulières" },
	bubble: { en: "light around the first movement", fr: "lumière autour du premier mouvement" },
	second: { en: "the light of the second lamp", fr: "la lumière de la seconde lampe" },
	recovered: {
		en: "as before, a day after the last fault",
		fr: "comme avant, un jour après la dernière panne",
	},
} as const satisfies Readonly<Record<string, Readonly<Record<"en" | "fr", string>>>>;

type CheckName = keyof typeof CHECKS;
const inLanguage = (language: "en" | "fr") =>
	Object.fromEntries(
		Object.entries(CHECKS).map(([name, texts]) => [name, texts[language]]),
	) as Record<CheckName, string>;

export const CHECK_WORDS = { en: inLanguage("en"), fr: inLanguage("fr") };

/** A check in words; its name if it has none. */
export function checkWords(check: string, language: "en" | "fr"): string {
	const texts: Readonly<Record<string, string>> = CHECK_WORDS[language];
	return texts[check] ?? check;
}

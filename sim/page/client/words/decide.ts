/** Decide words: the questions of a council and their answers, in English and French. */

export const DECIDE_EN = {
	"decide.title": "A council's questions, and their answers in figures",
	"decide.lead":
		"One LED of {power} in {year}, beside {old} of old sodium; this street has {night} road users on an average night of the year, {late} from 0 to 5. Calculated for each night by the firmware's own forecast; nothing was metered.",
	"decide.wait": "Calculating a year with each option ...",
	"decide.failed": "The year cannot be calculated: {why}",
	"decide.report": "Print the report of this decision",
	"decide.reportWait": "Two pages of A4; it simulates nights first, for half a minute.",
	"decide.reportMade": "Being made, in a new tab of the browser ...",
	"decide.today": "Your lighting today",
	"decide.lamps": "Number of lamps (empty: one)",
	"brief.own": "energy with presence and neighbours, against the same LED dimmed by its driver",
	"brief.off": "energy with lights out from 0 to 5, against the same LED dimmed by its driver",
	"brief.less": "{kWh} less a lamp and year ({range})",
	"brief.more": "{kWh} more a lamp and year ({range})",
	"brief.against": "{own} or {off}",
	"brief.unlit": "passages without light a year: presence, or lights out",
	"brief.unlitHow": "in this street ({range})",
	"brief.dark": "without light a year: presence, or lights out",
	"brief.darkHow": "of {all} of night; here lights out wins",
	"q.pay": "1. What do we pay a year, today and with each option?",
	"q.fit": "2. What does it cost to fit, and when is it paid back?",
	"q.off": "3. Why not simply switch off from 0 to 5, or on weeknights?",
	"q.people": "4. How many people pass without light, or under less light than the class?",
	"q.fails": "5. What happens when a sensor, the network or the supply fails?",
	"q.residents": "6. Who sees what about residents, and who answers their reports?",
	"q.dark": "7. How much darkness is given back to animals and sleepers?",
	"q.sure": "8. How sure is this figure, and who can check it?",
	"col.option": "Option",
	"col.energy": "kWh a lamp and year",
	"col.cost": "€ a lamp and year",
	"col.unlit": "Passages without light, a year",
	"col.below": "Road users with less than the full class ¹",
	"col.dark": "Hours without light, a year",
	"col.fit": "To fit, once",
	"col.payback": "Paid back against “{today}”",
	"mark.today": "today",
	"mark.least": "least",
	"mark.tie": "no sure difference from the least",
	"mark.here": "here: {option}",
	"range.span": "{low} to {high}",
	"decide.note":
		"Figure and range: power of the lamp ±10 %, traffic half to twice, model ±10 %. ≈: no sure difference from the least. ¹ Share of the road users of the night. Options by the clock: by this street's traffic through the year. Presence: time under lamps in a simulated week of another street's recorded traffic; range: half and twice that traffic, and twice the standard error of its road users (docs/energy.md). It counts light, not accidents, and is not called safety. Hours without light follow sun and clock alone, so they have no range.",
	"wins.title": "Where another option wins",
	"wins.energy": "Least energy over the year: {option}.",
	"wins.energyTie": "Least energy over the year: {option}; no sure difference from {others}.",
	"wins.off":
		"From 0 to 5 in an empty street nothing uses less than lights out, and nothing is better for wildlife.",
	"wins.people":
		"Where somebody passes, presence shared with neighbours wins: the light is there before the person.",
	"wins.cost":
		"Without controllers there is nothing to buy and nothing to maintain: the program in the driver and the switch in the cabinet.",
	"money.how":
		"Each price is yours, with the month of which it is: 60, or 60-90 for a range. None is assumed, and without one there is no figure that needs it. No interest, no inflation.",
	"money.amount": "{name}, {unit}",
	"money.dated": "of the month",
	"money.datedOf": "Month of the price: {name}",
	"money.bad": "“{word}” is not an amount, such as 60 or 60-90.",
	"money.missing": "missing: {names}",
	"money.nothing": "nothing to pay",
	"money.never": "never",
	"money.years": "{low} to {high} years",
	"money.maybe": "{low} years at best, never at worst",
	"money.none":
		"Give the price of a kWh and what the parts cost. A lamp saves {saved} kWh a year ({range}) with “{option}” against “{today}”: each 10 cents of your price are {cents} a lamp and year.",
	"money.feed":
		"A controller needs a feed that stays on: on a feeder that the cabinet switches it is dead while the lights are out.",
	"co2.title": "CO₂, if you have a factor",
	"co2.grams": "Grams a kWh",
	"co2.year": "Year",
	"co2.source": "Source",
	"co2.said":
		"{kg} of CO₂ a lamp and year less with {option} than today ({grams} g a kWh, {source}, {year}).",
	"co2.take": "Take {grams} g: Belgium, {year}, {source}",
	"co2.none": "Without factor, year and source no figure.",
	"ans.pay": "Today, {today}: {kWh} a lamp and year ({range}){euros}",
	"ans.payEuros": ", that is {euros} ({range}) at your price.",
	"ans.payNone": "; your price under 2 turns it into euros.",
	"ans.payAll": "For {lamps} lamps {euros} a year today ({range}).",
	"ans.offMore":
		"Off from 0 to 5 uses {off} a lamp and year, presence with neighbours {own}: presence uses less, because it also dims the evening, when lights out burns in full.",
	"ans.offLess":
		"Off from 0 to 5 uses {off} a lamp and year, presence with neighbours {own}: for energy alone, switching off wins here.",
	"ans.offTie":
		"Off from 0 to 5 uses {off} a lamp and year, presence with neighbours {own}: no sure difference.",
	"ans.offPeople":
		"The price of lights out: {unlit} passages a year without light in this street ({range}), on weeknights alone {weeknights}. In March 2024, 75 of 198 communes of ORES were off each night and 83 on weeknights alone (rtl.be, 2024-03-01).",
	"ans.mixed":
		"Mixed decides street by street: presence from {from} passages a night between 0 and 5 on. This street has {late}: {option}.",
	"ans.people":
		"Passages without light: {unlit} a year with lights out from 0 to 5, {weeknights} if only on weeknights, none with presence.",
	"ans.less":
		"With less than the full class, of the road users of the night: {profile} with the dimming program, {hourly} with hourly classes, {presence} with presence at each lamp, {neighbours} with presence and neighbours.",
	"ans.tonight":
		"This evening, simulated until now: {passed} passages at night. Time under lamps: {all}, including {below} with less than the full class ({profile} with a dimming program). It is counted, so it is exact for this evening and for no other.",
	"ans.noAccident":
		"This is time and light, measured in the simulated world. It says nothing about accidents.",
	"ans.fails":
		"No fault of sensor, network, clock or software darkens a lamp. A sensor in doubt counts as somebody there: full class, and its neighbours report it. Without network or broker the street shines as before and reports later. A lamp without power is dark, and reported offline after 7.5 minutes; when power returns, full light first. A lamp with a dead LED is dark, too: a D4i driver or a light sensor reports it.",
	"ans.failsNow": "Now, reported: {alarms} alarms, {online} of {lamps} lamps online.",
	"ans.failsSee": "See it happen",
	"ans.residents":
		"A lamp has a movement sensor for warmth, no camera and no microphone; it sees neither face nor plate. It can report that its place is occupied only if the commune asks for it, and counts by the hour; small counts are merged. All of it stays at the commune's own broker.",
	"ans.residentsReports":
		"“Lamp 6 is out”: the commune's own server takes the report (Open311), the lamp is asked and tested, and the clerk gets a paragraph to send. Of the resident only the description is kept.",
	"ans.dark":
		"Lights out gives back {off} hours of {all} a year, on weeknights alone {weeknights}. Presence gives no full darkness: an empty street stays at its floor of {floor} of the light.",
	"ans.darkMixed":
		"A corridor for bats can be dark and still light the one who passes: the kind of place “dark corridor”.",
	"ans.sure":
		"{option}: {mid} kWh, {low} to {high}. Of this by the lamp's power {power}, by traffic {traffic}, by the model {model}.",
	"ans.sureCheck":
		"Traffic: {source}. The same seed gives the same night on every machine; the tests recompute today's options without this code. This command makes the whole report again:",
	"ans.sureMade": "made up, the mean of {days} days",
	"ans.sureRecorded": "recorded, {days} days",
	"ans.sureNot":
		"Modelled energy is not a bill: no luminaire was metered, and the firmware has not run on a pole yet.",
} as const;

export const DECIDE_FR: Readonly<Record<keyof typeof DECIDE_EN, string>> = {
	"decide.title": "Les questions d'un conseil communal, et les chiffres",
	"decide.lead":
		"Une LED de {power} en {year}, à côté d'un ancien sodium de {old} ; cette rue voit {night} usagers par nuit moyenne de l'année, {late} de 0 h à 5 h. Calculé nuit par nuit avec la prévision du micrologiciel ; rien n'a été mesuré au compteur.",
	"decide.wait": "Calcul d'une année pour chaque solution ...",
	"decide.failed": "L'année ne peut pas être calculée : {why}",
	"decide.report": "Imprimer le rapport de cette décision",
	"decide.reportWait": "Deux pages A4 ; des nuits sont d'abord simulées, une demi-minute.",
	"decide.reportMade": "En préparation, dans un nouvel onglet ...",
	"decide.today": "Votre éclairage aujourd'hui",
	"decide.lamps": "Nombre de luminaires (vide : un seul)",
	"brief.own":
		"d'énergie avec la présence et les voisins, face à la même LED graduée par son driver",
	"brief.off":
		"d'énergie avec l'extinction de 0 h à 5 h, face à la même LED graduée par son driver",
	"brief.less": "{kWh} de moins par luminaire et par an ({range})",
	"brief.more": "{kWh} de plus par luminaire et par an ({range})",
	"brief.against": "{own} ou {off}",
	"brief.unlit": "passages sans lumière par an : présence, ou extinction",
	"brief.unlitHow": "dans cette rue ({range})",
	"brief.dark": "sans lumière par an : présence, ou extinction",
	"brief.darkHow": "sur {all} de nuit ; ici, l'extinction l'emporte",
	"q.pay": "1. Que payons-nous par an, aujourd'hui et avec chaque solution ?",
	"q.fit": "2. Que coûte la pose, et quand est-elle amortie ?",
	"q.off": "3. Pourquoi ne pas simplement éteindre de 0 h à 5 h, ou en semaine ?",
	"q.people": "4. Combien de personnes passent sans lumière, ou sous la classe ?",
	"q.fails": "5. Que se passe-t-il si un capteur, le réseau ou l'alimentation tombe en panne ?",
	"q.residents": "6. Qui voit quoi des habitants, et qui répond à leurs signalements ?",
	"q.dark": "7. Combien d'obscurité est rendue à la faune et au sommeil ?",
	"q.sure": "8. Ce chiffre est-il sûr, et qui peut le vérifier ?",
	"col.option": "Solution d'éclairage",
	"col.energy": "kWh par luminaire et par an",
	"col.cost": "€ par luminaire et par an",
	"col.unlit": "Passages sans lumière par an",
	"col.below": "Usagers sous la pleine classe ¹",
	"col.dark": "Heures sans lumière par an",
	"col.fit": "Pose, une fois",
	"col.payback": "Amorti face à « {today} »",
	"mark.today": "aujourd'hui",
	"mark.least": "le moins",
	"mark.tie": "pas de différence sûre avec le moins",
	"mark.here": "ici : {option}",
	"range.span": "{low} à {high}",
	"decide.note":
		"Chiffre et fourchette : puissance du luminaire ±10 %, trafic de la moitié au double, modèle ±10 %. ≈ : pas de différence sûre avec le moins. ¹ Part des usagers de la nuit. Solutions par horloge : selon le trafic annuel de cette rue. Présence : temps passé sous les luminaires pendant une semaine simulée, avec le trafic enregistré d'une autre rue ; fourchette : la moitié et le double de ce trafic, et deux erreurs types de ses usagers (docs/energy.md). On compte de la lumière, pas des accidents : ce n'est pas un chiffre de sécurité. Les heures sans lumière ne dépendent que du soleil et de l'horloge : elles n'ont pas de fourchette.",
	"wins.title": "Là où une autre solution l'emporte",
	"wins.energy": "Le moins d'énergie sur l'année : {option}.",
	"wins.energyTie":
		"Le moins d'énergie sur l'année : {option} ; pas de différence sûre avec {others}.",
	"wins.off":
		"De 0 h à 5 h, dans une rue vide, rien ne consomme moins que l'extinction, et rien ne vaut mieux pour la faune.",
	"wins.people":
		"Là où quelqu'un passe, la présence transmise aux voisins l'emporte : la lumière précède le passant.",
	"wins.cost":
		"Sans contrôleur, rien à acheter ni à entretenir : le programme est dans le driver, l'interrupteur dans l'armoire.",
	"money.how":
		"Chaque prix est le vôtre, avec son mois : 60, ou 60-90 pour une fourchette. Aucun n'est supposé ; sans lui, pas de chiffre qui en dépende. Sans intérêts ni inflation.",
	"money.amount": "{name}, {unit}",
	"money.dated": "du mois",
	"money.datedOf": "Mois du prix : {name}",
	"money.bad": "« {word} » n'est pas un montant ; par exemple 60 ou 60-90.",
	"money.missing": "il manque : {names}",
	"money.nothing": "rien à payer",
	"money.never": "jamais",
	"money.years": "{low} à {high} ans",
	"money.maybe": "{low} ans au mieux, jamais au pire",
	"money.none":
		"Donnez le prix du kWh et celui des éléments. Un luminaire économise {saved} kWh par an ({range}) avec « {option} » face à « {today} » : 10 centimes de votre prix font {cents} par luminaire et par an.",
	"money.feed":
		"Un contrôleur a besoin d'une alimentation permanente : sur un départ que l'armoire coupe, il est éteint en même temps que la lumière.",
	"co2.title": "CO₂, si vous avez un facteur",
	"co2.grams": "Grammes par kWh",
	"co2.year": "Année",
	"co2.source": "Source",
	"co2.said":
		"{kg} de CO₂ en moins par luminaire et par an avec {option} qu'aujourd'hui ({grams} g par kWh, {source}, {year}).",
	"co2.take": "Prendre {grams} g : Belgique, {year}, {source}",
	"co2.none": "Sans facteur, année et source, pas de chiffre.",
	"ans.pay": "Aujourd'hui, {today} : {kWh} par luminaire et par an ({range}){euros}",
	"ans.payEuros": ", soit {euros} ({range}) à votre prix.",
	"ans.payNone": " ; votre prix au point 2 en fait des euros.",
	"ans.payAll": "Pour {lamps} luminaires, {euros} par an aujourd'hui ({range}).",
	"ans.offMore":
		"L'extinction de 0 h à 5 h consomme {off} par luminaire et par an, la présence avec voisins {own} : la présence consomme moins, car elle abaisse aussi la soirée, que l'extinction laisse à plein.",
	"ans.offLess":
		"L'extinction de 0 h à 5 h consomme {off} par luminaire et par an, la présence avec voisins {own} : pour la seule énergie, l'extinction l'emporte ici.",
	"ans.offTie":
		"L'extinction de 0 h à 5 h consomme {off} par luminaire et par an, la présence avec voisins {own} : pas de différence sûre.",
	"ans.offPeople":
		"Le prix de l'extinction : {unlit} passages sans lumière par an dans cette rue ({range}), en semaine seulement {weeknights}. En mars 2024, 75 des 198 communes d'ORES éteignaient chaque nuit et 83 en semaine seulement (rtl.be, 1er mars 2024).",
	"ans.mixed":
		"La solution mixte tranche rue par rue : présence à partir de {from} passages par nuit entre 0 h et 5 h. Cette rue en a {late} : {option}.",
	"ans.people":
		"Passages sans lumière : {unlit} par an avec l'extinction de 0 h à 5 h, {weeknights} si elle se limite aux nuits de semaine, aucun avec la présence.",
	"ans.less":
		"Sous la pleine classe, sur l'ensemble des usagers de la nuit : {profile} avec l'abaissement programmé, {hourly} avec les classes horaires, {presence} avec la présence par luminaire, {neighbours} avec la présence et les voisins.",
	"ans.tonight":
		"Ce soir, simulé jusqu'ici : {passed} passages de nuit. Temps passé sous les luminaires : {all}, dont {below} sous la pleine classe ({profile} avec un abaissement programmé). Ce sont des comptages, exacts pour ce soir et pour lui seul.",
	"ans.noAccident":
		"C'est du temps et de la lumière, comptés dans le monde simulé. Cela ne dit rien des accidents.",
	"ans.fails":
		"Aucune panne de capteur, de réseau, d'horloge ou de logiciel n'éteint un luminaire. Un capteur douteux vaut présence : pleine classe, et ses voisins le signalent. Sans réseau ni broker, la rue éclaire comme avant et envoie ses rapports plus tard. Sans courant, un luminaire est éteint, et signalé hors ligne après 7,5 minutes ; au retour du courant, pleine lumière d'abord. Avec une LED hors service, il est éteint aussi : un driver D4i ou un capteur de lumière le signale.",
	"ans.failsNow":
		"En ce moment, d'après les rapports : {alarms} alarmes, {online} luminaires en ligne sur {lamps}.",
	"ans.failsSee": "Le voir",
	"ans.residents":
		"Un luminaire a un détecteur de chaleur en mouvement, ni caméra ni micro : il ne voit ni visage ni plaque. Il ne signale une présence que si la commune le demande, et ne transmet que des comptages par heure ; les petits nombres sont regroupés. Tout reste chez le broker de la commune.",
	"ans.residentsReports":
		"« Le luminaire 6 est éteint » : le serveur de la commune reçoit le signalement (Open311), le luminaire est interrogé et testé, et l'agent reçoit un paragraphe à envoyer. De l'habitant, seule la description est conservée.",
	"ans.dark":
		"L'extinction rend {off} heures sur {all} par an, en semaine seulement {weeknights}. La présence ne rend pas d'obscurité complète : une rue vide reste à son plancher, {floor} de la lumière.",
	"ans.darkMixed":
		"Un corridor pour chauves-souris peut rester noir tout en éclairant celui qui passe : le type de lieu « corridor sombre ».",
	"ans.sure":
		"{option} : {mid} kWh, de {low} à {high}. La part de la puissance du luminaire y est de {power}, celle du trafic {traffic}, celle du modèle {model}.",
	"ans.sureCheck":
		"Trafic : {source}. La même graine donne la même nuit sur toute machine ; les tests recalculent les solutions d'aujourd'hui sans ce code. Cette commande refait tout le rapport :",
	"ans.sureMade": "fictif, moyenne de {days} jours",
	"ans.sureRecorded": "enregistré, {days} jours",
	"ans.sureNot":
		"Une énergie modélisée n'est pas une facture : aucun luminaire n'a été mesuré, et le micrologiciel n'a encore tourné sur aucun mât.",
};

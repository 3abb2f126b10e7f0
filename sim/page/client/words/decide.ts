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
	"q.pay": "1. What do we pay a year, today and with each option?",
	"q.fit": "2. What does it cost to fit, and when is it paid back?",
	"q.off": "3. Why not simply switch off from 0 to 5, or on weeknights?",
	"q.people": "4. How many people pass without light, or under less light than the class?",
	"q.fails": "5. What happens when a sensor, the network or the supply fails?",
	"q.residents": "6. Who sees what about residents, and who answers their reports?",
	"q.dark": "7. How much darkness is given back to animals and sleepers?",
	"q.sure": "8. How sure is this figure, and who can check it?",
	"q.glare": "9. Does it glare, what colour is it, and what of bedrooms?",
	"q.animals": "10. What does a lower level bring to animals, and what only darkness?",
	"q.wish": "11. A resident wants it darker or lighter: who decides, and when does it end?",
	"q.buy": "12. What do we ask a maker and the grid operator before buying?",
	"go.title": "Questions",
	"go.pay": "Euros a year",
	"go.fit": "Ten years",
	"go.off": "Switch off?",
	"go.people": "People",
	"go.fails": "Faults",
	"go.residents": "Privacy",
	"go.dark": "Darkness",
	"go.sure": "How sure?",
	"go.glare": "Glare, bedrooms",
	"go.animals": "Animals",
	"go.wish": "A resident's wish",
	"go.buy": "Before buying",
	"col.option": "Option",
	"col.energy": "kWh a lamp and year",
	"col.unlit": "Passages without light, a year",
	"col.below": "Road users with less than the full class ¹",
	"col.dark": "Hours without light, a year",
	"mark.today": "today",
	"mark.least": "least",
	"mark.tie": "no sure difference from the least",
	"mark.here": "here: {option}",
	"range.span": "{low} to {high}",
	"decide.note":
		"Figure and range: power of the lamp ±10 %, traffic half to twice, model ±10 %. ≈: no sure difference from the least. ¹ Share of the road users of the night. Options by the clock: by this street's traffic through the year. Presence: time under lamps in a simulated week of another street's recorded traffic; range: half and twice that traffic, and twice the standard error of its road users (docs/energy.md). It counts light, not accidents, and is not called safety. Hours without light follow sun and clock alone, so they have no range.",
	"money.how":
		"Enter your own prices (60, or 60-90 for a range) and the month they apply to. We assume neither; a figure that needs a missing price names it instead. No interest, no inflation.",
	"money.undated": "Give the month of this price; until then it is not counted.",
	"money.vat": "VAT in all prices",
	"vat.none": "not stated",
	"vat.with": "with VAT",
	"vat.without": "without VAT",
	"money.sums": "The arithmetic, to check with a pocket calculator",
	"money.beyond": "What else a controller brings, and who pays",
	"ten.lead": "Ten years, in euros, lamps: {lamps}.",
	"money.amount": "{name}, {unit}",
	"money.dated": "of the month",
	"money.datedOf": "Month of the price: {name}",
	"money.bad": "“{word}” is not an amount, such as 60 or 60-90.",
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
		"Passages without light: {unlit} a year with lights out from 0 to 5, {weeknights} if only on weeknights; none with presence, nor with the LED dimmed by its driver.",
	"ans.less":
		"With less than the full class, of the road users of the night: in this street's year {profile} with the dimming program and {hourly} with hourly classes; in a recorded week of another street {presence} with presence at each lamp and {neighbours} with presence and neighbours, where the dimming program leaves {week}.",
	"ans.tonight":
		"This evening, simulated until now: {passed} passages at night. Time under lamps: {all}, including {below} with less than the full class ({profile} with a dimming program). It is counted, so it is exact for this evening and for no other.",
	"ans.noAccident":
		"This is time and light, measured in the simulated world. It says nothing about accidents.",
	"ans.fails":
		"No fault of sensor, network, clock or software darkens a lamp. A sensor in doubt counts as somebody there: full class, and its neighbours report it. Without a broker the street shines as before and reports later; without the local network, too, each lamp works alone, and the light ahead of a road user is missing. A lamp without power is dark, and reported offline after 7.5 minutes; when power returns, full light first. A lamp with a dead LED is dark, too: a D4i driver or a light sensor reports it.",
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
	"ans.glare":
		"Dimming lowers the light on a window in the same proportion, and hardly lowers glare; colour and light to the sky depend on the luminaire alone.",
	"ans.glareMore":
		"By the usual formula the glare of drivers (TI) is still 83 % when all lamps give 40 %, and for a moment up to 2.1 times where one lamp is at full among them. Presence changes the light on a bedroom window at night. Ask the maker for TI, ULOR and CCT, and measure at the window (docs/night.md).",
	"ans.animals":
		"A lower level lights less ground and attracts less, but only darkness is dark: species that avoid light need a stretch without any.",
	"ans.animalsMore":
		"In Wallonia 195 km of roads cross Natura 2000, and 6 % of the municipal lights are called superfluous by the region: a light that nobody needs is best removed, and needs no controller (sources: docs/night.md).",
	"ans.wish":
		"The commune decides, an engineer checks the class, and a temporary change ends by itself.",
	"ans.wishMore":
		"For some nights: an order with its end, kept through a power cut. For good: a setting of that lamp. Who changed what is in the audit log. Less light than the class of the street is for the engineer to answer, because other people walk there.",
	"ans.buy": "Ask for figures in writing, with the conditions under which they were measured.",
	"ans.buyMore":
		"Of the luminaire: watts at 100, 50, 25 and 10 %, TI, ULOR, CCT, socket, guarantee, the driver's own program. Of the controller: its price fitted and its upkeep, what it does without network, whose the data are, which saving was metered against which program. Of the grid operator: whether the feed stays on at night, who may work on it, and whether dimming reaches the bill at all. The whole list: docs/night.md.",
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
	"q.pay": "1. Que payons-nous par an, aujourd'hui et avec chaque solution ?",
	"q.fit": "2. Que coûte la pose, et quand est-elle amortie ?",
	"q.off": "3. Pourquoi ne pas simplement éteindre de 0 h à 5 h, ou en semaine ?",
	"q.people": "4. Combien de personnes passent sans lumière, ou sous la classe ?",
	"q.fails": "5. Que se passe-t-il si un capteur, le réseau ou l'alimentation tombe en panne ?",
	"q.residents": "6. Qui voit quoi des habitants, et qui répond à leurs signalements ?",
	"q.dark": "7. Combien d'obscurité est rendue à la faune et au sommeil ?",
	"q.sure": "8. Ce chiffre est-il sûr, et qui peut le vérifier ?",
	"q.glare": "9. Éblouit-il, de quelle couleur est-il, et les chambres ?",
	"q.animals": "10. Qu'apporte à la faune un niveau plus bas, et quoi seule l'obscurité ?",
	"q.wish": "11. Un riverain le veut plus sombre ou plus clair : qui décide, jusqu'à quand ?",
	"q.buy": "12. Que demander au fabricant et au gestionnaire de réseau avant d'acheter ?",
	"go.title": "Questions",
	"go.pay": "Euros par an",
	"go.fit": "Dix ans",
	"go.off": "Éteindre ?",
	"go.people": "Passants",
	"go.fails": "Pannes",
	"go.residents": "Vie privée",
	"go.dark": "Obscurité",
	"go.sure": "Est-ce sûr ?",
	"go.glare": "Éblouissement",
	"go.animals": "Faune",
	"go.wish": "Un riverain",
	"go.buy": "Avant d'acheter",
	"col.option": "Solution d'éclairage",
	"col.energy": "kWh par luminaire et par an",
	"col.unlit": "Passages sans lumière par an",
	"col.below": "Usagers sous la pleine classe ¹",
	"col.dark": "Heures sans lumière par an",
	"mark.today": "aujourd'hui",
	"mark.least": "le moins",
	"mark.tie": "pas de différence sûre avec le moins",
	"mark.here": "ici : {option}",
	"range.span": "{low} à {high}",
	"decide.note":
		"Chiffre et fourchette : puissance du luminaire ±10 %, trafic de la moitié au double, modèle ±10 %. ≈ : pas de différence sûre avec le moins. ¹ Part des usagers de la nuit. Solutions par horloge : selon le trafic annuel de cette rue. Présence : temps passé sous les luminaires pendant une semaine simulée, avec le trafic enregistré d'une autre rue ; fourchette : la moitié et le double de ce trafic, et deux erreurs types de ses usagers (docs/energy.md). On compte de la lumière, pas des accidents : ce n'est pas un chiffre de sécurité. Les heures sans lumière ne dépendent que du soleil et de l'horloge : elles n'ont pas de fourchette.",
	"money.how":
		"Indiquez vos propres prix (60, ou 60-90 pour une fourchette) et le mois auquel ils s'appliquent. Nous ne supposons ni l'un ni l'autre ; si un prix manque, le chiffre qui en dépend le nomme. Sans intérêts ni inflation.",
	"money.undated": "Indiquez le mois de ce prix ; sans lui, il n'est pas compté.",
	"money.vat": "TVA dans tous les prix",
	"vat.none": "non précisée",
	"vat.with": "TVA comprise",
	"vat.without": "hors TVA",
	"money.sums": "Le calcul, à vérifier avec une calculette",
	"money.beyond": "Ce qu'un contrôleur apporte d'autre, et qui paie",
	"ten.lead": "Dix ans, en euros, luminaires : {lamps}.",
	"money.amount": "{name}, {unit}",
	"money.dated": "du mois",
	"money.datedOf": "Mois du prix : {name}",
	"money.bad": "« {word} » n'est pas un montant ; par exemple 60 ou 60-90.",
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
		"Passages sans lumière : {unlit} par an avec l'extinction de 0 h à 5 h, {weeknights} si elle se limite aux nuits de semaine ; aucun avec la présence, ni avec la LED graduée par son driver.",
	"ans.less":
		"Sous la pleine classe, sur l'ensemble des usagers de la nuit : dans l'année de cette rue, {profile} avec l'abaissement programmé et {hourly} avec les classes horaires ; dans une semaine enregistrée ailleurs, {presence} avec la présence par luminaire et {neighbours} avec la présence et les voisins, où l'abaissement programmé en laisse {week}.",
	"ans.tonight":
		"Ce soir, simulé jusqu'ici : {passed} passages de nuit. Temps passé sous les luminaires : {all}, dont {below} sous la pleine classe ({profile} avec un abaissement programmé). Ce sont des comptages, exacts pour ce soir et pour lui seul.",
	"ans.noAccident":
		"C'est du temps et de la lumière, comptés dans le monde simulé. Cela ne dit rien des accidents.",
	"ans.fails":
		"Aucune panne de capteur, de réseau, d'horloge ou de logiciel n'éteint un luminaire. Un capteur douteux vaut présence : pleine classe, et ses voisins le signalent. Sans broker, la rue éclaire comme avant et envoie ses rapports plus tard ; sans réseau local non plus, chaque luminaire fonctionne seul, et la lumière qui devance l'usager manque. Sans courant, un luminaire est éteint, et signalé hors ligne après 7,5 minutes ; au retour du courant, pleine lumière d'abord. Avec une LED hors service, il est éteint aussi : un driver D4i ou un capteur de lumière le signale.",
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
	"ans.glare":
		"L'abaissement réduit la lumière sur une fenêtre dans la même proportion, et presque pas l'éblouissement ; la couleur et la lumière vers le ciel ne dépendent que du luminaire.",
	"ans.glareMore":
		"Selon la formule usuelle, l'éblouissement des conducteurs (TI) vaut encore 83 % quand tous les luminaires sont à 40 %, et jusqu'à 2,1 fois pendant un moment si un seul est à plein parmi eux. La présence fait varier la lumière sur une fenêtre la nuit. Demandez TI, ULOR et CCT au fabricant, et mesurez à la fenêtre (docs/nuit.md).",
	"ans.animals":
		"Un niveau plus bas éclaire moins de sol et attire moins, mais seule l'obscurité est obscure : les espèces qui fuient la lumière ont besoin d'un tronçon sans aucune lumière.",
	"ans.animalsMore":
		"En Wallonie, 195 km de routes traversent Natura 2000, et la Région dit superflus 6 % des points lumineux communaux : le mieux est de supprimer ceux dont personne n'a besoin, et il ne leur faut pas de contrôleur (sources : docs/nuit.md).",
	"ans.wish":
		"La commune décide, un ingénieur vérifie la classe, et un changement temporaire prend fin tout seul.",
	"ans.wishMore":
		"Pour quelques nuits : un ordre avec sa fin, gardé malgré une coupure. Pour de bon : un réglage de ce luminaire. Le journal d'audit dit qui a changé quoi. Moins de lumière que la classe de la rue : c'est à l'ingénieur de répondre, car d'autres y marchent.",
	"ans.buy": "Demandez des chiffres par écrit, avec les conditions de leur mesure.",
	"ans.buyMore":
		"Du luminaire : les watts à 100, 50, 25 et 10 %, TI, ULOR, CCT, embase, garantie, le programme propre du driver. Du contrôleur : le prix posé et l'entretien, ce qu'il fait sans réseau, à qui sont les données, quelle économie a été mesurée face à quel programme. Du gestionnaire de réseau : si l'alimentation reste la nuit, qui peut y travailler, et si l'abaissement arrive vraiment sur la facture. La liste entière : docs/nuit.md.",
	"ans.sure":
		"{option} : {mid} kWh, de {low} à {high}. La part de la puissance du luminaire y est de {power}, celle du trafic {traffic}, celle du modèle {model}.",
	"ans.sureCheck":
		"Trafic : {source}. La même graine donne la même nuit sur toute machine ; les tests recalculent les solutions d'aujourd'hui sans ce code. Cette commande refait tout le rapport :",
	"ans.sureMade": "fictif, moyenne de {days} jours",
	"ans.sureRecorded": "enregistré, {days} jours",
	"ans.sureNot":
		"Une énergie modélisée n'est pas une facture : aucun luminaire n'a été mesuré, et le micrologiciel n'a encore tourné sur aucun mât.",
};

/**
 * Invented town: a commune that does not exist, as a file of lights, by a seed: 2,400 lights in
 * Lambert 72, streets of a small town and four villages, cabinets, and as many old lamps as
 * Wallonia had at the end of 2021.
 *
 * No street, name or lamp is real. Of ORES's 198 communes the mean is 2,298 lights (455,000 lights;
 * ORES, 2019), and 27.3 % of the municipal lights were LED at the end of 2021 (lavenir.net,
 * 2023-01-06).
 */
import { type Random, random } from "../../lib/random.js";

const LED_SHARE = 0.273;
/** Lambert 72, m: fields between two villages of the Condroz. */
const MIDDLE = [222_000, 118_500] as const;
/** A cabinet feeds so many lights. */
const OF_CABINET = 45;
const HEADER = "numero;village;rue;x;y;armoire;lampe;watt;classe;vehicules_jour";

interface Village {
	readonly name: string;
	readonly east: number;
	readonly north: number;
	readonly lights: number;
}
const VILLAGES: readonly Village[] = [
	{ name: "Bourg-le-Try", east: 0, north: 0, lights: 1_150 },
	{ name: "Faulx", east: 3_100, north: 1_400, lights: 420 },
	{ name: "Sart-Malon", east: -2_700, north: 1_900, lights: 370 },
	{ name: "Haie-Sainte", east: 1_200, north: -2_900, lights: 260 },
	{ name: "Petit-Val", east: -2_200, north: -2_300, lights: 200 },
];
const KINDS = ["Rue", "Rue", "Rue", "Rue", "Avenue", "Chemin", "Place", "Clos", "Ruelle"] as const;
const NAMES =
	"des Tilleuls|du Lavoir|de la Fontaine|des Charmes|du Moulin|de l'Orme|des Alouettes|du Vieux Puits|de la Sapinière|des Genêts|du Calvaire|des Prés Hauts|de la Forge|du Bois Lion|des Carriers|de l'Étang|des Noyers|du Tram|de la Drève|des Saules|du Four|de l'Abreuvoir|des Bruyères|du Poirier|de la Chapelle|du Tienne|des Hirondelles|de la Grange|du Clocher|des Aubépines".split(
		"|",
	);
/** With their ballasts (`oldLampPower_W`), as the figures of old lamps take the file's watts. */
const OLD = [
	["sodium HP", 83],
	["sodium HP", 118],
	["sodium HP", 173],
	["iodures", 83],
] as const;
const LEDS = [27, 36, 45, 60] as const;

/** The file, CSV with semicolons and decimal commas, as a Walloon operator exports it. */
export function madeFile(seed: number): string {
	const chance = random(seed, "commune");
	const rows = [HEADER];
	for (const [index, village] of VILLAGES.entries()) writeVillage(village, index, chance, rows);
	return `${rows.join("\n")}\n`;
}

function writeVillage(village: Village, index: number, chance: Random, rows: string[]): void {
	const { name, east, north, lights } = village;
	const free = [...NAMES];
	const through = {
		rue: "Route de Ciney",
		lamps: Math.round(lights / 9),
		heading: chance.between(0, Math.PI),
	};
	let left = lights;
	for (let street = 0; left > 0; street++) {
		const isThrough = street === 0;
		const drawn = 2 + Math.floor(chance.between(0, 4) ** 2);
		const lamps = Math.min(left, isThrough ? through.lamps : drawn);
		const rue = isThrough ? through.rue : nameOf(free, street, chance);
		const spread = 160 * Math.sqrt(lights / 20);
		const away = isThrough
			? [0, 0]
			: [chance.between(-spread, spread), chance.between(-spread, spread)];
		const lamp =
			chance.next() < LED_SHARE ? undefined : OLD[Math.floor(chance.next() * OLD.length)]!;
		const led = LEDS[Math.floor(chance.next() * LEDS.length)]!;
		const common = {
			village: name,
			rue,
			lampe: lamp ? lamp[0] : "LED",
			watt: String(isThrough && !lamp ? 60 : (lamp?.[1] ?? led)),
			classe: isThrough ? "M4" : rue.startsWith("Place") ? "P2" : "P4",
			vehicules: isThrough ? String(Math.round(chance.between(3_000, 7_000))) : "",
		};
		const spacing = chance.between(24, 38);
		let [x, y] = [MIDDLE[0] + east + away[0]!, MIDDLE[1] + north + away[1]!];
		let heading = isThrough ? through.heading : chance.between(0, 2 * Math.PI);
		const turn = chance.between(-0.004, 0.004) / (isThrough ? 12 : 1);
		for (let lampOfStreet = 0; lampOfStreet < lamps; lampOfStreet++) {
			const number = rows.length;
			const cabinet = `C${index + 1}${String(1 + Math.floor((lights - left + lampOfStreet) / OF_CABINET)).padStart(2, "0")}`;
			const { village: place, rue: street, lampe, watt, classe, vehicules } = common;
			rows.push(
				[number, place, street, metres(x), metres(y), cabinet, lampe, watt, classe, vehicules].join(
					";",
				),
			);
			x += spacing * Math.cos(heading);
			y += spacing * Math.sin(heading);
			heading += turn * spacing;
		}
		left -= lamps;
	}
}

const metres = (value: number): string => value.toFixed(2).replace(".", ",");

/** A name that the village has not yet; when all are used, with a number of quarter. */
function nameOf(free: string[], street: number, chance: Random): string {
	const kind = KINDS[Math.floor(chance.next() * KINDS.length)]!;
	const index = Math.floor(chance.next() * free.length);
	const [name] = free.splice(index, 1);
	return name === undefined ? `${kind} n° ${street}` : `${kind} ${name}`;
}

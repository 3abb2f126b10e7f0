/** Identity: the fixed contents of a driver's memory banks, different for each lamp. */
import type { Random } from "../../../lib/random.js";
import type { Contents } from "./memory.js";

const BYTE = 256;
/** Versions of parts 101 to 103: 2.1, and none. */
const VERSION_2_1 = [9];
const NOT_IMPLEMENTED = [0xff];
/** Powers of ten: energy in Wh, power in 0.1 W. */
const WHOLE = [0];
const TENTH = [0xff];

/** Contents of a driver of 40 W in a luminaire of 5,200 lm; only type and serial number are drawn. */
export function identityOf(random: Random): Contents {
	const drawn = (bytes: number) =>
		Array.from({ length: bytes }, () => Math.floor(random.between(1, BYTE - 1)));
	return {
		"0.gtin": drawn(6),
		"0.firmwareMajor": [1],
		"0.firmwareMinor": [4],
		"0.serial": drawn(8),
		"0.hardwareMajor": [1],
		"0.hardwareMinor": [0],
		"0.version101": VERSION_2_1,
		"0.version102": VERSION_2_1,
		"0.version103": NOT_IMPLEMENTED,
		"0.deviceUnits": [0],
		"0.gearUnits": [1],
		"0.unitIndex": [0],
		"1.luminaireSerial": drawn(8),
		"1.contentFormat": [0, 3],
		"1.year": [26],
		"1.week": [14],
		"1.nominalPower": [0, 40],
		"1.leastPower": [0, 2],
		"1.leastMains": [0, 220],
		"1.mostMains": [0, 240],
		"1.nominalLight": [0, 0x14, 0x50],
		"1.colourRendering": [70],
		"1.colourTemperature": [0x0b, 0xb8],
		"1.distribution": [2],
		"202.version": [1],
		"202.energyScale": WHOLE,
		"202.powerScale": TENTH,
		"203.version": [1],
		"203.energyScale": WHOLE,
		"203.powerScale": TENTH,
		"204.version": [1],
		"204.energyScale": WHOLE,
		"204.powerScale": TENTH,
		"205.version": [1],
		"206.version": [1],
		"207.version": [1],
		"207.ratedLife": [100],
		"207.referenceTemperature": [60 + 65],
		"207.ratedStarts": [0, 200],
	};
}

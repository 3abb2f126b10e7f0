/**
 * Fact: one number of DALI-2 or D4i, with the public sources that state it.
 *
 * The standards (IEC 62386-101, -102, DiiA 251 to 253) are not at hand. A number that one source
 * alone states is *unverified*. docs/dali.md shows all of them; nothing here claims conformity.
 */

/** Where numbers were read, November 2026; none of their code is used. */
export const SOURCES = {
	A: [
		"python-dali",
		"github.com/sde1000/python-dali: dali/gear/general.py, dali/device/*.py, dali/memory/*.py",
	],
	B: [
		"Beckhoff",
		"infosys.beckhoff.com, Tc3_DALI: 5629974539, 5908382347, 6430577547, 6777329803, 6781838475, 12346803211",
	],
	C: ["Microchip", "onlinedocs.microchip.com, DALI 2.0 library, commands: GUID-DA5EBBA5-6A56-4135"],
	D: ["Renesas", "user's manual R20UT0435EJ1200, appendix D (edition 1 of the standard)"],
	E: ["Zephyr", "github.com/zephyrproject-rtos/zephyr, pull request 88128: timing header of 2025"],
	F: ["dali_d4i.c", "dali_d4i.c and .h of S. Price, 2021; the index names no repository"],
	G: ["dali-server", "github.com/ChienWeiChek/dali-server, properties.md: values of each bank"],
	H: ["Hyhtek", "doc.hyhtek.com/doc/35, memory banks of a maker of drivers"],
	I: ["Siemens", "CM 1xDALI, programming manual A5E47581955-AA, table 3-1"],
	J: ["zencontrol", "support.zencontrol.com, article 15895778689167: levels of the curve"],
	K: ["LogicMachine", "forum.logicmachine.net, threads 2122 and 3827: MASK, points of the curve"],
	L: ["Casambi", "help of the CGW-KNX gateway, 2256419723: range and meaning of levels"],
	M: ["Hager", "manual of the TX216, page 39: short circuit of the bus"],
	N: ["dali_memory.h", "dali_memory.h of V. Tran, 2020; the index names no repository"],
	O: ["CSH4", "github.com/atitoff/CSH4, docs/light/dali/command.md, first variant"],
	Q: ["dali_commands.h", "a C header of DALI-2 commands; the index names no repository"],
	R: ["Sunricher", "manual of the SR-DA2833MS-CP, multisensor: states and times of part 303"],
	P: ["Kistan", "github.com/insektionen/kistan-doc, src/lights/dali/index.md"],
} as const;
export type SourceName = keyof typeof SOURCES;

export interface Fact {
	readonly number: number;
	readonly meaning: string;
	/** Names of SOURCES. */
	readonly sources: readonly SourceName[];
}

/** `from`: letters of SOURCES. */
export function fact(number: number, meaning: string, from: string): Fact {
	return { number, meaning, sources: [...from] as SourceName[] };
}

/** Two sources that do not quote each other state the number. */
export function isVerified({ sources }: Fact): boolean {
	return sources.length >= 2;
}

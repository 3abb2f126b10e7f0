/**
 * The carrier of `hardware/`, by KiCad and ngspice: its rules, its pins against those of the boards, its
 * bill of materials, and its stages with each input open and shorted. Nothing of it was built.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import type { Board, BusBoard } from "../../../hosts/esp32/board.js";

const pinsFile = (name: string): string => `../../../hosts/esp32/boards/${name}/pins.js`;
const { board: c3 }: { board: Board } = await import(pinsFile("esp32-c3"));
const { board: zhaga }: { board: BusBoard } = await import(pinsFile("zhaga"));

const SHEET = "hardware/carrier.kicad_sch";
const folder = mkdtempSync(join(tmpdir(), "carrier-"));
afterAll(() => rmSync(folder, { recursive: true }));
const kicad = (...words: string[]): string =>
	execFileSync("kicad-cli", ["sch", ...words, SHEET], {
		encoding: "utf8",
		env: { ...process.env, HOME: folder },
		stdio: "pipe",
	});

/** A pin of a part: reference and the pin's name. */
interface Pin {
	readonly part: string;
	readonly name: string;
}
const values = new Map<string, string>();
const nets: Pin[][] = [];
const netlist = join(folder, "carrier.xml");
kicad("export", "netlist", "--format", "kicadxml", "-o", netlist);
const xml = readFileSync(netlist, "utf8");
for (const [, part, value] of xml.matchAll(/<comp ref="(\w+)">\s*<value>([^<]*)</g))
	values.set(part!, value!);
for (const [, inside] of xml.matchAll(/<net code[^>]*>([\s\S]*?)<\/net>/g))
	nets.push(
		[...inside!.matchAll(/<node ref="(\w+)"[^>]*?pinfunction="([^"]*)"/g)].map(
			([, part, name]) => ({ part: part!, name: name! }),
		),
	);

const RAILS = ["U1.VOUT", "J1.24V", "J1.0V"];
const nameOf = ({ part, name }: Pin): string => `${part}.${name}`;
const netOf = (pin: string): Pin[] | undefined => nets.find((net) => net.map(nameOf).includes(pin));

/** Pins that a pin of the module reaches through resistors and the position of the jumpers, no rail. */
function reached(pin: string, position: "A" | "B"): string[] {
	const seen = new Set<Pin[]>();
	const open = [netOf(pin)];
	for (const net of open) {
		if (!net || seen.has(net) || net.some((each) => RAILS.includes(nameOf(each)))) continue;
		seen.add(net);
		for (const { part, name } of net) {
			if (/^R\d/.test(part)) open.push(netOf(`${part}.${name === "1" ? "2" : "1"}`));
			if (/^JP\d/.test(part) && name === "C") open.push(netOf(`${part}.${position}`));
		}
	}
	return [...seen].flat().map(nameOf);
}

test("KiCad's electrical rules find nothing", () => {
	const report = join(folder, "erc.rpt");
	kicad("erc", "--severity-all", "-o", report);
	expect(readFileSync(report, "utf8")).toContain("ERC messages: 0  Errors 0  Warnings 0");
});

test("each part has a maker's number, and the bill of materials is the schematic's", () => {
	const file = join(folder, "bom.csv");
	const fields = "Reference,Value,MPN,Manufacturer,Note";
	kicad("export", "bom", "--fields", fields, "--group-by", "Value,MPN,Note", "-o", file);
	const bom = readFileSync(file, "utf8");
	expect(readFileSync("hardware/bom.csv", "utf8")).toBe(bom);
	for (const line of bom.trim().split("\n").slice(1))
		expect(line).toMatch(/^"[^"]+","[^"]+","[^"]+","[^"]+",/);
});

const pinsOf = (pair: { readonly receive: number; readonly transmit: number }) =>
	[pair.receive, pair.transmit] as const;

describe("the netlist has the pins of the boards", () => {
	const { lamp, relay, led, movement, light, technician } = c3;
	const [receive, transmit] = pinsOf(technician);
	const common = [
		[led!.pin, "D6.A"],
		[movement.pin, "J6.2"],
		[receive, "J7.2"],
		[transmit, "J7.3"],
		["data" in light! ? light.data : -1, "U4.SDA"],
		["clock" in light! ? light.clock : -1, "U4.SCL"],
	] as const;
	const [hears, speaks] = pinsOf(zhaga.bus);
	test.each([
		["esp32-c3", "A", [[lamp.pin, "U3.A"], [relay!.pin, "Q1.G"], ...common]],
		["zhaga", "B", [[speaks, "Q2.G"], [hears, "Q3.C"], ...common]],
	] as const)("%s, jumpers in position %s", (_, position, wanted) => {
		for (const [pin, end] of wanted) expect(reached(`U2.IO${pin}`, position)).toContain(end);
		const used = nets.flat().filter(({ part, name }) => part === "U2" && name.startsWith("IO"));
		const joined = used.map(({ name }) => Number(name.slice(2))).filter((pin) => pin < 18);
		// 2, 8 and 9 are strapping pins with a pull-up
		expect(joined.sort((a, b) => a - b)).toEqual(
			[...wanted.map(([pin]) => pin), 2, 8, 9].sort((a, b) => a - b),
		);
	});
	test("the boards are one in what the jumpers do not change", () => {
		for (const part of ["led", "movement", "light", "technician"] as const)
			expect(zhaga[part]).toEqual(c3[part]);
	});
	test("the closed contact of the relay carries the phase", () => {
		expect(netOf("K1.COM")!.map(nameOf)).toContain("J4.1");
		expect(netOf("K1.NC")!.map(nameOf)).toContain("J4.2");
	});
});

/** Voltages of a stage: its deck with the schematic's resistors, some of them replaced. */
function solve(stage: string, given: Readonly<Record<string, number | string>>): number[] {
	const all = {
		...Object.fromEntries([...values].filter(([part]) => /^R\d/.test(part))),
		...given,
	};
	const [title, ...lines] = readFileSync(`hardware/stages/${stage}.cir`, "utf8").split("\n");
	// spice reads 4k7 as 4k
	const plain = (value: number | string) => String(value).replace(/^(\d+)k(\d)$/, "$1.$2k");
	const params = Object.entries(all).map(([name, value]) => `.param ${name}=${plain(value)}`);
	const deck = [title, ...params, ...lines].join("\n");
	const text = execFileSync("ngspice", ["-b"], { input: deck, encoding: "utf8", stdio: "pipe" });
	const found = [...text.matchAll(/^v\(\S+\) = (\S+)$/gm)].map(([, volts]) => Number(volts));
	if (found.length === 0) throw new Error(`${stage}: ngspice printed no voltage\n${text}`);
	return found;
}

const OPEN = { VPIN: 0, RPIN: 1e12 };
const LOW = { VPIN: 0, RPIN: 50 };
const HIGH = { VPIN: 3.3, RPIN: 50 };
/** What may be at an input while no firmware runs, and a firmware's low. */
const REST = [
	["open", OPEN],
	["pulled up by the pin itself, 45 k", { VPIN: 3.3, RPIN: 45e3 }],
	["shorted to ground", { VPIN: 0, RPIN: 1e-3 }],
	["low", LOW],
] as const;
/** Each resistor of a stage, open and shorted, while the pin is low. */
const broken = (...names: string[]) =>
	names.flatMap((name) =>
		[1e12, 1e-3].map((ohms) => [`low, ${name} of ${ohms} ohms`, { ...LOW, [name]: ohms }] as const),
	);

/** Least and most of the data sheets; the driver of a 10 V input feeds 2 mA at most (IEC 60929). */
const WEAK = { CTR: 0.5, IDIM: 2e-3, VTH: 1.45, VBUS: 9.5 };
const STRONG = { CTR: 6, IDIM: 1e-5, VTH: 0.65, VBUS: 22.5 };

describe("PWM: the driver's 10 V input", () => {
	test.each([...REST, ...broken("R5", "R6")])("%s: full light", (_, input) => {
		for (const part of [WEAK, STRONG])
			expect(solve("pwm", { ...part, ...input })[0]).toBeGreaterThan(9.5);
	});
	test("high: dark, also for a weak optocoupler and 2 mA", () => {
		for (const part of [WEAK, STRONG])
			expect(solve("pwm", { ...part, ...HIGH })[0]).toBeLessThan(0.5);
	});
});

describe("relay: the coil of 24 V, released below a tenth", () => {
	test.each([...REST, ...broken("R7", "R8")])("%s: closed", (_, input) => {
		for (const part of [WEAK, STRONG])
			expect(solve("relay", { ...part, ...input })[0]).toBeLessThan(2.4);
	});
	test("high: open", () => {
		for (const part of [WEAK, STRONG])
			expect(solve("relay", { ...part, ...HIGH })[0]).toBeGreaterThan(19);
	});
});

describe("DALI: a bus above 9.5 V is high, below 6.5 V low", () => {
	const busOf = (input: Readonly<Record<string, number>>) =>
		[WEAK, STRONG].map((part) => solve("dali", { ...part, ...input }));
	test.each([...REST, ...broken("R9", "R10")])("%s: the bus rests, and is heard", (_, input) => {
		for (const [bus, receive] of busOf(input)) {
			expect(bus).toBeGreaterThan(9.3);
			expect(receive).toBeLessThan(0.8);
		}
	});
	test("high: the bus is low, and is heard", () => {
		for (const [bus, receive] of busOf(HIGH)) {
			expect(bus).toBeLessThan(4.5);
			expect(receive).toBeGreaterThan(2.5);
		}
	});
	test.each(broken("R11", "R12", "R13"))("%s, of the receiver: the bus is not low", (_, input) => {
		for (const [bus] of busOf(input)) expect(bus).toBeGreaterThan(6.5);
	});
});

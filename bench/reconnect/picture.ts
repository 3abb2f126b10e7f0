/**
 * Picture: attempts a second over time as SVG, a panel for each scenario, a line for each policy.
 *
 * Generated without a library, so that the same figures give the same bytes.
 */

import { BIN } from "./street.js";
import type { City, Outcome, Scenario } from "./study.js";

const WIDTH = 900;
const PANEL = 210;
const LEFT = 64;
const RIGHT = 190;
const TOP = 34;
const BOTTOM = 30;
/** Attempts a second, on a logarithmic scale: the policies differ by up to four powers of ten. */
const LEAST = 1;
const MOST = 40_000;
/** Distinguishable in grey and with colour blindness, too (Okabe and Ito), and by their dashes. */
const INKS = ["#0072b2", "#d55e00", "#e69f00", "#cc79a7", "#009e73", "#777777"];
const DASHES = ["", "6 2", "2 2", "8 3 2 3", "4 4", "1 3"];

export function picture(
	results: readonly { readonly scenario: Scenario; readonly outcomes: readonly Outcome[] }[],
	city: City,
): string {
	const height = results.length * PANEL + 10;
	const panels = results.map(({ scenario, outcomes }, nth) =>
		panel(scenario, outcomes, city, nth * PANEL),
	);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">
<title>Connection attempts a second over time, ${city.lamps} lamps</title>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${panels.join("\n")}
</svg>
`;
}

function panel(scenario: Scenario, outcomes: readonly Outcome[], city: City, y: number): string {
	const [from, to] = scenario.drawn;
	const even = (city.lamps / city.spread) * 1000;
	const atX = (second: number) => LEFT + ((second - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
	const atY = (rate: number) => {
		const share = Math.log(Math.max(rate, LEAST) / LEAST) / Math.log(MOST / LEAST);
		return y + PANEL - BOTTOM - share * (PANEL - BOTTOM - TOP);
	};
	const parts = [
		`<text x="${LEFT}" y="${y + 20}" font-weight="bold">After ${scenario.name}</text>`,
	];
	for (let rate = LEAST; rate <= MOST; rate *= 10)
		parts.push(
			line(LEFT, atY(rate), WIDTH - RIGHT, atY(rate), "#dddddd"),
			text(LEFT - 6, atY(rate) + 4, `${rate}/s`, "end"),
		);
	for (let second = from; second <= to; second += 60)
		parts.push(text(atX(second), y + PANEL - BOTTOM + 16, `${second}`, "middle"));
	parts.push(
		line(LEFT, atY(even), WIDTH - RIGHT, atY(even), "#000000"),
		text(LEFT + 4, atY(even) - 3, "even rate", "start"),
	);
	if (scenario.outage > 0)
		parts.push(
			line(
				atX(scenario.outage / 1000),
				y + TOP,
				atX(scenario.outage / 1000),
				y + PANEL - BOTTOM,
				"#999999",
			),
		);
	outcomes.forEach(({ policy, tally }, nth) => {
		const points: string[] = [];
		for (let bin = Math.floor((from * 1000) / BIN); bin < (to * 1000) / BIN; bin += 1) {
			const rate = atY(tally.bins[bin]! / (BIN / 1000));
			for (const edge of [bin, bin + 1])
				points.push(`${round(atX((edge * BIN) / 1000))},${round(rate)}`);
		}
		const ink = `stroke="${INKS[nth]}" stroke-dasharray="${DASHES[nth]}"`;
		const wide = nth === 0 ? 2.5 : 1.3;
		parts.push(
			`<polyline points="${points.join(" ")}" fill="none" ${ink} stroke-width="${wide}"/>`,
			`<line x1="${WIDTH - RIGHT + 10}" x2="${WIDTH - RIGHT + 34}" y1="${y + TOP + 8 + nth * 18}" y2="${y + TOP + 8 + nth * 18}" ${ink} stroke-width="${wide}"/>`,
			text(WIDTH - RIGHT + 40, y + TOP + 12 + nth * 18, policy, "start"),
		);
	});
	parts.push(text(WIDTH - RIGHT, y + PANEL - 2, "seconds since the loss", "end"));
	return parts.join("\n");
}

function line(x1: number, y1: number, x2: number, y2: number, ink: string): string {
	return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${ink}" stroke-width="0.7"/>`;
}

function text(x: number, y: number, what: string, anchor: string): string {
	return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${what}</text>`;
}

/** Rounds to a tenth of a pixel: equal bytes even if engines differ in the last decimals. */
function round(value: number): string {
	return value.toFixed(1);
}

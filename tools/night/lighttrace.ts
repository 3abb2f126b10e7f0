/**
 * Light trace: where the light stands by the lines of a night: `AT DUTY`, `AT +MS:DUTY ...` of a
 * fade, `AT stop`.
 */
import { Carrier, POINT, POINT_BYTES, pathOf, pathText } from "../../hosts/moddable/carrier.js";

/** An order by the bytes of EFFECT.fade, behind its instant: ` +MS:DUTY ...`; none: ` stop`. */
export function fadeText(bytes: Uint8Array): string {
	return bytes.length > 0 ? pathText(pathOf(bytes), bytes.length / POINT_BYTES) : " stop";
}

export type Corner = readonly [at: number, duty: number];

/** The light at each line and each end of a piece of a fade, up to `until` and there. */
export function cornersOf(lines: readonly string[], until = Infinity): readonly Corner[] {
	const light = new Carrier();
	light.write(0, 0);
	const corners: Corner[] = [];
	const add = (at: number) => {
		if (corners.at(-1)?.[0] === at) corners.pop(); // it jumps
		corners.push([at, light.dutyAt(at)]);
	};
	const carry = (to: number) => {
		while (light.nextAt <= to && light.nextAt < Infinity) {
			const at = light.nextAt;
			light.advance();
			add(at);
		}
	};
	for (const line of lines) {
		const [first, ...args] = line.split(" ");
		const at = Number(first);
		if (at > until) break;
		carry(at);
		const points = args.filter((word) => word.startsWith("+"));
		if (points.length > 0) {
			const path = Uint32Array.from(points.flatMap((point) => point.split(":").map(Number)));
			light.fade(path, path.length / POINT, at);
		} else if (args[0] === "stop") light.stop(at);
		else light.write(Number(args[0]), at);
		add(at);
		carry(at);
	}
	carry(until);
	if (until < Infinity && corners.length > 0) add(until);
	return corners;
}

/**
 * Staircase: the light of a trace as the interrupt of a controller shows it, a duty each 5 ms where it
 * changes.
 */
import { Carrier, POINT } from "../../hosts/moddable/carrier.js";
import type { Duty } from "./dutylog.js";

const EVERY_ms = 5;

/** Of lines `AT DUTY`, `AT +MS:DUTY ...` and `AT stop`, in the order of time. */
export function staircaseOf(trace: readonly string[]): readonly Duty[] {
	const shown: Duty[] = [];
	const carrier = new Carrier();
	const show = (at: number, duty: number): void => {
		if (duty !== shown.at(-1)?.duty) shown.push({ at, duty });
	};
	for (const [index, line] of trace.entries()) {
		const [instant, ...args] = line.split(" ");
		const at = Number(instant);
		order(carrier, at, args);
		show(at, dutyAt(carrier, at));
		const until = Number(trace[index + 1]?.split(" ")[0] ?? Infinity);
		for (let tick = at + EVERY_ms; carrier.nextAt < Infinity && tick < until; tick += EVERY_ms)
			show(tick, dutyAt(carrier, tick));
		if (until < Infinity) dutyAt(carrier, until);
	}
	return shown;
}

function order(carrier: Carrier, at: number, args: readonly string[]): void {
	const [first] = args;
	if (first === "stop") carrier.stop(at);
	else if (!first?.startsWith("+")) carrier.write(Number(first), at);
	else {
		const path = Uint32Array.from(args.flatMap((word) => word.slice(1).split(":").map(Number)));
		carrier.fade(path, path.length / POINT, at);
	}
}

function dutyAt(carrier: Carrier, at: number): number {
	while (carrier.nextAt <= at) carrier.advance();
	return carrier.dutyAt(at);
}

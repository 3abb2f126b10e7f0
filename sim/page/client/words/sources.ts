/**
 * Sources: the point of a program as a French sentence has it. On the wire it is the text of the
 * program, `sunset+30 60`, which engineers write; English sentences keep it.
 */
import type { ReportedLink } from "../../messages.js";

const POINT =
	/^(?:([a-z][a-z0-9-]*): )?(?:(sunset|sunrise)([+-]\d+)?|(\d\d:\d\d)) (\S+)(?: (?!traffic)\S+ \d+)*(?: traffic (\d+))?$/;
const SUN = { sunset: "le coucher du soleil", sunrise: "le lever du soleil" } as const;

/** The link with its source in French; any other text stays as it was reported. */
export function inFrench<T extends ReportedLink>(link: T): T {
	const { by, source } = link;
	if (source === undefined || (by !== "program" && by !== "lightsOut")) return link;
	const [, name, sun, offset, clock, level, traffic] = POINT.exec(source) ?? [];
	if (level === undefined) return link;
	const parts = [`dès ${clock ?? sunText(sun as keyof typeof SUN, Number(offset ?? 0))}`];
	if (name !== undefined) parts.unshift(`«\u00a0${name}\u00a0»`);
	if (/^[PMC]\d$/.test(level)) parts.push(`classe ${level}`);
	if (traffic !== undefined) parts.push(`plus dès ${traffic} usagers par heure`);
	return { ...link, source: parts.join(", ") };
}

function sunText(sun: keyof typeof SUN, minutes: number): string {
	if (minutes === 0) return SUN[sun];
	return `${Math.abs(minutes)} min ${minutes < 0 ? "avant" : "après"} ${SUN[sun]}`;
}

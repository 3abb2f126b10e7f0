/** Icons: one for each cause of light and each severity; each stands beside its word. */
import type { JSX } from "preact";

/** Paths in a field of 16 by 16, drawn as lines. */
const PATHS: Readonly<Record<string, string>> = {
	program: "M8 2a6 6 0 1 0 0 12 6 6 0 0 0 0-12M8 5v3.2l2.2 1.6",
	presence:
		"M8 2.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2M8 7v3.6M5.4 8.4 8 7l2.6 1.4M8 10.6l-2 3.2M8 10.6l2 3.2",
	neighbours:
		"M3.2 9.6a1.4 1.4 0 1 1 0-2.8M8 8.2h.01M12.8 6.8a1.4 1.4 0 1 1 0 2.8M5.4 5a4.4 4.4 0 0 1 5.2 0M5.4 11.4a4.4 4.4 0 0 0 5.2 0",
	doubt: "M5.6 6a2.4 2.4 0 1 1 3.4 2.2c-.7.4-1 .8-1 1.6M8 12.4h.01",
	order: "M3 8h8M8 4.6 11.4 8 8 11.4M13.4 3.4v9.2",
	emergency: "M8 2.4 14.2 13H1.8L8 2.4M8 6.4v3.2M8 11.4h.01",
	fault: "M8 2.4 14.2 13H1.8L8 2.4M8 6.4v3.2M8 11.4h.01",
	default: "M8 2.6a4 4 0 0 1 2.2 7.4v1.6H5.8V10A4 4 0 0 1 8 2.6M6.4 13.6h3.2",
	daylight:
		"M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M3.5 12.5l.8-.8M11.7 4.3l.8-.8",
	offline: "M2.4 6.4a8 8 0 0 1 11.2 0M4.6 8.8a4.8 4.8 0 0 1 6.8 0M8 12h.01M2.6 2.6l10.8 10.8",
	noPower: "M6 2.4v3M10 2.4v3M4.4 5.4h7.2v2a3.6 3.6 0 0 1-7.2 0v-2M8 11v2.6M2.6 2.6l10.8 10.8",
	none: "M4.6 8h6.8",
	met: "M3 8.6l3.4 3.4L13 4.6",
	below: "M8 2.4v8M4.8 7.4 8 10.6l3.2-3.2M2.8 13.6h10.4",
	info: "M8 2a6 6 0 1 0 0 12 6 6 0 0 0 0-12M8 7.4v3.4M8 5.2h.01",
	repair:
		"M10.8 2.6a3 3 0 0 0-3.6 4L2.8 11a1.5 1.5 0 0 0 2.2 2.2l4.4-4.4a3 3 0 0 0 4-3.6L11.6 7 9.4 6.6 9 4.4l1.8-1.8",
	safety: "M8 2.4 14.2 13H1.8L8 2.4M8 6.4v3.2M8 11.4h.01",
	pause: "M5.4 3v10M10.6 3v10",
	play: "M5 3v10l8-5-8-5",
	step: "M4 3v10l6.4-5L4 3M12.4 3v10",
	search: "M7 2.6a4.4 4.4 0 1 1 0 8.8 4.4 4.4 0 0 1 0-8.8M10.2 10.2l3.4 3.4",
	help: "M5.6 6a2.4 2.4 0 1 1 3.4 2.2c-.7.4-1 .8-1 1.6M8 12.4h.01",
	pedestrian:
		"M8 2.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2M8 7v3.6M5.4 8.4 8 7l2.6 1.4M8 10.6l-2 3.2M8 10.6l2 3.2",
	bicycle:
		"M3.8 8.6a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8M12.2 8.6a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8M3.8 11l2.4-4.6h4.2L12.2 11M6.2 6.4 8.4 11M9.6 4h1.6l-.8 2.4",
	car: "M2 11V8.6l1.6-.6 1.6-3h5.2L12.6 8l1.4.6V11H2M4.6 11a1.3 1.3 0 1 0 .01 0M11.4 11a1.3 1.3 0 1 0 .01 0",
	plus: "M8 3v10M3 8h10",
	minus: "M3 8h10",
	close: "M4 4l8 8M12 4l-8 8",
	whole: "M2.6 6V2.6H6M10 2.6h3.4V6M13.4 10v3.4H10M6 13.4H2.6V10",
	print: "M4.4 6V2.6h7.2V6M4.4 11.4H2.6V6.2h10.8v5.2h-1.8M4.4 9.4h7.2v4H4.4v-4",
};

/** Hidden from screen readers, for a word stands beside it. */
export function Icon({ name }: { readonly name: string }): JSX.Element {
	return (
		<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
			<path d={PATHS[name] ?? PATHS.none} />
		</svg>
	);
}

/**
 * Reach: the controls of a page that another element covers, for a pointer and for the keyboard.
 *
 * Each control is scrolled to the upper edge, to the middle and to the lower edge of the window, where a
 * pointer must meet its middle. Then each has the focus, forwards and backwards, and a part of it must
 * be seen (WCAG 2.2, 2.4.11).
 */
import type { Page } from "playwright-core";

/**
 * In the page. Left out are controls that are disabled, hidden, in a closed `<details>` or behind a
 * dialogue, and the one that is beside the window until it has the focus (`.skip`).
 */
const COVERED = `(() => {
	const NAMES = "a[href], button, summary, select, textarea, input, [role=option], [tabindex='0']";
	const dialogue = document.querySelector("dialog[open]") ?? document;
	const controls = [...dialogue.querySelectorAll(NAMES)].filter((one) =>
		one.checkVisibility({ visibilityProperty: true }) && !one.matches(":disabled, .skip"));
	const nameOf = (one) => {
		const text = one.ariaLabel ?? one.labels?.[0]?.textContent ?? one.textContent;
		return one.localName + " " + (text.trim().replace(/\\s+/g, " ").slice(0, 50) || one.className);
	};
	/** A link may begin in another line; a range is held by its thumb, which is as wide as it is high. */
	const pointsOf = (one, shares) => {
		const box = one.getClientRects()[0];
		const isRange = one.type === "range";
		const thumb = isRange ? Math.min(44, box.height) : 0;
		const along = isRange ? [(one.value - one.min) / (one.max - one.min || 1)] : shares;
		return along.flatMap((x) => shares.map((y) =>
			[box.left + thumb / 2 + x * (box.width - thumb), box.top + y * box.height]));
	};
	/** A label stands for its control; what lies over the map belongs to it. */
	const isOwn = (one, hit) => hit !== null && (one.contains(hit) ||
		hit.closest("label")?.control === one || (one.matches(".lights") && hit.closest(".townmap") !== null));
	const found = [];
	/** A browser scrolls to the focus only if no pixel of it is seen: then its points may all be outside. */
	const isSeen = ({ left, right, top, bottom }) =>
		right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
	const look = (one, place, shares) => {
		const hits = pointsOf(one, shares).map(([x, y]) => document.elementFromPoint(x, y));
		if (hits.some((hit) => isOwn(one, hit))) return;
		const over = hits.find((hit) => hit !== null);
		if (!over && shares.length > 1 && isSeen(one.getBoundingClientRect())) return;
		found.push(nameOf(one) + ", " + place + ": " + (over ? nameOf(over) : "outside the window"));
	};
	for (const block of ["start", "center", "end"])
		for (const one of controls) {
			one.scrollIntoView({ block, inline: "nearest", behavior: "instant" });
			look(one, block, [0.5]);
		}
	const focus = (all, place) => {
		document.activeElement?.blur();
		for (const one of all) {
			one.focus();
			if (document.activeElement === one) look(one, place, [0.1, 0.3, 0.5, 0.7, 0.9]);
		}
	};
	scrollTo(0, 0);
	focus(controls, "forwards");
	scrollTo(0, document.documentElement.scrollHeight);
	focus(controls.toReversed(), "backwards");
	document.activeElement?.blur();
	scrollTo(0, 0);
	return { count: controls.length, found };
})()`;

export interface Reached {
	/** Of controls that were looked at. */
	readonly count: number;
	/** `control, place: what lies over it`, of the covered ones. */
	readonly found: readonly string[];
}

/** Opens every `<details>`, and looks at every control. */
export async function reach(page: Page): Promise<Reached> {
	await page.evaluate(`for (const one of document.querySelectorAll("details")) one.open = true`);
	return page.evaluate<Reached>(COVERED);
}

/** Width and height: phone, tablet, laptop, desktop, wide screen; and the laptop at 200 %. */
export const SIZES = [
	[390, 844],
	[768, 1024],
	[1280, 800],
	[1920, 1080],
	[2560, 1440],
	[640, 400],
] as const;

/** Overview: all lamps of a street that is longer than the picture, with their numbers in words. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { countsOf, drawOverview, gridOf, lampAt } from "../scene/overview.js";
import { model, useModel, useSpeech } from "../state/street.js";

/** Fewer are found by a glance along the street. */
export const OVERVIEW_FROM = 40;

interface OverviewProps {
	/** Lamps in the picture. */
	readonly first: number;
	readonly last: number;
	readonly onGo: (lamp: number) => void;
}

export function Overview({ first, last, onGo }: OverviewProps): JSX.Element {
	const speech = useSpeech();
	const canvas = useRef<HTMLCanvasElement>(null);
	const [width, setWidth] = useState(0);
	const lamps = useModel(({ welcome }) => welcome?.lamps ?? 0);
	const counts = useModel((all) => Object.values(countsOf(all)).join())
		.split(",")
		.map((count) => speech.number(Number(count), 0));
	const grid = gridOf(width, lamps);
	useEffect(() => {
		const observer = new ResizeObserver(([entry]) =>
			setWidth(Math.floor(entry!.contentRect.width)),
		);
		observer.observe(canvas.current!.parentElement!);
		return () => observer.disconnect();
	}, []);
	useEffect(() => {
		const paint = () => {
			const picture = canvas.current;
			if (!picture || width === 0) return;
			const ratio = Math.min(2, devicePixelRatio || 1);
			const [wide, tall] = [width * ratio, grid.rows * grid.cell * ratio];
			if (picture.width !== wide || picture.height !== tall)
				Object.assign(picture, { width: wide, height: tall });
			const c = picture.getContext("2d", { alpha: false })!;
			c.setTransform(ratio, 0, 0, ratio, 0, 0);
			drawOverview(c, grid, model, [first, last]);
		};
		paint();
		return model.subscribe(paint);
	}, [width, lamps, first, last]);
	const go = useRef(onGo);
	go.current = onGo;
	useEffect(() => {
		const picture = canvas.current!; // arrow keys and the search go there too
		const onClick = ({ offsetX, offsetY }: MouseEvent) => {
			const lamp = lampAt(grid, lamps, offsetX, offsetY);
			if (lamp !== undefined) go.current(lamp);
		};
		picture.addEventListener("click", onClick);
		return () => picture.removeEventListener("click", onClick);
	}, [width, lamps]);
	const [full, less, dark, offline, alarms] = counts;
	const fill = { lamps: speech.number(lamps, 0), full, less, dark, offline, alarms } as const;
	return (
		<div class="overview">
			<div class="points" aria-hidden="true">
				<canvas
					ref={canvas}
					style={{ width: `${width}px`, height: `${grid.rows * grid.cell}px` }}
				/>
			</div>
			<p>{speech.say("overview", fill as Record<string, string>)}</p>
		</div>
	);
}

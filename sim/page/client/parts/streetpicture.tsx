/**
 * Street picture: the canvas with its plates, in a box that scrolls along the street.
 */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useReducer, useRef } from "preact/hooks";
import { Scene } from "../scene/scene.js";
import { model, useModel, useSpeech } from "../state/street.js";
import { OVERVIEW_FROM, Overview } from "./overview.js";
import { Plates } from "./plates.js";

interface PictureProps {
	readonly chosen: number | undefined;
	readonly onChoose: (lamp: number) => void;
	/** Share of the width that shows the old lamps. */
	readonly split?: number;
	/** Called with metres from the first lamp for a click on the road. */
	readonly onRoad?: ((x_m: number) => void) | undefined;
	readonly children?: ComponentChildren;
}

/** Brings the whole picture into view, or its top where the window is too low for it. */
export function seePicture(): void {
	const street = document.querySelector(".street");
	street?.scrollIntoView({ block: "nearest" });
	if (street && street.getBoundingClientRect().top < 0) street.scrollIntoView({ block: "start" });
}

/** A scenario plays in view wherever on the page it was chosen: at the choice and as it begins. */
function useScenarioInView(): void {
	const starting = useModel((all) => all.starting);
	const wasChosen = useRef(false);
	useEffect(() => {
		if (starting !== undefined || wasChosen.current) seePicture();
		wasChosen.current = starting !== undefined;
	}, [starting]);
}

export function StreetPicture(props: PictureProps): JSX.Element {
	const { chosen, onChoose, split = 0, onRoad, children } = props;
	const speech = useSpeech();
	const canvas = useRef<HTMLCanvasElement>(null);
	const box = useRef<HTMLDivElement>(null);
	const scene = useRef<Scene | undefined>(undefined);
	const [, again] = useReducer((n: number) => n + 1, 0);
	const lamps = useModel(({ welcome }) => welcome?.lamps ?? 0);
	const run = useModel(({ welcome }) => welcome);
	useScenarioInView();
	const isStill = useModel(({ ended, isLost }) => isLost || ended !== undefined);
	useEffect(() => {
		const made = new Scene(canvas.current!, model);
		scene.current = made;
		let frame = requestAnimationFrame(function paint(now) {
			frame = requestAnimationFrame(paint); // first: an exception in a frame is that frame's own
			made.paint(now);
		});
		return () => cancelAnimationFrame(frame);
	}, []);
	useEffect(() => {
		const resize = () => {
			if (!box.current || !canvas.current) return; // the view was left
			const { clientWidth, scrollLeft } = box.current;
			scene.current!.resize(clientWidth, canvas.current.clientHeight, scrollLeft);
			again(0);
		};
		const observer = new ResizeObserver(resize);
		observer.observe(box.current!);
		resize();
		return () => observer.disconnect();
	}, [lamps, run]);
	useEffect(() => {
		if (scene.current) scene.current.split = split;
	}, [split]);
	useEffect(() => {
		const made = scene.current;
		if (!made || !box.current) return;
		made.chosen = chosen ?? 0;
		const { pitch } = made.layout;
		const at = ((chosen ?? 0) - 1) * pitch;
		const { scrollLeft, clientWidth } = box.current;
		if (chosen !== undefined && (at < scrollLeft || at + pitch > scrollLeft + clientWidth))
			box.current.scrollTo({ left: at - clientWidth / 2 + pitch / 2 });
	}, [chosen, lamps]);
	const onScroll = () => {
		scene.current?.scrollTo(box.current!.scrollLeft);
		again(0);
	};
	useEffect(() => {
		const picture = canvas.current!; // plates and buttons do the same by key
		const onClick = (event: MouseEvent) => {
			const { left } = picture.getBoundingClientRect();
			if (scene.current) onRoad?.(scene.current.metresAt(event.clientX - left));
		};
		picture.addEventListener("click", onClick);
		return () => picture.removeEventListener("click", onClick);
	}, [onRoad]);
	const pitch = scene.current?.layout.pitch ?? 0;
	const [first, last] = scene.current && lamps > 0 ? scene.current.visible() : [1, 0];
	return (
		<section class={`street${isStill ? " still" : ""}`} aria-label={speech.say("street")}>
			<div class="along" ref={box} onScroll={onScroll}>
				<div class="road" style={{ width: pitch > 0 ? `${pitch * lamps}px` : "100%" }}>
					<div class={`picture${onRoad ? " aim" : ""}`} aria-hidden="true">
						<canvas ref={canvas} />
					</div>
					{scene.current && (
						<Plates
							scene={scene.current}
							first={first}
							last={last}
							pitch={pitch}
							chosen={chosen}
							onChoose={onChoose}
						/>
					)}
				</div>
			</div>
			{lamps >= OVERVIEW_FROM && last - first + 1 < lamps && (
				<Overview
					first={first}
					last={last}
					onGo={(lamp) =>
						box.current?.scrollTo({ left: (lamp - 0.5) * pitch - box.current.clientWidth / 2 })
					}
				/>
			)}
			{children}
		</section>
	);
}

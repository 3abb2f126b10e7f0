/** Map view: the black map with the edge between two options, its keys and its buttons. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { optionOf } from "../../lib/lightingoptions/options.js";
import { Icon } from "../../sim/page/client/parts/icons.js";
import { useSpeech } from "../../sim/page/client/state/street.js";
import { boxOf } from "./camera.js";
import { TownMap } from "./townmap.js";
import { town, useTown } from "./usetown.js";

/** Pixels a metre at which a street's poles are apart on the map. */
const STREET_SCALE = 4;
/** Of a step of the edge by its entering option, ms. */
const SWEEP = 700;

const KEYS: Readonly<Record<string, (map: TownMap) => void>> = {
	ArrowLeft: (map) => map.step(-1, 0),
	ArrowRight: (map) => map.step(1, 0),
	ArrowUp: (map) => map.step(0, 1),
	ArrowDown: (map) => map.step(0, -1),
	"+": (map) => map.zoomBy(true),
	"-": (map) => map.zoomBy(false),
	"0": (map) => map.home(),
	Home: (map) => map.home(),
};

/** `children`: over the map, in its corners. */
export function MapView({ children }: { readonly children: ComponentChildren }): JSX.Element {
	const speech = useSpeech();
	const box = useRef<HTMLDivElement>(null);
	const lights = useRef<HTMLCanvasElement>(null);
	const names = useRef<HTMLCanvasElement>(null);
	const map = useRef<TownMap | undefined>(undefined);
	const shownTown = useTown((state) => state.town);
	const street = useTown((state) => state.street);
	useEffect(() => {
		if (!shownTown || !box.current || !lights.current || !names.current) return undefined;
		const pick = (light: number) => town.change({ light: light < 0 ? undefined : light });
		const made = new TownMap(
			box.current,
			lights.current,
			names.current,
			town,
			shownTown,
			speech,
			pick,
		);
		map.current = made;
		box.current.dataset.by = made.painter?.by ?? "";
		const resize = () => made.resize(made.box.clientWidth, made.box.clientHeight);
		resize(); // before a flight to a street that was chosen already
		const observer = new ResizeObserver(resize);
		observer.observe(box.current);
		let frame = requestAnimationFrame(function paint(now) {
			frame = requestAnimationFrame(paint); // first: an exception in a frame is that frame's own
			made.paint(now);
		});
		return () => {
			cancelAnimationFrame(frame);
			observer.disconnect();
			made.close();
		};
	}, [shownTown]);
	useEffect(() => {
		if (map.current) map.current.speech = speech;
		town.changed();
	}, [speech]);
	useEffect(() => {
		const streetLights = street === undefined ? undefined : shownTown?.lightsOf[street];
		if (shownTown && streetLights?.length)
			map.current?.goTo(boxOf(streetLights, shownTown.x, shownTown.y), STREET_SCALE);
	}, [shownTown, street]);
	const onKeyDown = (event: KeyboardEvent) => {
		const act = KEYS[event.key];
		if (!act || !map.current || event.ctrlKey || event.metaKey || event.altKey) return;
		if ((event.target as Element).closest("input")) return;
		act(map.current);
		event.preventDefault();
		event.stopPropagation();
	};
	return (
		<div class="townmap">
			<div
				class="lights"
				ref={box}
				// biome-ignore lint/a11y/noNoninteractiveTabindex: the map is moved by its keys
				tabIndex={0}
				role="application"
				aria-label={speech.say("town.map")}
				aria-describedby="town-keys"
				onKeyDown={onKeyDown}
			>
				<canvas ref={lights} key={`${shownTown?.served.name} ${shownTown?.count}`} />
				<canvas ref={names} class="names" />
				<Edge />
			</div>
			<p id="town-keys" class="unseen">
				{speech.say("town.keys")}
			</p>
			{children}
			<div class="zoom">
				<button
					type="button"
					class="round"
					aria-label={speech.say("town.closer")}
					onClick={() => map.current?.zoomBy(true)}
				>
					<Icon name="plus" />
				</button>
				<button
					type="button"
					class="round"
					aria-label={speech.say("town.farther")}
					onClick={() => map.current?.zoomBy(false)}
				>
					<Icon name="minus" />
				</button>
				<button
					type="button"
					class="round"
					aria-label={speech.say("town.whole")}
					onClick={() => map.current?.home()}
				>
					<Icon name="whole" />
				</button>
			</div>
		</div>
	);
}

/** The edge between the two options: it can be drawn by hand and by key. */
function Edge(): JSX.Element | null {
	const speech = useSpeech();
	const split = useTown((state) => state.split);
	const left = useTown((state) => state.left);
	const right = useTown((state) => state.right);
	const isShown = useTown(({ colour, nights }) => colour !== "saving" && nights.size > 0);
	if (!isShown || left === right) return null;
	const title = (option: typeof left) => speech.text(optionOf(option).short);
	return (
		<div class="edge over">
			<i style={{ left: `${split}%` }} aria-hidden="true" />
			<span
				class="side"
				aria-hidden="true"
				style={{ right: `${100 - split}%` }}
				hidden={split < 14}
			>
				{title(left)}
			</span>
			<span class="side to" aria-hidden="true" style={{ left: `${split}%` }} hidden={split > 86}>
				{title(right)}
			</span>
			<input
				type="range"
				min="0"
				max="100"
				step="any"
				value={split}
				aria-label={speech.say("town.edge", { left: title(left), right: title(right) })}
				aria-valuetext={speech.percent(Math.round(split))}
				onInput={({ currentTarget }) => moveEdge(Number(currentTarget.value))}
			/>
		</div>
	);
}

export function moveEdge(split: number): void {
	town.split = split;
	town.changed();
}

/** The option that enters comes from the right, to where the edge was. */
export function sweep(): void {
	const goal = town.split > 90 ? 42 : town.split;
	if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
		moveEdge(goal);
		return;
	}
	const begin = performance.now();
	requestAnimationFrame(function next(now) {
		const share = Math.min(1, Math.max(0, (now - begin) / SWEEP));
		const eased = 1 - (1 - share) ** 3;
		moveEdge(100 + (goal - 100) * eased);
		if (share < 1) requestAnimationFrame(next);
	});
}

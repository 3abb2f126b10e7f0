/** Help: the keys, and a way to any lamp. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useModel, useSpeech } from "../state/street.js";
import type { WordOf } from "../words.js";

const KEYS: readonly (readonly [key: string, does: WordOf<"help">])[] = [
	["␣", "space"],
	[".", "step"],
	["− +", "speed"],
	["1 2 3 4 5", "views"],
	["← →", "lamps"],
	["/", "search"],
	["?", "help"],
];

interface HelpProps {
	readonly onClose: () => void;
	readonly onLamp: (lamp: number) => void;
}

export function Help({ onClose, onLamp }: HelpProps): JSX.Element {
	const speech = useSpeech();
	const lamps = useModel(({ welcome }) => welcome?.lamps ?? 1);
	const dialog = useRef<HTMLDialogElement>(null);
	const wanted = useRef<HTMLInputElement>(null);
	useEffect(() => {
		dialog.current?.showModal();
		wanted.current?.focus();
	}, []);
	const find = (event: Event) => {
		event.preventDefault();
		const lamp = wanted.current?.valueAsNumber ?? NaN;
		if (lamp >= 1 && lamp <= lamps) {
			onLamp(Math.round(lamp));
			onClose();
		}
	};
	return (
		<dialog ref={dialog} onClose={onClose} aria-label={speech.say("help")}>
			<form onSubmit={find} class="row">
				<label class="field">
					<span>{speech.say("search")}</span>
					<input ref={wanted} type="number" min="1" max={lamps} required />
				</label>
				<button type="submit" class="main">
					{speech.say("go")}
				</button>
			</form>
			<h2>{speech.say("help.title")}</h2>
			<dl>
				{KEYS.map(([key, name]) => (
					<div key={name}>
						<dt>
							<kbd>{key}</kbd>
						</dt>
						<dd>{speech.say(`help.${name}`)}</dd>
					</div>
				))}
			</dl>
			<p class="how">{speech.say("help.state")}</p>
			<p>
				<button type="button" onClick={() => dialog.current?.close()}>
					{speech.say("close")}
				</button>
			</p>
		</dialog>
	);
}

/**
 * Console: the lamp's serial line, with a history of what was typed and the demonstration secret.
 */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Terminal } from "../../../../lib/terminal.js";
import { ask, follow } from "../state/requests.js";
import { useSpeech } from "../state/street.js";

const HISTORY_MOST = 50;
/** The answer of a lamp that has no secret yet, in both of its languages. */
const NO_SECRET = /secret (NEW|NOUVEAU)/;

export function Console({ lamp }: { readonly lamp: number }): JSX.Element {
	const speech = useSpeech();
	const [text, setText] = useState("");
	const typed = useRef<HTMLInputElement>(null);
	const screen = useRef<HTMLPreElement>(null);
	const past = useRef<string[]>([]);
	const place = useRef(0);
	const secret = `street-of-lamps-${lamp}`;
	useEffect(() => {
		const terminal = new Terminal();
		return follow(
			"/serial",
			{ lamp },
			{
				message(written) {
					terminal.write(written);
					setText(terminal.text);
				},
				open: () => void ask("/serial", { lamp, text: "\r" }), // brings the prompt
			},
		);
	}, [lamp]);
	useEffect(() => {
		const box = screen.current;
		if (box) box.scrollTop = box.scrollHeight;
	}, [text]);
	const isWaiting = useRef(false);
	useEffect(() => {
		if (!isWaiting.current || !NO_SECRET.test(text.slice(-200))) return;
		isWaiting.current = false;
		send(`secret ${secret}`); // a new lamp has none yet and takes this one
	}, [text]);
	const send = (line: string) => void ask("/serial", { lamp, text: `${line}\r` });
	const onSubmit = (event: Event) => {
		event.preventDefault();
		const { value } = typed.current!;
		send(value);
		if (value && value !== past.current.at(-1)) past.current.push(value);
		past.current = past.current.slice(-HISTORY_MOST);
		place.current = past.current.length;
		typed.current!.value = "";
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
		if (step === undefined) return;
		event.preventDefault();
		place.current = Math.min(past.current.length, Math.max(0, place.current + step));
		typed.current!.value = past.current[place.current] ?? "";
	};
	const login = () => {
		isWaiting.current = true;
		send(`login ${secret}`);
	};
	return (
		<div class="console">
			<p class="how">
				{speech.say("secret", { secret })}{" "}
				<button type="button" class="small" onClick={login}>
					{speech.say("login")}
				</button>
			</p>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by key */}
			<pre id="terminal" ref={screen} role="log" tabIndex={0} aria-label={speech.say("line")}>
				{text}
			</pre>
			<form onSubmit={onSubmit}>
				<input
					ref={typed}
					id="typed"
					aria-label={speech.say("type")}
					autocomplete="off"
					autocapitalize="off"
					spellcheck={false}
					maxLength={200}
					enterkeyhint="send"
					onKeyDown={onKeyDown}
				/>
				<button type="submit">{speech.say("send")}</button>
			</form>
			<p class="how">{speech.say("lineNote")}</p>
		</div>
	);
}

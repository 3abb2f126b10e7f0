/**
 * Terminal view: the lamp's console as a terminal shows it.
 */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Desk } from "./desk.js";
import { say } from "./words.js";

export function TerminalView({ desk }: { readonly desk: Desk }): JSX.Element {
	const { language, lamp, run, change } = desk;
	const typed = useRef<HTMLInputElement>(null);
	const [, redraw] = useState(0);
	const screen = lamp?.screen;
	const toggle = () =>
		run(async () => {
			if (screen) await lamp!.closeTerminal();
			else await lamp!.openTerminal();
			change({ isOpen: lamp!.talk.state === "open" });
			redraw((count) => count + 1);
		});
	const send = (event: Event) => {
		event.preventDefault();
		lamp?.type(`${typed.current!.value}\r`);
		typed.current!.value = "";
	};
	return (
		<section aria-label={say(language, "terminal")}>
			<h2>{say(language, "terminal")}</h2>
			<button type="button" disabled={!lamp} onClick={toggle}>
				{say(language, screen ? "closeTerminal" : "openTerminal")}
			</button>
			{screen && (
				<>
					<pre id="screen" role="log">
						{screen.text}
					</pre>
					<form class="row" onSubmit={send}>
						<input ref={typed} name="line" autocomplete="off" aria-label={say(language, "type")} />
						<button type="submit">{say(language, "send")}</button>
					</form>
				</>
			)}
		</section>
	);
}

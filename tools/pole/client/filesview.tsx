/**
 * Files view: the site file, the vault and the protocol, opened on this computer.
 */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { siteIn } from "../../../lib/site/sitetable.js";
import { firmwareRules } from "../../laptop/site/firmwarerules.js";
import { partsOf, recordedIn } from "../../laptop/site/protocolline.js";
import type { Desk } from "./desk.js";
import { chosen, pickerOf, save, saveIn } from "./files.js";
import { PageVault } from "./pagevault.js";
import { SecretInput } from "./secretinput.js";
import { say } from "./words.js";

interface Props {
	readonly desk: Desk;
	readonly pole: string;
}

export function FilesView({ desk, pole }: Props): JSX.Element {
	const { language, site, vault, run, change, protocol } = desk;
	const [file, setFile] = useState<File>();
	const [phrase, setPhrase] = useState("");
	const [isOpening, setOpening] = useState(false);
	const [place, setPlace] = useState("");
	const put = useRef<(sealed: string) => Promise<void>>(undefined);
	const picker = pickerOf(window);
	const name = file?.name ?? "city.vault";
	const saveInPlace = () =>
		run(async () => {
			const chosenPlace = await picker!({ suggestedName: name }).catch(() => undefined);
			if (!chosenPlace) return;
			put.current = (sealed) => saveIn(chosenPlace, sealed);
			setPlace(chosenPlace.name);
		});
	const openSite = (event: Event) => {
		const picked = chosen(event);
		if (!picked) return;
		run(async () => {
			change({ site: undefined, pole: "" });
			const read = siteIn(picked.name, new Uint8Array(await picked.arrayBuffer()), firmwareRules());
			change({ site: read, pole: read.poles[0]?.pole ?? "" });
		});
	};
	const openVault = (event: Event) => {
		event.preventDefault();
		setOpening(true);
		run(async () => {
			try {
				const text = (await file?.text()) ?? "";
				const opened = await PageVault.open(text, phrase, async (sealed) =>
					put.current ? put.current(sealed) : save(name, sealed),
				);
				setPhrase("");
				change({ vault: opened });
			} finally {
				setOpening(false);
			}
		});
	};
	const saveProtocol = () => {
		save("protocol.csv", protocol);
		change({ isUnsaved: false });
	};
	return (
		<section aria-label={say(language, "files")}>
			<h2>{say(language, "files")}</h2>
			<p class="how">{say(language, "filesNote")}</p>
			<div class="row">
				<label>
					{say(language, "site")}{" "}
					<input type="file" name="site" accept=".csv" onChange={openSite} />
				</label>
				{site && <span>{say(language, "poles", site.poles.length)}</span>}
				{site && (
					<label>
						{say(language, "pole")}{" "}
						<select
							name="pole"
							value={pole}
							onChange={({ currentTarget }) => change({ pole: currentTarget.value })}
						>
							{site.poles.map((plan) => (
								<option key={plan.pole}>{plan.pole}</option>
							))}
						</select>
					</label>
				)}
			</div>
			<form class="row" onSubmit={openVault}>
				<label>
					{say(language, "vault")}{" "}
					<input type="file" name="vault" onChange={(event) => setFile(chosen(event))} />
				</label>
				<SecretInput
					name="phrase"
					label={say(language, "phrase")}
					value={phrase}
					onValue={setPhrase}
				/>
				<button type="submit">{say(language, "open")}</button>
				<span role="status">
					{isOpening
						? say(language, "opening")
						: vault && say(language, "opened", vault.read().lamps.length)}
				</span>
			</form>
			{vault && picker && (
				<div class="row">
					<button type="button" onClick={saveInPlace}>
						{say(language, "inPlace")}
					</button>
					<span role="status">{place && say(language, "placed", place)}</span>
				</div>
			)}
			<div class="row">
				<label>
					{say(language, "protocol")}{" "}
					<input
						type="file"
						name="protocol"
						accept=".csv"
						onChange={(event) => {
							const picked = chosen(event);
							if (picked) run(async () => change({ protocol: await protocolIn(picked) }));
						}}
					/>
				</label>
				{protocol !== "" && (
					<button type="button" onClick={saveProtocol}>
						{say(language, "saveProtocol")}
					</button>
				)}
			</div>
		</section>
	);
}

/** The whole lines of a protocol; throws where it is none. */
async function protocolIn(picked: File): Promise<string> {
	const { kept } = partsOf(await picked.text());
	recordedIn(picked.name, kept);
	return kept;
}

/**
 * Files view: the site file, the vault and the protocol, opened on this computer.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { siteIn } from "../../../lib/site/sitetable.js";
import { firmwareRules } from "../../laptop/site/firmwarerules.js";
import { partsOf, recordedIn } from "../../laptop/site/protocolline.js";
import type { Desk } from "./desk.js";
import { chosen, save } from "./files.js";
import { PageVault } from "./pagevault.js";
import { SecretInput } from "./secretinput.js";
import { Downloads, type FileInPlace, InPlace, openPickerOf, pickedInPlace } from "./vaultplace.js";
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
	const [inPlace, setInPlace] = useState<FileInPlace>();
	const picker = openPickerOf(window);
	const name = (inPlace ?? file)?.name ?? "city.vault";
	const pickInPlace = () =>
		run(async () => {
			const picked = await pickedInPlace(picker!);
			if (picked) setInPlace(picked); // else the dialogue was closed, and the choice before stands
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
	const pickFile = (event: Event) => {
		setFile(chosen(event));
		setInPlace(undefined);
	};
	const openVault = (event: Event) => {
		event.preventDefault();
		setOpening(true);
		run(async () => {
			try {
				const place = inPlace ? new InPlace(inPlace) : new Downloads(name, file);
				const opened = await PageVault.open(place, phrase, !inPlace && !file);
				setPhrase("");
				change({ vault: opened });
			} finally {
				setOpening(false);
			}
		});
	};
	const saveCopy = () => run(async () => save(`copy-of-${name}`, await vault!.copy()));
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
					{say(language, "vault")} <input type="file" name="vault" onChange={pickFile} />
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
			<div class="row">
				{picker && (
					<button type="button" onClick={pickInPlace}>
						{say(language, "inPlace")}
					</button>
				)}
				<span role="status">{inPlace && say(language, "placed", inPlace.name)}</span>
				{vault && (
					<button type="button" onClick={saveCopy}>
						{say(language, "copyVault")}
					</button>
				)}
			</div>
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

/**
 * Verbs: the commands of users, `npx luminode VERB`, in three groups, and those of developers,
 * `npm run SCRIPT [-- WORD]`. The help, docs/commands.md and the tests read these tables.
 *
 * `purpose` is in English and French for users, in English for developers; `guide` is a page of docs/. `first` are arguments
 * before the user's; `inRoot` runs a verb in the project's folder, because it writes to out/ there.
 */
export const GROUPS = {
	light: {
		title: ["Light", "Éclairer"],
		verbs: {
			preview: {
				entry: "tools/bin/preview.ts",
				guide: "programs.md",
				purpose: [
					"a night under given settings, hour by hour; the energy of a year",
					"une nuit selon des réglages, heure par heure ; l'énergie d'une année",
				],
			},
			place: {
				entry: "tools/bin/place.ts",
				guide: "places.md",
				purpose: [
					"a street of one kind of place in the simulator: park, school, crossing ...",
					"une rue d'un type de lieu dans le simulateur : parc, école, passage ...",
				],
			},
			report: {
				entry: "sim/reportmain.ts",
				guide: "simulator.md#the-report",
				purpose: [
					"a night on two pages; the lighting options side by side, for a council",
					"une nuit en deux pages ; les solutions comparées, pour un conseil",
				],
			},
			page: {
				entry: "sim/pagemain.ts",
				guide: "page.md",
				purpose: [
					"a street as a page that runs without installation, to open or to pass on",
					"une rue en une page sans installation, à ouvrir ou à transmettre",
				],
			},
			town: {
				entry: "tools/bin/town.ts",
				guide: "town.md",
				purpose: [
					"the account of a commune's file of lights; an invented commune",
					"le compte rendu d'un fichier de points lumineux ; une commune inventée",
				],
			},
			measured: {
				entry: "tools/bin/measured.ts",
				guide: "places.md",
				purpose: [
					"the installed mean from readings of a lux meter, with its slip",
					"l'éclairement moyen d'après les lectures d'un luxmètre, avec sa fiche",
				],
			},
		},
	},
	maintain: {
		title: ["Maintain", "Entretenir"],
		verbs: {
			console: {
				entry: "tools/bin/console.ts",
				guide: "technician.md",
				purpose: [
					"a lamp's serial line in this terminal",
					"la ligne série d'un luminaire dans ce terminal",
				],
			},
			pole: {
				entry: "tools/bin/pole.ts",
				guide: "technician.md",
				purpose: [
					"the page at the pole, for Chrome or Edge; the guide to print",
					"la page au mât, pour Chrome ou Edge ; le guide à imprimer",
				],
			},
			provision: {
				entry: "tools/bin/provision.ts",
				guide: "technician.md",
				purpose: [
					"commissioning from a site file: one pole, or a cart of controllers",
					"la mise en service d'après un fichier de site : un mât, ou un chariot",
				],
			},
			vault: {
				entry: "tools/bin/vault.ts",
				guide: "technician.md",
				purpose: [
					"the encrypted file of the lamps' secrets; their accounts at the broker",
					"le fichier chiffré des secrets des luminaires ; leurs comptes au broker",
				],
			},
			record: {
				entry: "tools/bin/record.ts",
				guide: "technician.md",
				purpose: [
					"a lamp's night, saved at the pole, to be replayed in the simulator",
					"la nuit d'un luminaire, enregistrée au mât, à rejouer dans le simulateur",
				],
			},
			build: {
				entry: "tools/bin/buildesp32.ts",
				guide: "flash.md",
				first: ["build"],
				inRoot: true,
				purpose: [
					"an image for a controller, with the Moddable SDK and ESP-IDF",
					"une image pour un contrôleur, avec le SDK Moddable et ESP-IDF",
				],
			},
			flash: {
				entry: "tools/bin/buildesp32.ts",
				guide: "flash.md",
				first: ["flash"],
				inRoot: true,
				purpose: [
					"the same, written to the controller on a port",
					"la même, écrite dans le contrôleur branché à un port",
				],
			},
			factory: {
				entry: "tools/bin/factory.ts",
				guide: "factory.md",
				purpose: [
					"the flash station: controllers made, tested and sealed for release",
					"le poste de programmation : contrôleurs programmés, testés, scellés",
				],
			},
			sign: {
				entry: "tools/bin/sign.ts",
				guide: "update.md",
				purpose: [
					"keys, signed images and signed lists of keys",
					"les clés, les images signées et les listes de clés signées",
				],
			},
		},
	},
	city: {
		title: ["City", "Ville"],
		verbs: {
			"broker-check": {
				entry: "city/bin/brokercheck.ts",
				guide: "city.md",
				purpose: [
					"qualifies a broker before a lamp is bought",
					"qualifie un broker avant l'achat d'un luminaire",
				],
			},
			desk: {
				entry: "city/bin/desk.ts",
				guide: "city.md",
				purpose: [
					"assigns, configures and updates the lamps of a site, in waves",
					"attribue, règle et met à jour les luminaires d'un site, par vagues",
				],
			},
			traffic: {
				entry: "city/bin/traffic.ts",
				guide: "city.md",
				purpose: [
					"road users an hour and a street, collected and published",
					"les usagers par heure et par rue, relevés et publiés",
				],
			},
			citizens: {
				entry: "city/bin/citizens.ts",
				guide: "city.md",
				purpose: [
					"residents' reports of lamps by Open311; approved events as programs",
					"les signalements des riverains par Open311 ; les fêtes autorisées",
				],
			},
			bridge: {
				entry: "city/bin/bridge.ts",
				guide: "city.md",
				purpose: ["one street in Home Assistant", "une rue dans Home Assistant"],
			},
			metrics: {
				entry: "city/bin/metrics.ts",
				guide: "city.md",
				purpose: ["the fleet's figures for Prometheus", "les chiffres du parc pour Prometheus"],
			},
			clock: {
				entry: "city/bin/clock.ts",
				guide: "city.md",
				purpose: [
					"answers the lamps' questions for the time, over TLS",
					"répond aux luminaires qui demandent l'heure, par TLS",
				],
			},
			city: {
				entry: "city/bin/city.ts",
				guide: "city.md",
				purpose: [
					"all programs of the city by one configuration file",
					"tous les programmes de la ville, selon un fichier de configuration",
				],
			},
			bundle: {
				entry: "tools/bin/bundle.ts",
				guide: "city.md",
				inRoot: true,
				purpose: [
					"the same as one file, out/city.mjs, for a server",
					"les mêmes en un fichier, out/city.mjs, pour un serveur",
				],
			},
		},
	},
};

/** The verbs of all groups by name. */
export const VERBS = Object.assign({}, ...Object.values(GROUPS).map(({ verbs }) => verbs));

/**
 * The verb of this name, or of this beginning where one verb of *Maintain*, or else one of all, has it:
 * a technician types at a pole, others at a desk.
 */
export function verbOf(name) {
	if (Object.hasOwn(VERBS, name)) return VERBS[name];
	const begun = (verbs) => Object.keys(verbs).filter((verb) => verb.startsWith(name));
	const [found] = [GROUPS.maintain.verbs, VERBS].map(begun).filter(({ length }) => length === 1);
	return found && VERBS[found[0]];
}

/** Jobs of `npm run renew` whose pages tools/renew/pages.ts computes. */
function pages(purposes) {
	const word = ([name, purpose]) => [name, { entry: "tools/bin/renew.ts", first: [name], purpose }];
	return Object.fromEntries(Object.entries(purposes).map(word));
}

/** Scripts of package.json that run more than one program. Without a word `entry` is run, if there is one. */
export const TASKS = {
	bench: {
		entry: "bench/main.ts",
		words: {
			city: { entry: "bench/city/main.ts", purpose: "cost of a large street by part" },
			page: { entry: "bench/page/main.ts", purpose: "frames and memory of the page" },
			energy: {
				entry: "bench/energy/main.ts",
				purpose: "energy of the options for lighting a street",
			},
		},
	},
	renew: {
		entry: "tools/bin/renew.ts",
		words: {
			...pages({
				settings: "all that follows from the table of settings, the contract too",
				contract: "docs/messages.md and the limits for integrators",
				commands: "docs/commands.md",
				checks: "the table of checks in docs/checks.md",
				boards: "the boards' serial lines in docs/technician.md and docs/technicien.md",
				manifest: "the preload list of the firmware",
				packages: "the packages of npm in docs/components.md",
			}),
			components: {
				entry: "tools/bin/components.ts",
				purpose: "the code of others in an image, with the Moddable SDK that of the SDK, too",
			},
			golden: { entry: "tests/golden/main.ts", purpose: "sessions shown in documents" },
			frozen: { entry: "tests/frozen/main.ts", purpose: "states that later versions must boot" },
			ledger: {
				entry: "bench/ledger/main.ts",
				purpose: "computrons, slots and bytes of a turn, a boot and a night",
			},
			pictures: {
				entry: "tools/bin/pictures.ts",
				purpose: "pictures and films, with Debian's chromium and imagemagick",
			},
			sentences: {
				entry: "tools/bin/sentences.ts",
				purpose: "prints every text that exists in two languages, with its file",
			},
			check: {
				entry: "tools/bin/scaffold.ts",
				first: ["check"],
				purpose: "begins a check of the simulator: -- check NAME",
			},
			board: {
				entry: "tools/bin/scaffold.ts",
				first: ["board"],
				purpose: "begins a board: -- board NAME",
			},
			verb: {
				entry: "tools/bin/scaffold.ts",
				first: ["verb"],
				purpose: "begins a verb of luminode: -- verb NAME",
			},
		},
	},
	explore: {
		entry: "sim/explore/main.ts",
		words: {
			nights: {
				entry: "tests/properties/main.ts",
				purpose: "random nights of one lamp against every property of the light",
			},
		},
	},
	host: {
		words: {
			headless: {
				entry: "tools/bin/headless.ts",
				purpose: "the firmware as a program in XS 17, with the Moddable SDK",
			},
			bare: {
				entry: "tools/bin/bare.ts",
				purpose: "the firmware on a bare 32-bit machine, in Debian's qemu",
			},
			emulate: {
				entry: "tools/bin/emulate.ts",
				purpose: "the image in an emulator of the ESP32-C3",
			},
			mcsim: { entry: "tools/bin/mcsim.ts", purpose: "one pole in Moddable's simulator" },
			image: {
				entry: "tools/bin/imagecheck.ts",
				purpose: "size of an image by part, with the Moddable SDK",
			},
			idf: {
				entry: "tools/bin/idf.ts",
				purpose: "identities, options and profiles by ESP-IDF's own tools",
			},
		},
	},
	docs: {
		words: {
			security: {
				entry: "tools/bin/security.ts",
				purpose: "every test that docs/security.md names",
			},
		},
	},
};

/** Purpose of each script of package.json. */
export const SCRIPTS = {
	start: "the simulator with page, broker and console ports; -- --town example: a town",
	sim: "the same with all options: lamps, seed, faults, traces, checks; replay, merge",
	test: "unit, property and golden tests, and the first street; -- PATH: those of a folder",
	"test:street":
		"tests that start programs, whole streets or many machines; -- PATH: those of a folder",
	"test:system":
		"tests with Debian's mosquitto, chromium, firefox-esr, socat, picocom, esptool, gcc, libmbedtls-dev",
	soak: "the long runs, of which the other tests contain a part; -- fresh: tests that draw, with new seeds",
	coverage: "branch coverage of the rooms that decide about light, 90 % at least",
	check: "tsc, strict: the firmware without Node's types, then everything",
	lint: "formatter and linter, without a change",
	format: "the same, writes",
	ci: "the gate: all of it from a clean install; -- PART: a part of it",
	bench: "figures with their conditions",
	renew: "renews the generated files that are stale, and says which",
	explore: "random streets under every fault and input, every promise checked",
	mutate: "a seeded sample of small defects, each put to the tests of its room",
	host: "the firmware in other machines, and its image",
	docs: "documents held against rules and tests",
};

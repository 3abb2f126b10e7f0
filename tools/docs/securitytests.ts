/**
 * Security tests: the tests that show each row of docs/security.md.
 *
 * A key begins the first cell of one row. A title is as in the source, with as many of its groups as
 * make it unique in its file.
 */
export type Tests = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export const SECURITY_TESTS: Tests = {
	"5.1-1, 5.1-2": {
		"tests/console/login.test.ts": [
			"a lamp from the factory > says so, and does nothing before it has a secret",
			"a secret > a proposal is one, evenly of 32 letters",
		],
	},
	"5.1-3": {
		"tests/console/login.test.ts": [
			"a secret > is kept as PBKDF2 of Node's own crypto has it, under a salt",
			"a record > of %i rounds opens, and stays as it is",
			"a record > that cannot be read keeps the console closed: no secret is set over it",
		],
		"tests/slow/system/admission.test.ts": [
			"TLS > mutual TLS: the certificate from the store is shown, and its name is the user",
		],
	},
	"5.1-4": {
		"tests/console/login.test.ts": [
			"a lamp from the factory > takes the first secret, is open then, and asks the next one for it",
		],
		"tests/node/settings/manager.test.ts": ["a revision > a secret goes in and never comes out"],
	},
	"5.1-5": {
		"tests/console/login.test.ts": [
			"guesses > nobody can do better than one a minute: 65 in the first hour",
			"guesses > the slowing outlives a cut of power at its most, for two writes in all",
			"guesses > a store that refuses the mark: nothing is looked at in the first minute of a life",
		],
	},
	"5.3-1, 5.3-2": {
		"tests/node/update/updater.test.ts": [
			"an update by day > is offered, fetched, activated, and kept once the broker was seen",
			"an offer is refused before anything is fetched > %s",
			"an offer is refused before anything is fetched > olderCounter, once an image with a higher one was kept",
		],
		"tests/sim/images/update.street.test.ts": [
			"power that fails while an image is written > %s leaves a lamp that boots, lights, and has the image in the end",
		],
	},
	"5.3-7, 5.3-9, 5.3-10": {
		"tests/tools/image/signing.test.ts": [
			"an image > is signed so that node:crypto and the lamp's own arithmetic agree",
			"keys > are never written into a repository, nor into a directory of it yet to be made",
		],
		"tests/node/update/updater.test.ts": [
			"a download fails > wrongHash is fetched once more from its first byte, and no oftener",
		],
		"tests/update/header.test.ts": [
			"the header of an image > any bytes are a header or none, and never an exception",
		],
	},
	"the keys of images can be replaced": {
		"tests/node/update/keychange.test.ts": [
			"a list of keys > takes its place once a new key signed it, too",
			"a list of keys > of the key in the safe replaces all, also one that a thief put on trial",
			"a list of keys > by whatever lists of the key in use: the one in the safe stays",
			"a list of keys > cut by a loss of power between its two writes is whole",
		],
		"tests/node/update/pastedkeys.test.ts": [
			"the lists of five years in any other order take nothing away",
		],
	},
	"5.3-13": {
		"tests/tools/docs/securitypolicy.test.ts": [
			"the support period of SECURITY.md is that of the firmware",
		],
		"tests/sim/images/update.street.test.ts": [
			"the birth reports that the image is on probation, and later no more",
		],
	},
	"an image that fails goes back": {
		"tests/node/update/updater.test.ts": [
			"an image on probation > is gone back from without a broker, and not fetched again but on demand",
		],
		"tests/hosts/esp32/images.test.ts": [
			"on probation keeps the other slot, until it is kept itself",
		],
	},
	"5.3-11, 5.3-12": {
		"tests/sim/images/update.street.test.ts": [
			"an afternoon of twelve lamps, each offered an image > the birth reports that the image is on probation, and later no more",
		],
		"tests/node/update/updater.test.ts": [
			"the right moment > by night it is waited until nobody is there, unless it was ordered otherwise",
		],
	},
	"5.3-16": {
		"tests/console/login.test.ts": [
			"before login > a stranger learns the product and the node's name, whatever is typed",
		],
	},
	"5.4-2": {
		"tests/hosts/esp32/inputs.test.ts": ["is named by its chip, or by the factory"],
	},
	"5.4-3": {
		"tests/tools/docs/security.test.ts": ["no key, certificate or password lies in the repository"],
	},
	"5.4-4": {
		"tests/slow/system/admission.test.ts": ["an ACL lets the desk order and nobody else"],
	},
	"no way out": {
		"tests/settings/store.test.ts": [
			"a section as text > is for others without its secrets, for the store with them",
		],
		"tests/node/console/serial.test.ts": [
			"an export of one lamp, imported by another, makes it the same but for its secrets",
		],
		"tests/console/login.test.ts": [
			"before login > nothing that is typed is shown, nor kept for the up key",
		],
	},
	"5.5-1": {
		"tests/slow/system/tlspeers.test.ts": [
			"openssl s_server > TLS %i, a broker of %s, an authority of %s, %s certificate of the lamp's own",
			"a server that is no broker of the CMS > %s is refused: %s, in both versions",
		],
		"tests/slow/system/admission.test.ts": ["TLS > refused: %s"],
		"tests/hosts/esp32/network.test.ts": [
			"over TLS trusts the city's CA alone, shows who we are, and goes by the lamp's date",
			"over TLS that is refused ends, and nothing restarts",
		],
	},
	"5.5-2": {
		"tests/slow/system/tlsarithmetic.test.ts": [
			"a signature of P-256 > is judged alike by the controller, the simulator and OpenSSL",
		],
		"tests/slow/system/tlspeers.test.ts": [
			"damaged bytes of a server, and damaged certificates: no byte that nobody wrote (seed 7)",
		],
	},
	"5.5-4": {
		"tests/console/login.test.ts": [
			"before login > the right secret opens it; a guess is refused; both are recorded in the journal",
		],
		"tests/slow/system/admission.test.ts": ["an ACL lets the desk order and nobody else"],
	},
	"5.5-5": {
		"tests/console/login.test.ts": [
			"before login > no setting, order or certificate is taken; plain: %s",
		],
		"tests/slow/system/admission.test.ts": ["an ACL lets the desk order and nobody else"],
	},
	"5.5-6, 5.5-7": {
		"tests/node/link/options.test.ts": [
			"a broker of which the address alone is set is called over TLS, at the port for it",
		],
		"tests/hosts/esp32/network.test.ts": [
			"over TLS trusts the city's CA alone, shows who we are, and goes by the lamp's date",
		],
	},
	"orders are fresh": {
		"tests/command/memory.test.ts": ["survives a restart as text"],
		"tests/neighbours/datagram.test.ts": [
			"one bit turned anywhere is never genuine",
			"only what is later than all before is new, sender by sender",
		],
	},
	"5.5-8, 5.5-3": {
		"tests/node/settings/certificatetrial.test.ts": [
			"a new set > waits for apply, then is used whole, and is kept by a session that stands",
			"power that fails > at any write leaves one set whole, %s",
		],
		"tests/node/console/serial.test.ts": [
			"a certificate is judged by the host before it replaces the one that works",
		],
		"tests/slow/system/tlscertificate.test.ts": [
			"a private key > of RSA or P-256 in PKCS #8 is taken, any other refused",
		],
		"tests/hosts/moddable/certificate.test.ts": [
			"a private key > %s",
			"a certificate > %s holds from its first to its last second, as Node reads it",
		],
	},
	"5.6-1, 5.6-5": {
		"tests/tools/docs/security.test.ts": [
			"the image of a pole controller has no listener and no server",
		],
		"tests/hosts/esp32/network.test.ts": [
			"asked for before there is an interface are bound when the network comes",
		],
	},
	"5.6-2": {
		"tests/console/login.test.ts": [
			"before login > a stranger learns the product and the node's name, whatever is typed",
		],
	},
	"5.6-4": {
		"tests/tools/docs/security.test.ts": ["sdkconfig > the release profile turns on %s"],
	},
	"5.6-6": {
		"tests/tools/toolchain/esp32.street.test.ts": [
			"the esp32 host's manifest > names every file of the folder, with those that a board chooses from",
		],
	},
	"5.6-9": {
		"tests/tidy.test.ts": ["tidy > notices %s"],
		"tests/tidy/rooms.test.ts": ["%s: %s"],
	},
	"5.8-1, 5.8-2, 6-4": {
		"tests/link/outbox.test.ts": [
			"telemetry and traffic > fewer than k road users wait for more; none is lost and none is reported twice",
		],
	},
	"5.9-1, 5.9-2": {
		"tests/contract/away.street.test.ts": [
			"a night without a broker > the PWM of all lamps is the same to the byte",
		],
		"tests/settings/store.test.ts": ["the store > power cut at every write: %s settings, whole"],
		"tests/node/light/bootlevel.test.ts": [
			"the level that shines first > %s",
			"in a virtual machine > a restart resumes the program's 30 %, a loss of power does not",
		],
	},
	"5.9-3": {
		"tests/link/session.test.ts": [
			"back-off > a day without a broker: an attempt each spread and a little, never a storm, never an end",
			"the first attempt > falls evenly for the poles of a city: chi-square over 20 classes",
		],
	},
	"bounded load": {
		"tests/link/session.test.ts": [
			"hostile brokers > a flood of orders is taken at a bounded pace, and everything is acknowledged",
		],
		"tests/neighbours/datagram.test.ts": [
			"never lets more pass than burst and rate allow, in any span",
		],
		"tests/hosts/esp32/network.test.ts": ["that come in a flood are let go but for the latest 32"],
	},
	"5.10-1": {
		"tests/node/console/serial.test.ts": [
			"logins, failures and a new secret are events with their source",
		],
		"tests/contract/payloads.test.ts": ["events > %s %s fits, with and without a date"],
		"tests/link/session.test.ts": ["a connection that is not had > %s is reported as it is"],
	},
	"5.11-1, 5.11-3, 5.11-4": {
		"tests/node/console/serial.test.ts": [
			"factoryReset > erases all but the count of lives, says why in the next, and starts as from the factory",
			"factoryReset > knows every key that the firmware stores under, and none stands but in one file",
			"factoryReset > erases the flash log, sector by sector",
		],
	},
	"5.12-1 to -3": {
		"tests/console/console.test.ts": ["help explains every setting in whole lines"],
	},
	"5.13-1": {
		"tests/hosts/virtual/lamp/firmware.street.test.ts": [
			"a broker that sends anything > garbage after any byte of a packet: the same light, and an answer after",
			"the serial line > 100 KB of garbage without a line's end: the same light, and it answers after",
			"a store that holds nonsense > %s in every section and record: lit at once and in the night",
			"orders with names nobody knows > hundreds and more: it lives, holds no more, and shines the same to the byte",
		],
		"tests/hosts/esp32/network.test.ts": [
			"that sends %s is not trusted, and asked again in a minute",
		],
	},
	"an exception that leaves a callback of the SDK": {
		"tests/hosts/esp32/inputs.test.ts": [
			"that throws is reported as a fault, and the controller lives",
			"begun by %s, in which the lamp and its report of that throw, ends at full light",
			"fails so for as long as it likes while inputs begin it; without one, a restart follows",
		],
	},
	"the SDK's serial port, given both callbacks": {
		"tests/hosts/esp32/inputs.test.ts": [
			"60 KB typed without a pause, %s > of %s, with turns of %d ms, restart nothing",
		],
		"tests/console/console.test.ts": [
			"a session > reads one FIFO in a turn, however fast bytes come, and asks for the next",
			"a session > runs two commands in a turn, and the next in the next",
		],
	},
	"the SDK's own TLS": {
		"tests/slow/system/tlspeers.test.ts": [
			"a server that is no broker of the CMS > with the broker's certificate and a key exchange of %s gets no key",
		],
		"tests/slow/system/tlsarithmetic.test.ts": [
			"a signature of P-256 > is judged alike by the controller, the simulator and OpenSSL",
		],
	},
	"Mbed TLS computes": {
		"tests/slow/system/tlschain.test.ts": [
			"a chain of a stranger > with an RSA key out of bounds between is refused before its arithmetic",
			"a chain of a stranger > is %s: each row",
		],
	},
	"Mbed TLS goes by": {
		"tests/slow/system/tlschain.test.ts": [
			"a chain out of date is refused for its date, the authority's own included",
			"a broker's certificate > %s: the controller as OpenSSL",
		],
		"tests/slow/system/tlscertificate.test.ts": [
			"a certificate > with a length in a longer form than it needs is malformed",
		],
	},
	"a session that was resumed": {
		"tests/slow/system/tlspeers.test.ts": [
			"openssl s_server > whose session was resumed is refused on the day after its certificate",
		],
	},
	"a peer that is cut off, drips": {
		"tests/slow/system/tlspeers.test.ts": [
			"a peer > cut off after any number of bytes ends the attempt: %s",
			"damaged bytes of a server, and damaged certificates: no byte that nobody wrote (seed 7)",
		],
		"tests/hosts/esp32/network.test.ts": [
			"over TLS takes from TCP what there is room for, and the rest when it was read",
		],
	},
	"a handshake was a blocking operation": {
		"tests/hosts/virtual/lamp/handshake.street.test.ts": [
			"a handshake by night > someone %d ms into it finds light",
		],
		"tests/link/handshake.test.ts": ["a day of attempts > at a broker %s asks for light seldom"],
	},
	"the cause of a hang or crash comes again": {
		"tests/node/link/refusals.test.ts": [
			"a lamp that restarts in each handshake, over a day > %s: tries more and more seldom, as a lamp that is refused",
		],
		"tests/node/update/updater.test.ts": [
			"is looked at twice, and then twice an hour at most",
			"moves the call to the broker into the second half of the spread, but not one that is asked for",
		],
	},
	"XS that ends resets by software": {
		"tests/hosts/esp32/inputs.test.ts": [
			"after a restart that was asked for is reported as one, once",
		],
	},
	"an unhandled promise": {
		"tests/tidy.test.ts": ["notices %s"],
	},
	"the SDK's MQTT client": {
		"tests/hosts/virtual/lamp/firmware.street.test.ts": [
			"a broker that sends anything > %s: the same light, a reason, it listens on",
		],
	},
	"a full queue silences a pin": {
		"tests/hosts/esp32/inputs.test.ts": [
			"of a pin that a full queue silenced is read within a second, and reports again",
		],
	},
	"Wi-Fi never joins again": {
		"tests/hosts/esp32/network.test.ts": [
			"that says nothing when it is left is reported as gone, and joined again",
		],
	},
	"Ethernet that is left": {
		"tests/hosts/esp32/network.test.ts": [
			"at the end of a cable is left and joined again, and comes back with an address",
		],
	},
	"without a radio the chip's random numbers": {
		"tests/hosts/esp32/network.test.ts": [
			"at the end of a cable has chance of its own before anything is sent: no radio gives any",
		],
	},
	"`setup/network` waits": {
		"tests/hosts/esp32/inputs.test.ts": [
			"asks why, lights, and only then reads what is stored and joins the network",
		],
	},
	"a socket before there is an interface throws": {
		"tests/hosts/esp32/network.test.ts": [
			"asked for before there is an interface are bound when the network comes",
		],
	},
	"the SDK's time client": {
		"tests/hosts/esp32/network.test.ts": [
			"that sends %s is not trusted, and asked again in a minute",
		],
	},
	"a write beyond the UART's": {
		"tests/hosts/esp32/inputs.test.ts": [
			"takes no more than its FIFO has room for, and the rest as the line carries it away",
		],
	},
	"NVS that is encrypted": {
		"tests/tools/toolchain/esp32.street.test.ts": [
			"has encrypted keys of NVS: without them no boot of release comes through",
		],
	},
	"NVS throws on another type": {
		"tests/hosts/esp32/network.test.ts": ["NVS that throws %s answers %s"],
	},
	"the ticks' sign turns": {
		"tests/hosts/esp32/inputs.test.ts": [
			"comes when the alarm is due, not before, also after the counter's sign has turned",
		],
	},
	"unknown names of JSON": {
		"tests/hosts/virtual/lamp/firmware.street.test.ts": [
			"orders with names nobody knows > with the engine's own parser it would die of its key table",
		],
	},
	"lines of sdkconfig": {
		"tests/tools/docs/security.test.ts": [
			"sdkconfig > says what is off by =n: the SDK leaves out every line that begins with #",
		],
	},
	"preload lists": {
		"tests/tools/toolchain/esp32.street.test.ts": [
			"the esp32 host's manifest > preloads every module but the one that starts, each after what it imports",
		],
	},
	"another site's page reads the street or orders": {
		"tests/sim/page/server.street.test.ts": ["the page's server > %s"],
		"tests/slow/system/page.test.ts": [
			"another site's page reaches no data and no lamp through the visitor's browser",
		],
	},
	"a page types at a lamp's console through the serial port": {
		"tests/sim/page/server.street.test.ts": [
			"a serial line > %s of a web page reaches no lamp, at the shared port nor at its own",
			"a serial line > nor does it piece by piece",
		],
	},
	"a page gives orders at the broker's port": {
		"tests/sim/page/server.street.test.ts": [
			"the broker's port > an order behind the request line of a web page is none",
		],
	},
	"a request, a packet or an order ends the run": {
		"tests/sim/page/server.street.test.ts": [
			"the page's server > whatever is asked, the next who asks for the page gets it (seed %s)",
			"the broker's port > an order %s whose members are of any kind ends nothing",
			"the broker's port > bytes of any kind end their own connection at most (seed %s)",
		],
	},
	"a run that has failed looks alive": {
		"tests/slow/system/page.test.ts": [
			"a run that fails > says so on the page, in both languages, and the process ends",
		],
		"tests/sim/util/failure.street.test.ts": [
			"with a page and ports open likewise: the process ends",
		],
	},
};

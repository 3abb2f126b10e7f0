/**
 * Protocol: inputs and effects between a fleet of virtual lamps and the street, by number.
 *
 * The same numbers are in `machine/protocol.h`; a test compares the two files. Instants are virtual
 * milliseconds since the run began; inside a lamp they become its monotonic clock (milliseconds
 * since its boot).
 */

/** Inputs of a lamp. `value` and `channel` are numbers; some kinds carry bytes. */
export const INPUT = Object.freeze({
	tick: 0, // the alarm; never posted from outside
	movement: 1,
	stillness: 2,
	illuminance: 3, // value: lux
	temperature: 4, // value: degrees Celsius
	time: 5, // value: UTC ms of the time server
	network: 6, // value: 1 up, 0 down, 2 and more: position in JOIN_FAILURE + 2
	streamOpen: 7, // channel: stream
	streamReadable: 8, // channel: stream; bytes
	streamWritable: 9, // channel: stream; value: bytes that left the send window
	streamClosed: 10, // channel: stream; value: position in STREAM_END
	serialReadable: 11, // bytes
	serialWritable: 12, // value: bytes that left the FIFO
	datagram: 13, // value: the destination UDP port; bytes
	streamReached: 14, // channel: stream over TLS
	endless: 15, // the machine's own: it takes turn after turn at one instant, and logs what is due
	busAnswered: 16, // value: a byte, or below 0 (BusAnswer); channel: number of the frame
	verdicts: 17, // the machine's own: an observed lamp says what it judged in the turn
} as const);
export type InputKind = (typeof INPUT)[keyof typeof INPUT];

/** Effects of a lamp on the world. */
export const EFFECT = Object.freeze({
	duty: 1, // value
	relay: 2, // value: 1 closed, 0 open
	indicate: 3, // bytes: five float32, presence photocell reason level link
	streamOpen: 4, // channel: stream; value: port + 65536 if TLS; bytes: host name (TLS: server name and date, too)
	streamWrite: 5, // channel: stream; bytes
	streamClose: 6, // channel: stream
	serialWrite: 7, // bytes
	datagram: 8, // value: UDP port; to all on the local network; bytes
	restart: 9, // bytes: reason. The machine has ended; the street boots it again
	death: 10, // value: position in DEATH; bytes: text. Likewise
	log: 11, // bytes: text that a test module traced
	streamSecure: 12, // channel: stream
	wifi: 13, // bytes: name, line feed, password of the Wi-Fi to join; empty name: Ethernet
	fade: 14, // bytes: uint32 pairs, ms from now and duty; none: the duty stays as it is
	busSend: 15, // value: forward frame, + 16777216 if it is sent twice; channel: number of the frame
	busArm: 16, // value: the frame that the host sends if the machine hangs; below 0: none
	// Of observed lamps alone (Fleet.observe), so that a second lamp hears what they hear.
	booted: 17, // value: position in POWER_CAUSE; channel: 1 if memory survived; bytes: float64, wall clock or NaN
	heard: 18, // an input, at its delivery: value; channel: its kind + 256 if more follow; bytes: uint16, its channel
	read: 19, // value: the stream, or READ_SERIAL, READ_DATAGRAM; channel: 1 if bytes behind these were lost; bytes
	refused: 20, // value: position in DOOR; bytes: of an alarm that comes late float64s, its instant and when
	verdicts: 21, // the end of each turn; bytes: float64s (hosts/virtual/verdicts.ts)
	stored: 22, // a write to the store; value: position in STORED; channel: 1 if a key is erased; bytes: the key, and behind a space the value of a torn one
} as const);
export type EffectKind = (typeof EFFECT)[keyof typeof EFFECT];

export const STREAM_END = Object.freeze([
	"closedByPeer",
	"unreachable",
	"nameUnknown",
	"timedOut",
	"tlsRefused",
	"noNetwork",
] as const);

/** Why a lamp is not in the Wi-Fi that it named. */
export const JOIN_FAILURE = Object.freeze(["wifiNotFound", "wifiRefused", "noAddress"] as const);

/** The premature ends of a virtual machine (XS: fxAbort status). */
export const DEATH = Object.freeze([
	"notEnoughMemory",
	"stackOverflow",
	"tooManyKeys",
	"watchdog", // the computron budget of one turn is spent
	"uncaughtException",
	"unhandledRejection",
	"nativeStackOverflow",
	"deadStrip",
	"powerCut", // armed by the street in the middle of a flash write
	"other",
] as const);

export const POWER_CAUSE = Object.freeze([
	"powerOn",
	"restart",
	"watchdog",
	"crash",
	"brownout",
	"update",
] as const);

/** Doors that can fail by chance, as the contract of src/host.ts permits. */
export const DOOR = Object.freeze([
	"store",
	"flash",
	"streams",
	"datagrams",
	"images",
	"retained",
	"serial",
	"alarm",
] as const);
export type Door = (typeof DOOR)[number];

/** Bytes a stream takes before the network must carry some away (TCP_SND_BUF of our sdkconfig). */
export const SEND_WINDOW_BYTES = 8192;
/**
 * Duration, ms, for which a TLS handshake blocks the machine once the peer's flight has come: other
 * inputs are delivered afterwards. The hosts of the SDK do not block; a host without threads may.
 */
export const HANDSHAKE = 1200;

/** Results of a write to the store; in a torn one power failed. */
export const STORED = Object.freeze(["ok", "full", "failed", "torn"] as const);
/** `value` of EFFECT.read that is no stream. */
export const READ_SERIAL = 2;
export const READ_DATAGRAM = 3;

/** Branches of an instrumented image that can be noted, at most. */
export const BRANCHES = 16_384;

/** Lux at full scale of the light sensor (BH1750: 16 bits over 1.2); a clear noon is brighter. */
export const LIGHT_SENSOR_RANGE = 54_612;
/** Hardware FIFO of the ESP32's UART. */
export const SERIAL_FIFO_BYTES = 128;
/** Simultaneous streams of a lamp: the broker's and an image download. */
export const STREAMS = 2;
/** Most bytes of one input (STAGED_BYTES of machine/fleet.c). */
export const STAGED_BYTES = 65_536;
/** Longest datagram that passes in one frame: Ethernet's 1500 less 28 of IPv4 and UDP. */
export const DATAGRAM_BYTES = 1472;

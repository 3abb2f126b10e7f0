/**
 * Protocol: inputs and effects between a fleet of virtual lamps and the street, by number.
 *
 * The same numbers are in ../protocol.ts; a test compares the two files.
 */
#ifndef LUMINODE_PROTOCOL_H
#define LUMINODE_PROTOCOL_H

enum {
	INPUT_tick = 0,
	INPUT_movement = 1,
	INPUT_stillness = 2,
	INPUT_illuminance = 3,
	INPUT_temperature = 4,
	INPUT_time = 5,
	INPUT_network = 6,
	INPUT_streamOpen = 7,
	INPUT_streamReadable = 8,
	INPUT_streamWritable = 9,
	INPUT_streamClosed = 10,
	INPUT_serialReadable = 11,
	INPUT_serialWritable = 12,
	INPUT_datagram = 13,
	INPUT_streamReached = 14,
	INPUT_endless = 15,
	INPUT_busAnswered = 16,
	INPUT_verdicts = 17,
	/* The street's own switch of the mains; never delivered. */
	INPUT_boot = 100, /* value: position in POWER_CAUSE */
	INPUT_cut = 101,
};

enum {
	EFFECT_duty = 1,
	EFFECT_relay = 2,
	EFFECT_indicate = 3,
	EFFECT_streamOpen = 4,
	EFFECT_streamWrite = 5,
	EFFECT_streamClose = 6,
	EFFECT_serialWrite = 7,
	EFFECT_datagram = 8,
	EFFECT_restart = 9,
	EFFECT_death = 10,
	EFFECT_log = 11,
	EFFECT_streamSecure = 12,
	EFFECT_wifi = 13,
	EFFECT_fade = 14,
	EFFECT_busSend = 15,
	EFFECT_busArm = 16,
	EFFECT_booted = 17,
	EFFECT_heard = 18,
	EFFECT_read = 19,
	EFFECT_refused = 20,
	EFFECT_verdicts = 21,
	EFFECT_stored = 22,
};

/* Positions in DEATH. */
enum {
	DEATH_notEnoughMemory,
	DEATH_stackOverflow,
	DEATH_tooManyKeys,
	DEATH_watchdog,
	DEATH_uncaughtException,
	DEATH_unhandledRejection,
	DEATH_nativeStackOverflow,
	DEATH_deadStrip,
	DEATH_powerCut,
	DEATH_other,
};

/*
 * Positions in POWER_CAUSE that the machine itself needs: the clock stops without power, and a
 * restart that boots a new image is an update.
 */
enum { CAUSE_powerOn = 0, CAUSE_restart = 1, CAUSE_brownout = 4, CAUSE_update = 5 };

/* Positions in DOOR: the doors that can fail by chance. */
enum {
	DOOR_store,
	DOOR_flash,
	DOOR_streams,
	DOOR_datagrams,
	DOOR_images,
	DOOR_retained,
	DOOR_serial,
	DOOR_alarm,
	DOORS,
};

#define SEND_WINDOW_BYTES 8192
#define SERIAL_FIFO_BYTES 128
#define STREAMS 2
#define DATAGRAM_BYTES 1472
#define HANDSHAKE 1200
#define BRANCHES 16384
#define READ_SERIAL 2
#define READ_DATAGRAM 3

#endif

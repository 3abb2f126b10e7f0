/**
 * Board: the machine `virt` of qemu-system-riscv32, used as a controller: its memory map, its
 * registers, and the layout of what the host places there. ../layout.ts has the same numbers.
 */
#ifndef LUMINODE_BOARD_H
#define LUMINODE_BOARD_H

#include <stdint.h>

/* The first flash: program, frozen root, script. Read-only from reset on. */
#define PROGRAM_AT 0x20000000u
#define PROGRAM_BYTES 0x02000000u
#define ROOT_AT 0x20400000u
#define ROOT_MAGIC 0x544F4F52u /* "ROOT" */
#define SCRIPT_AT 0x21C00000u

/* The second flash: the lamp's own (STORE_SECTORS, LOG_SECTORS), or the modules for a build. */
#define DATA_AT 0x22000000u

#define RAM_AT 0x80000000u
#define RAM_BYTES 0x00050000u /* 320 KB */
#define SETTINGS_AT (RAM_AT + RAM_BYTES - 64)

/* A build alone, with 24 MB: the root's memory in RAM, seen at ROOT_AT, then the parser's. */
#define BUILD_ROOT_AT 0x80400000u
#define BUILD_ROOT_BYTES 0x00240000u
#define BUILD_PARSER_AT 0x80640000u
#define BUILD_PARSER_BYTES 0x011C0000u
#define BUILD_END 0x81800000u
#define BUILD_STACK_TOP 0x80400000u
#define BUILD_TABLE_AT 0x80200000u

/* Of one run, at SETTINGS_AT when power comes. */
typedef struct {
	uint64_t cutAt; /* instructions after which the power fails; 0: never */
	uint32_t noise; /* selects the bits that an interrupted write leaves */
	uint32_t poke; /* of a test: an address that is written before the lamp boots; 0: none */
} Settings;

/* Exit status of the emulator. */
enum { EXIT_done = 0, EXIT_cut = 10, EXIT_trap = 11, EXIT_failed = 12 };

void boardStart(int flashIsReadOnly);
void boardSeesRoot(void);
void boardArm(uint64_t instructions);
void boardExit(int status) __attribute__((noreturn));
uint64_t instructions(void);
void putText(const char *text);
void putNumber(double value);
void putCount(uint64_t value);
void putHex(const uint8_t *bytes, uint32_t count);
void flashNoise(uint32_t seed);
uint32_t stackPeak(void);
uint32_t stackSize(void);

#endif

/**
 * Flash: the lamp's own flash in the board's second NOR chip, behind the declarations of flash.h.
 *
 * The chip keeps each word that was programmed when the emulator ends. Real cells change one
 * after another: a word passes through a state in which some of its bits have changed, so that a
 * power cut between two instructions leaves what it leaves in a chip. An erase goes through its
 * sector from the beginning. The emulator's own erase takes a block of 256 KB and is not used.
 */
#include <string.h>
#include "board.h"
#include "flash.h"

/* Intel's command set (CFI 1), for two chips of 16 bits side by side. */
#define PROGRAM_WORD 0x00400040u
#define READ_ARRAY 0x00FF00FFu
#define BLANK 0xFFFFFFFFu
#define WORDS 64 /* programmed between two changes of the chip's mode, each of which is slow */

static volatile uint32_t *wordAt(int sector, uint32_t offset)
{
	return (volatile uint32_t *) (DATA_AT + (uint32_t) sector * SECTOR_BYTES + (offset & ~3u));
}

static uint32_t noise;

void flashNoise(uint32_t seed)
{
	noise = seed;
}

static void set(volatile uint32_t *word, uint32_t value)
{
	*word = PROGRAM_WORD;
	*word = value;
}

/* Brings the words from their old values to the new ones, each by a state between the two. */
static void change(volatile uint32_t *at, const uint32_t *old, const uint32_t *wanted, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (old[i] == wanted[i]) continue;
		noise = noise * 1664525 + 1013904223;
		set(at + i, old[i] ^ ((old[i] ^ wanted[i]) & noise));
		set(at + i, wanted[i]);
	}
	*at = READ_ARRAY;
}

void flashRead(Flash *flash, int sector, uint32_t offset, uint8_t *into, uint32_t count)
{
	memcpy(into, (const uint8_t *) wordAt(sector, 0) + offset, count);
}

int flashProgram(Flash *flash, int sector, uint32_t offset, const uint8_t *bytes, uint32_t count)
{
	for (uint32_t done = 0; done < count;) {
		volatile uint32_t *at = wordAt(sector, offset + done);
		uint32_t old[WORDS], wanted[WORDS];
		uint32_t from = (offset + done) & 3;
		uint32_t part = count - done < sizeof(old) - from ? count - done : sizeof(old) - from;
		uint32_t words = (from + part + 3) / 4;
		memcpy(old, (const uint32_t *) at, words * 4);
		memcpy(wanted, old, words * 4);
		for (uint32_t i = 0; i < part; i++) ((uint8_t *) wanted)[from + i] &= bytes[done + i];
		change(at, old, wanted, words);
		done += part;
	}
	flash->bytesWritten += count;
	return 1;
}

int flashErase(Flash *flash, int sector)
{
	uint32_t old[WORDS], wanted[WORDS];
	flash->wear[sector]++;
	flash->erases++;
	memset(wanted, 0xFF, sizeof(wanted));
	for (uint32_t offset = 0; offset < SECTOR_BYTES; offset += sizeof(old)) {
		volatile uint32_t *at = wordAt(sector, offset);
		memcpy(old, (const uint32_t *) at, sizeof(old));
		change(at, old, wanted, WORDS);
	}
	return 1;
}

int flashIsBlank(Flash *flash, int sector, uint32_t from)
{
	const uint8_t *bytes = (const uint8_t *) wordAt(sector, 0);
	for (uint32_t offset = from; offset < SECTOR_BYTES; offset++)
		if (bytes[offset] != (uint8_t) BLANK) return 0;
	return 1;
}

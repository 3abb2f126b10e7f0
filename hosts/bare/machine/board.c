/**
 * Board: UART, counter of instructions, protection of memory, timer of the power cut, exit.
 */
#include <stdio.h>
#include <string.h>
#include "board.h"

#define UART ((volatile uint8_t *) 0x10000000)
#define POWER ((volatile uint32_t *) 0x00100000)
#define TIMER_COMPARE ((volatile uint32_t *) 0x02004000)
#define POWER_PASS 0x5555
#define POWER_FAIL 0x3333

#define STACK_PAINT 0xA5A5A5A5u
#define GUARD_BYTES 256

/* The emulator runs with -icount shift=7: an instruction takes 128 ns, the timer ticks each 100. */
#define INSTRUCTION_NS 128
#define TICK_NS 100

#define PMP_READ 1
#define PMP_WRITE 2
#define PMP_EXECUTE 4
#define PMP_NAPOT 0x18
#define PMP_LOCKED 0x80 /* holds in machine mode, too */
#define NAPOT(at, bytes) (((at) >> 2) | (((bytes) >> 3) - 1))

#define CAUSE_TIMER 0x80000007u

#define readRegister(name)                                                                                   \
	({                                                                                                       \
		uint32_t value;                                                                                      \
		__asm__ volatile("csrr %0, " #name : "=r"(value));                                                   \
		value;                                                                                               \
	})
#define writeRegister(name, value) __asm__ volatile("csrw " #name ", %0" ::"r"((uint32_t) (value)))

extern char __stack[], __heap_end[];

uint64_t instructions(void)
{
	uint32_t high, low;
	do {
		high = readRegister(minstreth);
		low = readRegister(minstret);
	} while (high != readRegister(minstreth));
	return (uint64_t) high << 32 | low;
}

void boardExit(int status)
{
	*POWER = status ? (uint32_t) status << 16 | POWER_FAIL : POWER_PASS;
	for (;;)
		;
}

/* ---- text on the UART */

void putText(const char *text)
{
	while (*text) *UART = (uint8_t) *text++;
}

void putCount(uint64_t value)
{
	char digits[21];
	int at = sizeof(digits) - 1;
	digits[at] = 0;
	do digits[--at] = (char) ('0' + value % 10);
	while (value /= 10);
	putText(digits + at);
}

/* Instants, duties and the like: whole numbers, as far as the lines need them. */
void putNumber(double value)
{
	if (value < 0) {
		putText("-");
		value = -value;
	}
	putCount((uint64_t) value);
}

void putHex(const uint8_t *bytes, uint32_t count)
{
	static const char digits[] = "0123456789abcdef";
	for (uint32_t i = 0; i < count; i++) {
		*UART = (uint8_t) digits[bytes[i] >> 4];
		*UART = (uint8_t) digits[bytes[i] & 15];
	}
}

/* The engine's parser reports faults of its own there. */
static int putCharacter(char character, FILE *file)
{
	*UART = (uint8_t) character;
	return 0;
}
static FILE uartFile = FDEV_SETUP_STREAM(putCharacter, NULL, NULL, _FDEV_SETUP_WRITE);
FILE *const stderr = &uartFile;

/* ---- traps */

/* A power cut leaves no time for anything: the emulator ends in this handler. */
__attribute__((interrupt, aligned(4))) static void trap(void)
{
	uint32_t cause = readRegister(mcause);
	if (cause == CAUSE_TIMER) boardExit(EXIT_cut);
	uint32_t place[3] = { cause, readRegister(mepc), readRegister(mtval) };
	putText("TRAP cause, place, address: ");
	putHex((uint8_t *) place, sizeof(place));
	putText("\n");
	boardExit(EXIT_trap);
}

/* The power fails when so many instructions have run since it came. */
void boardArm(uint64_t count)
{
	uint64_t ticks = (count * INSTRUCTION_NS + TICK_NS - 1) / TICK_NS;
	TIMER_COMPARE[1] = (uint32_t) (ticks >> 32);
	TIMER_COMPARE[0] = (uint32_t) ticks;
	writeRegister(mie, 0x80);
	__asm__ volatile("csrs mstatus, %0" ::"r"(8));
}

/* Nothing at address 0, nothing below the stack; flash is not written if `flashIsReadOnly`. */
void boardStart(int flashIsReadOnly)
{
	writeRegister(mtvec, (uintptr_t) trap);
	writeRegister(pmpaddr0, NAPOT(0, 4096));
	writeRegister(pmpaddr1, NAPOT((uintptr_t) __heap_end & ~(GUARD_BYTES - 1u), GUARD_BYTES));
	writeRegister(pmpaddr2, NAPOT(PROGRAM_AT, PROGRAM_BYTES));
	writeRegister(pmpaddr3, 0xFFFFFFFF); /* the rest, for a build's translated addresses */
	uint32_t null = PMP_NAPOT | PMP_LOCKED;
	uint32_t guard = PMP_NAPOT | (flashIsReadOnly ? PMP_LOCKED : PMP_READ | PMP_WRITE);
	uint32_t flash = PMP_NAPOT | PMP_READ | PMP_EXECUTE | (flashIsReadOnly ? PMP_LOCKED : PMP_WRITE);
	uint32_t rest = PMP_NAPOT | PMP_READ | PMP_WRITE | PMP_EXECUTE;
	writeRegister(pmpcfg0, null | guard << 8 | flash << 16 | rest << 24);
	char here;
	for (uint32_t *word = (uint32_t *) (((uintptr_t) __heap_end & ~(GUARD_BYTES - 1u)) + GUARD_BYTES);
		 (char *) word < &here - 64; word++)
		*word = STACK_PAINT;
}

/* Bytes of the native stack that were used since boardStart. */
uint32_t stackPeak(void)
{
	uint32_t *word = (uint32_t *) (((uintptr_t) __heap_end & ~(GUARD_BYTES - 1u)) + GUARD_BYTES);
	while (*word == STACK_PAINT) word++;
	return (uint32_t) (__stack - (char *) word);
}

uint32_t stackSize(void)
{
	return (uint32_t) (__stack - __heap_end);
}

/* ---- a build: loads and stores see the root's memory at the address of flash */

#define MEGAPAGE 0x400000u
#define PAGE_RIGHTS 0xCF /* dirty, accessed, execute, write, read, valid */

static void map(uint32_t seen, uint32_t at, uint32_t bytes)
{
	uint32_t *table = (uint32_t *) BUILD_TABLE_AT;
	for (uint32_t offset = 0; offset < bytes; offset += MEGAPAGE)
		table[(seen + offset) / MEGAPAGE] = (at + offset) >> 12 << 10 | PAGE_RIGHTS;
}

/* Sv32 for data alone (MPRV): instructions are fetched from their real places. */
void boardSeesRoot(void)
{
	memset((void *) BUILD_TABLE_AT, 0, 4096);
	map(0, 0, MEGAPAGE);
	map(0x02000000, 0x02000000, MEGAPAGE);
	map(0x10000000, 0x10000000, MEGAPAGE);
	map(PROGRAM_AT, PROGRAM_AT, MEGAPAGE);
	map(ROOT_AT, BUILD_ROOT_AT, BUILD_ROOT_BYTES);
	map(DATA_AT, DATA_AT, 2 * MEGAPAGE);
	map(RAM_AT, RAM_AT, MEGAPAGE);
	map(BUILD_ROOT_AT, BUILD_ROOT_AT, BUILD_END - BUILD_ROOT_AT);
	writeRegister(satp, 0x80000000u | BUILD_TABLE_AT >> 12);
	__asm__ volatile("sfence.vma\n\tcsrc mstatus, %0\n\tcsrs mstatus, %1" ::"r"(0x1800), "r"(0x20800));
}

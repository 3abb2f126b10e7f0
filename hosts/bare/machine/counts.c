/**
 * Counts: instructions of boots, turns, writes and collections, as lines on the UART.
 *
 * The linker leads each call of these functions through here (--wrap). The instructions of the lines
 * themselves are left out of what they report; the instants at which power may be cut count them.
 */
#include "board.h"
#include "effects.h"
#include "life.h"

static uint64_t spent; /* on lines */
static uint64_t lightAt; /* of the turn's first duty or fade; 0: none yet */

#define LINE(...)                                                                                            \
	do {                                                                                                     \
		uint64_t lineFrom = instructions();                                                                  \
		__VA_ARGS__                                                                                          \
		putText("\n");                                                                                       \
		spent += instructions() - lineFrom;                                                                  \
	} while (0)

static void put(const char *word, uint64_t count)
{
	putText(word);
	putCount(count);
}

static uint64_t net(void)
{
	return instructions() - spent;
}

void __real_lampBoot(Lamp *lamp, int cause);
void __wrap_lampBoot(Lamp *lamp, int cause)
{
	uint64_t from = instructions(), begin = net();
	lightAt = 0;
	__real_lampBoot(lamp, cause);
	uint64_t end = net(), to = instructions();
	LINE(put("boot ", from); put(" ", to); put(" ", end - begin); put(" ", lightAt ? lightAt - begin : 0););
}

void __real_lampDeliver(Lamp *lamp, int kind, double value, int channel, int more);
void __wrap_lampDeliver(Lamp *lamp, int kind, double value, int channel, int more)
{
	uint64_t begin = net();
	lightAt = 0;
	__real_lampDeliver(lamp, kind, value, channel, more);
	uint64_t end = net();
	LINE(putText("turn "); putNumber(instant); put(" ", kind); put(" ", end - begin);
		 put(" ", lightAt ? lightAt - begin : 0););
}

void __real_effect(Lamp *lamp, int kind, double value, int channel, const void *bytes, uint32_t count);
void __wrap_effect(Lamp *lamp, int kind, double value, int channel, const void *bytes, uint32_t count)
{
	if ((kind == EFFECT_duty || kind == EFFECT_fade) && !lightAt) lightAt = net();
	__real_effect(lamp, kind, value, channel, bytes, count);
}

void __real_lampStatistics(Lamp *lamp, double *into);
void __wrap_lampStatistics(Lamp *lamp, double *into)
{
	uint64_t begin = net();
	__real_lampStatistics(lamp, into);
	uint64_t end = net();
	LINE(put("collection ", end - begin););
}

int __real_flashProgram(Flash *flash, int sector, uint32_t offset, const uint8_t *bytes, uint32_t count);
int __wrap_flashProgram(Flash *flash, int sector, uint32_t offset, const uint8_t *bytes, uint32_t count)
{
	uint64_t from = instructions();
	int result = __real_flashProgram(flash, sector, offset, bytes, count);
	uint64_t to = instructions();
	LINE(put("program ", from); put(" ", to); put(" ", sector); put(" ", offset); putText(" ");
		 putHex(bytes, count););
	return result;
}

int __real_flashErase(Flash *flash, int sector);
int __wrap_flashErase(Flash *flash, int sector)
{
	uint64_t from = instructions();
	int result = __real_flashErase(flash, sector);
	uint64_t to = instructions();
	LINE(put("erase ", from); put(" ", to); put(" ", sector););
	return result;
}

int __real_storeWrite(Store *store, const char *key, const uint8_t *value, uint32_t length);
int __wrap_storeWrite(Store *store, const char *key, const uint8_t *value, uint32_t length)
{
	uint64_t from = instructions();
	int result = __real_storeWrite(store, key, value, length);
	uint64_t to = instructions();
	LINE(put("write ", from); put(" ", to); put(" ", result); putText(" "); putText(key); putText(" ");
		 putHex(value, length););
	return result;
}

int __real_storeErase(Store *store, const char *key);
int __wrap_storeErase(Store *store, const char *key)
{
	uint64_t from = instructions();
	int result = __real_storeErase(store, key);
	uint64_t to = instructions();
	LINE(put("remove ", from); put(" ", to); put(" ", result); putText(" "); putText(key););
	return result;
}

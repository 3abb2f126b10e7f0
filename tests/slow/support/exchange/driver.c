/**
 * Driver: hosts/esp32/exchange.c by a script: `begin FRAME TWICE`, `arm FRAME`, `insist FRAME`, `beat`, `deaf 0|1`
 * (nobody takes an answer), `answer BYTE DELAY`
 * (of each later frame, microseconds after its stop; below 0: none), `low 0|1`, `run MICROSECONDS`. A
 * line is printed for each frame that is sent, `sent INSTANT FRAME`, and each answer, `took INSTANT ANSWER`.
 */
#include <stdio.h>
#include <string.h>

#include "exchange.h"

#define EVERY 1000u /* a step */
#define STOP 2450u
#define BACKWARD 9170u

int main(void)
{
	struct Exchange exchange;
	uint32_t now = 0;
	uint32_t sentAt = 0, answersAt = 0;
	bool isSending = false, isAwaiting = false;
	bool isLow = false, isDeaf = false;
	int byte = -1;
	unsigned delay = 0;
	char word[16];
	long a, b;
	if (scanf("%15s %ld", word, &a) != 2) return 1;
	now = (uint32_t) a; /* where the counter stands */
	uint32_t start = now;
	exchangeOpen(&exchange, now);
	while (scanf("%15s %ld %ld", word, &a, &b) == 3) {
		if (strcmp(word, "begin") == 0 && !exchangeBegin(&exchange, (uint32_t) a, b != 0, now))
			printf("refused %u\n", now - start);
		if (strcmp(word, "arm") == 0) exchangeArm(&exchange, (int32_t) a, now);
		if (strcmp(word, "insist") == 0) exchangeInsist(&exchange, (uint32_t) a, now);
		if (strcmp(word, "deaf") == 0) isDeaf = a != 0;
		if (strcmp(word, "beat") == 0) exchangeBeat(&exchange, now);
		if (strcmp(word, "low") == 0) isLow = a != 0;
		if (strcmp(word, "answer") == 0) {
			byte = (int) a;
			delay = (unsigned) b;
		}
		if (strcmp(word, "run") != 0) continue;
		for (uint32_t until = now + (uint32_t) a; (int32_t) (until - now) > 0; now += EVERY) {
			if (isSending && (int32_t) (now - sentAt) >= 0) {
				isSending = false;
				isAwaiting = exchangeSent(&exchange, sentAt) && byte >= 0;
				answersAt = sentAt + STOP + delay + BACKWARD;
			}
			if (isAwaiting && (int32_t) (now - answersAt) >= 0) {
				uint16_t spans[WIRE_SPANS];
				uint16_t bits[WIRE_SPANS];
				int count = wireForward((uint16_t) (byte << 8), bits);
				int halves = 0, kept = 0;
				/* the start bit and the first eight of a forward frame are a backward frame */
				for (int nth = 0; nth < count && halves < 18; nth++) {
					int more = bits[nth] / WIRE_HALF_BIT;
					if (halves + more > 18) more = 18 - halves;
					halves += more;
					spans[kept++] = (uint16_t) (more * WIRE_HALF_BIT);
				}
				isAwaiting = false;
				exchangeReceived(&exchange, spans, kept, answersAt);
			}
			if (exchangeStep(&exchange, !isLow, now)) {
				uint16_t spans[WIRE_SPANS];
				int count = wireForward(exchange.frame, spans);
				sentAt = now;
				for (int nth = 0; nth < count; nth++) sentAt += spans[nth];
				isSending = true;
				printf("sent %u %u\n", now - start, exchange.frame);
			}
			int answer = isDeaf ? EXCHANGE_PENDING : exchangeTake(&exchange);
			if (answer != EXCHANGE_PENDING) printf("took %u %d\n", now - start, answer);
		}
	}
	return 0;
}
